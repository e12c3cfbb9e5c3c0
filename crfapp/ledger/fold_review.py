"""What queries, verifications, signatures, locks and redactions change in the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crfapp.ledger import events as ev
from crfapp.ledger.changes import Change, Patch, Put
from crfapp.ledger.state import (
    LockAskedRow,
    LockRow,
    MonitoringRow,
    QueryNoteRow,
    QueryRow,
    RedactionRow,
    ReviewRow,
    SeenRow,
    SessionRow,
    SignatureRow,
    VerifiedRow,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crfapp.ledger.chain import Record


def _query_raised(event: ev.QueryRaised, record: Record) -> Iterator[Change]:
    who = record.envelope
    place = (*event.scope, event.row, event.item)
    yield Put(QueryRow(event.query, *place, "open", who.login, who.role, who.at, who.at, *who.id))
    yield _note(event.query, "raised", event.text, record)


def _query_answered(event: ev.QueryAnswered, record: Record) -> Iterator[Change]:
    yield Patch(QueryRow, (event.query,), {"state": "answered", "changed": record.envelope.at})
    yield _note(event.query, "answered", event.text, record)


def _query_closed(event: ev.QueryClosed, record: Record) -> Iterator[Change]:
    yield Patch(QueryRow, (event.query,), {"state": "closed", "changed": record.envelope.at})
    yield _note(event.query, "closed", event.text, record)


def _query_reopened(event: ev.QueryReopened, record: Record) -> Iterator[Change]:
    yield Patch(QueryRow, (event.query,), {"state": "open", "changed": record.envelope.at})
    yield _note(event.query, "reopened", event.text, record)


def _note(query: str, what: str, text: str | None, record: Record) -> Change:
    who = record.envelope
    said = (what, text, who.login, who.name, who.role)
    row = QueryNoteRow(query, who.node, who.seq, *said, who.at, who.offset, who.hybrid)
    return Put(row)


def _item_verified(event: ev.ItemVerified, record: Record) -> Iterator[Change]:
    who = record.envelope
    yield Put(
        VerifiedRow(
            *event.place,
            "done",
            event.value,
            event.missing,
            *event.head,
            who.login,
            who.name,
            who.role,
            who.at,
            who.offset,
            event.monitoring,
            *who.id,
        )
    )


def _verification_dropped(event: ev.VerificationDropped, _record: Record) -> Iterator[Change]:
    yield Patch(VerifiedRow, event.place, {"state": "changed"})


def _verification_taken(event: ev.VerificationTaken, _record: Record) -> Iterator[Change]:
    yield Patch(VerifiedRow, event.place, {"state": "taken"})


def _monitoring_began(event: ev.MonitoringBegan, record: Record) -> Iterator[Change]:
    who = record.envelope
    by = (who.login, who.name, who.organisation)
    yield Put(MonitoringRow(event.monitoring, *by, event.purpose, who.at, "", 0, 0, 0, 0, None))


def _monitoring_ended(event: ev.MonitoringEnded, record: Record) -> Iterator[Change]:
    counts = {"verified": event.verified, "taken": event.taken}
    asked = {"raised": event.raised, "closed": event.closed, "points": event.points}
    values: dict[str, str | int | None] = {"ended": record.envelope.at, **counts, **asked}
    yield Patch(MonitoringRow, (event.monitoring,), values)


def _form_seen(event: ev.FormSeen, record: Record) -> Iterator[Change]:
    yield Put(SeenRow(*event.key, event.login, event.content, record.envelope.at))


def _signed(event: ev.Signed, record: Record) -> Iterator[Change]:
    who = record.envelope
    yield Put(
        SignatureRow(
            event.signature,
            event.of,
            *event.scope,
            event.about,
            event.meaning,
            event.statement,
            event.content,
            who.login,
            who.name,
            who.role,
            who.organisation,
            event.signed_at,
            who.offset,
            who.zone,
            "valid",
            "",
            *who.id,
        )
    )
    yield Patch(SessionRow, (who.login,), {"signed": 1})


def _signature_outdated(event: ev.SignatureOutdated, _record: Record) -> Iterator[Change]:
    yield Patch(SignatureRow, (event.signature,), {"state": "outdated", "because": event.because})


def _held(state: str) -> Callable[[Any, Record], Iterator[Change]]:
    def held(event: ev.ScopeEvent, record: Record) -> Iterator[Change]:
        who = record.envelope
        yield Put(LockRow(*event.scope, state, who.login, who.name, who.role, who.at, event.reason, "", None))
        if isinstance(event, ev.Locked) and event.asked is not None:
            yield Patch(LockAskedRow, event.asked, {"state": "done"})

    return held


def _unlock_asked(event: ev.UnlockAsked, record: Record) -> Iterator[Change]:
    yield Patch(LockRow, event.scope, {"asked": record.envelope.login, "asked_why": event.reason})


def _unlock_declined(event: ev.UnlockDeclined, _record: Record) -> Iterator[Change]:
    yield Patch(LockRow, event.scope, {"asked": "", "asked_why": None})


def _redaction_asked(event: ev.RedactionAsked, record: Record) -> Iterator[Change]:
    fields, asked = ",".join(event.fields), record.envelope.login
    whose = (event.wish, event.subject or "")
    yield Put(RedactionRow(event.redaction, *event.of, fields, "asked", asked, event.reason, "", *whose))


def _redaction_declined(event: ev.RedactionDeclined, record: Record) -> Iterator[Change]:
    decided = {"state": "declined", "decided_by": record.envelope.login}
    yield Patch(RedactionRow, (event.redaction,), {**decided})


def _redacted(event: ev.Redacted, record: Record) -> Iterator[Change]:
    decided = {"state": "done", "decided_by": record.envelope.login}
    yield Patch(RedactionRow, (event.redaction,), {**decided})


def _trail_reviewed(event: ev.TrailReviewed, record: Record) -> Iterator[Change]:
    who = record.envelope
    yield Put(ReviewRow(*who.id, who.at, who.login, who.name, event.scope, event.finding))


REVIEW: dict[type[ev.Event], Callable[[Any, Record], Iterator[Change]]] = {
    ev.QueryRaised: _query_raised,
    ev.QueryAnswered: _query_answered,
    ev.QueryClosed: _query_closed,
    ev.QueryReopened: _query_reopened,
    ev.ItemVerified: _item_verified,
    ev.VerificationDropped: _verification_dropped,
    ev.VerificationTaken: _verification_taken,
    ev.MonitoringBegan: _monitoring_began,
    ev.MonitoringEnded: _monitoring_ended,
    ev.FormSeen: _form_seen,
    ev.Signed: _signed,
    ev.SignatureOutdated: _signature_outdated,
    ev.Frozen: _held("frozen"),
    ev.Unfrozen: _held("open"),
    ev.Locked: _held("locked"),
    ev.UnlockAsked: _unlock_asked,
    ev.UnlockDeclined: _unlock_declined,
    ev.Unlocked: _held("open"),
    ev.TrailReviewed: _trail_reviewed,
    ev.RedactionAsked: _redaction_asked,
    ev.RedactionDeclined: _redaction_declined,
    ev.Redacted: _redacted,
}

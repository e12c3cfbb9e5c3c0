"""What workstations, recipients, packages and receipts change in the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crfapp.ledger import events as ev
from crfapp.ledger.changes import Change, Patch, Put
from crfapp.ledger.origins import PERSON, is_told
from crfapp.ledger.state import (
    CentreSiteRow,
    CopyRow,
    KnownEndRow,
    LateRow,
    LockAskedRow,
    NodeRow,
    PackageRow,
    ReceiptRow,
    RecipientRow,
    RecipientWishRow,
    RefusedRow,
    RouteRow,
    SubjectRow,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crfapp.ledger.chain import Record


VISITS = (
    ev.VisitStarted,
    ev.VisitRedated,
    ev.VisitBooked,
    ev.VisitMissed,
    ev.VisitMerged,
    ev.VisitCancelled,
)
WAITING = (ev.ValueRecorded, ev.RowAdded, ev.RowVoided, ev.FindingConfirmed, ev.FormTranscribed, ev.FormMoved)
"""Words of a person about a form that wait for the investigator where they came too late."""
_WAITING = (*WAITING, *VISITS)


def _node_registered(event: ev.NodeRegistered, record: Record) -> Iterator[Change]:
    which = (event.node, event.sort, event.label, event.certificate, event.fingerprint)
    yield Put(NodeRow(*which, event.place, event.numbers_after, record.envelope.at))


def _node_revoked(event: ev.NodeRevoked, record: Record) -> Iterator[Change]:
    yield Patch(NodeRow, (event.node,), {"revoked": record.envelope.at, "last": event.last})


def _site_registered(event: ev.SiteRegistered, record: Record) -> Iterator[Change]:
    told = (event.code, event.name, event.study)
    yield Put(CentreSiteRow(event.site, event.node, *told, record.envelope.at))


def _recipient_proposed(event: ev.RecipientProposed, record: Record) -> Iterator[Change]:
    yield Put(RecipientWishRow(*_certified(event), record.envelope.login, record.envelope.at, "asked"))


def _recipient_agreed(event: ev.RecipientAgreed, record: Record) -> Iterator[Change]:
    yield Put(RecipientRow(*_certified(event), record.envelope.login, record.envelope.at, 0))
    yield Patch(RecipientWishRow, (event.recipient,), {"state": "agreed"})


def _certified(event: ev.RecipientEvent) -> tuple[str, str, str, str, str, str]:
    return (event.recipient, event.name, event.profile, event.certificate, event.fingerprint, event.node)


def _recipient_declined(event: ev.RecipientDeclined, _record: Record) -> Iterator[Change]:
    yield Patch(RecipientWishRow, (event.recipient,), {"state": "declined"})


def _recipient_ended(event: ev.RecipientEnded, _record: Record) -> Iterator[Change]:
    yield Patch(RecipientRow, (event.recipient,), {"ended": 1})


def _route_set(event: ev.RouteSet, _record: Record) -> Iterator[Change]:
    yield Put(RouteRow(event.peer, event.url))


def _package_made(event: ev.PackageMade, record: Record) -> Iterator[Change]:
    who, number = record.envelope, sum(part.last - part.first + 1 for part in event.stretches)
    what = (event.number, event.previous, event.file, event.sha256, int(event.full), number)
    made = (event.photographs, event.state, who.at, who.login)
    yield Put(PackageRow(event.package, who.node, event.peer, *what, *made, "", ""))


def _package_sent(event: ev.PackageSent, record: Record) -> Iterator[Change]:
    yield Patch(PackageRow, (event.package,), {"sent": record.envelope.at, "route": event.route})


def _package_taken_in(event: ev.PackageTakenIn, record: Record) -> Iterator[Change]:
    here = record.envelope
    told = (event.sender, event.number, event.sha256, event.made_at)
    yield Put(ReceiptRow(event.package, here.node, *told, here.at, event.events))
    for end in event.ends:
        yield Put(KnownEndRow(here.node, *end, here.at))


def _package_refused(event: ev.PackageRefused, record: Record) -> Iterator[Change]:
    what = (event.file, event.sha256, event.code, event.sender)
    yield Put(RefusedRow(*record.envelope.id, *what, record.envelope.at))


def _copy_made(event: ev.CopyMade, record: Record) -> Iterator[Change]:
    who = record.envelope
    yield Put(CopyRow(event.sha256, event.file, event.state, who.at, who.login, "", int(event.whole)))


def _copy_reviewed(event: ev.CopyReviewed, record: Record) -> Iterator[Change]:
    yield Patch(CopyRow, (event.sha256,), {"reviewed": record.envelope.login})


def _lock_asked(event: ev.LockAsked, record: Record) -> Iterator[Change]:
    who = record.envelope
    place = event.scope._asdict()
    yield Put(LockAskedRow(*who.id, **place, by=who.login, name=who.name, at=who.at, state="asked", code=""))


def _lock_refused(event: ev.LockRefused, _record: Record) -> Iterator[Change]:
    yield Patch(LockAskedRow, event.asked, {"state": "refused", "code": event.code})


def _late_decided(event: ev.LateDecided, record: Record) -> Iterator[Change]:
    who = record.envelope
    state = "taken" if event.taken else "declined"
    yield Patch(LateRow, event.of, {"state": state, "decided_by": who.login, "decided_at": who.at})


def _subject_renumbered(event: ev.SubjectRenumbered, _record: Record) -> Iterator[Change]:
    yield Patch(SubjectRow, (event.subject,), {"number": event.number})


def late_changes(record: Record) -> Iterator[Change]:
    """What a change that came too late for what was held leaves: a row that waits, or nothing at all.

    Only what a person said waits. What followed from it there (calculated values, findings) follows anew from
    what is taken.
    """
    event, who = record.event, record.envelope
    if not isinstance(event, _WAITING) or not is_told(getattr(event, "origin", PERSON)):
        return
    told: dict[str, Any] = {name: getattr(event, name, None) for name in ("value", "missing", "reason")}
    told |= {name: getattr(event, name, "") for name in ("form", "row", "item")}
    place = {"subject": event.subject, "visit": event.visit, "visit_n": event.visit_n}
    told |= {**place, "form_n": getattr(event, "form_n", 0)}
    by = {"login": who.login, "name": who.name, "at": who.at}
    told |= by | {"kind": event.kind, "state": "waiting"}
    yield Put(LateRow(*who.id, **told, decided_by="", decided_at=""))


EXCHANGE: dict[type[ev.Event], Callable[[Any, Record], Iterator[Change]]] = {
    ev.NodeRegistered: _node_registered,
    ev.NodeRevoked: _node_revoked,
    ev.SiteRegistered: _site_registered,
    ev.RecipientProposed: _recipient_proposed,
    ev.RecipientAgreed: _recipient_agreed,
    ev.RecipientDeclined: _recipient_declined,
    ev.RecipientEnded: _recipient_ended,
    ev.RouteSet: _route_set,
    ev.PackageMade: _package_made,
    ev.PackageSent: _package_sent,
    ev.PackageTakenIn: _package_taken_in,
    ev.PackageRefused: _package_refused,
    ev.CopyMade: _copy_made,
    ev.CopyReviewed: _copy_reviewed,
    ev.LockAsked: _lock_asked,
    ev.LockRefused: _lock_refused,
    ev.LateDecided: _late_decided,
    ev.SubjectRenumbered: _subject_renumbered,
}

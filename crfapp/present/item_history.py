"""All that happened to one question, as one list in plain words (REQ-111).

Answers, checks, queries, verification, signatures over it, freezing and locking, and what became unreadable.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from crfapp.exchange.audit_words import REDACTED
from crfapp.exchange.origin_words import origin_words
from crfapp.form.dates_typed import says_hijri
from crfapp.form.values import shown
from crfapp.ledger.events import (
    FindingConfirmed,
    FindingRaised,
    FindingSettled,
    Frozen,
    ItemEvent,
    ItemHidden,
    ItemShownAgain,
    ItemVerified,
    Locked,
    RowVoided,
    ScopeEvent,
    SignatureOutdated,
    Signed,
    Unfrozen,
    UnlockAsked,
    UnlockDeclined,
    Unlocked,
    ValueRecorded,
    VerificationDropped,
    VerificationTaken,
)
from crfapp.ledger.keys import Scope
from crfapp.ledger.origins import is_told
from crfapp.ledger.state import (
    FormRowRow,
    LateRow,
    LockRow,
    PersonRow,
    QueryNoteRow,
    QueryRow,
    RedactionRow,
    RivalRow,
    SignatureRow,
)
from crfapp.ledger.trail import hybrid_at
from crfapp.present.event_words import instant_words, when_words, who_words
from crfapp.present.form_view import HistoryLine
from crfapp.present.texts import N_, isolated
from crfapp.present.words import ROLES
from crfapp.study.types import Kind
from crfapp.work.reading_items import field_of, manner_of
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.form.graph import Cell
    from crfapp.form.plan_parts import PlanItem
    from crfapp.ledger.chain import Record
    from crfapp.ledger.keys import EventId, FormKey
    from crfapp.present.workplace import Workplace

_DATES = frozenset({Kind.DATE, Kind.PARTIALDATE, Kind.DATETIME})
_ITEM_KINDS = tuple(
    event.kind
    for event in (
        ValueRecorded,
        ItemHidden,
        ItemShownAgain,
        FindingRaised,
        FindingSettled,
        FindingConfirmed,
        ItemVerified,
        VerificationDropped,
        VerificationTaken,
    )
)
_HELD = {
    Frozen.kind: N_("Frozen: {of}"),
    Unfrozen.kind: N_("No longer frozen: {of}"),
    Locked.kind: N_("Locked: {of}"),
    UnlockAsked.kind: N_("Unlocking asked for: {of}"),
    UnlockDeclined.kind: N_("Unlocking declined: {of}"),
    Unlocked.kind: N_("Unlocked: {of}"),
}
_OVER = (*_HELD, Signed.kind, SignatureOutdated.kind, RowVoided.kind)
_STATES = {"frozen": _HELD[Frozen.kind], "locked": _HELD[Locked.kind], "open": _HELD[Unlocked.kind]}
_LEVELS = {
    "form": N_("the form"),
    "visit": N_("the visit"),
    "casebook": N_("the casebook"),
    "site": N_("the site"),
}
_SAID = {
    "raised": N_("Query: {text}"),
    "answered": N_("Answer to the query: {text}"),
    "closed": N_("Query closed. {text}"),
    "reopened": N_("Query opened again: {text}"),
}


_LATE = {
    "waiting": N_("came after it was locked, and waits for the investigator"),
    "taken": N_("came after it was locked, and was taken by the investigator"),
    "declined": N_("came after it was locked, and does not count"),
}


class _Dated(NamedTuple):
    """A line with its place in time."""

    hybrid: str
    line: HistoryLine


def item_history(at: Workplace, key: FormKey, cell: Cell, planned: PlanItem) -> tuple[HistoryLine, ...]:
    """The newest first."""
    place = (*key, *cell)
    own = [
        record
        for record in at.events.records(subject=key.subject, kinds=_ITEM_KINDS, item=cell.item)
        if isinstance(record.event, ItemEvent) and record.event.place == place
    ]
    taken = _redactions(at, {record.envelope.id for record in own})
    lines = [_own_line(at, key, planned, record, taken) for record in own]
    lines += _over(at, key, cell)
    lines += _queries(at, key, cell)
    lines += _of_site(at)
    lines.sort(key=lambda dated: dated.hybrid, reverse=True)
    return tuple(dated.line for dated in lines)


def _own_line(
    at: Workplace, key: FormKey, planned: PlanItem, record: Record, taken: dict[EventId, str]
) -> _Dated:
    event, say, kind = record.event, at.texts, "finding"
    match event:
        case ValueRecorded():
            what, kind = _value_words(at, key, planned, record), "value"
        case ItemVerified():
            told = _told(at, key, planned, event.value, event.missing)
            what, kind = say("Verified against the source: {value}", value=isolated(told)), "verification"
        case VerificationDropped():
            what, kind = say("Changed since it was verified"), "changed"
        case VerificationTaken():
            what, kind = say("Verification taken back"), "changed"
        case FindingRaised() | FindingSettled():
            what = _finding_words(at, event)
        case FindingConfirmed():
            what = say("Confirmed as right ({check})", check=event.check)
        case ItemHidden():
            what, kind = say("Does not apply any more; the answer is kept"), "value"
        case _:
            what, kind = say("Applies again, to be confirmed"), "value"
    parts = (_why(at, record), taken.get(record.envelope.id, ""), _joined(at, record))
    why = "; ".join(part for part in parts if part)
    return _line(at, record, what, kind, why)


def _line(at: Workplace, record: Record, what: str, kind: str, why: str) -> _Dated:
    who = record.envelope
    moment = f"{who.node}:{who.seq}" if at.actor.may(Right.REVIEW) else ""
    return _Dated(who.hybrid, HistoryLine(what, who_words(at, who), when_words(at, who), why, kind, moment))


def _why(at: Workplace, record: Record) -> str:
    event, say = record.event, at.texts
    why = say(REDACTED) if "reason" in record.redacted else event.reason or ""
    if not isinstance(event, ValueRecorded):
        return why
    if not is_told(event.origin):
        return say("worked out by the form")
    prompts = [words] if (words := origin_words(say, event.origin)) else []
    if event.prompted_by:
        prompts.append(say("after check {check}", check=event.prompted_by))
    if event.query:
        prompts.append(say("after a query"))
    told = say.listed(prompts)
    return f"{why} ({told})" if why and told else why or told


def _joined(at: Workplace, record: Record) -> str:
    """What became of it where several workstations wrote: it came too late, or stands beside another one."""
    say, of = at.texts, record.envelope.id
    late = at.tables.get(LateRow, *of)
    if late is not None:
        return say(_LATE[late.state])
    event = record.event
    if isinstance(event, ValueRecorded) and at.tables.get(RivalRow, *event.place, *of) is not None:
        return say("stands beside the answer in force: neither knew of the other")
    return ""


def _redactions(at: Workplace, ids: set[EventId]) -> dict[EventId, str]:
    """What was made unreadable of these events: who asked, who agreed, and why."""
    found: dict[EventId, str] = {}
    for row in at.tables.find(RedactionRow, state="done"):
        for event in ids:
            if event == (row.of_node, row.of_seq):
                found[event] = at.texts(
                    "made unreadable: asked by {asked}, agreed by {agreed}. {reason}",
                    asked=_name(at, row.asked_by),
                    agreed=_name(at, row.decided_by),
                    reason=row.reason or "",
                ).strip()
    return found


def _name(at: Workplace, login: str) -> str:
    person = at.tables.get(PersonRow, login)
    return person.name if person is not None else login


def _over(at: Workplace, key: FormKey, cell: Cell) -> Iterator[_Dated]:
    """Signatures, freezing and locking of anything around the question, and the end of its row."""
    say = at.texts
    if not _is_anything_over(at, key, cell):
        return
    for record in at.events.records(subject=key.subject, kinds=_OVER):
        event, why = record.event, _why(at, record)
        if isinstance(event, RowVoided):
            if cell.row and event.key == key and event.row == cell.row:
                yield _line(at, record, say("The row was voided"), "value", why)
        elif isinstance(event, ScopeEvent) and event.scope.covers(key):
            of = say(_LEVELS[event.scope.level])
            match event:
                case Signed():
                    facts = {"of": of, "meaning": event.meaning}
                    yield _line(at, record, say("Signed: {of} ({meaning})", **facts), "signature", why)
                case SignatureOutdated():
                    what = say("The signature of {of} is outdated by a change", of=of)
                    yield _line(at, record, what, "signature", why)
                case _:
                    yield _line(at, record, say(_HELD[event.kind], of=of), "lock", why)


def _of_site(at: Workplace) -> Iterator[_Dated]:
    """How the whole site is held: its events belong to no subject, so that the table says it."""
    row = at.tables.get(LockRow, *Scope())
    if row is not None:
        say, now = at.texts, at.now
        who = say("{name}, {role}", name=row.name, role=say(ROLES.get(row.role, row.role)))
        when = instant_words(at, row.at, now.offset_minutes, at.desk.zone)
        what = say(_STATES[row.state], of=say(_LEVELS["site"]))
        place = hybrid_at(datetime.fromisoformat(row.at))
        yield _Dated(place, HistoryLine(what, who, when, row.reason or "", "lock"))


def _is_anything_over(at: Workplace, key: FormKey, cell: Cell) -> bool:
    """By the tables, which answer at once: most questions are looked at while nothing is signed or held."""
    if at.tables.find(SignatureRow, subject=key.subject):
        return True
    if any(at.tables.get(LockRow, *scope) is not None for scope in Scope.around(key)):
        return True
    rows = at.tables.find(FormRowRow, **key._asdict(), row=cell.row, voided=1) if cell.row else ()
    return bool(rows)


def _queries(at: Workplace, key: FormKey, cell: Cell) -> Iterator[_Dated]:
    """What was asked about the question and said to it."""
    say, zone = at.texts, at.desk.zone
    for query in at.tables.find(QueryRow, subject=key.subject):
        if (*query.scope, query.row, query.item) == (*key, *cell):
            for note in at.tables.find(QueryNoteRow, query=query.query):
                role = say(ROLES.get(note.role, note.role))
                who = say("{name}, {role}", name=note.name, role=role)
                what = say(_SAID[note.what], text=note.text or "").strip()
                moment = f"{note.node}:{note.seq}" if at.actor.may(Right.REVIEW) else ""
                when = instant_words(at, note.at, note.offset, zone)
                yield _Dated(note.hybrid, HistoryLine(what, who, when, "", "query", moment))


def _finding_words(at: Workplace, event: FindingRaised | FindingSettled) -> str:
    """A query of the program opens and closes itself; a task and a warning are told apart from it."""
    say = at.texts
    if isinstance(event, FindingSettled):
        return say("{check} closed itself: the answer does not offend any more", check=event.check)
    facts = {"check": event.check, "text": event.text or ""}
    if event.level == "Q":
        return say("Query of check {check}: {text}", **facts)
    if event.level == "T":
        return say("Task of check {check}: {text}", **facts)
    return say("Check {check}: {text}", **facts)


def _value_words(at: Workplace, key: FormKey, planned: PlanItem, record: Record) -> str:
    say, event = at.texts, record.event
    if not isinstance(event, ValueRecorded) or "value" in record.redacted:
        return say(REDACTED)
    text = _told(at, key, planned, event.value, event.missing)
    if event.value is None or planned.type.kind is Kind.NOTE:
        return text
    if event.unit:
        return say("{text} (typed as {entered} {unit})", text=text, entered=event.entered, unit=event.unit)
    if planned.type.kind in _DATES and event.typed and says_hijri(event.typed):
        return say("{text} (told as {typed})", text=isolated(text), typed=isolated(event.typed))
    return text


def _told(at: Workplace, key: FormKey, planned: PlanItem, value: str | None, missing: str | None) -> str:
    if missing is not None:
        return at.study_texts.code(at.study.head.missing, missing)
    if value is None:
        return at.texts("Answer taken away")
    if planned.type.kind is Kind.NOTE:
        return value
    return shown(value, field_of(at.desk, key, planned), manner_of(at.desk, key))

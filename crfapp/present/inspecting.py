"""The inspector: what a question means, what happened to it, what it was at earlier visits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from crfapp.form.dates_typed import says_hijri
from crfapp.form.values import shown
from crfapp.ledger.events import (
    FindingConfirmed,
    FindingRaised,
    FindingSettled,
    ItemEvent,
    ItemHidden,
    ItemShownAgain,
    ItemVerified,
    ValueRecorded,
    VerificationDropped,
    VerificationTaken,
)
from crfapp.present.earlier import earlier_answers
from crfapp.present.form_view import HistoryLine, Inspection, ReasonLine
from crfapp.present.reasons import Reasons
from crfapp.present.texts import isolated
from crfapp.present.words import ROLES
from crfapp.study.types import Kind
from crfapp.study.verification import Offer
from crfapp.work.reading_items import field_of, manner_of

if TYPE_CHECKING:
    from crfapp.form.graph import Cell
    from crfapp.form.plan_parts import PlanItem
    from crfapp.ledger.chain import Envelope, Record
    from crfapp.ledger.keys import FormKey
    from crfapp.present.form_view import FindingView
    from crfapp.present.workplace import Workplace

_DATES = frozenset({Kind.DATE, Kind.PARTIALDATE, Kind.DATETIME})
_VERIFIED = (ItemVerified, VerificationDropped, VerificationTaken)
_ITEM_KINDS = tuple(
    event.kind
    for event in (
        *(ValueRecorded, ItemHidden, ItemShownAgain, FindingRaised, FindingSettled, FindingConfirmed),
        *_VERIFIED,
    )
)


def inspect_cell(
    at: Workplace, key: FormKey, cell: Cell, name: str, findings: tuple[FindingView, ...]
) -> Inspection:
    """Everything about one question; ``name`` is what it is called, with the row it stands in."""
    planned = at.desk.forms.plan(key.form, key.visit).items[cell.item]
    unit = f" ({planned.item.unit})" if planned.item.unit else ""
    history = _history(at, key, cell, planned)
    return Inspection(
        title=name + unit,
        facts=_facts(at, key, planned),
        help=at.study_texts.help(key.form, cell.item),
        history=history,
        earlier=_earlier(at, key, cell, planned),
        findings=findings,
        reasons=_reasons(at, key, cell, planned),
        verified=tuple(line for line in history if line.kind in ("verified", "changed")),
    )


def _reasons(at: Workplace, key: FormKey, cell: Cell, planned: PlanItem) -> tuple[ReasonLine, ...]:
    """Why a question is shown that does not always apply."""
    reason = Reasons(at, key).shown(cell) if planned.when is not None else None
    return () if reason is None else (ReasonLine("shown", reason.text, reason.expression),)


def _facts(at: Workplace, key: FormKey, planned: PlanItem) -> str:
    say = at.texts
    parts = [f"{key.form}.{planned.oid}"]
    if planned.value is not None:
        parts.append(say("calculated"))
    if planned.required is not False:
        parts.append(say("required"))
    if planned.item.sdv == "critical":
        parts.append(say("critical for the study"))
    elif at.study.verification.offer(key.form, planned.oid) is Offer.SAMPLED:
        parts.append(say("compared in a sample"))
    if at.study.verification.offer(key.form, planned.oid) is Offer.HERE_FIRST:
        parts.append(say("first recorded here"))
    if planned.item.site_only or at.study.form(key.form).site_only:
        parts.append(say("stays at the site"))
    return " · ".join(parts)


def _history(at: Workplace, key: FormKey, cell: Cell, planned: PlanItem) -> tuple[HistoryLine, ...]:
    """All events of one item, newest first."""
    place = (*key, *cell)
    lines = [
        _line(at, key, planned, record)
        for record in at.events.records(subject=key.subject, kinds=_ITEM_KINDS, item=cell.item)
        if isinstance(record.event, ItemEvent) and record.event.place == place
    ]
    return tuple(reversed(lines))


def _line(at: Workplace, key: FormKey, planned: PlanItem, record: Record) -> HistoryLine:
    envelope, event = record.envelope, record.event
    say = at.texts
    why = event.reason or ""
    kind = "finding"
    match event:
        case ValueRecorded():
            what, kind = _value_words(at, key, planned, event), "value"
            if event.origin != "person":
                why = say("worked out by the form")
            elif event.prompted_by:
                prompted = say("after check {check}", check=event.prompted_by)
                why = f"{why} ({prompted})" if why else prompted
        case FindingRaised() | FindingSettled():
            what = _finding_words(at, event)
        case FindingConfirmed():
            what = say("Confirmed as right ({check})", check=event.check)
        case ItemVerified() | VerificationDropped() | VerificationTaken():
            what, kind = _verified_words(at, key, planned, event)
        case ItemHidden():
            what, kind = say("Does not apply any more; the answer is kept"), "value"
        case _:
            what, kind = say("Applies again, to be confirmed"), "value"
    return HistoryLine(what, _who(at, envelope), _when(at, envelope), why, kind)


def _verified_words(
    at: Workplace,
    key: FormKey,
    planned: PlanItem,
    event: ItemVerified | VerificationDropped | VerificationTaken,
) -> tuple[str, str]:
    """What was compared with the source, or that it does not count any more; and the kind of line."""
    say = at.texts
    if isinstance(event, VerificationDropped):
        return say("Changed since verified"), "changed"
    if isinstance(event, VerificationTaken):
        return say("Verification taken back"), "changed"
    if event.value is None:
        text = at.study_texts.code(at.study.head.missing, event.missing or "")
    else:
        text = shown(event.value, field_of(at.desk, key, planned), manner_of(at.desk, key))
    return say("Verified: {value}", value=isolated(text)), "verified"


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


def _value_words(at: Workplace, key: FormKey, planned: PlanItem, event: ValueRecorded) -> str:
    say = at.texts
    if event.missing is not None:
        return at.study_texts.code(at.study.head.missing, event.missing)
    if event.value is None:
        return say("Answer taken away")
    if planned.type.kind is Kind.NOTE:
        return event.value
    text = shown(event.value, field_of(at.desk, key, planned), manner_of(at.desk, key))
    if event.unit:
        return say("{text} (typed as {entered} {unit})", text=text, entered=event.entered, unit=event.unit)
    if planned.type.kind in _DATES and event.typed and says_hijri(event.typed):
        return say("{text} (told as {typed})", text=isolated(text), typed=isolated(event.typed))
    return text


def _who(at: Workplace, envelope: Envelope) -> str:
    return at.texts(
        "{name}, {role}", name=envelope.name, role=at.texts(ROLES.get(envelope.role, envelope.role))
    )


def _when(at: Workplace, envelope: Envelope) -> str:
    instant = datetime.fromisoformat(envelope.at).replace(tzinfo=UTC)
    local = instant.astimezone(timezone(timedelta(minutes=envelope.offset)))
    day, time = at.texts.date(local.date()), at.texts.clock(local)
    return at.texts("{day}, {time} ({zone})", day=day, time=time, zone=envelope.zone)


def _earlier(at: Workplace, key: FormKey, cell: Cell, planned: PlanItem) -> tuple[tuple[str, str], ...]:
    """The same item at the visits before this one: (visit, value), the first visit first."""
    found = earlier_answers(at, key, cell, planned)
    return tuple((at.study_texts.visit(one.visit), one.text) for one in found)

"""Saying what a sign of a checklist has to do with the log of events, and writing it there in one act."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from crfapp.base.problems import Code, RefusedError
from crfapp.form.graph import Cell
from crfapp.ledger.events import Event, RowAdded, SignLinked
from crfapp.ledger.keys import FormKey, ItemKey
from crfapp.ledger.state import SignLinkRow
from crfapp.study.names import log_group
from crfapp.work.cases import Command, Topic, use_case
from crfapp.work.entry import Told, record
from crfapp.work.readiness import refuse_unready
from crfapp.work.roles import Right
from crfapp.work.row_work import AddRow, add_row
from crfapp.work.rows import labels_of_form
from crfapp.work.signs import event_log, is_there, score_of, signs_asking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.study.targets import EventLog
    from crfapp.work.desk import Desk
    from crfapp.work.roles import Actor
    from crfapp.work.signs import SignAsk

Link = Literal["same", "new", "ended", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkSign(Command):
    """A sign is the event of ``event_row`` (``same``), a new one, or none; or that event has ended with it.

    ``grade`` is what the event is graded now, empty for what the score says; ``end`` the day on which the
    event ended, as typed. ``reason`` says why a sign that the study wants as an event is none.
    """

    key: FormKey
    row: str
    item: str
    link: Link
    event_row: str = ""
    grade: str = ""
    end: str = ""


def _is_none(cmd: LinkSign, desk: Desk) -> bool:
    if cmd.link != "none":
        return False
    ask = _ask(desk, cmd)
    return ask is not None and ask.required


@use_case(
    LinkSign,
    needs=Right.RECORD,
    touches=(Topic.SAFETY, Topic.ANSWERS, Topic.FORMS),
    needs_reason=_is_none,
)
def link_sign(cmd: LinkSign, desk: Desk, actor: Actor) -> Iterator[Event]:
    """Record the link and what it changes in the log of events.

    SIGN_UNKNOWN where no such sign was answered, EVENT_UNKNOWN where there is no such event, NOT_A_DATE
    where an end is not a day.
    """
    refuse_unready(desk, cmd.key)
    log, score = _refuse_unfit(desk, cmd)
    key, event_row = event_log(desk, cmd.key.subject), cmd.event_row
    if cmd.link == "new":
        for event in _begun(desk, actor, key, (log, _ask(desk, cmd), cmd)):
            event_row = event.row if isinstance(event, RowAdded) else event_row
            yield event
    else:
        yield from _changed(desk, actor, (key, log), cmd, score)
    place, why = ItemKey(*cmd.key, cmd.row, cmd.item), cmd.reason.strip() or None
    yield desk.lay(SignLinked(**place._asdict(), link=cmd.link, event_row=event_row, reason=why))


def _refuse_unfit(desk: Desk, cmd: LinkSign) -> tuple[EventLog, str]:
    """What cannot be said of this sign; the log of events and the score where it can."""
    log, list_ = desk.study.head.events, desk.study.head.checklist
    score = score_of(desk, ItemKey(*cmd.key, cmd.row, cmd.item))
    if log is None or list_ is None or cmd.item not in list_.signs or score is None:
        raise RefusedError(Code.SIGN_UNKNOWN)
    if cmd.link in ("same", "new") and not is_there(score):
        raise RefusedError(Code.SIGN_UNKNOWN)
    named = cmd.link in ("same", "ended")
    if named and cmd.event_row not in labels_of_form(desk, event_log(desk, cmd.key.subject)):
        raise RefusedError(Code.EVENT_UNKNOWN)
    if cmd.link == "ended" and not cmd.end.strip():
        raise RefusedError(Code.NOT_A_DATE)
    return log, score


def _changed(
    desk: Desk, actor: Actor, at: tuple[FormKey, EventLog], cmd: LinkSign, score: str
) -> Iterator[Event]:
    """The event that a sign is, graded worse; or the one that has ended with it. The facts are the reason."""
    key, log = at
    list_ = desk.study.head.checklist
    facts = f"{list_.signs[cmd.item] if list_ else cmd.item}: {score}, {desk.visit_date(cmd.key)}"
    if cmd.link == "same":
        yield from _graded(desk, actor, (key, cmd.event_row, log), _grade(cmd, score), facts)
    if cmd.link == "ended":
        for item, typed in ((log.ongoing, "N"), (log.end, cmd.end)):
            yield from record(desk, key, Cell(cmd.event_row, item), Told(typed=typed, reason=facts))


def _ask(desk: Desk, cmd: LinkSign) -> SignAsk | None:
    place = ItemKey(*cmd.key, cmd.row, cmd.item)
    return next((ask for ask in signs_asking(desk, cmd.key) if ask.place == place), None)


def _grade(cmd: LinkSign, score: str) -> str:
    """What the event is graded: as said, or as the score says, but for the one that a person tells apart."""
    if cmd.grade:
        return cmd.grade
    return score if score in ("1", "2", "3") else ""


def _begun(
    desk: Desk, actor: Actor, key: FormKey, told: tuple[EventLog, SignAsk | None, LinkSign]
) -> Iterator[Event]:
    """A new row of the log with what the checklist knows of the event."""
    log, ask, cmd = told
    list_ = desk.study.head.checklist
    row = ""
    for event in add_row(AddRow(key=key, section=log_group(desk.study, key.form)), desk, actor):
        row = event.row if isinstance(event, RowAdded) else row
        yield event
    score = score_of(desk, ItemKey(*cmd.key, cmd.row, cmd.item)) or ""
    day, earlier = desk.visit_date(cmd.key), _earlier(desk, cmd)
    answers = {
        log.term: list_.signs[cmd.item] if list_ is not None else "",
        log.category or "": log.local or "",
        log.target or "": cmd.row,
        log.start: (ask.day if ask is not None else day or desk.today).isoformat(),
        log.ongoing: "Y",
        log.grade: _grade(cmd, score),
        log.recurs or "": "Y" if earlier else "",
        log.recurs_of or "": earlier,
    }
    for item, typed in answers.items():
        if item and typed and _may(desk, actor, key, item):
            yield from record(desk, key, Cell(row, item), Told(typed=typed))


def _earlier(desk: Desk, cmd: LinkSign) -> str:
    """The last event that this sign was before: it had ended, and has come back."""
    counted = labels_of_form(desk, event_log(desk, cmd.key.subject))
    said = [
        link
        for link in desk.tables.find(SignLinkRow, subject=cmd.key.subject)
        if (link.form, link.row, link.item, link.link) == (cmd.key.form, cmd.row, cmd.item, "ended")
    ]
    last = max(said, key=lambda link: link.at, default=None)
    return last.event_row if last is not None and last.event_row in counted else ""


def _graded(
    desk: Desk, actor: Actor, at: tuple[FormKey, str, EventLog], grade: str, facts: str
) -> Iterator[Event]:
    """The worse grade, on the same row; a grade never sinks, and only who may grade grades."""
    key, row, log = at
    stored = desk.stored(ItemKey(*key, row, log.grade))
    now = stored.value or "" if stored is not None and stored.hidden != 1 else ""
    if grade > now and _may(desk, actor, key, log.grade):
        yield from record(desk, key, Cell(row, log.grade), Told(typed=grade, reason=facts if now else ""))


def _may(desk: Desk, actor: Actor, key: FormKey, item: str) -> bool:
    by = desk.study.place(key.form, item).item.by
    return not by or actor.role.value in by

"""Conducting visits: starting, booking, missing them. The visit's own items are answered along with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.form.graph import Cell
from crfapp.ledger.events import Event, VisitBooked, VisitEvent, VisitMerged, VisitMissed, VisitStarted
from crfapp.ledger.keys import FormKey, VisitKey
from crfapp.ledger.state import VisitRow
from crfapp.study.study import visits_after
from crfapp.work.cases import Command, Topic, use_case
from crfapp.work.consequences import follow_elsewhere
from crfapp.work.entry import Told, record
from crfapp.work.offered import held_at
from crfapp.work.readers import VISIT
from crfapp.work.readiness import visit_of
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.study.model import Visit
    from crfapp.work.desk import Desk
    from crfapp.work.roles import Actor

_TOUCHED = (Topic.VISITS, Topic.ANSWERS, Topic.FORMS)


@dataclass(frozen=True, slots=True, kw_only=True)
class StartVisit(Command):
    """The subject is seen or called on ``date`` (ISO day at the site)."""

    key: VisitKey
    date: str


@use_case(StartVisit, needs=Right.SCHEDULE, touches=_TOUCHED)
def start_visit(cmd: StartVisit, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record the visit, and in its own form that it takes place, and when."""
    visit = _yet_to_come(desk, cmd.key)
    _refuse_no_date(cmd.date)
    yield from _became(desk, VisitStarted(**cmd.key._asdict(), date=cmd.date))
    items = desk.study.head.visit_items
    if visit.kind != "log":
        yield from _answer(desk, cmd.key, items.status, items.done)
        yield from _answer(desk, cmd.key, items.date, cmd.date)


@dataclass(frozen=True, slots=True, kw_only=True)
class BookVisit(Command):
    """An appointment was made."""

    key: VisitKey
    date: str


@use_case(BookVisit, needs=Right.SCHEDULE, touches=(Topic.VISITS,))
def book_visit(cmd: BookVisit, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record the appointment of a visit that has not begun."""
    _yet_to_come(desk, cmd.key)
    _refuse_no_date(cmd.date)
    yield VisitBooked(**cmd.key._asdict(), date=cmd.date)


@dataclass(frozen=True, slots=True, kw_only=True)
class MissVisit(Command):
    """The visit did not take place; ``why`` is a code of the study's list of reasons."""

    key: VisitKey
    why: str


@use_case(MissVisit, needs=Right.SCHEDULE, touches=_TOUCHED)
def miss_visit(cmd: MissVisit, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record that it was missed, and in its own form why."""
    visit = _yet_to_come(desk, cmd.key)
    if visit.kind == "log":
        raise RefusedError(Code.UNKNOWN_VISIT, visit=cmd.key.visit)
    head = desk.study.head
    if cmd.why not in desk.study.codes(head.reasons):
        raise RefusedError(Code.NOT_A_CODE, item=head.visit_items.reason)
    yield from _became(desk, VisitMissed(**cmd.key._asdict(), why=cmd.why))
    yield from _answer(desk, cmd.key, head.visit_items.status, head.visit_items.missed)
    yield from _answer(desk, cmd.key, head.visit_items.reason, cmd.why)


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeVisit(Command):
    """The visit is held together with a later one, ``into``; ``reason`` says why."""

    key: VisitKey
    into: str


@use_case(MergeVisit, needs=Right.SCHEDULE, touches=_TOUCHED, needs_reason=lambda _cmd, _desk: True)
def merge_visit(cmd: MergeVisit, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record in the visit's own form where its questions are asked; MERGE_REFUSED where that cannot be."""
    _yet_to_come(desk, cmd.key)
    items = desk.study.head.visit_items
    slots = {slot.visit: slot for slot in desk.slots(cmd.key.subject) if slot.visit_n == 1}
    later = cmd.into in slots and cmd.into in visits_after(desk.versions.of_visit(cmd.key), cmd.key.visit)
    if items.merged is None or items.into is None or not later or slots[cmd.into].status == "cancelled":
        raise RefusedError(Code.MERGE_REFUSED, visit=cmd.key.visit, into=cmd.into)
    yield from _became(desk, VisitMerged(**cmd.key._asdict(), into=cmd.into, reason=cmd.reason.strip()))
    yield from _answer(desk, cmd.key, items.status, items.merged)
    yield from _answer(desk, cmd.key, items.into, cmd.into)


def _yet_to_come(desk: Desk, key: VisitKey) -> Visit:
    """The visit, which has neither begun nor been missed: from then on its own form says what is so."""
    visit = visit_of(desk, key)
    row = desk.tables.get(VisitRow, *key)
    if row is not None and row.status in ("started", "missed", "merged"):
        raise RefusedError(Code.VISIT_STARTED_ALREADY, visit=key.visit)
    return visit


def _became(desk: Desk, event: VisitEvent) -> Iterator[Event]:
    """What became of the visit and of forms that read visits, before its own questions are answered."""
    yield desk.lay(event)
    yield from follow_elsewhere(desk, FormKey(*event.at, "", 0), set(), form=VISIT)


def _refuse_no_date(text: str) -> None:
    try:
        known = date.fromisoformat(text).isoformat() == text
    except ValueError:
        known = False
    if not known:
        raise RefusedError(Code.NOT_A_DATE)


def _answer(desk: Desk, key: VisitKey, place: str, text: str) -> Iterator[Event]:
    """Answer a question of the visit's own form, if the visit has that form."""
    form, _, item = place.partition(".")
    if form not in {held.form for held in held_at(desk, key)}:
        return
    yield from record(desk, FormKey(*key, form, 1), Cell("", item), Told(typed=text))

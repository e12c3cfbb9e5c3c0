"""Filling forms: answers, missing codes, rows, findings confirmed, forms completed.

A value is recorded as soon as its field is left, with the text as typed, before any check is shown
(REQ-105). What cannot be read as the item's type is refused and not recorded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.form.findings import must_answer
from crfapp.form.graph import Answer, Cell
from crfapp.form.plan_parts import is_computed
from crfapp.form.values import Reading, Unreadable, read, value_of
from crfapp.ledger.events import (
    Event,
    FindingConfirmed,
    FormCompleted,
    FormReopened,
    ValueRecorded,
)
from crfapp.ledger.keys import FormKey, ItemKey
from crfapp.ledger.origins import is_told
from crfapp.ledger.state import FormRow
from crfapp.study.types import Kind
from crfapp.work.begun import is_begun
from crfapp.work.cases import Command, Topic, use_case
from crfapp.work.completion import look_back
from crfapp.work.conflicts import refuse_in_conflict
from crfapp.work.consequences import follow
from crfapp.work.heads import heads_of
from crfapp.work.obstacles import obstacles
from crfapp.work.queries import answered_by_correction, prompting, refuse_beside
from crfapp.work.readiness import begin_form, refuse_unready, unknown_cell
from crfapp.work.reading_items import field_of, manner_of
from crfapp.work.roles import Right
from crfapp.work.row_labels import is_label, label_rows
from crfapp.work.stop_rules import refuse_deciding, refuse_undecided
from crfapp.work.visit_facts import visit_facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.form.graph import FormGraph
    from crfapp.ledger.keys import EventId
    from crfapp.ledger.state import ItemRow
    from crfapp.work.desk import Desk
    from crfapp.work.roles import Actor

_TOUCHED = (Topic.ANSWERS, Topic.FORMS)


@dataclass(frozen=True, slots=True)
class Told:
    """What a person told: a text as typed, or a missing code with, perhaps, why.

    ``taken_from`` is the event of the same answer where it was told before, for another subject.
    """

    typed: str = ""
    missing: str | None = None
    reason: str = ""
    captured_at: str = ""
    prompted_by: str | None = None
    query: str | None = None

    taken_from: EventId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAnswer(Command):
    """An answer to one item. ``captured_at`` is when the field was left (UTC, ISO).

    ``query`` is the question of a person that it answers (REQ-601).
    """

    key: FormKey
    row: str = ""
    item: str
    typed: str = ""
    missing: str | None = None
    captured_at: str = ""
    prompted_by: str | None = None
    query: str | None = None

    @property
    def cell(self) -> Cell:
        """Where the answer stands."""
        return Cell(self.row, self.item)

    @property
    def told(self) -> Told:
        """What was told."""
        why = self.reason.strip()
        return Told(self.typed, self.missing, why, self.captured_at, self.prompted_by, self.query)


def _changes_saved_value(cmd: RecordAnswer, desk: Desk) -> bool:
    stored = desk.stored(ItemKey(*cmd.key, cmd.row, cmd.item))
    if stored is None or not is_told(stored.origin) or stored.hidden == 1:
        return False
    if cmd.missing is not None:
        return cmd.missing != stored.missing
    reading = read_answer(desk, cmd.key, cmd.cell, cmd.typed)
    if isinstance(reading, Unreadable):
        return False  # nothing can be recorded of it; that is what has to be said
    if reading is None:
        return stored.value is not None or stored.missing is not None
    return reading.text != stored.value or (reading.unit != stored.unit and stored.hidden == 0)


@use_case(RecordAnswer, needs=Right.RECORD, touches=_TOUCHED, needs_reason=_changes_saved_value)
def record_answer(cmd: RecordAnswer, desk: Desk, actor: Actor) -> Iterator[Event]:
    """Record what was told and everything that follows from it; then the query that it answers, if any."""
    refuse_unready(desk, cmd.key)
    refuse_foreign(desk, cmd.key, cmd.item, actor)
    _refuse_typed_photograph(desk, cmd)
    if cmd.query is not None:
        refuse_beside(desk, cmd.query, cmd.key, cmd.cell)
    recorded = False
    for event in record(desk, cmd.key, cmd.cell, cmd.told):
        recorded = True
        yield event
    if cmd.query is not None and recorded:
        yield from answered_by_correction(desk, cmd.query, cmd.told.reason)


def _refuse_typed_photograph(desk: Desk, cmd: RecordAnswer) -> None:
    """A photograph is taken in (TakePhotograph); typed can only be why there is none."""
    planned = desk.forms.get(cmd.key).plan.items.get(cmd.item)
    if planned is not None and planned.type.kind is Kind.PHOTO and cmd.missing is None and cmd.typed.strip():
        raise RefusedError(Code.PHOTOGRAPH_TYPED, item=cmd.item)


def record(desk: Desk, key: FormKey, cell: Cell, told: Told) -> Iterator[Event]:
    """The events of one answer: the value, its consequences here and in the subject's other forms."""
    cell = Cell(*cell)
    refuse_unasked(desk, key, cell)
    stored = desk.stored(ItemKey(*key, *cell))
    event = _value_event(desk, key, cell, told, stored)
    if event is not None:
        yield from put_down(desk, key, cell, event)


def refuse_unasked(desk: Desk, key: FormKey, cell: Cell) -> None:
    """Refuse what nobody answers there: unknown, worked out, signed only, or hidden."""
    graph = desk.forms.get(key)
    state = graph.state(cell)
    if state is None:
        raise RefusedError(unknown_cell(desk, key, cell), form=key.form, item=cell.item)
    if is_computed(graph.plan.items[cell.item]) or is_label(desk.versions.at(key), key.form, cell.item):
        raise RefusedError(Code.ITEM_COMPUTED, form=key.form, item=cell.item)
    if graph.plan.items[cell.item].type.kind is Kind.SIGNATURE:
        raise RefusedError(Code.SIGN_ONLY, form=key.form, item=cell.item)
    if not state.visible:
        raise RefusedError(Code.ITEM_HIDDEN, form=key.form, item=cell.item)


def put_down(desk: Desk, key: FormKey, cell: Cell, event: ValueRecorded) -> Iterator[Event]:
    """An answer that may be given, with its consequences here and in the subject's other forms."""
    graph = desk.forms.get(key)
    fresh = not is_begun(desk, key)
    yield from begin_form(desk, key)
    yield desk.lay(event)
    changed = graph.answer(cell, _answer(graph, cell, event)) | desk.forms.changed_overnight(key)
    named = yield from label_rows(desk, key, cell)
    if fresh or named:
        # what a form works out from elsewhere is recorded with its first answer
        changed = frozenset(desk.forms.get(key).cells())
    yield from follow(desk, key, changed, asked=cell, rows=fresh)
    yield from visit_facts(desk, key, cell)


def _value_event(
    desk: Desk, key: FormKey, cell: Cell, told: Told, stored: ItemRow | None
) -> ValueRecorded | None:
    """The event of a new or changed answer; None where nothing changes."""
    text, unit, entered = None, None, None
    if told.missing is not None:
        _refuse_missing_code(desk, key, cell, told.missing)
    else:
        reading = read_answer(desk, key, cell, told.typed)
        if isinstance(reading, Unreadable):
            raise RefusedError(reading.code, **{"item": cell.item, **reading.facts})
        if reading is not None:
            text, unit, entered = reading.text, reading.unit, reading.entered
    if _same(stored, (text, told.missing, unit), told.reason):
        return None
    return ValueRecorded(
        **key._asdict(),
        row=cell.row,
        item=cell.item,
        value=text,
        typed=told.typed if told.missing is None else None,
        missing=told.missing,
        unit=unit,
        entered=entered,
        captured_at=told.captured_at or desk.stamp(),
        supersedes=heads_of(desk, ItemKey(*key, *cell)),
        prompted_by=told.prompted_by or _open_finding(desk, key, cell),
        query=told.query or prompting(desk, key, cell),
        reason=told.reason or None,
        taken_from=told.taken_from,
    )


def _open_finding(desk: Desk, key: FormKey, cell: Cell) -> str | None:
    """The check that asks about this answer; a correction now is prompted by it (REQ-105)."""
    found = desk.forms.findings(key)
    return next((check for (at, check), row in found.items() if at == cell and row.state == "open"), None)


def _same(stored: ItemRow | None, told: tuple[str | None, str | None, str | None], reason: str) -> bool:
    """Whether value, missing code and unit are those recorded; why an answer is missing may be told anew."""
    if stored is None:
        return told == (None, None, None)
    if told[1] is not None and reason not in ("", stored.reason):
        return False
    return (stored.value, stored.missing, stored.unit) == told and stored.hidden == 0


def _answer(graph: FormGraph, cell: Cell, event: ValueRecorded) -> Answer | None:
    if event.value is None and event.missing is None:
        return None
    kind = graph.plan.items[cell.item].type
    value = None if event.value is None else value_of(event.value, kind)
    return Answer(value, event.value, event.missing)


def read_answer(desk: Desk, key: FormKey, cell: Cell, typed: str) -> Reading | Unreadable | None:
    """What a text says as an answer to an item; None where it says nothing."""
    planned = desk.forms.get(key).plan.items.get(cell.item)
    if planned is None:
        raise RefusedError(Code.UNKNOWN_ITEM, form=key.form, item=cell.item)
    return read(typed, field_of(desk, key, planned), manner_of(desk, key))


def _refuse_missing_code(desk: Desk, key: FormKey, cell: Cell, missing: str) -> None:
    item = desk.forms.get(key).plan.items[cell.item].item
    study = desk.versions.at(key)
    allowed = study.codes(study.head.missing) if item.missing is None else item.missing
    if missing not in allowed:
        raise RefusedError(Code.MISSING_NOT_ALLOWED, item=cell.item)


def refuse_foreign(desk: Desk, key: FormKey, item: str, actor: Actor) -> None:
    """Some answers only an investigator may give (STUDIES 1.8)."""
    planned = desk.forms.get(key).plan.items.get(item)
    if planned is not None and planned.item.by and actor.role.value not in planned.item.by:
        raise RefusedError(Code.NOT_ALLOWED, role=actor.role.value, needs=", ".join(planned.item.by))


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmFinding(Command):
    """The answer is right although a check fired; ``reason`` says why."""

    key: FormKey
    row: str = ""
    item: str
    check: str


def _always(_cmd: ConfirmFinding | ReopenForm, _desk: Desk) -> bool:
    return True


@use_case(ConfirmFinding, needs=Right.RECORD, touches=_TOUCHED, needs_reason=_always)
def confirm_finding(cmd: ConfirmFinding, desk: Desk, actor: Actor) -> Iterator[Event]:
    """Record the confirmation; a hard finding cannot be confirmed, a stop rule only by an investigator."""
    cell = Cell(cmd.row, cmd.item)
    row = desk.forms.findings(cmd.key).get((cell, cmd.check))
    if row is None or row.state != "open" or row.level == "H":
        raise RefusedError(Code.UNKNOWN_FINDING, check=cmd.check)
    refuse_deciding(row, actor)
    yield desk.lay(
        FindingConfirmed(
            **cmd.key._asdict(), row=cmd.row, item=cmd.item, check=cmd.check, reason=cmd.reason.strip()
        )
    )
    desk.forms.settled(cmd.key, cell, cmd.check, "confirmed", cmd.reason.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteForm(Command):
    """A person says that nothing is left to do in the form."""

    key: FormKey


@use_case(CompleteForm, needs=Right.RECORD, touches=(Topic.FORMS,))
def complete_form(cmd: CompleteForm, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Refuse while something stands in the way, else record it."""
    refuse_unready(desk, cmd.key)
    graph = desk.forms.get(cmd.key)
    refuse_in_conflict(desk, cmd.key)
    refuse_undecided(desk, cmd.key)
    in_the_way = list(obstacles(desk, cmd.key))
    if in_the_way:
        first, cell = in_the_way[0]
        raise RefusedError(Code.FORM_INCOMPLETE, count=len(in_the_way), first=first, item=cell.item)
    row = desk.tables.get(FormRow, *cmd.key)
    if row is not None and row.status == "complete":
        raise RefusedError(Code.FORM_COMPLETE, form=cmd.key.form)
    fresh = not is_begun(desk, cmd.key)
    yield from begin_form(desk, cmd.key)
    yield from follow(desk, cmd.key, graph.cells(), rows=fresh)
    answered = sum(not must_answer(graph.kept(cell)) for cell in graph.cells())
    yield from look_back(desk, cmd.key)
    yield desk.lay(FormCompleted(**cmd.key._asdict(), answers=answered))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenForm(Command):
    """A person takes a form up again."""

    key: FormKey


@use_case(ReopenForm, needs=Right.RECORD, touches=(Topic.FORMS,), needs_reason=_always)
def reopen_form(cmd: ReopenForm, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record it with its reason."""
    row = desk.tables.get(FormRow, *cmd.key)
    if row is None or row.status != "complete":
        raise RefusedError(Code.UNKNOWN_FORM, form=cmd.key.form)
    yield desk.lay(FormReopened(**cmd.key._asdict(), reason=cmd.reason.strip()))


__all__ = [
    "CompleteForm",
    "ConfirmFinding",
    "RecordAnswer",
    "ReopenForm",
    "Told",
    "put_down",
    "read_answer",
    "record",
    "refuse_foreign",
    "refuse_unasked",
]

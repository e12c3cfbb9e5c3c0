"""Deciding between answers that several workstations gave without knowing of each other (REQ-609)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.form.graph import Cell
from crfapp.form.values import Unreadable
from crfapp.ledger.events import Event, ValueRecorded
from crfapp.work.cases import Command, Topic, use_case
from crfapp.work.conflicts import in_conflict
from crfapp.work.entry import Told, put_down, read_answer, record, refuse_foreign, refuse_unasked
from crfapp.work.heads import heads_of
from crfapp.work.readiness import refuse_unready
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.ledger.keys import EventId, ItemKey
    from crfapp.work.conflicts import Conflict
    from crfapp.work.desk import Desk
    from crfapp.work.roles import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveConflict(Command):
    """One of the answers is right: that of the event ``take``; or none is, and ``typed`` says what is.

    ``reason`` says why.
    """

    place: ItemKey
    take: EventId | None = None
    typed: str = ""


@use_case(
    ResolveConflict,
    needs=Right.RECORD,
    touches=(Topic.CONFLICTS, Topic.ANSWERS, Topic.FORMS),
    needs_reason=lambda _cmd, _desk: True,
)
def resolve_conflict(cmd: ResolveConflict, desk: Desk, actor: Actor) -> Iterator[Event]:
    """Record the right answer in the place of all that stand there. NOT_IN_CONFLICT."""
    key, cell = cmd.place.of, Cell(cmd.place.row, cmd.place.item)
    refuse_unready(desk, key)
    refuse_foreign(desk, key, cell.item, actor)
    found = next((one for one in in_conflict(desk.tables, key) if one.key == cmd.place), None)
    if found is None:
        raise RefusedError(Code.NOT_IN_CONFLICT)
    why = cmd.reason.strip()
    take = cmd.take if cmd.take is not None else _said_already(desk, found, cmd.typed)
    if take is None:
        yield from record(desk, key, cell, Told(typed=cmd.typed, reason=why))
        return
    refuse_unasked(desk, key, cell)
    yield from put_down(desk, key, cell, _taken(desk, found, take, why))


def _said_already(desk: Desk, conflict: Conflict, typed: str) -> EventId | None:
    """The event of an answer that says what was typed; to type it anew decides as taking it does."""
    reading = read_answer(desk, conflict.key.of, Cell(conflict.key.row, conflict.key.item), typed)
    if reading is None or isinstance(reading, Unreadable):
        return None
    said = (reading.text, reading.unit)
    return next((row.head for row in conflict.answers if (row.value, row.unit) == said), None)


def _taken(desk: Desk, conflict: Conflict, take: EventId, why: str) -> ValueRecorded:
    """The answer of one event once more, in the place of all. NOT_IN_CONFLICT where it is none of them."""
    answer = next((row for row in conflict.answers if row.head == take), None)
    if answer is None:
        raise RefusedError(Code.NOT_IN_CONFLICT)
    return ValueRecorded(
        **conflict.key._asdict(),
        value=answer.value,
        typed=answer.typed,
        missing=answer.missing,
        unit=answer.unit,
        entered=answer.entered,
        captured_at=desk.stamp(),
        supersedes=heads_of(desk, conflict.key),
        reason=why,
    )

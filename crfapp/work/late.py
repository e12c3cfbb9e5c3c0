"""What came too late for a form that was frozen or locked elsewhere: the investigator decides (REQ-608)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.form.graph import Cell
from crfapp.ledger.events import (
    Event,
    FormEvent,
    LateDecided,
    RowAdded,
    Unfrozen,
    Unlocked,
    ValueRecorded,
    VisitEvent,
)
from crfapp.ledger.keys import EventId, FormKey, ItemKey, Scope
from crfapp.ledger.state import LateRow, LockRow
from crfapp.work.cases import Command, Topic, use_case
from crfapp.work.consequences import follow, follow_elsewhere
from crfapp.work.entry import put_down, refuse_unasked
from crfapp.work.heads import heads_of
from crfapp.work.locking import caught_up
from crfapp.work.readers import VISIT
from crfapp.work.readiness import begin_form
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.work.desk import Desk
    from crfapp.work.ports import Tables
    from crfapp.work.roles import Actor

WAITING = "waiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideLate(Command):
    """Take what came too late (``of``), or leave it; ``reason`` says why."""

    of: EventId
    take: bool


def waiting_late(tables: Tables, subject: str | None = None) -> list[LateRow]:
    """What waits for the investigator, ordered by when it was written."""
    if subject is None:
        rows = tables.find(LateRow, state=WAITING)
    else:
        rows = tables.find(LateRow, subject=subject, state=WAITING)
    return sorted(rows, key=lambda row: (row.at, row.node, row.seq))


@use_case(
    DecideLate,
    needs=Right.OVERSEE,
    touches=(Topic.CONFLICTS, Topic.LOCKS, Topic.ANSWERS, Topic.FORMS, Topic.VISITS),
    needs_reason=lambda _cmd, _desk: True,
)
def decide_late(cmd: DecideLate, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record the decision; what is taken is said anew, in a form that is opened for it. NOT_LATE."""
    row = desk.tables.get(LateRow, *cmd.of)
    if row is None or row.state != WAITING:
        raise RefusedError(Code.NOT_LATE)
    if not cmd.take:
        yield _decided(desk, row, cmd)
        return
    yield from _opened(desk, row, cmd.reason.strip())
    yield from _row_first(desk, row, cmd)
    yield from _taken(desk, row, cmd)


def _decided(desk: Desk, row: LateRow, cmd: DecideLate) -> Event:
    of = EventId(row.node, row.seq)
    return desk.lay(LateDecided(subject=row.subject, of=of, taken=cmd.take, reason=cmd.reason.strip()))


def _opened(desk: Desk, row: LateRow, why: str) -> Iterator[Event]:
    """Whatever holds the place is let go, from the form outwards, for this reason."""
    opened: Scope | None = None
    for scope in Scope.around(_form(row)):
        held = desk.tables.get(LockRow, *scope)
        if held is None or held.state not in ("frozen", "locked"):
            continue
        kind = Unfrozen if held.state == "frozen" else Unlocked
        place = {**scope._asdict(), "subject": scope.subject or None}
        yield desk.lay(kind(**place, reason=why))
        opened = scope
    if opened is not None:
        yield from caught_up(desk, opened if opened.subject else Scope(row.subject))


def _form(row: LateRow) -> FormKey:
    return FormKey(row.subject, row.visit, row.visit_n, row.form, row.form_n)


def _row_first(desk: Desk, row: LateRow, cmd: DecideLate) -> Iterator[Event]:
    """A row that waits too comes before what stands in it."""
    if row.row and row.kind != RowAdded.kind:
        here = _form(row)._asdict()
        for added in desk.tables.find(LateRow, **here, row=row.row, kind=RowAdded.kind, state=WAITING):
            yield from _taken(desk, added, cmd)


def _taken(desk: Desk, row: LateRow, cmd: DecideLate) -> Iterator[Event]:
    """The same said anew, with everything that follows from it."""
    yield _decided(desk, row, cmd)
    of, why = EventId(row.node, row.seq), cmd.reason.strip()
    event = next(record.event for record in desk.records(row.subject) if record.envelope.id == of)
    again = event.model_copy(update={"reason": why})
    match again:
        case ValueRecorded():
            cell = Cell(again.row, again.item)
            refuse_unasked(desk, again.key, cell)
            heads = heads_of(desk, ItemKey(*again.key, *cell))
            yield from put_down(desk, again.key, cell, again.model_copy(update={"supersedes": heads}))
        case FormEvent():
            yield from begin_form(desk, again.key)
            yield desk.lay(again)
            desk.forms.close(again.key)
            yield from follow(desk, again.key, list(desk.forms.get(again.key).cells()), rows=True)
        case VisitEvent():
            yield desk.lay(again)
            yield from follow_elsewhere(desk, FormKey(*again.at, "", 0), set(), form=VISIT)
        case _:
            raise RefusedError(Code.NOT_LATE)

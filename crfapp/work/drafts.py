"""Taking over what a check drafts: a row of a log, such as a protocol deviation, filled from the check.

The row is the act of the person who takes it over; what only somebody else may answer stays open. To
dismiss a draft is to confirm its finding, with a reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.form.graph import Cell
from crfapp.ledger.events import Event, FindingConfirmed, RowAdded, ValueRecorded
from crfapp.study.language.texts import as_text
from crfapp.study.names import log_group
from crfapp.work.cases import Command, Topic, use_case
from crfapp.work.entry import Told, record
from crfapp.work.findings import check_of, scope_of
from crfapp.work.offered import home_of
from crfapp.work.roles import Right
from crfapp.work.row_work import AddRow, add_row
from crfapp.work.rows import labels_of_form

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.ledger.keys import FormKey
    from crfapp.work.desk import Desk
    from crfapp.work.roles import Actor

PROGRAM = ("program",)
"""Stands as ``by`` of items that no person answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeDraft(Command):
    """Take over the row that a check of level T drafted at an item."""

    key: FormKey
    row: str = ""
    item: str
    check: str


@use_case(TakeDraft, needs=Right.RECORD, touches=(Topic.ANSWERS, Topic.FORMS))
def take_draft(cmd: TakeDraft, desk: Desk, actor: Actor) -> Iterator[Event]:
    """Add the row, answer what the draft says, and note at the check which row it became."""
    cell = Cell(cmd.row, cmd.item)
    form, values = drafted(desk, cmd.key, cell, cmd.check)
    log = home_of(desk.study, cmd.key._replace(form=form, form_n=1))
    row = ""
    for event in add_row(AddRow(key=log, section=log_group(desk.study, form)), desk, actor):
        row = event.row if isinstance(event, RowAdded) else row
        yield event
    for item, typed in values.items():
        if _may_answer(desk, log, Cell(row, item), actor):
            yield from _answered(desk, log, Cell(row, item), typed, cmd.check)
    number = labels_of_form(desk, log).get(row, "")
    told = {"row": cmd.row, "item": cmd.item, "check": cmd.check, "reason": f"{form} {number}"}
    yield desk.lay(FindingConfirmed(**cmd.key._asdict(), **told))
    desk.forms.settled(cmd.key, cell, cmd.check, "confirmed", told["reason"])


def drafted(desk: Desk, key: FormKey, cell: Cell, check: str) -> tuple[str, dict[str, str]]:
    """The log a check drafts into, and what it would say there now; UNKNOWN_FINDING where it drafts none."""
    graph = desk.forms.get(key)
    planned, row = check_of(graph, check, cell), desk.forms.findings(key).get((cell, check))
    draft = planned.check.draft if planned else None
    if planned is None or draft is None or row is None or row.state != "open":
        raise RefusedError(Code.UNKNOWN_FINDING, check=check)
    scope = scope_of(graph, planned, cell)
    told = {item: compiled.run(scope) for item, compiled in planned.draft.items()}
    return draft.form, {item: as_text(value) for item, value in told.items() if value is not None}


def _may_answer(desk: Desk, key: FormKey, cell: Cell, actor: Actor) -> bool:
    """Whether an answer of the draft applies in the row, and this person or the program gives it."""
    graph = desk.forms.get(key)
    planned, state = graph.plan.items.get(cell.item), graph.state(cell)
    if planned is None or state is None or not state.visible:
        return False
    return planned.item.by in ((), PROGRAM) or actor.role.value in planned.item.by


def _answered(desk: Desk, key: FormKey, cell: Cell, typed: str, check: str) -> Iterator[Event]:
    if desk.study.place(key.form, cell.item).item.by == PROGRAM:
        place = {**key._asdict(), "row": cell.row, "item": cell.item}
        told = {"value": typed, "origin": f"check {check}", "captured_at": desk.stamp()}
        yield desk.lay(ValueRecorded(**place, **told))
        desk.forms.close(key)
    else:
        yield from record(desk, key, cell, Told(typed=typed, prompted_by=check))

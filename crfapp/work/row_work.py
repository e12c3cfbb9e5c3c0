"""Adding and voiding rows of repeating sections. A row is voided with a reason, never deleted (REQ-118)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.events import Event, RowAdded, RowVoided
from crfapp.ledger.state import FormRowRow
from crfapp.work.cases import Command, Topic, use_case
from crfapp.work.consequences import follow
from crfapp.work.readiness import begin_form, refuse_unready
from crfapp.work.roles import Right
from crfapp.work.row_labels import name_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.ledger.keys import FormKey
    from crfapp.study.model import Rows
    from crfapp.work.desk import Desk
    from crfapp.work.roles import Actor

_TOUCHED = (Topic.ANSWERS, Topic.FORMS)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddRow(Command):
    """One more row of a log."""

    key: FormKey
    section: str


@use_case(AddRow, needs=Right.RECORD, touches=_TOUCHED)
def add_row(cmd: AddRow, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record the row; its number is one more than any ever given in this log."""
    refuse_unready(desk, cmd.key)
    rows = _log(desk, cmd.key, cmd.section)
    all_rows = desk.tables.find(FormRowRow, **cmd.key._asdict(), section=cmd.section)
    position = max((row.position for row in all_rows), default=0) + 1
    yield from begin_form(desk, cmd.key)
    row = desk.new_id()
    yield desk.lay(RowAdded(**cmd.key._asdict(), section=cmd.section, row=row, position=position))
    if rows.label is not None and rows.label.by is None:
        yield from name_row(desk, cmd.key, row, rows.label)
    desk.forms.close(cmd.key)
    yield from _all_over(desk, cmd.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidRow(Command):
    """A row does not count; ``reason`` says why."""

    key: FormKey
    section: str
    row: str


@use_case(VoidRow, needs=Right.RECORD, touches=_TOUCHED, needs_reason=lambda _cmd, _desk: True)
def void_row(cmd: VoidRow, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record that it does not count; it stays readable."""
    _log(desk, cmd.key, cmd.section)
    stored = desk.tables.get(FormRowRow, *cmd.key, cmd.section, cmd.row)
    if stored is None:
        raise RefusedError(Code.UNKNOWN_ROW, form=cmd.key.form)
    if stored.voided:
        raise RefusedError(Code.ROW_VOIDED, form=cmd.key.form)
    yield desk.lay(
        RowVoided(**cmd.key._asdict(), section=cmd.section, row=cmd.row, reason=cmd.reason.strip())
    )
    desk.forms.close(cmd.key)
    yield from _all_over(desk, cmd.key)


def _log(desk: Desk, key: FormKey, section: str) -> Rows:
    found = next((s for s in desk.study.form(key.form).sections if s.section == section), None)
    if found is None or found.rows is None or not found.rows.log:
        raise RefusedError(Code.UNKNOWN_ITEM, form=key.form, item=section)
    return found.rows


def _all_over(desk: Desk, key: FormKey) -> Iterator[Event]:
    """A row more or less can change every calculation and check of the form, and forms that read it."""
    graph = desk.forms.get(key)
    yield from follow(desk, key, graph.cells(), rows=True)

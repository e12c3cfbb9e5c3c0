"""Rows for the photographs that a visit needs, offered ready: each with its lesion and its view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.form.graph import Cell
from crfapp.ledger.events import Event, RowAdded
from crfapp.study.names import log_group
from crfapp.work.cases import Command, Topic, use_case
from crfapp.work.entry import Told, record
from crfapp.work.photo_protocol import Needed, needed
from crfapp.work.readiness import refuse_unready
from crfapp.work.roles import Right
from crfapp.work.row_work import AddRow, add_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.ledger.keys import FormKey
    from crfapp.study.targets import PhotoProtocol
    from crfapp.work.desk import Desk
    from crfapp.work.roles import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPhotographRows(Command):
    """Add the rows that the protocol needs and the form lacks, each with its lesion and view."""

    key: FormKey


@use_case(AddPhotographRows, needs=Right.RECORD, touches=(Topic.ANSWERS, Topic.FORMS))
def add_photograph_rows(cmd: AddPhotographRows, desk: Desk, actor: Actor) -> Iterator[Event]:
    """Record them, in the order of the registry; nothing where each has its row."""
    refuse_unready(desk, cmd.key)
    protocol = desk.study.head.photographs
    if protocol is None:
        return
    for one in needed(desk, cmd.key):
        if not one.row:
            yield from _row_for(desk, cmd.key, protocol, one, actor)


def _row_for(desk: Desk, key: FormKey, protocol: PhotoProtocol, one: Needed, actor: Actor) -> Iterator[Event]:
    section = log_group(desk.study, key.form)
    row = ""
    for event in add_row(AddRow(key=key, section=section), desk, actor):
        row = event.row if isinstance(event, RowAdded) else row
        yield event
    yield from record(desk, key, Cell(row, protocol.target), Told(typed=one.label))
    yield from record(desk, key, Cell(row, protocol.view), Told(typed=one.view))

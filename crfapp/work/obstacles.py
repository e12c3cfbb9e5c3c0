"""What keeps a form from being complete: questions, hard findings, photographs that the protocol needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.form.findings import must_answer
from crfapp.form.graph import Cell
from crfapp.ledger.keys import ItemKey
from crfapp.ledger.state import MaskRow
from crfapp.work.photo_protocol import lacking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.form.findings import Finding
    from crfapp.form.graph import FormGraph
    from crfapp.ledger.keys import FormKey
    from crfapp.work.desk import Desk

REQUIRED, PHOTOGRAPH = "REQUIRED:", "PHOTOGRAPH:"


def obstacles(desk: Desk, key: FormKey) -> Iterator[tuple[str, Cell]]:
    """What keeps a form from being completed, each with where it is put right.

    ``REQUIRED:ITEM`` for a question without an answer, the id of a hard finding, ``PHOTOGRAPH:T01 VIS`` for a
    photograph that a visit needs and for which the form has no row.
    """
    graph = desk.forms.get(key)
    for cell in graph.unanswered():
        yield f"{REQUIRED}{cell.item}", cell
    for cell, finding in graph.findings():
        if _stops(desk, key, cell, finding):
            yield finding.check, cell
    protocol = desk.study.head.photographs
    if protocol is not None:
        for one in lacking(desk, key):
            yield f"{PHOTOGRAPH}{one.label} {one.view}", Cell("", protocol.done)


def stands_in_the_way(desk: Desk, key: FormKey, graph: FormGraph, cell: Cell) -> bool:
    """Whether something at one cell keeps the form from being complete."""
    state = graph.state(cell)
    if state is None:
        return False
    if state.required and must_answer(graph.kept(cell)):
        return True
    return any(_stops(desk, key, cell, finding) for finding in state.findings)


def is_masked(desk: Desk, subject: str, photograph: str) -> bool:
    """Whether something is blacked out in the copies of a photograph that leave."""
    row = desk.tables.get(MaskRow, subject, photograph)
    return row is not None and row.boxes != "[]"


def _stops(desk: Desk, key: FormKey, cell: Cell, finding: Finding) -> bool:
    """A hard finding; that a subject may be recognised is one until the photograph is masked (PH-04)."""
    if finding.level != "H":
        return False
    protocol = desk.study.head.photographs
    if protocol is None or (key.form, cell.item) != (protocol.form, protocol.private):
        return True
    image = desk.stored(ItemKey(*key, cell.row, protocol.image))
    return image is None or image.value is None or not is_masked(desk, key.subject, image.value)

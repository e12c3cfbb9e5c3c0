"""Whether what is recorded and what lies open is what forms opened fresh from people's answers would say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crfapp.form.findings import must_answer
from crfapp.form.graph import Cell
from crfapp.form.plan_parts import is_computed
from crfapp.ledger.chain import open_sealed
from crfapp.ledger.fold import changes_of
from crfapp.ledger.fold_forms import MOVED
from crfapp.ledger.keys import ItemKey
from crfapp.ledger.state import FindingRow, FormRow, FormRowRow, ItemRow
from crfapp.work.desk import Desk
from crfapp.work.obstacles import obstacles
from tests.support.memory_ledger import MemoryTables

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from crfapp.form.graph import Answer, FormGraph
    from crfapp.ledger.keys import FormKey
    from tests.support.clinic import Clinic


def out_of_line(clinic: Clinic, looked_at: Iterable[FormKey] = ()) -> list[object]:
    """Where tables or open forms say something else than forms opened fresh from the people's answers.

    ``looked_at``: forms that somebody opened, begun or not.
    """
    tables = clinic.ledger.tables
    desk = Desk(clinic.desk.study, tables, clinic.clock, entropy=bytes, zone=clinic.desk.zone)
    wrong: list[object] = []
    for begun in tables.find(FormRow):
        if begun.status == MOVED:
            wrong += _left_behind(tables, begun.key)
            continue
        graph = desk.forms.get(begun.key)
        wrong += _findings_out_of_line(tables.find(FindingRow, **begun.key._asdict()), graph)
        for cell in graph.cells():
            stored = tables.get(ItemRow, *ItemKey(*begun.key, *cell))
            if not _is_in_line(stored, cell, graph):
                wrong.append(("recorded", begun.key, cell, stored, graph.state(cell)))
        if begun.status == "complete" and next(obstacles(desk, begun.key), None):
            wrong.append(begun)
    counted = (begun.key for begun in tables.find(FormRow) if begun.status != MOVED)
    for key in {*looked_at, *counted}:
        live, fresh = clinic.desk.forms.get(key), desk.forms.get(key)
        wrong += [("open", key, *one) for one in _differing(live, fresh)]
    return wrong


def _left_behind(tables: MemoryTables, key: FormKey) -> list[object]:
    """What still counts in a form whose answers belong to another subject."""
    place = key._asdict()
    rows = {row.row for row in tables.find(FormRowRow, **place, voided=0)}
    logs = {row.row for row in tables.find(FormRowRow, **place)}
    answers = [row for row in tables.find(ItemRow, **place) if row.row not in logs]
    open_now = [row for row in tables.find(FindingRow, **place) if row.state != "settled"]
    told = [row for row in answers if row.value is not None or row.missing is not None]
    return [("left behind", key, *left) for left in (rows, told, open_now) if left]


def _differing(live: FormGraph, fresh: FormGraph) -> list[Any]:
    if list(live.cells()) != list(fresh.cells()):
        return [(list(live.cells()), list(fresh.cells()))]
    return [
        (cell, live.state(cell), fresh.state(cell))
        for cell in fresh.cells()
        if live.state(cell) != fresh.state(cell) or _told(live, cell) != _told(fresh, cell)
    ]


def _told(graph: FormGraph, cell: Cell) -> Answer | None:
    """The answer kept at a cell; one that was taken away is none."""
    answer = graph.kept(cell)
    return None if must_answer(answer) else answer


def _findings_out_of_line(rows: Sequence[FindingRow], graph: FormGraph) -> list[object]:
    found = {(cell, finding.check, finding.level) for cell, finding in graph.findings()}
    open_now = {(Cell(row.row, row.item), row.check, row.level) for row in rows if row.state != "settled"}
    return [("found", graph.plan.form.form, *one, one in found) for one in found ^ open_now]


def _is_in_line(stored: ItemRow | None, cell: Cell, graph: FormGraph) -> bool:
    answer, state = graph.kept(cell), graph.state(cell)
    if is_computed(graph.plan.items[cell.item]):
        return (stored.value if stored else None) == (answer.text if answer else None)
    if stored is None or state is None or (stored.value is None and stored.missing is None):
        return True
    return state.visible == (stored.hidden != 1)


def folded_again(clinic: Clinic) -> MemoryTables:
    """The tables as the ledger alone gives them."""
    tables = MemoryTables()
    for link in clinic.ledger.links:
        tables.apply(list(changes_of(open_sealed(link))))
    return tables

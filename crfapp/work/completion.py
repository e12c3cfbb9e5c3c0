"""What is looked at when a form is completed: figures copied from elsewhere, entry long after the visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.form.findings import Finding
from crfapp.form.plan_parts import is_computed
from crfapp.ledger.events import Event, FindingRaised
from crfapp.ledger.state import ItemRow, SubjectRow
from crfapp.study.types import Kind
from crfapp.work.sentences import GENERIC

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.form.graph import Cell, FormGraph
    from crfapp.ledger.keys import FormKey
    from crfapp.work.desk import Desk

COPIED, LATE = "GC-07", "GC-17"
FEWEST_FIGURES = 6
"""So many equal figures are hardly chance (STUDIES 1.9)."""
_NORMAL = ("NRLO", "NRHI")
"""Ends of a laboratory's normal range (CDASH): the same for everybody."""
_FIGURES = (Kind.INTEGER, Kind.DECIMAL)


def look_back(desk: Desk, key: FormKey) -> Iterator[Event]:
    """The findings of completing a form, each raised once."""
    if desk.study.head.generic is None:
        return
    graph = desk.forms.get(key)
    first = next((cell for cell in graph.cells() if _is_answered(graph, cell)), None)
    if first is not None and _is_late(desk, key):
        days = desk.study.head.generic.workdays
        yield from _raise(desk, key, first, Finding(LATE, "Q", "check"), DAYS=days)
    figures = _figures(graph)
    if len(figures) >= FEWEST_FIGURES:
        same = _same_elsewhere(desk, key, figures)
        if same:
            yield from _raise(desk, key, next(iter(figures)), Finding(COPIED, "W", "check"), SAME=same)


def _raise(desk: Desk, key: FormKey, cell: Cell, finding: Finding, **facts: object) -> Iterator[Event]:
    known = desk.forms.findings(key)
    if any(check == finding.check and row.state != "settled" for (_, check), row in known.items()):
        return
    text = desk.say(GENERIC[finding.check], **facts)
    place = {**key._asdict(), "row": cell.row, "item": cell.item}
    event = FindingRaised(**place, check=finding.check, level=finding.level, text=text)
    desk.forms.raised(event)
    yield desk.lay(event)


def _is_answered(graph: FormGraph, cell: Cell) -> bool:
    return not is_computed(graph.plan.items[cell.item]) and graph.kept(cell) is not None


def _is_late(desk: Desk, key: FormKey) -> bool:
    day, generic = desk.visit_date(key), desk.study.head.generic
    if day is None or generic is None or desk.study.visit(key.visit).kind == "log":
        return False
    return desk.clinic.working_days(day, desk.today) > generic.workdays


def _figures(graph: FormGraph) -> dict[Cell, str]:
    """The numbers that somebody typed into the form."""
    return {
        cell: answer.text
        for cell in graph.cells()
        if graph.plan.items[cell.item].type.kind in _FIGURES
        and not cell.item.endswith(_NORMAL)
        and not is_computed(graph.plan.items[cell.item])
        and (answer := graph.kept(cell)) is not None
        and answer.text is not None
    }


def _same_elsewhere(desk: Desk, key: FormKey, figures: dict[Cell, str]) -> str:
    """Whose form of this kind holds the very same figures: another subject's, or an earlier one; or empty."""
    first, value = next(iter(figures.items()))
    alike = desk.tables.find(ItemRow, form=key.form, item=first.item, value=value)
    for row in alike:
        other = row.key[:5]
        if other == tuple(key):
            continue
        if all(_holds(desk, other, cell, text) for cell, text in figures.items()):
            subject = desk.tables.get(SubjectRow, row.subject)
            visit = desk.study.texts(desk.language).visit(row.visit)
            return f"{subject.number if subject else ''} · {visit}"
    return ""


def _holds(desk: Desk, form: tuple[str | int, ...], cell: Cell, text: str) -> bool:
    row = desk.tables.get(ItemRow, *form, cell.row, cell.item)
    return row is not None and row.hidden != 1 and row.value == text

"""What follows from an answer: calculated values, answers hidden or back, findings raised or settled.

The form graph says what changed; here it is compared with what is recorded, and the difference becomes
events. Then every other begun form of the subject that reads what changed is looked at in the same way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.form.plan_parts import is_computed
from crfapp.ledger.events import (
    Event,
    FindingRaised,
    FindingSettled,
    FormReopened,
    ItemHidden,
    ItemShownAgain,
    ValueRecorded,
)
from crfapp.ledger.keys import FormKey, ItemKey
from crfapp.ledger.state import FormRow
from crfapp.work.readers import ROWS
from crfapp.work.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crfapp.form.findings import Finding
    from crfapp.form.graph import Cell, FormGraph
    from crfapp.form.plan_parts import PlanItem
    from crfapp.ledger.state import ItemRow
    from crfapp.work.desk import Desk

_MOVES = (ValueRecorded, ItemHidden, ItemShownAgain)
_ROUNDS = 8
"""Forms that read each other settle in two rounds; more means that rules feed each other across forms."""


def follow(
    desk: Desk, key: FormKey, changed: Iterable[Cell], *, asked: Cell | None = None, rows: bool = False
) -> Iterator[Event]:
    """Everything that follows from cells of one form having changed.

    ``asked`` is the cell just answered; ``rows`` says that rows of the form, or the form itself, came to
    be or do not count any more.
    """
    cells = set(changed)
    yield from settle(desk, key, cells, asked=asked)
    items = {cell.item for cell in cells}
    yield from follow_elsewhere(desk, key, items | {ROWS} if rows else items)


def follow_elsewhere(desk: Desk, key: FormKey, items: set[str], *, form: str = "") -> Iterator[Event]:
    """Look at the subject's begun forms that read these items, and at those that read them in turn."""
    waiting = [(form or key.form, key.subject, items)]
    for _ in range(_ROUNDS):
        following: list[tuple[str, str, set[str]]] = []
        for name, subject, names in waiting:
            for other, look in _readers(desk, subject, name, names):
                moved = set(look.moved)
                for event in settle(desk, other, look.cells):
                    yield event
                    if isinstance(event, _MOVES):
                        moved.add(event.item)
                if moved:
                    following.append((other.form, subject, moved))
        if not following:
            return
        waiting = following


@dataclass(frozen=True, slots=True)
class _Look:
    """What looking at a form again showed: cells that may have changed, and whether its rows did."""

    cells: list[Cell]
    moved: tuple[str, ...] = ()


def _readers(desk: Desk, subject: str, form: str, items: set[str]) -> Iterator[tuple[FormKey, _Look]]:
    """The begun forms that read these items of a form, each looked at again."""
    forms, readers = desk.forms, desk.forms.readers
    if not readers.is_read(form, items):
        return
    for row in desk.tables.find(FormRow, subject=subject):
        if not readers.rests_on(row.form, form).isdisjoint(items) and forms.row_changes(row.key):
            yield row.key, _Look(list(forms.get(row.key).cells()), (ROWS,))
        elif refs := readers.refs((row.form, row.visit), form, items):
            yield row.key, _Look(forms.refresh(row.key, refs))


def settle(desk: Desk, key: FormKey, cells: Iterable[Cell], *, asked: Cell | None = None) -> Iterator[Event]:
    """Bring what is recorded at these cells into line with the form."""
    graph = desk.forms.get(key)
    touched = sorted(cells, key=lambda c: graph.plan.rank[c.item])
    for cell in touched:
        planned = graph.plan.items[cell.item]
        stored = desk.stored(ItemKey(*key, *cell))
        again = cell == asked
        if is_computed(planned):
            for event in _calculated(desk, key, cell, graph, stored):
                again = True
                yield event
        else:
            yield from _hidden_or_back(desk, key, cell, graph, stored)
        yield from _found(desk, key, cell, graph, again=again)
    yield from _lost(desk, key, graph)
    row = desk.tables.get(FormRow, *key)
    if row is not None and row.status == "complete" and any(_in_the_way(graph, cell) for cell in touched):
        yield desk.lay(FormReopened(**key._asdict()))


def _calculated(
    desk: Desk, key: FormKey, cell: Cell, graph: FormGraph, stored: ItemRow | None
) -> Iterator[Event]:
    answer = graph.kept(cell)
    text = answer.text if answer else None
    if text == (stored.value if stored else None):
        return
    yield desk.lay(
        ValueRecorded(
            **key._asdict(),
            row=cell.row,
            item=cell.item,
            value=text,
            origin=f"rule {key.form}.{cell.item}",
            captured_at=desk.stamp(),
            supersedes=(stored.head,) if stored else (),
        )
    )


def _hidden_or_back(
    desk: Desk, key: FormKey, cell: Cell, graph: FormGraph, stored: ItemRow | None
) -> Iterator[Event]:
    state = graph.state(cell)
    if stored is None or state is None or (stored.value is None and stored.missing is None):
        return
    place = {**key._asdict(), "row": cell.row, "item": cell.item}
    if not state.visible and stored.hidden != 1:
        when = graph.plan.items[cell.item].when
        yield desk.lay(ItemHidden(**place, because=when.text if when else ""))
    elif state.visible and stored.hidden == 1:
        yield desk.lay(ItemShownAgain(**place))


def _found(desk: Desk, key: FormKey, cell: Cell, graph: FormGraph, *, again: bool) -> Iterator[Event]:
    state = graph.state(cell)
    now = {finding.check: finding for finding in state.findings} if state else {}
    recorded = desk.forms.findings(key)
    place = {**key._asdict(), "row": cell.row, "item": cell.item}
    for (at, check), row in list(recorded.items()):
        if at == cell and row.state != "settled" and (check not in now or again):
            yield _settled(desk, key, cell, check)
    for check, finding in now.items():
        row_now = recorded.get((cell, check))
        if row_now is None or row_now.state == "settled":
            text = words(desk, graph, cell, finding)
            raised = FindingRaised(**place, check=check, level=finding.level, text=text)
            desk.lay(raised)
            desk.forms.raised(raised)
            yield raised


def _lost(desk: Desk, key: FormKey, graph: FormGraph) -> Iterator[Event]:
    """Findings in rows that do not count any more."""
    for (cell, check), row in list(desk.forms.findings(key).items()):
        if row.state != "settled" and not graph.has(cell):
            yield _settled(desk, key, cell, check)


def _settled(desk: Desk, key: FormKey, cell: Cell, check: str) -> Event:
    event = FindingSettled(**key._asdict(), row=cell.row, item=cell.item, check=check)
    desk.lay(event)
    desk.forms.settled(key, cell, check, "settled")
    return event


def words(desk: Desk, graph: FormGraph, cell: Cell, finding: Finding) -> str:
    """The sentence of a finding, in the language of whoever is at work."""
    planned: PlanItem = graph.plan.items[cell.item]
    texts = desk.study.texts(desk.language)
    own = finding._replace(say=texts.check(finding.check)) if finding.of_check else finding
    return sentence(own, planned, desk.say, fill=lambda name: _fill(desk, graph, cell, name))


def _fill(desk: Desk, graph: FormGraph, cell: Cell, name: str) -> str:
    if name.startswith("P."):
        return str(desk.study.parameter(name[2:]))
    planned = graph.plan.items.get(name)
    if planned is None:
        return "…"
    state = graph.state(cell._replace(item=name, row=cell.row if planned.group else ""))
    return state.text if state and state.text else "…"


def obstacles(graph: FormGraph) -> Iterator[tuple[str, Cell]]:
    """What keeps a form from being completed: ``REQUIRED:ITEM``, hard findings."""
    for cell in graph.unanswered():
        yield f"REQUIRED:{cell.item}", cell
    for cell, finding in graph.findings():
        if finding.level == "H":
            yield finding.check, cell


def _in_the_way(graph: FormGraph, cell: Cell) -> bool:
    """Whether something at one cell keeps the form from being complete."""
    state = graph.state(cell)
    if state is None:
        return False
    unanswered = state.required and state.value is None and state.missing is None
    return unanswered or any(finding.level == "H" for finding in state.findings)

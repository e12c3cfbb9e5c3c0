"""What follows from an answer: calculated values, answers hidden or back, findings raised or settled.

The form graph says what changed; here it is compared with what is recorded, and the difference becomes
events. Then every other begun form of the subject that reads what changed is looked at in the same way.
"""

from __future__ import annotations

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
from crfapp.study.language import RefKind
from crfapp.work.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crfapp.form.findings import Finding
    from crfapp.form.graph import Cell, FormGraph
    from crfapp.form.plan_parts import PlanItem
    from crfapp.ledger.state import ItemRow
    from crfapp.study.language import Ref
    from crfapp.work.desk import Desk

VISIT = "VISIT"
"""Stands for the visit's own facts where names of changed forms are given."""

_MOVES = (ValueRecorded, ItemHidden, ItemShownAgain)
_ROUNDS = 8
"""Forms that read each other settle in two rounds; more means that rules feed each other across forms."""


def follow(
    desk: Desk, key: FormKey, changed: Iterable[Cell], *, asked: Cell | None = None
) -> Iterator[Event]:
    """Everything that follows from cells of one form having changed; ``asked`` is the one just answered."""
    cells = set(changed)
    yield from settle(desk, key, cells, asked=asked)
    yield from follow_elsewhere(desk, key, {cell.item for cell in cells})


def follow_elsewhere(desk: Desk, key: FormKey, items: set[str], *, form: str = "") -> Iterator[Event]:
    """Look at the subject's other begun forms that read these items, and at those that read them in turn."""
    waiting = [(form or key.form, key, items)]
    for _ in range(_ROUNDS):
        following: list[tuple[str, FormKey, set[str]]] = []
        for name, source, names in waiting:
            for other in _readers(desk, source, name, names):
                cells = desk.forms.refresh(other)
                events = list(settle(desk, other, cells))
                yield from events
                moved = {event.item for event in events if isinstance(event, _MOVES)}
                if moved:
                    following.append((other.form, other, moved))
        if not following:
            return
        waiting = following


def _readers(desk: Desk, source: FormKey, form: str, items: set[str]) -> list[FormKey]:
    if not desk.forms.is_read(form, items):
        return []
    return [
        row.key
        for row in desk.tables.find(FormRow, subject=source.subject)
        if row.key != source
        and any(reads(ref, form, items) for ref in desk.forms.plan(row.form, row.visit).outside)
    ]


def reads(ref: Ref, form: str, items: set[str]) -> bool:
    """Whether a reference can point at one of these items of a form."""
    if form == VISIT:
        return ref.kind is RefKind.VISIT
    name = ref.source.name if ref.source is not None else ref.form
    return name == form and (ref.item in items or ref.kind is RefKind.ROW)


def settle(desk: Desk, key: FormKey, cells: Iterable[Cell], *, asked: Cell | None = None) -> Iterator[Event]:
    """Bring what is recorded at these cells into line with the form."""
    graph = desk.forms.get(key)
    for cell in sorted(cells, key=lambda c: graph.plan.rank[c.item]):
        planned = graph.plan.items[cell.item]
        stored = desk.stored(ItemKey(*key, *cell))
        if is_computed(planned):
            yield from _calculated(desk, key, cell, graph, stored)
        else:
            yield from _hidden_or_back(desk, key, cell, graph, stored)
        yield from _found(desk, key, cell, graph, again=cell == asked)
    row = desk.tables.get(FormRow, *key)
    if row is not None and row.status == "complete" and next(obstacles(graph), None) is not None:
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
            yield desk.lay(FindingSettled(**place, check=check))
            desk.forms.settled(key, cell, check, "settled")
    for check, finding in now.items():
        row_now = recorded.get((cell, check))
        if row_now is None or row_now.state == "settled":
            text = words(desk, graph, cell, finding)
            raised = FindingRaised(**place, check=check, level=finding.level, text=text)
            desk.lay(raised)
            desk.forms.raised(raised)
            yield raised


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

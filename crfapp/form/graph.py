"""One form while it is being filled: one answer in, the changed cells out.

A hidden item reads as blank but keeps its answer. What is required and what is found are leaves. The cost
of a change follows the number of its dependents, not the size of the form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from crfapp.form.findings import Finding, check_findings, item_findings, must_answer
from crfapp.form.plan_parts import Edges, FormPlan, PlanItem, Reach
from crfapp.form.rounding import fitted
from crfapp.study.language import RefKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from crfapp.base.times import Moment
    from crfapp.study.language import Ref, Source
    from crfapp.study.types import Value


class Cell(NamedTuple):
    """Where an item stands in its form; ``row`` is empty outside repeating sections."""

    row: str
    item: str


class Answer(NamedTuple):
    """What is recorded at a cell: a value with its canonical text, or a missing code."""

    value: Value
    text: str | None
    missing: str | None = None


class FormRowInfo(NamedTuple):
    """A row that counts: its key, its number for people, and its label (``T01``)."""

    key: str
    number: int
    label: str


class Outside(Protocol):
    """What lies beyond the form: other forms and visits, the site, the clock."""

    def value(self, ref: Ref, row: str) -> Value:
        """The value a reference means, seen from a row of this form."""

    def missing_reason(self, ref: Ref, row: str) -> str | None:
        """The missing code that stands instead of an answer outside."""

    def rows(self, source: Source) -> Sequence[object]:
        """Rows of another form, as scopes."""

    def today(self) -> date:
        """The day at the site."""

    def now(self) -> Moment:
        """The present instant."""


class RowState:
    """One row of one group, and the scope its expressions run in. Group "" has a single row ""."""

    __slots__ = ("answers", "findings", "graph", "group", "info", "once", "required", "values", "visible")

    def __init__(self, graph: FormGraph, group: str, info: FormRowInfo, size: int) -> None:
        self.graph = graph
        self.group = group
        self.info = info
        self.values: list[Value] = [None] * size
        self.visible = [False] * size
        self.required = [False] * size
        self.findings: list[tuple[Finding, ...]] = [()] * size
        self.answers: list[Answer | None] = [None] * size
        self.once = graph.once if group else self

    def value(self, ref: Ref) -> Value:
        """The value of a reference that is no plain slot."""
        match ref.kind:
            case RefKind.ABOVE:
                return self.graph.above(self, ref.item)
            case RefKind.ROW:
                return self.info.key if ref.item == "KEY" else self.info.number
            case _:
                return self.graph.outside.value(ref, self.info.key)

    def missing_reason(self, ref: Ref) -> str | None:
        """The missing code that stands instead of an answer."""
        planned = self.graph.plan.items.get(ref.item)
        if planned is None or ref.form:
            return self.graph.outside.missing_reason(ref, self.info.key)
        row = self if planned.group == self.group else self.once
        answer = row.answers[planned.slot]
        return answer.missing if answer is not None and row.visible[planned.slot] else None

    def rows(self, source: Source) -> Sequence[object]:
        """Rows of a section of this form, or of another form."""
        if not source.visit and source.name in self.graph.sections:
            return self.graph.rows_in(self.graph.sections[source.name])
        return self.graph.outside.rows(source)

    def today(self) -> date:
        """The day at the site."""
        return self.graph.outside.today()

    def now(self) -> Moment:
        """The present instant."""
        return self.graph.outside.now()


class CellState(NamedTuple):
    """Everything a screen needs to know of a cell. ``value`` and ``text`` are blank while hidden."""

    visible: bool
    required: bool
    value: Value
    text: str | None
    missing: str | None
    findings: tuple[Finding, ...]


class FormGraph:
    """Recomputes only what depends on a change, in dependency order."""

    def __init__(
        self,
        plan: FormPlan,
        outside: Outside,
        *,
        answers: Mapping[Cell, Answer],
        rows: Mapping[str, Sequence[FormRowInfo]],
    ) -> None:
        self.plan = plan
        self.outside = outside
        self.sections = {
            section.section: plan.items[section.items[0].item].group
            for section in plan.form.sections
            if section.items and plan.items[section.items[0].item].group
        }
        self.once: RowState = RowState(self, "", FormRowInfo("", 0, ""), len(plan.groups[""]))
        self._rows: dict[str, dict[str, RowState]] = {"": {"": self.once}}
        for group, members in plan.groups.items():
            if group:
                self._rows[group] = {
                    info.key: RowState(self, group, info, len(members)) for info in rows.get(group, ())
                }
        for cell, answer in answers.items():
            if (state := self._state(cell)) is not None:
                state.answers[plan.items[cell.item].slot] = answer
        self._work_out_everything()

    # ---- changing

    def answer(self, cell: Cell, answer: Answer | None) -> frozenset[Cell]:
        """Record an answer, or take it away; the cells whose state changed."""
        state = self._state(cell)
        if state is None:
            raise KeyError(cell)
        planned = self.plan.items[cell.item]
        state.answers[planned.slot] = answer
        return frozenset(self._spread({(planned.oid, cell.row)}, frozenset({cell})))

    def look_outside(self) -> frozenset[Cell]:
        """Work out again what reads other forms, visits or the clock; the cells that changed."""
        dirty = set(self._touched(self.plan.with_outside.cores, ""))
        leaves = set(self._touched(self.plan.with_outside.leaves, ""))
        checks = set(self.plan.with_outside.checks)
        return frozenset(self._spread(dirty, frozenset(), leaves, checks))

    def add_row(self, group: str, info: FormRowInfo) -> None:
        """A row came to be."""
        self._rows[group][info.key] = RowState(self, group, info, len(self.plan.groups[group]))
        self._work_out_everything()

    def void_row(self, group: str, key: str) -> None:
        """A row does not count any more."""
        del self._rows[group][key]
        self._work_out_everything()

    # ---- looking

    def state(self, cell: Cell) -> CellState | None:
        """The state of a cell; None where there is no such item or row."""
        state = self._state(cell)
        if state is None:
            return None
        planned = self.plan.items[cell.item]
        slot = planned.slot
        if not state.visible[slot]:
            return CellState(False, False, None, None, None, ())
        answer = state.answers[slot]
        return CellState(
            True,
            state.required[slot],
            state.values[slot],
            answer.text if answer else None,
            answer.missing if answer else None,
            state.findings[slot],
        )

    def kept(self, cell: Cell) -> Answer | None:
        """The answer recorded at a cell, hidden or not."""
        state = self._state(cell)
        return None if state is None else state.answers[self.plan.items[cell.item].slot]

    def cells(self) -> Iterator[Cell]:
        """All cells in the order of the form, row by row within a repeating section."""
        for section in self.plan.form.sections:
            if section.continues is not None or not section.items:
                continue
            group = self.plan.items[section.items[0].item].group
            for row in self._rows[group].values() if group else (self.once,):
                members = self.plan.groups[group] if group else ()
                names = [p.oid for p in members] if group else [item.item for item in section.items]
                yield from (Cell(row.info.key, name) for name in names)

    def rows_in(self, group: str) -> tuple[RowState, ...]:
        """The rows of a group that count, from top to bottom."""
        return tuple(self._rows.get(group, {}).values())

    def findings(self) -> Iterator[tuple[Cell, Finding]]:
        """Everything found, in the order of the form."""
        for cell in self.cells():
            state = self._state(cell)
            if state is not None:
                yield from ((cell, finding) for finding in state.findings[self.plan.items[cell.item].slot])

    def unanswered(self) -> Iterator[Cell]:
        """Visible required cells without a value and without a missing code."""
        for cell in self.cells():
            state = self._state(cell)
            slot = self.plan.items[cell.item].slot
            if state is not None and state.required[slot] and must_answer(state.answers[slot]):
                yield cell

    def above(self, state: RowState, item: str) -> Value:
        """The value of an item in the row above; None in the first row."""
        before: RowState | None = None
        for row in self._rows[state.group].values():
            if row is state:
                break
            before = row
        return None if before is None else before.values[self.plan.items[item].slot]

    # ---- working out

    def _state(self, cell: Cell) -> RowState | None:
        planned = self.plan.items.get(cell.item)
        return None if planned is None else self._rows[planned.group].get(cell.row)

    def _work_out_everything(self) -> None:
        for oid in self.plan.rank:
            planned = self.plan.items[oid]
            for row in self._rows[planned.group].values():
                self._work_out_core(planned, row)
        for planned in self.plan.items.values():
            for row in self._rows[planned.group].values():
                self._work_out_leaf(planned, row)
        for number in range(len(self.plan.checks)):
            self._work_out_check(number)

    def _spread(
        self,
        dirty: set[tuple[str, str]],
        asked: frozenset[Cell],
        leaves: set[tuple[str, str]] | None = None,
        checks: set[int] | None = None,
    ) -> set[Cell]:
        """Work out the dirty cores in order, then the leaves they touch; the cells that changed."""
        rank = self.plan.rank
        leaves, checks, changed = leaves or set(), checks or set(), set(asked)
        while dirty:
            oid, key = min(dirty, key=lambda at: rank[at[0]])
            dirty.discard((oid, key))
            planned = self.plan.items[oid]
            row = self._rows[planned.group].get(key)
            if row is None:
                continue
            moved = self._work_out_core(planned, row)
            leaves.add((oid, key))
            if moved or Cell(key, oid) in asked:
                changed.add(Cell(key, oid))
                edges = self.plan.edges[oid]
                dirty.update(self._touched(edges.cores, key))
                leaves.update(self._touched(edges.leaves, key))
                checks.update(edges.checks)
        changed.update(Cell(key, oid) for oid, key in leaves if self._leaf_moved(oid, key))
        for number in checks:
            changed.update(self._work_out_check(number))
        return changed

    def _touched(self, edges: Mapping[str, Reach], key: str) -> Iterator[tuple[str, str]]:
        for oid, reach in edges.items():
            if reach is Reach.SAME:
                yield oid, key
            else:
                yield from ((oid, other) for other in self._rows[self.plan.items[oid].group])

    def _work_out_core(self, planned: PlanItem, row: RowState) -> bool:
        slot = planned.slot
        visible = planned.when is None or planned.when.run(row) is True
        value: Value = None
        if planned.value is not None:
            if visible:
                value, text = fitted(planned.value.run(row), planned.type)
                row.answers[slot] = None if value is None else Answer(value, text)
            else:
                row.answers[slot] = None
        elif visible and (answer := row.answers[slot]) is not None:
            value = answer.value
        moved = visible != row.visible[slot] or value != row.values[slot]
        row.visible[slot], row.values[slot] = visible, value
        return moved

    def _leaf_moved(self, oid: str, key: str) -> bool:
        planned = self.plan.items[oid]
        row = self._rows[planned.group].get(key)
        return row is not None and self._work_out_leaf(planned, row)

    def _work_out_leaf(self, planned: PlanItem, row: RowState) -> bool:
        slot = planned.slot
        required = row.visible[slot] and (
            planned.required if isinstance(planned.required, bool) else planned.required.run(row) is True
        )
        kept = tuple(f for f in row.findings[slot] if f.of_check)
        own = item_findings(planned, row, row.answers[slot]) if row.visible[slot] else ()
        moved = required != row.required[slot] or own != tuple(
            f for f in row.findings[slot] if not f.of_check
        )
        row.required[slot], row.findings[slot] = required, (*own, *kept)
        return moved

    def _work_out_check(self, number: int) -> set[Cell]:
        check = self.plan.checks[number]
        planned = self.plan.items[check.on]
        moved: set[Cell] = set()
        rows: Iterable[RowState] = self._rows[check.group].values()
        if check.group != planned.group:
            rows = (self.once,)
        for row in rows:
            before = tuple(f for f in row.findings[planned.slot] if f.check == check.check.check)
            after = check_findings(check, row) if row.visible[planned.slot] else ()
            if before != after:
                others = tuple(f for f in row.findings[planned.slot] if f.check != check.check.check)
                row.findings[planned.slot] = (*others, *after)
                moved.add(Cell(row.info.key, check.on))
        return moved


def edges_of(plan: FormPlan, oid: str) -> Edges:
    """What is worked out again when an item changes; for explanations and tests."""
    return plan.edges[oid]

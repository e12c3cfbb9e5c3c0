"""One form while it is being filled: one answer in, the changed cells out.

A hidden item reads as blank but keeps its answer. What is required and what is found are leaves. The cost
of a change follows the number of its dependents, not the size of the form.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from crfapp.form.findings import Finding, check_finding, must_answer
from crfapp.form.row_state import Answer, Cell, FormRowInfo, Outside, RowState
from crfapp.form.wave import Wave
from crfapp.form.working_out import work_out_check, work_out_core, work_out_leaf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from crfapp.form.plan_parts import FormPlan, PlanCheck
    from crfapp.study.language import Ref
    from crfapp.study.types import Value

__all__ = ["Answer", "Cell", "CellState", "FormGraph", "FormRowInfo", "Outside", "RowState"]


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
                states = [RowState(self, group, info, len(members)) for info in rows.get(group, ())]
                for upper, lower in pairwise(states):
                    upper.after, lower.before = lower, upper
                self._rows[group] = {state.info.key: state for state in states}
        self._changed: set[Cell] = set()
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
        state.answers[self.plan.items[cell.item].slot] = answer
        wave = Wave(self.plan, self._rows)
        wave.add(cell.item, cell.row)
        return self._spread(wave, cell)

    def look_outside(self, refs: Iterable[Ref] | None = None) -> frozenset[Cell]:
        """Work out again what reads these references out of the form, or any; the cells that changed."""
        wave = Wave(self.plan, self._rows)
        for ref in self.plan.outside if refs is None else refs:
            wave.spread(self.plan.outside[ref], "")
        return self._spread(wave)

    def take_changes(self) -> frozenset[Cell]:
        """The cells that changed since this was asked before."""
        taken, self._changed = frozenset(self._changed), set()
        return taken

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

    def row_of(self, cell: Cell) -> RowState | None:
        """The row an item stands in, as the scope of its expressions; None where there is no such cell."""
        return self._state(cell)

    def has(self, cell: Cell) -> bool:
        """Whether there is such an item, in a row that counts."""
        return self._state(cell) is not None

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

    # ---- working out

    def _state(self, cell: Cell) -> RowState | None:
        planned = self.plan.items.get(cell.item)
        return None if planned is None else self._rows[planned.group].get(cell.row)

    def _work_out_everything(self) -> None:
        for oid in self.plan.rank:
            planned = self.plan.items[oid]
            for row in self._rows[planned.group].values():
                work_out_core(planned, row)
        wave = Wave(self.plan, self._rows)
        for oid in self.plan.above:
            wave.add_everywhere(oid)
        self._spread_cores(wave)
        for planned in self.plan.items.values():
            for row in self._rows[planned.group].values():
                work_out_leaf(planned, row)
        for check in self.plan.checks:
            for key in self._rows[check.group]:
                self._check(check, key)

    def _spread(self, wave: Wave, asked: Cell | None = None) -> frozenset[Cell]:
        """Work out the cores of the wave in order, then the leaves it touched; the cells that changed."""
        changed = self._spread_cores(wave, asked)
        for oid, key in wave.leaves:
            planned = self.plan.items[oid]
            row = self._rows[planned.group].get(key)
            if row is not None and work_out_leaf(planned, row):
                changed.add(Cell(key, oid))
        for number, key in wave.checks:
            changed.update(self._check(self.plan.checks[number], key))
        self._changed |= changed
        return frozenset(changed)

    def _spread_cores(self, wave: Wave, asked: Cell | None = None) -> set[Cell]:
        changed = set() if asked is None else {asked}
        for oid, key in wave:
            planned = self.plan.items[oid]
            moved = work_out_core(planned, self._rows[planned.group][key])
            wave.leaves.add((oid, key))
            if moved or (key, oid) == asked:
                changed.add(Cell(key, oid))
                wave.spread(self.plan.edges[oid], key)
        return changed

    def _check(self, check: PlanCheck, key: str) -> list[Cell]:
        """Run a check in a row; the cells whose findings changed."""
        planned = self.plan.items[check.on]
        asked = [row for row in (self._rows[check.group].get(key),) if row is not None]
        rows = asked
        if check.group != planned.group:
            asked = list(self._rows[check.group].values())
            rows = list(self._rows[planned.group].values())
        found = check_finding(check, asked)
        order = self.plan.check_order
        return [
            Cell(row.info.key, check.on)
            for row in rows
            if work_out_check(check, planned.slot, row, found, order)
        ]

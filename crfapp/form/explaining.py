"""Why a cell stands as it does: what showed or hid it, how its value was worked out, why a check fired.

Nothing of this is worked out while somebody types; it is asked for one cell at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from crfapp.form.plan import binding, tree_of
from crfapp.study.language import Told, because, filled, render

if TYPE_CHECKING:
    from crfapp.form.graph import Cell, FormGraph
    from crfapp.form.plan_parts import Compiled
    from crfapp.form.row_state import RowState
    from crfapp.study.language import Bind, Scope
    from crfapp.study.study import Study


@dataclass(frozen=True, slots=True)
class Cause:
    """A condition, how it came out (None: not known yet), and the answers that made it so."""

    expression: str
    truth: bool | None
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Working:
    """A calculation: its rule, and the rule with the answers in their places."""

    expression: str
    filled: str


class Explainer:
    """Explains the cells of one open form."""

    def __init__(self, study: Study, graph: FormGraph) -> None:
        self._study, self._graph = study, graph
        self._binds: dict[str, Bind] = {}

    def shown(self, cell: Cell) -> Cause | None:
        """Why a cell is shown or hidden; None where it always applies."""
        planned = self._graph.plan.items[cell.item]
        return None if planned.when is None else self._cause(planned.when, self._graph.row_of(cell))

    def required(self, cell: Cell) -> Cause | None:
        """Why an answer is required or not; None where no condition says so."""
        planned = self._graph.plan.items[cell.item]
        if isinstance(planned.required, bool):
            return None
        return self._cause(planned.required, self._graph.row_of(cell))

    def fired(self, cell: Cell, check: str) -> Cause | None:
        """Why a check of the pack spoke at a cell; None for ranges and rules of the item itself."""
        planned = next((one for one in self._graph.plan.checks if one.check.check == check), None)
        if planned is None:
            return None
        here = self._graph.row_of(cell)
        rows = [row for row in (here,) if row is not None and row.group == planned.group]
        rows = rows or [row for row in self._graph.rows_in(planned.group) if planned.fires.run(row) is True]
        return self._cause(planned.fires, rows[0]) if rows else None

    def worked_out(self, cell: Cell) -> Working | None:
        """How a value was worked out; None where a person answers, or it is not shown."""
        planned, row = self._graph.plan.items[cell.item], self._graph.row_of(cell)
        if planned.value is None or row is None or not row.visible[planned.slot]:
            return None
        text = planned.value.text
        return Working(text, render(filled(tree_of(text), _scope(row), self._bind(row.group))))

    def _cause(self, rule: Compiled, row: RowState | None) -> Cause | None:
        if row is None:
            return None
        told = because(tree_of(rule.text), _scope(row), self._bind(row.group))
        return Cause(rule.text, rule.run(row), told)

    def _bind(self, group: str) -> Bind:
        if group not in self._binds:
            self._binds[group] = binding(self._study, self._graph.plan.form.form, group)
        return self._binds[group]


def _scope(row: RowState) -> Scope:
    """Rows of other forms are scopes too, though a row does not say so in its types."""
    return cast("Scope", row)

"""Forms made up by the dice: skip logic, calculations, rows, aggregates, ranges, rules and checks.

Items are ``I0``, ``I1`` ...; each reads earlier ones only, so that no form is circular. Items with ``G`` rows
stand in a section of fixed rows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crfapp.form.graph import Answer, FormGraph, FormRowInfo
from crfapp.form.plan import plan_form
from crfapp.study.model import Pack
from crfapp.study.study import Study

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from crfapp.base.times import Moment
    from crfapp.form.graph import Cell, CellState
    from crfapp.study.language import Ref, Source
    from crfapp.study.types import Value

HEAD: dict[str, Any] = {
    "study": "generated",
    "version": "1",
    "title": "Generated",
    "short": "GEN",
    "anchor": "V_1",
    "missing": "NULLF",
    "reasons": "NULLF",
    "visit_items": {"date": "F.I0", "status": "F.I0", "done": "1", "missed": "2", "reason": "F.I0"},
    "visits": [{"visit": "V_1", "title": "One", "kind": "scheduled", "day": 0, "forms": ["F"]}],
}
NULLF = {"title": "No answer", "codes": [{"code": "ND", "text": "Not done"}]}


def study_of(sections: list[dict[str, Any]], checks: Sequence[dict[str, Any]] = ()) -> Study:
    """A study of the one form ``F``."""
    form = {"form": "F", "title": "Form", "sections": sections, "checks": list(checks)}
    return Study(Pack.model_validate({"head": HEAD, "codelists": {"NULLF": NULLF}, "forms": [form]}))


def check(number: int, fires: str, level: str = "Q", on: str | None = None) -> dict[str, Any]:
    """A check of that number."""
    found: dict[str, Any] = {"check": f"F-{number:02d}", "level": level, "fires": fires, "say": "Look."}
    return found if on is None else {**found, "on": on}


@dataclass
class Elsewhere:
    """What lies outside the form: values by reference, and as many rows as are put there."""

    values: dict[str, Value] = field(default_factory=dict)

    def value(self, ref: Ref, _row: str) -> Value:
        return self.values.get(str(ref))

    def missing_reason(self, _ref: Ref, _row: str) -> str | None:
        return None

    def rows(self, _source: Source) -> Sequence[object]:
        return ()

    def rows_holding(self, _source: Source, _item: str, _value: Value) -> Sequence[object]:
        return ()

    def today(self) -> date:
        raise AssertionError("nobody asks for the day")

    def now(self) -> Moment:
        raise AssertionError("nobody asks for the time")


def rows_of(*keys: str) -> list[FormRowInfo]:
    """Rows with these keys, from top to bottom."""
    return [FormRowInfo(key, number, key) for number, key in enumerate(keys, 1)]


def graph_of(
    study: Study, answers: Mapping[Cell, Answer] | None = None, outside: Elsewhere | None = None
) -> FormGraph:
    """The form ``F`` with these answers; its fixed rows as the study has them."""
    plan = plan_form(study, "F", "V_1")
    rows = {
        section.section: rows_of(*section.rows.fixed)
        for section in plan.form.sections
        if section.rows is not None
    }
    return FormGraph(plan, outside or Elsewhere(), answers=answers or {}, rows=rows)


def states(graph: FormGraph) -> dict[Cell, CellState | None]:
    """Everything a screen would know of the form."""
    return {cell: graph.state(cell) for cell in graph.cells()}


def told(graph: FormGraph) -> dict[Cell, Answer]:
    """The answers that people gave, hidden ones too."""
    found = {}
    for cell in graph.cells():
        answer = graph.kept(cell)
        if answer is not None and graph.plan.items[cell.item].value is None:
            found[cell] = answer
    return found

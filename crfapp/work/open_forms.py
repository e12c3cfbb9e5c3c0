"""The forms that lie open on the desk: opened once, kept between commands, closed after a failure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.form.graph import Answer, Cell, FormGraph
from crfapp.form.plan import plan_form
from crfapp.form.values import value_of
from crfapp.ledger.state import FindingRow, ItemRow
from crfapp.work.outside import OutsideForm
from crfapp.work.rows import rows_of_form

if TYPE_CHECKING:
    from crfapp.form.plan_parts import FormPlan
    from crfapp.ledger.events import FindingRaised
    from crfapp.ledger.keys import FormKey
    from crfapp.work.desk import Desk

Findings = dict[tuple[Cell, str], FindingRow]
"""Recorded findings of a form by cell and check, settled ones too."""


class OpenForms:
    """Form graphs with the findings recorded for them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._plans: dict[tuple[str, str], FormPlan] = {}
        self._graphs: dict[FormKey, FormGraph] = {}
        self._findings: dict[FormKey, Findings] = {}
        self._read: dict[str, set[str]] | None = None

    def plan(self, form: str, visit: str) -> FormPlan:
        """How a form behaves at a visit; UNKNOWN_FORM where the study has none such."""
        at = visit if any(check.at for check in self._desk.study.form(form).checks) else ""
        plan = self._plans.get((form, at))
        if plan is None:
            plan = self._plans[form, at] = plan_form(self._desk.study, form, visit)
        return plan

    def get(self, key: FormKey) -> FormGraph:
        """The form, opened if it is not yet."""
        graph = self._graphs.get(key)
        if graph is None:
            graph = self._graphs[key] = self._open(key)
        return graph

    def refresh(self, key: FormKey) -> list[Cell]:
        """Look at a form again because something it reads has changed; the cells that may have changed."""
        graph = self._graphs.get(key)
        if graph is not None:
            return list(graph.look_outside())
        return list(self.get(key).cells())

    def is_read(self, form: str, items: set[str]) -> bool:
        """Whether any form of the study reads one of these items of a form."""
        if self._read is None:
            self._read = {}
            for visit in self._desk.study.head.visits:
                for held in visit.forms:
                    for ref in self.plan(held.form, visit.visit).outside:
                        name = ref.source.name if ref.source is not None else ref.form
                        self._read.setdefault(name or ref.kind.value, set()).add(ref.item)
        found = self._read.get(form, set())
        return bool(found) if form == "VISIT" else not found.isdisjoint({*items, "KEY"})

    def with_rows_of(self, key: FormKey) -> list[FormKey]:
        """Open forms of the subject that have a row for each row of this one."""
        return [
            other
            for other in self._graphs
            if other.subject == key.subject
            and any(s.rows and s.rows.each == key.form for s in self._graphs[other].plan.form.sections)
        ]

    def findings(self, key: FormKey) -> Findings:
        """The findings recorded at a form. Who yields a finding event keeps this up to date."""
        found = self._findings.get(key)
        if found is None:
            found = {
                (Cell(row.row, row.item), row.check): row
                for row in self._desk.tables.find(FindingRow, **key._asdict())
            }
            self._findings[key] = found
        return found

    def raised(self, event: FindingRaised) -> None:
        """A finding was raised."""
        row = FindingRow(*event.place, event.check, event.level, event.text, "open", None, "", 0)
        self.findings(event.key)[Cell(event.row, event.item), event.check] = row

    def settled(self, key: FormKey, cell: Cell, check: str, state: str) -> None:
        """A finding was settled or confirmed."""
        found = self.findings(key)
        found[cell, check] = found[cell, check]._replace(state=state)

    def close(self, key: FormKey) -> None:
        """Close one form, as when its rows changed; it opens anew when it is asked for."""
        self._graphs.pop(key, None)
        self._findings.pop(key, None)

    def forget(self) -> None:
        """Close all forms."""
        self._graphs.clear()
        self._findings.clear()

    def _open(self, key: FormKey) -> FormGraph:
        plan = self.plan(key.form, key.visit)
        answers: dict[Cell, Answer] = {}
        for row in self._desk.tables.find(ItemRow, **key._asdict()):
            planned = plan.items.get(row.item)
            if planned is not None and planned.value is None:
                value = None if row.value is None else value_of(row.value, planned.type)
                answers[Cell(row.row, row.item)] = Answer(value, row.value, row.missing)
        rows = rows_of_form(self._desk, key, plan)
        return FormGraph(plan, OutsideForm(self._desk, key), answers=answers, rows=rows)

"""The forms that lie open on the desk: opened once, kept between commands, closed after a failure."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from crfapp.form.graph import Answer, Cell, FormGraph
from crfapp.form.plan import plan_form
from crfapp.form.values import value_of
from crfapp.ledger.state import FindingRow, ItemRow
from crfapp.study.generic import generic_checks
from crfapp.study.language import TODAY
from crfapp.work.begun import is_begun
from crfapp.work.outside import OutsideForm
from crfapp.work.overlay import Overlay
from crfapp.work.readers import Readers
from crfapp.work.rows import rows_of_form
from crfapp.work.site_wide import SiteWide

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from crfapp.form.plan_parts import FormPlan
    from crfapp.ledger.events import FindingRaised
    from crfapp.ledger.keys import FormKey
    from crfapp.study.language import Ref
    from crfapp.study.study import Study
    from crfapp.work.desk import Desk
    from crfapp.work.rows import StoredRow

MOST_OPEN = 150
"""More forms than a subject has; what somebody turns back to lies open still."""

Findings = dict[tuple[Cell, str], FindingRow]
"""Recorded findings of a form by cell and check, settled ones too."""


class OpenForms:
    """Form graphs with the findings recorded for them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._plans: dict[tuple[str, str, str], FormPlan] = {}
        self._graphs: dict[FormKey, FormGraph] = {}
        self._days: dict[FormKey, date] = {}
        self._overnight: dict[FormKey, frozenset[Cell]] = {}
        self._unbegun: set[FormKey] = set()
        self._findings: dict[FormKey, Findings] = {}
        self._readers: dict[str, Readers] = {}
        self._site_wide: dict[str, SiteWide] = {}
        self.everybody: dict[str, list[StoredRow]] = {}
        """The rows of all subjects by their source; the desk empties it when rows can have come or gone."""

    def plan(self, key: FormKey) -> FormPlan:
        """How a form behaves, by its own version of the study; UNKNOWN_FORM where that has none such."""
        return self._plan(self._desk.versions.at(key), key.form, key.visit)

    def readers(self, study: Study) -> Readers:
        """Which forms of a version of the study read which items of others."""
        if study.hash not in self._readers:
            self._readers[study.hash] = Readers(study, partial(self._plan, study))
        return self._readers[study.hash]

    def site_wide(self, study: Study) -> SiteWide:
        """Which forms of a version of the study ask about everybody."""
        if study.hash not in self._site_wide:
            self._site_wide[study.hash] = SiteWide(study, partial(self._plan, study))
        return self._site_wide[study.hash]

    def _plan(self, study: Study, form: str, visit: str) -> FormPlan:
        plan = self._plans.get((study.hash, form, visit))
        if plan is None:
            here = any(check.at for check in (*study.form(form).checks, *generic_checks(study, form)))
            plan = None if here else self._plans.get((study.hash, form, ""))
            plan = plan or plan_form(study, form, visit)
            self._plans[study.hash, form, visit] = plan
            if not here:  # the same at every visit
                self._plans[study.hash, form, ""] = plan
        return plan

    def get(self, key: FormKey) -> FormGraph:
        """The form, opened if it is not yet; what it says of today is true today."""
        graph = self._graphs.pop(key, None)
        if graph is None:
            self._make_room()
            graph = self._open(key)
        self._graphs[key] = graph  # behind all that were asked for before
        if key in self._days and self._days[key] != self._desk.today:
            moved = graph.look_outside(ref for ref in graph.plan.outside if ref.kind is TODAY.kind)
            self._overnight[key] = self._overnight.get(key, frozenset()) | moved
            self._days[key] = self._desk.today
        return graph

    def is_open(self, key: FormKey) -> bool:
        """Whether a form lies open already, as it was some time ago."""
        return key in self._graphs

    def outside(self, key: FormKey) -> OutsideForm:
        """The rest of the world as a form sees it."""
        return OutsideForm(self._desk, key)

    def refresh(self, key: FormKey, refs: Iterable[Ref]) -> list[Cell]:
        """Look at a form again because what these references point at changed; the cells that may differ."""
        graph = self._graphs.get(key)
        if graph is not None:
            return list(graph.look_outside(refs))
        return list(self.get(key).cells())

    def row_changes(self, key: FormKey) -> bool:
        """Whether the rows of a form are other ones than those it was opened with; then it opens anew."""
        graph = self._graphs.get(key)
        if graph is not None:
            rows = rows_of_form(self._desk, key, graph.plan)
            if all([row.info for row in graph.rows_in(group)] == infos for group, infos in rows.items()):
                return False
            self.close(key)
        return True

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
        what = (event.check, event.level, event.text, event.task, event.due)
        row = FindingRow(*event.place, *what, "open", None, "", 0)
        self.findings(event.key)[Cell(event.row, event.item), event.check] = row

    def settled(self, key: FormKey, cell: Cell, check: str, state: str, reason: str | None = None) -> None:
        """A finding was settled or confirmed."""
        found = self.findings(key)
        found[cell, check] = found[cell, check]._replace(state=state, reason=reason)

    def changed_overnight(self, key: FormKey) -> frozenset[Cell]:
        """The cells that another day made different since the form was opened, told once."""
        return self._overnight.pop(key, frozenset())

    def close_unbegun(self) -> None:
        """Close the forms in which nothing is recorded: they are told nothing of what changes elsewhere."""
        for key in self._unbegun:
            if not is_begun(self._desk, key):
                self.close(key)
        self._unbegun.clear()

    def close(self, key: FormKey) -> None:
        """Close one form, as when its rows changed; it opens anew when it is asked for."""
        self._graphs.pop(key, None)
        self._days.pop(key, None)
        self._findings.pop(key, None)
        self._overnight.pop(key, None)

    def forget(self) -> None:
        """Close all forms."""
        self._graphs.clear()
        self._findings.clear()
        self._overnight.clear()
        self._unbegun.clear()

    def _make_room(self) -> None:
        """Close the forms that nobody asked for longest, or a day would end with all that it looked at.

        Never while a command is carried out: it may hold one and have changed it.
        """
        while len(self._graphs) >= MOST_OPEN and not isinstance(self._desk.tables, Overlay):
            self.close(next(iter(self._graphs)))

    def _open(self, key: FormKey) -> FormGraph:
        plan = self.plan(key)
        if not is_begun(self._desk, key):
            self._unbegun.add(key)
        answers: dict[Cell, Answer] = {}
        for row in self._desk.tables.find(ItemRow, **key._asdict()):
            planned = plan.items.get(row.item)
            if planned is not None and planned.value is None:
                value = None if row.value is None else value_of(row.value, planned.type)
                answers[Cell(row.row, row.item)] = Answer(value, row.value, row.missing)
        rows = rows_of_form(self._desk, key, plan)
        if any(ref.kind is TODAY.kind for ref in plan.outside):
            self._days[key] = self._desk.today
        return FormGraph(plan, OutsideForm(self._desk, key), answers=answers, rows=rows)

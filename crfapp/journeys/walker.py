"""Walking a subject through visits: the forms that a visit asks for, their logs, and what happens besides.

Nothing here knows a study: the visit says which forms, each form says what it shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.journeys.filling import Filler, Habits, Walk
from crfapp.ledger.keys import FormKey, Scope, VisitKey
from crfapp.ledger.state import FormRow
from crfapp.study.types import Kind
from crfapp.work.entry import CompleteForm
from crfapp.work.obstacles import obstacles
from crfapp.work.offered import forms_at, home_of
from crfapp.work.reading_items import row_labels
from crfapp.work.row_work import AddRow
from crfapp.work.visits import StartVisit

if TYPE_CHECKING:
    from crfapp.journeys.acting import Hands
    from crfapp.journeys.typical import Answers, Happening


class Walker:
    """Conducts visits as a person would."""

    def __init__(self, hands: Hands, habits: Habits | None = None) -> None:
        ground = hands.ground
        self._hands = hands
        self._desk = ground.desk
        self._chance = ground.chance
        self._known = ground.typical
        self._filler = Filler(hands, habits or Habits())

    def visit(self, walk: Walk, key: VisitKey) -> None:
        """Begin a visit today and fill its forms, as far as the walk goes; then look at all of them again."""
        if not self._hands.send(StartVisit(key=key, date=self._desk.today.isoformat())):
            return
        walked: list[FormKey] = []
        while (form := next((one for one in self._forms(key) if one not in walked), None)) is not None:
            if len(walked) >= walk.stop * len(self._forms(key)):
                return
            self._log_rows(walk, form)
            self._form(walk, form, final=False)
            walked.append(form)
            if walk.paused:
                return
        for number, happening in enumerate(self._known.happenings):
            if number not in walk.happened and self._happens(key, happening):
                walk.happened.add(number)
                self._enter(walk, key, happening)
        for form in self._forms(key):
            self._form(walk, form, final=True)

    def _form(self, walk: Walk, key: FormKey, *, final: bool) -> None:
        """Answer, settle, and complete if nothing stands in the way."""
        self._filler.fill(walk, key)
        if walk.paused:
            return
        self._filler.settle(walk, key, final=final)
        self._sign(key)
        row = self._desk.tables.get(FormRow, *key)
        done = row is not None and row.status == "complete"
        if not done and next(obstacles(self._desk, key), None) is None:
            self._hands.send(CompleteForm(key=key))

    def _sign(self, key: FormKey) -> None:
        """Where a form cannot be complete without its signature, an investigator gives it."""
        graph = self._desk.forms.get(key)
        kinds = {graph.plan.items[cell.item].type.kind for cell in graph.unanswered()}
        if kinds == {Kind.SIGNATURE}:
            self._hands.sign(Scope(*key))

    def _forms(self, key: VisitKey) -> list[FormKey]:
        """The forms that are asked for as it stands now; those that are filled several times come last."""
        found = [form for form in forms_at(self._desk, key) if form.form not in self._known.skip]
        for form in [form for form in found if form.form_n == 1 and form.at == key]:
            times = self._known.repeat.get(f"{form.form}@{form.visit}", 1)
            further = (form._replace(form_n=n) for n in range(2, times + 1))
            found += [one for one in further if one not in found]
        return sorted(found, key=lambda form: form.form_n > 1)

    # ---- rows

    def _log_rows(self, walk: Walk, key: FormKey) -> None:
        """Fill a log in one of the ways that are typical for it, unless it has rows."""
        ways = list(self._known.rows.get(key.form, []))
        each = self._known.each.get(key.form)
        if each is not None:
            named = row_labels(self._desk, key, str(each["of"])).values()
            ways = [[{each["by"]: name, **one} for name in named for one in each["times"]]]
        section = self._log(key)
        if ways and section and not self._desk.forms.get(key).rows_in(section):
            for answers in self._chance.choice(ways):
                self._row(walk, key, answers)

    def _log(self, key: FormKey) -> str:
        sections = self._desk.study.form(key.form).sections
        return next((s.section for s in sections if s.rows is not None and s.rows.log), "")

    def _row(self, walk: Walk, key: FormKey, answers: Answers) -> None:
        section = self._log(key)
        if section and self._hands.send(AddRow(key=key, section=section)):
            row = self._desk.forms.get(key).rows_in(section)[-1].info.key
            self._filler.fill(walk, key, answers, row)

    # ---- happenings

    def _happens(self, key: VisitKey, happening: Happening) -> bool:
        fits = key.visit in happening.at or (happening.found and self._stands_open(key, happening.found))
        return bool(fits) and self._chance.random() <= happening.chance

    def _stands_open(self, key: VisitKey, check: str) -> bool:
        return any(
            name == check and row.state == "open"
            for form in self._forms(key)
            for (_cell, name), row in self._desk.forms.findings(form).items()
        )

    def _enter(self, walk: Walk, key: VisitKey, happening: Happening) -> None:
        for form, head, row in happening.entries:
            at = home_of(self._desk.study, FormKey(*key, form, 1))
            for item, typed in head.items():
                self._filler.put(at, item, str(typed))
            if row:
                self._row(walk, at, row)

"""Walking through a study without a site: every form of every visit, in memory. Nothing is recorded."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crfapp.journeys.trial import INVESTIGATOR, Trial
from crfapp.ledger.state import FormRow, FormRowRow
from crfapp.present.casebook_page import CasebookPage
from crfapp.present.casebook_view import FormEntry, VisitEntry
from crfapp.present.form_page import FormPage
from crfapp.present.form_view import ReasonLine
from crfapp.present.preview_effects import Effects
from crfapp.present.reasons import Reasons
from crfapp.present.texts import LANGUAGES
from crfapp.present.visit_words import window_words
from crfapp.present.words import FORM_ICON
from crfapp.present.workplace import Workplace
from crfapp.work.entry import CompleteForm, RecordAnswer, ReopenForm
from crfapp.work.row_work import AddRow, VoidRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from crfapp.form.graph import Cell
    from crfapp.ledger.keys import FormKey
    from crfapp.present.form_view import FormHead, Inspection, Patch
    from crfapp.present.texts import Texts
    from crfapp.study.model import Visit
    from crfapp.study.study import Study
    from crfapp.work.cases import Command


class Preview:
    """A study to be walked through. ``texts`` gives the app's texts in a language of the pack.

    ``say`` is for whoever reads the reasons; ``language`` is the one of the forms.
    """

    def __init__(self, study: Study, first: date, texts: Callable[[str], Texts], say: Texts) -> None:
        self.study, self.say = study, say
        self._first, self._texts = first, texts
        languages = study.head.languages
        self.language = say.language if say.language in languages else study.head.language
        self.casebook = self._begin()

    @property
    def languages(self) -> tuple[tuple[str, str], ...]:
        """The languages of the pack, each with its own name."""
        return tuple((one, LANGUAGES.get(one, one)) for one in self.study.head.languages)

    def speak(self, language: str) -> PreviewCasebook:
        """The same answers, in another language of the pack."""
        self.language = language
        now = self.casebook
        self.casebook = PreviewCasebook(now.trial, self._texts(language), self.say, now.effects)
        return self.casebook

    def start_over(self) -> PreviewCasebook:
        """Forget every answer."""
        self.casebook = self._begin()
        return self.casebook

    def _begin(self) -> PreviewCasebook:
        return PreviewCasebook(Trial(self.study, self._first), self._texts(self.language), self.say)


class PreviewCasebook(CasebookPage):
    """The casebook of nobody: all forms of all visits, whatever their conditions."""

    def __init__(self, trial: Trial, texts: Texts, say: Texts, effects: Effects | None = None) -> None:
        at = Workplace(trial.bus, trial.desk, trial.events, actor=INVESTIGATOR, texts=texts)
        super().__init__(at)
        self.trial, self.texts = trial, texts
        self._reader = say
        self.effects = effects or Effects(at, say)
        self.subject = trial.subject

    def title(self) -> tuple[str, str]:
        """That this is nobody's casebook."""
        return (self._at.texts("Preview"), "")

    def visits(self) -> tuple[VisitEntry, ...]:
        """The visits of the pack; each can be turned to."""
        begun = {row.key: row for row in self._at.tables.find(FormRow, subject=self.subject)}
        entries = [self._visit(visit, begun) for visit in self._at.study.head.visits]
        return tuple(sorted(entries, key=lambda entry: entry.standing == "log"))

    def form(self, key: FormKey) -> PreviewForm:
        """One form, at its visit, which takes place now if it has not yet."""
        self.trial.turn_to(key.visit)
        return PreviewForm(self._at, key, self.effects, self._reader)

    def _visit(self, visit: Visit, begun: dict[FormKey, FormRow]) -> VisitEntry:
        slots = self._at.desk.slots(self.subject)
        slot = next(one for one in slots if one.visit == visit.visit)
        day = slot.actual or slot.planned
        return VisitEntry(
            visit=visit.visit,
            visit_n=1,
            title=self._at.study_texts.visit(visit.visit),
            date_text=self._at.texts.short_date(day) if day is not None else "",
            status_icon="in-progress" if slot.actual else "expected",
            standing="log" if visit.kind == "log" else "started",
            forms=tuple(self._entry_of(visit, held.form, begun) for held in visit.forms),
            can_start=False,
            can_miss=False,
            overdue=False,
            window=window_words(slot, visit, self._at.texts),
        )

    def _entry_of(self, visit: Visit, form: str, begun: dict[FormKey, FormRow]) -> FormEntry:
        key = self.trial.key(visit.visit, form)
        status = begun[key].status if key in begun else "expected"
        rows = self._at.tables.find(FormRowRow, **key._asdict(), voided=0) if key in begun else ()
        return FormEntry(key, self._at.study_texts.form(form), status, FORM_ICON[status], len(rows))


class PreviewForm(FormPage):
    """One form that is tried: an act is watched for what it leads to."""

    def __init__(self, workplace: Workplace, key: FormKey, effects: Effects, say: Texts) -> None:
        super().__init__(workplace, key)
        self._effects, self._say = effects, say

    def head(self) -> FormHead:
        """Without the number of nobody; with the condition under which the visit asks for the form at all."""
        whole = super().head()
        head = replace(whole, where=whole.where.partition(" · ")[2])
        held = self._at.study.visit(self.key.visit).forms
        when = next((one.when for one in held if one.form == self.key.form and one.when), None)
        if when is None:
            return head
        asked = self._at.texts("asked only if {condition}", condition=f"\u2066{when}\u2069")
        return replace(head, where=f"{head.where} · {asked}")

    def inspect(self, cell: Cell) -> Inspection:
        """Everything about a question, why it stands so, and what the latest answers led to."""
        return replace(
            super().inspect(cell),
            history=(),
            reasons=self.reasons_of(cell),
            steps=self._effects.steps,
            hidden=self._effects.hidden(self.key),
        )

    def reasons_of(self, cell: Cell) -> tuple[ReasonLine, ...]:
        """Why a question stands so: shown or hidden, required, calculated, spoken of by a check."""
        return tuple(self._reasons(cell))

    def tell(self, command: RecordAnswer, cell: Cell) -> None:
        """Give an answer; what refuses it is raised."""
        before = self._effects.standing(self.key)
        self._at.send(command)
        self._effects.note(self.key, self._title(command, cell), before)

    def _reasons(self, cell: Cell) -> Iterator[ReasonLine]:
        reasons = Reasons(self._at, self.key, self._say)
        found = (("shown", reasons.shown(cell)), ("required", reasons.required(cell)))
        for kind, reason in (*found, ("computed", reasons.worked_out(cell))):
            if reason is not None:
                yield ReasonLine(kind, reason.text, reason.expression)
        for finding in self.state(cell).findings:
            reason = reasons.fired(cell, finding.check)
            if reason is not None:
                yield ReasonLine("finding", f"{finding.check}: {reason.text}", reason.expression)

    def _do(self, command: Command, cell: Cell | None = None, typed: str = "") -> Patch:
        before = self._effects.standing(self.key)
        patch = super()._do(command, cell, typed)
        if patch.refusal is None:
            self._effects.note(self.key, self._title(command, cell), before)
        return patch

    def _title(self, command: Command, cell: Cell | None) -> str:
        """What was done, as the head of its step."""
        say = self._say
        match command:
            case RecordAnswer() if cell is not None:
                state = self.state(cell)
                answer = state.text or state.missing or say("no answer")
                return say("{item}: {answer}", item=self._effects.label(self.key, cell), answer=answer)
            case AddRow():
                return say("A row was added")
            case VoidRow():
                return say("A row does not count any more")
            case CompleteForm():
                return say("The form was completed")
            case ReopenForm():
                return say("The form was reopened")
            case _:
                return say("An answer was confirmed")

"""The study in force as everybody may read it: identity, figures of the protocol, visits and forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.present.plan_words import plan_words
from crfapp.present.study_view import FormLine, ParameterLine, StudyView, VisitColumn
from crfapp.present.texts import LANGUAGES, LEFT_TO_RIGHT_ISOLATE, N_, POP_ISOLATE, isolated
from crfapp.present.words import STANDING, UNIT_SIGNS
from crfapp.study.matrix import summary

if TYPE_CHECKING:
    from crfapp.present.texts import Texts
    from crfapp.present.workplace import Workplace
    from crfapp.study.model import Visit
    from crfapp.study.texts import StudyTexts

MARKS = {"X": N_("always"), "C": N_("under a condition"), "O": N_("optional")}
_KINDS = {
    "conditional": STANDING["possible"],
    "repeating": N_("as often as needed"),
    "log": STANDING["log"],
}


class StudyPage:
    """The presenter of the Study page. Nothing on it changes while somebody is in."""

    def __init__(self, workplace: Workplace) -> None:
        self._at, self._study = workplace, workplace.study.in_force
        self._texts = self._study.texts(workplace.texts.language)
        self._matrix = summary(self._study)
        self.view = StudyView(
            title=self._texts.title,
            facts=self._facts(),
            confirm=self._confirm(),
            parameters=self._parameters(),
            visits=tuple(
                visit_column(self._texts, visit, workplace.texts) for visit in self._study.visits.values()
            ),
            forms=self._forms(),
        )

    def spoken(self, row: int, column: int) -> str:
        """A cell of the matrix for the screen reader: form, visit, how it is asked for."""
        form, visit, say = self.view.forms[row], self.view.visits[column], self._at.texts
        mark = say(MARKS[form.marks[column]]) if form.marks[column] else say("not at this visit")
        return f"{say.listed((isolated(form.title), isolated(visit.title)))}: {mark}"

    def place(self, row: int, column: int) -> tuple[str, str]:
        """Visit and form of a cell; of a form's own name (column -1) its first visit. Empty where none."""
        form = self.view.forms[row]
        if column < 0:
            column = next((place for place, mark in enumerate(form.marks) if mark), -1)
        if column < 0 or not form.marks[column]:
            return "", ""
        return self.view.visits[column].visit, form.form

    def _facts(self) -> tuple[tuple[str, str], ...]:
        head, say = self._study.head, self._at.texts
        named = (
            (say("Short title"), self._texts.short),
            (say("Registration"), head.registration or ""),
            (say("Sponsor"), head.sponsor or ""),
            (say("Version"), head.version),
            (say("Languages"), say.listed(isolated(LANGUAGES.get(one, one)) for one in head.languages)),
            (say("SHA-256"), self._study.hash),
            (say("Compared with the source"), plan_words(head, say)),
        )
        return tuple((name, isolated(value)) for name, value in named if value)

    def _confirm(self) -> str:
        figures = self._study.head.parameters.values()
        count = sum(one.template for one in figures)
        if not count:
            return ""
        return self._at.texts.many(
            "{count} figure of the protocol is a template default: confirm it against the protocol.",
            "{count} figures of the protocol are template defaults: confirm them against the protocol.",
            count,
        )

    def _parameters(self) -> tuple[ParameterLine, ...]:
        say, texts = self._at.texts, self._texts
        return tuple(
            ParameterLine(
                title=texts.parameter(name),
                value=" ".join(filter(None, (one.value, UNIT_SIGNS.get(one.unit or "", one.unit or "")))),
                confirm=say("template default: confirm") if one.template else "",
                source=one.source or "",
            )
            for name, one in self._study.head.parameters.items()
        )

    def _forms(self) -> tuple[FormLine, ...]:
        texts = self._texts
        return tuple(
            FormLine(form, texts.form(form), marks)
            for form, marks in zip(self._matrix.forms, self._matrix.marks, strict=True)
        )


def visit_column(texts: StudyTexts, visit: Visit, say: Texts) -> VisitColumn:
    """A visit with its day and window, in words."""
    title = texts.visit(visit.visit)
    if visit.kind in _KINDS:
        return VisitColumn(visit.visit, title, say(_KINDS[visit.kind]), "")
    if visit.hours is not None:
        low, high = visit.window or (visit.hours, visit.hours)
        hours = say("{low} to {high} hours", low=low, high=high) if low != high else ""
        return VisitColumn(visit.visit, title, say("after {count} hours", count=visit.hours), hours)
    day = "" if visit.day is None else say("day {day}", day=_signed(visit.day, plus=False))
    return VisitColumn(visit.visit, title, day, _window(visit, say))


def _window(visit: Visit, say: Texts) -> str:
    if visit.window is None:
        return ""
    low, high = visit.window
    return say("{low} to {high} days", low=_signed(low), high=_signed(high))


def _signed(number: int, *, plus: bool = True) -> str:
    """A number with its sign, which stays before it in every direction of reading."""
    sign = "−" if number < 0 else "+" if plus and number else ""
    return f"{LEFT_TO_RIGHT_ISOLATE}{sign}{abs(number)}{POP_ISOLATE}"

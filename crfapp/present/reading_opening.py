"""Beginning a reading: what is asked, of which visits, in which light, by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from crfapp.base.problems import AppProblem, Code
from crfapp.ledger.state import PersonRow
from crfapp.present.acts import Act, ActState, AskedField, act_sentence, place_of
from crfapp.present.texts import isolated
from crfapp.work.reading_cases import chosen_at, offered
from crfapp.work.reading_desk import OpenReading, may_read
from crfapp.work.readings import classes_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crfapp.present.workplace import Workplace
    from crfapp.work.reading_cases import Offered

OPENING = "open-reading"
_TWO = 2
_PLACES = {Code.READER_NOT_BLIND: "readers"}


class ReadingOpening:
    """Asks for it and opens it."""

    def __init__(self, workplace: Workplace) -> None:
        self._at = workplace

    def asked(self) -> ActState:
        """The questions; a sentence instead where there is nothing to judge yet."""
        say = self._at.texts
        if not offered(self._at.desk):
            return ActState(
                done=say("No photograph of a later visit is here yet: there is nothing to judge.")
            )
        if len(self._readers()) < _TWO:
            return ActState(
                done=say(
                    "Two people who may judge photographs are needed: an administrator gives raters their "
                    "accounts."
                )
            )
        return ActState(self._act())

    def open(self, filled: Mapping[str, str]) -> ActState:
        """Open it as it was filled in; or the questions again, with what is wrong."""
        say, act = self._at.texts, self._act()
        problems = self._missing(filled)
        if problems:
            return ActState(self._refilled(act, filled), tuple(problems))
        visits, view = self._chosen(filled["visits"])
        question: Literal["percent", "class"] = "class" if filled.get("question") == "class" else "percent"
        try:
            self._at.send(
                OpenReading(
                    title=filled["title"],
                    question=question,
                    cases=chosen_at(self._at.desk, visits, view),
                    readers=tuple(filled["readers"].split(";")),
                )
            )
        except AppProblem as problem:
            place = place_of(problem.code, act, _PLACES)
            return ActState(self._refilled(act, filled), ((place, act_sentence(problem, say)),))
        return ActState(done=say("The reading is open. Each reader finds it on this page."))

    def _missing(self, filled: Mapping[str, str]) -> list[tuple[str, str]]:
        say, found = self._at.texts, []
        if not filled.get("title", "").strip():
            found.append(("title", say("Give the reading a name, such as “First reading”.")))
        if not filled.get("visits"):
            found.append(("visits", say("Choose at least one visit.")))
        elif len({key.partition("|")[2] for key in filled["visits"].split(";")}) > 1:
            found.append(
                ("visits", say("Photographs of one light are judged together: choose visits of one light."))
            )
        if len(filled.get("readers", "").split(";")) != _TWO:
            found.append(("readers", say("Choose two readers.")))
        return found

    def _act(self) -> Act:
        say = self._at.texts
        questions = [("percent", say("Percent of the lesion that has its colour again, 0 to 100"))]
        if classes_of(self._at.desk):
            questions.append(("class", say("Class of re-pigmentation")))
        visits = tuple((_key(one), self._words(one)) for one in offered(self._at.desk))
        return Act(
            OPENING,
            say("New reading"),
            say("Open the reading"),
            (
                AskedField(
                    "title",
                    say("Name of the reading"),
                    remark=say("Readers see it: it names no visit and no subject."),
                ),
                AskedField(
                    "question",
                    say("What readers say of a case"),
                    "choice",
                    "percent",
                    choices=tuple(questions),
                ),
                AskedField(
                    "visits",
                    say("Photographs of these visits"),
                    "choices",
                    remark=say("Each one stands beside the photograph of the baseline in the same light."),
                    choices=visits,
                ),
                AskedField(
                    "readers",
                    say("Two readers"),
                    "choices",
                    remark=say("Whoever drew an outline of these lesions, or scored them, is not blind."),
                    choices=self._readers(),
                ),
            ),
            say("Subjects, visits and sides stay hidden from readers; each gets an order of their own."),
        )

    def _refilled(self, act: Act, filled: Mapping[str, str]) -> Act:
        fields = tuple(
            AskedField(one.key, one.label, one.kind, filled.get(one.key, ""), one.remark, one.choices)
            for one in act.fields
        )
        return Act(act.key, act.title, act.go, fields, act.note)

    def _readers(self) -> tuple[tuple[str, str], ...]:
        rows = self._at.tables.find(PersonRow, ended=0)
        return tuple((row.login, isolated(row.name)) for row in rows if may_read(self._at.desk, row.login))

    def _words(self, one: Offered) -> str:
        at, protocol = self._at, self._at.study.head.photographs
        light = ""
        if protocol is not None:
            codes = at.study.place(protocol.form, protocol.view).item.codes or ""
            light = at.study_texts.code(codes, one.view)
        lesions = at.texts.many("{count} lesion", "{count} lesions", one.cases)
        return " · ".join(filter(None, (at.study_texts.visit(one.visit), light, lesions)))

    def _chosen(self, text: str) -> tuple[tuple[str, ...], str]:
        pairs = [key.partition("|") for key in text.split(";")]
        return tuple(visit for visit, _, _ in pairs), pairs[0][2]


def _key(one: Offered) -> str:
    return f"{one.visit}|{one.view}"

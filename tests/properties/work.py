"""A clinic's work on a made-up study, sensible or not, and the answers people give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from crfapp.base.problems import AppProblem
from crfapp.ledger.keys import FormKey, VisitKey
from crfapp.ledger.state import FindingRow, FormRowRow, VisitRow
from crfapp.work.entry import CompleteForm, ConfirmFinding, RecordAnswer, ReopenForm
from crfapp.work.row_work import AddRow, VoidRow
from crfapp.work.visits import BookVisit, MissVisit, StartVisit
from tests.properties.packs import packs
from tests.support.clinic import Clinic

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.study.study import Study
    from crfapp.work.cases import Command

GARBAGE = ("", "what?", "\u202e=1+1", "2 kg", "99", "1,5", "2025-13-40", "لا")
FITTING: dict[str, tuple[str, ...]] = {
    "integer": ("0", "1", "2", "5", "12", "٣"),
    "decimal": ("0.5", "2", "3.5", "9", "0.2 cm"),
    "scale": ("0", "2", "7"),
    "date": ("2025-01-05", "2025-01-12", "2025-02-01", "2099-01-01"),
    "partialdate": ("2025", "2025-01", "2025-01-12", "UNK"),
    "time": ("08:30", "23:59"),
    "datetime": ("2025-01-12 08:30", "2025-01-14 23:00", "10:15"),
    "choice": ("A", "B", "7", "DONE", "MISSED", "ILL"),
    "choices": ("A", "A;B", "7"),
    "yesno": ("Y", "N"),
    "rowref": ("1", "2", "T01"),
}
WORDS = ("ab", "AB", "a longer word", "=2+2")
OTHERS = ("missing", "row", "row", "void", "start", "redate", "book", "miss", "complete", "reopen", "confirm",
          "look", "close", "lost")  # fmt: skip
MOSTLY_ANSWERS = ("answer",) * 16 + OTHERS
DAYS = ("2025-01-05", "2025-01-12", "2025-01-19", "2025-02-02", "soon")


@dataclass(frozen=True)
class Step:
    """One thing that somebody does. ``number`` chooses among rows, visits' repeats and findings."""

    what: str
    visit: str
    form: str
    item: str
    typed: str
    number: int
    reason: str


def places_of(study: Study) -> list[tuple[str, str, str]]:
    """Visit, form and item of everything that could be asked."""
    return [
        (visit.visit, held.form, item)
        for visit in study.head.visits
        for held in visit.forms
        for item in study.items(held.form)
    ]


def fitting_for(study: Study, form: str, item: str) -> tuple[str, ...]:
    """Texts that an item of this type can mostly be answered with."""
    place = study.place(form, item)
    if place.item.codes in ("LIST", "STATUS", "WHY"):
        return study.codes(place.item.codes)
    return FITTING.get(study.field(form, item).kind.value, WORDS)


def is_asked(study: Study, visit: str, form: str, item: str) -> bool:
    """Whether people answer it at a visit that has begun; the visits' own forms are left out."""
    often = visit in ("V_SCR", "V_A", "V_B", "V_LOG") and form != "SV"
    return often and study.place(form, item).item.is_ is None


@st.composite
def steps(draw: Any, study: Study) -> Step:
    """One step at a study."""
    places = places_of(study)
    asked = [place for place in places if is_asked(study, *place)]
    visit, form, item = draw(st.sampled_from(asked if draw(st.integers(0, 7)) else places))
    fitting = fitting_for(study, form, item)
    typed = draw(st.sampled_from(fitting if draw(st.integers(0, 5)) else GARBAGE))
    what, number = draw(st.sampled_from(MOSTLY_ANSWERS)), draw(st.integers(0, 3))
    return Step(what, visit, form, item, typed, number, draw(st.sampled_from(["because"] * 7 + [""])))


class MadeUpClinic(Clinic):
    """A clinic with one subject, three of whose visits have begun."""

    def __init__(self, study: Study) -> None:
        super().__init__(study)
        self.looked_at: set[FormKey] = set()
        self.refused: list[str] = []
        self.subject = self.enrol()
        self.start(self.subject, "V_SCR", "2025-01-05")
        self.start(self.subject, "V_A", "2025-01-12")
        self.start(self.subject, "V_B", "2025-01-19")

    def begin(self, chance: int) -> None:
        """Two rows in the log, and an answer to much of what is asked at the visits that have begun."""
        for row in (0, 1):
            self.send(AddRow(key=self.log(), section="LOG"))
            for n, place in enumerate(self._first_asked(row, chance)):
                if place[2] == f"{place[1]}0" or chance % (n % 7 + 2):
                    fitting = fitting_for(self.desk.study, *place[1:])
                    typed = fitting[(chance + n + row) % len(fitting)]
                    self.take(Step("answer", *place, typed, row, ""))

    def _first_asked(self, row: int, chance: int) -> list[tuple[str, str, str]]:
        """What is asked at first: in most forms everything, then what is asked in rows once more."""
        study = self.desk.study
        asked = [place for place in places_of(study) if is_asked(study, *place)]
        kept = [place for place in asked if (chance + sum(map(ord, "".join(place[:2])))) % 5]
        return [place for place in kept if not row or study.place(*place[1:]).group]

    def take(self, step: Step) -> None:
        """Carry out a step; a coded refusal is remembered, anything else comes through."""
        key = self.key_of(step)
        match step.what:
            case "close":
                self.desk.forget_forms()
            case "look":
                self.desk.forms.get(key)
                self.looked_at.add(key)
            case _:
                self._try(self._command(step, key))

    def key_of(self, step: Step) -> FormKey:
        """The form that a step is about."""
        repeats = step.visit == "V_UNS" or (step.form == "X" and self.desk.study.form("X").repeats)
        n = 1 + step.number % 2 if repeats and step.what != "look" else 1
        unscheduled = step.visit == "V_UNS"
        return FormKey(self.subject, step.visit, n if unscheduled else 1, step.form, 1 if unscheduled else n)

    def row_of(self, key: FormKey, group: str, number: int) -> str:
        """A row of a group, or none."""
        if not group:
            return ""
        rows = [state.info.key for state in self.desk.forms.get(key).rows_in(group)]
        return rows[number % len(rows)] if rows else "none"

    def _form(self, visit: str, form: str) -> FormKey:
        return FormKey(self.subject, visit, 1, form, 1)

    def _try(self, command: Command) -> None:
        before = len(self.ledger.links)
        try:
            self.send(command)
        except AppProblem as problem:
            self.refused.append(problem.code)
            assert len(self.ledger.links) == before

    def _command(self, step: Step, key: FormKey) -> Command:
        why, at = step.reason, key.at
        day = DAYS[step.number] if step.typed not in GARBAGE else DAYS[-1]
        commands: dict[str, Callable[[], Command]] = {
            "missing": lambda: self._answer(step, key, missing=("ND", "UNK", "SECRET")[step.number % 3]),
            "lost": lambda: self._lost(step, key),
            "row": lambda: AddRow(key=self.log(), section=("LOG", "EACH")[step.number == 0]),
            "void": lambda: self._void(step),
            "start": lambda: StartVisit(key=at, date=day),
            "redate": lambda: RecordAnswer(key=key._replace(form="SV", form_n=1), item="VISDAT", typed=day,
                                           reason=why),
            "book": lambda: BookVisit(key=at, date=day),
            "miss": lambda: MissVisit(key=at, why=("ILL", "AWAY", "ND")[step.number % 3]),
            "complete": lambda: CompleteForm(key=key),
            "reopen": lambda: ReopenForm(key=key, reason=why),
            "confirm": lambda: self._confirm(step, key),
        }  # fmt: skip
        return commands.get(step.what, lambda: self._answer(step, key))()

    def _answer(self, step: Step, key: FormKey, missing: str | None = None) -> Command:
        row = self.row_of(key, self.desk.study.place(step.form, step.item).group, step.number)
        typed = "" if missing else step.typed
        return RecordAnswer(
            key=key, row=row, item=step.item, typed=typed, missing=missing, reason=step.reason
        )

    def _lost(self, step: Step, key: FormKey) -> Command:
        """An answer to something that is not there."""
        lost = (key._replace(subject="nobody"), key._replace(visit="V_NONE"), key._replace(form="NONE"), key)
        return RecordAnswer(key=lost[step.number], row="R9", item=step.item, typed=step.typed)

    def log(self) -> FormKey:
        """The log of the subject."""
        visit = self.desk.study.visits_of("L")[0]
        return self._form(visit, "L")

    def _void(self, step: Step) -> Command:
        rows = self.ledger.tables.find(FormRowRow)
        row = rows[step.number % len(rows)].row if rows else "none"
        return VoidRow(key=self.log(), section="LOG", row=row, reason=step.reason)

    def _confirm(self, step: Step, key: FormKey) -> Command:
        found = self.ledger.tables.find(FindingRow, state="open")
        if not found:
            return ConfirmFinding(key=key, item=step.item, check="NO-01", reason=step.reason)
        one = found[step.number % len(found)]
        return ConfirmFinding(key=one.key.of, row=one.row, item=one.item, check=one.check, reason=step.reason)

    def begun_visits(self) -> set[VisitKey]:
        """The visits that have begun or were missed."""
        return {row.key for row in self.ledger.tables.find(VisitRow) if row.status != "booked"}


@dataclass(frozen=True)
class Scene:
    """A study, what is answered at first, and what is done then."""

    study: Study
    chance: int
    steps: list[Step]

    def played(self, spoil: Callable[[Study, Clinic], None] | None = None) -> MadeUpClinic:
        """The clinic in the end. ``spoil`` does something to the program before it is used."""
        clinic = MadeUpClinic(self.study)
        if spoil is not None:
            spoil(self.study, clinic)
        clinic.begin(self.chance)
        for step in self.steps:
            clinic.take(step)
        return clinic


@st.composite
def scenes(draw: Any) -> Scene:
    """Any work at any study."""
    study = draw(packs())
    work = st.lists(steps(study), min_size=15, max_size=40)
    return Scene(study, draw(st.integers(0, 99)), draw(work))

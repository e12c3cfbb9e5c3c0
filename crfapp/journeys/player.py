"""Playing a journey through the bus, as the window would: same commands, same forms, same checks."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NoReturn, Protocol
from zoneinfo import ZoneInfo

from crfapp.base.problems import AppProblem, Code, RefusedError
from crfapp.journeys.asking import ASKING, query_called
from crfapp.journeys.conducting import CONDUCTING
from crfapp.journeys.expecting import Seen, unmet_of
from crfapp.journeys.finding_rows import row_of
from crfapp.journeys.moving import MOVING
from crfapp.journeys.photographing import PHOTOGRAPHING
from crfapp.journeys.pictures import NamedPictures
from crfapp.journeys.reporting import REPORTING
from crfapp.journeys.signing import SIGNING
from crfapp.journeys.verifying import VERIFYING
from crfapp.ledger.keys import FormKey, VisitKey
from crfapp.ledger.state import SubjectRow, VisitRow
from crfapp.study.types import Kind
from crfapp.work.drafts import TakeDraft
from crfapp.work.entry import CompleteForm, ConfirmFinding, RecordAnswer
from crfapp.work.obstacles import obstacles
from crfapp.work.offered import home_of
from crfapp.work.passing_time import LookAtClock
from crfapp.work.photographs import take
from crfapp.work.roles import Right
from crfapp.work.row_work import AddRow
from crfapp.work.subjects import EnrolSubject
from crfapp.work.visits import StartVisit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from crfapp.form.graph import Cell
    from crfapp.journeys.pictures import Pictures
    from crfapp.journeys.told import Journey, Step
    from crfapp.work.bus import Bus
    from crfapp.work.cases import Command
    from crfapp.work.desk import Desk
    from crfapp.work.roles import Actor

_BETWEEN_ACTS = timedelta(seconds=20)
"""Time runs on between the acts of a journey, as it does at a clinic."""


class MovableClock(Protocol):
    """The clock that a journey sets."""

    def now(self) -> datetime:
        """The present instant."""

    def move(self, to: datetime) -> None:
        """Set it."""


@dataclass(frozen=True, slots=True)
class Unmet:
    """One expectation that was not met, or a step that was refused although nobody expected it."""

    file: str
    line: int
    expected: str
    seen: str


@dataclass(slots=True)
class Played:
    """What came of a journey."""

    journey: str
    steps: int = 0
    met: int = 0
    unmet: list[Unmet] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)
    events: int = 0


class Player:
    """Plays one journey at one site. ``password`` knows by which password somebody signs, ``pictures`` takes
    photographs by their names.
    """

    def __init__(
        self,
        bus: Bus,
        desk: Desk,
        clock: MovableClock,
        people: Mapping[str, Actor],
        journey: Journey,
        *,
        password: Callable[[str], str] = str,
        pictures: Pictures | None = None,
    ) -> None:
        self._bus = bus
        self.pictures = pictures or NamedPictures()
        self.desk = desk
        self._clock = clock
        self._people = people
        self._journey = journey
        self.password = password
        self.actor: Actor | None = None
        self.subject = ""
        self.visit: VisitKey | None = None
        self.form: FormKey | None = None
        self.queries: dict[str, str] = {}
        self.played = Played(journey.name)

    def play(self) -> Played:
        """All steps, in order; every unmet expectation is noted and the journey goes on."""
        for step in self._journey.steps:
            self._take(step)
        return self.played

    def _take(self, step: Step) -> None:
        self.played.steps += 1
        if "at" in step.says:
            self._set_clock(step, str(step.says["at"]))
        if "as" in step.says:
            self.actor = self._person(step, str(step.says["as"]))
        refused: list[str] = []
        if step.verb:
            try:
                _VERBS[step.verb](self, step)
            except AppProblem as problem:
                if problem.code is Code.JOURNEY_WRONG:
                    raise
                refused = [problem.code.value, problem.code.name]
                if problem.code is Code.FORM_INCOMPLETE:
                    refused += [name for name, _cell in self._in_the_way()]
                elif "refused" not in step.expect:
                    self._note(step, "the step to be carried out", f"{problem.code.name} {problem.facts}")
                    return
        self._check(step, refused)

    def _check(self, step: Step, refused: list[str]) -> None:
        seen = Seen(self.desk, self.subject, self.form, tuple(refused))
        expect = step.expect
        if refused and "refused" not in expect:
            self._note(step, "the step to be carried out", ", ".join(refused))
        for key in expect:
            unmet = self._compared(step, key, seen)
            for expected, found in unmet:
                self._note(step, expected, found)
            self.played.met += not unmet

    def _compared(self, step: Step, key: str, seen: Seen) -> list[tuple[str, str]]:
        try:
            return list(unmet_of({key: step.expect[key]}, seen))
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            self.wrong(step, f"the expectation {key!r} cannot be understood ({error})")

    def _note(self, step: Step, expected: str, seen: str) -> None:
        self.played.unmet.append(Unmet(self._journey.file, step.line, expected, seen))

    def _set_clock(self, step: Step, text: str) -> None:
        try:
            local = datetime.fromisoformat(text)
        except ValueError:
            self.wrong(step, f"{text!r} is not a local time such as 2025-01-05T09:10")
        self._clock.move(local.replace(tzinfo=ZoneInfo(self.desk.zone)).astimezone(UTC))
        if self.subject and self.actor is not None and self.actor.may(Right.RECORD):
            self.send(step, LookAtClock(subject=self.subject))  # as the program does while time passes

    def _person(self, step: Step, login: str) -> Actor:
        if login not in self._people:
            self.wrong(step, f"{login!r} is not among the people")
        return self._people[login]

    def wrong(self, step: Step, what: str) -> NoReturn:
        """Stop: the journey itself is not right (JOURNEY_WRONG)."""
        raise RefusedError(Code.JOURNEY_WRONG, file=self._journey.file, line=step.line, what=what)

    def send(self, step: Step, command: Command) -> None:
        """Have a command carried out in the name of whoever acts."""
        if self.actor is None:
            self.wrong(step, "nobody acts; say 'as' first")
        outcome = self._bus.send(command, self.actor)
        self.played.events += len(outcome.events)
        self._clock.move(self._clock.now() + _BETWEEN_ACTS)

    # ---- verbs

    def _enrol(self, step: Step) -> None:
        before = {row.subject for row in self.desk.tables.find(SubjectRow)}
        self.send(step, EnrolSubject())
        row = next(row for row in self.desk.tables.find(SubjectRow) if row.subject not in before)
        self.subject, self.visit, self.form = row.subject, None, None
        self.played.subjects.append(row.number)

    def _open_visit(self, step: Step) -> None:
        key = self.visit_key(step, "visit")
        row = self.desk.tables.get(VisitRow, *key)
        self.visit, self.form = key, None
        if "date" in step.says and (row is None or row.status != "started"):
            self.send(step, StartVisit(key=key, date=self.day(step)))

    def day(self, step: Step) -> str:
        """The ISO day that a step names."""
        text = str(step.says["date"])
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            self.wrong(step, f"{text!r} is not a date such as 2025-01-05")

    def _fill(self, step: Step) -> None:
        key = self.form_key(step, str(step.says["form"]))
        self.form = key
        answers: dict[str, Any] = step.says.get("set") or {}
        row = ""
        if "row" in step.says:
            row = self.row_in(step, key, str(step.says["row"]), next(iter(answers), ""))
        reason = str(step.says.get("reason", ""))
        query = query_called(self, step, {"query": step.says["answers"]}) if "answers" in step.says else None
        for item, told in answers.items():
            if _is_photograph(self.desk, key.form, item) and isinstance(told, str) and told:
                self.send(step, take(key, row, item, self.pictures.take(told), reason=reason))
            else:
                self.send(step, replace(_answer(key, row, item, told, reason), query=query))

    def row_in(self, step: Step, key: FormKey, name: str, item: str) -> str:
        """The row that a step names, added where it is not there."""
        section, row = row_of(self.desk, key, name, item, str(step.says.get("section", "")))
        if row is None:
            self.send(step, AddRow(key=key, section=section))
            row = self.desk.forms.get(key).rows_in(section)[-1].info.key
        return row

    def _complete(self, step: Step) -> None:
        self.form = self.form_key(step, str(step.says["complete"]))
        self.send(step, CompleteForm(key=self.form))

    def _confirm(self, step: Step) -> None:
        said = step.says["confirm"]
        key, cell = self._finding(step, said)
        reason = str(said.get("reason", ""))
        place = {"row": cell.row, "item": cell.item, "check": str(said["check"])}
        self.send(step, ConfirmFinding(key=key, **place, reason=reason))

    def _take_draft(self, step: Step) -> None:
        said = step.says["take"]
        key, cell = self._finding(step, said)
        self.send(step, TakeDraft(key=key, row=cell.row, item=cell.item, check=str(said["check"])))

    def _finding(self, step: Step, said: dict[str, Any]) -> tuple[FormKey, Cell]:
        """Where a check that is named speaks now; UNKNOWN_FINDING where it does not."""
        key = self.form = self.form_key(step, str(said["form"]))
        for (cell, check), row in self.desk.forms.findings(key).items():
            fits = "row" not in said or cell.row == row_of(self.desk, key, str(said["row"]), cell.item)[1]
            if check == said["check"] and row.state == "open" and fits:
                return key, cell
        raise RefusedError(Code.UNKNOWN_FINDING, check=str(said["check"]))

    # ---- places

    def number(self, step: Step) -> int:
        """Which of several: the step's ``n``."""
        text = str(step.says.get("n", 1))
        if not text.isdecimal() or int(text) < 1:
            self.wrong(step, f"'n' is a number from 1, not {text!r}")
        return int(text)

    def visit_key(self, step: Step, verb: str) -> VisitKey:
        """The visit that a step names under its verb."""
        return VisitKey(self.subject, str(step.says[verb]), self.number(step))

    def form_key(self, step: Step, form: str) -> FormKey:
        """The form that a step means, in the open visit or the running logs."""
        n = self.number(step)
        here = self.visit or VisitKey(self.subject, "", 1)
        key = home_of(self.desk.study, FormKey(*here, form, n))
        if not key.visit:
            self.wrong(step, f"no visit is open for the form {form!r}")
        return key

    def _in_the_way(self) -> list[tuple[str, object]]:
        return list(obstacles(self.desk, self.form)) if self.form else []


def _is_photograph(desk: Desk, form: str, item: str) -> bool:
    return item in desk.study.items(form) and desk.study.field(form, item).kind is Kind.PHOTO


def _answer(key: FormKey, row: str, item: str, told: Any, reason: str) -> RecordAnswer:
    if isinstance(told, dict):
        return RecordAnswer(
            key=key,
            row=row,
            item=item,
            missing=str(told["missing"]),
            reason=str(told.get("reason", "")) or reason,
        )
    return RecordAnswer(key=key, row=row, item=item, typed=str(told or ""), reason=reason)


_VERBS: dict[str, Callable[[Player, Step], None]] = {
    "enrol": Player._enrol,
    "visit": Player._open_visit,
    "form": Player._fill,
    "complete": Player._complete,
    "confirm": Player._confirm,
    "take": Player._take_draft,
    **MOVING,
    **CONDUCTING,
    **ASKING,
    **REPORTING,
    **VERIFYING,
    **SIGNING,
    **PHOTOGRAPHING,
}

"""The observations that run, over every page: how long it has been, what is measured next, what to press.

Everything is read from the data whenever something changes there; only the minutes are counted in between.
While the clock of this computer is known to have moved since a dose, no time is written by itself.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from crfapp.form.graph import Cell
from crfapp.form.moments_typed import with_offset
from crfapp.ledger.events import ClockNoticed, PackageTakenIn
from crfapp.ledger.state import FindingRow, SubjectRow
from crfapp.present.address import Address
from crfapp.present.observation_words import (
    DRAFT,
    OPEN,
    SAY_WHY,
    ClockLine,
    Deed,
    RunningWords,
    ended_line,
    name_of,
)
from crfapp.present.palette import CASEBOOK
from crfapp.present.site_present import SitePresent
from crfapp.work.doses import YES
from crfapp.work.drafts import TakeDraft
from crfapp.work.entry import RecordAnswer
from crfapp.work.findings import TASK
from crfapp.work.observation import jumps_among, observations_today, time_passed, time_watched
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from datetime import datetime

    from crfapp.present.clock_watch import JumpWatch
    from crfapp.present.workplace import Workplace
    from crfapp.work.bus import Outcome
    from crfapp.work.observation import Jump, Observation, Passed

_A_MINUTE = timedelta(minutes=1)


class ObservationClocks:
    """The presenter of the band. ``watch`` knows how far the wall clock moved unnoticed."""

    def __init__(self, workplace: Workplace, watch: JumpWatch | None = None) -> None:
        self._at, self._watch = workplace, watch
        self._say = workplace.texts
        self._forms = {one.form for one in workplace.study.head.observation} | {
            one.after.partition(".")[0] for one in workplace.study.head.observation
        }
        self._today: dict[str, Observation] = {}
        self._jumps: list[Jump] = []
        self._day = workplace.today
        self.look()

    @property
    def are_shown(self) -> bool:
        """Whether this person is shown clocks at all: whoever records, where the study has observations."""
        return bool(self._forms) and self._at.actor.may(Right.RECORD)

    def heed(self, outcome: Outcome) -> bool:
        """Something was stored; whether any clock can be another one since."""
        concerned = any(
            getattr(event, "form", None) in self._forms or isinstance(event, ClockNoticed | PackageTakenIn)
            for event in outcome.events
        )
        if concerned:
            self.look()
        return concerned

    def look(self) -> None:
        """Read anew who is being watched."""
        if not self.are_shown:
            return
        self._day = self._at.today
        self._jumps = jumps_among(self._at.events.records(kinds=(ClockNoticed.kind,)))
        self._today = {name_of(one): one for one in observations_today(self._at.desk)}

    def lines(self) -> tuple[ClockLine, ...]:
        """The clocks as of now: those that run, then those that ended too early and are not explained."""
        if self._day != self._at.today:
            self.look()
        lines = [self._running(one) for one in self._today.values() if one.ended is None]
        over = (self._ended(one) for one in self._today.values() if one.ended is not None)
        return (*lines, *(line for line in over if line is not None))

    def dues(self) -> tuple[datetime, ...]:
        """When something is due next, one instant for every clock that runs, by the wall clock as it is now.

        The locked screen counts them and is told nothing else.
        """
        found = []
        for one in self._today.values():
            if one.ended is None:
                passed = self._passed(one)
                point = one.point_at(self._real(passed))
                due = one.over if point is None else point.due
                found.append(due.utc + passed.moved)
        return tuple(found)

    # ---- what a person does

    def begin(self, key: str) -> Address:
        """The subject has been watched since the end of the dose; where that stands."""
        one = self._today[key]
        if one.binding.done is not None:
            self._record(one, "", one.binding.done, YES)
        self._record(one, "", one.binding.started, with_offset(one.began))
        return _address(one)

    def measure(self, key: str) -> Address:
        """Write the present as the time of the measurement that is due; where its values are typed.

        Where the clock has moved nothing is written: the person does it, by a clock that is right.
        """
        one = self._today[key]
        passed = self._passed(one)
        point = one.point_at(self._real(passed))
        if point is None:
            return _address(one)
        if not passed.moved:
            self._record(one, point.row, one.binding.measured, self._present(one))
        return _address(one, point.row, one.binding.measured)

    def end(self, key: str, why: str = "") -> Address | None:
        """The observation is over now; ``why`` where it was shorter than it should be.

        None where all is said; else where the end is to be written, because the clock has moved.
        """
        one = self._today[key]
        if self._passed(one).moved:
            return _address(one, "", one.binding.ended)
        self._record(one, "", one.binding.ended, self._present(one))
        if why and one.binding.early is not None:
            self._record(one, "", one.binding.early, why)
        return None

    def draft(self, key: str) -> None:
        """Take over the deviation that the pack drafts for an observation that was too short."""
        found = self._drafted(self._today[key])
        if found is not None:
            self._at.send(TakeDraft(key=found.key.of, row=found.row, item=found.item, check=found.check))

    def address(self, key: str, *, why: bool = False) -> Address:
        """The form of the observation, or the question in it why it was so short."""
        one = self._today[key]
        return _address(one, "", one.binding.early or one.binding.ended) if why else _address(one)

    # ---- one clock

    def _running(self, one: Observation) -> ClockLine:
        passed = self._passed(one)
        return RunningWords(self._say, one, passed, self._real(passed)).line(self._number(one))

    def _ended(self, one: Observation) -> ClockLine | None:
        """A clock that stopped too early, until why is said and the deviation drafted or dismissed."""
        watched, draft = time_watched(self._at.desk, one, self._jumps), self._drafted(one)
        unsaid = self._is_unsaid(one)
        if watched is None or (draft is None and (watched.minutes >= one.minutes or not unsaid)):
            return None
        deeds = [Deed(SAY_WHY, self._say("Say why"), primary=True)] if unsaid else []
        if draft is not None:
            deeds.append(Deed(DRAFT, self._say("Draft the deviation"), primary=not unsaid))
        deeds.append(Deed(OPEN, self._say("Open")))
        return ended_line(self._say, one, self._number(one), watched, tuple(deeds))

    def _is_unsaid(self, one: Observation) -> bool:
        """Whether the form asks why it was so short, or would, and has no answer."""
        early = one.binding.early
        if early is None:
            return False
        state = self._at.desk.forms.get(one.key).state(Cell("", early))
        return state is not None and state.text is None and state.missing is None

    def _drafted(self, one: Observation) -> FindingRow | None:
        """The open task of this form that drafts a row of a log."""
        drafting = {c.check for c in self._at.study.form(one.key.form).checks if c.draft is not None}
        rows = self._at.tables.find(FindingRow, **one.key._asdict(), state="open", level=TASK)
        return next((row for row in rows if row.check in drafting), None)

    def _passed(self, one: Observation) -> Passed:
        """How long ago the dose ended; a clock that was set right by less than a minute has not moved."""
        unnoticed = self._watch.apart(self._at.now.utc) if self._watch is not None else 0
        passed = time_passed(self._at.desk, one, self._jumps, unnoticed)
        return replace(passed, wall=passed.real) if abs(passed.moved) < _A_MINUTE else passed

    def _real(self, passed: Passed) -> datetime:
        """The present on the line on which the dose was written down."""
        return self._at.now.utc - passed.moved

    def _present(self, one: Observation) -> str:
        return SitePresent(self._at, one.key).moment_text()

    def _record(self, one: Observation, row: str, item: str, typed: str) -> None:
        self._at.send(RecordAnswer(key=one.key, row=row, item=item, typed=typed))

    def _number(self, one: Observation) -> str:
        row = self._at.tables.get(SubjectRow, one.key.subject)
        return row.number if row is not None else ""


def _address(one: Observation, row: str = "", item: str = "") -> Address:
    key = one.key
    return Address(CASEBOOK, key.subject, key.visit, key.visit_n, key.form, key.form_n, row, item)

"""A demo: subjects of a study in every state that a site knows, walked up to the present instant.

The schedule of the pack decides the days; what people answer comes from the pack's ``demo.yaml`` and from
the types of the items. The same chance, number of subjects and instant give the same demo.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import cycle, islice
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from crfapp.journeys.acting import Ground, Hands
from crfapp.journeys.correspondence import Correspondence
from crfapp.journeys.filling import Walk
from crfapp.journeys.monitoring_round import MonitoringRound
from crfapp.journeys.pictures import NamedPictures
from crfapp.journeys.signing_round import SigningRound
from crfapp.journeys.walker import Walker
from crfapp.ledger.keys import VisitKey
from crfapp.ledger.state import SubjectRow
from crfapp.work.subjects import EnrolSubject
from crfapp.work.visits import MissVisit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from crfapp.journeys.chance import Chance
    from crfapp.journeys.pictures import Pictures
    from crfapp.journeys.player import MovableClock
    from crfapp.journeys.typical import Typical
    from crfapp.study.model import Visit
    from crfapp.work.bus import Bus
    from crfapp.work.desk import Desk
    from crfapp.work.roles import Actor


@dataclass(frozen=True, slots=True)
class Story:
    """One way a subject can stand today.

    ``done``: share of the planned visits that lie behind; ``next_in``: days from today to the planned day
    of the next one. ``running``: that next visit is taking place now. ``missed``, ``late``: one visit in the
    middle was. ``ends``: the visit outside the schedule that ended it early.
    """

    name: str
    done: float
    next_in: tuple[int, int] = (1, 3)
    running: bool = False
    missed: bool = False
    late: bool = False
    ends: bool = False


STORIES = (
    Story("completed", 1.0, (-30, -10)),
    Story("running", 0.07, (0, 0), running=True),
    Story("followed", 0.65),
    Story("due", 0.07, (-1, 1)),
    Story("overdue", 0.6, (-40, -30)),
    Story("missed", 0.85, missed=True),
    Story("late", 0.72, (5, 20), late=True),
    Story("early", 0.3, (-30, -20), ends=True),
    Story("begun", 0.0, (0, 0), running=True),
    Story("between", 0.2, (0, 2)),
    Story("failure", 0.0, (-20, -9)),
    Story("month", 0.8, (10, 25)),
)
"""The states in the order in which subjects get them; with more subjects they come round again."""

_TAKING_PLACE = timedelta(minutes=75)
"""So long ago a visit of today began."""
_OPENS, _CALLS = 8, 11
"""Hours of the day at which visits and calls begin."""
_HALF = 0.5
_CAME, _CORRECTED, _CAME_AGAIN = timedelta(days=30), timedelta(days=9), timedelta(minutes=50)
"""So long ago the monitor came, the site corrected what she had seen, and she came again."""
_LOCKED, _SIGNED = timedelta(days=31), timedelta(days=12)
"""So long ago one casebook was locked, and the investigator signed some of what waited."""


@dataclass(slots=True)
class Walked:
    """What came of it: subject number -> story, events, and how often what was refused."""

    subjects: dict[str, str] = field(default_factory=dict)
    events: int = 0
    refused: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, order=True)
class _Appointment:
    at: datetime
    subject: int
    visit: str
    what: str


@dataclass(frozen=True, slots=True)
class DemoPlan:
    """What is wanted. ``now``: the present instant, which nothing passes; people: login -> who acts.

    ``password`` knows by which password somebody signs.
    """

    subjects: int
    chance: Chance
    now: datetime
    people: Mapping[str, Actor]
    typical: Typical
    password: Callable[[str], str] = str
    pictures: Pictures = field(default_factory=NamedPictures)


def walk_demo(bus: Bus, desk: Desk, clock: MovableClock, plan: DemoPlan) -> Walked:
    """Make the subjects at an open site; the clock only moves on, and ends at ``plan.now`` at the latest."""
    return _Demo(bus, desk, clock, plan).walk()


class _Demo:
    def __init__(self, bus: Bus, desk: Desk, clock: MovableClock, plan: DemoPlan) -> None:
        self._plan = plan
        self._desk = desk
        self._clock = clock
        self._bus = bus
        self._chance = plan.chance
        pace = timedelta(seconds=min(12.0, 240 / plan.subjects))
        ground = Ground(
            bus,
            desk,
            clock,
            plan.people,
            plan.typical,
            self._chance,
            plan.now,
            pace,
            password=plan.password,
            pictures=plan.pictures,
        )
        self._hands = Hands(ground)
        self._walker = Walker(self._hands)
        self._round = MonitoringRound(self._hands)
        self._correspondence = Correspondence(self._hands)
        self._signing = SigningRound(self._hands)
        self._walks: dict[int, Walk] = {}
        self._stories = list(islice(cycle(STORIES), plan.subjects))
        self._walked = Walked()

    def walk(self) -> Walked:
        """Everything in the order of time, as a site lives it."""
        book = [one for number, story in enumerate(self._stories) for one in self._days(number, story)]
        book += self._monitoring()
        for appointment in sorted(book):
            self._correspondence.until(appointment.at)
            self._keep(appointment)
        self._correspondence.until(self._plan.now)
        self._walked.events = self._hands.events
        self._walked.refused = self._hands.refused
        return self._walked

    # ---- planning

    def _days(self, number: int, story: Story) -> Iterator[_Appointment]:
        """The visits that lie behind, the one that is taking place, the one that ended it."""
        visits = [visit for visit in self._desk.study.head.visits if visit.kind == "scheduled"]
        days = _planned_days(visits)
        behind = round(story.done * len(visits))
        if not story.running:
            behind = max(1, behind)
        coming = visits[min(behind, len(visits) - 1)].visit
        today = self._plan.now.astimezone(ZoneInfo(self._desk.zone)).date()
        anchor = today + timedelta(days=self._chance.randint(*story.next_in) - days[coming])
        chosen: dict[str, date] = {}
        for place, visit in enumerate(visits[:behind]):
            odd = place == behind - 2
            late = (visit.window or (0, 0))[1] + 2 if story.late and odd else 0
            day = self._open_day(anchor + timedelta(days=days[visit.visit]), visit, late)
            if visit.hours is not None and visit.anchor is not None and visit.anchor.visit in chosen:
                day = chosen[visit.anchor.visit] + timedelta(days=round(visit.hours / 24))
            chosen[visit.visit] = day
            yield self._appointment(day, number, visit, "miss" if story.missed and odd else "visit")
        if story.running:
            begins = self._plan.now - _TAKING_PLACE
            yield _Appointment(begins, number, coming, "now")
        if story.ends:
            yield from self._early_end(number, max(chosen.values()))

    def _monitoring(self) -> Iterator[_Appointment]:
        """A casebook was locked, a monitor came, some was signed, some corrected, and she is here again."""
        book = (
            (_LOCKED, "locked"),
            (_CAME, "monitored"),
            (_SIGNED, "signed"),
            (_CORRECTED, "corrected"),
            (_CAME_AGAIN, "monitoring"),
        )
        for ago, what in book:
            yield _Appointment(self._plan.now - ago, -1, "", what)

    def _early_end(self, number: int, last: date) -> Iterator[_Appointment]:
        ending = next((v for v in self._desk.study.head.visits if v.kind == "conditional"), None)
        if ending is not None:
            day = self._open_day(last + timedelta(days=5), ending, 0)
            yield self._appointment(day, number, ending, "visit")

    def _open_day(self, day: date, visit: Visit, late: int) -> date:
        """The nearest day inside the window on which the site sees people."""
        if late or visit.hours is not None:
            return day + timedelta(days=late)
        low, high = visit.window or (0, 0)
        closed = self._plan.typical.closed
        near = sorted(range(max(low, -4), min(high, 4) + 1), key=abs)
        return next((d for n in near if (d := day + timedelta(days=n)).isoweekday() not in closed), day)

    def _appointment(self, day: date, number: int, visit: Visit, what: str) -> _Appointment:
        hour = _CALLS if visit.hours is not None else _OPENS
        clock = time(hour, self._chance.randint(0, 59))
        at = datetime.combine(day, clock, ZoneInfo(self._desk.zone)).astimezone(UTC)
        return _Appointment(min(at, self._plan.now - _TAKING_PLACE), number, visit.visit, what)

    # ---- keeping

    def _keep(self, appointment: _Appointment) -> None:
        self._hands.go_on(appointment.at)
        if appointment.subject < 0:
            self._monitor(appointment.what)
            return
        walk = self._walks.get(appointment.subject) or self._enrol(appointment.subject)
        key = VisitKey(walk.subject, appointment.visit, 1)
        if appointment.what == "miss":
            reasons = self._desk.study.codes(self._desk.study.head.reasons)
            self._hands.send(MissVisit(key=key, why=self._chance.choice(reasons)))
            return
        walk.stop = _HALF if appointment.what == "now" and walk.story == "begun" else 1.0
        self._walker.visit(walk, key)
        if appointment.what == "visit":
            self._correspondence.after_visit(key)

    def _monitor(self, what: str) -> None:
        if what == "corrected":
            self._round.correct()
            self._signing.correct()
        elif what == "locked":
            self._signing.lock()
        elif what == "signed":
            self._signing.sign()
        else:
            self._round.come(stay=what == "monitoring")

    def _enrol(self, number: int) -> Walk:
        before = {row.subject for row in self._desk.tables.find(SubjectRow)}
        self._hands.send(EnrolSubject())
        row = next(row for row in self._desk.tables.find(SubjectRow) if row.subject not in before)
        self._walked.subjects[row.number] = self._stories[number].name
        walk = self._walks[number] = Walk(row.subject, self._stories[number].name)
        return walk


def _planned_days(visits: list[Visit]) -> dict[str, int]:
    """Days from the anchor visit; a call some hours after a visit counts from that visit's day."""
    days = {visit.visit: visit.day or 0 for visit in visits}
    for visit in visits:
        if visit.hours is not None and visit.anchor is not None:
            days[visit.visit] = days.get(visit.anchor.visit, 0) + round(visit.hours / 24)
    return days

"""Trying a study without a site: one subject of nobody, on a desk in memory. Nothing is recorded anywhere.

Every form of every visit can be filled. Turning to a visit begins it, and the visits before it, on the
planned day, in the evening: then "today" is that day, and every time of it has passed.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, time
from itertools import count
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from crfapp import __version__
from crfapp.base.problems import RefusedError
from crfapp.journeys.memory_ledger import MemoryEvents, MemoryLedger
from crfapp.journeys.newcomers import settle
from crfapp.ledger.keys import FormKey, VisitKey
from crfapp.ledger.state import SubjectRow, VisitRow
from crfapp.work.bus import Bus, Workstation
from crfapp.work.desk import Desk
from crfapp.work.offered import home_of
from crfapp.work.people import AddPerson, FoundSite
from crfapp.work.roles import Actor, Role
from crfapp.work.subjects import EnrolSubject
from crfapp.work.visits import StartVisit

if TYPE_CHECKING:
    from crfapp.study.model import Visit
    from crfapp.study.study import Study
    from crfapp.work.schedule import Slot

CODE = "TRY"
INVESTIGATOR = Actor("investigator", "Investigator", Role.INVESTIGATOR, CODE)
"""Who tries: an investigator may answer what a nurse may, and what is left to investigators."""

_FOUNDER = Actor("founder", "Founder", Role.ADMINISTRATOR, CODE)
_EVENING = time(20, 0)


class StandingClock:
    """A clock that stands at the visit that is looked at."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        """The evening of that day."""
        return self.at


class Trial:
    """A study that is tried. ``first`` is the day of the first visit."""

    def __init__(self, study: Study, first: date, zone: str = "UTC") -> None:
        self.study = study
        self._first, self._zone = first, zone
        self._clock = StandingClock(self._evening(first))
        ledger = MemoryLedger()
        counted = count(1)

        def entropy(size: int) -> bytes:
            """Salts of a ledger that nobody keeps; what is made from them only has to differ."""
            return next(counted).to_bytes(size, "big")

        self.desk = Desk(study, ledger.tables, self._clock, entropy=entropy, zone=zone)
        self.bus = Bus(
            ledger,
            self.desk,
            self._clock,
            entropy=entropy,
            workstation=Workstation("trial", __version__),
        )
        self.events = MemoryEvents(ledger)
        self.subject = self._begin()

    def turn_to(self, visit: str) -> VisitKey:
        """Be at a visit, on its day; the scheduled visits before it have taken place. UNKNOWN_VISIT."""
        wanted = self.study.visit(visit)
        if wanted.kind != "log":
            before = self.study.head.visits[: self.study.visit_order[visit]]
            for one in (*(v for v in before if v.kind == "scheduled"), wanted):
                self._take_place(one)
        return VisitKey(self.subject, visit, 1)

    def key(self, visit: str, form: str) -> FormKey:
        """A form as a visit names it, where it really stands: in the running logs, if they hold it."""
        return home_of(self.study, FormKey(self.subject, visit, 1, form, 1))

    def _begin(self) -> str:
        zone = self._zone
        found = FoundSite(site=CODE, code=CODE, name=CODE, zone=zone, study=self.study.head.study)
        self.bus.send(found, _FOUNDER)
        who = INVESTIGATOR
        account = AddPerson(login=who.login, name=who.name, role=who.role, organisation=CODE)
        self.bus.send(account, _FOUNDER)
        settle(self.bus, who)
        self.bus.send(EnrolSubject(), who)
        return self.desk.tables.find(SubjectRow)[0].subject

    def _take_place(self, visit: Visit) -> None:
        """Begin a visit where it has not begun; from now on it is the evening of its day."""
        key = VisitKey(self.subject, visit.visit, 1)
        row = self.desk.tables.get(VisitRow, *key)
        day = date.fromisoformat(row.date) if row is not None and row.date else self._day(visit)
        self._clock.at = self._evening(day)
        if row is None or row.status == "booked":
            with suppress(RefusedError):  # a visit that the study has ended does not take place
                self.bus.send(StartVisit(key=key, date=day.isoformat()), INVESTIGATOR)

    def _day(self, visit: Visit) -> date:
        """The planned day; a visit without one takes place on the day that is looked at."""
        slot = self._slot(visit)
        return (slot.planned if slot is not None else None) or self._clock.at.astimezone(UTC).date()

    def _slot(self, visit: Visit) -> Slot | None:
        return next((one for one in self.desk.slots(self.subject) if one.visit == visit.visit), None)

    def _evening(self, day: date) -> datetime:
        return datetime.combine(day, _EVENING, ZoneInfo(self._zone)).astimezone(UTC)

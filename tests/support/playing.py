"""Journeys played at a clinic in memory, with the people and the clock that the journey names."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from crfapp.journeys.newcomers import settle
from crfapp.journeys.player import Played, Player
from crfapp.journeys.told import Journey, read_journey
from crfapp.study.pack import load_pack
from crfapp.study.study import Study
from crfapp.work.people import AddPerson
from crfapp.work.roles import Actor, Role
from tests.support.clinic import ADMIN, Clinic

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from tests.support.clinic import SetClock

FORMS = Path(__file__).parents[2] / "forms"
ORGANISATION = "Cell Therapy Center"


class JourneyClock:
    """A clinic's clock, for a journey to set."""

    def __init__(self, clock: SetClock) -> None:
        self._clock = clock

    def now(self) -> datetime:
        return self._clock.now()

    def move(self, to: datetime) -> None:
        self._clock.at = to


@cache
def shipped_study(pack: str) -> Study:
    """A pack that the app ships, loaded once."""
    loaded = load_pack(FORMS / pack)
    assert loaded.pack is not None, loaded.faults
    return Study(loaded.pack)


def journey_of(path: Path) -> Journey:
    """A journey from its file."""
    return read_journey(path.read_text(encoding="utf-8"), path.name)


class PlayingClinic(Clinic):
    """A clinic whose clock journeys set, and whose people have accounts."""

    def __init__(
        self, study: Study, zone: str, people: Mapping[str, str] | None = None, *, code: str = "JO01"
    ) -> None:
        super().__init__(study, zone, code=code)
        self.people: dict[str, Actor] = {}
        for login, role in (people or {}).items():
            self.hire(login, Role(role))

    def hire(self, login: str, role: Role) -> None:
        name = login.capitalize()
        self.bus.send(AddPerson(login=login, name=name, role=role, organisation=ORGANISATION), ADMIN)
        self.people[login] = Actor(login, name, role, ORGANISATION)
        settle(self.bus, self.people[login])

    def play(self, journey: Journey) -> Played:
        for login in journey.people.keys() - self.people.keys():
            self.hire(login, Role(journey.people[login]))
        return Player(self.bus, self.desk, JourneyClock(self.clock), self.people, journey).play()


def played(journey: Journey) -> tuple[Played, PlayingClinic]:
    """A journey of a shipped pack, played at a new site."""
    site = {"code": "JO01", "zone": "UTC", **journey.site}
    study = shipped_study(journey.pack)
    clinic = PlayingClinic(study, site["zone"], journey.people, code=site["code"])
    return clinic.play(journey), clinic

"""Journeys played at a clinic in memory, with the people and the clock that the journey names."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from crfapp.bootstrap.scenes import pictures_of
from crfapp.journeys.newcomers import settle
from crfapp.journeys.pictures import NamedPictures
from crfapp.journeys.player import Played, Player
from crfapp.journeys.told import Journey, read_journey
from crfapp.ledger.changes import Patch
from crfapp.ledger.state import PersonRow
from crfapp.study.pack import load_pack
from crfapp.study.study import Study
from crfapp.work.people import AddPerson
from crfapp.work.roles import Actor, Role
from tests.support.clinic import ADMIN, Clinic
from tests.support.signers import KnownSigner, password_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from crfapp.journeys.pictures import Pictures
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
        self.pictures: Pictures = NamedPictures()
        for login, role in (people or {}).items():
            self.hire(login, Role(role))

    def hire(self, login: str, role: Role) -> None:
        name = login.capitalize()
        self.bus.send(AddPerson(login=login, name=name, role=role, organisation=ORGANISATION), ADMIN)
        self.people[login] = Actor(login, name, role, ORGANISATION)
        settle(self.bus, self.people[login])
        self.desk.signer = signer = KnownSigner(self.people)
        ready: dict[str, str | int | None] = {"identity": "admin", "key": signer.public(login)}
        self.ledger.tables.apply([Patch(PersonRow, (login,), ready)])

    def play(self, journey: Journey) -> Played:
        for login in journey.people.keys() - self.people.keys():
            self.hire(login, Role(journey.people[login]))
        clock = JourneyClock(self.clock)
        player = Player(
            self.bus,
            self.desk,
            clock,
            self.people,
            journey,
            password=password_of,
            pictures=self.pictures,
        )
        return player.play()


def played(journey: Journey) -> tuple[Played, PlayingClinic]:
    """A journey of a shipped pack, played at a new site."""
    site = {"code": "JO01", "zone": "UTC", **journey.site}
    study = shipped_study(journey.pack)
    clinic = PlayingClinic(study, site["zone"], journey.people, code=site["code"])
    clinic.pictures = pictures_of(FORMS / journey.pack)
    return clinic.play(journey), clinic

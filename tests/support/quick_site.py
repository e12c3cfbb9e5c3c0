"""A real site on the disk whose passwords are cheap to try, with people, as its door and gate see it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crfapp.bootstrap.door import SiteDoor
from crfapp.bootstrap.founding import found_site, study_of
from crfapp.bootstrap.playing import add_people, known_password
from crfapp.bootstrap.sites import OpenSite
from crfapp.present.entrance import NewSite
from crfapp.store.gate import Gate
from crfapp.store.recovery import new_secret
from crfapp.store.site_folder import SiteFolder
from crfapp.store.vault import Vault
from crfapp.store.wrapping import Cost
from tests.support.clinic import SetClock
from tests.support.tiny import FOLDER as TINY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crfapp.present.workplace import Workplace

QUICK = Cost(passes=1, memory_kib=8, lanes=1)
ADMIN_PASSWORD = "nine olive trees in the yard"
OWN = "seven green bicycles at dawn"
PEOPLE = {
    "haddad": ("investigator", "Dr Omar Haddad"),
    "rania": ("nurse", "Rania Khalil"),
    "odeh": ("investigator", "Dr Lina Odeh"),
    "weber": ("monitor", "Greta Weber"),
}


def password_of(login: str) -> str:
    return ADMIN_PASSWORD if login == "admin" else known_password(login)


@dataclass
class QuickSite:
    """One site of a study ``pack``; ``door`` is a fresh one after each :meth:`restart`."""

    folder: Path
    pack: Path = TINY
    clock: SetClock = field(default_factory=SetClock)
    secret: bytes = field(default_factory=new_secret)
    zone: str = "Asia/Amman"

    def __post_init__(self) -> None:
        new = NewSite(
            self.folder,
            self.pack,
            "JO01",
            "Cell Therapy Center",
            self.zone,
            login="admin",
            person="Site administrator",
            password=ADMIN_PASSWORD,
            accepted=True,
        )
        found_site(new, study_of(self.pack), self.secret, self.clock, cost=QUICK)
        self.key = Vault.load(self.folder, QUICK).open("admin", ADMIN_PASSWORD)
        self.restart()

    def restart(self) -> None:
        """The program is started again: nothing is known but what is on disk."""
        self.door = SiteDoor(self.folder, self.clock, cost=QUICK)

    def settle(self, *logins: str) -> None:
        """People who have done what the first login asks, with a vouched identity and a registered key."""
        with self.open() as opened:
            people = {login: PEOPLE[login] for login in logins}
            add_people(opened, self.folder, self.key, people, cost=QUICK)

    @contextmanager
    def open(self) -> Iterator[OpenSite]:
        """The site, open without a session."""
        folder = SiteFolder.open(self.folder)
        gate = Gate(folder, self.clock, QUICK)
        opened = OpenSite.open(folder, self.key, self.clock, gate)
        try:
            yield opened
        finally:
            opened.close()

    @contextmanager
    def as_person(self, login: str, password: str = "", *, unlock: bool = False) -> Iterator[Workplace]:
        """Somebody is in, and leaves."""
        at = self.door.log_in(login, password or password_of(login), language="en", unlock=unlock)
        try:
            yield at
        finally:
            self.door.leave("logout")

"""A made-up site of its own, in a passing folder, under a key of its own; nothing real is near it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.bootstrap.founding import found_site, study_of
from crfapp.bootstrap.ground import SystemClock, program_folder
from crfapp.bootstrap.joining import Newcomer, invite, join
from crfapp.bootstrap.playing import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, add_people, known_password
from crfapp.bootstrap.sites import OpenSite
from crfapp.ledger.keys import FormKey
from crfapp.ledger.state import SubjectRow
from crfapp.present.entrance import NewSite
from crfapp.store.gate import Gate
from crfapp.store.invitation import open_invitation
from crfapp.store.recovery import new_secret
from crfapp.store.site_folder import SiteFolder
from crfapp.store.vault import Vault
from crfapp.store.wrapping import Cost
from crfapp.work.entry import RecordAnswer
from crfapp.work.subjects import EnrolSubject

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CODE = "TEST"
PULSE = "PULSE_VSORRES"
PEOPLE = {
    "nurse": ("nurse", "Made-up Nurse"),
    "doctor": ("investigator", "Made-up Investigator"),
    "monitor": ("monitor", "Made-up Monitor"),
}
CHEAP = Cost(passes=1, memory_kib=8, lanes=1)
"""Passwords of a made-up site guard nothing; what a real guess costs is a line of the installation."""


@dataclass(frozen=True, slots=True)
class Scratch:
    """One workstation of a made-up site: its folder, and the key of what is in it."""

    folder: Path
    key: bytes

    @classmethod
    def found(cls, folder: Path) -> Scratch:
        """Found it, with people. FOLDER_REFUSED or SITE_EXISTS where anything is there."""
        pack = program_folder() / "resources" / "qualification" / "study"
        new = NewSite(
            folder, pack, CODE, "Made-up site", "UTC",
            login=ADMINISTRATOR, person="Made-up Administrator", password=ADMINISTRATOR_PASSWORD,
            accepted=True,
        )  # fmt: skip
        found_site(new, study_of(pack), new_secret(), SystemClock(), cost=CHEAP)
        scratch = cls.known(folder)
        with scratch.open() as opened:
            add_people(opened, folder, scratch.key, PEOPLE, cost=CHEAP)
        return scratch

    @classmethod
    def known(cls, folder: Path) -> Scratch:
        """One that was founded, by the password that everybody may know."""
        return cls(folder, Vault.load(folder, CHEAP).open(ADMINISTRATOR, ADMINISTRATOR_PASSWORD))

    @contextmanager
    def open(self) -> Iterator[OpenSite]:
        """At work, without a session."""
        folder, clock = SiteFolder.open(self.folder), SystemClock()
        opened = OpenSite.open(folder, self.key, clock, Gate(folder, clock, CHEAP))
        try:
            yield opened
        finally:
            opened.close()

    def second(self, folder: Path) -> Scratch:
        """Another workstation of the same site, invited here and begun there."""
        file = folder.with_name(f"{folder.name}.invitation")
        with self.open() as opened:
            invited = invite(opened, opened.actor(ADMINISTRATOR), file, folder.name)
        newcomer = Newcomer("nurse", known_password("nurse"))
        join(open_invitation(file, invited.code), folder, newcomer, SystemClock(), cost=CHEAP)
        return Scratch(folder, self.key)


def enrol(opened: OpenSite) -> FormKey:
    """One more made-up subject; the form of its vital signs."""
    before = {row.subject for row in opened.desk.tables.find(SubjectRow)}
    opened.bus.send(EnrolSubject(), opened.actor("nurse"))
    [new] = [row.subject for row in opened.desk.tables.find(SubjectRow) if row.subject not in before]
    return FormKey(new, "V_LOG", 1, "VS", 1)


def answer(opened: OpenSite, key: FormKey, typed: str, *, item: str = PULSE, reason: str = "") -> None:
    """The nurse answers."""
    opened.bus.send(RecordAnswer(key=key, item=item, typed=typed, reason=reason), opened.actor("nurse"))

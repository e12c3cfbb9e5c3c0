"""The people of a clinic on record, and the presenters through which somebody looks at them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger.state import PersonRow
from crfapp.present.access import Access
from crfapp.present.administration import Administration
from crfapp.present.delegation_log import DelegationLog
from crfapp.present.people import People
from crfapp.present.rules import Rules
from crfapp.work.roles import Role
from tests.support.clinic import ADMIN
from tests.support.examples.people import hire
from tests.support.paper_vault import HereAndNow, PaperVault
from tests.support.site_of import workplace
from tests.support.ward import Ward

if TYPE_CHECKING:
    from datetime import datetime

    from crfapp.present.acts import ActState
    from crfapp.present.workplace import Workplace
    from crfapp.work.backups import NoteBackup
    from crfapp.work.roles import Actor


class NoCopies:
    """Nobody asks for a copy here."""

    def newest(self) -> datetime | None:
        return None

    def make(self) -> NoteBackup:
        raise AssertionError("a copy was made")


class Staff(Ward):
    """An administrator, two investigators, a nurse and a monitor, each settled in; nobody vouched for yet."""

    def __init__(self) -> None:
        super().__init__()
        self.vault, self.lane = PaperVault(self), HereAndNow()
        self.admin = hire(self, ADMIN.login, Role.ADMINISTRATOR, ADMIN.name)
        self.lina = hire(self, "lina", Role.INVESTIGATOR, "Dr Lina Haddad")
        self.samir = hire(self, "samir", Role.INVESTIGATOR, "Dr Samir Nasser")
        self.omar = hire(self, "omar", Role.NURSE, "Omar Aziz")
        self.sara = hire(self, "sara", Role.MONITOR, "Sara Khoury")
        self.vault.passwords = dict.fromkeys(("admin", "lina", "samir", "omar", "sara"), "known")

    def at(self, actor: Actor) -> Workplace:
        return workplace(self, actor=actor)

    def people(self, actor: Actor) -> People:
        return People(self.at(actor), self.lane, self.vault)

    def access(self, actor: Actor) -> Access:
        made = Access(self.at(actor))
        made.refresh()
        return made

    def rules(self) -> Rules:
        return Rules(self.at(self.admin))

    def log(self, actor: Actor) -> DelegationLog:
        return DelegationLog(self.at(actor))

    def administration(self) -> Administration:
        return Administration(self.at(self.admin), self.lane, self.vault, NoCopies())

    def row(self, login: str) -> PersonRow:
        row = self.ledger.tables.get(PersonRow, login)
        assert row is not None
        return row

    def kinds(self) -> list[str]:
        return [link.kind for link in self.ledger.links]


def refused_at(state: ActState) -> dict[str, str]:
    """What was refused, by field."""
    return dict(state.problems)

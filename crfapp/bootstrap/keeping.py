"""What an administrator does at an open site: accounts with their passwords, copies made by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.passwords import password_problem
from crfapp.base.problems import RefusedError
from crfapp.bootstrap.backups import note_of
from crfapp.bootstrap.copies import newest_copy
from crfapp.ledger.state import PersonRow
from crfapp.store.durable_files import PRIVATE_FOLDER, named_disk_failures
from crfapp.store.recovery import one_time_secret
from crfapp.store.site_store import data_key_of
from crfapp.store.vault import Vault
from crfapp.work.people import AddPerson, GivePassword
from crfapp.work.policy import policy_of

if TYPE_CHECKING:
    from datetime import datetime

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.cli.parts import Account
    from crfapp.store.wrapping import Cost
    from crfapp.work.backups import NoteBackup
    from crfapp.work.cases import Command
    from crfapp.work.roles import Actor


class SiteKeys:
    """Implements :class:`crfapp.present.administration.Keys`; the data key never leaves the store.

    What is done here stands in the ledger before: the command is sent first, then the key is turned.
    """

    def __init__(self, site: OpenSite, cost: Cost | None = None) -> None:
        self._site, self._cost = site, cost

    def holders(self) -> frozenset[str]:
        """Logins that have a password."""
        return frozenset(self._vault().logins)

    def give(self, login: str, password: str) -> None:
        """Wrap the data key for somebody."""
        self._vault().add(login, password, data_key_of(self._site.store))
        self._site.gate.note_given()

    def reset(self, login: str) -> str:
        """Replace a lost password by a secret for one login, which is shown once; see ``ResetPassword``."""
        secret = one_time_secret()
        self._vault().reset_password(login, secret, data_key_of(self._site.store))
        self._site.gate.attempts.unlock(login)
        return secret

    def unlock(self, login: str) -> None:
        """Let somebody try again; see ``UnlockAccount``."""
        self._site.gate.attempts.unlock(login)

    def locked(self) -> frozenset[str]:
        """Logins with which nobody gets in just now, after too many wrong passwords."""
        return self._site.gate.attempts.locked() & self.holders()

    def close(self, login: str) -> None:
        """Let somebody in no more; see ``EndPerson``. What cannot be done now, the next login does."""
        self._vault().remove(login, for_ever=True)

    def _vault(self) -> Vault:
        return Vault.load(self._site.store.folder.path, self._cost)


class SiteCopies:
    """Implements :class:`crfapp.present.administration.Copies`."""

    def __init__(self, site: OpenSite) -> None:
        self._site = site

    def newest(self) -> datetime | None:
        """When the newest was made."""
        return newest_copy(self._site.store.backups)

    def make(self, called: str = "by-hand") -> NoteBackup:
        """Make one. Its name keeps it apart from the copies of each day, so that none makes way for it."""
        store = self._site.store
        with named_disk_failures(store.backups):
            store.backups.mkdir(exist_ok=True, mode=PRIVATE_FOLDER)
        path = store.backups / f"{called}-{self._site.desk.now.local:%Y%m%d-%H%M%S}.db"
        store.backup_to(path)
        store.photographs.back_up_to(store.backups / store.folder.photos.name)
        return note_of(self._site, path, "here")


def give_account(opened: OpenSite, actor: Actor, account: Account) -> None:
    """Give somebody an account for the command line, under the conditions that the window sets too.

    The record comes first: no password ever opens what the ledger does not know. An account that is on
    record with this name and role, but without a password, gets the password alone.
    """
    site = opened.desk.site
    names = (opened.desk.study.head.study, site.code, site.name, account.login, account.name)
    shortest = policy_of(opened.desk.tables).shortest
    weak = password_problem(account.password, forbidden=names, shortest=shortest)
    if weak is not None:
        raise RefusedError(weak)
    keys = SiteKeys(opened)
    row = PersonRow(account.login, account.name, account.role.value, site.name)
    known = opened.desk.tables.get(PersonRow, account.login)
    waits = account.login not in keys.holders() and known is not None and known[:4] == row[:4]
    command: Command = (
        GivePassword(login=row.login)
        if waits
        else AddPerson(login=row.login, name=row.name, role=account.role, organisation=row.organisation)
    )
    opened.bus.send(command, actor)
    keys.give(account.login, account.password)

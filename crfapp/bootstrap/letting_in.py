"""Letting somebody in again from the command line: by an administrator, or by the sheet in the safe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.problems import AppProblem, Code, IntegrityProblem, RefusedError
from crfapp.bootstrap.ground import SystemClock
from crfapp.bootstrap.keeping import SiteKeys
from crfapp.bootstrap.sites import OpenSite
from crfapp.ledger.state import PersonRow
from crfapp.store.gate import Gate
from crfapp.store.site_folder import SiteFolder
from crfapp.store.vault_papers import open_with_paper
from crfapp.work.accounts import ResetPassword, UnlockAccount
from crfapp.work.own_account import UseRecoverySheet
from crfapp.work.people import NoteRefusal
from crfapp.work.roles import Actor, Right, Role

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.cli.parts import ChainReport, Credentials
    from crfapp.store.own_key import OwnKey
    from crfapp.store.wrapping import Cost
    from crfapp.work.cases import Command


def opened_for(site: Path, who: Credentials, cost: Cost | None = None) -> OpenSite:
    """A site, open for whoever has a password there; every wrong one counts.

    WRONG_LOGIN, LOCKED_OUT; KEY_DIFFERS where the password was set by something other than the program.
    """
    folder = SiteFolder.open(site)
    gate = Gate(folder, SystemClock(), cost)
    unwrapped = gate.open(who.login, who.password)
    opened = OpenSite.open(folder, unwrapped.data_key, SystemClock(), gate)
    try:
        refuse_forged(opened, opened.actor(who.login), unwrapped.own)
    except BaseException:
        opened.close()
        raise
    return opened


def refuse_forged(site: OpenSite, actor: Actor, own: OwnKey | None) -> None:
    """KEY_DIFFERS where a password opens the records, but not the key that its person has on record.

    Whoever knows the data key can wrap it for anybody; the key of somebody else they cannot wrap. The attempt
    is kept in the ledger.
    """
    row = site.desk.tables.get(PersonRow, actor.login)
    if row is None or row.password != "own":  # noqa: S105 - how it came about
        return
    if own is None or row.key not in ("", own.public):
        site.bus.send(NoteRefusal(tried=actor.login), actor)
        raise IntegrityProblem(Code.KEY_DIFFERS)


class LettingIn:
    """Implements :class:`crfapp.cli.parts.LettingIn`."""

    def __init__(self, cost: Cost | None = None) -> None:
        self._cost = cost

    def by_administrator(self, site: Path, who: Credentials, login: str, *, reset: bool) -> str:
        """Unlock an account, or replace its password by a secret for one login, which is given back."""
        opened = opened_for(site, who, self._cost)
        try:
            command: Command = (
                ResetPassword(login=login, reason="asked for at the command line")
                if reset
                else UnlockAccount(login=login)
            )
            opened.bus.send(command, opened.actor(who.login))
            return _turned(opened, login, reset=reset)
        finally:
            opened.close()

    def from_older_copy(self, site: Path, who: Credentials, reason: str) -> ChainReport:
        """Go on from an older copy of the records."""
        from crfapp.bootstrap.older_copy import go_on_from_copy

        folder = SiteFolder.open(site)
        data_key = Gate(folder, SystemClock(), self._cost).open(who.login, who.password).data_key
        return go_on_from_copy(folder, data_key, who.login, reason, SystemClock())

    def by_sheet(self, site: Path, sheet: str, login: str, *, reset: bool) -> str:
        """The same for an administrator by the recovery sheet or shares: WRONG_RECOVERY, NOT_ALLOWED."""
        folder, clock = SiteFolder.open(site), SystemClock()
        gate = Gate(folder, clock, self._cost)
        opened = OpenSite.open(folder, open_with_paper(gate.vault(), sheet)[0], clock, gate)
        try:
            actor = _administrator(opened, login)
            opened.bus.send(UseRecoverySheet(reset=reset), actor)
            return _turned(opened, login, reset=reset)
        finally:
            opened.close()


def _administrator(opened: OpenSite, login: str) -> Actor:
    try:
        actor = opened.actor(login)
    except AppProblem:
        raise RefusedError(Code.UNKNOWN_PERSON) from None
    if actor.role is not Role.ADMINISTRATOR:
        raise RefusedError(Code.NOT_ALLOWED, role=actor.role.value, needs=Right.RECOVER.value)
    return actor


def _turned(opened: OpenSite, login: str, *, reset: bool) -> str:
    """What the ledger knows by now, done in the vault and in the counts."""
    keys = SiteKeys(opened, opened.gate.cost)
    keys.unlock(login)
    return keys.reset(login) if reset else ""

"""The one way to try a password: counted before, forgiven after, and the same for whoever is not known."""

from __future__ import annotations

import hashlib
import unicodedata
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from crfapp.base.problems import AppProblem, Code, RefusedError
from crfapp.base.times import utc_stamp
from crfapp.store.attempts import Attempts, Tried
from crfapp.store.machine import MachineNotes
from crfapp.store.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.store.own_key import OwnKey
    from crfapp.store.site_folder import SiteFolder
    from crfapp.store.wrapping import Cost, Unwrapped
    from crfapp.work.ports import Clock

T = TypeVar("T")
_GIVEN = "given"


class Gate:
    """Tries passwords of one site. ``attempts`` are its counts, ``names`` what was tried since it was made.

    Everything refuses alike: WRONG_LOGIN for a wrong password and an unknown login, LOCKED_OUT after too
    many, also with the right one (REQ-207, 217).
    """

    def __init__(self, folder: SiteFolder, clock: Clock, cost: Cost | None = None) -> None:
        self._folder, self._clock, self.cost = folder, clock, cost
        self.attempts = Attempts(folder.path, folder.card.notes)
        self.names: dict[int, str] = {}
        self._notes = MachineNotes(folder.card.notes)

    def vault(self) -> Vault:
        """The vault as it is on disk now; VAULT_DAMAGED."""
        return Vault.load(self._folder.path, self.cost)

    def open(self, login: str, password: str) -> Unwrapped:
        """The site's data key, and the person's own key where they chose their password."""
        return self._tried(login, password, lambda vault: vault.unwrap(login, password))

    def own_key(self, login: str, password: str) -> OwnKey:
        """A person's own signing key; WRONG_LOGIN also where there is none."""

        def own(vault: Vault) -> OwnKey:
            key = vault.unwrap(login, password).own
            if key is None:
                raise RefusedError(Code.WRONG_LOGIN)
            return key

        return self._tried(login, password, own)

    def change_password(self, login: str, current: str, password: str) -> None:
        """Give a person the password they chose; see :meth:`crfapp.store.vault.Vault.change_password`."""
        self._tried(login, current, lambda vault: vault.change_password(login, current, password))

    def was_given(self, login: str) -> bool:
        """Whether a login opens or opened the site here, or did before an older copy was put back."""
        vault = self.vault()
        names = {_same(name) for name in (*vault.logins, *vault.former)}
        return _same(login) in names or _mark(login) in self._marks()

    def note_given(self) -> None:
        """Have the machine remember who was given a login; one that takes no notes keeps nobody out."""
        marks = self._marks()
        new = {_mark(name) for name in self.vault().logins} - marks
        if new:
            with suppress(AppProblem):
                self._notes.write({_GIVEN: sorted(marks | new)})

    def _tried(self, login: str, password: str, act: Callable[[Vault], T]) -> T:
        vault = self.vault()
        known = unicodedata.normalize("NFC", login) in vault.logins
        mine, too_many = self.attempts.begin(login, utc_stamp(self._clock.now()), known=known)
        self.names[mine.number] = login
        if too_many:
            vault.weigh(login, password)
            raise RefusedError(Code.LOCKED_OUT)
        try:
            done = act(vault)
        except AppProblem as problem:
            if problem.code is not Code.WRONG_LOGIN:
                self._forgive(mine)
            raise
        self._forgive(mine)
        return done

    def _forgive(self, mine: Tried) -> None:
        """The password was right."""
        with suppress(AppProblem):  # a full disk keeps nobody out; the attempt stays counted
            self.attempts.succeeded(mine)
        self.names.pop(mine.number, None)

    def _marks(self) -> set[str]:
        found = self._notes.read().get(_GIVEN, [])
        return set(map(str, found)) if isinstance(found, list) else set()


def _same(login: str) -> str:
    return unicodedata.normalize("NFKC", login).casefold()


def _mark(login: str) -> str:
    """The machine's notes lie outside the site's folder: no name stands in them."""
    return hashlib.sha256(_same(login).encode("utf-8", "surrogatepass")).hexdigest()[:16]

"""Paper that opens the records when every password is lost: a recovery sheet, shares of the key (REQ-904).

What is on paper is typed back before it counts; only then does an earlier sheet or set end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.present.entrance import Sheet
from crfapp.store.key_shares import make_shares, read_shares
from crfapp.store.recovery import new_secret, qr_svg, read_sheet, sheet_text
from crfapp.store.site_store import data_key_of
from crfapp.store.vault_papers import open_with_shares, set_shares
from crfapp.work.backups import NoteKeyShares, refuse_numbers
from crfapp.work.people import NoteRecoverySheet

if TYPE_CHECKING:
    from crfapp.bootstrap.sites import OpenSite
    from crfapp.work.roles import Actor

_SET_WORDS = 2
"""The first words of a share name its set, and are the same on all of them."""


class KeyPapers:
    """Implements :class:`crfapp.present.key_papers.Papers`. Secrets are held until they were typed back."""

    def __init__(self, site: OpenSite, actor: Actor) -> None:
        self._site, self._actor = site, actor
        self._secret, self._label, self._numbers = b"", "", (0, 0)

    def new_sheet(self) -> Sheet:
        """Draw another recovery sheet; the one in force stays so until this one was typed back."""
        self._secret, self._numbers = new_secret(), (0, 0)
        code = self._site.desk.site.code
        self._label = f"{code} {self._site.desk.today.isoformat()}"
        return Sheet(self._label, tuple(sheet_text(self._secret).splitlines()), qr_svg(self._secret, code))

    def sheet_typed(self, typed: str) -> None:
        """Put the sheet in force, and the earlier one out of it: WRONG_RECOVERY where it is not this one."""
        if not self._secret or read_sheet(typed) != self._secret:
            raise RefusedError(Code.WRONG_RECOVERY, line=0)
        self._site.bus.send(NoteRecoverySheet(label=self._label), self._actor)
        vault, key = self._site.gate.vault(), data_key_of(self._site.store)
        vault.set_recovery(self._secret, key)
        if self._site.gate.vault().open_with_recovery(self._secret) != key:
            raise RefusedError(Code.WRONG_RECOVERY, line=0)
        self._secret = b""

    def new_shares(self, needed: int, made: int) -> tuple[str, tuple[str, ...]]:
        """Draw a set of shares: the label of the set, and the words of each. SHARES_NUMBERS."""
        refuse_numbers(needed, made)
        self._secret, self._numbers = new_secret(), (needed, made)
        shares = make_shares(self._secret, needed, made)
        name = " ".join(shares[0].split()[:_SET_WORDS])
        self._label = f"{self._site.desk.site.code} {self._site.desk.today.isoformat()} {name}"
        return self._label, shares

    def shares_typed(self, typed: str) -> None:
        """Put the set in force once as many were typed back as are needed; an earlier set opens no more.

        What :func:`crfapp.store.key_shares.read_shares` says; SHARES_MIXED where they are of another set.
        """
        if not self._secret or read_shares(typed) != self._secret:
            raise RefusedError(Code.SHARES_MIXED)
        needed, made = self._numbers
        self._site.bus.send(NoteKeyShares(label=self._label, needed=needed, made=made), self._actor)
        key = data_key_of(self._site.store)
        set_shares(self._site.gate.vault(), self._secret, key)
        if open_with_shares(self._site.gate.vault(), self._secret) != key:
            raise RefusedError(Code.SHARES_MIXED)
        self._secret = b""

"""What paper opens a vault: the recovery sheet, shares of the key; of each kind one set at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from crfapp.base.problems import Code, RefusedError
from crfapp.store.key_shares import looks_like_shares, read_shares
from crfapp.store.recovery import read_sheet
from crfapp.store.vault import Papers, made_now, papers_of, put_papers
from crfapp.store.wrapping import SHARES, RecoveryWrapping

if TYPE_CHECKING:
    from crfapp.store.vault import Vault


def set_shares(vault: Vault, secret: bytes, data_key: bytes) -> None:
    """Make the secret of a new set of shares the valid one; an earlier set opens nothing from then on.

    The recovery sheet stays what it is. DISK_FULL and DISK_FAILS leave the former set.
    """
    made = RecoveryWrapping.make(vault.site, secret, data_key, by=SHARES, at=made_now())
    put_papers(vault, papers_of(vault)._replace(shares=made))


def open_with_shares(vault: Vault, secret: bytes) -> bytes:
    """Give the data key to whoever brings enough shares; WRONG_RECOVERY with another site's or an old set."""
    shares = papers_of(vault).shares
    data_key = shares.unwrap(vault.site, secret, by=SHARES) if shares else None
    if data_key is None:
        raise RefusedError(Code.WRONG_RECOVERY)
    return data_key


def open_with_paper(vault: Vault, text: str) -> tuple[bytes, Literal["sheet", "shares"]]:
    """Give the data key to whoever types the recovery sheet, or enough shares, and say which it was.

    WRONG_RECOVERY, and what :func:`crfapp.store.key_shares.read_shares` says of shares.
    """
    if looks_like_shares(text):
        return open_with_shares(vault, read_shares(text)), "shares"
    return vault.open_with_recovery(read_sheet(text)), "sheet"


def take_papers(vault: Vault, told: Papers) -> None:
    """Let the paper that was made last, here or on another workstation, open this one; no earlier one does.

    DISK_FULL and DISK_FAILS change nothing.
    """
    before = papers_of(vault)
    later = Papers(*(_later(theirs, mine) for theirs, mine in zip(told, before, strict=True)))
    if later != before:
        put_papers(vault, later)


def _later(theirs: RecoveryWrapping | None, mine: RecoveryWrapping | None) -> RecoveryWrapping | None:
    if theirs is None or (mine is not None and theirs.at <= mine.at):
        return mine
    return theirs

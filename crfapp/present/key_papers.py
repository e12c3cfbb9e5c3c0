"""Paper that opens the records when every password is lost: shown once, typed back, then in force."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from crfapp.present.entrance import Sheet


class Papers(Protocol):
    """Makes them; a secret is held until it was typed back, and nowhere else."""

    def new_sheet(self) -> Sheet:
        """Draw another recovery sheet; the one in force stays so until this one was typed back."""

    def sheet_typed(self, typed: str) -> None:
        """Put it in force, and the earlier one out of it. WRONG_RECOVERY."""

    def new_shares(self, needed: int, made: int) -> tuple[str, tuple[str, ...]]:
        """Draw a set of shares: its label, and the words of each. SHARES_NUMBERS."""

    def shares_typed(self, typed: str) -> None:
        """Put it in force once enough were typed back. SHARES_TOO_FEW, SHARE_MISTYPED, SHARES_MIXED."""

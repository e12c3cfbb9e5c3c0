"""The site's own certified copies: whether one is as new as the data, and whether all were looked through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger.state import CopyRow

if TYPE_CHECKING:
    from crfapp.work.ports import Tables


def copy_is_fresh(tables: Tables, state: str) -> bool:
    """Whether a certified copy of this very state was made (REQ-503).

    ``state`` is the hash of the shared state now (:func:`crfapp.exchange.state.state_hash`). Not the ends of
    the chains: making the copy is an event too, and so is the next login; neither changes the data.
    """
    return bool(tables.find(CopyRow, state=state))


def newest_copy(tables: Tables) -> CopyRow | None:
    """The copy that was made last, reviewed or not."""
    return max(tables.find(CopyRow), key=lambda row: row.at, default=None)


def access_may_end(tables: Tables, state: str) -> bool:
    """Whether the site has what it keeps: a copy of this state that was looked through (REQ-506).

    Only then may anybody take the site's access to its data away.
    """
    return any(row.reviewed for row in tables.find(CopyRow, state=state))

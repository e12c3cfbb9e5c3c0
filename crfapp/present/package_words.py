"""Words for packages and whom they go to; several sections show them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from crfapp.exchange.profiles import PROFILES
from crfapp.ledger.state import NodeRow, PersonRow, RecipientRow, RecipientWishRow
from crfapp.present.texts import N_, isolated

if TYPE_CHECKING:
    from crfapp.present.texts import Texts
    from crfapp.present.workplace import Workplace

_SORTS = {
    "site": N_("workstation of this site"),
    "monitor": N_("monitor's copy"),
    "centre": N_("centre"),
}
_MAY_BREAK = "\u200b"
_KILO, _UNITS = 1024, ("kB", "MB", "GB")


def profile_words(profile: str, say: Texts) -> str:
    """What a profile is called; the name itself where nobody named it."""
    found = PROFILES.get(profile)
    return say(found.title) if found is not None else profile


def sort_words(sort: str, say: Texts) -> str:
    """What a chain's place is called."""
    return say(_SORTS[sort]) if sort in _SORTS else sort


def moment_words(at: Workplace, stamp: str) -> str:
    """An ISO stamp as the site's clock showed it; empty stays empty."""
    if not stamp:
        return ""
    local = datetime.fromisoformat(stamp).astimezone(UTC).astimezone(ZoneInfo(at.site.zone))
    return f"{at.texts.date(local.date())} {local:%H:%M}"


def person_words(at: Workplace, login: str) -> str:
    """The name of whoever has a login; the login where the site does not know them."""
    row = at.tables.get(PersonRow, login)
    return row.name if row is not None else login


def peer_words(at: Workplace, peer: str) -> str:
    """What people call a recipient, a workstation or a chain; the id where nobody named it."""
    for recipient in at.tables.find(RecipientRow):
        if peer in (recipient.recipient, recipient.node):
            return recipient.name
    node = at.tables.get(NodeRow, peer)
    if node is not None:
        return node.label
    wish = at.tables.get(RecipientWishRow, peer)
    return wish.name if wish is not None else peer


def file_words(name: str) -> str:
    """A long name of a file that may be broken at its underscores, where the window is narrow."""
    return isolated(name.replace("_", f"_{_MAY_BREAK}"))


def size_words(size: int) -> str:
    """A size of a file as people read it: ``34 kB``, ``1.2 MB``."""
    amount = size / _KILO
    for unit in _UNITS[:-1]:
        if amount < _KILO:
            return isolated(f"{_rounded(amount)} {unit}")
        amount /= _KILO
    return isolated(f"{_rounded(amount)} {_UNITS[-1]}")


def _rounded(amount: float) -> str:
    ten = 10
    return f"{amount:.0f}" if amount >= ten or not amount else f"{amount:.1f}"

"""Which sites of a centre are listed, and in which order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.present.texts import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crfapp.exchange.centre_views import Standing

FILTERS = (
    ("all", N_("All")),
    ("call", N_("To be called")),
    ("queries", N_("Open queries")),
    ("locks", N_("Locks refused")),
    ("conflicts", N_("Contradictions")),
)
ORDERS = (
    ("code", N_("By code")),
    ("last", N_("Longest silent first")),
    ("queries", N_("Most queries first")),
    ("open", N_("Most forms open first")),
)
_KEYS: dict[str, Callable[[Standing], int]] = {
    "last": lambda one: -one.quiet,
    "queries": lambda one: -one.open_queries,
    "open": lambda one: one.complete - one.forms,
}
_HOLDS: dict[str, Callable[[Standing], bool]] = {
    "call": lambda one: one.overdue or bool(one.wrong),
    "queries": lambda one: one.open_queries > 0,
    "locks": lambda one: one.locks_refused > 0,
    "conflicts": lambda one: one.conflicts > 0,
}


@dataclass(frozen=True, slots=True)
class SiteOrder:
    """What was typed, and the keys of :data:`FILTERS` and :data:`ORDERS` in force."""

    typed: str = ""
    only: str = FILTERS[0][0]
    order: str = ORDERS[0][0]

    def listed(self, found: Sequence[Standing]) -> list[Standing]:
        """The sites that are wanted; those that stand alike keep the order of their codes."""
        typed, holds = self.typed.strip().casefold(), _HOLDS.get(self.only)
        wanted = [
            one
            for one in found
            if typed in f"{one.site.code} {one.site.name}".casefold() and (holds is None or holds(one))
        ]
        return sorted(wanted, key=_KEYS.get(self.order, lambda _: 0))

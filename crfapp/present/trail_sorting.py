"""The trail in another order than that of time: group after group, each in the order of time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.ledger.state import TrailRow
    from crfapp.ledger.trail import By, Direction, Place, TrailFilter
    from crfapp.present.trail_port import Trail

MOST_GROUPS = 300
"""So many groups without a hit are looked into for one page; then the person is told."""


class Spot(NamedTuple):
    """Where a page goes on: in which group, and behind which place of it."""

    group: int = 0
    place: Place | None = None


class Sorted(NamedTuple):
    """Rows in their order, and where to go on from; None at the end."""

    rows: tuple[TrailRow, ...]
    further: Spot | None


def sorted_page(
    trail: Trail, wishes: Sequence[TrailFilter], direction: Direction, spot: Spot, size: int
) -> Sorted:
    """Rows of one group after the other, until the page is full or too many groups gave nothing."""
    rows: list[TrailRow] = []
    for group in range(spot.group, len(wishes)):
        if group - spot.group > MOST_GROUPS:
            return Sorted(tuple(rows), Spot(group))
        after = spot.place if group == spot.group else None
        page = trail.page(wishes[group], direction, after, size - len(rows))
        rows += page.rows
        if page.further is not None:
            return Sorted(tuple(rows), Spot(group, page.further))
        if len(rows) == size and group + 1 < len(wishes):
            return Sorted(tuple(rows), Spot(group + 1))
    return Sorted(tuple(rows), None)


def groups_of(wish: TrailFilter, by: By, values: Sequence[str]) -> tuple[TrailFilter, ...]:
    """The filter once for every value it may have; as it is where it is sorted by time."""
    match by:
        case "login":
            return tuple(replace(wish, login=value) for value in values if wish.login in ("", value))
        case "subject":
            return tuple(replace(wish, subject=value) for value in values if wish.subject in (None, value))
        case "kind":
            wanted = [value for value in values if not wish.kinds or value in wish.kinds]
            return tuple(replace(wish, kinds=(value,)) for value in wanted)
        case _:
            return (wish,)

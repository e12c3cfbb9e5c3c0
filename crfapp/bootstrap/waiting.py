"""How much of the records somebody does not have yet, without what every exchange and login writes anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.bootstrap.unconfirmed import OWN_MATTERS
from crfapp.present.package_desk import Waiting
from crfapp.store.engine import reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.ledger.events import Stretch

_MARKS = ", ".join("?" * len(OWN_MATTERS))
_COUNT = f"SELECT count(*), count(DISTINCT subject) FROM event WHERE kind NOT IN ({_MARKS}) AND "  # noqa: S608


def recorded_since(opened: OpenSite, stamp: str) -> Waiting:
    """What was recorded after a moment, in all chains; everything for an empty stamp."""
    return _counted(opened, "at > ?", (stamp,))


def recorded_in(opened: OpenSite, stretches: Sequence[Stretch]) -> Waiting:
    """What was recorded in parts of chains."""
    if not stretches:
        return Waiting(0, 0)
    where = " OR ".join("(node = ? AND seq BETWEEN ? AND ?)" for _ in stretches)
    values = [value for part in stretches for value in (part.node, part.first, part.last)]
    return _counted(opened, f"({where})", values)


def _counted(opened: OpenSite, where: str, values: Sequence[object]) -> Waiting:
    with reading(opened.store.engine) as db:
        found = db.execute(_COUNT + where, (*OWN_MATTERS, *values)).fetchone()
    return Waiting(*found) if found is not None else Waiting(0, 0)

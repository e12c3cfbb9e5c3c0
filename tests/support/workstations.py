"""Several workstations of one site that exchange what they know, in memory or on disk."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from crfapp.ledger.events import ClockNoticed, PackageTakenIn
from crfapp.ledger.state import TABLES
from crfapp.store.engine import reading
from crfapp.store.event_log import EventLog
from crfapp.store.ledger import SqlLedger
from crfapp.work.receiving import Arrival
from tests.support.clinic import RANIA, Clinic
from tests.support.memory_ledger import MemoryLedger

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crfapp.ledger.chain import Sealed
    from crfapp.study.study import Study
    from crfapp.work.receiving import Arrived


_ALWAYS = (PackageTakenIn, ClockNoticed)
"""What taking in may write each time: the receipt, and that the clock here is behind what is known."""


class Workstation(Clinic):
    """One of the site's workstations; ``name`` is its chain. Without ``first`` it founds the site."""

    def __init__(self, study: Study, name: str, first: Workstation | None = None, engine: Any = None) -> None:
        ledger: Any = MemoryLedger() if engine is None else SqlLedger(engine, name)
        if engine is None:
            ledger.node = name
        self.name, self.engine, self.number = name, engine, 0
        if first is not None:
            with ledger.transaction() as running:
                running.receive(first.links())
        super().__init__(study, ledger=ledger, chance=sum(map(ord, name)))
        if first is not None:
            self.clock.at = first.clock.at

    def links(self) -> list[Sealed]:
        """Everything that is known here, chain by chain."""
        if self.engine is None:
            return sorted(self.ledger.links, key=lambda link: (link.node, link.seq))
        with reading(self.engine) as db:
            return list(EventLog().read(db))

    def package(self, *, to: str = "") -> list[Sealed]:
        """What a package for another workstation holds: all but its own chain."""
        return [link for link in self.links() if link.node != to]

    def take_in(self, links: Iterable[Sealed], of: str = "other") -> Arrived:
        """Take in what another one sent."""
        self.number += 1
        told: dict[str, Any] = {
            "package": f"{of}-{self.name}-{self.number}",
            "sender": of,
            "number": self.number,
        }
        told |= {"sha256": "0" * 64, "made_at": "2025-01-05T06:10:00.000000Z"}
        return self.bus.receive(Arrival(links=links, **told), RANIA)

    def hear(self, other: Workstation) -> Arrived:
        """Take in a package that the other one makes now."""
        return self.take_in(other.package(to=self.name), other.name)

    def later(self, minutes: float = 1) -> None:
        """Time passes on the clock here."""
        self.clock.at += timedelta(minutes=minutes)


def rows(one: Workstation) -> dict[str, list[Any]]:
    """All tables as they stand at a workstation."""
    return {spec.name: list(one.ledger.tables.find(table)) for table, spec in TABLES.items()}  # type: ignore[type-var]


def exchange(*all_of_them: Workstation) -> int:
    """Everybody hears everybody, until nobody has anything to say but receipts; how many rounds it took."""
    for number in range(1, 20):
        told = 0
        for one in all_of_them:
            for other in all_of_them:
                if one is not other:
                    arrived = one.hear(other)
                    told += sum(not isinstance(event, _ALWAYS) for event in arrived.outcome.events)
        if not told:
            level(*all_of_them)
            return number
    raise AssertionError("they never come to rest")


def level(*all_of_them: Workstation) -> None:
    """Everybody has the very same events, receipts and all, without writing any further."""
    links = {(link.node, link.seq): link for one in all_of_them for link in one.links()}
    everything = [links[place] for place in sorted(links)]
    for one in all_of_them:
        with one.ledger.transaction() as running:
            running.receive(everything)
        one.desk.forget_forms()

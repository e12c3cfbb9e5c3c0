"""Taking in what another chain says: the receipt, and what follows here from answers that were joined.

Whoever takes in writes a receipt into the own chain (docs/decisions/0024). A workstation of the site also
records what follows: it is worked out from what all answers say together, so two workstations that exchange
come to rest once neither finds anything that is not recorded. Nothing changes in forms that are held.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.ledger.events import Event, PackageTakenIn
from crfapp.ledger.merge import Received
from crfapp.ledger.state import ReceiptRow
from crfapp.work.cases import Command, Topic, UseCase
from crfapp.work.following import what_follows
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crfapp.ledger.chain import Sealed
    from crfapp.ledger.events import Sort
    from crfapp.work.desk import Desk
    from crfapp.work.outcome import Outcome
    from crfapp.work.roles import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival(Command):
    """A package that was opened and examined: its links, and what the receipt says of it.

    No command of :data:`crfapp.work.cases.USE_CASES`: a receipt is written only with what it confirms, by
    :meth:`crfapp.work.bus.Bus.receive`.
    """

    links: Iterable[Sealed]
    package: str
    sender: str
    number: int
    sha256: str
    made_at: str


@dataclass(frozen=True, slots=True)
class Arrived:
    """What taking in led to: the outcome as of a command, how many events were new, about which subjects."""

    outcome: Outcome
    new: int
    subjects: frozenset[str]


NOTHING_NEW = Received(0, frozenset(), frozenset(), frozenset())
"""Before anything was received."""


def receiving(received: Received, sort: Sort) -> UseCase:
    """The use case of taking in what was received just now, in the same transaction.

    ``sort`` says where: only the site records what follows from answers.
    """

    def take_in(arrival: Arrival, desk: Desk, _actor: Actor) -> Iterator[Event]:
        """The receipt, once; then what follows here."""
        if desk.tables.get(ReceiptRow, arrival.package, desk.node) is None:
            yield desk.lay(_receipt(arrival, received.new, desk))
        if sort == "site":
            yield from what_follows(desk, received)

    return UseCase(Arrival, Right.RECEIVE, frozenset(Topic), lambda _arrival, _desk: False, take_in)


def _receipt(arrival: Arrival, new: int, desk: Desk) -> PackageTakenIn:
    told = {"package": arrival.package, "sender": arrival.sender, "number": arrival.number}
    made = {"sha256": arrival.sha256, "made_at": arrival.made_at}
    return PackageTakenIn(**told, **made, events=new, ends=desk.reached())

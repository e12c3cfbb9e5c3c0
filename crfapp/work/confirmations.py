"""What became of packages, and for how long nothing was heard (REQ-402, 806).

A package counts as confirmed by one thing alone: the receipt that its recipient wrote into their own chain,
of the same number and the same bytes. What was sent is not confirmed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from crfapp.ledger.state import NodeRow, PackageRow, ReceiptRow, RecipientRow
from crfapp.work.policy import policy_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.work.ports import Tables

BY_HAND = "by hand"
"""The route of a package that somebody carried."""

Stage = Literal["made", "sent", "confirmed"]


@dataclass(frozen=True, slots=True)
class Posted:
    """A package and how far it has come; ``confirmed`` is when, by its recipient's clock, or empty."""

    row: PackageRow
    confirmed: str = ""

    @property
    def stage(self) -> Stage:
        """Made and waiting, sent, or confirmed; also one that nobody noted as sent can be confirmed."""
        if self.confirmed:
            return "confirmed"
        return "sent" if self.row.sent else "made"


@dataclass(frozen=True, slots=True)
class Silence:
    """Nothing was heard for longer than the rules allow. ``since`` is a stamp, ``days`` how many are over.

    ``of``: ``receipts`` from a recipient who confirms, ``sending`` to one who only reads.
    """

    of: Literal["receipts", "sending"]
    name: str
    since: str
    days: int


def posted(tables: Tables, node: str | None = None) -> tuple[Posted, ...]:
    """Packages by recipient and number: those that a chain made, or all."""
    rows = tables.find(PackageRow) if node is None else tables.find(PackageRow, node=node)
    return tuple(
        Posted(row, _confirmed(tables, row))
        for row in sorted(rows, key=lambda one: (one.peer, one.node, one.number))
    )


def last_confirmed(tables: Tables) -> Posted | None:
    """The package that a recipient of the site's data confirmed last; copies of the site do not count."""
    heard = {row.node: row.recipient for row in tables.find(RecipientRow) if row.node}
    receipts = [receipt for node in heard for receipt in tables.find(ReceiptRow, node=node)]
    for receipt in sorted(receipts, key=lambda one: (one.at, one.number), reverse=True):
        row = tables.get(PackageRow, receipt.package)
        if row is not None and row.peer == heard[receipt.node] and _confirmed(tables, row):
            return Posted(row, receipt.at)
    return None


def overdue(tables: Tables, now: datetime) -> tuple[Silence, ...]:
    """At a site: from whom nothing came for too long, by the name of the recipient."""
    most = policy_of(tables).silent_days
    found = (_silence(tables, row, now) for row in tables.find(RecipientRow, ended=0))
    return tuple(sorted((one for one in found if one.days >= most), key=lambda one: one.name))


def sends_for_site(tables: Tables, node: str) -> bool:
    """Whether this is a workstation of the site: a monitor's copy hears of the site's packages only late."""
    own = tables.get(NodeRow, node)
    return own is None or own.sort == "site"


def days_since(stamp: str, now: datetime) -> int:
    """Whole days from a stamp until now; none for one that is still to come."""
    return max(0, (now - datetime.fromisoformat(stamp)).days)


def _confirmed(tables: Tables, row: PackageRow) -> str:
    receipts = (tables.get(ReceiptRow, row.package, node) for node in _hearing(tables, row.peer))
    told = (row.number, row.sha256)
    return min(
        (one.at for one in receipts if one is not None and (one.number, one.sha256) == told), default=""
    )


def _hearing(tables: Tables, peer: str) -> Iterator[str]:
    """The chains in which a peer would write a receipt."""
    recipient = tables.get(RecipientRow, peer)
    if recipient is not None and recipient.node:
        yield recipient.node
    if tables.get(NodeRow, peer) is not None:
        yield peer


def _silence(tables: Tables, row: RecipientRow, now: datetime) -> Silence:
    if row.node:
        heard = [receipt.at for receipt in tables.find(ReceiptRow, node=row.node)]
    else:
        heard = [package.sent for package in tables.find(PackageRow, peer=row.recipient)]
    since = max((row.at, *heard))
    return Silence("receipts" if row.node else "sending", row.name, since, days_since(since, now))

"""What happened at a clinic through other hands: an event is sealed into its chain, as the bus does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.times import utc_stamp
from crfapp.ledger.chain import Envelope, Record, seal
from crfapp.ledger.clock import Hybrid
from crfapp.ledger.events import QueryClosed, QueryRaised
from crfapp.ledger.fold import changes_of

if TYPE_CHECKING:
    from crfapp.ledger.events import Event
    from crfapp.ledger.keys import ItemKey
    from crfapp.work.roles import Actor
    from tests.support.clinic import Clinic


def happen(clinic: Clinic, event: Event, actor: Actor) -> None:
    """Append one event in somebody's name, at the present of the clinic's clock."""
    with clinic.ledger.transaction() as transaction:
        head, now = transaction.head, clinic.clock.now()
        known = Hybrid.parse(head.hybrid) if head.hybrid else Hybrid(0, 0)
        hybrid = str(known.next(int(now.timestamp() * 1000)))
        envelope = Envelope(
            node="ws-test",
            seq=head.seq + 1,
            prev=head.hash,
            at=utc_stamp(now),
            offset=180,
            zone="Asia/Amman",
            hybrid=hybrid,
            act=f"{head.seq:016x}",
            login=actor.login,
            name=actor.name,
            role=actor.role.value,
            organisation=actor.organisation,
            pack=clinic.desk.pack_hash,
            software="0.1.0",
        )
        link = seal(envelope, event, lambda count: bytes(count))
        transaction.append([link], list(changes_of(Record(envelope, event))), hybrid)


def ask(clinic: Clinic, place: ItemKey, actor: Actor, query: str = "q1", text: str = "Please check.") -> None:
    """Somebody asks about an item."""
    happen(clinic, QueryRaised(**place._asdict(), query=query, text=text), actor)


def settle(clinic: Clinic, actor: Actor, query: str = "q1") -> None:
    """Whoever asked is content."""
    happen(clinic, QueryClosed(query=query), actor)

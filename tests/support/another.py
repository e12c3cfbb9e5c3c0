"""What another workstation of the site says, told as events of a chain of its own."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from crfapp.base.times import utc_stamp
from crfapp.ledger.chain import GENESIS, Envelope, open_sealed, seal
from crfapp.ledger.clock import Hybrid
from tests.support.clinic import RANIA

if TYPE_CHECKING:
    from crfapp.ledger.chain import Sealed
    from crfapp.ledger.events import Event
    from tests.support.clinic import Clinic

OTHER = "ws-other"


def another_says(clinic: Clinic, *events: Event, node: str = OTHER, minutes: float = 1) -> list[Sealed]:
    """Let it have said so some minutes after now (or before), and be known here; gives the links."""
    ledger, at = clinic.ledger, clinic.clock.now() + timedelta(minutes=minutes)
    chain = [link for link in ledger.links if link.node == node]
    seq, prev = (chain[-1].seq, chain[-1].hash) if chain else (0, GENESIS)
    hybrid = Hybrid.parse(open_sealed(chain[-1]).envelope.hybrid) if chain else Hybrid(0, 0)
    links = []
    for event in events:
        seq, hybrid = seq + 1, hybrid.next(int(at.timestamp() * 1000))
        who = (RANIA.login, RANIA.name, RANIA.role.value, RANIA.organisation)
        where = (utc_stamp(at), 180, clinic.desk.zone, str(hybrid), "0" * 16)
        envelope = Envelope(node, seq, prev, *where, *who, clinic.desk.pack_hash, "0.1.0")
        links.append(seal(envelope, event, lambda count: b"\0" * count))
        prev = links[-1].hash
    with ledger.transaction() as running:
        running.receive(links)
    clinic.desk.forget_forms()
    return links

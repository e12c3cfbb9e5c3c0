"""Events put into a clinic's ledger without the command that would yield them, as if it had been sent."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from crfapp.base.times import Moment, utc_stamp
from crfapp.ledger.chain import Envelope, Record, seal
from crfapp.ledger.clock import Hybrid
from crfapp.ledger.fold import changes_of

if TYPE_CHECKING:
    from crfapp.ledger.events import Event
    from crfapp.ledger.keys import EventId
    from crfapp.work.roles import Actor
    from tests.support.clinic import Clinic


def tell(clinic: Clinic, event: Event, actor: Actor | None = None) -> EventId:
    """Append one event, now, in somebody's name; which one it became."""
    who, head, now = actor or clinic.actor, clinic.ledger.head, clinic.clock.now()
    hybrid = (Hybrid.parse(head.hybrid) if head.hybrid else Hybrid(0, 0)).next(int(now.timestamp() * 1000))
    envelope = Envelope(
        node="ws-test",
        seq=head.seq + 1,
        prev=head.hash,
        at=utc_stamp(now),
        offset=Moment.at(now, clinic.desk.zone).offset_minutes,
        zone=clinic.desk.zone,
        hybrid=str(hybrid),
        act=f"told-{head.seq + 1}",
        login=who.login,
        name=who.name,
        role=who.role.value,
        organisation=who.organisation,
        pack=clinic.desk.pack_hash,
        software="0.1.0",
    )
    link = seal(envelope, event, os.urandom)
    clinic.ledger.append([link], list(changes_of(Record(envelope, event))), str(hybrid))
    return envelope.id

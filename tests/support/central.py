"""The centre beside a ward: its bus writes a chain of its own into the same set of events."""

from __future__ import annotations

import random
from contextlib import contextmanager
from typing import TYPE_CHECKING

from crfapp.journeys.memory_ledger import MemoryHead
from crfapp.ledger.chain import GENESIS
from crfapp.ledger.speaking import centre_node
from crfapp.work.bus import Bus, Workstation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.clinic import Clinic

CENTRE = "c0ffee"
NODE = centre_node(CENTRE, "s1")


def central_bus(clinic: Clinic) -> Bus:
    """What the centre's people send their commands through; the desk is theirs from here on."""
    entropy = random.Random(11).randbytes  # noqa: S311 - salts of a test need to be the same each time
    workstation = Workstation(NODE, "0.1.0", "centre")
    return Bus(clinic.ledger, clinic.desk, clinic.clock, entropy=entropy, workstation=workstation)


@contextmanager
def at_centre(clinic: Clinic) -> Iterator[Bus]:
    """Work at the centre for a while, in its own chain; then desk and chain are the site's again."""
    node, site = clinic.desk.node, clinic.ledger.head
    own = [link for link in clinic.ledger.links if link.node == NODE]
    seq, last = (own[-1].seq, own[-1].hash) if own else (0, GENESIS)
    clinic.ledger.head = MemoryHead(seq, last, site.hybrid)
    try:
        yield central_bus(clinic)
    finally:
        hybrid = clinic.ledger.head.hybrid
        clinic.desk.node, clinic.ledger.head = node, MemoryHead(site.seq, site.hash, hybrid)

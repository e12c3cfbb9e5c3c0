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
    """Work at the centre for a while; then the desk is the site's again."""
    here, own = clinic.desk.node, clinic.ledger.head
    said = [link for link in clinic.ledger.links if link.node == NODE]
    end = (said[-1].seq, said[-1].hash) if said else (0, GENESIS)
    clinic.ledger.head = MemoryHead(*end, own.hybrid)
    try:
        yield central_bus(clinic)
    finally:
        clinic.desk.node = here
        clinic.ledger.head = MemoryHead(own.seq, own.hash, clinic.ledger.head.hybrid)

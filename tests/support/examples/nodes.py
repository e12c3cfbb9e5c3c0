"""Examples of the commands about workstations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.work.nodes import RegisterNode, RevokeNode
from crfapp.work.roles import Role
from tests.support.clinic import ADMIN
from tests.support.examples.recipients import CERTIFICATE

if TYPE_CHECKING:
    from crfapp.ledger.events import Sort
    from crfapp.work.cases import Command
    from tests.support.clinic import Clinic
    from tests.support.examples.kinds import Example
    from tests.support.ward import Ward


def workstation(node: str, sign: str, *, label: str = "Ward", sort: Sort = "site") -> RegisterNode:
    """The wish to hear a workstation; ``sign`` is a hex digit that its fingerprint is made of."""
    fingerprint = sign * 40
    certificate = CERTIFICATE.format(fingerprint)
    return RegisterNode(node=node, sort=sort, label=label, certificate=certificate, fingerprint=fingerprint)


def two_workstations(clinic: Clinic) -> str:
    """This workstation and a second one are registered; gives the second one's name."""
    clinic.bus.send(workstation("ws-test", "A", label="Clinic"), ADMIN)
    clinic.bus.send(workstation("ws-ward", "B"), ADMIN)
    return "ws-ward"


def _revoke(ward: Ward) -> Command:
    return RevokeNode(node=two_workstations(ward), reason="left in a taxi")


NODES: dict[type[Command], Example] = {
    RegisterNode: (lambda _w: workstation("ws-test", "A"), Role.ADMINISTRATOR, ["node-registered"]),
    RevokeNode: (_revoke, Role.ADMINISTRATOR, ["node-revoked"]),
}

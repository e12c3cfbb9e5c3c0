"""Examples of the commands about whom packages go to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger.state import RecipientWishRow
from crfapp.work.recipients import (
    AgreeRecipient,
    DeclineRecipient,
    EndRecipient,
    ProposeRecipient,
    SetRoute,
)
from crfapp.work.roles import Actor, Role
from tests.support.clinic import ADMIN

if TYPE_CHECKING:
    from crfapp.work.cases import Command
    from tests.support.clinic import Clinic
    from tests.support.examples.kinds import Example
    from tests.support.ward import Ward

KHALIL = Actor("khalil", "Dr Khalil", Role.INVESTIGATOR, "Cell Therapy Center")
CERTIFICATE = "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n{}\n-----END PGP PUBLIC KEY BLOCK-----\n"
OURS, SWAPPED = "A1" * 20, "B2" * 20
"""Fingerprints of the sponsor's certificate, and of one that somebody would like to put in its place."""


def proposal(fingerprint: str = OURS, recipient: str = "", *, node: str = "") -> ProposeRecipient:
    """The wish to send to the sponsor."""
    certified = {"certificate": CERTIFICATE.format(fingerprint), "fingerprint": fingerprint}
    told = {"name": "Evia data centre", "profile": "sponsor", "recipient": recipient, "node": node}
    return ProposeRecipient(**told, **certified)


def proposed(clinic: Clinic, fingerprint: str = OURS, recipient: str = "", *, node: str = "") -> str:
    """Propose it as an administrator; gives the recipient's id."""
    clinic.bus.send(proposal(fingerprint, recipient, node=node), ADMIN)
    return clinic.ledger.tables.find(RecipientWishRow, state="asked")[-1].recipient


def agreed(clinic: Clinic, *, node: str = "") -> str:
    """A recipient in force, whose code an investigator compared."""
    recipient = proposed(clinic, node=node)
    clinic.bus.send(AgreeRecipient(recipient=recipient, fingerprint=OURS), KHALIL)
    return recipient


def _set_route(ward: Ward) -> Command:
    return SetRoute(peer=agreed(ward), url="sftp://jo01@data.example.org/in")


RECIPIENTS: dict[type[Command], Example] = {
    ProposeRecipient: (lambda _w: proposal(), Role.ADMINISTRATOR, ["recipient-proposed"]),
    AgreeRecipient: (
        lambda ward: AgreeRecipient(recipient=proposed(ward), fingerprint=OURS),
        Role.INVESTIGATOR,
        ["recipient-agreed"],
    ),
    DeclineRecipient: (
        lambda ward: DeclineRecipient(recipient=proposed(ward), reason="the code is another one"),
        Role.INVESTIGATOR,
        ["recipient-declined"],
    ),
    EndRecipient: (
        lambda ward: EndRecipient(recipient=agreed(ward), reason="the trial moved"),
        Role.ADMINISTRATOR,
        ["recipient-ended"],
    ),
    SetRoute: (_set_route, Role.ADMINISTRATOR, ["route-set"]),
}

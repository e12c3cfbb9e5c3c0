"""A real site that sends packages, and whoever gets them: keys, an agreed recipient, an opened package."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crfapp.bootstrap.joining import register_this
from crfapp.bootstrap.packing import make_package
from crfapp.exchange.openpgp import Certificate, SecretKey, new_key
from crfapp.exchange.package.reading import open_package
from crfapp.ledger.state import NodeRow, RecipientWishRow
from crfapp.work.nodes import RegisterNode
from crfapp.work.recipients import AgreeRecipient, ProposeRecipient
from tests.support.quick_site import QuickSite

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crfapp.bootstrap.packing import Made
    from crfapp.exchange.package.reading import OpenPackage
    from crfapp.ledger.events import Sort

CENTRE = "centre-1"


@dataclass
class Sender:
    """A site whose workstation is on record, and ``key`` of the data centre that packages go to."""

    site: QuickSite
    key: SecretKey = field(default_factory=lambda: new_key("Evia data centre"))
    nodes: list[NodeRow] = field(default_factory=list)
    recipient: str = ""

    def __post_init__(self) -> None:
        self.site.settle("rania", "haddad")
        with self.site.open() as opened:
            register_this(opened, opened.actor("admin"))
            self.nodes = list(opened.desk.tables.find(NodeRow))
        self.recipient = self.agree("sponsor", node=CENTRE)

    def propose(self, profile: str, *, certificate: Certificate | None = None, node: str = "") -> str:
        """Somebody packages are to go to; nobody has agreed yet."""
        certificate = certificate or self.key.certificate
        with self.site.open() as opened:
            command = ProposeRecipient(
                name=f"Evia {profile}",
                profile=profile,
                certificate=certificate.armored,
                fingerprint=certificate.fingerprint,
                node=node,
            )
            opened.bus.send(command, opened.actor("admin"))
            return opened.desk.tables.find(RecipientWishRow, state="asked")[-1].recipient

    def agree(self, profile: str, *, certificate: Certificate | None = None, node: str = "") -> str:
        """Somebody in force: an administrator proposed, the investigator compared the code."""
        certificate = certificate or self.key.certificate
        recipient = self.propose(profile, certificate=certificate, node=node)
        with self.site.open() as opened:
            agreed = AgreeRecipient(recipient=recipient, fingerprint=certificate.fingerprint)
            opened.bus.send(agreed, opened.actor("haddad"))
        return recipient

    def agree_to(self, certificate: Certificate, profile: str = "sponsor") -> str:
        """Somebody who gets what ``profile`` says; the last two are no recipients but workstations."""
        if profile not in ("monitor", "workstation"):
            return self.agree(profile, certificate=certificate)
        sort: Sort = "monitor" if profile == "monitor" else "site"
        with self.site.open() as opened:
            command = RegisterNode(
                node=f"ws-{profile}",
                sort=sort,
                label=profile,
                certificate=certificate.armored,
                fingerprint=certificate.fingerprint,
            )
            opened.bus.send(command, opened.actor("admin"))
        return f"ws-{profile}"

    def make(self, peer: str = "", *, full: bool = False, by: str = "rania") -> Made:
        """The next package."""
        with self.site.open() as opened:
            return make_package(opened, opened.actor(by), peer or self.recipient, full=full)

    @contextmanager
    def opened(self, file: Path) -> Iterator[OpenPackage]:
        """A package as it is read where it comes."""
        with open_package(file, self.key, self.nodes, file.parent) as package:
            yield package


def sender_at(folder: Path) -> Sender:
    """A new site with one recipient in force."""
    return Sender(QuickSite(folder))

"""A real site with a recipient in force: packages lie in its outbox, and receipts come back."""

from __future__ import annotations

import os
import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crfapp.base.canonical import sha256
from crfapp.base.times import utc_stamp
from crfapp.bootstrap.package_files import outbox_of
from crfapp.ledger.chain import GENESIS, Envelope, seal
from crfapp.ledger.clock import Hybrid
from crfapp.ledger.events import PackageTakenIn
from crfapp.ledger.speaking import centre_node
from crfapp.ledger.state import PackageRow, RecipientWishRow
from crfapp.work.packages import NotePackage, last_package
from crfapp.work.receiving import Arrival
from crfapp.work.recipients import AgreeRecipient, SetRoute
from tests.support.examples.recipients import OURS, proposal
from tests.support.quick_site import QuickSite

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.ledger.chain import Sealed


@dataclass
class OutgoingSite:
    """Rania makes packages, Dr Haddad agrees to recipients; ``centre`` is the chain written there."""

    folder: Path
    quick: QuickSite = field(init=False)
    recipient: str = ""
    centre: str = ""

    def __post_init__(self) -> None:
        self.quick = QuickSite(self.folder)
        self.quick.settle("rania", "haddad")
        self._receipts: list[Sealed] = []
        with self.quick.open() as opened:
            self.centre = centre_node("c0ffee", opened.desk.site.site)
            opened.bus.send(proposal(node=self.centre), opened.actor("admin"))
            [wish] = opened.desk.tables.find(RecipientWishRow)
            self.recipient = wish.recipient
            agree = AgreeRecipient(recipient=self.recipient, fingerprint=OURS)
            opened.bus.send(agree, opened.actor("haddad"))

    def route(self, opened: OpenSite, url: str) -> None:
        """Packages go there."""
        opened.bus.send(SetRoute(peer=self.recipient, url=url), opened.actor("admin"))

    def make(self, opened: OpenSite, content: bytes = b"") -> PackageRow:
        """One more package in the outbox, on record as made by Rania."""
        number, previous = last_package(opened.desk.tables, opened.desk.node, self.recipient)
        package, body = f"p{number + 1}", content or os.urandom(2000)
        file = outbox_of(opened) / f"JO01-{number + 1:04}.pgp"
        file.write_bytes(body)
        note = NotePackage(
            package=package,
            peer=self.recipient,
            fingerprint=OURS,
            number=number + 1,
            previous=previous,
            file=file.name,
            sha256=sha256(body),
            full=False,
            stretches=(),
        )
        opened.bus.send(note, opened.actor("rania"))
        row = opened.desk.tables.get(PackageRow, package)
        assert row is not None
        return row

    def confirm(self, opened: OpenSite, row: PackageRow, digest: str = "") -> None:
        """The receipt for a package comes back from the centre."""
        now = utc_stamp(self.quick.clock.now())
        event = PackageTakenIn(
            package=row.package,
            sender=row.node,
            number=row.number,
            sha256=digest or row.sha256,
            made_at=row.made,
            events=row.events,
            ends=(),
        )
        prev = self._receipts[-1].hash if self._receipts else GENESIS
        envelope = Envelope(
            node=self.centre,
            seq=len(self._receipts) + 1,
            prev=prev,
            at=now,
            offset=0,
            zone="UTC",
            hybrid=str(Hybrid(int(self.quick.clock.now().timestamp() * 1000), len(self._receipts))),
            act="00",
            login="keller",
            name="Iris Keller",
            role="data-manager",
            organisation="Evia",
            pack=opened.desk.pack_hash,
            software="0.1.0",
        )
        chance = random.Random(row.number)  # noqa: S311 - salts of a test
        self._receipts.append(seal(envelope, event, chance.randbytes))
        reply = Arrival(
            links=self._receipts[-1:],
            package=f"reply-{len(self._receipts)}",
            sender=self.centre,
            number=len(self._receipts),
            sha256="0" * 64,
            made_at=now,
        )
        opened.bus.receive(reply, opened.actor("rania"))

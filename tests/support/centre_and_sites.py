"""A real centre and real sites on the disk that know each other, with cheap passwords and one clock."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crfapp.bootstrap.centre.founding import CODE, found_centre
from crfapp.bootstrap.centre.home import Centre
from crfapp.bootstrap.node_keys import node_key
from crfapp.bootstrap.packing import make_package
from crfapp.bootstrap.playing import add_people
from crfapp.bootstrap.site_card import write_site_card
from crfapp.bootstrap.sites import OpenSite
from crfapp.bootstrap.taking_in import take_in
from crfapp.exchange.openpgp import read_certificate
from crfapp.exchange.package.manifest import Manifest
from crfapp.exchange.package.writing import Packing, write_package
from crfapp.ledger.events import Stretch
from crfapp.ledger.speaking import centre_node
from crfapp.ledger.state import NodeRow, RecipientRow, RecipientWishRow
from crfapp.present.entrance import NewSite
from crfapp.store.gate import Gate
from crfapp.store.site_folder import SiteFolder
from crfapp.store.vault import Vault
from crfapp.work.recipients import AgreeRecipient, ProposeRecipient
from tests.support.clinic import SetClock
from tests.support.quick_site import ADMIN_PASSWORD, QUICK, QuickSite
from tests.support.tiny import FOLDER as TINY
from tests.support.written_chain import WrittenChain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crfapp.exchange.package.manifest import Part
    from crfapp.exchange.taken_in import TakenIn
    from crfapp.ledger.events import Event

MANAGER = "keller"
CENTRE_PEOPLE = {MANAGER: ("data-manager", "Iris Keller")}


@dataclass
class RealCentre:
    """A centre that a data manager works at."""

    folder: Path
    clock: SetClock = field(default_factory=SetClock)
    database: str = ""
    pack: Path = TINY

    def __post_init__(self) -> None:
        new = NewSite(
            self.folder,
            self.pack,
            CODE,
            "Evia data centre",
            "Europe/Berlin",
            login="admin",
            person="Centre administrator",
            password=ADMIN_PASSWORD,
            accepted=True,
        )
        self.sheet = found_centre(new, self.clock, cost=QUICK, database=self.database)
        self.key = Vault.load(self.folder, QUICK).open("admin", ADMIN_PASSWORD)
        with self.open("admin") as centre:
            add_people(centre.home, self.folder, self.key, CENTRE_PEOPLE, cost=QUICK)

    @contextmanager
    def open(self, login: str = MANAGER) -> Iterator[Centre]:
        """Somebody is at work there."""
        folder = SiteFolder.open(self.folder)
        home = OpenSite.open(folder, self.key, self.clock, Gate(folder, self.clock, QUICK))
        with Centre(home, login) as centre:
            yield centre


@dataclass
class JoinedSite:
    """A site that has the centre's card, and whose card the centre has, unless it is not ``known`` there."""

    site: QuickSite
    centre: RealCentre
    known: bool = True
    recipient: str = ""

    def __post_init__(self) -> None:
        self.site.settle("rania", "haddad")
        with self.site.open() as opened, self.centre.open("admin") as centre:
            card = write_site_card(opened, opened.actor("admin"), self.card)
            self.id, known = card.site, centre.card
            if self.known:
                centre.add(card)
            wish = ProposeRecipient(
                name=known.name,
                profile="sponsor",
                certificate=known.certificate,
                fingerprint=known.fingerprint,
                node=centre_node(known.centre, card.site),
            )
            opened.bus.send(wish, opened.actor("admin"))
            (asked,) = opened.desk.tables.find(RecipientWishRow, state="asked")
            agreed = AgreeRecipient(recipient=asked.recipient, fingerprint=asked.fingerprint)
            opened.bus.send(agreed, opened.actor("haddad"))
            (row,) = opened.desk.tables.find(RecipientRow)
            self.recipient = row.recipient

    @property
    def card(self) -> Path:
        """Where the site's card lies."""
        return self.site.folder / "card.json"

    def pack(self, *, full: bool = False) -> Path:
        """The next package for the centre."""
        with self.site.open() as opened:
            return make_package(opened, opened.actor("rania"), self.recipient, full=full).path

    def receive(self, file: Path, by: str = "rania") -> TakenIn:
        """Take in what came."""
        with self.site.open() as opened:
            return take_in(opened, opened.actor(by), file)


def forged(site: JoinedSite, events: list[Event]) -> Path:
    """A package for the site that says these events in the centre's chain, rightly signed by the centre."""
    with site.site.open() as opened, site.centre.open() as at:
        here, own = opened.desk.site, opened.store.workstation.node
        row = opened.desk.tables.get(NodeRow, own)
        assert row is not None
        to = read_certificate(row.certificate.encode())
        node = centre_node(at.mark.centre, site.id)
        chain = WrittenChain(node, site=site.id)
        for event in events:
            chain.write(event)
        stretch = Stretch(node, 1, len(chain.links), chain.head)

        def manifest(parts: tuple[Part, ...]) -> Manifest:
            return Manifest(
                package="f" * 16,
                profile="reply",
                study=here.study,
                site=here.site,
                code=here.code,
                node=node,
                sort="centre",
                peer=own,
                to=(to.fingerprint,),
                number=1,
                previous="",
                made_at="2025-01-05T07:00:00.000000Z",
                made_local="2025-01-05T08:00+01:00[Europe/Berlin]",
                software="0.1.0",
                pack=opened.desk.pack_hash,
                full=True,
                stretches=(stretch,),
                ends=(),
                parts=parts,
            )

        packing = Packing(manifest, lambda: chain.links, (), (), (), lambda: ())
        target = site.centre.folder / f"forged-{events[-1].kind}.pgp"
        key = node_key(at.home.store, at.mark.name)
        write_package(packing, target, to=(to,), signer=key, plain=site.centre.folder)
    return target

"""What the Exchange page asks of an open site: packages, files that came, certificates, the site's card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.bootstrap.beside import beside
from crfapp.bootstrap.node_keys import node_key
from crfapp.bootstrap.outbox import bring, carry, send
from crfapp.bootstrap.package_content import Chains
from crfapp.bootstrap.package_files import inbox_of, outbox_of
from crfapp.bootstrap.packing import make_package
from crfapp.bootstrap.site_card import write_site_card
from crfapp.bootstrap.taking_in import take_in
from crfapp.bootstrap.waiting import recorded_in, recorded_since
from crfapp.exchange.cards import read_centre_card
from crfapp.exchange.openpgp import decrypt, read_certificate, short_code
from crfapp.exchange.package.reading import read_plain
from crfapp.exchange.package.scratch import scratch
from crfapp.exchange.quarantine import quarantined
from crfapp.exchange.whole_file import disk_named
from crfapp.ledger.speaking import centre_node
from crfapp.ledger.state import NodeRow, PackageRow, RecipientRow, RouteRow
from crfapp.present.package_desk import Offered, Taken
from crfapp.present.package_words import size_words
from crfapp.store.engine import reading

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.exchange.cards import CentreAsKnown
    from crfapp.exchange.openpgp import SecretKey
    from crfapp.exchange.taken_in import TakenIn
    from crfapp.present.lane import Steps
    from crfapp.present.package_desk import Waiting
    from crfapp.work.roles import Actor

LARGEST_FILE = 262_144
"""A certificate or card has a few kilobytes."""


class SitePackages:
    """Implements :class:`crfapp.present.package_desk.PackageDesk` for whoever is in."""

    def __init__(self, opened: OpenSite, actor: Actor) -> None:
        self._opened, self._actor = opened, actor

    def make(self, peer: str, *, full: bool, steps: Steps) -> str:
        """Make a package."""
        return make_package(beside(self._opened, steps), self._actor, peer, full=full).package

    def send(self, package: str, steps: Steps) -> None:
        """Put it on its route."""
        send(beside(self._opened, steps), self._actor, package)

    def carry(self, package: str, folder: Path, steps: Steps) -> Path:
        """Copy it to a folder."""
        return carry(beside(self._opened, steps), self._actor, package, folder)

    def inside(self, package: str, steps: Steps) -> Sequence[tuple[str, str]]:
        """Open it with this workstation's key and name its parts."""
        steps.step(0, 0, "")
        row = self._row(package)
        folder, key = outbox_of(self._opened), self._key()
        file, own = folder / row.file, key.certificate
        if not file.is_file():
            raise RefusedError(Code.OUTBOX_DIFFERS, file=row.file)
        with scratch(folder, file.stat().st_size) as place:
            decrypt(file, place, key, {own.fingerprint: own.armored})
            with place.open("rb") as plain:
                manifest = read_plain(plain)
        return tuple((part.name, size_words(part.size)) for part in manifest.parts)

    def take_in(self, file: Path, steps: Steps) -> Taken:
        """Take in a file; a refusal stands in the result."""
        opened = self._opened
        found = take_in(beside(opened, steps), self._actor, file)
        if file.parent == inbox_of(opened):  # it stands in the records now, or in the quarantine
            with disk_named(file.parent):
                file.unlink(missing_ok=True)
        return told_of(found)

    def look(self, steps: Steps) -> Sequence[Path]:
        """Fetch what is new on every route; what was fetched earlier and not taken in comes with it."""
        opened, inbox = beside(self._opened, steps), inbox_of(self._opened)
        for row in opened.desk.tables.find(RouteRow):
            if row.url and self._is_in_force(row.peer):
                steps.step(0, 0, row.url)
                bring(opened, self._actor, row.peer)
        return sorted(path for path in inbox.iterdir() if path.is_file() and path.suffix != ".json")

    def set_aside(self, sha256: str) -> Path | None:
        """Where a file of the quarantine lies."""
        kept = quarantined(self._opened.store.folder.path)
        return next((one.path for one in kept if one.report.sha256 == sha256), None)

    def waiting(self, peer: str) -> Waiting:
        """What they have not confirmed, without what every exchange writes anew."""
        opened, node = self._opened, self._node_of(peer)
        here, sort = opened.store.workstation.node, opened.store.folder.card.sort
        if not node:
            rows = opened.store.ledger.tables.find(PackageRow, node=here, peer=peer)
            return recorded_since(opened, max((row.made for row in rows), default=""))
        with reading(opened.store.engine) as db:
            stretches = Chains(db, here, sort, node).stretches(full=False)
        return recorded_in(opened, stretches)

    def size(self, package: str) -> int | None:
        """The size of its file."""
        row = self._opened.store.ledger.tables.get(PackageRow, package)
        file = outbox_of(self._opened) / row.file if row is not None else None
        return file.stat().st_size if file is not None and file.is_file() else None

    def read(self, file: Path) -> Offered:
        """A centre's card, or a bare certificate."""
        with disk_named(file.parent), file.open("rb") as opened:
            content = opened.read(LARGEST_FILE)
        if content.lstrip().startswith(b"{"):
            return self._offered(read_centre_card(file))
        certificate = read_certificate(content)
        return Offered(certificate.armored, certificate.fingerprint, certificate.user)

    def code(self, fingerprint: str) -> str:
        """In fours."""
        return short_code(fingerprint)

    def own(self) -> str:
        """The fingerprint of this workstation's key."""
        return self._key().certificate.fingerprint

    def give_card(self, target: Path) -> None:
        """Write the card of this site."""
        write_site_card(self._opened, self._actor, target)

    def _offered(self, card: CentreAsKnown) -> Offered:
        site, certificate = self._opened.desk.site, read_certificate(card.certificate.encode())
        if card.study != site.study:
            raise RefusedError(Code.PACKAGE_OTHER_SITE, study=card.study)
        node = centre_node(card.centre, site.site)
        return Offered(certificate.armored, certificate.fingerprint, card.name, node)

    def _key(self) -> SecretKey:
        return node_key(self._opened.store, self._opened.store.folder.card.code)

    def _row(self, package: str) -> PackageRow:
        row = self._opened.store.ledger.tables.get(PackageRow, package)
        if row is None:
            raise RefusedError(Code.PACKAGE_UNKNOWN)
        return row

    def _node_of(self, peer: str) -> str:
        """The chain with which a recipient or workstation confirms; empty where they only read."""
        row = self._opened.store.ledger.tables.get(RecipientRow, peer)
        return row.node if row is not None else peer

    def _is_in_force(self, peer: str) -> bool:
        tables = self._opened.store.ledger.tables
        recipient, node = tables.get(RecipientRow, peer), tables.get(NodeRow, peer)
        return (recipient is not None and not recipient.ended) or (node is not None and not node.revoked)


def told_of(found: TakenIn) -> Taken:
    """What became of a file, as pages show it."""
    problem = RefusedError(found.code, **found.facts) if found.code is not None else None
    return Taken(
        file=found.file,
        sender=found.sender,
        number=found.number,
        new=found.events,
        subjects=len(found.subjects),
        kinds=found.kinds,
        missing=found.missing,
        late=found.late,
        follows=found.follows,
        locked=found.locked,
        declined=found.declined,
        problem=problem,
    )

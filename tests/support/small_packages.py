"""Small packages made by hand: a few events, any manifest, any ZIP; and what is needed to open them."""

from __future__ import annotations

import hashlib
import io
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crfapp.exchange.openpgp import SecretKey, encrypt, new_key
from crfapp.exchange.package.lines import line_of
from crfapp.exchange.package.manifest import EVENTS, MANIFEST, Manifest, Part
from crfapp.exchange.package.reading import open_package
from crfapp.exchange.package.writing import Packed, Packing, write_package
from crfapp.ledger.events import End, Stretch
from crfapp.ledger.state import NodeRow
from tests.support.written_chain import WrittenChain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from crfapp.exchange.package.ports import Photograph, View
    from crfapp.exchange.package.reading import OpenPackage
    from crfapp.ledger.chain import Sealed

PACK = b"the study"
PACK_HASH = hashlib.sha256(PACK).hexdigest()


@dataclass
class Post:
    """A workstation that sends, and a data centre that knows it and reads."""

    folder: Path
    sender: SecretKey = field(default_factory=lambda: new_key("JO01"))
    centre: SecretKey = field(default_factory=lambda: new_key("Evia data centre"))
    chain: WrittenChain = field(default_factory=WrittenChain)
    sort: str = "site"

    def __post_init__(self) -> None:
        if not self.chain.links:
            self.chain.founded()
            self.chain.answer("120", "SYSBP")

    @property
    def heard(self) -> NodeRow:
        """The sender, as it is on record at the centre."""
        own = self.sender.certificate
        return NodeRow(self.chain.node, self.sort, "JO01", own.armored, own.fingerprint, 0, 0, "")

    def manifest(self, parts: tuple[Part, ...] = (), **changes: Any) -> Manifest:
        """What the package of the whole chain says of itself."""
        links, last = self.chain.links, self.chain.links[-1]
        told: dict[str, Any] = {
            "package": "0123456789abcdef",
            "profile": "sponsor",
            "study": "tiny",
            "site": "s1",
            "code": "JO01",
            "node": self.chain.node,
            "sort": "site",
            "peer": "evia",
            "to": (self.centre.certificate.fingerprint,),
            "number": 1,
            "previous": "",
            "made_at": "2025-01-12T08:00:00.000000Z",
            "made_local": "2025-01-12T11:00+03:00[Asia/Amman]",
            "software": "0.1.0",
            "pack": PACK_HASH,
            "full": True,
            "stretches": (Stretch(last.node, 1, len(links), last.hash),),
            "ends": (End(last.node, len(links), last.hash),),
        }
        return Manifest(**(told | {"parts": parts} | changes))

    def write(
        self, name: str = "1.pgp", *, views: tuple[View, ...] = (), photographs: tuple[Photograph, ...] = ()
    ) -> tuple[Path, Packed]:
        """The package as the program makes it."""
        packing = Packing(
            manifest=self.manifest,
            links=lambda: self.chain.links,
            contents=((PACK_HASH, PACK),),
            views=views,
            photographs=photographs,
            certificate=lambda: (("certificate.txt", b"certified\n"),),
        )
        file = self.folder / name
        to = (self.centre.certificate,)
        return file, write_package(packing, file, to=to, signer=self.sender, plain=self.folder)

    def forge(self, files: Mapping[str, bytes], name: str = "forged.pgp", **changes: Any) -> Path:
        """A package of these files, signed, with a manifest that fits unless told otherwise."""
        parts = tuple(
            Part(name=each, size=len(content), sha256=hashlib.sha256(content).hexdigest())
            for each, content in files.items()
            if each != MANIFEST
        )
        manifest = {MANIFEST: self.manifest(**({"parts": parts} | changes)).content}
        whole = io.BytesIO()
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as zipped:
            for each, content in (manifest | dict(files)).items():
                zipped.writestr(each, content)
        return self.send(whole.getvalue(), name)

    def send(self, zipped: bytes, name: str = "forged.pgp") -> Path:
        """Whatever it is, signed and encrypted as a package is."""
        plain, file = self.folder / f"{name}.zip", self.folder / name
        plain.write_bytes(zipped)
        encrypt(plain, file, (self.centre.certificate,), self.sender)
        plain.unlink()
        return file

    @contextmanager
    def opened(self, file: Path) -> Iterator[OpenPackage]:
        """The package, as the centre opens it."""
        with open_package(file, self.centre, (self.heard,), self.folder) as package:
            yield package


def events_file(links: list[Sealed]) -> dict[str, bytes]:
    """The events as the one part of a package."""
    return {EVENTS: b"".join(map(line_of, links))}

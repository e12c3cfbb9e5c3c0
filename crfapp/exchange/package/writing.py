"""Packing: the parts into one ZIP, that into one signed and encrypted file, and whether it opens again.

What was written is decrypted in a test with this workstation's own key, which it is encrypted to as well:
nobody here has the recipient's. Every part is compared with the manifest and every event with its hash before
anybody calls the file a package (REQ-803). Memory does not grow with events or photographs.
"""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, BinaryIO

from crfapp.base.problems import Code, IntegrityProblem, RefusedError
from crfapp.exchange.openpgp import decrypt, discard, encrypt
from crfapp.exchange.package.lines import check_hashes, line_of
from crfapp.exchange.package.manifest import CONTENTS, EVENTS, MANIFEST, PHOTOGRAPHS, Part
from crfapp.exchange.package.reading import read_plain
from crfapp.exchange.package.scratch import scratch
from crfapp.exchange.whole_file import disk_named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from crfapp.exchange.openpgp import Certificate, SecretKey
    from crfapp.exchange.package.manifest import Manifest
    from crfapp.exchange.package.ports import Photograph, View
    from crfapp.ledger.chain import Sealed

_LEVEL = 4
_CHUNK = 1 << 20
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""No file in a package has a time of its own; the manifest says when it was made."""


@dataclass(frozen=True, slots=True)
class Packing:
    """What goes in.

    ``manifest(parts)`` is asked when all else is written, for it names every part. ``links`` are None where
    no events go; they come in the order of the manifest's stretches, as they may leave. ``contents`` are
    study versions by hash, ``certificate`` the two sheets, asked for after the events.
    """

    manifest: Callable[[tuple[Part, ...]], Manifest]
    links: Callable[[], Iterable[Sealed]] | None
    contents: Iterable[tuple[str, bytes]]
    views: Sequence[View]
    photographs: Sequence[Photograph]
    certificate: Callable[[], Iterable[tuple[str, bytes]]]


@dataclass(frozen=True, slots=True)
class Packed:
    """A package that opens again: its manifest, the SHA-256 of the file, and its bytes."""

    manifest: Manifest
    sha256: str
    size: int


def write_package(
    packing: Packing, target: Path, *, to: Sequence[Certificate], signer: SecretKey, plain: Path
) -> Packed:
    """Write ``target``, which must not be there, and open it again.

    ``plain`` is a private folder for what lies there unencrypted meanwhile. CERTIFICATE_WRONG, DISK_FULL and
    the like; IntegrityProblem COPY_DIFFERS where what comes out is not what went in. Nothing is left then.
    """
    size = sum(photograph.size for photograph in packing.photographs)
    with scratch(plain, size) as place:
        with disk_named(plain), place.open("wb") as file:
            manifest = _zip(packing, file)
        encrypt(place, target, [*to, signer.certificate], signer)
    try:
        _try_out(target, manifest, signer, plain)
        with disk_named(target.parent), target.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            return Packed(manifest, digest, file.tell())
    except BaseException:
        discard(target)
        raise


def _zip(packing: Packing, file: BinaryIO) -> Manifest:
    with zipfile.ZipFile(file, "w") as zipped:
        into = _Parts(zipped)
        if packing.links is not None:
            into.add(EVENTS, map(line_of, packing.links()))
        for digest, content in packing.contents:
            into.add(CONTENTS + digest, (content,))
        for view in packing.views:
            into.write(view.name, view.write, stored=view.stored)
        for photograph in packing.photographs:
            name = PHOTOGRAPHS + photograph.name
            if into.add(name, _chunks(photograph), stored=True).sha256 != photograph.sha256:
                raise IntegrityProblem(Code.COPY_DIFFERS, part=name)
        for name, content in packing.certificate():
            into.add(name, (content,))
        manifest = packing.manifest(tuple(into.parts))
        into.add(MANIFEST, (manifest.content,))
    return manifest


class _Parts:
    """Writes the files of a package one after the other, and knows what it wrote."""

    def __init__(self, zipped: zipfile.ZipFile) -> None:
        self._zipped = zipped
        self.parts: list[Part] = []

    def add(self, name: str, pieces: Iterable[bytes], *, stored: bool = False) -> Part:
        def write(file: BinaryIO) -> None:
            for piece in pieces:
                file.write(piece)

        return self.write(name, write, stored=stored)

    def write(self, name: str, write: Callable[[BinaryIO], None], *, stored: bool = False) -> Part:
        entry = zipfile.ZipInfo(name, _EARLIEST)
        entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
        entry._compresslevel = _LEVEL  # type: ignore[attr-defined]
        with self._zipped.open(entry, "w", force_zip64=True) as file:
            counted = _Counted(file)
            write(counted)  # type: ignore[arg-type]
        part = Part(name=name, size=counted.size, sha256=counted.digest.hexdigest())
        self.parts.append(part)
        return part


class _Counted:
    """A file that only grows, and what went into it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.size = 0
        self.digest = hashlib.sha256()

    def write(self, piece: bytes) -> int:
        self._file.write(piece)
        self.digest.update(piece)
        self.size += len(piece)
        return len(piece)


def _chunks(photograph: Photograph) -> Iterator[bytes]:
    with photograph.open() as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _try_out(target: Path, manifest: Manifest, signer: SecretKey, plain: Path) -> None:
    """COPY_DIFFERS where the file does not give back what it was made of."""
    own = signer.certificate
    try:
        with scratch(plain, target.stat().st_size) as place:
            decrypt(target, place, signer, {own.fingerprint: own.armored})
            with place.open("rb") as file:
                found = read_plain(file, check_hashes)
    except RefusedError as problem:
        raise IntegrityProblem(Code.COPY_DIFFERS, because=problem.code.value) from problem
    if found != manifest:
        raise IntegrityProblem(Code.COPY_DIFFERS, part=MANIFEST)

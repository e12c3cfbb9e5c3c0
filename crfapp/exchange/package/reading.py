"""Unpacking: everything about a package that can be known before a single byte of it is taken in.

Who may be heard, whether it is for this site, whether its chains join what is known here: that is the
intake's. Here is whether the file is a package at all, whole, unchanged, made by whom it says.
"""

from __future__ import annotations

import hashlib
import struct
import zipfile
import zlib
from collections.abc import Callable
from contextlib import ExitStack, contextmanager
from typing import IO, TYPE_CHECKING, BinaryIO, cast

from crfapp.base.problems import Code, RefusedError
from crfapp.exchange.openpgp import decrypt
from crfapp.exchange.package.lines import check_links, read_links
from crfapp.exchange.package.manifest import CONTENTS, EVENTS, MANIFEST, read_manifest
from crfapp.exchange.package.scratch import scratch
from crfapp.exchange.package.zip_safety import opened_zip
from crfapp.exchange.seal import is_sealed
from crfapp.exchange.whole_file import disk_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from crfapp.exchange.openpgp import SecretKey
    from crfapp.exchange.package.manifest import Manifest, Part
    from crfapp.ledger.chain import Sealed
    from crfapp.ledger.events import Stretch
    from crfapp.ledger.state import NodeRow

CheckLinks = Callable[["Iterator[Sealed]", "Sequence[Stretch]"], None]
LONGEST_MANIFEST = 64 << 20
LONGEST_CONTENT = 64 << 20
_CHUNK = 1 << 20
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    struct.error,
    NotImplementedError,
    ValueError,
)


class OpenPackage:
    """A package that is what it says it is. ``sha256`` is the file's, ``signer`` a fingerprint."""

    def __init__(self, zipped: zipfile.ZipFile, manifest: Manifest, sha256: str, signer: str) -> None:
        self._zipped = zipped
        self.manifest = manifest
        self.sha256 = sha256
        self.signer = signer

    def links(self) -> Iterator[Sealed]:
        """The events, in the order of the manifest's stretches; each call goes through them anew."""
        if any(part.name == EVENTS for part in self.manifest.parts):
            with self._zipped.open(EVENTS) as file:
                yield from read_links(cast("BinaryIO", file))

    @property
    def contents(self) -> frozenset[str]:
        """The hashes of the study versions inside."""
        names = (part.name for part in self.manifest.parts)
        return frozenset(name.removeprefix(CONTENTS) for name in names if name.startswith(CONTENTS))

    def content(self, digest: str) -> bytes:
        """One of the study versions inside."""
        return self._zipped.read(CONTENTS + digest)

    def open(self, name: str) -> IO[bytes]:
        """One part; KeyError where there is none of this name."""
        return self._zipped.open(name)


@contextmanager
def open_package(file: Path, key: SecretKey, heard: Iterable[NodeRow], plain: Path) -> Iterator[OpenPackage]:
    """Open a package for as long as the block lasts; ``plain`` is a private folder for what is unpacked.

    PACKAGE_NOT_FOR_US; PACKAGE_UNKNOWN_SIGNER where nobody in ``heard`` signed it; PACKAGE_WRONG_ROLE where
    the manifest names another chain than its signer's; PACKAGE_TOO_NEW, PACKAGE_TOO_LARGE, PACKAGE_DAMAGED.
    Whether the signer is revoked is not asked here: a package may have been made before.
    """
    rows = tuple(heard)
    with ExitStack() as held:
        with disk_named(file.parent), file.open("rb") as whole:
            sha256 = hashlib.file_digest(whole, "sha256").hexdigest()
            size = whole.tell()
        place = held.enter_context(scratch(plain, size))
        sealed = is_sealed(file)
        signer = decrypt(file, place, key, {row.fingerprint.upper(): row.certificate for row in rows})
        unpacked = held.enter_context(place.open("rb"))
        manifest = read_plain(unpacked)
        if manifest.sealed and not sealed:
            raise RefusedError(Code.PACKAGE_DAMAGED, why="seal")
        if not _may_sign(manifest, [row for row in rows if row.fingerprint.upper() == signer], rows):
            raise RefusedError(Code.PACKAGE_WRONG_ROLE, node=manifest.node)
        zipped = held.enter_context(zipfile.ZipFile(unpacked))
        yield OpenPackage(zipped, manifest, sha256, signer)


def _may_sign(manifest: Manifest, same: Iterable[NodeRow], heard: Iterable[NodeRow]) -> bool:
    """Whether the manifest names a chain of its signer (``same``: all with that key).

    A workstation of the site may come under a name that is new here: it went on from an older copy, and the
    intake asks for the registration of that name.
    """
    new = manifest.node not in {row.node for row in heard} and manifest.sort == "site"
    return any(row.sort == manifest.sort and (new or row.node == manifest.node) for row in same)


def read_plain(file: BinaryIO, check: CheckLinks = check_links) -> Manifest:
    """The manifest of an unpacked package, after every part and, by ``check``, every event was looked at."""
    with opened_zip(file) as zipped:
        try:
            if zipped.getinfo(MANIFEST).file_size > LONGEST_MANIFEST:
                raise RefusedError(Code.PACKAGE_TOO_LARGE, part=MANIFEST)
            manifest = read_manifest(zipped.read(MANIFEST))
            _check_parts(zipped, manifest)
            _check_events(zipped, manifest, check)
        except _UNREADABLE:
            raise RefusedError(Code.PACKAGE_DAMAGED, why="zip") from None
    return manifest


def _check_parts(zipped: zipfile.ZipFile, manifest: Manifest) -> None:
    """PACKAGE_DAMAGED where a part is missing, added, or another one than the manifest says."""
    named = {part.name: part for part in manifest.parts}
    if len(named) != len(manifest.parts) or {*named, MANIFEST} != set(zipped.namelist()):
        raise RefusedError(Code.PACKAGE_DAMAGED, why="parts")
    for part in manifest.parts:
        if part.name.startswith(CONTENTS) and part.size > LONGEST_CONTENT:
            raise RefusedError(Code.PACKAGE_TOO_LARGE, part=part.name)
        if not _is_as_named(zipped, part):
            raise RefusedError(Code.PACKAGE_DAMAGED, why="part", part=part.name)


def _is_as_named(zipped: zipfile.ZipFile, part: Part) -> bool:
    digest, size = hashlib.sha256(), 0
    if zipped.getinfo(part.name).file_size != part.size:
        return False
    with zipped.open(part.name) as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    sound = (digest.hexdigest(), size) == (part.sha256, part.size)
    return sound and (not part.name.startswith(CONTENTS) or part.name == CONTENTS + part.sha256)


def _check_events(zipped: zipfile.ZipFile, manifest: Manifest, check: CheckLinks) -> None:
    if not any(part.name == EVENTS for part in manifest.parts):
        if manifest.stretches:
            raise RefusedError(Code.PACKAGE_DAMAGED, why="events")
        return
    with zipped.open(EVENTS) as file:
        check(read_links(cast("BinaryIO", file)), manifest.stretches)

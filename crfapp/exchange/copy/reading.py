"""A certified copy read again: its parts, each proven by the sums that the workstation signed."""

from __future__ import annotations

import hashlib
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from crfapp.base.problems import Code, RefusedError
from crfapp.base.told import told_json
from crfapp.exchange.copy.container import opened
from crfapp.exchange.copy.parts import STATE, SUMS
from crfapp.exchange.openpgp import is_signed_by
from crfapp.store.zip_directory import refuse_long_list

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

_CHUNK = 1 << 20
_MOST_SMALL = 32 << 20


class Parts:
    """The parts of a copy, each of them proven by its sum before anything of it is used."""

    def __init__(self, packed: ZipFile) -> None:
        self._packed = packed
        listed = self._small(SUMS)
        if not is_signed_by(listed, self._small(f"{SUMS}.asc"), self._small("workstation.asc").decode()):
            raise RefusedError(Code.COPY_DAMAGED, what=f"{SUMS}.asc")
        self._sums = {name: digest for digest, _, name in map(_parted, listed.decode().splitlines())}

    def names(self) -> tuple[str, ...]:
        """What the sums name."""
        return tuple(self._sums)

    def read(self, name: str) -> bytes:
        """A small part whole; COPY_DAMAGED."""
        self.prove(name)
        return self._small(name)

    def _small(self, name: str) -> bytes:
        """A part that is kept in memory; what says that it unpacks to more is damaged."""
        if self._packed.getinfo(name).file_size > _MOST_SMALL:
            raise RefusedError(Code.COPY_DAMAGED, what=name)
        return self._packed.read(name)

    def prove(self, name: str) -> None:
        """Read a part through and compare it with its sum; COPY_DAMAGED."""
        digest = hashlib.sha256()
        with self._packed.open(name) as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
        if digest.hexdigest() != self._sums.get(name):
            raise RefusedError(Code.COPY_DAMAGED, what=name)

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """A part to be read, once it was proven."""
        self.prove(name)
        with self._packed.open(name) as file:
            yield file  # type: ignore[misc]

    def head(self) -> dict[str, str]:
        """Whose records these are: ``site``, ``code``, ``study``."""
        with self.open(STATE) as file:
            told: dict[str, str] = told_json(file.readline(_MOST_SMALL))
        return told

    def state(self) -> str:
        """The hash of the state with which the copy was certified."""
        return str(told_json(self.read("certificate.json"))["state"])


@contextmanager
def parts_of(copy: Path, secret: str) -> Iterator[Parts]:
    """Open a copy; what the ZIP in it says of itself is not believed. COPY_SECRET_WRONG, COPY_DAMAGED."""
    try:
        with opened(copy, secret) as plain:
            refuse_long_list(plain)
            with ZipFile(plain) as packed:
                yield Parts(packed)
    except (BadZipFile, zlib.error, KeyError, EOFError, ValueError, NotImplementedError) as error:
        raise RefusedError(Code.COPY_DAMAGED, what=type(error).__name__) from error


def _parted(line: str) -> tuple[str, str, str]:
    return line.partition("  ")

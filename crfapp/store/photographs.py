"""Photographs of a site: encrypted files named by the SHA-256 of what was taken in, never plain on a disk.

An original lies as ``photos/<sha256>``. Outside the site lies what was sent instead, the copy made for others
(``photos/<sha256 of the original>.copy``). Each is sealed for its name under a key that only the data key
gives, so that a file that was changed, or exchanged for another one, is found. Pictures shrunk for lists lie
in ``shown/``, sealed likewise; they can be made again at any time.
"""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from crfapp.base.canonical import canonical
from crfapp.base.problems import Code, EnvironmentProblem, IntegrityProblem
from crfapp.store.durable_files import PRIVATE_FOLDER, named_disk_failures, write_durably
from crfapp.store.envelope import derived_key, seal, unseal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from crfapp.store.site_folder import SiteFolder

SHOWN, COPY = "shown", ".copy"
_NAME = re.compile(r"[0-9a-f]{64}(\.copy)?")
_PURPOSE = {"": b"crfapp: a photograph ", COPY: b"crfapp: the copy of a photograph "}
_SHOWN = b"crfapp: a photograph as it is shown "
_TOLD = 16
"""So much of a hash names a photograph in a message."""


class Kept(NamedTuple):
    """What a look through all photographs found: how many there are, and which are not as taken in."""

    photographs: int
    changed: tuple[str, ...]
    lost: tuple[str, ...]


class PhotographStore:
    """The photographs of one site on one workstation."""

    def __init__(self, folder: SiteFolder, data_key: bytes) -> None:
        self._photos, self._shown = folder.photos, folder.path / SHOWN
        self._site = folder.card.site.encode()
        self._data_key = data_key

    def keep(self, data: bytes) -> str:
        """Keep an original for ever; its SHA-256. One that is here already is written only if it is damaged.

        DISK_FULL and DISK_FAILS leave no half of it.
        """
        digest = hashlib.sha256(data).hexdigest()
        if self._plain(digest, "") != data:
            self._write(digest, "", data)
        return digest

    def keep_copy(self, photograph: str, data: bytes) -> str:
        """Keep what came in place of an original, in place of what came before; its own SHA-256.

        What was made of the one before, in which more may be seen, goes with it.
        """
        if self._plain(photograph, COPY) != data:
            self._write(photograph, COPY, data)
            with named_disk_failures(self._shown):
                for made in self._shown.glob(f"{photograph}-*"):
                    made.unlink()
        return hashlib.sha256(data).hexdigest()

    def has(self, photograph: str) -> bool:
        """Whether the original or a copy is here."""
        return self.has_original(photograph) or self._file(photograph, COPY).is_file()

    def has_original(self, photograph: str) -> bool:
        """Whether the original is here, bit for bit."""
        return self._file(photograph, "").is_file()

    def read(self, photograph: str) -> bytes:
        """The original, or outside the site the copy that was sent of it. PHOTO_LOST, PHOTO_CHANGED."""
        kind = "" if self.has_original(photograph) else COPY
        if not self._file(photograph, kind).is_file():
            raise IntegrityProblem(Code.PHOTO_LOST, photograph=photograph[:_TOLD])
        plain = self._plain(photograph, kind)
        if plain is None:
            raise IntegrityProblem(Code.PHOTO_CHANGED, photograph=photograph[:_TOLD])
        return plain

    def small(self, photograph: str, side: int) -> bytes:
        """It, upright and at most ``side`` pixels long, as JPEG and nothing else; kept sealed."""
        from crfapp.pictures.showing import upright  # decoders are loaded when somebody looks at pictures

        return self._made(photograph, f"{side}", lambda: upright(self.read(photograph), side))

    def for_others(self, photograph: str, boxes: Sequence[tuple[int, int, int, int]]) -> bytes:
        """The copy that leaves, with these rectangles black; kept sealed, for it is sent more than once."""
        from crfapp.pictures.copies import copy_for_others

        masked = hashlib.sha256(canonical([list(box) for box in boxes])).hexdigest()[:_TOLD]
        return self._made(photograph, f"copy-{masked}", lambda: copy_for_others(self.read(photograph), boxes))

    def names(self) -> tuple[str, ...]:
        """Everything that is kept, by the hashes of the originals."""
        return tuple(sorted({name.removesuffix(COPY) for name in self._files()}))

    def files(self) -> list[Path]:
        """The encrypted files, for another workstation of the site, which has the same key."""
        return [self._photos / name for name in self._files()]

    def verify(self, expected: Iterable[str]) -> Kept:
        """Open every photograph and compare its hash; ``expected`` are on record and must be here."""
        here = self._files()
        changed = [name for name in here if self._opened(name) is None]
        lost = sorted(set(expected) - {name.removesuffix(COPY) for name in here})
        return Kept(len(here), tuple(changed), tuple(lost))

    def back_up_to(self, folder: Path) -> int:
        """Copy what is not there yet into a folder, encrypted as it is; how many.

        A photograph never changes, so each is copied once; one that is damaged here is not, so that the
        folder holds good ones alone.
        """
        with named_disk_failures(folder):
            new = [name for name in self._files() if not (folder / name).is_file()]
            if new:
                folder.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
        sound = [name for name in new if self._opened(name) is not None]
        for name in sound:
            with named_disk_failures(self._photos / name):
                sealed = (self._photos / name).read_bytes()
            write_durably(folder / name, sealed)
        return len(sound)

    def _files(self) -> list[str]:
        with named_disk_failures(self._photos):
            if not self._photos.is_dir():
                return []
            return sorted(file.name for file in self._photos.iterdir() if _NAME.fullmatch(file.name))

    def _opened(self, name: str) -> bytes | None:
        kind = COPY if name.endswith(COPY) else ""
        return self._plain(name.removesuffix(COPY), kind)

    def _plain(self, photograph: str, kind: str) -> bytes | None:
        """What a file holds; None where there is none, or where it is not what was put in."""
        file = self._file(photograph, kind)
        with named_disk_failures(file):
            if not file.is_file():
                return None
            sealed = file.read_bytes()
        plain = unseal(*self._sealing(_PURPOSE[kind] + photograph.encode()), sealed)
        if plain is None or (not kind and hashlib.sha256(plain).hexdigest() != photograph):
            return None
        return plain

    def _write(self, photograph: str, kind: str, data: bytes) -> None:
        key, purpose = self._sealing(_PURPOSE[kind] + photograph.encode())
        with named_disk_failures(self._photos):
            self._photos.mkdir(exist_ok=True, mode=PRIVATE_FOLDER)
        write_durably(self._file(photograph, kind), seal(key, purpose, data))

    def _made(self, photograph: str, how: str, make: Callable[[], bytes]) -> bytes:
        """What was made of a photograph before, or is made now. That it cannot be kept stops nobody."""
        file = self._shown / f"{_checked(photograph)}-{how}"
        key, purpose = self._sealing(_SHOWN + file.name.encode())
        with suppress(OSError):
            found = unseal(key, purpose, file.read_bytes())
            if found is not None:
                return found
        made = make()
        with suppress(OSError, EnvironmentProblem):
            self._shown.mkdir(exist_ok=True, mode=PRIVATE_FOLDER)
            write_durably(file, seal(key, purpose, made))
        return made

    def _file(self, photograph: str, kind: str) -> Path:
        return self._photos / f"{_checked(photograph)}{kind}"

    def _sealing(self, purpose: bytes) -> tuple[bytes, bytes]:
        return derived_key(self._data_key, self._site, purpose), purpose


def _checked(photograph: str) -> str:
    """A hash is a file's name here; what is none names no file."""
    if not _NAME.fullmatch(photograph) or photograph.endswith(COPY):
        raise IntegrityProblem(Code.PHOTO_LOST, photograph=photograph[:_TOLD])
    return photograph

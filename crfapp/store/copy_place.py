"""A folder in which copies of a site lie, wherever it is: what is in it, and what opens it.

Understood are the folder of a second place, that place itself with one such folder in it, a site's folder,
and the ``backups`` in one. Nothing is written there.
"""

from __future__ import annotations

import os
import re
import shutil
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from crfapp.base.problems import Code, RefusedError
from crfapp.store.durable_files import PRIVATE_FILE, PRIVATE_FOLDER, named_disk_failures
from crfapp.store.node_key import FILE as NODE_KEY
from crfapp.store.photographs import PhotographStore
from crfapp.store.safe import FOLDER as SECRETS
from crfapp.store.site_folder import CARD, SiteFolder, read_card
from crfapp.store.vault import COPY, entries_of, look_at
from crfapp.store.vault import FILE as VAULT
from crfapp.store.vault_papers import open_with_paper
from crfapp.store.workstation import FILE as WORKSTATION

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.store.site_folder import SiteCard

How = Literal["password", "sheet", "shares"]
_BESIDE = (VAULT, WORKSTATION, NODE_KEY)
_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class KeyInHand:
    """What somebody brings to open a copy: their password, or ``paper``: recovery sheet, or enough shares.

    With paper ``login`` says in which administrator's name.
    """

    login: str
    password: str = ""
    paper: str = ""


@dataclass(frozen=True, slots=True)
class CopyPlace:
    """Copies of one site, the newest first.

    ``folder`` holds card and vault; photographs lie in ``photos`` of the folder ``pictures``.
    """

    folder: Path
    card: SiteCard
    copies: tuple[Path, ...]
    pictures: Path

    @classmethod
    def find(cls, folder: Path) -> CopyPlace:
        """Look into a folder; NO_COPY_THERE with ``what`` is missing."""
        own = _home(folder)
        inside = own / "backups"
        copies = [*own.glob("ledger-*.db"), *own.glob("by-hand-*.db"), *inside.glob("*.db")]
        if not copies:
            raise RefusedError(Code.NO_COPY_THERE, what="ledger-….db")
        if not (own / VAULT).is_file() and not (own / COPY).is_file():
            raise RefusedError(Code.NO_COPY_THERE, what=VAULT)
        pictures = own if (own / "photos").is_dir() else inside
        newest_first = sorted(copies, key=_age, reverse=True)
        return cls(own, read_card(own), tuple(newest_first), pictures)

    def open(self, key: KeyInHand) -> tuple[bytes, How]:
        """Give the data key of the copies, and say what opened it.

        WRONG_LOGIN, WRONG_RECOVERY, and what :func:`crfapp.store.key_shares.read_shares` says; VAULT_DAMAGED
        where neither the vault nor its second copy can be read.
        """
        vault = look_at(self.folder)
        if key.paper:
            return open_with_paper(vault, key.paper)
        login = unicodedata.normalize("NFC", key.login)
        for entry in entries_of(vault):
            opened = entry.unwrap(vault.site, key.password) if entry.login == login else None
            if opened is not None:
                return opened.data_key, "password"
        raise RefusedError(Code.WRONG_LOGIN)

    def chosen(self, name: str) -> Path:
        """The copy of a name, or the newest where it is empty; NO_COPY_THERE."""
        for copy in self.copies:
            if name in ("", copy.name):
                return copy
        raise RefusedError(Code.NO_COPY_THERE, what=name)

    def photographs(self, data_key: bytes) -> PhotographStore:
        """The photographs that lie beside the copies."""
        return PhotographStore(SiteFolder(self.pictures, self.card), data_key)

    def unpack(self, copy: Path, target: SiteFolder) -> None:
        """Put a copy, the vault and what the workstation was known by into a site's new folder. DISK_FULL."""
        for name in _BESIDE:
            source = self.folder / name
            if name == VAULT and not source.is_file():
                source = self.folder / COPY
            if source.is_file():
                copy_file(source, target.path / name)
        secrets = self.folder / SECRETS
        for sealed in sorted(secrets.glob("*.sealed")) if secrets.is_dir() else ():
            (target.path / SECRETS).mkdir(exist_ok=True, mode=PRIVATE_FOLDER)
            copy_file(sealed, target.path / SECRETS / sealed.name)
        copy_file(copy, target.ledger)


def copy_file(source: Path, target: Path) -> None:
    """Copy a file to a new one that only its owner reads, synced; DISK_FULL and DISK_FAILS leave none.

    One that is there already stays as it is: DISK_FAILS.
    """
    with named_disk_failures(target):
        descriptor = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE_FILE)
    try:
        with named_disk_failures(target), open(descriptor, "wb") as into, source.open("rb") as taken:
            shutil.copyfileobj(taken, into, _BLOCK)
            into.flush()
            os.fsync(into.fileno())
    except BaseException:
        with suppress(OSError):
            target.unlink(missing_ok=True)
        raise


def _home(folder: Path) -> Path:
    """Where the card lies: here, in the folder around it, or in the one site's folder within."""
    if not (folder / CARD).is_file() and folder.name == "backups" and (folder.parent / CARD).is_file():
        return folder.parent
    if (folder / CARD).is_file():
        return folder
    with named_disk_failures(folder):
        within = [path.parent for path in folder.glob(f"crfapp-*/{CARD}")] if folder.is_dir() else []
    if not within:
        raise RefusedError(Code.NO_COPY_THERE, what=CARD)
    return max(within, key=lambda own: max((_age(copy) for copy in own.glob("*.db")), default=("", 0.0)))


def _age(copy: Path) -> tuple[str, float]:
    """By the day in the name, then by the file's time: a copied file may have lost the latter."""
    found = _DAY.search(copy.name)
    return "".join(found.groups()) if found else "", copy.stat().st_mtime

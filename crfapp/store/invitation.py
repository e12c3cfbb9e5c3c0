"""The invitation of another workstation, as a file: what it needs to begin, opened by one code.

A ZIP, stored: ``invitation.json`` (format, and what the code is stretched with), ``sealed`` (everything that
is secret, and size and SHA-256 of every other part, under the stretched code), ``ledger.db`` (a copy of the
database, encrypted under the data key that lies in ``sealed``) and ``photos/`` (encrypted as they are kept).
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import zipfile
import zlib
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from typing import IO, TYPE_CHECKING, Any

from crfapp.base.canonical import canonical
from crfapp.base.problems import Code, EnvironmentProblem, RefusedError
from crfapp.base.told import told_json
from crfapp.store.durable_files import PRIVATE_FILE, named_disk_failures, sync_folder
from crfapp.store.envelope import seal, unseal
from crfapp.store.recovery import read_code
from crfapp.store.site_folder import SiteCard
from crfapp.store.wrapping import SALT_BYTES, Cost, stretched
from crfapp.store.zip_directory import refuse_long_list

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

FORMAT = 1
SUFFIX = ".crfapp-invitation"
LEDGER = "ledger.db"
_HEAD, _SEALED = "invitation.json", "sealed"
_PURPOSE = b"crfapp: invitation of a workstation"
_MOST_SEALED = 16 * 1024 * 1024
_PARTS = re.compile(r"ledger\.db|photos/[0-9a-f]{64}(\.copy)?")
"""What may be written into the new site's folder, whatever a file from elsewhere calls its parts."""
_BLOCK = 1024 * 1024
_NONE_OF_OURS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    NotImplementedError,
)
"""What reading a file stumbles over that is no invitation; one that somebody sealed can hold anything."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """What the new workstation is, and what it is given.

    ``login`` is whose copy this is, empty for a workstation of the site. ``vault`` is the site's vault as it
    is written, or for a copy the entry of ``login`` without the site's data key. ``key`` is the secret half
    (armored) of the OpenPGP key that the first workstation made for it. ``package`` names the invitation in
    the receipt; ``made_at`` is when ``sender`` made it.
    """

    card: SiteCard
    label: str
    login: str
    data_key: bytes
    vault: bytes
    key: str
    package: str
    sender: str
    made_at: str

    @property
    def node(self) -> str:
        """The name of the chain that the new workstation writes."""
        return self.card.joined


class InvitationFile:
    """An invitation that its code has opened; ``sha256`` is the hash of the whole file."""

    def __init__(self, path: Path, inside: Invitation, parts: Mapping[str, tuple[int, str]]) -> None:
        self.inside = inside
        self._path = path
        self._parts = parts

    @property
    def sha256(self) -> str:
        """The hash of the whole file."""
        digest = hashlib.sha256()
        with named_disk_failures(self._path), self._path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
        return digest.hexdigest()

    def unpack(self, folder: Path) -> None:
        """Write every part below a folder: INVITATION_WRONG where one is not what was sealed, DISK_FULL."""
        for name, (size, digest) in self._parts.items():
            target = folder / name
            with named_disk_failures(target), _read_whole(self._path) as whole:
                target.parent.mkdir(exist_ok=True)
                if whole.getinfo(name).file_size != size:
                    raise RefusedError(Code.INVITATION_WRONG, part=name)
                descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
                with whole.open(name) as source, open(descriptor, "wb") as into:
                    found = _copy(source, into.write)
                    into.flush()
                    os.fsync(into.fileno())
            if found != digest:
                raise RefusedError(Code.INVITATION_WRONG, part=name)


def write_invitation(
    target: Path, code: str, inside: Invitation, parts: Mapping[str, Path], *, cost: Cost
) -> None:
    """Write an invitation with these files; it appears whole or not. EXPORT_EXISTS, DISK_FULL, DISK_FAILS."""
    if target.exists():
        raise RefusedError(Code.EXPORT_EXISTS, file=target.name)
    salt = os.urandom(SALT_BYTES)
    kdf = {"name": "argon2id", "t": cost.passes, "m": cost.memory_kib, "p": cost.lanes}
    head = {"format": FORMAT, "kdf": {**kdf, "salt": _text(salt)}}
    fresh = target.with_name(f".{target.name}.new")
    try:
        with named_disk_failures(target):
            fresh.unlink(missing_ok=True)
            descriptor = os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
            with open(descriptor, "w+b") as file:
                with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as whole:
                    told = {name: _add(whole, name, path) for name, path in parts.items()}
                    plain = canonical({"inside": _as_json(inside), "parts": told})
                    whole.writestr(_HEAD, json.dumps(head))
                    sealed = seal(stretched(read_code(code), salt, cost), _PURPOSE, plain)
                    whole.writestr(_SEALED, sealed)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(target)
            sync_folder(target.parent)
    except BaseException:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise


def open_invitation(path: Path, code: str) -> InvitationFile:
    """Open an invitation with the code that was shown with it.

    INVITATION_WRONG for any other file and a changed one, TOO_NEW for a later program's, INVITATION_CODE for
    a wrong code.
    """
    with named_disk_failures(path), _read_whole(path) as whole:
        if max((whole.getinfo(name).file_size for name in (_HEAD, _SEALED)), default=0) > _MOST_SEALED:
            raise RefusedError(Code.INVITATION_WRONG)
        head = told_json(whole.read(_HEAD))
        if int(head["format"]) > FORMAT:
            raise EnvironmentProblem(Code.TOO_NEW, file=path.name, have=int(head["format"]), newest=FORMAT)
        kdf = head["kdf"]
        cost = Cost(int(kdf["t"]), int(kdf["m"]), int(kdf["p"]))
        key = stretched(read_code(code), base64.b64decode(kdf["salt"], validate=True), cost)
        plain = unseal(key, _PURPOSE, whole.read(_SEALED))
        if plain is None:
            raise RefusedError(Code.INVITATION_CODE)
        told = told_json(plain)
        parts = {name: (int(size), str(digest)) for name, (size, digest) in told["parts"].items()}
        if not all(map(_PARTS.fullmatch, parts)):
            raise RefusedError(Code.INVITATION_WRONG)
        return InvitationFile(path, _from_json(told["inside"]), parts)


@contextmanager
def _read_whole(path: Path) -> Iterator[zipfile.ZipFile]:
    """The file, whatever is wrong with it named: it may come from anybody."""
    try:
        with path.open("rb") as file:
            refuse_long_list(file)
            with zipfile.ZipFile(file) as whole:
                yield whole
    except _NONE_OF_OURS:
        raise RefusedError(Code.INVITATION_WRONG, file=path.name) from None


def _add(whole: zipfile.ZipFile, name: str, path: Path) -> tuple[int, str]:
    with path.open("rb") as source, whole.open(name, "w", force_zip64=True) as into:
        digest = _copy(source, into.write)
    return whole.getinfo(name).file_size, digest


def _copy(source: IO[bytes], write: Callable[[bytes], object]) -> str:
    digest = hashlib.sha256()
    while block := source.read(_BLOCK):
        digest.update(block)
        write(block)
    return digest.hexdigest()


def _as_json(inside: Invitation) -> dict[str, Any]:
    return {**asdict(inside), "data_key": _text(inside.data_key), "vault": _text(inside.vault)}


def _from_json(told: dict[str, Any]) -> Invitation:
    secret = {name: base64.b64decode(told[name], validate=True) for name in ("data_key", "vault")}
    found = Invitation(**{**told, **secret, "card": SiteCard(**told["card"])})
    texts = {**asdict(found), **asdict(found.card), "card": "", "data_key": "", "vault": ""}
    if not all(isinstance(text, str) for text in texts.values()):
        raise TypeError("not what an invitation says")
    return found


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")

"""The OpenPGP key of this workstation, sealed beside the database under what only its data key gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.problems import Code, IntegrityProblem
from crfapp.store.durable_files import named_disk_failures, small_file, write_durably
from crfapp.store.envelope import derived_key, seal, unseal

if TYPE_CHECKING:
    from pathlib import Path

FILE = "node-key.sealed"
_PURPOSE = b"crfapp: the key of a workstation"


def keep_node_key(folder: Path, data_key: bytes, armored: str) -> None:
    """Put it in; DISK_FULL, DISK_FAILS."""
    write_durably(folder / FILE, seal(derived_key(data_key, b"", _PURPOSE), _PURPOSE, armored.encode()))


def kept_node_key(folder: Path, data_key: bytes) -> str:
    """What lies there, armored; empty where nothing does."""
    path = folder / FILE
    with named_disk_failures(path):
        sealed = small_file(path) if path.is_file() else b""
    if not sealed:
        return ""
    plain = unseal(derived_key(data_key, b"", _PURPOSE), _PURPOSE, sealed)
    if plain is None:
        raise IntegrityProblem(Code.DATABASE_DAMAGED, file=FILE)
    return plain.decode()

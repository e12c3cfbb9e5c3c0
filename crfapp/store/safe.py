"""Where a workstation keeps secrets of its own: small sealed files in the site's folder.

They are no part of the records and never leave the workstation. Each is sealed for its name under a key that
only the site's data key gives.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.canonical import sha256
from crfapp.base.problems import Code, IntegrityProblem
from crfapp.store.durable_files import PRIVATE_FOLDER, named_disk_failures, small_file, write_durably
from crfapp.store.envelope import derived_key, seal, unseal

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.store.site_folder import SiteFolder

FOLDER = "secrets"
_PURPOSE = b"crfapp: a secret of this workstation "


class Safe:
    """The secrets of one site on one workstation, by name."""

    def __init__(self, folder: SiteFolder, data_key: bytes) -> None:
        self._folder = folder.path / FOLDER
        self._site = folder.card.site.encode()
        self._data_key = data_key

    def keep(self, name: str, secret: str) -> None:
        """Put a secret in, in place of what had this name. DISK_FULL and DISK_FAILS leave what was there."""
        key, purpose = self._sealing(name)
        with named_disk_failures(self._folder):
            self._folder.mkdir(exist_ok=True, mode=PRIVATE_FOLDER)
        write_durably(self._file(name), seal(key, purpose, secret.encode()))

    def kept(self, name: str) -> str | None:
        """The secret of this name, or None; VAULT_DAMAGED where it is not what was put in."""
        file = self._file(name)
        with named_disk_failures(file):
            if not file.is_file():
                return None
            sealed = small_file(file)
        plain = unseal(*self._sealing(name), sealed)
        if plain is None:
            raise IntegrityProblem(Code.VAULT_DAMAGED, file=file.name)
        return plain.decode()

    def forget(self, name: str) -> None:
        """Take a secret out."""
        with named_disk_failures(self._folder):
            self._file(name).unlink(missing_ok=True)

    def _file(self, name: str) -> Path:
        return self._folder / f"{sha256(name.encode())[:32]}.sealed"

    def _sealing(self, name: str) -> tuple[bytes, bytes]:
        purpose = _PURPOSE + name.encode()
        return derived_key(self._data_key, self._site, purpose), purpose

"""A drawer for each person: what they had typed and not finished lies there, sealed, until they are back.

It is no part of the records: nothing was said with it yet. It is sealed for one login under a key that
only the site's own data key gives, so it can be read neither from the disk nor in the name of another
(REQ-212, 213).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.canonical import sha256
from crfapp.store.durable_files import PRIVATE_FOLDER, named_disk_failures, small_file, write_durably
from crfapp.store.envelope import derived_key, seal, unseal

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "unfinished"
_PURPOSE = b"crfapp: typed and not finished by "


class Drawer:
    """One person's. ``site`` is the id of the site, so that no drawer opens at another."""

    def __init__(self, folder: Path, site: str, data_key: bytes, login: str) -> None:
        self._file = folder / FOLDER / f"{sha256(login.encode())[:32]}.sealed"
        self._purpose = _PURPOSE + login.encode()
        self._key = derived_key(data_key, site.encode(), self._purpose)

    def keep(self, text: str) -> None:
        """Put a text in, in place of what lay there; an empty one leaves the drawer empty.

        DISK_FULL and DISK_FAILS leave what lay there.
        """
        with named_disk_failures(self._file):
            if not text:
                self._file.unlink(missing_ok=True)
                return
            self._file.parent.mkdir(exist_ok=True, mode=PRIVATE_FOLDER)
        write_durably(self._file, seal(self._key, self._purpose, text.encode()))

    def kept(self) -> str:
        """What lies there; empty where nothing does, or where it is not what this person put in."""
        try:
            sealed = small_file(self._file)
        except OSError:
            return ""
        plain = unseal(self._key, self._purpose, sealed)
        return "" if plain is None else plain.decode()

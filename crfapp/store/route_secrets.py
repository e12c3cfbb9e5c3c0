"""What opens the routes of this workstation: passwords and keys of servers, sealed in the site's folder.

Never in the ledger, in an address or in a log. Each is sealed for one peer and for whom it is shown to: an
address that is turned to another server finds nothing here, and the secret has to be given anew.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING

from crfapp.base.canonical import sha256
from crfapp.base.routes import NO_SECRET, RouteAddress, RouteSecret
from crfapp.store.durable_files import PRIVATE_FOLDER, named_disk_failures, write_durably
from crfapp.store.envelope import derived_key, seal, unseal

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "routes"
_PURPOSE = b"crfapp: secret of a route to "


class RouteSecrets:
    """Those of one site on one workstation."""

    def __init__(self, folder: Path, site: str, data_key: bytes) -> None:
        self._folder = folder / FOLDER
        self._key = derived_key(data_key, site.encode(), _PURPOSE)

    def keep(self, peer: str, address: RouteAddress, secret: RouteSecret) -> None:
        """Keep what opens a route, in place of what was kept for this peer; an empty one leaves nothing.

        DISK_FULL and DISK_FAILS leave what lay there.
        """
        file = self._file(peer)
        with named_disk_failures(file):
            if secret == NO_SECRET:
                file.unlink(missing_ok=True)
                return
            self._folder.mkdir(exist_ok=True, mode=PRIVATE_FOLDER)
        plain = {"user": secret.user, "password": secret.password, "private_key": secret.private_key}
        write_durably(file, seal(self._key, _purpose(peer, address), json.dumps(plain).encode()))

    def kept(self, peer: str, address: RouteAddress) -> RouteSecret:
        """What opens a route; nothing where none was kept for this peer and this server."""
        with suppress(OSError):
            plain = unseal(self._key, _purpose(peer, address), self._file(peer).read_bytes())
            if plain is not None:
                return RouteSecret(**json.loads(plain))
        return NO_SECRET

    def _file(self, peer: str) -> Path:
        return self._folder / f"{sha256(peer.encode())[:32]}.sealed"


def _purpose(peer: str, address: RouteAddress) -> bytes:
    return _PURPOSE + f"{peer}|{address.origin}".encode()

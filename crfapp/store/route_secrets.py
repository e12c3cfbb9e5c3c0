"""What opens the routes of this workstation: passwords and keys of servers, sealed in the site's folder.

Never in the ledger, in an address or in a log. Each is kept for one peer and for whom it is shown to: an
address that is turned to another server finds nothing here, and the secret has to be given anew.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from crfapp.base.routes import NO_SECRET, RouteAddress, RouteSecret
from crfapp.base.told import told_json

if TYPE_CHECKING:
    from crfapp.store.safe import Safe


class RouteSecrets:
    """Those in one workstation's safe."""

    def __init__(self, safe: Safe) -> None:
        self._safe = safe

    def keep(self, peer: str, address: RouteAddress, secret: RouteSecret) -> None:
        """Keep what opens a route, in place of what was kept for this peer; an empty one leaves nothing.

        DISK_FULL and DISK_FAILS leave what lay there.
        """
        if secret == NO_SECRET:
            self.forget(peer)
            return
        told = {"user": secret.user, "password": secret.password, "private_key": secret.private_key}
        self._safe.keep(_name(peer), json.dumps({"for": address.origin, **told}))

    def forget(self, peer: str) -> None:
        """Keep nothing for a peer any more."""
        self._safe.forget(_name(peer))

    def kept(self, peer: str, address: RouteAddress) -> RouteSecret:
        """What opens a route; nothing where none was kept for this peer and this server. VAULT_DAMAGED."""
        text = self._safe.kept(_name(peer))
        told: dict[str, str] = told_json(text) if text else {}
        return RouteSecret(**told) if told.pop("for", "") == address.origin else NO_SECRET


def _name(peer: str) -> str:
    return f"route to {peer}"

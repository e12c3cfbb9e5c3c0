"""Where the files of packages lie in a site's folder, and what their names say of whom they are for.

A name tells study, site, the workstation that made it, the chain or id of whoever it is for, and a number;
it names nobody (REQ-808). By the chain whoever it is for finds it in a place where several look.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crfapp.store.durable_files import PRIVATE_FOLDER, named_disk_failures

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from crfapp.bootstrap.sites import OpenSite

OUTBOX, INBOX = "outbox", "inbox"
_NAME_PARTS = 5
_STRANGE = re.compile(r"[^A-Za-z0-9-]+")


def outbox_of(opened: OpenSite) -> Path:
    """Where packages lie until they are confirmed, and the newest of those that are; private to its owner."""
    return _own_folder(opened.store.folder.path / OUTBOX)


def inbox_of(opened: OpenSite) -> Path:
    """Where fetched packages lie until they are taken in."""
    return _own_folder(opened.store.folder.path / INBOX)


def package_name(opened: OpenSite, peer: str, number: int) -> str:
    """The name of a package; ``peer`` is the chain that its recipient writes, or the id of who only reads."""
    card = opened.store.folder.card
    told = (card.study, card.code, opened.store.workstation.node, peer, f"{number:05d}")
    return "_".join(_STRANGE.sub("-", part) for part in told) + ".pgp"


def is_for(name: str, nodes: Collection[str]) -> bool:
    """Whether a file may be for one of these chains, by its name; one we did not name may be for anybody."""
    peer = _peer_in(name)
    return peer is None or peer in {_STRANGE.sub("-", node) for node in nodes}


def _peer_in(name: str) -> str | None:
    parts = name.removesuffix(".pgp").split("_")
    return parts[-2] if len(parts) == _NAME_PARTS and parts[-1].isdigit() else None


def _own_folder(folder: Path) -> Path:
    with named_disk_failures(folder):
        folder.mkdir(exist_ok=True, mode=PRIVATE_FOLDER)
    return folder

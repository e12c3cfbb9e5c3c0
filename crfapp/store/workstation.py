"""Which workstation this is, and how far its chain had come: a small file beside the database.

The end of the chain is written when the site is closed. A database that was cut short, or replaced by an
older copy, no longer has that end.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.base.told import told_json
from crfapp.store.durable_files import named_disk_failures, small_file, write_durably
from crfapp.store.verify import Anchor

if TYPE_CHECKING:
    from pathlib import Path

FILE = "workstation.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class WorkstationCard:
    """The id under which events of this folder go into the ledger, and the known end of its chain."""

    node: str
    anchor: Anchor

    @classmethod
    def of(cls, folder: Path) -> WorkstationCard:
        """Read the folder's file, or make a workstation of a new name.

        A file that cannot be read is replaced: a new name begins a new chain and can harm none, while
        guessing the old one could fork it.
        """
        path = folder / FILE
        with named_disk_failures(path):
            written = small_file(path) if path.is_file() else b""
        try:
            content = told_json(written)
            node = str(content["node"])
            known = Anchor(node, int(content["seq"]), str(content["hash"]))
        except (ValueError, KeyError, TypeError):
            card = cls.new()
            _write(path, card.anchor)
            return card
        return cls(node, known)

    @classmethod
    def new(cls) -> WorkstationCard:
        """A workstation of a new name, written nowhere yet."""
        node = f"ws-{os.urandom(4).hex()}"
        return cls(node, Anchor(node, 0, ""))


def begin_card(folder: Path, node: str) -> None:
    """Name a folder's chain before its database is made, where the name is given and not drawn."""
    _write(folder / FILE, Anchor(node, 0, ""))


def note_end(folder: Path, end: Anchor) -> None:
    """Keep the end of the chain; DISK_FULL and DISK_FAILS leave the former one, which still holds."""
    _write(folder / FILE, end)


def _write(path: Path, end: Anchor) -> None:
    content = {"format": FORMAT, "node": end.node, "seq": end.seq, "hash": end.hash}
    write_durably(path, json.dumps(content, indent=1).encode())

"""What this machine keeps of a site outside the site's folder: small notes that a copied-back folder lacks.

The notes prove nothing alone. They stand beside what the folder says, so that a folder put back from an
older copy does not put back how often a password was guessed, or how far the chain had come.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path
from typing import Any

from crfapp.base.told import told_json
from crfapp.store.durable_files import PRIVATE_FOLDER, named_disk_failures, small_file, write_durably

FORMAT = 1
_NAME_LENGTH = 32


def state_folder() -> Path:
    """Where this machine keeps such notes, unless ``CRFAPP_STATE`` names another folder."""
    named = os.environ.get("CRFAPP_STATE")
    if named:
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "crfapp" / "state"
    return Path(os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")) / "crfapp"


class MachineNotes:
    """The notes about one site, by its id. They may be missing or damaged: then nothing is known here."""

    def __init__(self, site_id: str) -> None:
        # the id comes from a file that others can write: its hash cannot lead out of the folder
        name = hashlib.sha256(site_id.encode("utf-8", "surrogatepass")).hexdigest()[:_NAME_LENGTH]
        self._path = state_folder() / f"{name}.json"

    def read(self) -> dict[str, Any]:
        """Every note by its key; empty where there is no file, or none that can be read."""
        try:
            content = told_json(small_file(self._path))
            notes = content["notes"]
        except (OSError, ValueError, KeyError, TypeError):
            return {}
        return dict(notes) if isinstance(notes, dict) else {}

    def write(self, notes: dict[str, Any]) -> None:
        """Set these keys, durably; what stands under other keys stays. DISK_FULL, DISK_FAILS."""
        with named_disk_failures(self._path):
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
        content = {"format": FORMAT, "notes": {**self.read(), **notes}}
        write_durably(self._path, json.dumps(content, indent=1).encode())

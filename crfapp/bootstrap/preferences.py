"""What this workstation remembers of its window: nothing of the study, nothing of anybody's work."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from crfapp.base.told import told_json
from crfapp.present.texts import LANGUAGES
from crfapp.store.durable_files import small_file, write_durably
from crfapp.ui.preferences import SCALES, Preferences

if TYPE_CHECKING:
    from crfapp.ui.theme import ThemeName

_THEMES: tuple[ThemeName, ...] = ("light", "dark", "contrast")


def preferences_file() -> Path:
    """Where they are kept."""
    base = os.environ.get("XDG_CONFIG_HOME") or os.environ.get("APPDATA") or str(Path.home() / ".config")
    return Path(base) / "crfapp" / "window.json"


def read_preferences(language: str) -> Preferences:
    """Read them; what cannot be read or is not known falls back to how a new window looks."""
    try:
        said = told_json(small_file(preferences_file()))
        return Preferences(
            language=said["language"] if said["language"] in LANGUAGES else language,
            theme=next((theme for theme in _THEMES if theme == said["theme"]), "light"),
            scale=float(said["scale"]) if float(said["scale"]) in SCALES else 1.0,
            idle_minutes=max(1, min(int(said["idle_minutes"]), 60)),
            sounds=said.get("sounds") is True,
        )
    except (OSError, ValueError, KeyError, TypeError):
        return Preferences(language=language)


def write_preferences(wanted: Preferences) -> None:
    """Keep them; a folder that cannot be written only costs the memory of a colour."""
    path = preferences_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_durably(path, json.dumps(asdict(wanted)).encode())
    except OSError:
        return

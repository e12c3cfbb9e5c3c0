"""Where the files that ship with the program lie: fonts, icons, body maps, translations."""

from __future__ import annotations

import sys
from pathlib import Path


def resources_root() -> Path:
    """The folder ``resources``: inside the built program, or in the checkout."""
    bundle = getattr(sys, "_MEIPASS", None)
    return (Path(bundle) if bundle else Path(__file__).parents[2]) / "resources"


def resource(name: str) -> Path:
    """The path of one shipped file, named from ``resources`` on: ``icons/lock.svg``."""
    return resources_root() / name


def third_party_page() -> Path:
    """The page of what others made: beside the licences of a built program, or among the documents."""
    root = resources_root().parent
    built = root / "licences" / "third-party.md"
    return built if built.is_file() else root / "docs" / "third-party.md"

"""The tiny pack, read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from crfapp.study.pack import load_pack
from crfapp.study.study import Study

FOLDER = Path(__file__).parents[1] / "packs" / "tiny"


@cache
def tiny_study() -> Study:
    """A study with logs, rows for each patch, ranges, skips and calculations over two forms."""
    loaded = load_pack(FOLDER)
    assert loaded.pack is not None, loaded.errors
    return Study(loaded.pack)

"""The small packs, as they stand and with changes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from crfapp.study.pack import load_pack
from crfapp.study.study import Study

PACKS = Path(__file__).parents[2] / "packs"

Edit = tuple[str, str, str]
"""File, what stands there once, and what is to stand there."""
Edited = Callable[..., Path]


@pytest.fixture(scope="session")
def tiny() -> Study:
    """The small valid study."""
    loaded = load_pack(PACKS / "tiny")
    assert loaded.pack is not None
    return Study(loaded.pack)


@pytest.fixture
def edited(tmp_path: Path) -> Edited:
    """A copy of the small study with some texts replaced."""

    def edit(*edits: Edit) -> Path:
        folder = tmp_path / "pack"
        shutil.copytree(PACKS / "tiny", folder, dirs_exist_ok=True)
        for name, old, new in edits:
            path = folder / name
            text = path.read_text(encoding="utf-8")
            assert text.count(old) == 1, f"{name}: {old!r} stands there {text.count(old)} times"
            path.write_text(text.replace(old, new), encoding="utf-8")
        return folder

    return edit

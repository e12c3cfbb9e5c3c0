"""A workstation's own secrets: nobody reads them from the disk, and none is taken for another."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import Code, IntegrityProblem
from crfapp.store.safe import FOLDER, Safe
from crfapp.store.site_folder import SiteCard, SiteFolder

if TYPE_CHECKING:
    from pathlib import Path

KEY = os.urandom(32)


@pytest.fixture
def folder(tmp_path: Path) -> SiteFolder:
    return SiteFolder.create(tmp_path / "clinic", SiteCard("5d4e1e81", "tiny", "JO01"))


def test_what_is_put_in_comes_out_under_its_name_alone(folder: SiteFolder) -> None:
    safe = Safe(folder, KEY)
    safe.keep("route", "nine olive trees")
    assert Safe(folder, KEY).kept("route") == "nine olive trees"
    assert safe.kept("another route") is None
    [file] = (folder.path / FOLDER).iterdir()
    assert b"olive" not in file.read_bytes()
    assert "route" not in file.name
    safe.forget("route")
    assert safe.kept("route") is None


def test_what_was_changed_or_exchanged_is_not_taken_for_a_secret(folder: SiteFolder) -> None:
    safe = Safe(folder, KEY)
    safe.keep("one", "first")
    safe.keep("two", "second")
    one, two = sorted((folder.path / FOLDER).iterdir())
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(second)
    two.write_bytes(first)
    for name in ("one", "two"):
        with pytest.raises(IntegrityProblem) as changed:
            safe.kept(name)
        assert changed.value.code is Code.VAULT_DAMAGED
    with pytest.raises(IntegrityProblem):
        Safe(folder, os.urandom(32)).kept("one")

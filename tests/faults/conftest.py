"""A site that is about to work, and a program that stands still before each piece of work."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.support.failing_site import Failing, FailingSite
from tests.support.own_mounts import OwnMounts, why_not
from tests.support.prepared_site import prepare

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.prepared_site import Place


@dataclass
class Prepared:
    """A place, the key of its records, and where possible mounts that only these tests see."""

    folder: Path
    place: Place
    key: bytes
    mounts: OwnMounts | None


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prepared]:
    """One for all tests of a process."""
    folder = tmp_path_factory.mktemp("failing")
    place, key = prepare(folder / "place")
    mounts = OwnMounts() if not why_not() else None
    yield Prepared(folder, place, key, mounts)
    if mounts is not None:
        mounts.__exit__()
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def failing(prepared: Prepared) -> Iterator[Failing]:
    """A site at work on copies of it."""
    prefix = prepared.mounts.prefix if prepared.mounts is not None else ()
    with FailingSite(prepared.place, prepared.key, prefix=prefix) as site:
        yield Failing(site, prepared.place, prepared.key, prepared.folder / "tries", prepared.mounts)

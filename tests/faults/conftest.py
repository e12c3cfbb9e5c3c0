"""A site at work that stands still before each piece of work, so that a fault can take hold of it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.support.failing_site import Failing, FailingSite
from tests.support.own_mounts import OwnMounts, why_not
from tests.support.prepared_site import prepare

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def failing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Failing]:
    """One place, and one program that forks for each try, where possible with mounts of its own."""
    folder = tmp_path_factory.mktemp("failing")
    place, key = prepare(folder / "place")
    mounts = OwnMounts() if not why_not() else None
    prefix = mounts.prefix if mounts is not None else ()
    with FailingSite(place, key, prefix=prefix) as site:
        yield Failing(site, place, key, folder / "tries", mounts)
    if mounts is not None:
        mounts.__exit__()
    shutil.rmtree(folder)

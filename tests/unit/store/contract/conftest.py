"""A site's schema in a real PostgreSQL server, in the place of the encrypted file of the tests above."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.postgres import Cluster, running_cluster
from tests.unit.store.conftest import links

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.store.engine import Engine

__all__ = ["links"]


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    with running_cluster() as started:
        yield started


@pytest.fixture
def engine(cluster: Cluster) -> Iterator[Engine]:
    engine = cluster.new_part()
    yield engine
    engine.dispose()

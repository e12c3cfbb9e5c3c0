"""What other chains say, taken in on PostgreSQL; two centres' worth of work, and a fold of everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

from crfapp.store.rebuild import compare
from tests.support.random_work import BEGUN, STEPS, Step, work
from tests.support.tiny import tiny_study
from tests.support.workstations import Workstation, level, rows

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.postgres import Cluster


@pytest.mark.req("REQ-805")
@pytest.mark.parametrize("most", [4, 20_000])
@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(here=STEPS, there=STEPS)
def test_after_every_package_the_tables_are_what_the_ledger_tells(
    cluster: Cluster, tmp_path: Path, here: list[Step], there: list[Step], most: int
) -> None:
    """Also where so much is new that only the subjects are remembered whom it is about."""
    served, other = cluster.new_part(), cluster.new_part()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("crfapp.store.receiving.MOST_HELD", most)
        ward = Workstation(tiny_study(), "ws-a", engine=served)
        work(ward, BEGUN)
        office = Workstation(tiny_study(), "ws-b", ward, engine=other)
        ward.later(60)
        office.later(61)
        work(ward, here)
        work(office, there)
        ward.hear(office)
        assert compare(served, tmp_path) == []
        office.hear(ward)
        assert compare(other, tmp_path) == []
        level(ward, office)
        assert rows(ward) == rows(office)
    for engine in (served, other):
        engine.dispose()

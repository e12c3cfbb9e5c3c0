"""The tests of searching the trail on the encrypted file, word for word, on PostgreSQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.store.test_trail import (
    asked,
    fill,
    found,
    test_a_save_adds_its_row_alone_and_whole_batches_are_taken_into_the_indexes,
    test_a_search_whose_patience_ends_says_how_far_it_came_and_goes_on_from_there,
    test_an_answer_changed_again_and_again_after_a_query_is_found,
    test_answers_faster_than_anybody_reads_are_found_whole_and_no_others,
    test_what_was_entered_long_after_its_visit_is_found_and_a_correction_is_not,
    test_who_and_which_workstation_recorded_something_is_known_also_of_what_is_not_indexed,
    wishes,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.ledger.trail import Direction, TrailFilter
    from crfapp.store.engine import Engine
    from tests.support.postgres import Cluster


@pytest.fixture(scope="module")
def trail(cluster: Cluster) -> Iterator[Engine]:
    engine = cluster.new_part()
    fill(engine)
    yield engine
    engine.dispose()


@pytest.mark.req("REQ-112")
@settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(wish=wishes, direction=st.sampled_from(["newest", "oldest"]), size=st.sampled_from([3, 100]))
def test_every_filter_finds_page_by_page_what_asking_each_row_finds(
    trail: Engine, wish: TrailFilter, direction: Direction, size: int
) -> None:
    expected = asked(wish, direction)
    assert found(trail, wish, direction, size) == (expected, (len(expected), True))

"""The tests of walking the evidence on the encrypted file, word for word, on PostgreSQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.store.test_verify import (
    FORGED,
    attack,
    log,
    test_a_study_version_that_was_lost_is_named_by_the_event_that_put_it_in_force,
    test_a_walk_tells_chains_events_and_where_they_end,
    test_an_end_cut_off_the_log_shows_in_the_tables_that_still_tell_it,
    test_an_end_that_was_exchanged_for_another_one_shows_against_what_was_known,
    test_an_event_put_in_between_is_found,
    test_an_event_with_a_new_hash_of_its_own_is_found_at_the_next_one,
    test_the_walk_at_the_start_looks_back_over_the_last_links_and_counts_the_rest,
)

if TYPE_CHECKING:
    from crfapp.ledger.chain import Sealed
    from crfapp.store.engine import Engine


@pytest.mark.req("REQ-107")
def test_every_column_forged_and_an_event_taken_out_are_found_and_named(
    engine: Engine, log: list[Sealed]
) -> None:
    """For one event; that it is so for each is shown on the file, by the same walk."""
    link = log[6]
    for column, values in FORGED.items():
        sql = f"UPDATE event SET {column} = ? WHERE node = ? AND seq = ?"  # noqa: S608 (our column names)
        found = attack(engine, (sql, (values[0], link.node, link.seq)))
        places = {found.seq for found in found.breaks}
        assert places & {link.seq, link.seq + 1, values[0]}, column
    found = attack(engine, ("DELETE FROM event WHERE seq = ?", (link.seq,)))
    assert found.breaks[0] == ("ws-test", link.seq + 1, f"event {link.seq} is missing")

"""The tests of the ledger on the encrypted file, word for word, on PostgreSQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings

from crfapp.ledger.chain import Sealed
from crfapp.ledger.changes import Put
from crfapp.ledger.state import TABLES, SubjectRow
from crfapp.store.engine import reading
from crfapp.store.event_log import EventLog
from crfapp.store.ledger import SqlLedger
from tests.support.clinic import Clinic
from tests.support.random_work import STEPS, Step, work
from tests.support.tiny import tiny_study
from tests.unit.store.test_ledger import (
    clinic,
    form,
    kept,
    test_a_correction_obscures_nothing_and_a_voided_row_stays_readable,
    test_a_ledger_opened_again_goes_on_with_its_chain_and_its_time,
    test_a_second_writer_in_this_program_is_told_to_wait,
    test_a_study_version_is_kept_once_and_for_ever,
    test_a_transaction_that_fails_leaves_nothing_and_the_next_one_goes_on,
    test_an_export_reads_one_unchanging_picture,
    test_each_item_has_its_event_with_who_when_where_and_why,
    test_events_of_one_command_share_its_act_and_nothing_else_does,
    test_half_a_character_is_refused_and_nothing_of_it_stays,
)

if TYPE_CHECKING:
    from crfapp.store.engine import Engine
    from tests.support.postgres import Cluster


@pytest.mark.req("REQ-101")
@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_the_same_work_gives_the_same_links_and_tables_on_the_server_and_in_memory(
    cluster: Cluster, steps: list[Step]
) -> None:
    remembered = Clinic(tiny_study())
    expected = work(remembered, steps)
    engine = cluster.new_part()
    ledger = SqlLedger(engine, "ws-test")
    served = Clinic(tiny_study(), ledger=ledger)
    assert work(served, steps) == expected
    table: Any
    for table in TABLES:
        assert served.ledger.tables.find(table) == remembered.ledger.tables.find(table)
    with reading(engine) as db:
        assert list(EventLog().read(db)) == remembered.ledger.links
    ledger.close()
    engine.dispose()


@pytest.mark.parametrize("text", ["pass\x00word", "\x00", "\U0010fffd", "\U0010fffd0\x00", "نص\u200f"])
def test_every_text_that_a_site_could_keep_comes_back_as_it_was(
    kept: SqlLedger, engine: Engine, text: str
) -> None:
    with kept.transaction() as running:
        link = Sealed("ws-test", 1, "0" * 64, "refusal-noted", None, text, text.encode(), text.encode())
        running.append([link], [Put(SubjectRow("s", text, text))], "1")
        assert running.tables.find(SubjectRow, number=text) == [SubjectRow("s", text, text)]
    assert kept.tables.get(SubjectRow, "s") == SubjectRow("s", text, text)
    with reading(engine) as db:
        assert list(EventLog().read(db)) == [link]

"""The tests of the log on the encrypted file, word for word, on PostgreSQL; and emptying it at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import Code, IntegrityProblem
from crfapp.store.engine import writing
from crfapp.store.event_log import EventLog, assert_intact
from crfapp.store.failures import REFUSED
from crfapp.store.postgres.schema import GUARDS
from tests.support.weakened import take_guards_away
from tests.unit.store.test_event_log import (
    INSERT,
    everything,
    test_no_column_of_an_event_can_be_changed,
    test_no_event_can_be_taken_away,
    test_of_several_links_none_stays_where_one_is_refused,
    test_only_the_next_link_of_a_chain_is_taken,
    test_reading_narrows_by_head_subject_and_kind,
    test_two_workstations_have_a_chain_each,
    test_what_was_appended_is_read_back_byte_for_byte,
    three,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.ledger.chain import Sealed
    from crfapp.store.engine import Engine


@pytest.mark.req("REQ-107")
@pytest.mark.parametrize("table", ["event", "content"])
def test_what_only_grows_cannot_be_emptied(engine: Engine, three: list[Sealed], table: str) -> None:
    with pytest.raises(REFUSED, match=r"only grows|stays"), writing(engine) as db:
        db.execute(f"TRUNCATE {table}")
    assert everything(engine) == three


@pytest.mark.req("REQ-107")
def test_without_its_guard_the_log_could_be_emptied(engine: Engine, three: list[Sealed]) -> None:
    """Sabotaged twin of the test above."""
    with writing(engine) as db:
        take_guards_away(db, ["event_never_emptied"])
        db.execute("TRUNCATE event")
    assert everything(engine) != three


@pytest.mark.req("REQ-107")
def test_an_upsert_changes_nothing(
    engine: Engine, three: list[Sealed], links: Callable[..., list[Sealed]]
) -> None:
    forged = links("WS1", 2, first=2, note="forged")[0]
    with pytest.raises(REFUSED, match="only grows"), writing(engine) as db:
        db.execute(f"{INSERT} ON CONFLICT (node, seq) DO UPDATE SET body = excluded.body", forged)
    with writing(engine) as db:
        db.execute(f"{INSERT} ON CONFLICT DO NOTHING", forged)
    assert everything(engine) == three


WEAKENED = [
    ("DROP TABLE event", "event"),
    ("ALTER TABLE event RENAME TO past", "event"),
    ("ALTER TABLE event ADD COLUMN hidden text", "event"),
    ("ALTER TABLE content ALTER COLUMN bytes DROP NOT NULL", "content"),
    ("DROP INDEX event_of_subject", "event_of_subject"),
    ("ALTER TABLE event DISABLE TRIGGER event_grows", "event_grows"),
    ("ALTER TABLE event ENABLE REPLICA TRIGGER event_stays", "event_stays"),
    ("CREATE RULE swallow AS ON INSERT TO event DO INSTEAD NOTHING", "swallow"),
    (
        "CREATE TRIGGER swallow BEFORE INSERT ON item FOR EACH ROW"
        " EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        "swallow",
    ),
    (
        "CREATE OR REPLACE FUNCTION event_keeps() RETURNS trigger LANGUAGE plpgsql"
        " AS 'BEGIN RETURN NEW; END'",
        "event_keeps",
    ),
    *((f"DROP TRIGGER {name} ON {guard.table}", name) for name, guard in GUARDS.items()),
]


@pytest.mark.req("REQ-106")
def test_a_weakened_log_is_noticed_by_name(engine: Engine) -> None:
    with writing(engine) as db:
        for sabotage, named in WEAKENED:
            assert_intact(db)
            db.execute("SAVEPOINT sound")
            db.execute(sabotage)
            with pytest.raises(IntegrityProblem) as noticed:
                assert_intact(db)
            assert (noticed.value.code, noticed.value.facts) == (Code.LOG_MISSING, {"object": named})
            db.execute("ROLLBACK TO SAVEPOINT sound")


def test_what_a_batch_costs_does_not_hang_on_what_is_there(
    engine: Engine, links: Callable[..., list[Sealed]]
) -> None:
    """The guard looks for one link before the batch, although the server planned that for an empty table."""
    batch, batches = 100, 12
    told = links("WS1", batch * batches)
    with writing(engine) as db:
        for first in range(0, len(told), batch):
            EventLog().append(db, told[first : first + batch])
        met = db.execute(
            "SELECT seq_tup_read, idx_tup_fetch FROM pg_stat_xact_user_tables"
            " WHERE relname = 'event' AND schemaname = current_schema()"
        ).fetchone()
    assert met is not None
    assert met[0] == 0
    assert met[1] <= 2 * batches

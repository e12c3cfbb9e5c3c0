"""The log only grows, link by link, and says when somebody weakened it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from sqlcipher3 import dbapi2

from crfapp.base.problems import Code, IntegrityProblem
from crfapp.ledger.chain import GENESIS, Sealed
from crfapp.store.engine import SqliteDb, reading, writing
from crfapp.store.event_log import EventLog, assert_intact
from crfapp.store.failures import REFUSED

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.store.engine import Engine

Links = Callable[..., list[Sealed]]
LOG = EventLog()
INSERT = "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
COLUMNS = ("node", "seq", "hash", "kind", "subject", "at", "body", "told")


def everything(engine: Engine) -> list[Sealed]:
    with reading(engine) as db:
        return list(LOG.read(db))


def tell(engine: Engine, pragma: str) -> None:
    """Set a pragma on the connection that the pool hands out next."""
    pooled = engine.raw_connection()
    pooled.driver_connection.execute(f"PRAGMA {pragma}")
    pooled.close()


@pytest.fixture
def three(engine: Engine, links: Links) -> list[Sealed]:
    chain = links("WS1", 3)
    with writing(engine) as db:
        LOG.append(db, chain)
    return chain


def test_what_was_appended_is_read_back_byte_for_byte(engine: Engine, three: list[Sealed]) -> None:
    assert everything(engine) == three
    with reading(engine) as db:
        assert LOG.head(db, "WS1") == (3, three[-1].hash)
        assert LOG.head(db, "WS2") == (0, GENESIS)
        assert LOG.count(db) == 3


def test_two_workstations_have_a_chain_each(engine: Engine, three: list[Sealed], links: Links) -> None:
    other = links("WS0", 4)
    with writing(engine) as db:
        for link in other:
            LOG.append(db, [link])

    assert everything(engine) == [*other, *three]
    with reading(engine) as db:
        assert LOG.nodes(db) == ("WS0", "WS1")


def test_reading_narrows_by_head_subject_and_kind(engine: Engine, links: Links) -> None:
    chain = links("WS1", 12)
    with writing(engine) as db:
        LOG.append(db, chain)
        LOG.append(db, links("WS2", 2))

    with reading(engine) as db:
        assert [link.seq for link in LOG.read(db, after={"WS1": 10, "WS2": 2})] == [11, 12]
        of_one = list(LOG.read(db, after={"WS2": 2}, subject="JO01-001"))
        assert of_one == [link for link in chain if link.subject == "JO01-001"]
        kinds = [
            link.seq for link in LOG.read(db, after={"WS2": 2}, kinds={"visit-started"}, subject="JO01-002")
        ]
        assert kinds == [2, 8]
        assert list(LOG.read(db, kinds=())) == []


def test_reading_one_subject_never_walks_the_whole_log(three: list[Sealed], ledger: Path, key: bytes) -> None:
    """The plans of the statements that were really run: searches in indexes, nothing sorted."""
    raw = dbapi2.connect(str(ledger), factory=SqliteDb)
    raw.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    ran: list[str] = []
    raw.set_trace_callback(ran.append)
    assert list(LOG.read(raw, subject="JO01-001")) == three[:1]
    raw.set_trace_callback(None)

    plans = [str([row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {sql}")]) for sql in ran]
    raw.close()
    assert len(plans) == 2
    assert not [plan for plan in plans if "SCAN event" in plan or "TEMP B-TREE" in plan]
    assert "event_of_subject (subject=? AND node=? AND seq>?)" in plans[1]


@pytest.mark.req("REQ-107")
@pytest.mark.parametrize("column", COLUMNS)
def test_no_column_of_an_event_can_be_changed(engine: Engine, three: list[Sealed], column: str) -> None:
    with pytest.raises(REFUSED, match="only grows"), writing(engine) as db:
        db.execute(f"UPDATE event SET {column} = {column} WHERE seq = 2")  # noqa: S608 (our column names)
    assert everything(engine) == three


@pytest.mark.req("REQ-107")
@pytest.mark.parametrize("sql", ["DELETE FROM event WHERE seq = 3", "DELETE FROM event"])
def test_no_event_can_be_taken_away(engine: Engine, three: list[Sealed], sql: str) -> None:
    with pytest.raises(REFUSED, match="only grows"), writing(engine) as db:
        db.execute(sql)
    assert everything(engine) == three


CLAUSES = ["INSERT", "INSERT OR REPLACE", "INSERT OR IGNORE", "INSERT OR FAIL", "REPLACE"]


@pytest.mark.req("REQ-107")
@pytest.mark.parametrize("recursive", ["ON", "OFF"])
@pytest.mark.parametrize("clause", CLAUSES)
def test_no_event_can_be_written_over(
    engine: Engine, three: list[Sealed], links: Links, clause: str, recursive: str
) -> None:
    forged = links("WS1", 2, first=2, note="forged")[0]
    tell(engine, f"recursive_triggers = {recursive}")
    with pytest.raises(REFUSED, match="grows by one"), writing(engine) as db:
        db.execute(INSERT.replace("INSERT", clause), forged)
    assert everything(engine) == three


@pytest.mark.req("REQ-107")
def test_an_upsert_does_not_get_through_either(engine: Engine, three: list[Sealed], links: Links) -> None:
    forged = links("WS1", 2, first=2, note="forged")[0]
    with pytest.raises(REFUSED, match="grows by one"), writing(engine) as db:
        db.execute(f"{INSERT} ON CONFLICT DO UPDATE SET body = excluded.body", forged)
    assert everything(engine) == three


def test_without_the_third_trigger_replacing_gets_through(
    engine: Engine, three: list[Sealed], links: Links
) -> None:
    """Sabotaged twin: what the tests above rely on is that trigger, and they can fail."""
    forged = links("WS1", 2, first=2, note="forged")[0]
    tell(engine, "recursive_triggers = OFF")
    with writing(engine) as db:
        db.execute("DROP TRIGGER event_grows")
    with writing(engine) as db:
        db.execute(INSERT.replace("INSERT", "INSERT OR REPLACE"), forged)

    assert everything(engine) != three


@pytest.mark.req("REQ-107")
@pytest.mark.parametrize("seq", [0, -1, 1, 3, 5, 1000])
def test_only_the_next_link_of_a_chain_is_taken(engine: Engine, three: list[Sealed], seq: int) -> None:
    astray = three[0]._replace(seq=seq, hash="f" * 64)
    with pytest.raises(IntegrityProblem) as refused, writing(engine) as db:
        LOG.append(db, [astray])
    assert refused.value.code is Code.CHAIN_BROKEN
    assert everything(engine) == three


def test_of_several_links_none_stays_where_one_is_refused(engine: Engine, links: Links) -> None:
    chain = links("WS1", 4)
    with pytest.raises(IntegrityProblem), writing(engine) as db:
        LOG.append(db, [chain[0], chain[1], chain[3]])
    assert everything(engine) == []


@pytest.mark.req("REQ-106")
@pytest.mark.parametrize(
    ("sabotage", "named"),
    [
        ("DROP TABLE event", "event"),
        ("ALTER TABLE event RENAME TO past", "event"),
        ("ALTER TABLE event ADD COLUMN hidden TEXT", "event"),
        ("DROP TRIGGER event_keeps", "event_keeps"),
        ("DROP TRIGGER event_stays", "event_stays"),
        ("DROP TRIGGER event_grows", "event_grows"),
        ("DROP INDEX event_of_subject", "event_of_subject"),
        ("CREATE TRIGGER swallow BEFORE INSERT ON event BEGIN SELECT RAISE(IGNORE); END", "swallow"),
    ],
)
def test_a_weakened_log_is_noticed_by_name(engine: Engine, sabotage: str, named: str) -> None:
    with reading(engine) as db:
        assert_intact(db)
    with writing(engine) as db:
        db.execute(sabotage)

    with pytest.raises(IntegrityProblem) as noticed, reading(engine) as db:
        assert_intact(db)

    assert noticed.value.code is Code.LOG_MISSING
    assert noticed.value.facts == {"object": named}


@pytest.mark.req("REQ-106")
def test_a_trigger_of_the_same_name_that_does_nothing_is_noticed(engine: Engine) -> None:
    with writing(engine) as db:
        db.execute("DROP TRIGGER event_keeps")
        db.execute("CREATE TRIGGER event_keeps BEFORE UPDATE ON event BEGIN SELECT 1; END")

    with pytest.raises(IntegrityProblem, match="I-103"), reading(engine) as db:
        assert_intact(db)

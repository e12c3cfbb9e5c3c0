"""Whoever has the key and another tool: what they change in the log is found, and its first place named."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from crfapp.base.canonical import canonical, sha256
from crfapp.base.problems import Code, IntegrityProblem
from crfapp.store.engine import reading, writing
from crfapp.store.event_log import EventLog, assert_intact
from crfapp.store.ledger import SqlLedger
from crfapp.store.rebuild import compare, remake
from crfapp.store.verify import Anchor, Verification, verify, verify_recent
from crfapp.work.people import InstallPack
from tests.support.clinic import ADMIN, Clinic
from tests.support.random_work import BEGUN, work
from tests.support.tiny import tiny_study
from tests.support.weakened import put_guards_back, take_guards_away

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.ledger.chain import Sealed
    from crfapp.store.engine import Engine

FORGED: dict[str, list[Any]] = {
    "node": ["ws-0", "ws-test2"],
    "seq": [0, -3, 1000],
    "hash": ["0" * 64, "", "f" * 64],
    "kind": ["value-recorded", "nonsense"],
    "subject": [None, "somebody"],
    "at": ["2020-01-01T00:00:00.000000Z"],
    "body": [b"{}", b"[]", b"null", b"\xff", b"", b'{"told":7}'],
    "told": [b"[]", b"null", b"\xff", b"", b'{"value":7}', b'{"value":["00","9"]}', b'{"value":{"a":1}}'],
}


@pytest.fixture
def log(engine: Engine) -> list[Sealed]:
    """A small ledger as work leaves it: people, a visit, rows, answers with told texts."""
    clinic = Clinic(tiny_study(), ledger=SqlLedger(engine, "ws-test"))
    work(clinic, [*BEGUN, ("answer", "V_SCR", "DM", "SIT", "SYS", "220", ""), ("confirm", "measured twice")])
    with reading(engine) as db:
        assert verify(db).breaks == ()
        return list(EventLog().read(db))


def attack(engine: Engine, *statements: tuple[str, tuple[Any, ...]]) -> Verification:
    """Change the log with its triggers out of the way, put them back, and walk it; leaves all as it was."""
    pooled = engine.raw_connection()
    raw: Any = pooled.driver_connection
    raw.execute(raw.dialect.writes)
    take_guards_away(raw)
    for sql, values in statements:
        raw.execute(sql, values)
    put_guards_back(raw)
    assert_intact(raw)
    found = verify(raw)
    pooled.close()  # rolls back
    return found


@pytest.mark.req("REQ-107")
@pytest.mark.parametrize("column", FORGED)
def test_every_column_of_every_event_forged_is_found_and_named(
    engine: Engine, log: list[Sealed], column: str
) -> None:
    for link in log:
        for value in FORGED[column]:
            if value == getattr(link, column):
                continue
            sql = f"UPDATE event SET {column} = ? WHERE node = ? AND seq = ?"  # noqa: S608 (our column names)
            found = attack(engine, (sql, (value, link.node, link.seq)))
            forged = link._replace(**{column: value})
            assert found.breaks, (link.seq, value)
            assert {(b.node, b.seq) for b in found.breaks} & {
                (forged.node, forged.seq),
                (link.node, link.seq + 1),  # where a gap shows
            }, (link.seq, value, found.breaks)


@pytest.mark.req("REQ-107")
def test_an_event_taken_out_of_the_middle_is_found_and_named(engine: Engine, log: list[Sealed]) -> None:
    for link in log[:-1]:
        found = attack(engine, ("DELETE FROM event WHERE seq = ?", (link.seq,)))
        assert found.breaks[0] == ("ws-test", link.seq + 1, f"event {link.seq} is missing")


@pytest.mark.req("REQ-107")
def test_two_events_exchanged_are_found_at_the_first(engine: Engine, log: list[Sealed]) -> None:
    for one, other in pairwise(log):
        swap = "UPDATE event SET seq = ? WHERE seq = ?"
        found = attack(engine, (swap, (-1, one.seq)), (swap, (one.seq, other.seq)), (swap, (other.seq, -1)))
        assert found.breaks[0][:2] == ("ws-test", one.seq)


@pytest.mark.req("REQ-107")
def test_an_event_with_a_new_hash_of_its_own_is_found_at_the_next_one(
    engine: Engine, log: list[Sealed]
) -> None:
    link = log[3]
    forged = link.body.replace(b'"rania"', b'"other"')
    assert forged != link.body
    sql = "UPDATE event SET body = ?, hash = ? WHERE seq = ?"
    found = attack(engine, (sql, (forged, sha256(forged), link.seq)))
    assert found.breaks[0] == ("ws-test", link.seq + 1, "it does not follow the event before it")


@pytest.mark.req("REQ-107")
def test_an_event_put_in_between_is_found(engine: Engine, log: list[Sealed]) -> None:
    """With the rest moved up to make room; and one put at the end that follows nothing."""
    end = len(log)
    insert = "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    body = canonical({"node": "ws-test", "prev": "0" * 64})
    stray = log[4]._replace(hash=sha256(body), body=body)
    up = [("UPDATE event SET seq = seq + 1 WHERE seq = ?", (seq,)) for seq in range(end, stray.seq - 1, -1)]
    assert attack(engine, *up, (insert, stray)).breaks[0][:2] == ("ws-test", stray.seq)
    assert attack(engine, (insert, stray._replace(seq=end + 1))).breaks[0][:2] == ("ws-test", end + 1)


@pytest.mark.req("REQ-107")
@pytest.mark.parametrize("cut", [1, 2, 7, 21, 22])
def test_an_end_cut_off_the_log_shows_in_the_tables_that_still_tell_it(
    engine: Engine, log: list[Sealed], tmp_path: Path, cut: int
) -> None:
    last = log[-1]
    with writing(engine) as db:
        take_guards_away(db, ["event_stays"])
        db.execute("DELETE FROM event WHERE seq > ?", (last.seq - cut,))
        put_guards_back(db, ["event_stays"])
    with reading(engine) as db:
        found = verify(db)
        assert verify_recent(db).breaks == found.breaks
    first = last.seq - cut + 1
    assert found.breaks == (("ws-test", first, f"events {first} to {last.seq} are cut off"),)
    with pytest.raises(IntegrityProblem) as refused:
        found.refuse_breaks()
    assert refused.value.code is Code.CHAIN_BROKEN
    assert refused.value.facts["seq"] == first
    assert compare(engine, tmp_path) != []


@pytest.mark.req("REQ-107")
def test_an_end_cut_off_the_log_and_the_tables_shows_against_what_was_known_elsewhere(
    engine: Engine, log: list[Sealed]
) -> None:
    """T-31 for every length of cut. The chain alone cannot show it: what is left is a sound chain."""
    last = log[-1]
    known = Anchor(last.node, last.seq, last.hash)
    with writing(engine) as db:
        take_guards_away(db, ("event_stays", "event_keeps"))
        for left in range(last.seq - 1, -1, -1):
            for table in ("event", "trail"):
                db.execute(f"DELETE FROM {table} WHERE seq > ?", (left,))  # noqa: S608 - our own names
            remake(db)
            assert verify(db).wrong == ()  # without what is known elsewhere nothing shows
            found = verify(db, [known])
            assert found.cuts == (("ws-test", left, last.seq),)
            assert verify_recent(db, [known]) == found
            assert found.wrong[0].what == (
                f"events {left + 1} to {last.seq} are missing: cut off, or an older copy"
            )
            with pytest.raises(IntegrityProblem) as refused:
                found.refuse_cuts()
            assert refused.value.code is Code.OLDER_COPY
            assert refused.value.facts == {"node": "ws-test", "first": left + 1, "last": last.seq}


@pytest.mark.req("REQ-107")
def test_an_end_that_was_exchanged_for_another_one_shows_against_what_was_known(
    engine: Engine, log: list[Sealed]
) -> None:
    with reading(engine) as db:
        found = verify(db, [Anchor("ws-test", 5, "0" * 64), Anchor("ws-test", 5, log[4].hash)])
    assert found.breaks == (("ws-test", 5, "it is another event than was noted outside"),)


def test_a_walk_tells_chains_events_and_where_they_end(engine: Engine, log: list[Sealed]) -> None:
    with reading(engine) as db:
        found = verify(db, [Anchor("ws-test", 2, log[1].hash)])
    assert found == Verification(1, len(log), (Anchor("ws-test", len(log), log[-1].hash),), ())


def test_the_walk_at_the_start_looks_back_over_the_last_links_and_counts_the_rest(
    engine: Engine, log: list[Sealed], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crfapp.store.verify.LOOKED_BACK", 3)
    with reading(engine) as db:
        assert verify_recent(db).breaks == ()
    with writing(engine) as db:
        take_guards_away(db, ["event_stays"])
        db.execute("DELETE FROM event WHERE seq = 2")
    with reading(engine) as db:
        assert verify_recent(db).breaks[0].what == f"{len(log)} events are told of, {len(log) - 1} are there"
        assert verify(db).breaks[0].what == "event 2 is missing"
    with writing(engine) as db:
        take_guards_away(db, ["event_keeps"])
        db.execute("UPDATE event SET at = 'x' WHERE seq = ?", (len(log) - 1,))
    with reading(engine) as db:
        assert verify_recent(db).breaks[0][:2] == ("ws-test", len(log) - 1)


def test_a_study_version_that_was_lost_is_named_by_the_event_that_put_it_in_force(engine: Engine) -> None:
    study = tiny_study()
    ledger = SqlLedger(engine, "ws-test")
    clinic = Clinic(study, ledger=ledger)
    ledger.keep_content(study.hash, study.content)
    clinic.bus.send(InstallPack(site="s1", study="tiny", pack_version="1.0", content=study.hash), ADMIN)
    with reading(engine) as db:
        assert verify(db).breaks == ()
    with writing(engine) as db:
        take_guards_away(db, ["content_stays"])
        db.execute("DELETE FROM content")
    with reading(engine) as db:
        assert verify(db).breaks[0][:2] == ("ws-test", 2)

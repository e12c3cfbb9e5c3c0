"""A durable save of one event against a bare SQLCipher commit of one row on the same disk."""

from __future__ import annotations

import json
import os
import random
import statistics
import sys
import time
from typing import TYPE_CHECKING

import pytest
from sqlcipher3 import dbapi2

from crfapp.base.canonical import canonical, sha256
from crfapp.ledger.chain import Sealed
from crfapp.store.engine import open_engine, writing
from crfapp.store.event_log import EventLog
from crfapp.store.migrations import migrate

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ROUNDS, SAVES = 5, 200
KEY = bytes(range(32))


def bare(path: Path) -> Callable[[int, bytes], None]:
    """The least that is durable and encrypted: one table, one row, one commit."""
    raw = dbapi2.connect(str(path), isolation_level=None)
    for pragma in (f"key = \"x'{KEY.hex()}'\"", "journal_mode = WAL", "synchronous = FULL"):
        raw.execute(f"PRAGMA {pragma}").fetchall()
    raw.execute("CREATE TABLE row (seq INTEGER PRIMARY KEY, body BLOB)")

    def save(seq: int, body: bytes) -> None:
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("INSERT INTO row VALUES (?, ?)", (seq, body))
        raw.execute("COMMIT")

    return save


def event(path: Path) -> Callable[[int, bytes], None]:
    """What the ledger does: ask for the head, append with triggers and index, commit."""
    engine, log = open_engine(path, KEY, create=True), EventLog()
    migrate(engine, lambda _have: None)

    def save(_seq: int, body: bytes) -> None:
        with writing(engine) as db:
            seq, _prev = log.head(db, "WS1")
            at = "2025-01-12T07:05:00Z"
            log.append(
                db, [Sealed("WS1", seq + 1, sha256(body), "value-recorded", "JO01-001", at, body, b"{}")]
            )

    return save


def measured(folder: Path) -> dict[str, object]:
    """Medians in milliseconds; the two take turns, so that both meet the same load and disk."""
    saves = {"bare_commit": bare(folder / "bare.db"), "event_save": event(folder / "event.db")}
    body = canonical({"value": "120", "filler": os.urandom(350).hex()})
    medians: dict[str, list[float]] = {name: [] for name in saves}
    order = list(saves)
    for at in range(ROUNDS):
        spent: dict[str, list[float]] = {name: [] for name in saves}
        for number in range(SAVES):
            random.shuffle(order)
            for name in order:
                begin = time.perf_counter()
                saves[name](at * SAVES + number + 1, body)
                spent[name].append((time.perf_counter() - begin) * 1000)
        for name, times in spent.items():
            medians[name].append(statistics.median(times))
    result = {name: round(statistics.median(values), 3) for name, values in medians.items()}
    ratio = statistics.median(
        e / b for e, b in zip(medians["event_save"], medians["bare_commit"], strict=True)
    )
    return {"what": "durable save of one event", "unit": "ms", **result, "ratio": round(ratio, 2)}


@pytest.mark.bench
def test_a_save_costs_at_most_twice_a_bare_commit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    result = measured(tmp_path)
    with capsys.disabled():
        sys.stdout.write("\n" + json.dumps(result) + "\n")
    assert isinstance(result["ratio"], float)
    assert result["ratio"] <= 2

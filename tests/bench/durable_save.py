"""A durable save of one answer through the whole bus, against a bare SQLCipher commit of one row."""

from __future__ import annotations

import os
import random
import statistics
import time
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2

from crfapp.ledger.keys import FormKey
from crfapp.store.engine import open_engine
from crfapp.store.ledger import SqlLedger
from crfapp.store.migrations import migrate
from crfapp.store.rebuild import remake
from crfapp.work.entry import RecordAnswer
from tests.bench._kept import Kept, Limit
from tests.bench._limits import bare_cipher, bare_sync
from tests.support.clinic import Clinic
from tests.support.tiny import tiny_study

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Saves = Mapping[str, Callable[[int], object]]

ROUNDS, SUBJECTS = 5, 12
PAGES = 8
"""Pages that a first answer writes, as its write-ahead log counts them."""
_BARE = Limit("temporary_files/bare_commit", "a bare SQLCipher commit")
FIGURES = (
    Kept("a first answer, durable", "temporary_files/first_answer", "ms", _BARE, compared=False),
    Kept("the same over a bare commit, median of rounds", "temporary_files/ratio", goal=2, compared=False),
    Kept(
        "a correction over a bare commit, median of rounds",
        "temporary_files/ratio_of_correction",
        goal=2,
        compared=False,
    ),
    Kept(
        "processor time of a first answer",
        "temporary_files/cpu/first_answer",
        "ms",
        Limit("temporary_files/cpu/bare_commit", "processor time of a bare commit"),
    ),
    Kept(
        "the same processor time, beside the cipher alone",
        "temporary_files/cpu/first_answer",
        "ms",
        Limit("temporary_files/cpu/bare_cipher", "AES-256 and HMAC-SHA512 over the 8 pages it writes"),
    ),
    Kept(
        "a bare commit of SQLCipher",
        "temporary_files/bare_commit",
        "ms",
        Limit("temporary_files/bare_sync", "a bare sync of the same disk"),
        compared=False,
    ),
)
KEY = bytes(range(32))
ANSWERS = (
    ("", "NAME", "Rania"),
    ("", "BRTHDAT", "1995-04"),
    ("", "SKIN", "2"),
    ("", "REMARK", "Rested for five minutes."),
    ("SIT", "SYS", "122"),
    ("SIT", "TEMP", "36.6"),
    ("LIE", "SYS", "118"),
    ("LIE", "TEMP", "36.5"),
    ("AFTER", "SYS", "131"),
    ("AFTER", "TEMP", "36.7"),
)


def bare(path: Path) -> Callable[[int], None]:
    """The least that is durable and encrypted: one table, one row, one commit."""
    raw = dbapi2.connect(str(path), isolation_level=None)
    for pragma in (f"key = \"x'{KEY.hex()}'\"", "journal_mode = WAL", "synchronous = FULL"):
        raw.execute(f"PRAGMA {pragma}").fetchall()
    raw.execute("CREATE TABLE row (seq INTEGER PRIMARY KEY, body BLOB)")
    body = os.urandom(350)
    numbers = count(1)

    def save(_at: int) -> None:
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("INSERT INTO row VALUES (?, ?)", (next(numbers), body))
        raw.execute("COMMIT")

    return save


def through_the_bus(path: Path, subjects: int) -> tuple[Callable[[int], None], Callable[[int], None]]:
    """First answers, and corrections of them, on the forms of as many subjects as there are."""
    engine = open_engine(path, KEY, create=True)
    migrate(engine, lambda _have: None, remake)
    clinic = Clinic(tiny_study(), ledger=SqlLedger(engine, "ws-bench"))
    keys = []
    for _ in range(subjects):
        subject = clinic.enrol()
        clinic.start(subject, "V_SCR")
        keys.append(FormKey(subject, "V_SCR", 1, "DM", 1))
        clinic.enter(keys[-1], TRIGGER="SUN")  # the form is begun, as it is for all answers but one

    def first(at: int) -> None:
        row, item, typed = ANSWERS[at % len(ANSWERS)]
        clinic.send(RecordAnswer(key=keys[at // len(ANSWERS)], row=row, item=item, typed=typed))

    def correction(at: int) -> None:
        key = keys[at // len(ANSWERS)]
        clinic.send(RecordAnswer(key=key, item="TRIGGER", typed=f"{_OTHER[at % 2]}", reason="misheard"))

    return first, correction


_OTHER = ("STRESS", "SUN")


def measure() -> dict[str, object]:
    """The same on the disk of this working copy and on that of temporary files: syncing differs."""
    found: dict[str, object] = {}
    for name, parent in (("working_copy", Path(__file__).parent), ("temporary_files", None)):
        with TemporaryDirectory(dir=parent, prefix=".bench-") as folder:
            found[name] = measured(Path(folder))
    return found


def measured(folder: Path) -> dict[str, object]:
    """Medians in milliseconds; all take turns, so that they meet the same load and disk."""
    first, correction = through_the_bus(folder / "bus.db", ROUNDS * SUBJECTS)
    sync, cipher = bare_sync(folder), bare_cipher(PAGES)
    saves: Saves = {
        "bare_sync": lambda _at: sync(),
        "bare_cipher": lambda _at: cipher(),
        "bare_commit": bare(folder / "bare.db"),
        "first_answer": first,
        "correction": correction,
    }
    rounds = [_round(saves, turn) for turn in range(ROUNDS)]
    medians = {name: [statistics.median(wall for wall, _ in one[name]) for one in rounds] for name in saves}
    own = {name: statistics.median(cpu for one in rounds for _, cpu in one[name]) for name in saves}
    return {
        "what": "durable save of one answer through the bus",
        "unit": "ms",
        "rounds": ROUNDS,
        **{name: round(statistics.median(values), 3) for name, values in medians.items()},
        "cpu": {name: round(cpu, 3) for name, cpu in own.items()},
        "ratio": _ratio(medians, "first_answer"),
        "ratio_of_correction": _ratio(medians, "correction"),
    }


def _round(saves: Saves, turn: int) -> dict[str, list[tuple[float, float]]]:
    """Milliseconds of wall and of this thread's processor time of each save."""
    each = SUBJECTS * len(ANSWERS)
    spent: dict[str, list[tuple[float, float]]] = {name: [] for name in saves}
    order = list(saves)
    for at in range(turn * each, (turn + 1) * each):
        random.shuffle(order)
        for name in order:
            begin, used = time.perf_counter(), time.thread_time()
            saves[name](at)
            took = (time.perf_counter() - begin) * 1000, (time.thread_time() - used) * 1000
            spent[name].append(took)
    return spent


def _ratio(medians: dict[str, list[float]], name: str) -> float:
    pairs = zip(medians[name], medians["bare_commit"], strict=True)
    return round(statistics.median(ours / least for ours, least in pairs), 2)

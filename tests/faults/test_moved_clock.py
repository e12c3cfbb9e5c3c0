"""T-40: the clock of the machine is moved while people work: nothing is lost, blocked or put out of order.

A real site in a process whose wall clock is set from outside. That a jump is noticed stands in
``tests/interop/test_moved_clock.py``; what it does to the clocks of an injection in
``tests/unit/present/test_observation_clocks.py``.
"""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.fault_figures import FULL, Figure, many, note
from tests.support.moved_clock import ROOT, moved_by

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.interop

Says = dict[str, Any]
BACK = ("-1s", "-119s", "-3h", "-1d", "-30d", "-365d", "-3650d")
FORWARD = ("+1s", "+119s", "+1h", "+1d", "+400d")
SUMMER = ("@2027-03-28 01:59:59", "@2027-03-28 03:00:01")
WINTER = ("@2027-10-31 02:59:59", "@2027-10-31 02:00:01")
FAR = ("@2038-01-19 03:14:06", "@2038-01-19 03:14:09", "@2106-02-07 06:28:16")
ALL = (*BACK, "+0", *FORWARD, "+0", *SUMMER, *WINTER, *FAR, "-3650d", "+0")
MOVES = ALL if FULL else ("-119s", "-3h", "-3650d", "+1h", *WINTER, *FAR[:2], "+0")
ZONES = ("Pacific/Auckland", "America/St_Johns", "UTC")
WORDS_PER_MOVE = many(1, 8)


@contextmanager
def site_at_work(folder: Path, *manner: str) -> Iterator[tuple[Callable[[str], Says], Callable[[str], None]]]:
    """A program that does what it is told, and what sets its clock."""
    folder.mkdir()
    clock = folder / "clock"
    command = [sys.executable, "-m", "tests.faults.moved_clock_program", str(folder), *manner]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=moved_by(clock, TZ="Europe/Berlin"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        asks, says = program.stdin, program.stdout

        def do(word: str) -> Says:
            asks.write(word + "\n")
            asks.flush()
            told: Says = json.loads(says.readline())
            return told

        def move(offset: str) -> None:
            clock.write_text(offset, encoding="utf-8")

        yield do, move
        asks.close()


def wrong_with(told: Says, before: Says) -> list[str]:
    """What the program does not hold after one answer."""
    wrong = ["refused"] if told["refused"] else []
    wrong += [] if told["shown"] else ["another value is shown"]
    wrong += [] if told["hybrid"] > before["hybrid"] else ["it stands before what was there"]
    wrong += [] if told["passed"] >= told["real"] - 2 else ["a term has become longer"]
    return wrong


def moved_day(
    do: Callable[[str], Says], move: Callable[[str], None], moves: tuple[str, ...] = MOVES
) -> dict[str, list[str]]:
    """What is wrong after each move of the clock, with work between any two."""
    found: dict[str, list[str]] = {}
    before = do("record")
    for step, to in enumerate(moves):
        move(to)
        do(f"zone {ZONES[step % len(ZONES)]}" if step % 4 == 3 else "zone Europe/Berlin")
        noticed = before["noticed"]
        for _ in range(WORDS_PER_MOVE):
            told = do("record")
            found.setdefault(f"{step} {to}", []).extend(wrong_with(told, before))
            before = told
        if to in BACK[2:] and before["noticed"] == noticed:
            found[f"{step} {to}"].append("nobody noticed")
    return found


@pytest.mark.req("REQ-404", "REQ-920")
def test_a_moved_clock_loses_blocks_and_disorders_nothing(tmp_path: Path) -> None:
    """The twin takes the order of events from the wall clock."""
    with site_at_work(tmp_path / "real") as (do, move):
        found = moved_day(do, move)
        during = signed_while_it_moves(do, move)
        lock = locked_while_it_moves(do, move)
        sound = do("check")["sound"]
    with site_at_work(tmp_path / "twin", "wall") as (do, move):
        twin = moved_day(do, move, MOVES[:4])
    bad = [f"{step}: {what}" for step, wrong in found.items() for what in wrong]
    worse = sum(map(bool, twin.values()))
    tries, words = len(MOVES) * WORDS_PER_MOVE, "the order that no clock decides"
    note(Figure("T-40", "the clock moves while answers are given", tries, len(bad), words, len(twin), worse))
    note(Figure("T-40", "it moves in the middle of a signature", during["tried"], during["bad"]))
    note(Figure("T-40", "it moves while somebody is locked out", lock["tried"], lock["bad"]))
    assert bad == []
    assert worse > 0
    assert (during["bad"], lock["bad"]) == (0, 0)
    assert sound


def signed_while_it_moves(do: Callable[[str], Says], move: Callable[[str], None]) -> dict[str, int]:
    """The form is looked at, the clock moves, it is signed."""
    tried = bad = 0
    for first, then in (("+0", "-3h"), ("-3h", "+2d"), ("+0", "-3650d"), ("-3650d", "+0")):
        move(first)
        events = do("see")["events"]
        move(then)
        told = do("sign")
        tried += 1
        bad += bool(told["refused"]) or told["events"] <= events
    return {"tried": tried, "bad": bad}


def locked_while_it_moves(do: Callable[[str], Says], move: Callable[[str], None]) -> dict[str, int]:
    """Five wrong passwords, and then the right one at any time before and after, also after a new start."""
    move("+0")
    assert [do("wrong")["refused"] for _ in range(5)] == ["R-301"] * 5
    tried = bad = 0
    for to in ("+1s", "-3650d", "+400d", "@2038-01-19 03:14:09", "+0"):
        move(to)
        do("again")
        tried += 1
        bad += do("right")["refused"] != "R-305"
    return {"tried": tried, "bad": bad}

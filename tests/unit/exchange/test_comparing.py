"""The site compares what the centre holds with its own records, point by point (REQ-501)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from crfapp.base.problems import AppProblem, Code
from crfapp.exchange.comparing import Tally, differences
from crfapp.exchange.site_data import Snapshot
from crfapp.exchange.state import StateRow, hash_of, state_rows
from crfapp.exchange.state_file import (
    StateHead,
    check_state_file,
    read_head,
    read_rows,
    write_state_file,
)
from crfapp.journeys.memory_ledger import MemoryEvents
from crfapp.ledger.events import End
from tests.support.site_of import example_site

if TYPE_CHECKING:
    from pathlib import Path

CLINIC = example_site()
HEAD = StateHead("st", "ab", "s1", "JO01", (End("ws-1", 3, "cd"),), "2025-02-01T10:00:00Z", "0.1.0")


@pytest.fixture(scope="module")
def rows() -> list[StateRow]:
    return list(state_rows(Snapshot(CLINIC.ledger.tables, MemoryEvents(CLINIC.ledger)), CLINIC.desk.study))


@pytest.fixture
def file(rows: list[StateRow], tmp_path: Path) -> Path:
    write_state_file(rows, HEAD, tmp_path / "state.jsonl")
    return tmp_path / "state.jsonl"


def changed(rows: list[StateRow], at: int, **values: str) -> list[StateRow]:
    """The same rows, one of them altered at the centre."""
    row: Any = rows[at].row
    return [*rows[:at], rows[at]._replace(row=row._replace(**values)), *rows[at + 1 :]]


def an_answer(rows: list[StateRow]) -> int:
    return next(at for at, row in enumerate(rows) if row.table == "item" and row.key[-1] == "SEX")


def test_what_is_written_is_read_back_and_is_equal_to_the_last_point(
    rows: list[StateRow], file: Path
) -> None:
    tally = Tally()
    assert list(differences(rows, read_rows(file), tally)) == []
    assert tally.equal.total() == len(rows)
    assert read_head(file) == HEAD
    assert check_state_file(file) == (len(rows), hash_of(rows))


@pytest.mark.req("REQ-501")
def test_one_value_altered_at_the_centre_is_found_by_its_place(rows: list[StateRow], tmp_path: Path) -> None:
    at = an_answer(rows)
    write_state_file(changed(rows, at, value="X"), HEAD, tmp_path / "there")
    tally = Tally()
    [found] = differences(rows, read_rows(tmp_path / "there"), tally)
    assert (found.what, found.row, found.columns) == ("differs", rows[at], ("value",))
    assert tally.equal.total() == len(rows) - 1
    assert not tally.all_equal


@pytest.mark.req("REQ-501")
def test_what_one_side_lacks_is_named_with_the_side(rows: list[StateRow]) -> None:
    at = an_answer(rows)
    without = rows[:at] + rows[at + 1 :]
    [lost] = differences(rows, without, Tally())
    [added] = differences(without, rows, Tally())
    assert (lost.what, added.what, lost.row, added.row) == ("only here", "only there", rows[at], rows[at])


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.7, 0.99, 0.9999])
def test_a_file_that_was_cut_anywhere_is_refused(file: Path, share: float) -> None:
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(AppProblem) as refused:
        check_state_file(file)
    assert refused.value.code is Code.STATE_FILE_DAMAGED


@pytest.mark.parametrize(
    "line",
    [
        b"[]",
        b"null",
        b"{" * 5_000,
        b'{"table":"event","subject":"","row":{}}',
        b'{"table":"item","subject":7,"row":{}}',
        b'{"table":"subject","subject":"x","row":{"subject":1,"number":"1","enrolled":"x"}}',
        b'{"table":"subject","subject":"x","row":{"subject":1.5,"number":[],"enrolled":"x"}}',
        b"\xff\xfe",
    ],
)
def test_whatever_is_put_into_a_file_is_refused_with_its_line(file: Path, line: bytes) -> None:
    lines = file.read_bytes().splitlines()
    file.write_bytes(b"\n".join([*lines[:5], line, *lines[5:]]) + b"\n")
    with pytest.raises(AppProblem) as refused:
        check_state_file(file)
    assert refused.value.code is Code.STATE_FILE_DAMAGED
    assert refused.value.facts["line"] in (6, 7)  # one that could be a row is betrayed by the next


def test_two_rows_exchanged_or_said_twice_are_refused_and_a_newer_format_is_named(file: Path) -> None:
    lines = file.read_bytes().splitlines()
    for wrong in ([*lines[:4], lines[5], lines[4], *lines[6:]], [*lines[:5], lines[4], *lines[5:]]):
        file.write_bytes(b"\n".join(wrong) + b"\n")
        with pytest.raises(AppProblem) as refused:
            check_state_file(file)
        assert refused.value.code is Code.STATE_FILE_DAMAGED
    newer = json.dumps(json.loads(lines[0]) | {"version": 2}).encode()
    file.write_bytes(b"\n".join([newer, *lines[1:]]) + b"\n")
    with pytest.raises(AppProblem) as refused:
        read_head(file)
    assert refused.value.code is Code.TOO_NEW

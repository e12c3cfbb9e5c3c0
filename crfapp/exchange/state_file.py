"""The shared state as a file: what a centre hands to a site, so that the site can compare (REQ-501).

JSON lines in UTF-8. The first says whose state it is, which events its maker knew (``ends``) and when it was
made; one line for each row, in the order of :mod:`crfapp.exchange.state`; the last says how many rows came
and their hash. The format is written down in docs/formats/state.md.
"""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING, Any, NamedTuple

from crfapp.base.canonical import canonical
from crfapp.base.problems import Code, EnvironmentProblem, RefusedError
from crfapp.base.told import told_json
from crfapp.exchange.state import SHARED, StateRow
from crfapp.exchange.whole_file import beside, disk_named, give_name, refuse_existing
from crfapp.ledger.events import End
from crfapp.ledger.state import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import BinaryIO

FORMAT, VERSION = "crfapp-state", 1
LONGEST_LINE = 4_000_000
"""Bytes of the longest line that is read: no row of a form comes near it."""


class StateHead(NamedTuple):
    """Whose state a file tells; ``ends``: how far its maker knew every chain, in the order of the nodes."""

    study: str
    pack: str
    site: str
    code: str
    ends: tuple[End, ...]
    made_at: str
    software: str


class StateFile(NamedTuple):
    """A file that was written or read through: how many rows, and their hash."""

    rows: int
    state: str


def write_state_file(rows: Iterable[StateRow], head: StateHead, target: Path) -> StateFile:
    """Write a new file; ``rows`` come from :func:`crfapp.exchange.state.state_rows` and are streamed.

    EXPORT_EXISTS, FOLDER_REFUSED, DISK_FULL, DISK_FAILS; nothing is left of a file that failed.
    """
    refuse_existing(target)
    with beside(target) as part:
        with disk_named(target.parent), part.open("xb") as file:
            told = write_state(rows, head, file)
            file.flush()
            os.fsync(file.fileno())
        refuse_existing(target)
        give_name(part, target)
    return told


def write_state(rows: Iterable[StateRow], head: StateHead, file: BinaryIO) -> StateFile:
    """The same into a file that is open already."""
    told = head._asdict() | {"ends": [list(end) for end in head.ends]}
    file.write(canonical({"format": FORMAT, "version": VERSION, **told}) + b"\n")
    digest, count = hashlib.sha256(), 0
    for row in rows:
        digest.update(row.line + b"\n")
        line = {"subject": row.subject, "table": row.table, "row": row.row._asdict()}
        file.write(canonical(line) + b"\n")
        count += 1
    file.write(canonical({"rows": count, "state": digest.hexdigest()}) + b"\n")
    return StateFile(count, digest.hexdigest())


def read_head(path: Path) -> StateHead:
    """Whose state it is. STATE_FILE_DAMAGED where it is no such file, TOO_NEW of a newer format."""
    with disk_named(path.parent), path.open("rb") as file:
        return _head(file, path)


def check_state_file(path: Path) -> StateFile:
    """Read it through once: order, shape, number and hash. STATE_FILE_DAMAGED with the line, TOO_NEW."""
    digest, count = hashlib.sha256(), 0
    for row in read_rows(path):
        digest.update(row.line + b"\n")
        count += 1
    told = _last(path)
    if told != {"rows": count, "state": digest.hexdigest()}:
        raise _damaged(path, count + 2)
    return StateFile(count, digest.hexdigest())


def read_rows(path: Path) -> Iterator[StateRow]:
    """The rows in their order, one at a time; STATE_FILE_DAMAGED at the first line that is not one."""
    with disk_named(path.parent), path.open("rb") as file:
        _head(file, path)
        number, before = 1, None
        for told in _lines(file, path, 1):
            number += 1
            if "table" not in told:
                if file.readline(1):
                    raise _damaged(path, number + 1)
                return
            row = _row(told, path, number)
            if before is not None and not _follows(row, before):
                raise _damaged(path, number)
            before = row
            yield row
        raise _damaged(path, number + 1)  # it ends before its last line


def _head(file: BinaryIO, path: Path) -> StateHead:
    told = next(_lines(file, path, 0), {})
    if told.get("format") != FORMAT or not isinstance(told.get("version"), int):
        raise _damaged(path, 1)
    if told["version"] > VERSION:
        raise EnvironmentProblem(Code.TOO_NEW, kind=FORMAT, version=told["version"])
    try:
        ends = tuple(End(str(node), int(seq), str(hash_)) for node, seq, hash_ in told.pop("ends"))
        facts = {name: str(told[name]) for name in StateHead._fields if name != "ends"}
    except (TypeError, ValueError, KeyError):
        raise _damaged(path, 1) from None
    return StateHead(ends=ends, **facts)


def _lines(file: BinaryIO, path: Path, known: int) -> Iterator[dict[str, Any]]:
    number = known
    while line := file.readline(LONGEST_LINE):
        number += 1
        try:
            told = told_json(line)
        except (ValueError, RecursionError):
            raise _damaged(path, number) from None
        if not isinstance(told, dict) or not line.endswith(b"\n"):
            raise _damaged(path, number)
        yield told


def _row(told: dict[str, Any], path: Path, number: int) -> StateRow:
    table = SHARED.get(str(told.get("table")))
    given = told.get("row")
    if table is None or not isinstance(given, dict) or set(given) != set(table._fields):
        raise _damaged(path, number)
    cells: Sequence[Any] = [given[name] for name in table._fields]
    name, width = TABLES[table]
    plain = all(type(cell) in (str, int, type(None)) for cell in cells)
    if not plain or not isinstance(told.get("subject"), str) or None in cells[:width]:
        raise _damaged(path, number)
    return StateRow(told["subject"], name, tuple(cells[:width]), table._make(cells))


def _follows(row: StateRow, before: StateRow) -> bool:
    """Whether rows stand in their order; a number where a text belongs has none."""
    try:
        return row.place > before.place
    except TypeError:
        return False


def _last(path: Path) -> object:
    """The last line, found from the end; None where it is none."""
    with disk_named(path.parent), path.open("rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - 1_000))
        try:
            return told_json(file.read().splitlines()[-1])
        except (ValueError, IndexError):
            return None


def _damaged(path: Path, line: int) -> RefusedError:
    return RefusedError(Code.STATE_FILE_DAMAGED, file=path.name, line=line)

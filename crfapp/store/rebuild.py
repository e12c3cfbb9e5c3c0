"""Folding the ledger again: to see whether the tables are what it tells, and to make them so."""

from __future__ import annotations

import os
from contextlib import contextmanager
from heapq import merge
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal, NamedTuple

from crfapp.base.problems import Code, IntegrityProblem
from crfapp.ledger.chain import open_sealed
from crfapp.ledger.fold import changes_of
from crfapp.ledger.merge import TELL_WINDOWS, Windows, when
from crfapp.ledger.state import TABLES as ROWS
from crfapp.ledger.state import Row
from crfapp.store.bulk import Gathering
from crfapp.store.engine import KEY_BYTES, open_engine, reading, writing
from crfapp.store.event_log import EventLog
from crfapp.store.migrations import TABLES
from crfapp.store.tables import STATEMENTS
from crfapp.store.verify import verify

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from crfapp.ledger.chain import Record, Sealed
    from crfapp.store.engine import Db, Engine

Key = tuple[str | int, ...]


class Difference(NamedTuple):
    """One place where the tables are not what the ledger tells; never what stands there.

    ``column`` is empty where a whole row is ``missing`` from the tables or ``unfounded`` in the ledger.
    """

    table: str
    key: Key
    column: str
    what: Literal["differs", "missing", "unfounded"]


def fold_again(db: Db, into: Db, upto: Mapping[str, int] | None = None) -> int:
    """Fold the whole log of ``db`` into empty tables of ``into``; how many events that were.

    ``upto`` names the last event of each chain that is folded: then the tables are as they stood for whoever
    knew no more.
    """
    events, rows = 0, Gathering(into, fresh=True)
    records, windows = in_time(db, upto)
    for record in records:
        for change in changes_of(record, late=windows.late(record)):
            rows.add(change)
        events += 1
    rows.write()
    return events


def in_time(
    db: Db, upto: Mapping[str, int] | None = None, *, subject: str | None = None
) -> tuple[Iterator[Record], Windows]:
    """The events in the order in which they are folded, and which of them came too late.

    Chain after chain is not that order; hybrid time is, and within a chain both agree. Which changes came too
    late for what was locked meanwhile has to be known before the first of them. ``subject`` leaves out what
    is about anybody else, or about nobody; ``upto`` what is later in its chain.
    """
    log = EventLog()
    telling = [kind.kind for kind in TELL_WINDOWS]
    windows = Windows(map(open_sealed, _known(log.read(db, kinds=telling), upto)))
    if subject is not None:
        return iter(sorted(map(open_sealed, _known(log.read(db, subject=subject), upto)), key=when)), windows
    chains = [map(open_sealed, _known(log.chain(db, node), upto)) for node in log.nodes(db)]
    return merge(*chains, key=when), windows


def _known(links: Iterator[Sealed], upto: Mapping[str, int] | None) -> Iterator[Sealed]:
    if upto is None:
        return links
    return (link for link in links if link.seq <= upto.get(link.node, 0))


@contextmanager
def folded_up_to(engine: Engine, scratch: Path, upto: Mapping[str, int]) -> Iterator[Db]:
    """The tables as they stood for whoever knew every chain up to there, while the block lasts.

    The database is encrypted under a key that nobody keeps, in the folder ``scratch``, and gone in the end.
    """
    with reading(engine) as db, _empty_tables(scratch) as fresh:
        with writing(fresh) as into:
            fold_again(db, into, upto)
        with reading(fresh) as folded:
            yield folded


def compare(engine: Engine, scratch: Path) -> list[Difference]:
    """Fold the log into a database of its own in the folder ``scratch``, and name every difference.

    That database is encrypted under a key that nobody keeps, and gone in the end.
    """
    with reading(engine) as db, _empty_tables(scratch) as fresh, writing(fresh) as into:
        fold_again(db, into)
        return [difference for table in ROWS for difference in _differences(table, db, into)]


def refuse_differences(differences: list[Difference]) -> None:
    """TABLES_DIFFER with the count and the first table and column, where there are any."""
    for table, _key, column, what in differences:
        raise IntegrityProblem(
            Code.TABLES_DIFFER, count=len(differences), table=table, column=column, what=what
        )


def rebuild(engine: Engine, *, withheld: bool = False) -> int:
    """Make the tables anew out of the log, all of them or none; how many events were folded.

    CHAIN_BROKEN where the log is not sound: nothing is folded out of forged evidence.
    """
    with writing(engine) as db:
        return remake(db, withheld=withheld)


def remake(db: Db, *, withheld: bool = False) -> int:
    """The same inside a transaction that is held already, whatever tables were there before."""
    verify(db, withheld=withheld).refuse_breaks()
    for spec in ROWS.values():
        db.execute(f"DROP TABLE IF EXISTS {spec.name}")
    _make_tables(db)
    return fold_again(db, db)


@contextmanager
def _empty_tables(scratch: Path) -> Iterator[Engine]:
    with TemporaryDirectory(dir=scratch, prefix=".folded-") as folder:
        fresh = open_engine(Path(folder) / "tables.db", os.urandom(KEY_BYTES), durable=False, create=True)
        try:
            with writing(fresh) as db:
                _make_tables(db)
            yield fresh
        finally:
            fresh.dispose()


def _make_tables(db: Db) -> None:
    for statement in TABLES.values():
        db.execute(db.dialect.made(statement))


def _differences(table: type[Row], stored: Db, folded: Db) -> Iterator[Difference]:
    """Walk both in the order of their keys, side by side."""
    name, width = ROWS[table]
    everything = STATEMENTS[table].find()
    ours, theirs = stored.stream(everything), folded.stream(everything)
    have, told = next(ours, None), next(theirs, None)
    while have is not None or told is not None:
        if told is None or (have is not None and _key(have, width) < _key(told, width)):
            yield Difference(name, _key(have or (), width), "", "unfounded")
            have = next(ours, None)
        elif have is None or _key(told, width) < _key(have, width):
            yield Difference(name, _key(told, width), "", "missing")
            told = next(theirs, None)
        else:
            for column, left, right in zip(table._fields, have, told, strict=True):
                if left != right:
                    yield Difference(name, _key(have, width), column, "differs")
            have, told = next(ours, None), next(theirs, None)


def _key(row: Key, width: int) -> Key:
    return tuple(row[:width])

"""What the store tells its database while the site works: every statement that changes something, in order.

The same statements, told to a plain SQLite on a recording file system, write the same pages in the same order
as below the cipher; so what a crash may leave can be tried out without knowing the cipher's pages.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from crfapp.store import engine
from crfapp.store.engine import open_engine

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

_LASTING = ("VACUUM", "PRAGMA wal_checkpoint", "PRAGMA user_version =", "PRAGMA application_id =")
"""What changes the file outside of a transaction."""

_VERSIONS_AT, _WITH_LOG = 18, b"\x02\x02"
"""Where a header says which SQLite may write and read the file, and what stands there with a log ahead."""


class Statement(NamedTuple):
    """One statement with its rows of values; ``db`` says over which connection it came."""

    db: int
    sql: str
    rows: Sequence[Sequence[object]]


@contextmanager
def recording(ledger: Path) -> Iterator[list[Statement]]:
    """What is told to one database over connections that are opened in the block."""
    told_to: list[Statement] = []
    honest = engine.SqliteDb

    class Recorded(honest):  # type: ignore[misc, valid-type]
        """Passes everything on, and notes it."""

        def __init__(self, path: str, *told: Any, **more: Any) -> None:
            super().__init__(path, *told, **more)
            self._noted = told_to if path.startswith(f"{ledger.absolute().as_uri()}?") else []

        def execute(self, sql: str, values: Sequence[object] = (), /) -> Any:
            self._noted.append(Statement(id(self), sql, (tuple(values),)))
            return super().execute(sql, values)

        def executemany(self, sql: str, rows: Iterable[Sequence[object]], /) -> Any:
            kept = [tuple(row) for row in rows]
            self._noted.append(Statement(id(self), sql, kept))
            return super().executemany(sql, kept)

    engine.SqliteDb = Recorded  # type: ignore[misc, assignment]
    try:
        yield told_to
    finally:
        engine.SqliteDb = honest  # type: ignore[misc]


def changes(told: Iterable[Statement]) -> Iterator[list[Statement]]:
    """What changes the file, each piece as a whole: a transaction that was committed, or a lone statement.

    One writer at a time is at work, so a transaction that another one follows was rolled back.
    """
    open_in: dict[int, list[Statement]] = {}
    for statement in told:
        begun = open_in.get(statement.db)
        if statement.sql == "BEGIN IMMEDIATE":
            open_in = {statement.db: [statement]}
        elif begun is not None:
            if not statement.sql.startswith(("SELECT", "PRAGMA cache_size")):
                begun.append(statement)
            if statement.sql == "COMMIT":
                yield open_in.pop(statement.db)
        elif statement.sql.startswith(_LASTING) and not statement.sql.startswith("VACUUM INTO"):
            yield [statement]


def write_plain(ledger: Path, key: bytes, target: Path) -> None:
    """The database of a site without its cipher; nothing else is changed, nor how it keeps its log."""
    source = open_engine(ledger, key)
    try:
        pooled = source.raw_connection()
        raw: Any = pooled.driver_connection
        raw.execute("ATTACH DATABASE ? AS plain KEY ''", (str(target),))
        raw.execute("SELECT sqlcipher_export('plain')").fetchall()
        for number in ("user_version", "application_id"):
            [value] = raw.execute(f"PRAGMA main.{number}").fetchone()
            raw.execute(f"PRAGMA plain.{number} = {value}")
        raw.execute("DETACH DATABASE plain")
        pooled.invalidate()
    finally:
        source.dispose()
    with target.open("r+b") as file:
        file.seek(_VERSIONS_AT)
        file.write(_WITH_LOG)

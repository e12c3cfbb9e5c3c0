"""One site's schema in a PostgreSQL database: connected, told to be durable, and asked whether it obeyed."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.sql import SQL, Identifier
from sqlalchemy.pool import QueuePool

from crfapp.base.problems import Code, EnvironmentProblem
from crfapp.store.engine import BUSY_MILLISECONDS
from crfapp.store.postgres.dialect import POSTGRES
from crfapp.store.postgres.failures import named_failures
from crfapp.store.postgres.speech import spoken, without_nulls
from crfapp.store.postgres.texts import keep_every_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from crfapp.store.dialect import Dialect
    from crfapp.store.engine import Borrowed

_FETCHED = 2_000
"""Rows that a stream holds in memory."""

_SECONDS_TO_CONNECT = 10
_ASKED = """SELECT current_setting('server_encoding'), current_setting('session_replication_role'),
    current_setting('fsync'), current_setting('full_page_writes')"""


class PostgresDb:
    """A connection as :class:`crfapp.store.engine.Db` wants it, over the driver's own."""

    dialect: Dialect = POSTGRES

    def __init__(self, raw: psycopg.Connection) -> None:
        self._raw = raw
        self._streams = count(1)

    def execute(self, sql: str, values: Sequence[object] | Mapping[str, object] = (), /) -> Any:
        """Run one statement of the house, or several without values."""
        with named_failures():
            if not values:
                return self._raw.execute(spoken(sql, ()).replace("%%", "%"))
            told = values if isinstance(values, Mapping) else without_nulls(sql, values)
            return self._raw.execute(spoken(sql, values), told)

    def executemany(self, sql: str, rows: Iterable[Sequence[object]], /) -> Any:
        """Run one statement for each row, without waiting for each answer."""
        with named_failures():
            cursor = self._raw.cursor()
            cursor.executemany(spoken(sql, ()), rows)
            return cursor

    def stream(self, sql: str, values: Sequence[object] = (), /) -> Iterator[tuple[Any, ...]]:
        """Fetch by :data:`_FETCHED` through a cursor of the server, which ends with its transaction."""
        name = f"stream_{next(self._streams)}"
        self.execute(f"DECLARE {name} NO SCROLL CURSOR FOR {sql}", values)
        while rows := self.execute(f"FETCH {_FETCHED} FROM {name}").fetchall():
            yield from rows
            if len(rows) < _FETCHED:
                break
        self.execute(f"CLOSE {name}")

    def load(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]], /) -> None:
        """COPY, which takes five times less of the server than statements do."""
        named = SQL(", ").join(Identifier(column.strip('"')) for column in columns)
        sql = SQL("COPY {} ({}) FROM STDIN").format(Identifier(table), named)
        with named_failures(), self._raw.cursor() as cursor, cursor.copy(sql) as copy:
            for row in rows:
                copy.write_row(row)

    # ---- for the pool

    def rollback(self) -> None:
        """Leave a transaction that was not ended."""
        if not self._raw.closed:
            self._raw.rollback()

    def close(self) -> None:
        """Let the server go."""
        self._raw.close()


class PostgresEngine:
    """The connections to one schema; implements :class:`crfapp.store.engine.Engine`."""

    def __init__(self, connect: Callable[[], PostgresDb]) -> None:
        self._connect = connect
        self._made: WeakSet[PostgresDb] = WeakSet()
        self._pool = QueuePool(self._begin, pool_size=2, max_overflow=4, use_lifo=True)  # type: ignore[arg-type]

    def raw_connection(self) -> Borrowed:
        """Take a connection out of the pool, or make one: STORE_FAILS."""
        return self._pool.connect()

    def dispose(self) -> None:
        """Close all, also those that somebody still holds: a server counts them."""
        self._pool.dispose()
        for db in self._made:
            db.close()

    def _begin(self) -> PostgresDb:
        made = self._connect()
        self._made.add(made)
        return made


def open_schema(url: str, schema: str, *, durable: bool = True) -> PostgresEngine:
    """Open one schema of the database at a libpq URL, which should hold no password.

    The password is the environment's (``PGPASSWORD``), ``.pgpass``'s or a service file's matter, and TLS the
    URL's (``sslmode=verify-full``). Raises STORE_FAILS with the SQLSTATE, and NOT_DURABLE where the server
    would forget what it called saved; ``durable=False`` is for what can be made again.
    """

    engine = PostgresEngine(lambda: PostgresDb(connected(url, schema, durable=durable)))
    engine.raw_connection().close()
    return engine


def connected(url: str, schema: str, *, durable: bool = True) -> psycopg.Connection:
    """A connection whose names stand for those of one schema; see :func:`open_schema`."""
    with named_failures():
        raw = psycopg.connect(url, autocommit=True, **_unsaid(url))
        try:
            keep_every_text(raw)
            _configure(raw, schema, durable=durable)
        except BaseException:
            raw.close()
            raise
    return raw


def _unsaid(url: str) -> dict[str, Any]:
    """What the URL leaves open."""
    said = conninfo_to_dict(url)
    unsaid = {"connect_timeout": _SECONDS_TO_CONNECT, "application_name": "crfapp", "client_encoding": "utf8"}
    return {name: value for name, value in unsaid.items() if name not in said}


def _configure(raw: psycopg.Connection, schema: str, *, durable: bool) -> None:
    settings = {
        "search_path": f'"{schema}"',
        "lock_timeout": f"{BUSY_MILLISECONDS}ms",
        "synchronous_commit": "on" if durable else "off",
        "standard_conforming_strings": "on",
    }
    for name, value in settings.items():
        raw.execute("SELECT set_config(%s, %s, false)", (name, value))
    encoding, role, *kept = raw.execute(_ASKED).fetchone() or ("", "", "")
    if encoding != "UTF8" or role != "origin":
        raise EnvironmentProblem(Code.STORE_FAILS, sqlstate=f"{encoding}, {role}")
    if durable and kept != ["on", "on"]:
        raise EnvironmentProblem(Code.NOT_DURABLE, journal=f"fsync {kept[0]}", synchronous=f"pages {kept[1]}")

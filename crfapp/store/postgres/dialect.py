"""What PostgreSQL says otherwise than SQLite; see :class:`crfapp.store.dialect.Dialect`."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, ClassVar, Final

from crfapp.base.problems import Code, EnvironmentProblem, IntegrityProblem
from crfapp.store.migrations import EVIDENCE
from crfapp.store.postgres.schema import EVIDENCE_TABLES, GUARDS, MARKS
from crfapp.store.postgres.speech import columns_of, made

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractContextManager

    from crfapp.store.engine import Db, Engine

_COLUMNS = """SELECT c.relname::text, a.attname::text, format_type(a.atttypid, NULL), a.attnotnull
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0
    AND NOT a.attisdropped ORDER BY c.relname, a.attnum"""
_INDEXES = """SELECT c.relname::text FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid
WHERE c.relnamespace = current_schema()::regnamespace AND i.indisvalid"""
_TRIGGERS = """SELECT t.tgname::text, c.relname::text, t.tgtype::int, t.tgenabled::text, t.tgqual IS NULL,
    p.proname::text, p.prosrc FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    JOIN pg_proc p ON p.oid = t.tgfoid
WHERE c.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal ORDER BY t.tgname"""
_RULES = """SELECT r.rulename::text FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1"""
_ON = "O"
"""A trigger that fires in ordinary sessions."""


class Postgres:
    """One site's schema in a centre's database."""

    # one who writes for a site at a time, whatever program and machine; it is let go with the transaction
    writes: ClassVar[str] = (
        "BEGIN READ WRITE; SELECT pg_advisory_xact_lock(hashtextextended('crfapp ' || current_schema(), 0))"
    )
    reads: ClassVar[tuple[str, ...]] = ("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",)
    read: ClassVar[tuple[str, ...]] = ()
    only_reads: ClassVar[str] = "SET default_transaction_read_only = on"

    def made(self, statement: str) -> str:
        """Other types, bytewise collation, names in double quotes."""
        return made(statement)

    def schema_number(self, db: Db) -> int:
        """The number kept in a table of its own."""
        return self._mark(db, "schema")

    def note_schema_number(self, db: Db, number: int) -> None:
        """Write it there; the first time, make the table."""
        if not self._has_marks(db):
            db.execute(MARKS)
        self._note(db, "schema", number)

    def unlike(self, db: Db, made: Mapping[str, str]) -> list[str]:
        """Tables with other columns than the statement has, and indexes that are gone."""
        tables, indexes = _tables(db), {row[0] for row in db.execute(_INDEXES)}
        return [
            name
            for name, sql in made.items()
            if (
                tables.get(name) != columns_of(sql) if sql.startswith("CREATE TABLE") else name not in indexes
            )
        ]

    def refuse_weakened(self, db: Db) -> None:
        """Refuse other columns, guards that are gone, off or changed, and triggers and rules not ours."""
        named = {**EVIDENCE_TABLES, "event_of_subject": EVIDENCE["event_of_subject"]}
        for name in self.unlike(db, named):
            raise IntegrityProblem(Code.LOG_MISSING, object=name)
        found = {row[0]: tuple(row[1:]) for row in db.execute(_TRIGGERS)}
        for name, guard in GUARDS.items():
            if found.pop(name, None) != (guard.table, guard.bits, _ON, True, name, guard.body):
                raise IntegrityProblem(Code.LOG_MISSING, object=name)
        for name in (*found, *(row[0] for row in db.execute(_RULES))):
            raise IntegrityProblem(Code.LOG_MISSING, object=name)

    def with_room(self, _db: Db, /) -> AbstractContextManager[None]:
        """The server's own matter (``shared_buffers``)."""
        return nullcontext()

    def note_taken_away(self, db: Db) -> None:
        """A mark beside the schema's number."""
        self._note(db, "taken away", 1)

    def must_be_written_anew(self, db: Db) -> bool:
        """Whether the mark is set."""
        return self._mark(db, "taken away") == 1

    def write_anew(self, engine: Engine) -> bool:
        """Write all tables of the schema anew without the rows that were written over.

        Not while somebody reads longer than the server is told to wait: then the mark stays. What lies in
        the server's own log and in its backups goes when those go; see docs/centre-on-postgresql.md.
        """
        pooled = engine.raw_connection()
        db: Db = pooled.driver_connection
        try:
            for name in _tables(db):
                db.execute(f'VACUUM (FULL) "{name}"')
            self._note(db, "taken away", 0)
        except EnvironmentProblem:
            return False
        finally:
            pooled.close()
        return True

    def patient(self, _milliseconds: int) -> tuple[str, ...]:
        """The server was told when the connection was made."""
        return ()

    def settle(self, engine: Engine) -> bool:
        """A server keeps what it committed and nothing else; it only has to answer."""
        pooled = engine.raw_connection()
        try:
            db: Db = pooled.driver_connection
            return db.execute("SELECT 1").fetchone() is not None
        finally:
            pooled.close()

    # ---- inside

    def _has_marks(self, db: Db) -> bool:
        row = db.execute("SELECT to_regclass('store_mark') IS NOT NULL").fetchone()
        return row is not None and bool(row[0])

    def _mark(self, db: Db, name: str) -> int:
        if not self._has_marks(db):
            return 0
        row = db.execute("SELECT number FROM store_mark WHERE name = ?", (name,)).fetchone()
        return int(row[0]) if row else 0

    def _note(self, db: Db, name: str, number: int) -> None:
        db.execute(
            "INSERT INTO store_mark (name, number) VALUES (?, ?)"
            " ON CONFLICT (name) DO UPDATE SET number = excluded.number",
            (name, number),
        )


POSTGRES: Final = Postgres()


def _tables(db: Db) -> dict[str, list[tuple[str, str, bool]]]:
    found: dict[str, list[tuple[str, str, bool]]] = {}
    for table, column, kind, filled in db.execute(_COLUMNS):
        found.setdefault(table, []).append((column, kind, filled))
    return found

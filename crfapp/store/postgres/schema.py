"""What a site's schema has beside its query tables: the log that only grows, and what SQLite brings along.

The guards say what those of :mod:`crfapp.store.migrations.step_0001` say. The one on growth looks at each
statement's rows together, not at each row, or it would take longer than everything else of a large intake.
It looks for the link before them by its key, whatever the server thinks the table holds: planned while it
was empty, or with an EXISTS made a hash of it, that would read the whole log for every some thousand rows.
"""

from __future__ import annotations

from typing import NamedTuple

from crfapp.store.migrations import EVIDENCE, Step, step_0004, step_0005
from crfapp.store.postgres.speech import made

MARKS = """CREATE TABLE store_mark (
    name text COLLATE "C" PRIMARY KEY,
    number bigint NOT NULL
)"""
"""What SQLite keeps in the header of its file: the schema's number, and whether pages are to be let go."""

_ADDED = (
    # functions that SQLite brings along, for statements that are the same on both
    """CREATE FUNCTION instr(text, text) RETURNS integer LANGUAGE sql IMMUTABLE
RETURN strpos($1, $2)""",
    """CREATE FUNCTION strftime(text, text, text) RETURNS text LANGUAGE sql IMMUTABLE
RETURN to_char($2::date + $3::interval, 'YYYY-MM-DD"T"HH24:MI:SS')""",
)


class Guard(NamedTuple):
    """A trigger: on which table, when it fires (``pg_trigger.tgtype``), and what its function does."""

    table: str
    when: str
    bits: int
    body: str


def _never(words: str) -> str:
    return f"BEGIN RAISE EXCEPTION '{words}' USING ERRCODE = 'integrity_constraint_violation'; END"


_ONLY_GROWS, _STAYS = _never("the event log only grows"), _never("kept content stays as it is")
GUARDS: dict[str, Guard] = {
    "event_keeps": Guard(
        "event",
        "BEFORE UPDATE ON event FOR EACH ROW",
        19,
        """BEGIN
    IF NEW.node IS DISTINCT FROM OLD.node OR NEW.seq IS DISTINCT FROM OLD.seq
        OR NEW.hash IS DISTINCT FROM OLD.hash OR NEW.kind IS DISTINCT FROM OLD.kind
        OR NEW.subject IS DISTINCT FROM OLD.subject OR NEW.at IS DISTINCT FROM OLD.at
        OR NEW.body IS DISTINCT FROM OLD.body OR NOT EXISTS (
            SELECT FROM redaction WHERE of_node = OLD.node AND of_seq = OLD.seq AND state = 'done'
        )
    THEN
        RAISE EXCEPTION 'the event log only grows' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END""",
    ),
    "event_stays": Guard("event", "BEFORE DELETE ON event FOR EACH STATEMENT", 10, _ONLY_GROWS),
    "event_never_emptied": Guard("event", "BEFORE TRUNCATE ON event FOR EACH STATEMENT", 34, _ONLY_GROWS),
    "event_grows": Guard(
        "event",
        "AFTER INSERT ON event REFERENCING NEW TABLE AS added FOR EACH STATEMENT",
        4,
        """BEGIN
    IF EXISTS (
        SELECT FROM added GROUP BY node
        HAVING max(seq) - min(seq) + 1 <> count(*) OR min(seq) < 1 OR min(seq) > 1 AND (
            SELECT count(*) FROM event WHERE event.node = added.node AND event.seq = min(added.seq) - 1
        ) = 0
    ) THEN
        RAISE EXCEPTION 'the event log grows by one' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END""",
    ),
    "content_keeps": Guard("content", "BEFORE UPDATE ON content FOR EACH STATEMENT", 18, _STAYS),
    "content_stays": Guard("content", "BEFORE DELETE ON content FOR EACH STATEMENT", 10, _STAYS),
    "content_never_emptied": Guard("content", "BEFORE TRUNCATE ON content FOR EACH STATEMENT", 34, _STAYS),
}
"""The primary keys refuse what is there already; nothing refuses what comes from the owner of the schema who
takes a guard away, but :func:`crfapp.store.event_log.assert_intact` names it."""

EVIDENCE_TABLES = {name: EVIDENCE[name] for name in ("event", "content")}


def guard_statements(name: str) -> tuple[str, str]:
    """The function and the trigger. The function finds its tables in its own schema, whoever calls."""
    guard = GUARDS[name]
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT"
        f" SET enable_seqscan = off AS $guard${guard.body}$guard$",
        f"CREATE TRIGGER {name} {guard.when} EXECUTE FUNCTION {name}()",
    )


def _where_tables_are(statement: str) -> str:
    """An index of tables that a new part has only when all its steps are done: the refold makes it then."""
    if not statement.startswith("CREATE INDEX"):
        return statement
    return f"DO $here$ BEGIN IF to_regclass('item') IS NOT NULL THEN {statement}; END IF; END $here$"


_FIRST_HERE = 3
PART_STEPS: tuple[Step, ...] = (
    *(Step(number, ()) for number in range(1, _FIRST_HERE)),
    Step(
        _FIRST_HERE,
        (
            *_ADDED,
            *(made(sql) for sql in EVIDENCE_TABLES.values()),
            EVIDENCE["event_of_subject"],
            *(statement for name in GUARDS for statement in guard_statements(name)),
        ),
        refold=True,
    ),
    Step(4, tuple(made(sql) for sql in step_0004.TABLES.values())),
    Step(5, tuple(_where_tables_are(made(sql)) for sql in step_0005.TABLES.values()), refold=True),
)
"""Numbered as the steps of a site are; no part is older than the first of these with statements."""

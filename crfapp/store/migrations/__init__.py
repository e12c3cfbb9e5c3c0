"""Raising a database to the newest schema by numbered steps, all that are due or none.

A step is plain SQL on what only grows, frozen once released: it never uses today's models. The query tables
are made anew out of the log where a step says so. All of it is one transaction that also moves
the number of the schema, so number and data are never apart. There is no way down; packages carry their own
format number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from crfapp.base.problems import Code, EnvironmentProblem
from crfapp.store.engine import Db, reading, writing
from crfapp.store.migrations import step_0001, step_0002, step_0003, step_0004, step_0005

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crfapp.store.engine import Engine


class Step(NamedTuple):
    """Statements that bring a database from ``number - 1`` to ``number``; ``refold``: its tables differ."""

    number: int
    statements: Sequence[str]
    refold: bool = False


_FIRST = (*step_0001.EVENT.values(), *step_0001.CONTENT.values(), *step_0001.TABLES.values())
STEPS: tuple[Step, ...] = (
    Step(1, _FIRST),
    Step(2, step_0002.STATEMENTS, refold=True),
    Step(3, (), refold=True),
    Step(4, tuple(step_0004.TABLES.values())),
    Step(5, tuple(step_0005.TABLES.values()), refold=True),
)
"""Every step there ever was, numbered 1, 2, 3 ... without a gap."""

EVIDENCE = {**step_0001.EVENT, "event_keeps": step_0002.EVENT_KEEPS, **step_0001.CONTENT}
"""What only grows, as the newest schema has it: name of each object -> the text it was made with."""

TABLES = {
    **step_0001.TABLES,
    **step_0002.TABLES,
    **step_0003.TABLES,
    **step_0004.TABLES,
    **step_0005.TABLES,
}
"""The query tables and their indexes, as the newest schema has them."""


def schema_number(db: Db) -> int:
    """Which step the database stands at; 0 for a new one."""
    return db.dialect.schema_number(db)


def migrate(
    engine: Engine,
    backup: Callable[[int], None],
    refold: Callable[[Db], object],
    steps: Sequence[Step] = STEPS,
) -> int:
    """Bring the database to the newest schema and return its number.

    ``backup(have)`` is called before an existing database is raised; if it raises, nothing is touched.
    ``refold(db)`` makes the query tables anew out of the log. A database of a newer program is refused
    untouched (TOO_NEW). A step that fails leaves the database as it was, whole.
    """
    newest = steps[-1].number
    with reading(engine) as db:
        have = schema_number(db)
    if have > newest:
        raise EnvironmentProblem(Code.TOO_NEW, have=have, newest=newest)
    if 0 < have < newest:
        backup(have)
    due = steps[have:]
    if due:
        with writing(engine) as db:
            for step in due:
                _raise_by(db, step)
            if any(step.refold for step in due):
                refold(db)
    return newest


def _raise_by(db: Db, step: Step) -> None:
    if schema_number(db) != step.number - 1:
        raise ValueError(f"step {step.number} does not follow the schema it found")
    for statement in step.statements:
        db.execute(statement)
    db.dialect.note_schema_number(db, step.number)

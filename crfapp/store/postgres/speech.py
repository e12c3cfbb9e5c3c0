"""The statements of the house as PostgreSQL takes them; the only place that knows how they differ.

They are written for SQLite. What both understand is left as it is; functions that PostgreSQL lacks are made
in each schema (:mod:`crfapp.store.postgres.schema`), so that here remains what no function can stand in for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_INDEX_HINT = re.compile(r" INDEXED BY \w+")
_LIKE = re.compile(r"\bLIKE\b")
_ORDERED_JOIN = re.compile(r"\bCROSS JOIN (\w+ \w+ ON\b)")
_NAMED = re.compile(r"(?<![:\w]):([a-z_]+)")
_SAME = " IS ?"
_COLUMN = re.compile(
    r'^    "?(\w+)"? (TEXT|INTEGER|BLOB)((?: NOT NULL)?(?: PRIMARY KEY)?)(,?)$', re.MULTILINE
)
_KEY = re.compile(r"^    PRIMARY KEY \((.*)\)$", re.MULTILINE)
_TYPES = {"TEXT": 'text COLLATE "C"', "INTEGER": "bigint", "BLOB": "bytea"}
"""Bytewise collation, as SQLite compares; the numbers of SQLite have eight bytes."""


def spoken(sql: str, values: Sequence[object] | Mapping[str, object]) -> str:
    """A statement with its values, in PostgreSQL's words. ``x IS ?`` depends on which values are None."""
    if isinstance(values, Mapping):
        return _by_name(sql)
    nulls = tuple(value is None for value in values) if _SAME in sql else ()
    return _by_place(sql, nulls)


def without_nulls(sql: str, values: Sequence[object]) -> Sequence[object]:
    """The values for which :func:`spoken` left a place."""
    if _SAME not in sql or None not in values:
        return values
    asked = _asked(sql)
    return [value for value, same in zip(values, asked, strict=True) if value is not None or not same]


def made(statement: str) -> str:
    """A CREATE TABLE or CREATE INDEX of SQLite: types, collation, and every column in double quotes.

    Words like ``end`` and ``offset`` are no names in PostgreSQL without them.
    """
    head, _, _ = statement.rpartition(") STRICT")
    if not head:
        return statement
    typed = _COLUMN.sub(lambda m: f'    "{m[1]}" {_TYPES[m[2]]}{m[3]}{m[4]}', head)
    return _KEY.sub(lambda m: f"    PRIMARY KEY ({_quoted(m[1])})", typed) + ")"


def columns_of(statement: str) -> list[tuple[str, str, bool]]:
    """Name, type and whether it must be filled of each column of such a CREATE TABLE."""
    types = {"TEXT": "text", "INTEGER": "bigint", "BLOB": "bytea"}
    return [(m[1], types[m[2]], "NOT NULL" in m[3]) for m in _COLUMN.finditer(statement)]


def _quoted(names: str) -> str:
    bare = (name.strip().strip('"') for name in names.split(","))
    return ", ".join(f'"{name}"' for name in bare)


@lru_cache(maxsize=1024)
def _by_name(sql: str) -> str:
    return _NAMED.sub(r"%(\1)s", _plain(sql))


@lru_cache(maxsize=4096)
def _by_place(sql: str, nulls: tuple[bool, ...]) -> str:
    *parts, last = _plain(sql).split("?")
    held = [
        part.removesuffix("IS ") + ("IS NULL" if null else "= %s") if part.endswith(" IS ") else f"{part}%s"
        for part, null in zip(parts, nulls or (False,) * len(parts), strict=True)
    ]
    return "".join((*held, last))


@lru_cache(maxsize=4096)
def _asked(sql: str) -> tuple[bool, ...]:
    """For each ``?`` whether it stands behind IS."""
    return tuple(part.endswith(" IS ") for part in sql.split("?")[:-1])


def _plain(sql: str) -> str:
    """Without hints on indexes and order; percent signs doubled, as the driver wants them; LIKE blind to
    case, as SQLite's is."""
    unhinted = _ORDERED_JOIN.sub(r"JOIN \1", _INDEX_HINT.sub("", sql))
    return _LIKE.sub("ILIKE", unhinted).replace("%", "%%")

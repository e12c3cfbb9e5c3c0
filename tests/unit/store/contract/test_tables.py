"""The tests of the tables on the encrypted file, word for word, on PostgreSQL; and their columns there."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_type_hints

import pytest

from crfapp.base.problems import Code, EnvironmentProblem
from crfapp.ledger.changes import Put
from crfapp.ledger.state import TABLES, ItemRow, SubjectRow
from crfapp.store.engine import reading, writing
from crfapp.store.migrations import STEPS
from crfapp.store.migrations import TABLES as STATEMENTS_OF
from crfapp.store.postgres.schema import PART_STEPS
from crfapp.store.standing import StandingReader
from crfapp.store.tables import STATEMENTS, SqlTables, apply
from tests.unit.store.test_tables import (
    test_a_misspelt_column_is_an_error_and_not_an_empty_answer,
    test_a_row_is_put_over_the_former_one_and_patched_only_where_it_is,
    test_rows_are_found_by_key_and_by_equal_columns_in_the_order_of_keys,
    visits,
)

if TYPE_CHECKING:
    from crfapp.store.engine import Engine

KINDS = {str: ("text", "C", "NO"), int: ("bigint", None, "NO"), str | None: ("text", "C", "YES")}


def test_columns_are_those_of_the_rows_and_compare_bytewise(engine: Engine) -> None:
    with reading(engine) as db:
        found = db.execute(
            "SELECT table_name::text, column_name::text, data_type::text, collation_name::text,"
            " is_nullable::text FROM information_schema.columns WHERE table_schema = current_schema()"
            " ORDER BY table_name, ordinal_position"
        ).fetchall()
    for table, spec in TABLES.items():
        hints = get_type_hints(table)
        expected = [(name, *KINDS[hints[name]]) for name in table._fields]
        assert [column[1:] for column in found if column[0] == spec.name] == expected


def test_a_part_has_the_schema_of_a_site_and_notices_a_table_that_differs(engine: Engine) -> None:
    assert PART_STEPS[-1].number == STEPS[-1].number
    with reading(engine) as db:
        assert db.dialect.unlike(db, STATEMENTS_OF) == []
    with writing(engine) as db:
        db.execute("ALTER TABLE item DROP COLUMN unit")
        db.execute("DROP INDEX query_of_state")
        assert db.dialect.unlike(db, STATEMENTS_OF) == ["item", "query_of_state"]


def test_rows_are_in_the_order_of_their_bytes(engine: Engine) -> None:
    numbers = ["a", "B", "Z", "ä", "_", "10", "9", "ب", "😀", "a b"]
    with writing(engine) as db:
        apply(db, [Put(SubjectRow(number, number, "t")) for number in numbers])
    with reading(engine) as db:
        found = [row.subject for row in SqlTables(db).find(SubjectRow)]
    assert found == sorted(numbers, key=str.encode)


def test_the_standing_reader_sees_what_is_committed_and_cannot_write(visits: Engine) -> None:
    reader = StandingReader(visits)
    with writing(visits) as db:
        apply(db, [Put(SubjectRow("s2", "JO01-002", "t"))])
        assert reader.tables.get(SubjectRow, "s2") is None
    assert reader.tables.get(SubjectRow, "s2") is not None
    with pytest.raises(EnvironmentProblem) as refused:
        apply(reader.tables._db, [Put(SubjectRow("s3", "JO01-003", "t"))])
    assert refused.value.facts == {"sqlstate": "25006"}
    assert refused.value.code is Code.STORE_FAILS
    reader.close()


@pytest.mark.parametrize("names", [("subject", "visit", "visit_n", "form", "form_n"), ("subject",)])
def test_questions_by_subject_search_the_key(engine: Engine, names: tuple[str, ...]) -> None:
    """``IS ?`` would walk the table in PostgreSQL, where only ``=`` is found in an index."""
    with writing(engine) as db:
        db.execute("SET LOCAL enable_seqscan = off")
        sql = STATEMENTS[ItemRow].find(*names)
        values = tuple(1 if name.endswith("_n") else "s" for name in names)
        plan = str(db.execute(f"EXPLAIN {sql}", values).fetchall())
    assert "Index Cond: " in plan
    assert "subject = " in plan.partition("Index Cond: ")[2]
    assert "Sort" not in plan

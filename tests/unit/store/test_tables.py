"""The folded tables as SQL: the columns of the rows, found like in the fake, by way of their keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_type_hints

import pytest
from sqlcipher3 import dbapi2

from crfapp.ledger.changes import Patch, Put
from crfapp.ledger.state import TABLES, FindingRow, FormRow, ItemRow, Row, SubjectRow, VisitRow
from crfapp.store.engine import reading, writing
from crfapp.store.standing import StandingReader
from crfapp.store.tables import HOLDING, STATEMENTS, SqlTables, apply

if TYPE_CHECKING:
    from sqlalchemy import Engine

STRICT_TYPES = {str: ("TEXT", 1), int: ("INTEGER", 1), str | None: ("TEXT", 0)}
FIRST = VisitRow("s1", "V_SCR", 1, "started", "2025-01-05", None, None)
BOOKED = VisitRow("s1", "V_BASE", 1, "booked", None, "2025-01-19", None)
OTHER = VisitRow("s0", "V_SCR", 1, "missed", None, None, "ILL")


@pytest.fixture
def visits(engine: Engine) -> Engine:
    with writing(engine) as db:
        apply(db, [Put(FIRST), Put(BOOKED), Put(OTHER)])
    return engine


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__)
def test_columns_and_key_are_those_of_the_row(engine: Engine, table: type[Row]) -> None:
    with reading(engine) as db:
        found = db.execute(f"PRAGMA table_info({TABLES[table].name})").fetchall()
        strict = db.execute("SELECT strict FROM pragma_table_list(?)", (TABLES[table].name,)).fetchone()
    columns = [(name, kind, bool(forced)) for _, name, kind, forced, _, _ in found]
    hints = get_type_hints(table)
    assert columns == [
        (name, STRICT_TYPES[hints[name]][0], bool(STRICT_TYPES[hints[name]][1])) for name in table._fields
    ]
    assert [name for _, name, _, _, _, place in sorted(found, key=lambda c: c[5]) if place] == list(
        table._fields[: TABLES[table].key]
    )
    assert strict == (1,)


def test_rows_are_found_by_key_and_by_equal_columns_in_the_order_of_keys(visits: Engine) -> None:
    with reading(visits) as db:
        tables = SqlTables(db)
        assert tables.get(VisitRow, "s1", "V_SCR", 1) == FIRST
        assert tables.get(VisitRow, "s1", "V_SCR", 2) is None
        assert tables.find(VisitRow) == [OTHER, BOOKED, FIRST]
        assert tables.find(VisitRow, subject="s1") == [BOOKED, FIRST]
        assert tables.find(VisitRow, date=None) == [OTHER, BOOKED]
        assert tables.find(VisitRow, status="missed", why="ILL") == [OTHER]


def test_a_row_is_put_over_the_former_one_and_patched_only_where_it_is(visits: Engine) -> None:
    with writing(visits) as db:
        apply(
            db,
            [
                Put(BOOKED._replace(status="started", date="2025-01-20", booked=None)),
                Patch(VisitRow, ("s1", "V_SCR", 1), {"date": "2025-01-06"}),
                Patch(VisitRow, ("nobody", "V_SCR", 1), {"date": "2025-01-06"}),
            ],
        )
    with reading(visits) as db:
        found = SqlTables(db).find(VisitRow)
    assert [(row.subject, row.status, row.date, row.booked) for row in found] == [
        ("s0", "missed", None, None),
        ("s1", "started", "2025-01-20", None),
        ("s1", "started", "2025-01-06", None),
    ]


def test_a_misspelt_column_is_an_error_and_not_an_empty_answer(visits: Engine) -> None:
    with reading(visits) as db, pytest.raises(AttributeError, match="subjekt"):
        SqlTables(db).find(VisitRow, subjekt="s1")


def test_the_standing_reader_sees_what_is_committed_and_cannot_write(visits: Engine) -> None:
    reader = StandingReader(visits)
    with writing(visits) as db:
        apply(db, [Put(SubjectRow("s2", "JO01-002", "t"))])
        assert reader.tables.get(SubjectRow, "s2") is None
    assert reader.tables.get(SubjectRow, "s2") is not None
    with pytest.raises(dbapi2.OperationalError, match="readonly"):
        apply(reader.tables._db, [Put(SubjectRow("s3", "JO01-003", "t"))])
    reader.close()


@pytest.mark.parametrize(
    ("table", "names"),
    [
        (ItemRow, ("subject", "visit", "visit_n", "form", "form_n")),
        (ItemRow, ("subject",)),
        (FormRow, ("subject",)),
    ],
)
def test_questions_by_subject_search_the_key_and_sort_nothing(
    engine: Engine, table: type[Row], names: tuple[str, ...]
) -> None:
    sql = STATEMENTS[table].find(*names)
    with reading(engine) as db:
        plan = str([row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}", ("s",) * len(names))])
    assert "SEARCH" in plan
    assert "PRIMARY KEY (subject=?" in plan
    assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize(
    ("sql", "index"),
    [
        (HOLDING, "item_of_value"),
        (STATEMENTS[FormRow].find("form"), "form_of_kind"),
        (STATEMENTS[FindingRow].find("form", "check"), "finding_of_check"),
    ],
)
def test_what_everybody_holds_is_found_by_an_index(engine: Engine, sql: str, index: str) -> None:
    with reading(engine) as db:
        plan = str([row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}", ("s",) * sql.count("?"))])
    assert f"USING INDEX {index}" in plan
    assert "SCAN" not in plan


def test_answers_are_found_by_their_whole_text_however_long(engine: Engine) -> None:
    long = "x" * 70
    told = {"s1": long, "s2": f"{long}y", "s3": "x", "s4": long, "s5": None}
    rows = [
        ItemRow(subject, "V", 1, "F", 1, "", "I", text, text, *(None,) * 4, "typed", 0, "n", 1)
        for subject, text in told.items()
    ]
    with writing(engine) as db:
        apply(db, map(Put, rows))
        tables = SqlTables(db)
        assert [row.subject for row in tables.holding("F", "I", long)] == ["s1", "s4"]
        assert [row.subject for row in tables.holding("F", "I", "x")] == ["s3"]
        assert tables.holding("F", "OTHER", "x") == []

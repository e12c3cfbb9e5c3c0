"""The tables are what the ledger tells; where they are not, the place is named, never what stands there."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import given, settings

from crfapp.base.problems import Code, IntegrityProblem
from crfapp.ledger.changes import Put
from crfapp.ledger.state import TABLES, ItemRow, PersonRow
from crfapp.store.engine import open_engine, reading, writing
from crfapp.store.ledger import SqlLedger
from crfapp.store.migrations import migrate
from crfapp.store.rebuild import compare, rebuild, refuse_differences, remake
from crfapp.store.tables import SqlTables, apply
from crfapp.work.people import AddPerson
from crfapp.work.roles import Role
from tests.support.clinic import ADMIN, Clinic
from tests.support.random_work import BEGUN, STEPS, Step, work
from tests.support.tiny import tiny_study
from tests.support.weakened import take_guards_away

if TYPE_CHECKING:
    from sqlalchemy import Engine

KEY = bytes(range(32))
DAY: list[Step] = [
    *BEGUN,
    ("answer", "V_SCR", "DM", "SIT", "SYS", "220", ""),
    ("confirm", "measured twice"),
    ("book", "V_W4"),
]


@pytest.fixture
def clinic(engine: Engine) -> Clinic:
    clinic = Clinic(tiny_study(), ledger=SqlLedger(engine, "ws-test"))
    work(clinic, DAY)
    clinic.bus.send(AddPerson(login="omar", name="Omar", role=Role.NURSE, organisation="CTC"), ADMIN)
    return clinic


def everything(engine: Engine) -> dict[str, list[Any]]:
    with reading(engine) as db:
        return {spec.name: list(SqlTables(db).find(cast("Any", table))) for table, spec in TABLES.items()}


@pytest.mark.req("REQ-101")
@settings(max_examples=8, deadline=None)
@given(STEPS)
def test_folded_again_the_tables_are_the_same(steps: list[Step]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        engine = open_engine(folder / "ledger.db", KEY, create=True, durable=False)
        migrate(engine, lambda _have: None, remake)
        work(Clinic(tiny_study(), ledger=SqlLedger(engine, "ws-test")), steps)
        before = everything(engine)
        assert compare(engine, folder) == []
        assert rebuild(engine) > 0
        assert everything(engine) == before
        engine.dispose()
        assert [path.name for path in folder.iterdir() if path.name.startswith(".folded")] == []


@pytest.mark.req("REQ-107")
def test_every_column_of_every_row_changed_behind_the_back_is_named(
    clinic: Clinic, engine: Engine, tmp_path: Path
) -> None:
    assert clinic.desk.site.code == "JO01"
    named = 0
    for table, spec in TABLES.items():
        for column, hint in table.__annotations__.items():
            with writing(engine) as db:
                rows = list(SqlTables(db).find(cast("Any", table)))
                if not rows or column in table._fields[: spec.key]:
                    continue
                forged = 77 if "int" in str(hint) else "forged"
                key = " AND ".join(f'"{name}" = ?' for name in table._fields[: spec.key])
                was = (getattr(rows[0], column), *rows[0][: spec.key])
                sql = f'UPDATE {spec.name} SET "{column}" = ? WHERE {key}'  # noqa: S608 (our own names)
                db.execute(sql, (forged, *was[1:]))
            assert compare(engine, tmp_path) == [(spec.name, was[1:], column, "differs")]
            named += 1
            with writing(engine) as db:
                db.execute(sql, was)
    assert named > 30
    assert compare(engine, tmp_path) == []


@pytest.mark.req("REQ-107", "REQ-118")
def test_rows_taken_away_or_made_up_are_named_and_made_good(
    clinic: Clinic, engine: Engine, tmp_path: Path
) -> None:
    before = everything(engine)
    lost = clinic.ledger.tables.find(ItemRow, item="SYS")[0]
    with writing(engine) as db:
        db.execute("DELETE FROM item WHERE item = 'SYS'")
        apply(db, [Put(PersonRow("zoe", "Zoe", "administrator", "nowhere"))])

    found = compare(engine, tmp_path)

    assert found == [("person", ("zoe",), "", "unfounded"), ("item", tuple(lost.key), "", "missing")]
    assert "220" not in str(found)
    with pytest.raises(IntegrityProblem) as refused:
        refuse_differences(found)
    assert refused.value.code is Code.TABLES_DIFFER
    assert refused.value.facts == {"count": 2, "table": "person", "column": "", "what": "unfounded"}
    rebuild(engine)
    assert everything(engine) == before
    assert clinic.ledger.tables.get(PersonRow, "zoe") is None
    refuse_differences(compare(engine, tmp_path))


def test_a_table_that_was_dropped_comes_back(clinic: Clinic, engine: Engine) -> None:
    before = everything(engine)
    with writing(engine) as db:
        db.execute("DROP TABLE finding")
    assert rebuild(engine) == len(_links(engine))
    assert everything(engine) == before
    assert clinic.ledger.tables.find(PersonRow) == before["person"]


def _links(engine: Engine) -> list[Any]:
    with reading(engine) as db:
        return db.execute("SELECT seq FROM event").fetchall()


@pytest.mark.usefixtures("clinic")
def test_nothing_is_folded_out_of_a_forged_log(engine: Engine) -> None:
    before = everything(engine)
    with writing(engine) as db:
        take_guards_away(db, ["event_keeps"])
        db.execute("UPDATE event SET subject = 'somebody' WHERE seq = 3")
    with pytest.raises(IntegrityProblem) as refused:
        rebuild(engine)
    assert (refused.value.code, refused.value.facts["seq"]) == (Code.CHAIN_BROKEN, 3)
    assert everything(engine) == before

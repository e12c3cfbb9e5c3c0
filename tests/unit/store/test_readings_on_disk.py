"""Outlines and blind readings mean on the disk what they mean in memory, also when folded again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from crfapp.ledger.state import TABLES, CaseReadRow, CaseSettledRow, OutlineRow, ReadingRow
from crfapp.store.ledger import SqlLedger
from crfapp.store.rebuild import rebuild
from crfapp.work.reading_desk import CloseReading, SettleCase
from crfapp.work.readings import to_settle
from tests.support.clinic import RANIA
from tests.support.reading_clinic import ONE, OTHER, THIRD, ReadingClinic
from tests.support.tracing_ward import LINA
from tests.support.vitiligo import traced

if TYPE_CHECKING:
    from sqlalchemy import Engine


def told(clinic: ReadingClinic) -> ReadingClinic:
    """A reading from its opening to its end, and an outline."""
    clinic.by(LINA).send(clinic.opening())
    subjects = [chosen.subject for chosen in clinic.chosen]
    clinic.read_all(ONE, dict(zip(subjects, ("55", "40", "0", "90"), strict=True)))
    clinic.read_all(OTHER, dict(zip(subjects, ("60", "41", "10", "60"), strict=True)))
    reading = clinic.reading.reading
    [waits] = to_settle(clinic.desk, clinic.reading)
    clinic.by(THIRD).send(SettleCase(reading=reading, case=waits.case.case, answer="75", reason="the rim"))
    clinic.by(LINA).send(CloseReading(reading=reading))
    clinic.by(RANIA).send(clinic.drawing(0, traced(14.0, 10.0)))
    return clinic


@pytest.mark.req("REQ-101", "REQ-931")
def test_a_reading_and_an_outline_stand_on_the_disk_and_are_folded_again_alike(engine: Engine) -> None:
    remembered, on_disk = told(ReadingClinic()), told(ReadingClinic(SqlLedger(engine, "ws-test")))
    table: Any
    for table in TABLES:
        assert on_disk.ledger.tables.find(table) == remembered.ledger.tables.find(table)
    for table, rows in ((ReadingRow, 1), (CaseReadRow, 8), (CaseSettledRow, 1), (OutlineRow, 1)):
        assert len(on_disk.ledger.tables.find(table)) == rows
    rebuild(engine)
    for table in TABLES:
        assert on_disk.ledger.tables.find(table) == remembered.ledger.tables.find(table)

"""What events change in the tables: every kind is spoken for, and columns come from their own event."""

from __future__ import annotations

import pytest

from crfapp.ledger.chain import open_sealed
from crfapp.ledger.events import KINDS, AnyEvent
from crfapp.ledger.fold import _CHANGES, SILENT, changes_of
from crfapp.ledger.keys import FormKey
from crfapp.ledger.state import TABLES
from tests.support import folded_kinds
from tests.support.clinic import Clinic
from tests.support.memory_ledger import MemoryTables
from tests.support.tiny import tiny_study


def test_every_kind_of_event_changes_a_table_or_is_said_to_change_none() -> None:
    assert set(_CHANGES) | set(SILENT) == set(KINDS.values())
    assert not set(_CHANGES) & set(SILENT)
    assert len(KINDS) == len(AnyEvent.__args__)


def test_the_first_columns_of_every_table_are_its_key() -> None:
    for table, spec in TABLES.items():
        assert 0 < spec.key <= len(table._fields)


def test_folding_the_ledger_again_gives_the_tables() -> None:
    clinic = Clinic(tiny_study())
    key = clinic.start(clinic.enrol(), "V_BASE")
    clinic.add_row(FormKey(*key, "PATCH", 1), "PATCHES")
    again = MemoryTables()
    for link in clinic.ledger.links:
        again.apply(list(changes_of(open_sealed(link))))
    assert again.rows == clinic.ledger.tables.rows


@pytest.mark.req("REQ-723")
def test_a_ledger_of_years_ago_gives_the_tables_that_it_gave_then() -> None:
    kept = folded_kinds.KEPT.read_text(encoding="utf-8").splitlines()
    assert list(folded_kinds.lines()) == kept, "on purpose? then python -m tests.support.folded_kinds"

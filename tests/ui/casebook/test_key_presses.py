"""The whole baseline visit by the keyboard alone, in the real window: all answers arrive, for few presses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crfapp.ledger.state import FormRowRow, ItemRow, SubjectRow
from tests.support.keyboard_entry import Typist, baseline_typed
from tests.support.site_of import example_site

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from tests.support.clinic import Clinic

NO_DEVICE = {"IECONF", "PHIMG"}
"""A signature and a camera are not the keyboard's affair."""


def told_to(clinic: Clinic, number: str) -> dict[tuple[object, ...], str | None]:
    """What a person answered about a subject: form, row by its place, item; rows named by their places."""
    tables = clinic.ledger.tables
    subject = next(row.subject for row in tables.find(SubjectRow) if row.number == number)
    rows = {r.row: f"{r.form} {r.position}" for r in tables.find(FormRowRow, subject=subject)}
    found: dict[tuple[object, ...], str | None] = {}
    for item in tables.find(ItemRow, subject=subject):
        if item.origin == "person" and item.hidden != 1:
            found[item.form, item.visit, rows.get(item.row, item.row), item.item] = rows.get(
                item.value or "", item.value
            )
    return found


@pytest.fixture
def typed(qtbot: QtBot, qapp: QApplication) -> Typist:
    typist = baseline_typed(qapp)
    qtbot.addWidget(typist.site.view)
    return typist


@pytest.mark.req("REQ-407")
def test_the_baseline_visit_is_entered_by_the_keyboard_alone_for_few_presses(typed: Typist) -> None:
    assert {name.rpartition(".")[2].rpartition("/")[2] for name in typed.not_reached} == NO_DEVICE
    entered = told_to(typed.site.clinic, "JO01-001")
    example = told_to(example_site(), "JO01-003")
    wanted = {key: value for key, value in example.items() if key[0] in typed.by_form and key in entered}
    assert len(wanted) == sum(typed.entered.values()) + 2  # the visit's own two answers
    assert {key: entered[key] for key in wanted} == wanted
    assert set(entered) == set(wanted)  # and nothing was answered by itself

    items, presses = sum(typed.entered.values()), typed.presses
    assert items >= 205
    assert presses["moving on"] / items <= 0.70
    assert sum(presses.values()) / items <= 3.55

"""A sign of the checklist asks below its row of which event it is; a key answers, and the log has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtWidgets import QApplication

from crfapp.form.graph import Cell
from crfapp.ledger.keys import FormKey
from crfapp.ledger.state import FormRowRow, SignLinkRow
from crfapp.present.texts import ISOLATES
from crfapp.ui.widgets.offering import OfferButtons
from tests.support.real_casebook import RealCasebook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture
def book(qtbot: QtBot) -> Iterator[RealCasebook]:
    del qtbot
    book = RealCasebook(at="2025-01-12T09:00")
    scr = book.begin("V_SCR", "2025-01-05")
    lesions = FormKey(*scr, "LESDEF", 1)
    row = book.clinic.add_row(lesions, _group(book))
    book.clinic.enter(lesions, row, LESROLE="TREATED", LESLOC="SKIN OF THE FOREARM", LESLAT="LEFT")
    yield book
    book.view.close()


def _group(book: RealCasebook) -> str:
    form = book.clinic.desk.study.form("LESDEF")
    return next(section.section for section in form.sections if section.rows is not None)


def offers(book: RealCasebook) -> list[OfferButtons]:
    return [one for one in book.view.findChildren(OfferButtons) if one.isVisible()]


def test_a_score_of_2_asks_and_the_answer_begins_the_event(qtbot: QtBot, book: RealCasebook) -> None:
    visit = book.begin("V_INJ1", "2025-01-12")
    key = FormKey(*visit, "LT", 1)
    book.clinic.enter(key, LTPERF="Y", LTTPT="FU", LTBY="INV")
    (lesion,) = book.clinic.ledger.tables.find(FormRowRow, form="LESDEF")
    book.clinic.enter(key, lesion.row, LTRED="2")
    book.show(cast("QApplication", QApplication.instance()))
    book.view.open_form(key, Cell(lesion.row, "LTRED"))
    qtbot.waitUntil(lambda: bool(offers(book)))
    (asked,) = offers(book)
    words = [button.text().translate(ISOLATES) for button in asked.buttons]
    assert words == ["A new event from 12 Jan 2025", "No event…"]
    asked.buttons[0].click()
    qtbot.waitUntil(lambda: offers(book) == [])
    (link,) = book.clinic.ledger.tables.find(SignLinkRow)
    log = FormKey(book.subject, "V_LOG", 1, "AE", 1)
    assert book.clinic.value(log, "AETERM", link.event_row) == "Injection site erythema"
    assert book.clinic.value(log, "AETOXGR", link.event_row) == "2"
    assert book.clinic.value(log, "AELNK", link.event_row) == lesion.row

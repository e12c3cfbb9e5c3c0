"""An answer that skip logic brought back is confirmed on the real form by one press."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crfapp.form.graph import Cell
from crfapp.present.form_page import FormPage
from crfapp.ui.casebook import FormView
from crfapp.ui.widgets import InlineMessage
from tests.support.site_of import workplace
from tests.support.ward import Ward
from tests.ui.casebook.conftest import say

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


ASKED = Cell("", "CB")


@pytest.fixture
def form(qtbot: QtBot, lit_screen: QApplication) -> tuple[FormView, FormPage]:
    assert lit_screen is not None
    ward = Ward()
    page, view = FormPage(workplace(ward), ward.dm), FormView(say)
    qtbot.addWidget(view)
    view.resize(700, 720)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    return view, page


@pytest.mark.parametrize("missing", [False, True], ids=["an answer", "a missing code"])
def test_still_right_takes_the_mark_away(form: tuple[FormView, FormPage], missing: bool) -> None:
    view, page = form
    page.leave(Cell("", "SEX"), "F")
    if missing:
        page.mark_missing(ASKED, "UNK")
    else:
        page.leave(ASKED, "no")
    page.leave(Cell("", "SEX"), "M", "typing error")
    page.leave(Cell("", "SEX"), "F", "it was right")
    before = page.state(ASKED)
    assert before.to_confirm
    view.show_form(page)
    view.canvas.settle()
    message = next(m for m in view.findChildren(InlineMessage) if "still right" in m.text.text())
    message.links[0].click()
    after = page.state(ASKED)
    assert (after.to_confirm, after.text, after.missing) == (False, before.text, before.missing)
    shown = [
        m for m in view.findChildren(InlineMessage) if "still right" in m.text.text() and not m.isHidden()
    ]
    assert shown == []

"""A form, or a whole casebook, on the screen of a nurse who uses the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest
from PySide6.QtCore import Qt

from crfapp.ui.casebook import CasebookView, FormView
from crfapp.ui.theme import apply_theme
from tests.support.fake_casebook import SUBJECT, FakeCasebook
from tests.ui.casebook.at_the_desk import FormDesk

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from tests.support.fake_form_page import FakeFormPage


class OpenForm(Protocol):
    """Puts a form on the screen."""

    def __call__(self, page: FakeFormPage) -> FormDesk: ...


def say(msgid: str, /, **facts: object) -> str:
    """English, as it stands in the code."""
    return msgid.format(**facts) if facts else msgid


@pytest.fixture
def lit_screen(qapp: QApplication) -> QApplication:
    """The application in its light look, reading from left to right."""
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    apply_theme(qapp, "light")
    return qapp


@pytest.fixture
def open_form(qtbot: QtBot, lit_screen: QApplication) -> OpenForm:
    """Put a form on the screen, the keyboard on its first question."""
    assert lit_screen is not None
    kept: list[FormView] = []

    def build(page: FakeFormPage) -> FormDesk:
        view = FormView(say)
        kept.append(view)
        qtbot.addWidget(view)
        view.resize(700, 720)
        with qtbot.waitActive(view):
            view.show()
            view.activateWindow()
        view.show_form(page)
        view.focus_first()
        return FormDesk(qtbot, view, page)

    return build


@pytest.fixture
def casebook(qtbot: QtBot, lit_screen: QApplication) -> CasebookView:
    """The casebook of JO01-003 on the day of the first injection."""
    assert lit_screen is not None
    view = CasebookView(FakeCasebook(), say)
    qtbot.addWidget(view)
    view.resize(1092, 752)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    assert view.show_subject(SUBJECT)
    return view

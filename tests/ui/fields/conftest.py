"""A themed application and a way to put one editor on the screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from crfapp.ui.fields import FieldEditor, FieldSpec, editor_for
from crfapp.ui.theme import apply_theme
from tests.support.gallery import DemoPresent, DemoWords

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from crfapp.study.types import Kind

Place = Callable[..., FieldEditor]


@pytest.fixture
def place(qtbot: QtBot) -> Place:
    """Show an editor of a kind between two other fields; keywords go into its FieldSpec."""
    app = cast("QApplication", QApplication.instance())
    app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    apply_theme(app, "light")
    windows: list[QWidget] = []  # qtbot alone does not keep them alive

    def build(kind: Kind, *, computed: bool = False, **more: object) -> FieldEditor:
        window = QWidget()
        windows.append(window)
        qtbot.addWidget(window)
        column = QVBoxLayout(window)
        column.addWidget(QLineEdit(window))
        facts = {"present": DemoPresent(), **more}
        spec = FieldSpec("Pulse", DemoWords(False), **facts)  # type: ignore[arg-type]  # facts of many kinds
        editor = editor_for(kind, spec, window, computed=computed)
        column.addWidget(editor)
        neighbour = QLineEdit(window)
        neighbour.setObjectName("neighbour")
        column.addWidget(neighbour)
        window.resize(700, 300)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return editor

    return build

"""A button that says how a list is narrowed, and opens the other ways below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from crfapp.ui.widgets import Button

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.present.query_view import Narrowing


class ChoiceButton(Button):
    """One of several; the button carries the words of the one in force. ``chosen`` carries its key."""

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(name, "pill", icon_name="chevron-down", parent=parent)
        self._name = name
        self.choices: tuple[Narrowing, ...] = ()
        self._at = ""
        self.clicked.connect(self.open_menu)

    def show_choices(self, choices: Sequence[Narrowing], at: str) -> None:
        """Offer these, with one in force."""
        self.choices, self._at = tuple(choices), at
        words = next((one.title for one in choices if one.key == at), self._name)
        self.setText(words)
        self.setAccessibleName(f"{self._name}: {words}")
        self.setChecked(False)
        self.updateGeometry()

    def open_menu(self) -> QMenu:
        """The other ways, below the button."""
        menu = QMenu(self)
        menu.setAccessibleName(self._name)
        group = QActionGroup(menu)
        for one in self.choices:
            action = QAction(one.title, menu, checkable=True)
            action.setChecked(one.key == self._at)
            action.triggered.connect(lambda _on=False, key=one.key: self.chosen.emit(key))
            group.addAction(action)
            menu.addAction(action)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))
        return menu

"""A page of several sections, of which one is shown: less to scroll, and each can be gone to by address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from crfapp.ui.theme import current
from crfapp.ui.widgets import SegmentedChoice, Words
from crfapp.ui.widgets.slim_bar import give_slim_bars

if TYPE_CHECKING:
    from collections.abc import Sequence


class SectionChoice(SegmentedChoice):
    """The names of the sections; digits belong to the forms below."""

    hinted = False


class SectionedBody(QScrollArea):
    """A title, the names of the sections beside it, and the parts of one of them. ``turned`` names it."""

    turned = Signal(str)

    def __init__(self, title: str, sections: Sequence[tuple[str, str, Sequence[QWidget]]]) -> None:
        super().__init__()
        tokens = current()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        give_slim_bars(self)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its keys reach it from the controls inside
        inside = QWidget()
        inside.setBackgroundRole(QPalette.ColorRole.Window)
        self.setWidget(inside)
        column = QVBoxLayout(inside)
        column.setContentsMargins(tokens.wide, tokens.pad, tokens.wide, tokens.wide)
        column.setSpacing(tokens.room)
        head = QHBoxLayout()
        head.setSpacing(tokens.pad)
        head.addWidget(Words(title, size="title", weight=600))
        head.addStretch(1)
        self.choice = SectionChoice([(key, words) for key, words, _ in sections])
        self.choice.setAccessibleName(title)
        head.addWidget(self.choice)
        column.addLayout(head)
        self._rooms: dict[str, QWidget] = {}
        for key, _, parts in sections:
            room = self._rooms[key] = QWidget(inside)
            rows = QVBoxLayout(room)
            rows.setContentsMargins(0, 0, 0, 0)
            rows.setSpacing(tokens.room)
            for part in parts:
                rows.addWidget(part)
            column.addWidget(room)
        column.addStretch(1)
        self.section = ""
        self.choice.chosen.connect(self._chosen)
        self.turn(sections[0][0])

    def turn(self, key: str) -> None:
        """Show a section; one that is not here changes nothing."""
        if key not in self._rooms or key == self.section:
            return
        self.section = key
        self.choice.show_value(key)
        for name, room in self._rooms.items():
            room.setVisible(name == key)
        self.verticalScrollBar().setValue(0)
        self.turned.emit(key)

    def _chosen(self, key: str) -> None:
        self.turn(key or self.section)
        self.choice.show_value(self.section)

"""A page that is longer than the window: one column that scrolls."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from crfapp.ui.theme import current
from crfapp.ui.widgets.slim_bar import give_slim_bars


class ScrollingColumn(QScrollArea):
    """Put what belongs on the page into ``column``."""

    def __init__(self) -> None:
        super().__init__()
        tokens = current()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its keys reach it from the controls inside
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        give_slim_bars(self)
        inside = QWidget()
        inside.setBackgroundRole(QPalette.ColorRole.Window)
        self.setWidget(inside)
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(tokens.wide, tokens.pad, tokens.wide, tokens.wide)
        self.column.setSpacing(tokens.room)

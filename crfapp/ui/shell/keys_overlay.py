"""All keys that do something here, on one card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from crfapp.ui.shell.overlay import Overlay
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, KeyHint, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.present.texts import Texts
    from crfapp.ui.shell.page import KeyLine

_WIDTH = 640
_COLUMNS = 2


class KeysOverlay(Overlay):
    """Two groups: this page, and everywhere."""

    def __init__(self, over: QWidget, say: Texts, groups: Sequence[tuple[str, Sequence[KeyLine]]]) -> None:
        super().__init__(over, say("Keys"), width=_WIDTH)
        tokens = current()
        for title, lines in groups:
            if lines:
                self.body.addWidget(self._group(title, lines))
        foot = QWidget(self.card)
        row = QHBoxLayout(foot)
        row.setContentsMargins(tokens.pad, tokens.gap, tokens.pad, tokens.gap)
        row.addStretch(1)
        self.done = Button(say("Close"), hint="Esc", parent=foot)
        self.done.clicked.connect(self.leave)
        row.addWidget(self.done)
        self.body.addWidget(foot)
        self.done.setFocus(Qt.FocusReason.OtherFocusReason)

    def _group(self, title: str, lines: Sequence[KeyLine]) -> QWidget:
        tokens = current()
        box = QWidget(self.card)
        grid = QGridLayout(box)
        grid.setContentsMargins(tokens.pad, tokens.room, tokens.pad, tokens.pad)
        grid.setHorizontalSpacing(tokens.gap)
        grid.setVerticalSpacing(tokens.gap)
        grid.addWidget(Words(title, weight=600, parent=box), 0, 0, 1, 2 * _COLUMNS)
        half = -(-len(lines) // _COLUMNS)
        for place, line in enumerate(lines):
            row, column = place % half + 1, place // half * 2
            keys = QWidget(box)
            caps = QHBoxLayout(keys)
            caps.setContentsMargins(0, 0, 0, 0)
            caps.setSpacing(tokens.hair)
            for cap in line.keys.split():
                caps.addWidget(KeyHint(cap, keys))
            caps.addStretch(1)
            grid.addWidget(keys, row, column)
            grid.addWidget(Words(line.does, "muted", wrap=True, parent=box), row, column + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        return box

"""The palette on screen: a line, and below it what it finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crfapp.ui.entrance.lines import Line
from crfapp.ui.palette.hit_list import HitList
from crfapp.ui.shell.overlay import Overlay
from crfapp.ui.theme import current
from crfapp.ui.widgets import Words

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from crfapp.present.palette import Palette
    from crfapp.present.texts import Texts

_WIDTH = 620
_ROWS = 9
_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _ROWS, Qt.Key.Key_PageUp: -_ROWS}


class SearchLine(Line):
    """Arrows belong to the list, everything else is typed."""

    moved = Signal(int)
    taken = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, Enter takes."""
        if event.key() in _MOVES:
            self.moved.emit(_MOVES[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        else:
            super().keyPressEvent(event)


class PaletteBox(Overlay):
    """``chosen`` carries the hit; the box is closed by then."""

    chosen = Signal(object)

    def __init__(self, over: QWidget, palette: Palette, say: Texts) -> None:
        super().__init__(over, say("Go to"), width=_WIDTH)
        self._finder = palette
        tokens = current()
        head = QWidget(self.card)
        row = QHBoxLayout(head)
        row.setContentsMargins(tokens.pad, tokens.room, tokens.pad, tokens.room)
        self.line = SearchLine(say("Go to"), parent=head)
        self.line.setPlaceholderText(say("Subject, visit, form, question, page or action"))
        row.addWidget(self.line)
        self.body.addWidget(head)
        line = tokens.control + tokens.hair
        room = (over.height() - 8 * tokens.wide) // line
        self.list = HitList(say("What was found"), max(2, min(room, _ROWS)), self.card)
        self.body.addWidget(self.list)
        self.nothing = Words(say("Nothing found. Try a subject number or a word of a title."), "muted")
        self.nothing.setContentsMargins(tokens.pad, tokens.room, tokens.pad, tokens.room)
        self.body.addWidget(self.nothing)
        self.line.textChanged.connect(self._find)
        self.line.moved.connect(self.list.move_by)
        self.line.taken.connect(self._take)
        self.list.itemClicked.connect(self._take)
        self._find("")
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _find(self, typed: str) -> None:
        hits = self._finder.hits(typed)
        self.list.show_hits(hits)
        self.nothing.setVisible(not hits)

    def _take(self) -> None:
        hit = self.list.marked()
        if hit is not None:
            self.leave()
            self.chosen.emit(hit)

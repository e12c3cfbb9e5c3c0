"""The list of queries: the arrows go through it, and what the keyboard is on shows its thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from crfapp.ui.lists import CellView, Column, TableCard

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from crfapp.present.query_view import QueryLine
    from crfapp.present.texts import Texts

_GO = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class QueryRows(TableCard):
    """``chosen``: the query the keyboard or the pointer is on. ``gone_to``: go to what it is about.

    ``writing``: take the keyboard to the lines beside the thread. ``reached`` carries the line that should be
    in sight, once it has its place.
    """

    chosen = Signal(str)
    gone_to = Signal(str)
    writing = Signal()
    reached = Signal(object)

    def __init__(self, say: Texts, parent: QWidget) -> None:
        columns = (
            Column("", 0),
            Column(say("About"), 62),
            Column(say("Raised by"), 38),
            Column(say("State"), 0),
            Column(say("Age"), 0),
        )
        super().__init__("", columns, parent=parent)
        self.setAccessibleName(say("Queries"))
        self.place = 0
        self._keys: tuple[str, ...] = ()
        self._reveal = QTimer(self, singleShot=True, interval=0)
        self._reveal.timeout.connect(self._tell_reached)

    def show_lines(self, lines: Sequence[QueryLine], chosen: str) -> None:
        """Show these, with one of them chosen."""
        self._keys = tuple(line.key for line in lines)
        self.show_rows([cells_of(line) for line in lines])
        for row in self.rows:
            row.removeEventFilter(self)
            row.installEventFilter(self)
            row.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            row.show()  # a line that was made just now takes the keyboard only once it is shown
        self._stop_at(self._keys.index(chosen) if chosen in self._keys else 0)

    def focus_chosen(self) -> None:
        """Give the keyboard to the chosen line."""
        if self.rows:
            self.rows[self.place].setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A line that gets the keyboard is chosen; Enter goes on to what it is about, F2 to writing."""
        place = next((n for n, row in enumerate(self.rows) if row is watched), -1)
        if place < 0 or place >= len(self._keys):
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.FocusIn:
            self._stop_at(place)
            self.chosen.emit(self._keys[place])
            self._reveal.start()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._take_key(event, place)
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent, place: int) -> bool:
        key = event.key()
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(self.rows) - 1}
        if key in _GO:
            self.gone_to.emit(self._keys[place])
        elif key == Qt.Key.Key_F2:
            self.writing.emit()
        elif key in ends:
            self.rows[ends[Qt.Key(key)]].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            return False
        return True

    def _tell_reached(self) -> None:
        if self.place < len(self.rows):
            self.reached.emit(self.rows[self.place])

    def _stop_at(self, place: int) -> None:
        """Tab stops at one line only: the chosen one."""
        if self.rows:
            self.rows[min(self.place, len(self.rows) - 1)].setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            self.rows[place].setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.place = place


def cells_of(line: QueryLine) -> tuple[CellView, ...]:
    """A query as cells."""
    return (
        CellView(icon=line.icon),
        CellView(line.title, weight=600, note=line.text.replace("\n", " ")),
        CellView(line.by, note=line.where),
        CellView(line.state_words, "muted", pill="" if line.tone == "muted" else line.tone),
        CellView(line.age, "error" if line.old else "muted", 600 if line.old else 400),
    )

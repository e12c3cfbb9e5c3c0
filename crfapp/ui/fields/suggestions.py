"""The list that opens below a line and shrinks while one types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView

from crfapp.ui.fields.line import STAYS
from crfapp.ui.theme import current
from crfapp.ui.widgets.slim_bar import give_slim_bars

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QWheelEvent

_ROWS = 9


class _List(QListView):
    """A list whose wheel scrolls and never chooses."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll inside the list and let nothing through."""
        super().wheelEvent(event)
        event.accept()


class Suggestions(QCompleter):
    """Labels that contain what is typed, whatever its case; nothing is filled in by itself.

    ``picked_by_key``: Enter took the label in focus, so the person goes on.
    """

    picked_by_key = Signal()

    def __init__(self, line: QLineEdit, labels: Sequence[str]) -> None:
        super().__init__(line)
        self.setModel(QStringListModel(list(labels), self))
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setMaxVisibleItems(_ROWS)
        listing = _List()
        give_slim_bars(listing)
        listing.setLayoutDirection(line.layoutDirection())
        listing.setSpacing(2)
        listing.setUniformItemSizes(True)
        self._listing = listing
        self.setPopup(listing)
        listing.setMinimumWidth(round(240 * current().scale))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """An open list must not keep the line from noticing that the person has moved on."""
        if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in STAYS:
            if watched is self.widget():
                self._listing.hide()
            return False
        picking = (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            and self._listing.isVisible()
            and self._listing.currentIndex().isValid()
        )
        done = super().eventFilter(watched, event)
        if picking:
            self.picked_by_key.emit()
        return done

    def only_one(self) -> str | None:
        """Close the open list and give its only label; None, and nothing closed, where it holds more."""
        listing = self._listing
        if not listing.isVisible() or listing.currentIndex().isValid() or self.completionCount() != 1:
            return None
        listing.hide()
        return self.currentCompletion()

    def open_all(self) -> None:
        """Show every label, also those that do not match what stands in the line."""
        self.setCompletionPrefix("")
        self.complete()

"""The Hijri calendar below the Gregorian one: a date of a document is typed here, its meaning chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from crfapp.ui.theme import current
from crfapp.ui.widgets.offering import OfferButtons
from crfapp.ui.widgets.words import Words

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from crfapp.ui.fields.base import Hijri, Say


class HijriLine(QLineEdit):
    """The line for the date; Enter goes on to what it can mean."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter; the rest is writing."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class HijriPart(QWidget):
    """What the chosen day is in the Hijri calendar, and a line to type a Hijri date.

    ``chosen`` carries the text that the field takes. ``grown``: there is more, or less, to be seen.
    """

    chosen = Signal(str)
    grown = Signal()

    def __init__(self, hijri: Hijri, say: Say, *, partial: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._hijri, self._partial = hijri, partial
        self._ways: tuple[tuple[str, str], ...] = ()
        self.offers: OfferButtons | None = None
        tokens = current()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(tokens.gap, tokens.hair, tokens.gap, tokens.gap)
        self._column.setSpacing(tokens.hair)
        self.today = Words("", weight=500, parent=self)
        self._column.addWidget(self.today)
        label = Words(say("Hijri date (H)"), "muted", size="small", parent=self)
        self._column.addWidget(label)
        self.line = HijriLine(self)
        self.line.setFixedHeight(tokens.control)
        self.line.setTextMargins(tokens.gap - 3, 0, tokens.gap - 3, 0)
        self.line.setAccessibleName(say("Hijri date"))
        self.line.setPlaceholderText("12/7/1446 · 7/1446 · 1446")
        self._column.addWidget(self.line)
        self.sentences = Words("", "muted", size="small", wrap=True, parent=self)
        self.sentences.hide()
        self._column.addWidget(self.sentences)
        self.line.textEdited.connect(self._tell)
        self.line.entered.connect(self._go_on)

    def begin(self) -> None:
        """Nothing typed yet."""
        self.line.clear()
        self._tell("")

    def show_day(self, iso: str) -> None:
        """Say what a Gregorian day is here."""
        words = self._hijri.day(iso)[1]
        self.today.setText(f"\u2066{iso}\u2069 = {words}" if words else "")

    def _tell(self, typed: str) -> None:
        meant = self._hijri.meant(typed, partial=self._partial)
        self._ways = meant.ways
        self.sentences.setText("\n".join(meant.sentences))
        self.sentences.setVisible(bool(meant.sentences))
        self.line.setAccessibleDescription(" ".join(meant.sentences))
        if self.offers is not None:
            self.offers.hide()
            self._column.removeWidget(self.offers)
            self.offers.deleteLater()
            self.offers = None
        if self._ways:
            self.offers = OfferButtons([words for _, words in self._ways], self)
            self.offers.taken.connect(self._take)
            self.offers.left.connect(self.line.setFocus)
            self._column.addWidget(self.offers)
            self.offers.show()
        self.grown.emit()

    def _go_on(self) -> None:
        """The only meaning is taken; of several one is chosen."""
        if len(self._ways) == 1:
            self._take(0)
        elif self.offers is not None:
            self.offers.buttons[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _take(self, place: int) -> None:
        self.chosen.emit(self._ways[place][0])

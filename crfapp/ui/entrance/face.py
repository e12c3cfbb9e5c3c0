"""The plain window in front of the records: one card, and how the window itself is to look and speak."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from crfapp.present.texts import LANGUAGES
from crfapp.ui.help.beside import HelpBeside
from crfapp.ui.reading_order import InReadingOrder
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, Card, SegmentedChoice, Words
from crfapp.ui.widgets.slim_bar import give_slim_bars

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from crfapp.present.texts import Texts
    from crfapp.ui.preferences import Preferences
    from crfapp.ui.theme import ThemeName


class LanguageChoice(SegmentedChoice):
    """The languages, each named in itself."""

    hinted = False


class Face(InReadingOrder):
    """A card in the middle of an empty window. ``body`` takes what belongs on the card.

    ``help_page`` is what F1 brings. ``size`` is the card's width and its typical height at 100 %.
    """

    preferences_wanted = Signal(object)
    help_page = "entrance"

    def __init__(self, say: Texts, preferences: Preferences, size: tuple[int, int]) -> None:
        super().__init__()
        self.say, self.preferences = say, preferences
        tokens = current()
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.wide, tokens.pad, tokens.wide, tokens.pad)
        column.addLayout(self._switches())
        self.card = Card(parent=self)
        width, self._typical_height = size
        self.card.setMinimumWidth(width)
        self.card.setMaximumWidth(round(width * tokens.scale))
        inside = QWidget(self.card)
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(tokens.wide, tokens.wide, tokens.wide, tokens.wide)
        self.body.setSpacing(tokens.room)
        self.card.add_row(inside)
        self.help = HelpBeside(self._scrolled(), say)
        column.addWidget(self.help, 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F1 brings help, as on every page."""
        if event.key() == Qt.Key.Key_F1 and not event.modifiers():
            self._show_help()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the card; a sentence that appears on it later does not move its head."""
        super().resizeEvent(event)
        tokens = current()
        free = self.height() - 4 * tokens.wide - round(self._typical_height * tokens.scale)
        self._above.changeSize(0, max(0, 2 * free // 5))
        self._middle.invalidate()

    def _scrolled(self) -> QScrollArea:
        """The card can always be reached, however large the text."""
        room = QWidget()
        row = QHBoxLayout(room)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        self._middle = QVBoxLayout()
        self._above = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._middle.addItem(self._above)
        self._middle.addWidget(self.card)
        self._middle.addStretch(1)
        row.addLayout(self._middle, 100)
        row.addStretch(1)
        area = QScrollArea(self)
        give_slim_bars(area)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(room)
        return area

    def _switches(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(current().gap)
        row.addWidget(Words("crfapp", "primary", size="section", weight=600, parent=self))
        row.addStretch(1)
        self.languages = LanguageChoice(tuple(LANGUAGES.items()), self)
        self.languages.setAccessibleName(self.say("Language"))
        self.languages.show_value(self.preferences.language)
        self.languages.chosen.connect(self._language)
        row.addWidget(self.languages)
        light = self.preferences.theme != "light"
        words = self.say("Light") if light else self.say("Dark")
        self.appearance = Button(words, "plain", icon_name="sun" if light else "moon", parent=self)
        self.appearance.clicked.connect(self._appearance)
        row.addWidget(self.appearance)
        helps = Button(self.say("Help"), "plain", icon_name="help", hint="F1", parent=self)
        helps.clicked.connect(self._show_help)
        row.addWidget(helps)
        return row

    def _show_help(self) -> None:
        self.help.show_help(self.help_page)

    def _language(self, language: str) -> None:
        if language:
            self.preferences_wanted.emit(replace(self.preferences, language=language))

    def _appearance(self) -> None:
        theme: ThemeName = "light" if self.preferences.theme != "light" else "dark"
        self.preferences_wanted.emit(replace(self.preferences, theme=theme))

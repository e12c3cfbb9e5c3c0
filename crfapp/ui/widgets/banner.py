"""A band across the page for what is going on now."""

from __future__ import annotations

from html import escape
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from crfapp.present.texts import isolated
from crfapp.ui.icons import pixmap
from crfapp.ui.theme import current
from crfapp.ui.theme.style import rounded
from crfapp.ui.widgets.button import Button, Variant
from crfapp.ui.widgets.words import Words

Grade = Literal["info", "warn", "error"]
_TONES: dict[Grade, tuple[str, str]] = {
    "info": ("primary", "info"),
    "warn": ("warn", "warning"),
    "error": ("error", "refusal"),
}


class Banner(QWidget):
    """A sentence, a quieter one behind it, and buttons. ``chosen`` tells which button was pressed."""

    chosen = Signal(str)

    def __init__(
        self, text: str, grade: Grade = "info", *, note: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        tokens = current()
        self.grade: Grade = grade
        self._said = (text, note)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(tokens.pad, tokens.gap, tokens.pad, tokens.gap)
        self.row.setSpacing(tokens.gap)
        self.row.addSpacing(tokens.icon + tokens.gap)
        self.words = Words(wrap=True, parent=self)
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.row.addWidget(self.words, 1)
        self.setMinimumHeight(tokens.row)
        self.show_text(text, note)

    def show_text(self, text: str, note: str = "") -> None:
        """Change the sentences in place (a running clock does it every second)."""
        self._said = (text, note)
        tokens = current()
        tone = tokens.text if self.grade == "info" else tokens.colour(_TONES[self.grade][0])
        reads = "rtl" if self.isRightToLeft() else "ltr"  # rich text does not find its direction by itself
        self.words.setText(
            f'<p dir="{reads}"><span style="color:{tone};font-weight:600">{escape(isolated(text))}</span>'
            f' <span style="color:{tokens.muted}">{escape(isolated(note))}</span></p>'
        )
        self.setAccessibleName(f"{text} {note}".strip())

    def dress(self) -> None:
        """Take the colours of the sentences from the tokens in force."""
        self.show_text(*self._said)

    def add_button(self, key: str, text: str, variant: Variant = "plain") -> Button:
        """Add a button at the end; pressing it emits ``chosen`` with ``key``."""
        button = Button(text, variant, parent=self)
        button.clicked.connect(lambda: self.chosen.emit(key))
        self.row.addWidget(button)
        return button

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Soft ground, coloured border, icon."""
        tokens = current()
        tone, drawing = _TONES[self.grade]
        painter = QPainter(self)
        rounded(
            painter,
            self.rect(),
            fill=tokens.colour(f"{tone}_soft"),
            edge=tokens.colour(tone),
            radius=tokens.card_radius,
        )
        rtl = self.isRightToLeft()
        x = self.width() - tokens.pad - tokens.icon if rtl else tokens.pad
        picture = pixmap(drawing, tokens.colour(tone), tokens.icon, self.devicePixelRatioF())
        painter.drawPixmap(x, (self.height() - tokens.icon) // 2, picture)

"""A value that the form calculates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent

from crfapp.ui.fields.static import StaticEditor
from crfapp.ui.icons import pixmap
from crfapp.ui.theme import current
from crfapp.ui.theme.style import focus_ring, rounded
from crfapp.ui.widgets.words import Words

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from crfapp.ui.fields.base import FieldSpec


class ComputedEditor(StaticEditor):
    """The value on soft ground, with the word that says where it comes from; in a table the value alone."""

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        tokens = current()
        self.value = Words("", weight=500, wrap=spec.compact, parent=self)
        if spec.compact:
            self.row.setContentsMargins(2, 0, 0, 0)
            self.setMinimumHeight(tokens.control)
        else:
            self.setFixedHeight(tokens.control)
            self.row.setContentsMargins(tokens.gap + 2, 0, tokens.gap + 2, 0)
            self.row.addSpacing(tokens.icon + tokens.hair)
        self.value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.value.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.row.addWidget(self.value)
        if not spec.compact:
            self.origin = Words(self.say("calculated"), "muted", size="small", parent=self)
            self.row.addWidget(self.origin)
            self.row.addStretch(1)

    def draw_text(self, text: str) -> None:
        """Show the value with its unit; a dash where it cannot be calculated yet."""
        unit = f" {self.spec.unit}" if self.spec.unit and text else ""
        self.value.setText(f"\u2068{text}{unit}\u2069" if text else "\u2013")
        self.setAccessibleDescription(f"{text}{unit}")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Soft ground as wide as its words, and the icon."""
        tokens = current()
        painter = QPainter(self)
        rect = self._ground()
        if self.spec.compact:
            if self.hasFocus():
                focus_ring(painter, rect, tokens, tokens.radius)
            return
        edge = tokens.colour({"warn": "warn", "error": "error"}.get(self.state, "line"))
        rounded(painter, rect, fill=tokens.ground, edge=edge, radius=tokens.radius)
        if self.hasFocus():
            focus_ring(painter, rect, tokens, tokens.radius)
        x = self.width() - tokens.icon - tokens.gap if self.isRightToLeft() else tokens.gap
        picture = pixmap("computed", tokens.muted, tokens.icon, self.devicePixelRatioF())
        painter.drawPixmap(x, (self.height() - tokens.icon) // 2, picture)

    def _ground(self) -> QRect:
        if self.spec.compact:
            return self.rect()
        last = self.origin.geometry()
        if self.isRightToLeft():
            return self.rect().adjusted(max(0, last.left() - current().gap), 0, 0, 0)
        return QRect(0, 0, min(self.width(), last.right() + current().gap + 2), self.height())

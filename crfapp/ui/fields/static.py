"""Places where nothing is typed: calculated values, notes, and what this version does not take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent

from crfapp.ui.fields.base import FieldEditor, FieldSpec
from crfapp.ui.icons import pixmap
from crfapp.ui.theme import current
from crfapp.ui.theme.style import focus_ring
from crfapp.ui.widgets.words import Words

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class StaticEditor(FieldEditor):
    """Something to read in the place of an editor; it takes the keyboard, so that Enter goes on."""

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def raw(self) -> str:
        """Always what was shown: nothing can be typed."""
        return self.shown

    def draw_mark(self) -> None:
        """Repaint in the colour of the mark."""
        self.update()

    def draw_text(self, text: str) -> None:
        """Nothing is shown unless a subclass does."""

    def focus_first(self) -> None:
        """Take the keyboard."""
        self.setFocus(Qt.FocusReason.TabFocusReason)

    def set_enabled_state(self, enabled: bool, why: str) -> None:
        """It is never open; the reason is kept for those who ask."""
        self.setToolTip("" if enabled else why)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ring."""
        if self.hasFocus():
            focus_ring(QPainter(self), self.rect(), current(), current().radius)


class RemarkEditor(StaticEditor):
    """An icon and a sentence."""

    icon = "info"

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        tokens = current()
        self.row.setContentsMargins(tokens.hair, tokens.hair, tokens.hair, tokens.hair)
        self.row.addSpacing(tokens.icon + tokens.gap)
        words = self.sentence()
        self.words = Words(words, "muted", wrap=True, parent=self)
        self.row.addWidget(self.words, 1)
        self.setAccessibleDescription(words)

    def sentence(self) -> str:
        """What is said here."""
        raise NotImplementedError

    def paintEvent(self, event: QPaintEvent) -> None:
        """The icon beside the first line."""
        super().paintEvent(event)
        tokens = current()
        x = self.width() - tokens.icon - tokens.hair if self.isRightToLeft() else tokens.hair
        first = self.words.geometry().top() + self.words.fontMetrics().height() // 2
        top = self.height() // 2 if self.words.height() < 2 * self.words.fontMetrics().height() else first
        picture = pixmap(self.icon, tokens.muted, tokens.icon, self.devicePixelRatioF())
        QPainter(self).drawPixmap(x, top - tokens.icon // 2, picture)

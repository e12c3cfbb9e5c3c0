"""The studies that can be installed here, one of which is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from crfapp.present.texts import isolated
from crfapp.ui.theme import current, font
from crfapp.ui.theme.style import focus_ring, radio_mark, rounded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QPoint

    from crfapp.present.entrance import PackOffer
    from crfapp.present.texts import Texts


class OfferRow(QRadioButton):
    """One study: its title, as many lines as it needs, and below it name, version and languages."""

    def __init__(self, offer: PackOffer, say: Texts, parent: QWidget) -> None:
        super().__init__(parent)
        self.offer = offer
        languages = ", ".join(offer.languages)
        self.detail = say(
            "{study}, version {version}; languages: {languages}",
            study=isolated(offer.study),
            version=isolated(offer.version),
            languages=isolated(languages),
        )
        self.setAccessibleName(f"{offer.title}. {self.detail}")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def heightForWidth(self, width: int) -> int:
        """Title and detail, with room."""
        tokens = current()
        box = QRect(0, 0, width - self._indent() - tokens.pad, 10_000)
        title = QFontMetrics(font("base", 500)).boundingRect(box, Qt.TextFlag.TextWordWrap, self.offer.title)
        return title.height() + QFontMetrics(font("small")).height() + 2 * tokens.room + tokens.hair

    def sizeHint(self) -> QSize:
        """As high as its words at the present width."""
        width = max(self.width(), 30 * current().pad)
        return QSize(width, self.heightForWidth(width))

    def hitButton(self, pos: QPoint) -> bool:
        """The whole row can be pressed."""
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Border, ring, words."""
        tokens, painter = current(), QPainter(self)
        on, rtl = self.isChecked(), self.isRightToLeft()
        fill, edge = (tokens.primary_soft, tokens.primary) if on else (tokens.surface, tokens.edge)
        rounded(painter, self.rect(), fill=fill, edge=edge, radius=tokens.radius)
        side = tokens.icon
        left = self.width() - tokens.room - side if rtl else tokens.room
        radio_mark(painter, QRect(left, tokens.room, side, side), tokens, on=on)
        words = self.rect().adjusted(self._indent(), tokens.room - 1, -tokens.pad, -tokens.room)
        if rtl:
            words.moveLeft(self.width() - words.right() - 1)
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop
        painter.setFont(font("base", 500))
        painter.setPen(QColor(tokens.text))
        painter.drawText(words, flags, self.offer.title)
        painter.setFont(font("small"))
        painter.setPen(QColor(tokens.muted))
        height = QFontMetrics(painter.font()).height()
        below = QRect(words.left(), words.bottom() - height + 1, words.width(), height)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter, self.detail)
        if self.hasFocus():
            focus_ring(painter, self.rect(), tokens, tokens.radius)

    def _indent(self) -> int:
        tokens = current()
        return tokens.room + tokens.icon + tokens.gap + 2


class OfferList(QWidget):
    """``chosen`` carries the folder of the study."""

    chosen = Signal(str)

    def __init__(self, offers: Sequence[PackOffer], say: Texts) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().gap)
        self.rows = [OfferRow(offer, say, self) for offer in offers]
        for row in self.rows:
            column.addWidget(row)
            row.clicked.connect(lambda _=False, row=row: self.chosen.emit(str(row.offer.folder)))

    def choose(self, folder: str) -> None:
        """Show what is chosen."""
        for row in self.rows:
            row.setChecked(str(row.offer.folder) == folder)

    def first_stop(self) -> QWidget | None:
        """The chosen row, or the first."""
        return next((row for row in self.rows if row.isChecked()), self.rows[0] if self.rows else None)

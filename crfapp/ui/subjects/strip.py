"""Below the grid: the chosen visit in full, with its forms to go to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from crfapp.present.texts import isolated
from crfapp.ui.icons import status_pixmap
from crfapp.ui.theme import current, font
from crfapp.ui.theme.style import focus_ring, rounded
from crfapp.ui.widgets import ElidedLabel, FlowRow, Words
from crfapp.ui.widgets.slim_bar import give_slim_bars

if TYPE_CHECKING:
    from crfapp.present.address import Address
    from crfapp.present.subjects_view import FormMark, VisitDetail

_LINES = 3


class FormChip(QAbstractButton):
    """One form: its mark and its name."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._mark = ""
        self.address: Address | None = None
        self.setFont(font("small"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_form(self, form: FormMark) -> None:
        """Show another form."""
        self._mark, self.address = form.mark, form.address
        self.setText(form.title)
        self.setAccessibleName(f"{form.title}, {form.words}")
        self.setToolTip(form.words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Mark and name."""
        tokens = current()
        wide = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(wide + tokens.icon + 2 * tokens.gap + tokens.hair, tokens.control)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Mark and name, on a ground while touched."""
        tokens, painter = current(), QPainter(self)
        if self.underMouse():
            rounded(painter, self.rect(), fill=tokens.ground, edge="", radius=tokens.radius)
        rtl = self.isRightToLeft()
        left = self.width() - tokens.gap - tokens.icon if rtl else tokens.gap
        top = (self.height() - tokens.icon) // 2
        painter.drawPixmap(left, top, status_pixmap(self._mark, self.devicePixelRatioF()))
        step = tokens.gap + tokens.icon + tokens.hair
        box = QRect(0 if rtl else step, 0, self.width() - step, self.height())
        painter.setPen(QColor(tokens.text))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading), self.text())
        if self.hasFocus():
            focus_ring(painter, self.rect(), tokens, tokens.radius)


class VisitStrip(QWidget):
    """Always equally high, so that the grid above never moves. ``chosen`` carries an Address."""

    chosen = Signal(object)

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        tokens = current()
        self._hint = hint
        self.setFixedHeight((_LINES + 1) * tokens.control + tokens.pad)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.wide - tokens.gap, tokens.gap, tokens.pad, tokens.gap)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(tokens.gap, 0, tokens.gap, 0)
        head.setSpacing(tokens.gap)
        self.title = Words("", weight=600, parent=self)
        self.facts = ElidedLabel(hint, "muted", parent=self)
        head.addWidget(self.title)
        head.addWidget(self.facts, 1)
        column.addLayout(head)
        box = QWidget()
        self._flow = FlowRow(box, gap=0)
        self.chips: list[FormChip] = []
        area = QScrollArea(self)
        give_slim_bars(area)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setBackgroundRole(QPalette.ColorRole.Base)
        area.setWidget(box)
        column.addWidget(area, 1)

    def show_visit(self, detail: VisitDetail | None) -> None:
        """Show the chosen visit, or what would stand here."""
        self.title.setText(detail.title if detail else "")
        self.facts.setText(isolated(detail.facts) if detail else self._hint)
        forms = detail.forms if detail else ()
        while len(self.chips) < len(forms):
            self.chips.append(self._chip())
        for chip, form in zip(self.chips, forms, strict=False):
            chip.show_form(form)
        for number, chip in enumerate(self.chips):
            chip.setVisible(number < len(forms))
        self._flow.invalidate()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A surface with a line above."""
        tokens, painter = current(), QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens.surface))
        painter.setPen(QColor(tokens.line))
        painter.drawLine(0, 0, self.width(), 0)

    def _chip(self) -> FormChip:
        chip = FormChip(self)
        chip.clicked.connect(lambda: self.chosen.emit(chip.address))
        self._flow.addWidget(chip)
        return chip

"""A date with its time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QStyle, QStyleOptionFrame

from crfapp.base.marking import N_
from crfapp.ui.fields.moment import MomentEditor, MomentInput, Shortcut, Source
from crfapp.ui.theme import current, font

if TYPE_CHECKING:
    from crfapp.ui.fields.line import LineInput

_WRITING = 132
"""Wide enough for a date with its time, in logical pixels at 100 %."""
_STACKED = 37
"""High enough for the time over its date."""


class DateTimeInput(MomentInput):
    """A line that, where it is too narrow, shows the time over its date until one writes in it."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line, or time and date in two lines; nothing of them is left out."""
        date, _, time = self.text().rpartition(" ")
        if self.hasFocus() or not (date and time) or not self._too_narrow():
            super().paintEvent(event)
            return
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        painter = QPainter(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option, painter, self)
        tokens, half = current(), self.height() // 2
        for box, words, size, tone in (
            (QRect(0, 2, self.width(), half), time, "base", tokens.text),
            (QRect(0, half, self.width(), self.height() - half - 1), date, "tiny", tokens.muted),
        ):
            painter.setFont(font(size))
            painter.setPen(QColor(tone))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def _too_narrow(self) -> bool:
        return self.fontMetrics().horizontalAdvance(self.text()) + current().gap > self.width()


class DateTimeEditor(MomentEditor):
    """A date and a time as text; N writes both, T and V write the date and wait for the time.

    In a tight table it stands narrow, and reaches back over its neighbour while one writes in it.
    """

    width_token = 170
    shortcuts = (
        Shortcut("n", "now", N_("Now")),
        Shortcut("t", "today"),
        Shortcut("v", "visit", N_("Visit date")),
    )
    _cell = QRect()

    def make_line(self) -> LineInput:
        """A line that can show its words in two."""
        return DateTimeInput(self, self.spec.name)

    def tight_height(self) -> int:
        """How high it stands in a tight table."""
        return round(_STACKED * current().scale)

    def stand_in(self, box: QRect, *, tight: bool) -> None:
        """Take a place in a table."""
        self._cell = box
        self.line.set_tight(tight)
        self.line.setFixedHeight(box.height())
        self._reach(writing=self.line.hasFocus())

    def arrive(self) -> None:
        """Make room to write."""
        super().arrive()
        self._reach(writing=True)

    def depart(self) -> None:
        """Back into the narrow place."""
        super().depart()
        self._reach(writing=False)

    def now_text(self) -> str:
        """With its date where the visit's would be wrong, with its offset in an hour that runs twice."""
        return self.spec.present.moment_text() if self.spec.present is not None else ""

    def write_from(self, source: Source) -> bool:
        """A date alone leaves the cursor where the time goes."""
        written = super().write_from(source)
        if written and source != "now":
            self.line.setText(self.line.text() + " ")
            self.line.end(False)
        return written

    def _reach(self, *, writing: bool) -> None:
        if self._cell.isNull():
            return
        wide = max(self._cell.width(), round(_WRITING * current().scale)) if writing else self._cell.width()
        box = QRect(self._cell)
        if self.isRightToLeft():
            box.setWidth(wide)
        else:
            box.setLeft(self._cell.right() + 1 - wide)
        self.line.setFixedWidth(wide)
        self.setGeometry(box)
        if writing:
            self.raise_()

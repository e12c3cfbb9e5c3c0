"""A whole date, with today, the visit's date and a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from crfapp.base.marking import N_
from crfapp.ui.fields.calendar import CalendarPopup
from crfapp.ui.fields.moment import MomentEditor, MomentInput, Shortcut
from crfapp.ui.icons import pixmap
from crfapp.ui.theme import current

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent
    from PySide6.QtWidgets import QWidget

    from crfapp.ui.fields.base import FieldSpec
    from crfapp.ui.fields.line import LineInput

DATE_SHORTCUTS = (
    Shortcut("t", "today", N_("Today")),
    Shortcut("v", "visit", N_("Visit date")),
    Shortcut("n", "today"),
)


class DateInput(MomentInput):
    """A line with a small calendar at its end that opens the large one."""

    def __init__(self, editor: DateEditor, name: str) -> None:
        self._date = editor
        super().__init__(editor, name)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line and its sign."""
        super().paintEvent(event)
        if box := self._sign():
            tokens = current()
            picture = pixmap("calendar", tokens.muted, box.width(), self.devicePixelRatioF())
            QPainter(self).drawPixmap(box.topLeft(), picture)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the sign opens the calendar."""
        box = self._sign()
        if box and box.contains(event.position().toPoint()) and not self.isReadOnly():
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._date.open_calendar()
        else:
            super().mousePressEvent(event)

    def _sign(self) -> QRect | None:
        """Where the sign stands; there is no room for it in a table."""
        if self._date.spec.compact:
            return None
        side = current().icon - 2
        # the line itself turns with what stands in it; its end is where the page's reading ends
        x = current().gap if self._date.isRightToLeft() else self.width() - side - current().gap
        return QRect(x, (self.height() - side) // 2, side, side)


class DateEditor(MomentEditor):
    """A date as text. Down, F4 or the sign at its end opens a calendar (Alt+Down belongs to the page)."""

    width_token = 130
    shortcuts = DATE_SHORTCUTS
    partial = False

    def make_line(self) -> LineInput:
        """A line with a calendar."""
        return DateInput(self, self.spec.name)

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self.calendar: CalendarPopup | None = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The calendar's keys."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in {Qt.Key.Key_Down, Qt.Key.Key_F4} and not self.line.isReadOnly():
            self.open_calendar()
        else:
            super().keyPressEvent(event)

    def open_calendar(self) -> None:
        """Show the calendar below the line; the day chosen there is written as ISO text."""
        present = self.spec.present
        if self.calendar is None:
            hijri = present.hijri if present is not None else None
            self.calendar = CalendarPopup(self.say, self, hijri=hijri, partial=self.partial)
            self.calendar.day_chosen.connect(self.write)
        today = present.today_text() if present is not None else ""
        self.calendar.open_below(self.line, self.raw(), today)

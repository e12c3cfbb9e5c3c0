"""A small month to pick a day from, with the days of the Hijri calendar beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QHeaderView, QTableView, QVBoxLayout, QWidget

from crfapp.ui.fields.hijri import HijriPart
from crfapp.ui.theme import current, font
from crfapp.ui.theme.style import rounded

if TYPE_CHECKING:
    import datetime as dt

    from crfapp.ui.fields.base import Hijri, Say

_WIDTH, _HEIGHT = 392, 216
"""Logical pixels at 100 %: seven columns wide enough for a short day name or two numbers."""


_TO_HIJRI = {"h", "\u0627", "\u0623"}
"""H, and alef: the key and the letter that lead to the line for a Hijri date."""


class TwoCalendars(QCalendarWidget):
    """A Gregorian month; in each cell stands, small, the day of the Hijri month."""

    def __init__(self, hijri: Hijri | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._hijri = hijri

    def paintCell(  # noqa: N802  # the name is Qt's
        self, painter: QPainter, rect: QRect, date: QDate | dt.date
    ) -> None:
        """The day, and its other number."""
        day = date if isinstance(date, QDate) else QDate(date.year, date.month, date.day)
        super().paintCell(painter, rect, day)
        number = self._hijri.day(iso(day))[0] if self._hijri is not None else ""
        if number:
            tokens = current()
            painter.save()
            painter.setFont(font("tiny"))
            chosen = day == self.selectedDate()
            painter.setPen(QColor(tokens.on_primary if chosen else tokens.muted))
            corner = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignTrailing
            painter.setLayoutDirection(self.layoutDirection())
            painter.drawText(rect.adjusted(3, 0, -3, -1), corner, self.locale().toString(int(number)))
            painter.restore()


class CalendarPopup(QWidget):
    """Arrows move, Enter or a click chooses, H leads to the Hijri date, Escape closes.

    ``day_chosen`` carries the text that the field takes: an ISO date, or a Hijri date as it was told.
    ``hijri`` is the other calendar, None where nobody knows it; ``partial``: a year or month will do.
    The mouse wheel does nothing here: it must not be able to change a date.
    """

    day_chosen = Signal(str)

    def __init__(
        self, say: Say, parent: QWidget, *, hijri: Hijri | None = None, partial: bool = False
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        name = say("Calendar")
        tokens = current()
        self.setAccessibleName(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.hair, tokens.hair, tokens.hair, tokens.hair)
        column.setSpacing(0)
        self.month = TwoCalendars(hijri, self)
        self.month.setAccessibleName(name)
        self.month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.month.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
        self.month.setFirstDayOfWeek(QLocale().firstDayOfWeek())
        self.month.setFixedSize(round(_WIDTH * tokens.scale), round(_HEIGHT * tokens.scale))
        self._tint()
        column.addWidget(self.month)
        self.hijri = HijriPart(hijri, say, partial=partial, parent=self) if hijri is not None else None
        if self.hijri is not None:
            column.addWidget(self.hijri)
            self.hijri.chosen.connect(self._take)
            self.hijri.grown.connect(self._fit)
            self.month.selectionChanged.connect(self._show_hijri)
        self.month.activated.connect(self._choose)
        self.month.clicked.connect(self._choose)
        for view in self.month.findChildren(QTableView):
            # the week must fit: the headers would keep their usual width and push days out of sight
            view.horizontalHeader().setMinimumSectionSize(1)
            view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
            view.viewport().installEventFilter(self)
            view.installEventFilter(self)

    def open_below(self, field: QWidget, text: str, today: str) -> None:
        """Show the month of ``text``, or of the clinic's ``today`` (both ISO), below ``field``."""
        for known in (text, today):
            day = QDate.fromString(known, Qt.DateFormat.ISODate)
            if day.isValid():
                self.month.setSelectedDate(day)
                break
        corner = QPoint(
            field.width() - self.sizeHint().width() if field.isRightToLeft() else 0, field.height() + 2
        )
        if self.hijri is not None:
            self.hijri.begin()
            self._show_hijri()
        self.move(field.mapToGlobal(corner))
        self.show()
        self.month.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Swallow the wheel; H goes to the other calendar, where the month would take it for a date."""
        to_hijri = (
            self.hijri is not None
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.text().lower() in _TO_HIJRI
        )
        if to_hijri and self.hijri is not None:
            self.hijri.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return to_hijri or event.type() == QEvent.Type.Wheel

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes without choosing."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A surface with a border."""
        tokens = current()
        rounded(QPainter(self), self.rect(), fill=tokens.surface, edge=tokens.edge, radius=0)

    def _choose(self, day: QDate) -> None:
        self._take(iso(day))

    def _take(self, text: str) -> None:
        self.close()
        self.day_chosen.emit(text)

    def _show_hijri(self) -> None:
        if self.hijri is not None:
            self.hijri.show_day(iso(self.month.selectedDate()))

    def _fit(self) -> None:
        """As high as what is said now."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
        self.adjustSize()

    def _tint(self) -> None:
        plain = QTextCharFormat()
        plain.setForeground(QColor(current().text))
        head = QTextCharFormat()
        head.setForeground(QColor(current().muted))
        self.month.setHeaderTextFormat(head)
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.month.setWeekdayTextFormat(day, plain)


def iso(day: QDate) -> str:
    """ISO text of a day."""
    return str(day.toString(Qt.DateFormat.ISODate))

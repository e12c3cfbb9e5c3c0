"""A small month to pick a day from."""

from __future__ import annotations

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QHeaderView, QTableView, QVBoxLayout, QWidget

from crfapp.ui.theme import current
from crfapp.ui.theme.style import rounded

_WIDTH, _HEIGHT = 336, 216
"""Logical pixels at 100 %: seven columns wide enough for a short day name in each language."""


class CalendarPopup(QWidget):
    """Arrows move, Enter or a click chooses, Escape closes. ``day_chosen`` carries ISO text.

    The mouse wheel does nothing here: it must not be able to change a date.
    """

    day_chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        tokens = current()
        self.setAccessibleName(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.hair, tokens.hair, tokens.hair, tokens.hair)
        self.month = QCalendarWidget(self)
        self.month.setAccessibleName(name)
        self.month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.month.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
        self.month.setFirstDayOfWeek(QLocale().firstDayOfWeek())
        self.month.setFixedSize(round(_WIDTH * tokens.scale), round(_HEIGHT * tokens.scale))
        self._tint()
        column.addWidget(self.month)
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
        self.move(field.mapToGlobal(corner))
        self.show()
        self.month.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Swallow the wheel."""
        return event.type() == QEvent.Type.Wheel

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
        self.close()
        self.day_chosen.emit(day.toString(Qt.DateFormat.ISODate))

    def _tint(self) -> None:
        plain = QTextCharFormat()
        plain.setForeground(QColor(current().text))
        head = QTextCharFormat()
        head.setForeground(QColor(current().muted))
        self.month.setHeaderTextFormat(head)
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.month.setWeekdayTextFormat(day, plain)

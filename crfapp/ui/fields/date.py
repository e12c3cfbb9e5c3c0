"""A whole date, with today, the visit's date and a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from crfapp.base.marking import N_
from crfapp.ui.fields.calendar import CalendarPopup
from crfapp.ui.fields.moment import MomentEditor, Shortcut

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from crfapp.ui.fields.base import FieldSpec

DATE_SHORTCUTS = (
    Shortcut("t", "today", N_("Today")),
    Shortcut("v", "visit", N_("Visit date")),
    Shortcut("n", "today"),
)


class DateEditor(MomentEditor):
    """A date as text. Down or F4 opens a calendar (Alt+Down belongs to the page: next form)."""

    width_token = 130
    shortcuts = DATE_SHORTCUTS

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
        if self.calendar is None:
            self.calendar = CalendarPopup(self.say("Calendar"), self)
            self.calendar.day_chosen.connect(self.write)
        today = self.spec.present.today_text() if self.spec.present is not None else ""
        self.calendar.open_below(self.line, self.raw(), today)

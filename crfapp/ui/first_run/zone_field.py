"""Choosing a time zone by typing a part of its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crfapp.present.finding import Findable, words_of
from crfapp.present.palette import Hit
from crfapp.present.zones import zone_label, zone_names
from crfapp.ui.entrance.lines import Line
from crfapp.ui.palette.hit_list import HitList
from crfapp.ui.theme import current

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from crfapp.work.ports import Clock

_ROWS = 4


class ZoneLine(Line):
    """Arrows and Enter belong to the list below."""

    moved = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down and up move in the list."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.moved.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)


class ZoneField(QWidget):
    """A line, and below it the zones that match. ``chosen`` carries an IANA name, or nothing."""

    chosen = Signal(str)
    entered = Signal()

    def __init__(self, name: str, zone: str, clock: Clock) -> None:
        super().__init__()
        self._clock, self.zone = clock, zone
        self._found: list[str] = []
        self._every = [(Findable.of(_by_city(one)), one) for one in zone_names()]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().hair)
        self.line = ZoneLine(name, ltr=True, parent=self)
        column.addWidget(self.line)
        self.list = HitList(name, _ROWS, self)
        self.list.hide()
        column.addWidget(self.list)
        self.setFocusProxy(self.line)
        self.line.setText(self._label(zone) if zone else "")
        self.line.textEdited.connect(self._find)
        self.line.moved.connect(self.list.move_by)
        self.line.returnPressed.connect(self._enter)
        self.list.itemClicked.connect(self._take)

    def _find(self, typed: str) -> None:
        self._choose("")
        query = words_of(typed)
        ranked = [(text.distance(query), zone) for text, zone in self._every] if query else []
        best = sorted((far, zone) for far, zone in ranked if far is not None)[:_ROWS]
        self._found = [zone for _, zone in best]
        self.list.show_hits([self._hit(zone) for zone in self._found])

    def _enter(self) -> None:
        if not self.list.isHidden():
            self._take()
        self.entered.emit()

    def _take(self) -> None:
        row = self.list.currentRow()
        if row >= 0:
            zone = self._found[row]
            self.line.setText(self._label(zone))
            self.list.hide()
            self._choose(zone)

    def _choose(self, zone: str) -> None:
        if zone != self.zone:
            self.zone = zone
            self.chosen.emit(zone)

    def _hit(self, zone: str) -> Hit:
        city, offset = self._label(zone).split(", ", 1)
        return Hit(city, offset)

    def _label(self, zone: str) -> str:
        return zone_label(zone, self._clock.now())


def _by_city(zone: str) -> str:
    """``Amman Asia``: people type the city."""
    return " ".join(reversed(zone.replace("_", " ").split("/")))

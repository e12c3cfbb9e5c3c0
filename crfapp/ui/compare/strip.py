"""The visits of a lesion in small: which of them are compared."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from crfapp.ui.photo.thumb import SIDE, Thumb
from crfapp.ui.still_there import while_there
from crfapp.ui.theme import current
from crfapp.ui.widgets import ElidedLabel
from crfapp.ui.widgets.slim_bar import give_slim_bars

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.present.compare_view import ComparedVisit
    from crfapp.present.photo_room import PhotoRoom

_DIGITS = 9
_WORDS = 100


class SmallThumb(Thumb):
    """Smaller than others: the room belongs to the photographs that are compared."""

    def sizeHint(self) -> QSize:
        """Two thirds of another one's sides."""
        return super().sizeHint() * 2 / 3


class VisitStrip(QScrollArea):
    """A thumbnail for each visit, its words beside it; pressing one takes it into the comparison, or out.

    ``pressed``: its key.
    """

    pressed = Signal(str)

    def __init__(self, room: PhotoRoom, name: str) -> None:
        super().__init__()
        self._room = room
        self.thumbs: dict[str, Thumb] = {}
        self._shown: tuple[str, ...] = ()
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        give_slim_bars(self)
        self.viewport().setAutoFillBackground(False)
        self._inside = QWidget()
        self._inside.setAutoFillBackground(False)
        self._row = QHBoxLayout(self._inside)
        self._row.setContentsMargins(0, 0, 0, current().gap)
        self._row.setSpacing(current().gap)
        self._row.addStretch(1)
        self.setWidget(self._inside)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_visits(self, visits: Sequence[ComparedVisit], chosen: Sequence[str]) -> None:
        """Show these, with what is compared marked."""
        told = tuple(f"{visit.photograph}/{visit.caption}" for visit in visits)
        if told != self._shown:
            self._shown = told
            self._fill(visits)
        for key, thumb in self.thumbs.items():
            thumb.setChecked(key in chosen)
            thumb.update()

    def _fill(self, visits: Sequence[ComparedVisit]) -> None:
        while self._row.count() > 1:
            item = self._row.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        self.thumbs = {}
        tall = 0
        for number, visit in enumerate(visits, start=1):
            held = self._visit(visit, str(number) if number <= _DIGITS else "")
            self._row.insertWidget(self._row.count() - 1, held)
            tall = max(tall, held.sizeHint().height())
        self.setFixedHeight(tall + 2 * current().gap)

    def _visit(self, visit: ComparedVisit, digit: str) -> QWidget:
        held = QWidget(self._inside)
        across = QHBoxLayout(held)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(current().hair + 2)
        thumb = SmallThumb(visit.caption, digit=digit, parent=held)
        thumb.setCheckable(True)
        thumb.setEnabled(bool(visit.photograph))
        thumb.clicked.connect(partial(self.pressed.emit, visit.key))
        across.addWidget(thumb)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addStretch(1)
        for words, tone in ((visit.title, "text"), (visit.day, "muted")):
            label = ElidedLabel(words, tone, size="tiny", parent=held)
            label.setFixedWidth(min(label.sizeHint().width(), round(_WORDS * current().scale)))
            column.addWidget(label)
        column.addStretch(1)
        across.addLayout(column)
        self.thumbs[visit.key] = thumb
        if visit.photograph:
            self._room.small(visit.photograph, SIDE, while_there(thumb, thumb.show_data))
        return held

"""The photographs of a lesion at all visits, in one view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crfapp.present.texts import isolated
from crfapp.ui.photo.thumb import SIDE, Thumb
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, Card, ElidedLabel, FlowRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.present.lesion_view import PhotoCell, StripColumn
    from crfapp.present.photo_room import PhotoRoom
    from crfapp.present.texts import Texts


class PhotoStrip(Card):
    """One small picture a visit; ``wanted`` carries the address of the one that was pressed."""

    wanted = Signal(object)

    def __init__(self, say: Texts, room: PhotoRoom | None, parent: QWidget | None = None) -> None:
        super().__init__(say("Photographs"), parent=parent)
        self._say, self._room = say, room
        self._columns: tuple[StripColumn, ...] = ()
        self.at = ""
        self.views: dict[str, Button] = {}
        self.thumbs: list[Thumb] = []
        self._switch = QWidget(self)
        self._switches = QHBoxLayout(self._switch)
        self._switches.setContentsMargins(0, 0, 0, 0)
        self._switches.setSpacing(current().hair)
        self.head_row.addWidget(self._switch)
        self._inside: QWidget | None = None

    def show_strip(self, columns: Sequence[StripColumn], views: Sequence[tuple[str, str]]) -> None:
        """Show these visits, in the view that was shown before, else the first one."""
        self._columns = tuple(columns)
        for button in self.views.values():
            button.hide()
            button.deleteLater()
        self.views = {code: self._view_button(code, words) for code, words in views}
        self._switch.setVisible(len(self.views) > 1)
        self.turn_to(self.at if self.at in self.views else next(iter(self.views), ""))

    def turn_to(self, view: str) -> None:
        """Show another view."""
        self.at = view
        for code, button in self.views.items():
            button.setChecked(code == view)
        if self._inside is not None:
            self._inside.hide()
            self._inside.deleteLater()
        self.thumbs = []
        self._inside = inside = QWidget(self)
        tokens = current()
        inside.setContentsMargins(tokens.pad, tokens.room, tokens.pad, tokens.room)
        flow = FlowRow(inside, gap=tokens.room)
        for column in self._columns:
            flow.addWidget(self._column(column))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        inside.setSizePolicy(policy)
        self.add_row(inside)
        inside.show()

    def _view_button(self, code: str, words: str) -> Button:
        button = Button(words, "pill", parent=self._switch)
        button.setCheckable(True)
        button.clicked.connect(lambda: self.turn_to(code))
        self._switches.addWidget(button)
        button.show()
        return button

    def _column(self, column: StripColumn) -> QWidget:
        tokens, cell = current(), column.of(self.at)
        box = QWidget(self)
        rows = QVBoxLayout(box)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(tokens.hair)
        thumb = self._thumb(column, cell)
        title = ElidedLabel(column.visit, weight=600, size="small", parent=box)
        title.setFixedWidth(thumb.sizeHint().width())
        rows.addWidget(title)
        rows.addWidget(thumb)
        below = " · ".join(filter(None, (column.date, column.state.words)))
        words = ElidedLabel(below, "muted", size="small", parent=box)
        words.setFixedWidth(thumb.sizeHint().width())
        rows.addWidget(words)
        return box

    def _thumb(self, column: StripColumn, cell: PhotoCell | None) -> Thumb:
        if cell is None:
            none = Thumb(self._say("No photograph, {visit}", visit=isolated(column.visit)), parent=self)
            none.setEnabled(False)
            return none
        thumb = Thumb(cell.words, parent=self)
        thumb.clicked.connect(lambda: self.wanted.emit(cell.address))
        self.thumbs.append(thumb)
        if self._room is not None:
            thumb.wait()
            self._room.small(cell.photograph, SIDE, _Shower(thumb).show)
        return thumb


class _Shower(QObject):
    """Shows a picture that comes later, unless its place is gone by then."""

    def __init__(self, thumb: Thumb) -> None:
        super().__init__(thumb)
        self._thumb: Thumb | None = thumb
        thumb.destroyed.connect(self._gone)

    def show(self, data: bytes) -> None:
        """The picture is there."""
        if self._thumb is not None:
            self._thumb.show_data(data)

    def _gone(self) -> None:
        self._thumb = None

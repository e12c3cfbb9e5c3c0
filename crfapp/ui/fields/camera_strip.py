"""The newest pictures of the camera, to be taken by a digit or a click."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crfapp.present.texts import isolated
from crfapp.ui.photo.thumb import SIDE, Thumb
from crfapp.ui.still_there import while_there
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, FlowRow, Words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QKeyEvent

    from crfapp.present.photo_room import PhotoRoom
    from crfapp.ui.fields.base import Say

_AT_ONCE = 9


class CameraStrip(QWidget):
    """Nine pictures at a time, the newest first. ``chosen`` carries the file, ``other`` asks for a folder."""

    chosen = Signal(object)
    other = Signal()
    refused = Signal(str)
    grown = Signal()

    def __init__(self, say: Say, owner: QWidget) -> None:
        super().__init__(owner)
        self._owner = owner
        self._say = say
        self._files: Sequence[Path] = ()
        self._from = 0
        self._room: PhotoRoom | None = None
        self.thumbs: list[Thumb] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().gap)
        self._line = Words("", "muted", size="small", wrap=True, parent=self)
        column.addWidget(self._line)
        self._held = QWidget(self)
        self._flow = FlowRow(self._held)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._held.setSizePolicy(policy)
        column.addWidget(self._held)
        self.older = Button(say("Older"), "plain", parent=self)
        self.newer = Button(say("Newer"), "plain", parent=self)
        self.elsewhere = Button(say("Other folder…"), "quiet", parent=self)
        self.close_it = Button(say("Close"), "quiet", hint="Esc", parent=self)
        row = QHBoxLayout()
        for button in self._buttons():
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        self.older.clicked.connect(lambda: self._turn(_AT_ONCE))
        self.newer.clicked.connect(lambda: self._turn(-_AT_ONCE))
        self.elsewhere.clicked.connect(self.other)
        self.close_it.clicked.connect(self._close)

    def show_newest(self, room: PhotoRoom) -> None:
        """Look into the folder of the camera."""
        self._room, self._from = room, 0
        self._show(())
        self._line.setText(self._say("Looking into {folder} …", folder=isolated(str(room.folder))))
        self.show()
        self.grown.emit()
        room.newest(done=while_there(self, self._found), failed=while_there(self, self._failed))

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops: the pictures, then the buttons."""
        return [*self.thumbs, *self._buttons()] if self.isVisibleTo(self._owner) else []

    def press(self, event: QKeyEvent) -> bool:
        """A digit takes a picture, Escape closes, arrows go along; False where the key means nothing here."""
        digit, key = event.text(), event.key()
        if digit.isdecimal() and 1 <= int(digit) <= len(self.thumbs):
            self.thumbs[int(digit) - 1].click()
        elif key == Qt.Key.Key_Escape:
            self._close()
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self._step(1 if (key == Qt.Key.Key_Right) != self.isRightToLeft() else -1)
        else:
            return False
        return True

    # ---- inside

    def _buttons(self) -> tuple[Button, ...]:
        return (self.newer, self.older, self.elsewhere, self.close_it)

    def _found(self, files: Sequence[Path]) -> None:
        self._files = files
        self._turn(0)
        if self.thumbs and self._owner.hasFocus():
            self.thumbs[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, sentence: str) -> None:
        self._close()
        self.refused.emit(sentence)

    def _turn(self, by: int) -> None:
        """Other nine pictures."""
        self._from = max(0, min(self._from + by, max(0, len(self._files) - 1)))
        self._show(self._files[self._from : self._from + _AT_ONCE])
        self.older.setEnabled(self._from + _AT_ONCE < len(self._files))
        self.newer.setEnabled(self._from > 0)
        say = self._say
        folder = isolated(str(self._room.folder)) if self._room is not None else ""
        words = say("The newest pictures in {folder}. A digit takes one.", folder=folder)
        self._line.setText(words if self._files else say("There are no pictures in {folder}.", folder=folder))
        self.grown.emit()

    def _show(self, files: Sequence[Path]) -> None:
        for thumb in self.thumbs:
            self._flow.removeWidget(thumb)
            thumb.deleteLater()
        self.thumbs = []
        for number, file in enumerate(files, start=1):
            thumb = Thumb(file.name, digit=str(number), parent=self._held)
            thumb.clicked.connect(partial(self.chosen.emit, file))
            self._flow.addWidget(thumb)
            thumb.show()
            self.thumbs.append(thumb)
            if self._room is not None:
                self._room.glance(file, SIDE, while_there(thumb, thumb.show_data))
        self._flow.invalidate()  # a row that wraps tells nobody by itself
        self._held.updateGeometry()
        self.updateGeometry()

    def _step(self, by: int) -> None:
        here = next((i for i, thumb in enumerate(self.thumbs) if thumb.hasFocus()), -1 if by > 0 else 0)
        if self.thumbs:
            self.thumbs[(here + by) % len(self.thumbs)].setFocus(Qt.FocusReason.TabFocusReason)

    def _close(self) -> None:
        self.hide()
        self._owner.setFocus(Qt.FocusReason.OtherFocusReason)
        self.grown.emit()

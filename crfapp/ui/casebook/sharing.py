"""Many pictures at once: each is shown with the row it would go to, and taken one by one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crfapp.present.query_view import Narrowing
from crfapp.present.texts import isolated
from crfapp.ui.photo.thumb import Thumb
from crfapp.ui.queries.choice_button import ChoiceButton
from crfapp.ui.still_there import while_there
from crfapp.ui.theme import current
from crfapp.ui.theme.style import rounded
from crfapp.ui.widgets import Button, ElidedLabel, FlowRow, InlineMessage, Words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from crfapp.present.photo_desk import Arriving
    from crfapp.present.photo_view import Grade, PhotoPlace, PhotoView
    from crfapp.ui.casebook.entry import Entry
    from crfapp.ui.casebook.photographs import Photographs
    from crfapp.ui.fields import Say

_MOST = 60
_LARGE = 2


class LargeThumb(Thumb):
    """A picture large enough to see whether it is the right one."""

    def sizeHint(self) -> QSize:
        """Twice as large."""
        return super().sizeHint() * _LARGE


class SharingFace(QWidget):
    """A picture with the row that it would go to, sentences, and what can be done."""

    def __init__(self, say: Say, parent: QWidget) -> None:
        super().__init__(parent)
        self._say = say
        self._notes: list[InlineMessage] = []
        self.setAccessibleName(say("Pictures to be taken"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._lay_out()

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops, in order."""
        if not self.isVisible():
            return []
        return [one for one in (self.take, self.other, self.skip, self.away) if one.isVisible()]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Soft ground: here one is asked."""
        tokens = current()
        rounded(
            QPainter(self), self.rect(), fill=tokens.surface, edge=tokens.primary, radius=tokens.card_radius
        )

    def _lay_out(self) -> None:
        tokens, say = current(), self._say
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.pad, tokens.room, tokens.pad, tokens.room)
        row.setSpacing(tokens.pad)
        self.thumb = LargeThumb("", parent=self)
        self.thumb.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row.addWidget(self.thumb, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(tokens.hair)
        self.title = ElidedLabel("", weight=600, parent=self)
        self.facts = Words("", "muted", size="small", wrap=True, parent=self)
        self.line = Words("", "muted", size="small", wrap=True, parent=self)
        self._told = QVBoxLayout()
        for words in (self.title, self.facts, self.line):
            column.addWidget(words)
        column.addLayout(self._told)
        column.addStretch(1)
        self._held = QWidget(self)
        buttons = FlowRow(self._held)
        self.take = Button("", "primary", hint=say("Enter"), parent=self)
        self.other = ChoiceButton(say("Row"), self)
        self.skip = Button(say("Skip"), hint="S", parent=self)
        self.away = Button(say("Stop"), "quiet", hint="Esc", parent=self)
        for button in (self.take, self.other, self.skip, self.away):
            buttons.addWidget(button)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._held.setSizePolicy(policy)
        column.addWidget(self._held)
        row.addLayout(column, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def say_line(self, words: str) -> None:
        """One quiet sentence; an empty one takes it away."""
        self.line.setText(words)
        self.line.setVisible(bool(words))

    def say_notes(self, told: Sequence[tuple[str, Grade]]) -> None:
        """What has to be said about the picture."""
        for message in self._notes:
            self._told.removeWidget(message)
            message.deleteLater()
        self._notes = [InlineMessage(text, grade, parent=self) for text, grade in told]
        for message in self._notes:
            self._told.addWidget(message)
            message.show()  # else it takes its room only later


class Sharing(SharingFace):
    """Enter takes the picture into the row named on the button, S skips it, Escape stops."""

    def __init__(self, say: Say, parent: QWidget) -> None:
        super().__init__(say, parent)
        self._entry: Entry | None = None
        self._photographs: Photographs | None = None
        self._files: list[Path] = []
        self._at = self._taken = self._skipped = 0
        self._picture: Arriving | None = None
        self._place: PhotoPlace | None = None
        self.take.clicked.connect(self._take)
        self.skip.clicked.connect(self._skip)
        self.away.clicked.connect(self._end)
        self.other.chosen.connect(self._choose_place)
        self.hide()

    # ---- what the form asks for

    def begin(self, entry: Entry, photographs: Photographs, sources: Sequence[Path]) -> None:
        """Look for the pictures in files and folders, and show the first."""
        self._entry, self._photographs = entry, photographs
        self._at = self._taken = self._skipped = 0
        self._files, self._picture = [], None
        self.show()
        self.say_line(self._say("Looking for pictures …"))
        self._draw(None)
        photographs.room.in_order(
            sources, _MOST, done=while_there(self, self._found), failed=while_there(self, self._refuse)
        )

    def stop(self) -> None:
        """Nothing is to be taken any more; what was taken stays."""
        self._files, self._picture = [], None
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on a button presses it; S skips, Escape stops."""
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            pressed = next((one for one in self.stops() if one.hasFocus()), self.take)
            if isinstance(pressed, Button):
                pressed.click()
        elif event.text().lower() == "s" and self.skip.isVisible():
            self._skip()
        elif key == Qt.Key.Key_Escape:
            self._end()
        else:
            super().keyPressEvent(event)

    # ---- inside

    def _found(self, files: Sequence[Path]) -> None:
        self._files = list(files)
        if not files:
            self.say_line(self._say("There are no pictures in what you chose: JPEG, PNG or HEIC."))
            self._draw(None)
        else:
            self._next()

    def _next(self) -> None:
        """Show the picture whose turn it is, or what came of all."""
        self._picture = None
        self.setFocus(Qt.FocusReason.OtherFocusReason)  # the button that has it vanishes for a moment
        self._draw(None)
        if self._photographs is None:
            return
        if self._at >= len(self._files):
            self._sum_up()
            return
        file = self._files[self._at]
        self.say_line(self._say("{name} is being looked at …", name=isolated(file.name)))
        self._photographs.room.look(
            file, file.name, done=while_there(self, self._came), failed=while_there(self, self._refuse)
        )

    def _came(self, picture: Arriving) -> None:
        self._picture = picture
        self._place = next((one for one in self._open_places()), None)
        self.say_line("" if self._place else self._say("Every row has its photograph. Add a row, or stop."))
        self._draw_picture()
        if self.hasFocus():
            self.take.setFocus(Qt.FocusReason.OtherFocusReason)

    def _draw_picture(self) -> None:
        if self._picture is not None and self._photographs is not None:
            cell = self._place.cell if self._place is not None else None
            self._draw(self._photographs.arriving_view(cell, self._picture) if cell else None)

    def _draw(self, view: PhotoView | None) -> None:
        """The picture with its row; without a view only the line."""
        say, there = self._say, self._picture is not None
        self.thumb.setVisible(there)
        if self._picture is not None:
            self.thumb.show_data(self._picture.shown)
            self.thumb.rename(self._picture.name)
        counted = {"number": self._at + 1, "total": len(self._files)}
        name = self._files[self._at].name if self._at < len(self._files) else ""
        self.title.setText(say("{number} of {total}: {name}", name=isolated(name), **counted) if name else "")
        self.facts.setText(view.facts if view is not None else "")
        self.say_notes([(note.text, note.grade) for note in view.notes] if view is not None else [])
        self.take.setVisible(there and self._place is not None)
        self.other.setVisible(there and self._place is not None)
        if self._place is not None:
            self.take.setText(say("Take for {row}", row=self._place.title))
            self.take.setAccessibleName(self.take.text())
            places = [Narrowing(str(i), one.title) for i, one in enumerate(self._open_places())]
            now = next((one.key for one in places if one.title == self._place.title), "")
            self.other.show_choices(places, now)
            self.other.setText(say("Other row"))
        self.skip.setVisible(self._at < len(self._files))
        over = bool(self._files) and self._at >= len(self._files)
        self.away.setText(say("Close") if over or not self._files else say("Stop"))
        self._held.updateGeometry()
        self.updateGeometry()

    def _open_places(self) -> list[PhotoPlace]:
        return [one for one in self._photographs.places() if not one.filled] if self._photographs else []

    def _choose_place(self, key: str) -> None:
        self._place = self._open_places()[int(key)]
        self._draw_picture()
        self.take.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self) -> None:
        """The original first, then the record."""
        picture, place, photographs = self._picture, self._place, self._photographs
        if picture is None or place is None or photographs is None:
            return
        self._picture = None  # a second press means the next picture, not this one again
        recorded = while_there(self, partial(self._record, picture, place))
        photographs.room.keep(picture, done=recorded, failed=while_there(self, self._refuse))

    def _record(self, picture: Arriving, place: PhotoPlace) -> None:
        if self._entry is None or self._photographs is None:
            return
        patch = self._photographs.take(place.cell, picture)
        if patch.refusal is not None:
            self._picture = picture
            self._draw_picture()
            self._refuse(patch.refusal.text)
            return
        self._entry.take(patch)
        self._taken += 1
        self._at += 1
        self._next()

    def _skip(self) -> None:
        if self._at < len(self._files):
            self._skipped += 1
            self._at += 1
            self._next()

    def _refuse(self, sentence: str) -> None:
        """Say why a picture cannot be taken; it can be skipped."""
        self.say_line("")
        self.say_notes([(sentence, "error")])
        self.skip.setVisible(self._at < len(self._files))
        self.skip.setFocus(Qt.FocusReason.OtherFocusReason)

    def _sum_up(self) -> None:
        say = self._say
        told = say("{taken} taken, {skipped} skipped.", taken=self._taken, skipped=self._skipped)
        self.say_line(told)
        self.away.setFocus(Qt.FocusReason.OtherFocusReason)

    def _end(self) -> None:
        entry = self._entry
        self.stop()
        if entry is not None:
            entry.status_changed.emit()

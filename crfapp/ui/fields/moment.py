"""Lines that know the present: dates and times share their keys and buttons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from crfapp.ui.fields.line import LineEditor, LineInput, is_fresh
from crfapp.ui.widgets.button import Button

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from crfapp.ui.fields.base import FieldSpec

Source = Literal["now", "today", "visit"]


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A key that writes the present, a date or the visit's date; ``msgid`` is the button, "" for none."""

    key: str
    source: Source
    msgid: str = ""


_SAME_PLACE = {"\u0649": "n", "\u0641": "t", "\u0631": "v"}
"""What the keys N, T and V type on an Arabic keyboard."""


class MomentInput(LineInput):
    """A line that offers its letters to the editor before it writes them."""

    def __init__(self, editor: MomentEditor, name: str) -> None:
        super().__init__(editor, name, ltr=True)
        self._moment = editor

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """N, T and V write only where typing starts anew, so that ``12 Nov`` can be typed."""
        if not self._moment.take_letter(event):
            super().keyPressEvent(event)


class MomentEditor(LineEditor):
    """A date or time as text. ``shortcuts`` says which letters write what.

    The buttons that fit appear beside the line while it has the keyboard; their place is kept free, so
    that nothing moves. What a letter or button wrote is selected and can be undone with Escape.
    """

    shortcuts: tuple[Shortcut, ...] = ()

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self.buttons: tuple[Button, ...] = ()
        self.row.addStretch(1)

    def make_line(self) -> LineInput:
        """A line that knows the letters."""
        return MomentInput(self, self.spec.name)

    def take_letter(self, event: QKeyEvent) -> bool:
        """Write the present if the key asks for it; False leaves the key to the line."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if modifiers or self.line.isReadOnly() or not is_fresh(self.line):
            return False
        typed = event.text().lower()
        letter = _SAME_PLACE.get(typed, typed)
        return any(self.write_from(s.source) for s in self.shortcuts if s.key == letter)

    def write_from(self, source: Source) -> bool:
        """Write what the clock or the visit says; False where it says nothing."""
        present = self.spec.present
        if present is None:
            return False
        tell = {"now": self.now_text, "today": present.today_text, "visit": present.visit_date_text}[source]
        if text := tell():
            self.write(text)
        return bool(text)

    def now_text(self) -> str:
        """The present, as this editor writes it."""
        return self.spec.present.now_text() if self.spec.present is not None else ""

    def arrive(self) -> None:
        """Offer the buttons."""
        super().arrive()
        if not self.spec.compact and self.spec.present is not None and not self.line.isReadOnly():
            self._offer()

    def depart(self) -> None:
        """Take the buttons away."""
        super().depart()
        for button in self.buttons:
            button.hide()

    def _offer(self) -> None:
        if not self.buttons:
            offered = [shortcut for shortcut in self.shortcuts if shortcut.msgid]
            self.buttons = tuple(self._button(s, place) for place, s in enumerate(offered, start=1))
        room = self.width() - self.line.width()
        for button in self.buttons:
            wide = button.sizeHint().width() + self.row.spacing()
            fits = wide <= room  # without room its key alone writes
            room -= wide if fits else 0
            policy = button.sizePolicy()
            policy.setRetainSizeWhenHidden(fits)
            button.setSizePolicy(policy)
            button.setVisible(fits)

    def _button(self, shortcut: Shortcut, place: int) -> Button:
        made = Button(self.say(shortcut.msgid), "plain", hint=shortcut.key.upper(), parent=self)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        made.clicked.connect(lambda: self.write_from(shortcut.source))
        self.row.insertWidget(place, made)
        return made

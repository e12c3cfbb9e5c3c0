"""One answer out of many, found by typing a part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crfapp.ui.fields.line import LineEditor, LineInput, is_fresh
from crfapp.ui.fields.suggestions import Suggestions
from crfapp.ui.icons import pixmap
from crfapp.ui.theme import current
from crfapp.ui.widgets.digits import digit_keys, place_of_digit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.ui.fields.base import Choice, FieldSpec


_MOST_DIGITS = 9


class DropdownInput(LineInput):
    """A line with a small arrow that opens the list."""

    def __init__(self, editor: DropdownEditor, name: str) -> None:
        super().__init__(editor, name)
        self._dropdown = editor

    def set_tight(self, tight: bool) -> None:
        """The arrow always needs its room."""
        tokens = current()
        room = 1 if tight else tokens.gap - 3
        arrow = room + tokens.icon
        rtl = self.isRightToLeft()
        self.setTextMargins(arrow if rtl else room, 0, room if rtl else arrow, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line and its arrow."""
        super().paintEvent(event)
        tokens = current()
        picture = pixmap("chevron-down", tokens.muted, tokens.icon - tokens.hair, self.devicePixelRatioF())
        QPainter(self).drawPixmap(self._arrow().topLeft() + QPoint(0, 2), picture)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the answer that is the only one left in the list, a digit one of a short list."""
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if not (enter and self._dropdown.take_only()) and not self._dropdown.take_digit(event):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press opens the list; with text selected it can be typed over."""
        super().mousePressEvent(event)
        self._dropdown.open_list()

    def _arrow(self) -> QRect:
        side = current().icon
        x = current().gap if self.isRightToLeft() else self.width() - side - current().hair
        return QRect(x, (self.height() - side) // 2, side, side)


class DropdownEditor(LineEditor):
    """Shows the label, reports the code. What matches no label is reported as typed.

    In a short list the digits 1 to 9 take an answer, as they do in a bar. Down or F4 opens the list; Enter
    takes what is in focus there, or the only one left, and goes on. The mouse wheel changes nothing.
    """

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        self.choices: tuple[Choice, ...] = ()
        self.list: Suggestions | None = None
        self._keys: tuple[str, ...] = ()
        super().__init__(spec, parent)
        self.line.setMaximumWidth(round(340 * current().scale))
        self.line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.row.setStretchFactor(self.line, 1000)
        self.row.addStretch(1)
        self.set_choices(spec.choices)

    def arrive(self) -> None:
        """The list is built when the keyboard comes for the first time."""
        super().arrive()
        self._make_list()

    def make_line(self) -> LineInput:
        """A line with an arrow."""
        return DropdownInput(self, self.spec.name)

    def raw(self) -> str:
        """The code of the label in the line, or the line as typed."""
        text = self.line.text()
        plain = text.strip().casefold()
        exact = [code for code, label in self.choices if label == text]
        loose = [code for code, label in self.choices if label.casefold() == plain]
        found = exact or loose
        return found[0] if len(found) == 1 else text

    def draw_text(self, text: str) -> None:
        """Show the label of a code; an unknown code is shown as it is."""
        super().draw_text(dict(self.choices).get(text, text))

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Replace the answers; what is shown stays the same code."""
        code = self.raw()
        self.choices = tuple(choices)
        short = 0 < len(choices) <= _MOST_DIGITS and not any(map(_has_digit, choices))
        self._keys = digit_keys([code for code, _ in choices]) if short else ()
        if not self.spec.hint:
            pressed = sorted(key for key in self._keys if key)
            self.line.setPlaceholderText(f"{pressed[0]}\u2013{pressed[-1]}" if pressed else "")
        self.list = None
        self.draw_text(code)
        if self.line.hasFocus():
            self._make_list()

    def take_only(self) -> bool:
        """Take the only answer that the open list still holds; False where there is a choice to make."""
        label = self.list.only_one() if self.list is not None else None
        if label is None:
            return False
        self.line.setText(label)
        self._picked()
        self.wants_next.emit()
        return True

    def take_digit(self, event: QKeyEvent) -> bool:
        """Take an answer of a short list by its digit; False leaves the digit to the line.

        Only where typing starts anew, and where no answer is found by typing a digit.
        """
        place = place_of_digit(event, self._keys)
        chord = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if chord or place < 0:
            return False
        if self.line.isReadOnly() or not is_fresh(self.line):
            return False
        first = not self.line.text()
        self.line.setText(self.choices[place][1])
        self._picked()
        if first:
            self.picked.emit()
        return True

    def open_list(self) -> None:
        """Show all answers."""
        if self.line.isReadOnly():
            return
        self._make_list()
        if self.list is not None:
            self.line.selectAll()
            self.list.open_all()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The list's keys."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in {Qt.Key.Key_Down, Qt.Key.Key_F4}:
            self.open_list()
        else:
            super().keyPressEvent(event)

    def _make_list(self) -> None:
        """Build the list when it is first wanted: a form must not pay for lists nobody opens."""
        if self.list is None and self.choices:
            self.list = Suggestions(self.line, [label for _, label in self.choices])
            self.line.setCompleter(self.list)
            self.list.activated.connect(self._picked)
            self.list.picked_by_key.connect(self.wants_next)

    def _picked(self) -> None:
        self.typing.emit()
        self.report()


def _has_digit(choice: Choice) -> bool:
    return any(letter.isdigit() for letter in choice[1])

"""Several answers of which one, or some, are chosen; by mouse, by digit, by arrow and space."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from crfapp.ui.theme import current
from crfapp.ui.widgets.digits import digit_keys, place_of_digit
from crfapp.ui.widgets.option import CheckOption, Option, RadioOption, Shape, option_size, row_height

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent

_BACK = {Qt.Key.Key_Left, Qt.Key.Key_Up}
_ON = {Qt.Key.Key_Right, Qt.Key.Key_Down}
SEPARATOR = ";"
"""Stands between the codes where several may be chosen (as the form reads them)."""
_CLEAR = {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}


class OptionGroup(QWidget):
    """Answers with one keyboard stop. Nothing is chosen beforehand, and moving does not choose.

    ``chosen`` carries the code after a choice (the codes in the order of the list, joined by ``;``,
    where several may be chosen); it is empty when the choice was taken back with Delete. ``picked``
    follows it where a digit gave the first and only answer: there is nothing more to do here.
    """

    chosen = Signal(str)
    picked = Signal()
    moved_on = Signal()
    shape: Shape = "row"
    several = False
    hinted = True

    def __init__(self, choices: Sequence[tuple[str, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.options: list[Option] = []
        self.codes: list[str] = []
        self.digits: tuple[str, ...] = ()
        self.is_open = True
        self.tight = False
        self.state = "plain"
        self._value = ""
        if self.shape == "row":
            policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        else:
            self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Replace the answers; what is chosen stays chosen where its code is still there."""
        for option in self.options:
            option.setParent(None)
            option.deleteLater()
        self.codes = [code for code, _ in choices]
        self.digits = digit_keys(self.codes)
        self.options = [self._option(i, label) for i, (_, label) in enumerate(choices)]
        self.show_value(self._value)
        self.place()
        self.updateGeometry()

    def value(self) -> str:
        """What is chosen, as ``chosen`` would say it."""
        return self._value

    def show_value(self, value: str) -> None:
        """Show a choice without reporting it; a code outside the list shows nothing as chosen."""
        self._value = value
        on = set(value.split(SEPARATOR)) if self.several else {value}
        for code, option in zip(self.codes, self.options, strict=True):
            option.setChecked(code in on)
        self._stop_at(next((i for i, o in enumerate(self.options) if o.isChecked()), 0))

    def choose(self, index: int) -> None:
        """A person chose an answer (or took one of several back)."""
        before = self._value
        if self.is_open:
            self._value = self._after(index)
        stop = next((i for i, o in enumerate(self.options) if o.hasFocus()), index)
        self.show_value(self._value)
        self._stop_at(stop)
        if self._value != before:
            self.chosen.emit(self._value)

    def focus_first(self) -> None:
        """Give the keyboard to the chosen answer, or to the first."""
        for option in self.options:
            if option.focusPolicy() == Qt.FocusPolicy.StrongFocus:
                option.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def take_key(self, event: QKeyEvent, index: int) -> None:
        """Digits and space choose, arrows move, Delete takes back; the rest is for others."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
            return
        key, place = event.key(), place_of_digit(event, self.digits)
        if place >= 0:
            self._pick(place)
        elif key in _BACK or key in _ON:
            self._move(index, key)
        elif key == Qt.Key.Key_Space:
            self.choose(index)
        elif key in _CLEAR and self.is_open and self._value:
            self.show_value("")
            self._stop_at(index)
            self.chosen.emit("")
        else:
            event.ignore()

    def tell_moved_on(self, event: QFocusEvent) -> None:
        """Emit ``moved_on`` when the keyboard went to another control of this window."""
        elsewhere = QApplication.focusWidget() not in self.options
        if elsewhere and event.reason() not in {
            Qt.FocusReason.ActiveWindowFocusReason,
            Qt.FocusReason.PopupFocusReason,
        }:
            self.moved_on.emit()

    def set_open(self, is_open: bool) -> None:
        """A closed group shows its choice and can be read, but not changed."""
        self.is_open = is_open
        self.update()

    def set_mark(self, state: str) -> None:
        """Colour the group: plain, warn, error or saved."""
        self.state = state
        self.update()

    def place(self) -> None:
        """Put the answers below each other, from the side where reading begins; long words are broken."""
        top = 0
        for option in self.options:
            width = min(option.sizeHint().width(), self.width())
            high = row_height(option, width)
            option.setGeometry(self.width() - width if self.isRightToLeft() else 0, top, width, high)
            top += high

    def sizeHint(self) -> QSize:
        """Room for every answer on one line."""
        sizes = [o.sizeHint() for o in self.options]
        return QSize(max((s.width() for s in sizes), default=0), sum(s.height() for s in sizes))

    def minimumSizeHint(self) -> QSize:
        """Rows can be narrower than their words."""
        return QSize(min(current().label_width // 2, self.sizeHint().width()), 0)

    def heightForWidth(self, width: int) -> int:
        """How high all rows stand when long words are broken."""
        return sum(row_height(o, min(o.sizeHint().width(), width)) for o in self.options)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Keep to the side where reading begins."""
        self.place()

    def dress(self) -> None:
        """Measure and place the answers again."""
        for option in self.options:
            option.size_wanted = option_size(option)
        self.place()
        self.updateGeometry()

    def _option(self, index: int, label: str) -> Option:
        made = (
            CheckOption(self, index, label) if self.several else RadioOption(self, index, label, self.shape)
        )
        if self.isVisible():
            made.show()
        return made

    def _after(self, index: int) -> str:
        code = self.codes[index]
        if not self.several:
            return code
        on = set(self._value.split(SEPARATOR)) ^ {code}
        return SEPARATOR.join(c for c in self.codes if c in on)

    def _pick(self, index: int) -> None:
        first = not self._value and not self.several
        self.options[index].setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.choose(index)
        if first and self._value:
            self.picked.emit()

    def _move(self, index: int, key: int) -> None:
        step = 1 if key in _ON else -1
        if self.shape == "segment" and self.isRightToLeft() and key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            step = -step
        target = min(max(index + step, 0), len(self.options) - 1)
        self._stop_at(target)
        self.options[target].setFocus(Qt.FocusReason.OtherFocusReason)

    def _stop_at(self, index: int) -> None:
        """Tab stops at one answer only."""
        for i, option in enumerate(self.options):
            option.setFocusPolicy(Qt.FocusPolicy.StrongFocus if i == index else Qt.FocusPolicy.ClickFocus)


class RadioList(OptionGroup):
    """One of several answers, in rows: for long words."""


class CheckList(OptionGroup):
    """Some of several answers, in rows with boxes."""

    several = True

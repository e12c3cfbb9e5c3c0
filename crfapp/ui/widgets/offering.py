"""What may have been meant by something that was typed: buttons to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from crfapp.ui.theme import current
from crfapp.ui.widgets.button import Button
from crfapp.ui.widgets.flow import FlowRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

_ON = {Qt.Key.Key_Right, Qt.Key.Key_Down}
_BACK = {Qt.Key.Key_Left, Qt.Key.Key_Up}


class OfferButton(Button):
    """One offer with its digit. Enter does not press it: a second Enter must not choose an answer."""

    def __init__(self, place: int, words: str, owner: OfferButtons) -> None:
        super().__init__(words, hint=str(place + 1), parent=owner)
        self._place, self._owner = place, owner

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits choose, arrows move, Escape goes back to the question."""
        if not self._owner.take_key(self._place, event):
            super().keyPressEvent(event)


class OfferButtons(QWidget):
    """The offers beside each other. ``taken`` carries the place of the chosen one."""

    taken = Signal(int)
    left = Signal()

    def __init__(self, words: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        flow = FlowRow(self)
        flow.setContentsMargins(current().icon + current().gap, 0, 0, current().hair)
        self.buttons = [OfferButton(place, said, self) for place, said in enumerate(words)]
        for place, button in enumerate(self.buttons):
            button.clicked.connect(lambda _on=False, place=place: self.taken.emit(place))
            flow.addWidget(button)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def take_key(self, place: int, event: QKeyEvent) -> bool:
        """Whether the key was meant for the offers."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        key, digit = event.key(), event.text()
        if digit.isdecimal() and 1 <= int(digit) <= len(self.buttons):
            self.taken.emit(int(digit) - 1)
        elif key in _ON or key in _BACK:
            step = 1 if key in _ON else -1
            if self.isRightToLeft() and key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
                step = -step
            self.buttons[min(max(place + step, 0), len(self.buttons) - 1)].setFocus()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            return False
        return True

"""A number on a scale, with words at both ends."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from crfapp.ui.fields.choice import ChoiceEditor
from crfapp.ui.theme import current
from crfapp.ui.widgets.segmented import SegmentedChoice
from crfapp.ui.widgets.words import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from crfapp.ui.fields.base import Choice, FieldSpec
    from crfapp.ui.widgets.options import OptionGroup


class ScaleBar(SegmentedChoice):
    """The numbers of a scale, always from low on the left to high on the right.

    A digit key points at its number; ``1`` and then ``0`` is ten. Because of that, what the keyboard
    points at is reported only with Enter, space or when the bar is left; a click is reported at once.
    """

    hinted = False

    def __init__(self, choices: Sequence[Choice], parent: QWidget) -> None:
        self._last_digit = ""
        super().__init__(choices, parent)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)

    def take_key(self, event: QKeyEvent, index: int) -> None:
        """Digits name the number itself."""
        digit = unicodedata.digit(event.text()[:1] or "x", -1)
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if digit < 0 or not plain:
            self._last_digit = ""
            super().take_key(event, index)
            return
        longer = f"{self._last_digit}{digit}"
        wanted = longer if longer in self.codes else str(digit)
        self._last_digit = wanted
        if wanted in self.codes and self.is_open:
            self.show_value(wanted)
            self.options[self.codes.index(wanted)].setFocus(Qt.FocusReason.ShortcutFocusReason)


class ScaleEditor(ChoiceEditor):
    """One number out of a short scale, with what its ends mean."""

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self.group.moved_on.connect(self.report)
        self.set_choices([(str(n), str(n)) for n in range(spec.low, spec.high + 1)])
        low, high = spec.anchors
        if not spec.compact and (low or high):
            left, right = (high, low) if self.isRightToLeft() else (low, high)
            self.row.insertWidget(0, self._anchor(left))
            self.row.insertWidget(2, self._anchor(right))
            self.group.setAccessibleDescription(f"{spec.low} {low}, {spec.high} {high}")

    def make_group(self, choices: Sequence[Choice]) -> OptionGroup:
        """A bar of numbers."""
        return ScaleBar(choices, self)

    def _anchor(self, words: str) -> Words:
        made = Words(words, "muted", size="small", wrap=True, parent=self)
        made.setMaximumWidth(round(90 * current().scale))
        return made

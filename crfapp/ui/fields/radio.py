"""One answer out of a few."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ui.fields.choice import ChoiceEditor
from crfapp.ui.theme import current
from crfapp.ui.widgets.options import OptionGroup, RadioList
from crfapp.ui.widgets.segmented import SegmentedChoice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.ui.fields.base import Choice

_MOST_SEGMENTS = 5
_WIDEST_BAR = 380


class RadioEditor(ChoiceEditor):
    """Short answers in a bar, long ones in rows; the digits 1 to 9 choose."""

    def make_group(self, choices: Sequence[Choice]) -> OptionGroup:
        """A bar where it fits, else rows."""
        if len(choices) <= _MOST_SEGMENTS:
            bar = SegmentedChoice(choices, self)
            if self.spec.compact or bar.sizeHint().width() <= _WIDEST_BAR * current().scale:
                return bar
            bar.setParent(None)
            bar.deleteLater()
        return RadioList(choices, self)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Replace the answers; the control changes with their number and length."""
        old, value = self.group, self.raw()
        self.row.removeWidget(old)
        old.setParent(None)
        old.deleteLater()
        self.group = self._seat(self.make_group(choices))
        self.group.set_open(old.is_open)
        self.group.show_value(value)
        self.draw_mark()

"""Yes or no."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ui.fields.choice import ChoiceEditor
from crfapp.ui.widgets.segmented import SegmentedChoice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from crfapp.ui.fields.base import Choice, FieldSpec
    from crfapp.ui.widgets.options import OptionGroup


class YesNoEditor(ChoiceEditor):
    """Two segments: 1 No, 2 Yes, unless the item's own codes say otherwise."""

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        if not spec.choices:
            self.set_choices((("N", self.say("No")), ("Y", self.say("Yes"))))

    def make_group(self, choices: Sequence[Choice]) -> OptionGroup:
        """A bar."""
        return SegmentedChoice(choices, self)

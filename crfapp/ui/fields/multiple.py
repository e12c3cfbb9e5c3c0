"""Several answers at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ui.fields.choice import ChoiceEditor
from crfapp.ui.widgets.options import CheckList, OptionGroup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.ui.fields.base import Choice


class MultipleEditor(ChoiceEditor):
    """Any number of answers, each with a box; the codes are joined by ``;``, in the list's order."""

    def make_group(self, choices: Sequence[Choice]) -> OptionGroup:
        """Rows with boxes."""
        return CheckList(choices, self)

"""What all editors share in which one chooses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from crfapp.ui.fields.base import Choice, FieldEditor, FieldSpec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from crfapp.ui.widgets.options import OptionGroup


class ChoiceEditor(FieldEditor):
    """Shared by everything one chooses: a choice is an answer at once, so it is reported at once."""

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self.group = self._seat(self.make_group(spec.choices))

    def make_group(self, choices: Sequence[Choice]) -> OptionGroup:
        """The control for these answers."""
        raise NotImplementedError

    def raw(self) -> str:
        """The code that is chosen."""
        return self.group.value()

    def draw_text(self, text: str) -> None:
        """Show a code as chosen."""
        self.group.show_value(text)

    def draw_mark(self) -> None:
        """Colour the border."""
        self.group.set_mark(self.state)

    def focus_first(self) -> None:
        """To the chosen answer, or the first."""
        self.group.focus_first()

    def set_enabled_state(self, enabled: bool, why: str) -> None:
        """A closed group still shows its choice."""
        self.group.set_open(enabled)
        self.group.setToolTip(why)
        self.group.setAccessibleDescription(why)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Replace the answers."""
        self.group.set_choices(choices)

    def _seat(self, group: OptionGroup) -> OptionGroup:
        group.setAccessibleName(self.spec.name)
        group.chosen.connect(self._chosen)
        group.picked.connect(self.picked)
        self.row.insertWidget(0, group, 0, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        if self.row.count() == 1 and not self.spec.compact:
            self.row.addStretch(1)
        return group

    def _chosen(self) -> None:
        self.typing.emit()
        self.report()

"""A number with its unit; a line and never a spin box, so that no wheel can change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ui.fields.line import LineEditor
from crfapp.ui.theme import current
from crfapp.ui.widgets.words import Words

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from crfapp.ui.fields.base import FieldSpec


class NumberEditor(LineEditor):
    """A number as it is typed; the unit stands behind it and may be typed too."""

    ltr = True
    narrow = 64
    wide = 110
    _SHORT = 6

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        self.width_token = self.narrow if (spec.size or 0) <= self._SHORT else self.wide
        super().__init__(spec, parent)
        if spec.unit and not spec.compact:
            self.line.setFixedWidth(round((self.width_token + 16) * current().scale))
            self.row.addWidget(Words(f"\u2068{spec.unit}\u2069", "muted", parent=self))
        if spec.unit:
            self.line.setAccessibleDescription(spec.unit)
        self.row.addStretch(1)

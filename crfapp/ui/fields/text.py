"""A text in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSizePolicy, QWidget

from crfapp.ui.fields.line import LineEditor
from crfapp.ui.theme import current

if TYPE_CHECKING:
    from crfapp.ui.fields.base import FieldSpec

_SHORT = 20
_MIDDLE = 60


class TextEditor(LineEditor):
    """Free words. The length allowed decides how wide the line is, never what may be typed."""

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        scale, size = current().scale, spec.size or _MIDDLE
        widest = 140 if size <= _SHORT else 280 if size < _MIDDLE else 460
        self.line.setMaximumWidth(round(widest * scale))
        self.line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.row.setStretchFactor(self.line, 1000)
        self.row.addStretch(1)

"""A lot number, typed or scanned; a scanner types and ends with Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QWidget

from crfapp.ui.fields.line import LineEditor
from crfapp.ui.icons import pixmap
from crfapp.ui.theme import current

if TYPE_CHECKING:
    from crfapp.ui.fields.base import FieldSpec


class BarcodeEditor(LineEditor):
    """A code from a label, kept in its own direction."""

    ltr = True
    width_token = 220

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        if not spec.compact:
            sign, tokens = QLabel(self), current()
            sign.setPixmap(pixmap("barcode", tokens.muted, tokens.icon, self.devicePixelRatioF()))
            self.row.addWidget(sign)
        self.row.addStretch(1)

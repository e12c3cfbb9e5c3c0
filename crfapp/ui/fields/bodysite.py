"""A place on the body, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ui.fields.line import LineEditor

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from crfapp.ui.fields.base import FieldSpec


class BodySiteEditor(LineEditor):
    """Two coordinates and the view: ``x,y,view``, kept in their own direction."""

    ltr = True
    width_token = 170

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        if not spec.hint:
            self.line.setPlaceholderText(self.say("x,y,view"))
        self.row.addStretch(1)

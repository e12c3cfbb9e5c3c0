"""A remark of the protocol between the questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from crfapp.ui.fields.static import RemarkEditor

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from crfapp.ui.fields.base import FieldSpec


class NoteEditor(RemarkEditor):
    """Words to read; the keyboard passes by."""

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sentence(self) -> str:
        """The note itself: its hint, or its name where there is none."""
        return self.spec.hint or self.spec.name

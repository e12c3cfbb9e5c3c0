"""The cells of a table: how an editor takes its narrow place, and the caption of one that has no column."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect

from crfapp.ui.casebook.columns import caption_of
from crfapp.ui.casebook.drawing import draw_line_of_words, draw_shield, face
from crfapp.ui.fields.choice import ChoiceEditor
from crfapp.ui.fields.datetime import DateTimeEditor
from crfapp.ui.fields.line import LineEditor
from crfapp.ui.theme import current
from crfapp.ui.widgets import SegmentedChoice

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from crfapp.present.form_view import FieldView
    from crfapp.ui.fields import FieldEditor


def seat_in_cell(editor: FieldEditor, box: QRect, *, tight: bool) -> None:
    """Put an editor into its place."""
    if isinstance(editor, DateTimeEditor):
        editor.stand_in(box, tight=tight)
        return
    if isinstance(editor, ChoiceEditor) and isinstance(editor.group, SegmentedChoice):
        editor.group.set_tight(tight)
    if isinstance(editor, LineEditor):
        editor.line.set_tight(tight)
        if editor.line.width() != box.width():
            editor.line.setFixedWidth(box.width())
    editor.setGeometry(box)


@dataclass(frozen=True, slots=True)
class Caption:
    """The words over an editor, and whether it is critical for the study."""

    words: str
    critical: bool
    box: QRect

    @classmethod
    def of(cls, field: FieldView) -> Caption:
        """The caption of a question, not placed yet."""
        return cls(caption_of(field), field.critical, QRect())

    def standing(self, box: QRect) -> Caption:
        """The same at a place."""
        return replace(self, box=box)

    @property
    def width(self) -> int:
        """How wide it would like to be."""
        mark = current().room + current().hair if self.critical else 0
        return face("tiny", 500)[1].horizontalAdvance(self.words) + 2 + mark

    def draw(self, painter: QPainter, *, right_to_left: bool) -> None:
        """Small and quiet, the shield behind the words."""
        tokens = current()
        side = tokens.room - 1
        words = min(self.width, self.box.width()) - (tokens.room + tokens.hair if self.critical else 0)
        x = self.box.right() + 1 - words if right_to_left else self.box.left()
        where = QRect(x, self.box.top(), words, self.box.height())
        draw_line_of_words(painter, where, self.words, "muted", size="tiny", weight=500)
        if self.critical:
            x = where.left() - tokens.hair - side if right_to_left else where.right() + tokens.hair
            top = self.box.center().y() - side // 2
            draw_shield(painter, QRect(x, top, side, side), tokens)

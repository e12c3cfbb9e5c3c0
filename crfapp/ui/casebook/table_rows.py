"""Rows side by side with their questions: the head of the columns, and one row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent

from crfapp.form.graph import Cell
from crfapp.ui.casebook.columns import Columns, caption_of, columns_of
from crfapp.ui.casebook.drawing import draw_line_of_words, draw_words, face, mirrored, words_height
from crfapp.ui.casebook.question import Question, Wishes
from crfapp.ui.casebook.rows import AROUND, LineWidget, editor_height
from crfapp.ui.fields.line import LineEditor
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from crfapp.present.form_view import FieldView
    from crfapp.ui.casebook.lines import Line


class TableLine(LineWidget):
    """A line of a table. ``fields`` are the questions that have a column."""

    def __init__(self, line: Line, fields: tuple[FieldView, ...], wishes: Wishes, parent: QWidget) -> None:
        super().__init__(line, wishes, parent)
        self.fields = fields
        self._laid_out: tuple[tuple[int, float], Columns] | None = None

    def columns(self, width: int) -> Columns:
        """Where the columns stand, computed once a width."""
        key = width, current().scale
        if self._laid_out is None or self._laid_out[0] != key:
            self._laid_out = key, columns_of(self.line.section, self.fields, width)
        return self._laid_out[1]


class TableHead(TableLine):
    """The captions of the columns."""

    def height_at(self, width: int) -> int:
        """As high as the highest caption; nothing where the rows carry their captions themselves."""
        columns = self.columns(width)
        if columns.flowing or not self.line.section.rows:
            return 0
        return 2 * round(AROUND * current().scale) + max(
            (
                self._caption_height(field, wide)
                for field, wide in zip(self.fields, columns.widths, strict=True)
            ),
            default=0,
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Small and quiet."""
        columns = self.columns(self.width())
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        rtl = self.isRightToLeft()
        for field, left, wide in zip(self.fields, columns.lefts, columns.widths, strict=True):
            box = mirrored(QRect(left, 0, wide, self.height()), self.width(), right_to_left=rtl)
            draw_words(painter, box, caption_of(field), "muted", size="tiny", weight=600)

    def _caption_height(self, field: FieldView, wide: int) -> int:
        return words_height(caption_of(field), wide, "tiny", 600)


class TableRow(TableLine):
    """The title of a row, its editors, and one sign for all of them."""

    def __init__(self, line: Line, fields: tuple[FieldView, ...], wishes: Wishes, parent: QWidget) -> None:
        super().__init__(line, fields, wishes, parent)
        assert line.row is not None  # noqa: S101  # a table row's line always holds its row
        self.row = line.row
        self.asked = tuple(
            Question(Cell(line.row.key, field.item), field, wishes, self, row=line.row, compact=True)
            for field in fields
        )
        self._tall = current().row
        self._captions: list[tuple[QRect, str]] = []
        self.away = self._void_button() if line.section.grows else None

    @property
    def named(self) -> bool:
        """Several questions stand here: a sentence says which it means."""
        return True

    def questions(self) -> tuple[Question, ...]:
        """All questions of the row."""
        return self.asked

    def stops(self) -> list[QWidget]:
        """The editors that apply, the sentences, then the button that voids."""
        found: list[QWidget] = [question.editor for question in self.asked if question.visible]
        return [*found, *super().stops(), *([self.away] if self.away else [])]

    def height_at(self, width: int) -> int:
        """One line, or several where the questions do not fit beside each other."""
        if not any(question.visible for question in self.asked):
            return 0
        self._tall = self._lay_out(width, move=False)
        return self._tall + self.messages_height(width)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Put the editors into their columns."""
        self._arrange()

    def show_changes(self) -> None:
        """Draw again; questions that do not apply leave their place empty."""
        for question in self.asked:
            question.editor.setVisible(question.visible)
        super().show_changes()
        if not self.isHidden():
            self._arrange()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The title, captions where there is no head, and the sign."""
        tokens, rtl = current(), self.isRightToLeft()
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        columns = self.columns(self.width())
        high = self._tall if not columns.flowing else tokens.row + tokens.room
        box = mirrored(QRect(tokens.pad, 0, columns.title, high), self.width(), right_to_left=rtl)
        draw_words(painter, box, self.row.title, "text", weight=500 if columns.flowing else 400)
        for where, words in self._captions:
            draw_line_of_words(painter, where, words, "muted", size="tiny", weight=500)
        if self.away is None:
            self.draw_status(painter, self.status(), high // 2)

    def status(self) -> str:
        """One sign for the row: what stands out most."""
        seen = [question for question in self.asked if question.visible and not question.field.computed]
        if any(question.open_findings for question in seen):
            return "finding"
        if any(question.state is not None and question.state.to_confirm for question in seen):
            return "changed"
        done = [question.answered for question in seen]
        if not any(done):
            return "expected"
        left = any(q.state is not None and q.state.required and not q.answered for q in seen)
        return "in-progress" if left else "complete"

    def _arrange(self) -> None:
        self._lay_out(self.width(), move=True)
        self.place_messages(self._tall)
        if self.away is not None:
            tokens = current()
            side = tokens.control
            box = QRect(self.width() - tokens.gap - side, round(AROUND * tokens.scale), side, side)
            self.away.setGeometry(mirrored(box, self.width(), right_to_left=self.isRightToLeft()))

    def _lay_out(self, width: int, *, move: bool) -> int:
        columns = self.columns(width)
        if move:
            self._captions = []
        if columns.flowing:
            return self._flow(columns, width, move=move)
        tall, around = current().control, round(AROUND * current().scale)
        for question, left, wide in zip(self.asked, columns.lefts, columns.editors, strict=True):
            high = editor_height(question.editor, wide)
            tall = max(tall, high)
            if move:
                self._seat(question, QRect(left, around, wide, high))
        return tall + 2 * around

    def _flow(self, columns: Columns, width: int, *, move: bool) -> int:
        """Editors under their captions, line by line."""
        tokens = current()
        start = tokens.pad + columns.title + tokens.room
        end = width - tokens.pad - tokens.icon - tokens.gap
        caption = face("tiny", 500)[1].height()
        x, y, tall = start, tokens.gap, 0
        for question, wide in zip(self.asked, columns.editors, strict=True):
            if not question.visible:
                continue
            name = face("tiny", 500)[1].horizontalAdvance(caption_of(question.field))
            room = min(max(wide, name + 2), max(wide, end - start))
            if x > start and x + room > end:
                x, y, tall = start, y + tall + tokens.gap, 0
            high = editor_height(question.editor, wide)
            tall = max(tall, caption + 2 + high)
            if move:
                label = QRect(x, y, room, caption)
                place = mirrored(label, self.width(), right_to_left=self.isRightToLeft())
                self._captions.append((place, caption_of(question.field)))
                self._seat(question, QRect(x, y + caption + 2, wide, high))
            x += room + tokens.room
        return y + tall + tokens.gap

    def _seat(self, question: Question, box: QRect) -> None:
        editor = question.editor
        if isinstance(editor, LineEditor) and editor.line.width() != box.width():
            editor.line.setFixedWidth(box.width())
        editor.setGeometry(mirrored(box, self.width(), right_to_left=self.isRightToLeft()))

    def _void_button(self) -> Button:
        say = self.wishes.say
        button = Button("", "quiet", icon_name="close", parent=self)
        button.setAccessibleName(say("Void row {row}", row=self.row.title))
        button.setToolTip(button.accessibleName())
        section = self.line.section.section
        button.clicked.connect(lambda: self.wishes.rows.ask_void(self, section, self.row.key))
        return button

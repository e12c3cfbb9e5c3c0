"""Rows side by side with their questions: the head of the columns, and one row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent

from crfapp.form.graph import Cell
from crfapp.ui.casebook.columns import Columns, caption_of, columns_of
from crfapp.ui.casebook.drawing import (
    draw_dot,
    draw_shield,
    draw_words,
    face,
    mirrored,
    words_height,
)
from crfapp.ui.casebook.question import Question, Wishes
from crfapp.ui.casebook.rows import AROUND, LineWidget, editor_height
from crfapp.ui.casebook.source_lines import draw_compared, row_mark
from crfapp.ui.casebook.table_cells import Caption, seat_in_cell
from crfapp.ui.fields.photo import stops_of
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

    def at(self, rect: QRect) -> QRect:
        """A place counted from the side where reading begins."""
        return mirrored(rect, self.width(), right_to_left=self.isRightToLeft())


class TableHead(TableLine):
    """The captions of the columns, and below them which ones are critical for the study."""

    def height_at(self, width: int) -> int:
        """As high as the highest caption; nothing where the rows carry their captions themselves."""
        columns = self.columns(width)
        if columns.flowing or not self.line.section.rows:
            return 0
        captions = [
            words_height(caption_of(field), wide, "tiny", 600)
            for place, (field, wide) in enumerate(zip(self.fields, columns.widths, strict=True))
            if place not in columns.below
        ]
        return 2 * round(AROUND * current().scale) + max(captions, default=0) + self._marks()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Small and quiet."""
        columns, tokens = self.columns(self.width()), current()
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        around, marks = round(AROUND * tokens.scale), self._marks()
        bottom = self.height() - around - marks
        for place, (field, left) in enumerate(zip(self.fields, columns.lefts, strict=True)):
            if place in columns.below:
                continue
            wide = columns.widths[place]
            high = words_height(caption_of(field), wide, "tiny", 600)
            box = self.at(QRect(left, bottom - high, wide, high))
            draw_words(painter, box, caption_of(field), "muted", size="tiny", weight=600)
            if field.critical:
                side = marks - tokens.hair
                draw_shield(painter, self.at(QRect(left + 1, bottom + 3, side, side)), tokens)

    def _marks(self) -> int:
        """The height of the line of marks."""
        return current().pad - 1 if any(field.critical for field in self.fields) else 0


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
        self._tall = self._first = current().row
        self._captions: list[Caption] = []
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
        found = [stop for question in self.asked if question.visible for stop in stops_of(question.editor)]
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
        """The title, captions where there is no head, dots at what is required, and the sign."""
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        columns = self.columns(self.width())
        box = self.at(QRect(columns.start, 0, columns.title, self._first))
        draw_words(painter, box, self.row.title, "text", weight=self._weight(columns))
        for caption in self._captions:
            caption.draw(painter, right_to_left=self.isRightToLeft())
        for question in self.asked:
            if question.visible and question.state is not None and question.state.required:
                self._draw_required(painter, question)
            draw_compared(painter, question.editor.geometry(), question.compared)
        if self.away is None:
            self.draw_status(painter, self.status(), self._first // 2)

    def draw_status(self, painter: QPainter, status: str, middle: int) -> None:
        """Nearer to the edge where the table is tight."""
        if not self.columns(self.width()).tight:
            super().draw_status(painter, status, middle)
            return
        shift = current().gap if not self.isRightToLeft() else -current().gap
        painter.translate(shift, 0)
        super().draw_status(painter, status, middle)
        painter.translate(-shift, 0)

    def status(self) -> str:
        """One sign for the row: what stands out most."""
        seen = [question for question in self.asked if question.visible and not question.field.computed]
        if any(question.open_findings for question in seen):
            return "finding"
        if any(question.state is not None and question.state.to_confirm for question in seen):
            return "changed"
        if compared := {question.compared for question in seen} - {""}:
            return row_mark(compared)
        done = [question.answered for question in seen]
        if not any(done):
            return "expected"
        left = any(q.state is not None and q.state.required and not q.answered for q in seen)
        return "in-progress" if left else "complete"

    # ---- inside

    def _weight(self, columns: Columns) -> int:
        return 500 if columns.flowing or columns.tight else 400

    def _draw_required(self, painter: QPainter, question: Question) -> None:
        """A dot in the gap before an answer that must be given and is not."""
        if question.answered or question.field.computed:
            return
        box = question.editor.geometry()
        gap = current().hair - 1
        x = box.right() + gap if self.isRightToLeft() else box.left() - gap
        low = box.height() > 2 * current().control
        y = box.top() + current().control / 2 if low else box.center().y() + 1
        draw_dot(painter, QPointF(x, y), "primary")

    def _arrange(self) -> None:
        self._lay_out(self.width(), move=True)
        self.place_messages(self._tall)
        if self.away is not None:
            tokens = current()
            side = tokens.control
            top = (self._first - side) // 2
            self.away.setGeometry(self.at(QRect(self.width() - tokens.gap - side, top, side, side)))

    def _lay_out(self, width: int, *, move: bool) -> int:
        columns, tokens = self.columns(width), current()
        if move:
            self._captions = []
        around = round(AROUND * tokens.scale)
        title = words_height(self.row.title, columns.title, weight=self._weight(columns)) + 2 * around
        if columns.flowing:
            start = columns.start + columns.title + tokens.room
            bottom = self._flow(self.asked, columns, (start, tokens.gap, width), move=move)
            self._first = max(tokens.row + tokens.room, title)
            return max(bottom + tokens.gap, title)
        beside = [i for i in range(len(self.asked)) if i not in columns.below]
        highs = {
            i: editor_height(self.asked[i].editor, columns.editors[i], tight=columns.tight) for i in beside
        }
        self._first = max(title, max(highs.values(), default=0) + 2 * around)
        for i in beside if move else ():
            box = QRect(columns.lefts[i], (self._first - highs[i]) // 2, columns.editors[i], highs[i])
            seat_in_cell(self.asked[i].editor, self.at(box), tight=columns.tight)
        under = [self.asked[i] for i in sorted(columns.below)]
        if not any(question.visible for question in under):
            return self._first
        start = columns.start + columns.title + tokens.gap
        return self._flow(under, columns, (start, self._first - around, width), move=move) + tokens.gap

    def _flow(
        self,
        asked: tuple[Question, ...] | list[Question],
        columns: Columns,
        at: tuple[int, int, int],
        *,
        move: bool,
    ) -> int:
        """Editors under their captions, line by line from (start, top) at a width; where they end."""
        tokens, (start, y, width) = current(), at
        end = width - tokens.pad - tokens.icon - tokens.gap
        caption, x, tall = face("tiny", 500)[1].height(), start, 0
        for question in asked:
            if not question.visible:
                continue
            wide = min(columns.editors[self.asked.index(question)], end - start)
            named = Caption.of(question.field)
            room = min(max(wide, named.width), end - start)
            if x > start and x + room > end:
                x, y, tall = start, y + tall + tokens.gap, 0
            high = editor_height(question.editor, wide, tight=False)
            tall = max(tall, caption + 2 + high)
            if move:
                self._captions.append(named.standing(self.at(QRect(x, y, room, caption))))
                seat_in_cell(question.editor, self.at(QRect(x, y + caption + 2, wide, high)), tight=False)
            x += room + tokens.room
        return y + tall

    def _void_button(self) -> Button:
        say = self.wishes.say
        button = Button("", "quiet", icon_name="close", parent=self)
        button.setAccessibleName(say("Void row {row}", row=self.row.title))
        button.setToolTip(button.accessibleName())
        section = self.line.section.section
        button.clicked.connect(lambda: self.wishes.rows.ask_void(self, section, self.row.key))
        return button

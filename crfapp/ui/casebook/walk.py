"""Moving through a form: the order of the form, whatever is built and whatever is closed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from crfapp.form.graph import Cell
from crfapp.study.types import Kind
from crfapp.ui.casebook.lines import LineKind
from crfapp.ui.fields import FieldEditor

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.present.form_view import FieldState
    from crfapp.ui.casebook.canvas import Canvas
    from crfapp.ui.casebook.lines import Line
    from crfapp.ui.casebook.ports import OpenForm
    from crfapp.ui.casebook.question import Question


_WORDS = frozenset({Kind.TEXT, Kind.LONGTEXT})


class Walk:
    """Steps over the lines of a canvas. ``open_row`` opens a closed row of a log when it is entered."""

    def __init__(self, canvas: Canvas, page: OpenForm, open_row: Callable[[Line], None]) -> None:
        self._canvas, self._page, self._open_row = canvas, page, open_row

    def jump(self, cell: Cell) -> bool:
        """Go to a question, building its line and opening its row first; False where it is not shown."""
        for index, line in enumerate(self._canvas.slots):
            if self._closed_row(line.line, index) and self._holds(line.line, cell):
                self._open_row(line.line)
                return self.jump(cell)
            if cell in line.line.cells():
                return any(
                    self._focus(index, question)
                    for question in self._canvas.widget_at(index).questions()
                    if question.cell == cell and question.visible
                )
        return False

    def first(self, *, waiting: bool) -> bool:
        """To the first question, or with ``waiting`` to the first one without an answer."""
        return (waiting and self._step(-1, 1, None, unanswered=True)) or self._step(-1, 1, None)

    def next_question(self, here: Question, step: int, *, quick: bool = False) -> bool:
        """To the neighbour that can be answered; False at the end of the form.

        ``quick`` passes over remarks of a table that nobody has to make.
        """
        index = self._canvas.index_of(here.editor)
        return index >= 0 and self._step(index, step, here, quick=quick)

    def tab(self, step: int) -> bool:
        """To the next place for the keyboard; False at the end."""
        here = QApplication.focusWidget()
        index = self._canvas.index_of(here)
        if index < 0 or here is None:
            return False
        stops = self._canvas.widget_at(index).stops()
        around = next((i for i, stop in enumerate(stops) if stop.isAncestorOf(here)), -1)
        place = stops.index(here) if here in stops else around
        rest = stops[place + 1 :] if step > 0 else stops[:place][::-1] if place > 0 else []
        if rest:
            return self._stand(index, rest[0])
        return self.enter(index, step)

    def enter(self, index: int, step: int) -> bool:
        """To the first place for the keyboard beyond a line; -1 and the line count begin at the ends."""
        index += step
        while 0 <= index < len(self._canvas.slots):
            if self._may_show(index):
                stops = self._canvas.widget_at(index).stops()
                if stops:
                    return self._stand(index, stops[0] if step > 0 else stops[-1])
            index += step
        return False

    # ---- inside

    def _step(
        self, index: int, step: int, here: Question | None, *, unanswered: bool = False, quick: bool = False
    ) -> bool:
        """On from a line (its own questions beyond ``here`` first); -1 begins before the first."""
        on_line = partial(self._on_line, unanswered=unanswered, quick=quick)
        found = on_line(index, step, here) if here is not None else None
        while found is None:
            index += step
            if not 0 <= index < len(self._canvas.slots):
                return False
            line = self._canvas.slots[index].line
            if self._closed_row(line, index) and self._waits(line):
                self._open_row(line)
            found = on_line(index, step, None)
        return self._focus(index, found)

    def _on_line(
        self, index: int, step: int, here: Question | None, *, unanswered: bool, quick: bool
    ) -> Question | None:
        """The first question on a line, or the first beyond ``here``, in the direction of the step."""
        if not self._may_show(index, unanswered=unanswered):
            return None
        questions = list(self._canvas.widget_at(index).questions())[::step]
        if here is not None:
            questions = questions[questions.index(here) + 1 :]
        passed = (q for q in questions if not (unanswered and q.answered) and not (quick and _is_remark(q)))
        return next((q for q in passed if q.answerable), None)

    def _may_show(self, index: int, *, unanswered: bool = False) -> bool:
        """Whether it is worth building a line: one whose questions do not apply is passed over unbuilt."""
        slot = self._canvas.slots[index]
        cells = slot.line.cells()
        if slot.widget is not None or not cells:
            return True
        states = (self._page.state(cell) for cell in cells)
        return any(state.visible and not (unanswered and is_answered(state)) for state in states)

    def _focus(self, index: int, question: Question) -> bool:
        question.focus()
        self._canvas.reveal(index)
        return True

    def _stand(self, index: int, stop: QWidget) -> bool:
        if isinstance(stop, FieldEditor):
            stop.focus_first()
        else:
            stop.setFocus(Qt.FocusReason.TabFocusReason)
        self._canvas.reveal(index)
        return True

    def _closed_row(self, line: Line, index: int) -> bool:
        if line.kind is not LineKind.ROW_HEAD or line.row is None:
            return False
        following = self._canvas.slots[index + 1].line if index + 1 < len(self._canvas.slots) else None
        return following is None or following.row is not line.row or following.kind is LineKind.ROW_HEAD

    def _holds(self, line: Line, cell: Cell) -> bool:
        fields = {field.item for field in line.section.fields}
        return line.row is not None and line.row.key == cell.row and cell.item in fields

    def _waits(self, line: Line) -> bool:
        """Whether a closed row still has a required question without an answer."""
        assert line.row is not None  # noqa: S101  # only heads of rows are asked
        for field in line.section.fields:
            state = self._page.state(Cell(line.row.key, field.item))
            if state.visible and state.required and not is_answered(state):
                return True
        return False


def _is_remark(question: Question) -> bool:
    """Whether a question of a table asks for words that nobody has to write."""
    required = question.state is not None and question.state.required
    return question.compact and question.field.type.kind in _WORDS and not required


def is_answered(state: FieldState) -> bool:
    """Whether an answer or a missing code is recorded."""
    return bool(state.text or state.code or state.missing)

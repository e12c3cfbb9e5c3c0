"""One open form: its head, what stands in its way, and its questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crfapp.ui.casebook.attention import Attention
from crfapp.ui.casebook.closing import Closing
from crfapp.ui.casebook.entry import Entry
from crfapp.ui.casebook.form_head import HeadView
from crfapp.ui.casebook.obstacles import Obstacles
from crfapp.ui.casebook.photo_bar import PhotoBar
from crfapp.ui.casebook.scroll import FormScroll
from crfapp.ui.casebook.structure import Structure
from crfapp.ui.casebook.tabbing import Tabbing
from crfapp.ui.casebook.target_guard import GuardBar
from crfapp.ui.casebook.walk import Walk
from crfapp.ui.casebook.whole_form import WholeForm
from crfapp.ui.theme import current

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from crfapp.form.graph import Cell
    from crfapp.ui.casebook.lines import Line
    from crfapp.ui.casebook.ports import OpenForm
    from crfapp.ui.casebook.question import Question
    from crfapp.ui.casebook.rows import LineWidget
    from crfapp.ui.fields import Say


class FormView(QWidget):
    """Draws one form and reports what was done to it.

    ``saved``: when the last answer was durable. ``focused``: the question the keyboard is on.
    ``left``: the person may go on to another form. ``completed``: nothing more is to be done here.
    ``help_wanted``: F1 on a question. ``page_wanted``: its photograph is to be looked at, masked or compared.
    """

    saved = Signal(str)
    focused = Signal(object)
    status_changed = Signal()
    leave_confirmed = Signal()
    completed = Signal()
    help_wanted = Signal()
    page_wanted = Signal(str, object)

    def __init__(self, say: Say, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.say = say
        self.entry: Entry | None = None
        self.walk: Walk | None = None
        self.structure: Structure | None = None
        self.head = HeadView(say, self)
        self.obstacles = Obstacles(say, self)
        self.closing = Closing(self.obstacles, say)
        self.photos = PhotoBar(say, self)
        self.guard = GuardBar(say, self)
        self.area = FormScroll(self._make, self)
        self.canvas = self.area.canvas
        self._lay_out()
        self._attention = Attention(self.canvas)
        self._attention.focused.connect(self.focused)
        self.guard.listen(self)
        self.canvas.built.connect(self._line_built)
        self.canvas.dropped.connect(self._line_dropped)
        self.head.complete_wanted.connect(self.complete)
        self._whole = WholeForm(self)
        self.obstacles.jump_wanted.connect(self.jump)
        self.obstacles.anyway_wanted.connect(self._leave_anyway)
        self.obstacles.closed.connect(self.focus_first)

    def show_form(self, page: OpenForm) -> None:
        """Show a form from its top."""
        self.canvas.show_lines([], keep=False)
        self._attention.forget()
        if self.entry is not None:
            self.entry.deleteLater()
        self.entry = entry = Entry(page, self.say, self)
        self.structure = Structure(page, entry, self.canvas)
        self.walk = Walk(self.canvas, page, self.structure.open_row_of)
        self.obstacles.hide()
        self._listen(entry, self.structure)
        self.head.acts.show_acts(page.acts)
        self.head.show_head(page.head())
        self.photos.show_form(entry)
        self.guard.show_guard(page.guard)
        self.structure.show_from_top()

    def focus_first(self) -> None:
        """Give the keyboard to the question that waits."""
        if self.walk is None or self.entry is None:
            return
        waiting = self.entry.page.head().status == "open"
        answered = not self.entry.closed and self.walk.first(waiting=waiting)
        if not answered and not self.walk.enter(-1, 1):
            self.enter(True)
        self.canvas.settle()
        self._attention.come()

    def jump(self, cell: Cell) -> bool:
        """Go to a question wherever it stands; False where it does not apply now."""
        if self.walk is None or not self.walk.jump(cell):
            return False
        self._attention.come()
        return True

    def complete(self) -> bool:
        """Complete the form; True when it is. What stands in the way is listed at the top."""
        entry = self.entry
        done = entry is not None and entry.page.head().can_edit and self.closing.complete(entry)
        if done:
            self.head.reopen.setFocus(Qt.FocusReason.OtherFocusReason)
            self.completed.emit()
        return done

    def may_leave(self) -> bool:
        """Whether nothing typed would be lost; if something would, it is listed with a way to it."""
        focused = self.question_in_focus()
        if focused is not None:
            focused.editor.report()
        return self.entry is None or self.closing.may_leave(self.entry)

    def question_in_focus(self) -> Question | None:
        """The question the keyboard is on, or will be on when the window comes to the front again."""
        return self._attention.question()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter completes, Ctrl+Plus adds a row."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            focused = self.question_in_focus()
            if focused is not None:
                focused.editor.report(again=True)
            self.complete()
        elif control and event.key() in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            if self.entry is not None and self.structure is not None:
                self.entry.rows.add(self.structure.log_in_focus())
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes through head, obstacles and questions in the order of the form."""
        if self.walk is None:
            return super().focusNextPrevChild(forward)
        tabbing = Tabbing(self.canvas, self.walk, self._above)
        question = self.question_in_focus()
        return tabbing.move(question, forward=forward) or super().focusNextPrevChild(forward)

    def enter(self, forward: bool) -> bool:
        """Take the keyboard at the top, or coming back from behind at the end."""
        if self.walk is None or not self.isVisible():
            return False
        above = self._above() if forward else []
        for stop in above[:1]:
            stop.setFocus(Qt.FocusReason.TabFocusReason)
        return bool(above) or self.walk.enter(-1 if forward else len(self.canvas.slots), 1 if forward else -1)

    # ---- inside

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        wide = current().wide
        held = QHBoxLayout()
        held.setContentsMargins(wide, 0, wide, current().hair)
        held.addWidget(self.obstacles)
        column.addLayout(held)
        held = QHBoxLayout()
        held.setContentsMargins(wide, 0, wide, 0)
        bars = QVBoxLayout()
        bars.addWidget(self.photos)
        bars.addWidget(self.guard)
        held.addLayout(bars)
        column.addLayout(held)
        column.addWidget(self.area, 1)

    def _listen(self, entry: Entry, structure: Structure) -> None:
        entry.saved.connect(self.saved)
        entry.status_changed.connect(self._show_status)
        entry.rows_changed.connect(structure.read_again)
        entry.cells_changed.connect(structure.sum_up)
        entry.step_wanted.connect(self._step)
        entry.quick.step_wanted.connect(lambda question: self._step(question, 1, quick=True))
        entry.help_asked.connect(self.help_wanted)
        entry.photographs.page_wanted.connect(self.page_wanted)
        entry.refused.connect(self.closing.say_refused)
        entry.rows.row_toggled.connect(structure.toggle)
        entry.rows.row_added.connect(self._go_to_new_row)

    def _above(self) -> list[QWidget]:
        return [*self.head.stops(), *self.obstacles.stops(), *self.photos.stops(), *self.guard.stops()]

    def _make(self, line: Line, parent: QWidget) -> LineWidget:
        assert self.structure is not None  # noqa: S101  # lines are made for an open form only
        return self.structure.make(line, parent)

    def _line_built(self, line: LineWidget) -> None:
        if self.entry is not None:
            self.entry.line_built(line)

    def _line_dropped(self, line: LineWidget) -> None:
        if self.entry is not None:
            self.entry.line_dropped(line)

    def _go_to_new_row(self, section: str) -> None:
        cells = self.structure.open_newest(section) if self.structure is not None else ()
        any(self.jump(cell) for cell in cells)

    def _show_status(self) -> None:
        if self.entry is not None:
            self.head.show_head(self.entry.page.head())
            self.status_changed.emit()

    def _leave_anyway(self) -> None:
        if self.entry is not None:
            self.closing.give_up(self.entry)
        self.leave_confirmed.emit()

    def _step(self, question: Question, step: int, *, quick: bool = False) -> None:
        if self.walk is None or self.walk.next_question(question, step, quick=quick):
            return
        stops = self.head.stops()
        if step > 0 and stops:
            stops[0].setFocus(Qt.FocusReason.OtherFocusReason)

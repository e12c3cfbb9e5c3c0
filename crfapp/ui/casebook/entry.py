"""Entering answers: what the questions ask for goes to the open form, what comes back is redrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from crfapp.present.form_view import SignView
from crfapp.ui.casebook.map_panel import MapActs
from crfapp.ui.casebook.missing_menu import MissingMenu
from crfapp.ui.casebook.photographs import PhotoActs
from crfapp.ui.casebook.quick_keys import QuickKeys
from crfapp.ui.casebook.reasons import Asked, Reasons
from crfapp.ui.casebook.row_acts import RowActs
from crfapp.ui.casebook.rows import line_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crfapp.form.graph import Cell
    from crfapp.present.form_view import FindingView, Obstacle, OfferView, Patch
    from crfapp.ui.casebook.ports import OpenForm
    from crfapp.ui.casebook.question import Question
    from crfapp.ui.casebook.rows import LineWidget
    from crfapp.ui.fields import Present, Say


class Entry(QObject):
    """The acts on one open form. It draws patches and decides nothing."""

    saved = Signal(str)
    status_changed = Signal()
    rows_changed = Signal()
    cells_changed = Signal()
    step_wanted = Signal(object, int)
    help_asked = Signal()
    refused = Signal(str)

    def __init__(self, page: OpenForm, say: Say, parent: QObject) -> None:
        super().__init__(parent)
        self.page, self.say = page, say
        self.present: Present = page.present()
        self.rows = RowActs(self)
        self.quick = QuickKeys(self)
        self.maps = MapActs(self)
        self.cells_changed.connect(self.maps.refresh)
        self._reasons = Reasons(self)
        self.photographs = PhotoActs(page, self._reasons)
        self.questions: dict[Cell, Question] = {}
        self.closed = ""
        self.read_head()

    def read_head(self) -> None:
        """Ask anew whether the form takes answers."""
        head = self.page.head()
        self.closed = ""
        if not head.can_edit:
            self.closed = self.say("You can read this form, not change it.")
        elif head.held:
            self.closed = head.holding
        elif head.status == "complete":
            self.closed = self.say("The form is complete. Reopen it to change an answer.")

    def line_built(self, line: LineWidget) -> None:
        """A line came into sight: show where its questions stand."""
        for question in line.questions():
            self.questions[question.cell] = question
            question.show(self.page.state(question.cell), self.closed)
        line.show_changes()

    def line_dropped(self, line: LineWidget) -> None:
        """A line is gone from the page."""
        for question in line.questions():
            self.maps.forget(question)
            if self.questions.get(question.cell) is question:
                del self.questions[question.cell]

    def unsaved(self) -> tuple[Question, ...]:
        """Questions with something that is not recorded."""
        return tuple(question for question in self.questions.values() if question.unsaved)

    def redraw(self, cells: Iterable[Cell]) -> None:
        """Show these questions as they now stand, where they are built."""
        lines: dict[LineWidget, None] = {}
        for cell in cells:
            question = self.questions.get(cell)
            if question is not None:
                question.show(self.page.state(cell), self.closed)
                lines[line_of(question)] = None
        for line in lines:
            line.show_changes()
        self.cells_changed.emit()

    def take(self, patch: Patch, question: Question | None = None) -> bool:
        """Draw what an act led to; False where it was refused."""
        if patch.refusal is not None:
            if question is None:
                self.refused.emit(patch.refusal.text)
            else:
                question.refuse(patch.refusal)
                line_of(question).show_changes()
            return False
        if question is not None:
            question.settle(saved=bool(patch.saved))
            line_of(question).say().stop_asking()
        self._draw(patch)
        if question is not None:
            question.accept()
        if patch.saved:
            self.saved.emit(patch.saved)
        return True

    def _draw(self, patch: Patch) -> None:
        if patch.status_changed:
            self.read_head()
        if patch.rows_changed:
            self.rows_changed.emit()
        self.redraw(tuple(self.questions) if patch.status_changed else patch.cells)
        if patch.status_changed:
            self.status_changed.emit()

    # ---- what questions ask for

    def answered(self, question: Question, typed: str) -> None:
        """Record a new text; where a saved answer would change, ask why first."""
        page, cell = self.page, question.cell
        self._reasons.try_without(question, lambda reason: page.leave(cell, typed, reason))

    def go_on(self, question: Question, step: int) -> None:
        """To the neighbour, unless something here has to be put right first."""
        if question.refusal is None:
            self.step_wanted.emit(question, step)
            return
        line = line_of(question)
        line.messages_shown()
        messages = line.messages
        if messages is not None and messages.prompt is not None:
            messages.prompt.line.setFocus()
        elif messages is None or not messages.focus_offers():
            question.focus()

    def touched(self, question: Question) -> None:
        """Typing begins anew, or the saved answer was put back."""
        question.just_saved = False
        line = line_of(question)
        if question.refusal is not None and question.editor.raw() == question.editor.shown:
            question.settle(saved=False)
            line.say().stop_asking()
            line.show_changes()
        line.update()

    def help_wanted(self, question: Question) -> None:
        """The inspector knows."""
        self.help_asked.emit()
        line_of(question).update()

    def offer_taken(self, question: Question, offer: OfferView) -> None:
        """Record what was meant."""
        page, cell = self.page, question.cell
        question.editor.revert()
        question.focus()
        self._reasons.try_without(question, lambda reason: page.leave(cell, offer.text, reason))

    def still_right(self, question: Question) -> None:
        """Record what is there once more: an answer, or the code that stands instead of one."""
        page, cell = self.page, question.cell
        missing = question.state.missing if question.state is not None else ""
        code = next((code for code, words in question.field.missing if words == missing), "")
        if code:
            self._reasons.try_without(question, lambda reason: page.mark_missing(cell, code, "", reason))
        else:
            self.answered(question, question.editor.shown)

    def finding_answered(self, question: Question, finding: FindingView | SignView, action: str) -> None:
        """Take over what is drafted, or ask why the answer is right, what was done, why nothing is needed."""
        if isinstance(finding, SignView):
            self._sign_answered(question, action)
            return
        page, cell, say, check = self.page, question.cell, self.say, finding.check
        if action == "draft":
            self.take(page.take_draft(cell, check), question)
            self.status_changed.emit()
            return
        asked = Asked(say("What was done?"), (), say("Save"))
        if action == "right":
            reasons = (say("Measured again"), say("Source document says so"), say("Known in this patient"))
            asked = Asked(say("Why is it right?"), reasons, say("It is right"))
        elif finding.draft:
            asked = Asked(say("Why is it not needed?"), (), say("Save"))
        self._reasons.ask(question, asked, lambda why: page.confirm(cell, check, why))

    def missing_wanted(self, question: Question) -> None:
        """Offer the codes that may stand instead of an answer."""
        if question.answerable:
            menu = MissingMenu(question.field.missing, self.say, question.editor)
            menu.chosen.connect(lambda code: self._mark_missing(question, code))
            menu.open_below(question.editor)

    def complete(self) -> tuple[Obstacle, ...]:
        """Complete the form, or say what stands in the way."""
        patch, obstacles = self.page.complete()
        if not obstacles:
            self.take(patch)
        return obstacles

    def _sign_answered(self, question: Question, act: str) -> None:
        """Write into the log of events what a person says of a sign; ask why where it wants a reason."""
        signs, cell, say = self.page.signs, question.cell, self.say
        if signs is None:
            return
        if act.endswith(" why"):
            asked = Asked(say("Why is it no event?"), (), say("Save"))
            self._reasons.ask(question, asked, lambda why: signs.answer(cell, act, why))
        else:
            self.take(signs.answer(cell, act), question)

    def _mark_missing(self, question: Question, code: str) -> None:
        """A critical question wants to know why; others only where a saved answer would go."""
        page, cell, say = self.page, question.cell, self.say
        question.editor.revert()
        question.focus()
        if question.field.critical:
            words = dict(question.field.missing)[code]
            asked = Asked(say("{answer}: why?", answer=words), (), say("Save"))
            self._reasons.ask(question, asked, lambda why: page.mark_missing(cell, code, why, why))
        else:
            self._reasons.try_without(question, lambda reason: page.mark_missing(cell, code, "", reason))

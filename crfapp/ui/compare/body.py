"""What the Compare page shows: what is chosen, the visits in small, the photographs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crfapp.present.query_view import Narrowing
from crfapp.present.texts import isolated
from crfapp.ui.compare.board import TWO, CompareBoard
from crfapp.ui.compare.strip import VisitStrip
from crfapp.ui.queries.choice_button import ChoiceButton
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, EmptyState, FlowRow, InlineMessage, Words

if TYPE_CHECKING:
    from crfapp.present.compare_view import CompareView
    from crfapp.present.photo_room import PhotoRoom
    from crfapp.present.texts import Texts

GHOST, OUTLINE, GRID, OVER = "ghost", "outline", "grid", "over"


class CompareBody(QWidget):
    """``toggled`` names what is to be shown or not: ghost, outline, grid, over."""

    toggled = Signal(str)

    def __init__(self, room: PhotoRoom, say: Texts) -> None:
        super().__init__()
        self._say = say
        tokens = current()
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.wide, tokens.pad, tokens.wide, tokens.pad)
        column.setSpacing(tokens.gap)
        column.addLayout(self._head())
        column.addWidget(self._tools())
        self.strip = VisitStrip(room, say("Visits"))
        column.addWidget(self.strip)
        self.told = InlineMessage("", "info", parent=self)
        self.told.hide()
        column.addWidget(self.told)
        self.problem = InlineMessage("", "error", parent=self)
        self.problem.hide()
        column.addWidget(self.problem)
        self.board = CompareBoard(room, say)
        column.addWidget(self.board, 1)
        self.empty = EmptyState(
            say("Nothing to compare yet"),
            say("Photographs of this lesion appear here as soon as they are taken."),
            icon="camera",
        )
        self.empty.hide()
        column.addWidget(self.empty, 1)

    def show_view(self, view: CompareView, on: frozenset[str]) -> None:
        """Everything as it stands; ``on`` are the toggles that are pressed."""
        say = self._say
        self.title.setText(view.title)
        self.where.setText(view.where)
        self.target.show_choices([Narrowing(*one) for one in view.targets], view.target)
        self.light.show_choices([Narrowing(*one) for one in view.views], view.view)
        self.light.setVisible(len(view.views) > 1)
        self.strip.show_visits(view.visits, view.chosen)
        there = any(visit.photograph for visit in view.visits)
        if there:  # never both at once: the window would grow for a moment, and stay so
            self.empty.hide()
        for widget in (self.strip, self.board, self.tools):
            widget.setVisible(there)
        self.empty.setVisible(not there)
        shown = view.shown
        self.toggles[OVER].setEnabled(len(shown) == TWO)
        self.toggles[GHOST].setEnabled(any(visit.ghost for visit in shown))
        self.toggles[OUTLINE].setEnabled(any(visit.outline for visit in shown))
        self.toggles[GRID].setEnabled(any(visit.grid for visit in shown))
        for key, button in self.toggles.items():
            button.setChecked(key in on and button.isEnabled())
        loose = GHOST in on and any(visit.ghost and not visit.fitted for visit in shown)
        untrue = say(
            "The outline of {visit} has no scale here: it lies by the edges of the pictures, so its "
            "size is not true.",
            visit=isolated(view.ghost_of),
        )
        self.say_told(" ".join(filter(None, (view.blind, untrue if loose else ""))))
        self.paper.setVisible(view.may_print)
        self.paper.setEnabled(any(visit.photograph for visit in shown))
        self.board.show_visits(shown)

    def say_told(self, sentence: str) -> None:
        """A quiet sentence over the photographs."""
        _say_in(self.told, sentence)

    def say_problem(self, sentence: str) -> None:
        """What went wrong."""
        _say_in(self.problem, sentence)

    def _head(self) -> QHBoxLayout:
        say, row = self._say, QHBoxLayout()
        row.setSpacing(current().gap)
        self.back = Button(say("Back"), "quiet", icon_name="chevron-start", hint="Esc")
        self.title = Words("", size="title", weight=600)
        self.where = Words("", "muted")
        for widget in (self.back, self.title, self.where):
            row.addWidget(widget)
        row.addStretch(1)
        self.paper = Button(say("PDF sheet…"), icon_name="export", hint="Ctrl+P")
        row.addWidget(self.paper)
        return row

    def _tools(self) -> QWidget:
        say = self._say
        self.tools = QWidget(self)
        flow = FlowRow(self.tools, gap=current().hair + 2)
        self.target = ChoiceButton(say("Lesion"), self.tools)
        self.light = ChoiceButton(say("Light"), self.tools)
        flow.addWidget(self.target)
        flow.addWidget(self.light)
        made = (
            (GHOST, say("Baseline outline"), "B"),
            (OUTLINE, say("Own outlines"), "O"),
            (GRID, say("Grid of 10 mm"), "G"),
            (OVER, say("Over each other"), "S"),
        )
        self.toggles: dict[str, Button] = {}
        for key, words, hint in made:
            button = Button(words, "pill", hint=hint, parent=self.tools)
            button.setCheckable(True)
            button.clicked.connect(partial(self.toggled.emit, key))
            flow.addWidget(button)
            self.toggles[key] = button
        self.fit = Button(say("Whole pictures"), "pill", hint="0", parent=self.tools)
        flow.addWidget(self.fit)
        return self.tools


def _say_in(message: InlineMessage, sentence: str) -> None:
    message.text.setText(sentence)
    message.setAccessibleName(sentence)
    message.setVisible(bool(sentence))

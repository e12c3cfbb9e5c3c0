"""The card on which an administrator compares this computer's clock with another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crfapp.ui.entrance.lines import Line, Question
from crfapp.ui.lists import CellView, Column, TableCard
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, Card, InlineMessage, Words

if TYPE_CHECKING:
    from crfapp.present.clock_card import ClockCard, ClockLine
    from crfapp.present.texts import Texts


class Clock(Card):
    """Two lines to compare the clock; ``found`` is the card below with what was found out about it."""

    def __init__(self, say: Texts, presenter: ClockCard) -> None:
        super().__init__(say("Clock"))
        when, who = Column(say("When"), 0), Column(say("Who was in"), 30)
        columns = (Column("", 0), when, Column(say("What"), 60), who)
        self.found = TableCard(say("Found out about the clock"), columns)
        self._presenter = presenter
        tokens = current()
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(tokens.pad, tokens.pad, tokens.pad, tokens.pad)
        column.setSpacing(tokens.room)
        self.now = Words("", wrap=True, parent=inside)
        self.against = Line(say("Compared with"))
        self.against.setPlaceholderText(say("A telephone, a radio clock, the time signal …"))
        self.shown = Line(say("It shows (as 14:05)"), ltr=True)
        self.problem = InlineMessage("", "error", parent=inside)
        self.done = Words("", "ok", weight=600, wrap=True, parent=inside)
        self.go = Button(say("Record the comparison"), parent=inside)
        column.addWidget(self.now)
        column.addWidget(Question(say("Compared with"), self.against))
        column.addWidget(Question(say("It shows (as 14:05)"), self.shown))
        for part in (self.problem, self.done):
            column.addWidget(part)
            part.hide()
        column.addWidget(self.go, 0, Qt.AlignmentFlag.AlignLeading)
        self.add_row(inside)
        self.go.clicked.connect(self._compare)
        self.shown.returnPressed.connect(self._compare)

    def show_clock(self) -> None:
        """Show how things stand now."""
        self.now.setText(self._presenter.now())
        lines = self._presenter.lines()
        self.found.show_rows([_cells(line) for line in lines])
        self.found.setVisible(bool(lines))
        self.problem.hide()
        self.done.hide()

    def _compare(self) -> None:
        done, words = self._presenter.compare(self.against.text(), self.shown.text())
        if done:
            self.shown.clear()
            self.show_clock()
        self.problem.text.setText("" if done else words)
        self.problem.setAccessibleName("" if done else words)
        self.done.setText(words if done else "")
        self.problem.setVisible(not done)
        self.done.setVisible(done)


def _cells(line: ClockLine) -> tuple[CellView, ...]:
    icon = CellView(icon=line.icon)
    return (icon, CellView(line.when), CellView(line.what), CellView(line.who, "muted"))

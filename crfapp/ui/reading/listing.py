"""All readings: how far each one has come, and what this person can do about it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from crfapp.present.texts import isolated
from crfapp.ui.people.act_form import ActForm
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, Card, EmptyState, InlineMessage, Pill, Words
from crfapp.ui.widgets.slim_bar import give_slim_bars

if TYPE_CHECKING:
    from crfapp.present.reading_view import DeskView, ReadingLine, ResultsView
    from crfapp.present.texts import Texts


class ReadingRow(QWidget):
    """One reading; ``acts`` are its buttons by key."""

    def __init__(self, line: ReadingLine, parent: QWidget) -> None:
        super().__init__(parent)
        tokens = current()
        self.line = line
        self.setAccessibleName(f"{line.title}, {line.state}")
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.pad, tokens.gap, tokens.pad, tokens.gap)
        row.setSpacing(tokens.pad)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Words(line.title, weight=600, wrap=True, parent=self))
        words.addWidget(Words(line.detail, "muted", size="small", wrap=True, parent=self))
        row.addLayout(words, 1)
        row.addWidget(Pill(line.state, line.grade, parent=self))
        self.acts: dict[str, Button] = {}
        for number, (key, text) in enumerate(line.acts):
            due = number == 0 and key in ("read", "settle")
            button = Button(text, "primary" if due else "plain", parent=self)
            button.setAccessibleName(f"{text}: {line.title}")
            row.addWidget(button)
            self.acts[key] = button

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does what the button with the keyboard says, as Space does."""
        button = next((one for one in self.acts.values() if one.hasFocus()), None)
        if button is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            button.click()
        else:
            super().keyPressEvent(event)


class ReadingList(QScrollArea):
    """``acted`` carries (act, reading). Below: the questions of an act, and the results of a reading."""

    acted = Signal(str, str)
    export_wanted = Signal(str)

    def __init__(self, say: Texts) -> None:
        super().__init__()
        self._say = say
        tokens = current()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        give_slim_bars(self)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its keys reach it from the controls inside
        inside = QWidget()
        inside.setBackgroundRole(QPalette.ColorRole.Window)
        self.setWidget(inside)
        self._column = column = QVBoxLayout(inside)
        column.setContentsMargins(tokens.wide, tokens.pad, tokens.wide, tokens.wide)
        column.setSpacing(tokens.room)
        column.addLayout(self._top())
        self.hint = InlineMessage("", "info", parent=inside)
        column.addWidget(self.hint)
        self.form_card = Card()
        self.form = ActForm(say)
        self.form_card.add_row(self.form)
        column.addWidget(self.form_card)
        self.form_card.hide()
        self.card = Card(say("Readings"))
        column.addWidget(self.card)
        words = say("Readings appear here when an investigator opens one and names you as a reader.")
        self.empty = EmptyState(say("Nothing to judge"), words, icon="eye")
        column.addWidget(self.empty)
        self.results = ResultsCard(say)
        self.results.hide()
        column.addWidget(self.results)
        column.addStretch(1)
        self.rows: list[ReadingRow] = []

    def _top(self) -> QHBoxLayout:
        top = QHBoxLayout()
        top.addWidget(Words(self._say("Reading desk"), size="title", weight=600))
        top.addStretch(1)
        self.open = Button(self._say("New reading…"), "primary", icon_name="plus")
        top.addWidget(self.open)
        return top

    def show_view(self, view: DeskView) -> None:
        """The list as it stands."""
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = []
        for line in view.lines:
            row = ReadingRow(line, self.card)
            for key, button in row.acts.items():
                button.clicked.connect(partial(self.acted.emit, key, line.reading))
            self.card.add_row(row)
            row.show()
            self.rows.append(row)
        self.card.setVisible(bool(view.lines))
        self.empty.setVisible(not view.lines and not view.hint)
        self.open.setVisible(view.may_open)
        self.hint.text.setText(view.hint)
        self.hint.setVisible(bool(view.hint))

    def focus_first(self) -> None:
        """The keyboard begins at what is due, else at a new reading."""
        for row in self.rows:
            for button in row.acts.values():
                button.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        if self.open.isVisibleTo(self):
            self.open.setFocus(Qt.FocusReason.OtherFocusReason)


class ResultsCard(Card):
    """A closed reading: agreement first, then every case."""

    def __init__(self, say: Texts) -> None:
        super().__init__(say("Results"))
        self._say = say
        self.export = Button(say("CSV…"), icon_name="export")
        self.head_row.addWidget(self.export)
        self._inside: QWidget | None = None

    def show_results(self, view: ResultsView) -> None:
        """Replace what is shown."""
        if self._inside is not None:
            self._inside.hide()
            self.body.removeWidget(self._inside)
            self._inside.deleteLater()
        self.title.setText(f"{self._say('Results')} · {view.title}")
        self._inside = self._tables(view)
        self.add_row(self._inside)
        self._inside.show()

    def _tables(self, view: ResultsView) -> QWidget:
        say, tokens = self._say, current()
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(tokens.pad, tokens.room, tokens.pad, tokens.room)
        column.setSpacing(tokens.pad)
        figures = (say("Agreement"), say("Figure (interval of 95 %)"), say("Cases"))
        column.addLayout(_grid(inside, figures, view.agreement))
        heads = (say("Subject"), say("Lesion"), say("Visit"), *view.readers, say("Counts"), "")
        rows = [
            (line.subject, line.target, line.visit, *line.answers, line.counts, line.note)
            for line in view.lines
        ]
        column.addLayout(_grid(inside, heads, rows))
        return inside


def _grid(
    parent: QWidget, heads: tuple[str, ...], rows: list[tuple[str, ...]] | tuple[tuple[str, ...], ...]
) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(current().wide)
    grid.setVerticalSpacing(current().hair)
    for place, head in enumerate(heads):
        grid.addWidget(Words(head, "muted", size="small", parent=parent), 0, place)
    for number, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            words = Words(isolated(cell) if cell else "", wrap=place == len(row) - 1, parent=parent)
            grid.addWidget(words, number, place, Qt.AlignmentFlag.AlignTop)
    grid.setColumnStretch(len(heads) - 1, 1)
    return grid

"""The cards of the Redaction page: looking for a text and asking, what waits, what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QVBoxLayout, QWidget

from crfapp.ui.entrance.lines import Line, Question
from crfapp.ui.lists import CellView, Column, TableCard
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, Card, InlineMessage, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.present.redaction_view import DecidedLine, HeldLine, RedactionView, WishLine
    from crfapp.present.texts import Texts


class AskCard(Card):
    """Whose records, which text, what holds it, and why it should go. ``looked`` and ``asked`` carry both."""

    looked = Signal(str, str)
    asked = Signal(str)

    def __init__(self, say: Texts) -> None:
        super().__init__(say("Take away a text that does not belong here"))
        inside, column = padded(self)
        column.addWidget(
            Words(
                say(
                    "For personal data that was typed by mistake, such as a name. The entry stays, with who"
                    " and when; its text can be read no more once a second person agrees."
                ),
                "muted",
                wrap=True,
                parent=inside,
            )
        )
        column.addLayout(self._search(say, inside))
        self.add_row(inside)
        self.found = held_table(say, say("Entries that hold it"))
        self.add_row(self.found)
        self.wish = QWidget(self)
        self._wish_column = QVBoxLayout(self.wish)
        tokens = current()
        self._wish_column.setContentsMargins(tokens.pad, tokens.room, tokens.pad, tokens.room)
        self.hint = Words("", weight=600, wrap=True, parent=self.wish)
        self._wish_column.addWidget(self.hint)
        self.reason = Line(say("Why it does not belong here"))
        remark = say("Without the text itself.")
        self.reason_question = Question(say("Why it does not belong here"), self.reason, remark=remark)
        self._wish_column.addWidget(self.reason_question)
        self.go = Button(say("Ask a second person"), "primary", parent=self.wish)
        self._wish_column.addWidget(self.go, 0, Qt.AlignmentFlag.AlignLeading)
        self.add_row(self.wish)
        self.go.clicked.connect(lambda: self.asked.emit(self.reason.text()))
        self.reason.returnPressed.connect(lambda: self.asked.emit(self.reason.text()))

    def show_view(self, view: RedactionView) -> None:
        """What was found, or why nothing was."""
        at = {"number": self.number_question, "text": self.text_question, "reason": self.reason_question}
        for place, question in at.items():
            question.refuse(view.problem if view.place == place else "")
        self.found.show_rows([held_cells(line) for line in view.found])
        self.found.setVisible(bool(view.found))
        self.hint.setText(view.hint)
        self.wish.setVisible(bool(view.found))

    def _search(self, say: Texts, inside: QWidget) -> QHBoxLayout:
        tokens = current()
        self.number, self.text = Line(say("Subject"), ltr=True), Line(say("The text, or a part of it"))
        self.number.setPlaceholderText(say("none: the site's own records"))
        self.numbers = QStringListModel(self)
        self.number.setCompleter(QCompleter(self.numbers, self.number))
        self.number_question = Question(say("Subject"), self.number)
        self.text_question = Question(say("The text, or a part of it"), self.text)
        self.look = Button(say("Look for it"), icon_name="search", parent=inside)
        row = QHBoxLayout()
        row.setSpacing(tokens.pad)
        row.addWidget(self.number_question, 2, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.text_question, 3, Qt.AlignmentFlag.AlignTop)
        below = QVBoxLayout()
        below.addSpacing(self.fontMetrics().height() + tokens.hair)
        below.addWidget(self.look)
        row.addLayout(below)
        row.setAlignment(below, Qt.AlignmentFlag.AlignTop)
        self.number.returnPressed.connect(lambda: self.text.setFocus(Qt.FocusReason.TabFocusReason))
        for signal in (self.text.returnPressed, self.look.clicked):
            signal.connect(lambda *_: self.looked.emit(self.number.text(), self.text.text()))
        return row


class WishCard(Card):
    """One wish that waits. ``decided`` carries whether it is agreed to, and the reason."""

    decided = Signal(bool, str)

    def __init__(self, say: Texts, line: WishLine) -> None:
        super().__init__(say("{who} asks for it", who=line.who), line.when)
        self.wish = line.wish
        inside, column = padded(self)
        column.addWidget(Words(say("Why: {reason}", reason=line.why), wrap=True, parent=inside))
        self.add_row(inside)
        self.held = held_table(say, say("Would become unreadable"))
        self.held.show_rows([held_cells(one) for one in line.lines])
        self.add_row(self.held)
        below, column = padded(self)
        self.hindrance = InlineMessage(line.hindrance, "info", parent=below)
        self.hindrance.setVisible(bool(line.hindrance))
        column.addWidget(self.hindrance)
        self.reason = Line(say("Why you agree or not"))
        self.question = Question(say("Why you agree or not"), self.reason)
        column.addWidget(self.question)
        row = QHBoxLayout()
        row.setSpacing(current().gap)
        self.agree = Button(say("Make unreadable for good"), "danger", parent=below)
        self.leave = Button(say("Leave it as it is"), parent=below)
        for button in (self.agree, self.leave):
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        for control in (self.question, self.agree, self.leave):
            control.setVisible(not line.hindrance)
        self.add_row(below)
        self.agree.clicked.connect(lambda: self.decided.emit(True, self.reason.text()))
        self.leave.clicked.connect(lambda: self.decided.emit(False, self.reason.text()))


def held_table(say: Texts, title: str) -> TableCard:
    """Entries with their text."""
    columns = (
        Column(say("Where"), 34),
        Column(say("Entry"), 18),
        Column(say("Text"), 30),
        Column(say("Who and when"), 30),
    )
    return TableCard(title, columns)


def held_cells(line: HeldLine) -> tuple[CellView, ...]:
    """An entry as cells."""
    return (
        CellView(line.where),
        CellView(line.what),
        CellView(line.text, weight=600),
        CellView(line.who, note=line.when),
    )


def decided_table(say: Texts) -> TableCard:
    """What was decided, without any of the text."""
    columns = (
        Column(say("Whose"), 20),
        Column(say("Decision"), 18),
        Column(say("Raised by"), 30),
        Column(say("Decided by"), 30),
        Column(say("When"), 26),
    )
    return TableCard(say("Decided"), columns)


def decided_cells(lines: Sequence[DecidedLine]) -> list[tuple[CellView, ...]]:
    """Decisions as rows of cells."""
    return [
        (
            CellView(line.where),
            CellView(line.what, pill="warn" if line.made else "ok"),
            CellView(line.asked, note=line.asked_why),
            CellView(line.decided, note=line.decided_why),
            CellView(line.when),
        )
        for line in lines
    ]


def padded(parent: QWidget) -> tuple[QWidget, QVBoxLayout]:
    """A row of a card with room around what stands in it."""
    tokens = current()
    inside = QWidget(parent)
    column = QVBoxLayout(inside)
    column.setContentsMargins(tokens.pad, tokens.room, tokens.pad, tokens.room)
    column.setSpacing(tokens.gap)
    return inside, column

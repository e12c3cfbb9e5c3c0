"""Who could do what on a day, and the review of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crfapp.ui.entrance.lines import Line
from crfapp.ui.lists import CellView, Column, TableCard
from crfapp.ui.people.act_form import ActForm
from crfapp.ui.theme import current
from crfapp.ui.widgets import Banner, Button, Card, InlineMessage, Words

if TYPE_CHECKING:
    from crfapp.present.access import Access, AccessLine, AccessView
    from crfapp.present.texts import Texts


class AccessSection(QWidget):
    """A day to write, the people of that day, and above them what is due."""

    def __init__(self, say: Texts, presenter: Access) -> None:
        super().__init__()
        tokens = current()
        self._say, self._presenter = say, presenter
        self.due = Banner("", "warn", parent=self)
        self.ask = Card(say("Users on a day"))
        self.day = Line(say("Day"), ltr=True)
        self.show_button = Button(say("Show"))
        self.today = Button(say("Today"), "plain")
        self.review = Button(say("Access review…"))
        self.next = Words("", "muted", size="small")
        self.problem = InlineMessage("", "error")
        self.form = ActForm(say, self.ask)
        self.ask.add_row(self._question())
        self.ask.add_row(self.form)
        columns = (
            Column(say("Name"), 20),
            Column(say("Role"), 0),
            Column(say("Valid"), 15),
            Column(say("Could"), 70),
        )
        self.list = TableCard(say("Today"), columns)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.room)
        for part in (self.due, self.ask, self.list):
            column.addWidget(part)
        self.due.hide()
        self.day.returnPressed.connect(self._choose)
        self.show_button.clicked.connect(self._choose)
        self.today.clicked.connect(self._turn_to_today)
        self.review.clicked.connect(presenter.begin)
        self.form.wanted.connect(presenter.carry_out)
        self.form.given_up.connect(presenter.put_away)
        self.form.hide()
        presenter.watch(self._show)

    def _question(self) -> QWidget:
        tokens = current()
        inside = QWidget(self.ask)
        column = QVBoxLayout(inside)
        column.setContentsMargins(tokens.pad, tokens.pad, tokens.pad, tokens.pad)
        column.setSpacing(tokens.gap)
        note = self._say(
            "Replayed from the ledger: who had which rights at the end of a day. For example 12 Jan 2025."
        )
        column.addWidget(Words(note, "muted", size="small", wrap=True, parent=inside))
        row = QHBoxLayout()
        row.setSpacing(tokens.gap)
        self.day.setFixedWidth(round(160 * tokens.scale))
        for part in (self.day, self.show_button, self.today):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.next)
        row.addWidget(self.review)
        column.addLayout(row)
        column.addWidget(self.problem)
        return inside

    def _choose(self) -> None:
        self._presenter.choose(self.day.text())

    def _turn_to_today(self) -> None:
        self.day.clear()
        self._choose()
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, view: AccessView) -> None:
        self.due.show_text(
            view.due, self._say("Look at the list, then record the review.") if view.due else ""
        )
        self.due.setVisible(bool(view.due) and view.may_review)
        self.review.setVisible(view.may_review)
        self.next.setText(view.last)
        self.problem.text.setText(view.problem)
        self.problem.setAccessibleName(view.problem)
        self.problem.setVisible(bool(view.problem))
        self.day.mark("error" if view.problem else "plain")
        self.list.title.setText(view.title)
        self.list.setAccessibleName(view.title)
        self.list.show_rows([access_cells(line) for line in view.lines])
        self.form.show_state(view.state)


def access_cells(line: AccessLine) -> tuple[CellView, ...]:
    """Somebody of that day as cells."""
    tone = "text" if line.valid else "muted"
    return (
        CellView(line.name, tone, 600, note=line.login),
        CellView(line.role, tone),
        CellView(line.validity, tone, note=line.duties),
        CellView(line.rights, tone, note=line.more),
    )

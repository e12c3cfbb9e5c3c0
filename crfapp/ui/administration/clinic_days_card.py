"""The card on which an administrator says when the site sees no patients."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crfapp.ui.entrance.lines import Line, Question
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, Card, InlineMessage, Words
from crfapp.ui.widgets.options import CheckList

if TYPE_CHECKING:
    from crfapp.present.clinic_days import ClinicDaysCard
    from crfapp.present.texts import Texts


class ClinicDays(Card):
    """Weekdays to tick, single days to write, one button."""

    def __init__(self, say: Texts, presenter: ClinicDaysCard) -> None:
        super().__init__(say("Clinic days"))
        self._presenter = presenter
        tokens = current()
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(tokens.pad, tokens.pad, tokens.pad, tokens.pad)
        column.setSpacing(tokens.room)
        note = say("Visits planned for such a day are offered the nearest day inside their window.")
        self.weekend = CheckList(presenter.weekdays(), inside)
        self.weekend.setAccessibleName(say("No patients are seen on"))
        self.closed = Line(say("Closed on (dates as 2025-12-25, one after the other)"), ltr=True)
        self.problem = InlineMessage("", "error", parent=inside)
        self.done = Words("", "ok", weight=600, wrap=True, parent=inside)
        self.go = Button(say("Save clinic days"), parent=inside)
        column.addWidget(Words(note, "muted", size="small", wrap=True, parent=inside))
        column.addWidget(Question(say("No patients are seen on"), self.weekend))
        column.addWidget(Question(say("Closed on (dates as 2025-12-25, one after the other)"), self.closed))
        for part in (self.problem, self.done):
            column.addWidget(part)
            part.hide()
        column.addWidget(self.go, 0, Qt.AlignmentFlag.AlignLeading)
        self.add_row(inside)
        self.go.clicked.connect(self._save)
        self.closed.returnPressed.connect(self._save)

    def show_days(self) -> None:
        """Show what is in force."""
        self.weekend.show_value(self._presenter.weekend())
        self.closed.setText(self._presenter.closed())
        self.problem.hide()
        self.done.hide()

    def _save(self) -> None:
        saved, words = self._presenter.save(self.weekend.value(), self.closed.text())
        self.problem.text.setText("" if saved else words)
        self.problem.setAccessibleName("" if saved else words)
        self.done.setText(words if saved else "")
        self.problem.setVisible(not saved)
        self.done.setVisible(saved)

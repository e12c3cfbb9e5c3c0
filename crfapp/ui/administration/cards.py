"""The cards of the Administration page that are read: the backup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, Card, InlineMessage, Words

if TYPE_CHECKING:
    from crfapp.present.administration_view import AdministrationView
    from crfapp.present.texts import Texts


class BackupCard(Card):
    """How old the newest verified copy is, and a button for another."""

    def __init__(self, say: Texts) -> None:
        super().__init__(say("Backup"))
        tokens = current()
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(tokens.pad, tokens.pad, tokens.pad, tokens.pad)
        column.setSpacing(tokens.room)
        self.age = Words("", wrap=True, parent=inside)
        self.problem = InlineMessage("", "error", parent=inside)
        self.make = Button(say("Make a copy now"), parent=inside)
        note = say(
            "Copies of each day are made by themselves, and make way for newer ones. One made here stays."
        )
        column.addWidget(self.age)
        column.addWidget(Words(note, "muted", size="small", wrap=True, parent=inside))
        column.addWidget(self.problem)
        column.addWidget(self.make, 0, Qt.AlignmentFlag.AlignLeading)
        self.add_row(inside)

    def show_view(self, view: AdministrationView) -> None:
        """Show how things stand."""
        self.age.setText(view.copy)
        self.age.set_tone(view.copy_tone)
        self.problem.text.setText(view.copy_problem)
        self.problem.setAccessibleName(view.copy_problem)
        self.problem.setVisible(bool(view.copy_problem))
        self.make.set_waiting(view.copying)

"""The rules for passwords and sessions with their versions, and the letter about signatures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crfapp.ui.lists import CellView, Column, TableCard
from crfapp.ui.people.act_form import ActForm
from crfapp.ui.people.people_cards import FactGrid
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, Card, Pill, Words

if TYPE_CHECKING:
    from crfapp.present.rules import Rules, RulesView, VersionLine
    from crfapp.present.texts import Texts


class RulesSection(QWidget):
    """Rules, versions, letter."""

    def __init__(self, say: Texts, presenter: Rules) -> None:
        super().__init__()
        self._say = say
        self.rules = RulesCard(say)
        columns = (
            Column(say("Version"), 0),
            Column(say("When"), 0),
            Column(say("By whom"), 20),
            Column(say("What changed"), 45),
            Column(say("Why"), 30),
        )
        self.versions = TableCard(say("Versions of the rules"), columns)
        self.letter = LetterCard(say)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().room)
        for part in (self.rules, self.versions, self.letter):
            column.addWidget(part)
        self.rules.change.clicked.connect(presenter.begin)
        self.rules.form.wanted.connect(presenter.carry_out)
        self.rules.form.given_up.connect(presenter.put_away)
        self.letter.file.clicked.connect(presenter.begin_letter)
        self.letter.form.wanted.connect(presenter.file_letter)
        self.letter.form.given_up.connect(presenter.put_letter_away)
        presenter.watch(self._show)

    def _show(self, view: RulesView) -> None:
        self.rules.show_view(view)
        self.versions.show_rows([version_cells(line) for line in view.versions])
        self.versions.setVisible(bool(view.versions))
        self.letter.show_view(view)


class RulesCard(Card):
    """The rules in force and the form that changes them."""

    def __init__(self, say: Texts) -> None:
        super().__init__(say("Rules for passwords and sessions"))
        tokens = current()
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(tokens.pad, tokens.pad, tokens.pad, tokens.pad)
        column.setSpacing(tokens.room)
        self.facts = FactGrid(inside)
        self.change = Button(say("Change the rules"), parent=inside)
        column.addWidget(self.facts)
        column.addWidget(self.change, 0, Qt.AlignmentFlag.AlignLeading)
        self.form = ActForm(say, self)
        self.add_row(inside)
        self.add_row(self.form)
        self._rules: tuple[tuple[str, str], ...] = ()

    def show_view(self, view: RulesView) -> None:
        """Show how they stand."""
        if view.rules != self._rules:
            self._rules = view.rules
            self.facts.show_facts(view.rules)
        self.form.show_state(view.state)


class LetterCard(Card):
    """The letter to be printed and signed by hand, and whether it was filed."""

    def __init__(self, say: Texts) -> None:
        super().__init__(say("Letter about electronic signatures"))
        tokens = current()
        self._say = say
        self.filed = Pill("", "warn")
        self.head_row.addWidget(self.filed)
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(tokens.pad, tokens.pad, tokens.pad, tokens.pad)
        column.setSpacing(tokens.room)
        note = say(
            "Copy it into a letter of the site, have it signed by hand, send it, and record the day here."
        )
        self.text = Words("", wrap=True, parent=inside)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.copy = Button(say("Copy the letter"), parent=inside)
        self.file = Button(say("Record that it was filed"), parent=inside)
        row = QHBoxLayout()
        row.setSpacing(tokens.gap)
        row.addWidget(self.copy)
        row.addWidget(self.file)
        row.addStretch(1)
        column.addWidget(Words(note, "muted", size="small", wrap=True, parent=inside))
        column.addWidget(self.text)
        column.addLayout(row)
        self.form = ActForm(say, self)
        self.add_row(inside)
        self.add_row(self.form)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text.text()))

    def show_view(self, view: RulesView) -> None:
        """Show how it stands."""
        self.text.setText(view.letter)
        self.filed.setText(view.filed)
        self.filed.set_tone("ok" if view.is_filed else "warn")
        self.form.show_state(view.letter_state)


def version_cells(line: VersionLine) -> tuple[CellView, ...]:
    """One version as cells."""
    return (
        CellView(line.number, weight=600),
        CellView(line.when),
        CellView(line.who),
        CellView(line.what, note=line.more),
        CellView(line.why, "muted"),
    )

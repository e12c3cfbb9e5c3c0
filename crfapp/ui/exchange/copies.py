"""The section about the site's own certified copies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from crfapp.ui.exchange.packages import show_problem
from crfapp.ui.exchange.parts import ProgressBar
from crfapp.ui.exchange.recipients import CodeWords
from crfapp.ui.lists import CellView, Column, TableCard
from crfapp.ui.people.people_cards import DetailsCard
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, Card, FlowRow, InlineMessage, Words

if TYPE_CHECKING:
    from crfapp.present.own_copies import CopiesView, CopyLine, OwnCopies
    from crfapp.present.texts import Texts


class CopiesSection(QWidget):
    """Making a copy, its code, the card of one, and all that there are."""

    def __init__(self, say: Texts, presenter: OwnCopies, folder: Path) -> None:
        super().__init__()
        self._say, self._presenter, self._folder = say, presenter, folder
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().room)
        self.making = MakeCopyCard(say)
        self.card = DetailsCard(say, say("Copy"))
        self.list = copies_table(say)
        for part in (self.making, self.card, self.list):
            column.addWidget(part)
        self.making.make.clicked.connect(self._make)
        self.making.code_button.toggled.connect(lambda on: presenter.show_code(shown=on))
        self.list.opened.connect(self._choose)
        self.card.act_wanted.connect(self._begin_act)
        self.card.shut.clicked.connect(self._close)
        self.card.form.wanted.connect(presenter.carry_out)
        self.card.form.given_up.connect(presenter.put_away)
        presenter.watch(self._show)

    def begin(self) -> None:
        """The keyboard goes to the first thing that can be done."""
        self.making.make.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: object) -> None:
        """Whoever turns to something else leaves no code behind."""
        self.making.code_button.setChecked(False)
        super().hideEvent(event)  # type: ignore[arg-type]  # Qt's own event

    def _make(self) -> None:
        title = self._say("Where should the copy stand?")
        name = QFileDialog.getExistingDirectory(self, title, str(self._folder))
        if name:
            self._folder = Path(name)
            self._presenter.make(self._folder)

    def _begin_act(self, key: str) -> None:
        title, kind = self._say("Which file is the copy in?"), f"{self._say('Copies')} (*.crfcopy)"
        name, _ = QFileDialog.getOpenFileName(self, title, str(self._folder), kind)
        if name:
            self._presenter.begin(key, Path(name))

    def _choose(self, number: int) -> None:
        self._presenter.choose(self._presenter.view.lines[number].sha256)
        self.card.begin()

    def _close(self) -> None:
        chosen, lines = self._presenter.view.chosen, self._presenter.view.lines
        sha256 = chosen.sha256 if chosen is not None else ""
        self._presenter.choose("")
        place = next((n for n, line in enumerate(lines) if line.sha256 == sha256), None)
        if place is not None:
            self.list.rows[place].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, view: CopiesView) -> None:
        self.making.show_view(view)
        self.card.show_card(view.chosen, view.state)
        self.list.show_rows([copy_cells(line) for line in view.lines])
        self.list.setVisible(bool(view.lines))


class MakeCopyCard(Card):
    """How old the newest copy is, a button for another, and the code that opens them."""

    def __init__(self, say: Texts) -> None:
        super().__init__(say("The site's own copy"))
        self._say = say
        tokens = current()
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(tokens.pad, tokens.room, tokens.pad, tokens.room)
        column.setSpacing(tokens.room)
        text = say(
            "Everything of the site in one encrypted file, which stays with the site and opens on any"
            " computer without this program. One is made before anything is sent, and whenever you like."
        )
        self.age = Words("", weight=600, wrap=True, parent=inside)
        self.done = Words("", "ok", weight=600, wrap=True, parent=inside)
        self.problem = InlineMessage("", "error", parent=inside)
        self.progress = ProgressBar(say("Cancel"), inside)
        self.progress.cancel.hide()
        buttons = QWidget(inside)
        flow = FlowRow(buttons)
        self.make = Button(say("Make a copy…"), "primary", icon_name="export", parent=buttons)
        self.code_button = Button(say("Show the code that opens copies"), icon_name="eye", parent=buttons)
        self.code_button.setCheckable(True)
        for button in (self.make, self.code_button):
            flow.addWidget(button)
        self.code = CodeWords(say("Code that opens copies"), inside)
        self.about = Words("", "warn", size="small", wrap=True, parent=inside)
        shown: tuple[QWidget, ...] = (self.age, self.done, self.problem, self.progress, buttons)
        for part in (Words(text, "muted", wrap=True, parent=inside), *shown, self.code, self.about):
            column.addWidget(part)
        self.add_row(inside)

    def show_view(self, view: CopiesView) -> None:
        """Show how things stand."""
        say = self._say
        self.age.setText(view.age)
        self.age.set_tone(view.tone)
        self.done.setText(view.done)
        self.done.setVisible(bool(view.done))
        show_problem(self.problem, view.problem)
        self.progress.setVisible(bool(view.running))
        self.progress.show_share(None, view.running)
        self.make.setEnabled(view.may_make and not view.running)
        self.code_button.setVisible(view.may_see_code)
        self.code.show_code(view.code.code.replace("-", " ") if view.code is not None else "")
        self.about.setVisible(view.code is not None)
        if view.code is not None:
            words = say("Keep it on paper in the investigator's folder. It is the code named {name}.")
            self.about.setText(words.format(name=view.code.name))


def copies_table(say: Texts) -> TableCard:
    """The copies on record; pressing a line opens its card."""
    columns = (
        Column("", 0),
        Column(say("When"), 20),
        Column(say("By"), 20),
        Column(say("File"), 34),
        Column(say("Looked through by"), 20),
        Column(say("SHA-256 begins"), 0),
    )
    return TableCard(say("Copies"), columns)


def copy_cells(line: CopyLine) -> tuple[CellView, ...]:
    """A copy as cells."""
    return (
        CellView(icon=line.icon),
        CellView(line.when),
        CellView(line.by),
        CellView(line.file, weight=600),
        CellView(line.reviewed),
        CellView(line.hash, "muted"),
    )

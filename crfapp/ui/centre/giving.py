"""The sections in which a centre hands out data, and in which it and its sites come to know each other."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from crfapp.present.centre_giving import ALL, FORMS
from crfapp.present.query_view import Narrowing
from crfapp.ui.entrance.lines import Line, PasswordField, Question
from crfapp.ui.exchange.packages import show_problem
from crfapp.ui.exchange.parts import ProgressBar
from crfapp.ui.exchange.recipients import CodeWords
from crfapp.ui.lists import CellView, Column, TableCard
from crfapp.ui.people.sections import SectionChoice
from crfapp.ui.queries.choice_button import ChoiceButton
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, Card, FlowRow, InlineMessage, Words

if TYPE_CHECKING:
    from crfapp.present.centre_giving import CardsView, CentreCards, CentreHandOut, HandOutView
    from crfapp.present.texts import Texts

_WORKBOOK = FORMS[0][0]


class HandOutSection(QWidget):
    """Which sites, in which form, into which folder; then what was written."""

    def __init__(self, say: Texts, presenter: CentreHandOut, folder: Path) -> None:
        super().__init__()
        self._say, self._presenter, self._site = say, presenter, ALL
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().room)
        self.card = Card(say("Hand out the data of the sites"))
        self.card.add_row(self._form(folder))
        self.written = written_table(say)
        column.addWidget(self.card)
        column.addWidget(self.written)
        self.form.chosen.connect(self._chosen)
        self.sites.chosen.connect(self._choose_site)
        self.choose.clicked.connect(self._choose)
        self.go.clicked.connect(self._go)
        self.target.returnPressed.connect(self._go)
        self.progress.cancel.clicked.connect(presenter.cancel)
        presenter.watch(self._show)

    def begin(self) -> None:
        """Look which sites there are; the keyboard goes to the folder."""
        self._presenter.refresh()
        self.target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _form(self, folder: Path) -> QWidget:
        say, tokens = self._say, current()
        inside = QWidget(self.card)
        column = QVBoxLayout(inside)
        column.setContentsMargins(tokens.pad, tokens.room, tokens.pad, tokens.pad)
        column.setSpacing(tokens.room)
        text = say(
            "A file or folder for each site, read back and compared. Nothing is overwritten, and that it was"
            " handed out is on record."
        )
        self.secrets = self._secrets(inside)
        self.problem = InlineMessage("", "error", parent=inside)
        self.go = Button(say("Hand out"), "primary", icon_name="export", parent=inside)
        self.progress = ProgressBar(say("Cancel"), inside)
        said, place = Words(text, "muted", wrap=True), self._place(inside, folder)
        for part in (said, self._tools(inside), self.secrets, place, self.problem):
            column.addWidget(part)
        column.addWidget(self.go, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self.progress)
        return inside

    def _tools(self, inside: QWidget) -> QWidget:
        say, tools = self._say, QWidget(inside)
        flow = FlowRow(tools)
        self.sites = ChoiceButton(say("Which sites"), tools)
        self.form = SectionChoice([(key, say(words)) for key, words in FORMS], tools)
        self.form.setAccessibleName(say("In which form"))
        self.form.show_value(_WORKBOOK)
        flow.addWidget(self.sites)
        flow.addWidget(self.form)
        return tools

    def _secrets(self, inside: QWidget) -> QWidget:
        say, secrets = self._say, QWidget(inside)
        row = QHBoxLayout(secrets)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current().pad)
        names, show = (
            (say("Password of the workbooks"), say("The same password again")),
            say("Show what is typed"),
        )
        self.password, self.again = (PasswordField(name, show) for name in names)
        for name, field in zip(names, (self.password, self.again), strict=True):
            row.addWidget(Question(name, field), 1, Qt.AlignmentFlag.AlignTop)
        return secrets

    def _place(self, inside: QWidget, folder: Path) -> QWidget:
        say, place = self._say, QWidget(inside)
        across = QHBoxLayout(place)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(current().gap)
        self.target = Line(say("New folder"), ltr=True)
        self.target.setText(str(folder / "crfapp-export"))
        self.choose = Button(say("Choose…"))
        across.addWidget(self.target, 1)
        across.addWidget(self.choose)
        return Question(say("Folder"), place)

    def _chosen(self, key: str) -> None:
        self.form.show_value(key or _WORKBOOK)
        self.secrets.setVisible(self.form.value() == _WORKBOOK)

    def _choose_site(self, key: str) -> None:
        self._site = key
        self._show(self._presenter.view)

    def _choose(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self._say("Into which folder?"), self.target.text())
        if name:
            self.target.setText(name)

    def _go(self) -> None:
        folder = Path(self.target.text().strip()).expanduser()
        secrets = self.password.line.text(), self.again.line.text()
        self._presenter.hand_out(self._site, self.form.value(), folder, *secrets)

    def _show(self, view: HandOutView) -> None:
        self.sites.show_choices([Narrowing(*one) for one in view.sites], self._site)
        show_problem(self.problem, view.problem)
        self.go.setEnabled(view.may_export and not view.running)
        self.progress.setVisible(bool(view.running))
        self.progress.show_share(None, view.running)
        if view.written:
            for field in (self.password, self.again):
                field.line.clear()
                field.hide_again()
        cells = [
            (CellView(icon="complete"), CellView(site, weight=600), CellView(file), CellView(digest, "muted"))
            for site, file, digest in view.written
        ]
        self.written.show_rows(cells)
        self.written.setVisible(bool(view.written))


class CardsSection(QWidget):
    """The centre's own card, and adding a site from its card once the code was compared."""

    def __init__(self, say: Texts, presenter: CentreCards, folder: Path) -> None:
        super().__init__()
        self._say, self._presenter, self._folder = say, presenter, folder
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().room)
        self.done = Words("", "ok", weight=600, wrap=True, parent=self)
        self.problem = InlineMessage("", "error", parent=self)
        self.own = Card(say("This centre"))
        self.own.add_row(self._own())
        self.site = Card(say("Add a site"))
        self.site.add_row(self._adding())
        for part in (self.done, self.problem, self.site, self.own):
            column.addWidget(part)
        self.read.clicked.connect(self._read)
        self.give.clicked.connect(self._give)
        self.add.clicked.connect(lambda: presenter.add(self.heard.text()))
        self.heard.returnPressed.connect(lambda: presenter.add(self.heard.text()))
        presenter.watch(self._show)

    def begin(self) -> None:
        """Look for the own code; the keyboard goes to what can be done."""
        self._presenter.refresh()
        first = self.read if self.site.isVisible() else self.give
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _own(self) -> QWidget:
        say = self._say
        inside, column = _inside(self.own)
        text = say("Read this code to each site by telephone, and send the card: then it can add the centre.")
        self.code = CodeWords(say("Code of this centre"), inside)
        self.give = Button(say("Save the centre's card…"), parent=inside)
        column.addWidget(Words(text, "muted", wrap=True))
        column.addWidget(self.code)
        column.addWidget(self.give, 0, Qt.AlignmentFlag.AlignLeading)
        return inside

    def _adding(self) -> QWidget:
        say = self._say
        inside, column = _inside(self.site)
        text = say(
            "A file could be swapped on its way, a voice that is known cannot: let the site read its code to"
            " you by telephone, and type what you hear."
        )
        self.read = Button(say("Choose the site's card…"), "primary", icon_name="plus", parent=inside)
        self.named = Words("", weight=600, wrap=True, parent=inside)
        self.heard = Line(say("The code that the site reads out"), ltr=True)
        self.asked = Question(say("The code that the site reads out"), self.heard, parent=inside)
        self.add = Button(say("Add this site"), "primary", parent=inside)
        column.addWidget(Words(text, "muted", wrap=True))
        column.addWidget(self.read, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self.named)
        column.addWidget(self.asked)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeading)
        return inside

    def _read(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self._say("Which card?"), str(self._folder))
        if name:
            self._folder = Path(name).parent
            self._presenter.read(Path(name))
            self.heard.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give(self) -> None:
        title = self._say("Where should the centre's card stand?")
        name, _ = QFileDialog.getSaveFileName(self, title, str(self._folder / "centre.card"))
        if name:
            self._presenter.give(Path(name))

    def _show(self, view: CardsView) -> None:
        self.done.setText(view.done)
        self.done.setVisible(bool(view.done))
        show_problem(self.problem, view.problem)
        self.code.show_code(view.own_code)
        self.site.setVisible(view.may_add)
        self.named.setText(view.read)
        for part in (self.named, self.asked, self.add):
            part.setVisible(bool(view.read))
        if not view.read:
            self.heard.clear()


def _inside(card: Card) -> tuple[QWidget, QVBoxLayout]:
    tokens, inside = current(), QWidget(card)
    column = QVBoxLayout(inside)
    column.setContentsMargins(tokens.pad, tokens.room, tokens.pad, tokens.pad)
    column.setSpacing(tokens.room)
    return inside, column


def written_table(say: Texts) -> TableCard:
    """What was written for each site."""
    columns = (
        Column("", 0),
        Column(say("Site"), 10),
        Column(say("File or folder"), 50),
        Column(say("SHA-256"), 40),
    )
    return TableCard(say("Handed out"), columns)

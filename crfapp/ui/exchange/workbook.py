"""The section in which a workbook is handed to the sponsor."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from crfapp.ui.entrance.lines import Line, PasswordField, Question
from crfapp.ui.exchange.parts import ProgressBar, ResultBox, RuleList
from crfapp.ui.lists import CellView, Column, TableCard
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, Card, InlineMessage, Words

if TYPE_CHECKING:
    from crfapp.present.exchange_page import ExchangePage
    from crfapp.present.exchange_view import EarlierExport, ExchangeView
    from crfapp.present.texts import Texts

_LOOK_MS = 100


class WorkbookSection(QWidget):
    """The form in a card, what came of it, and what left before. ``folder``: where the file is proposed."""

    def __init__(self, say: Texts, presenter: ExchangePage, folder: Path) -> None:
        super().__init__()
        self._presenter, self._say, self._folder = presenter, say, folder
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().room)
        self.card = card = WorkbookCard(say)
        self.result = ResultBox(say("SHA-256 of the file:"))
        self.earlier = earlier_table(say)
        self.nothing = Words(
            say("No workbook was handed over yet; every export will be listed here."), "muted"
        )
        for part in (card, self.result, self.earlier, self.nothing):
            column.addWidget(part)
        self._looking = QTimer(self)
        self._looking.setInterval(_LOOK_MS)
        self._looking.timeout.connect(presenter.look)
        for line in (card.password.line, card.again.line):
            line.textChanged.connect(self._show_rules)
            line.returnPressed.connect(self._go_on)
        card.target.returnPressed.connect(self._export)
        card.choose.clicked.connect(self._choose)
        card.go.clicked.connect(self._export)
        card.progress.cancel.clicked.connect(presenter.cancel)
        self._propose()
        self._show_rules()
        presenter.watch(self._show)

    def begin(self) -> None:
        """The keyboard goes to the first field; the file's name proposes the present."""
        if not self.card.target.isModified() and not self._presenter.view.busy:
            self._propose()
        self.card.password.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _propose(self) -> None:
        self.card.target.setText(str(self._folder / self._presenter.suggested_name()))
        self.card.target.setModified(False)

    def _show_rules(self) -> None:
        card = self.card
        card.rules.show_rules(self._presenter.rules(card.password.line.text(), card.again.line.text()))
        card.password_question.refuse("")
        card.again_question.refuse("")

    def _go_on(self) -> None:
        """Enter goes to the next field."""
        first = self.card.password.line
        following = self.card.again.line if first.hasFocus() else self.card.target
        following.setFocus(Qt.FocusReason.TabFocusReason)

    def _choose(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self,
            self._say("Where should the workbook stand?"),
            self.card.target.text(),
            self._say("Workbooks") + " (*.xlsx)",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if name:
            self.card.target.setText(name)
            self.card.target.setModified(True)

    def _export(self) -> None:
        card = self.card
        target = Path(card.target.text().strip()).expanduser()
        if target.suffix.lower() != ".xlsx":
            target = target.with_name(target.name + ".xlsx")
        self._presenter.export(target, card.password.line.text(), card.again.line.text())

    def _show(self, view: ExchangeView) -> None:
        if view.busy and not self._looking.isActive():
            self.card.forget_passwords()
            self._looking.start()
        elif not view.busy:
            self._looking.stop()
            if view.result and not self.card.target.isModified():
                self._propose()
        self.card.show_view(view)
        self.result.show_result(view)
        self.earlier.show_rows([earlier_cells(line) for line in view.earlier])
        self.earlier.setVisible(bool(view.earlier))
        self.nothing.setVisible(not view.earlier)


class WorkbookCard(Card):
    """What leaves, its password twice, and where the file is to stand."""

    def __init__(self, say: Texts) -> None:
        super().__init__(say("Workbook for the sponsor"))
        self._say = say
        self.content = Words("", "muted")
        self.head_row.addWidget(self.content)
        self.add_row(self._form())

    def show_view(self, view: ExchangeView) -> None:
        """Show how things stand."""
        self.content.setText(view.content)
        at = {
            "password": self.password_question,
            "again": self.again_question,
            "target": self.target_question,
        }
        for place, question in at.items():
            question.refuse(view.problem if view.place == place else "")
        alone = view.problem if view.problem and not view.place else ""
        self.problem.text.setText(alone)
        self.problem.setVisible(bool(alone))
        for control in (self.password, self.again, self.target, self.choose):
            control.setEnabled(view.may_export and not view.busy)
        self.go.setEnabled(view.may_export)
        self.go.setVisible(not view.busy)
        self.progress.setVisible(view.busy)
        self.progress.show_share(view.share, view.step)

    def forget_passwords(self) -> None:
        """Empty both lines; the work has what it needs."""
        for field in (self.password, self.again):
            field.line.clear()
            field.hide_again()

    def _form(self) -> QWidget:
        say, tokens = self._say, current()
        form = QWidget(self)
        column = QVBoxLayout(form)
        column.setContentsMargins(tokens.pad, tokens.pad, tokens.pad, tokens.pad)
        column.setSpacing(tokens.room)
        column.addWidget(self._purpose())
        column.addLayout(self._secrets())
        self.rules = RuleList(form)
        column.addWidget(self.rules)
        column.addLayout(self._place())
        self.problem = InlineMessage("", "error", parent=form)
        column.addWidget(self.problem)
        self.go = Button(say("Export and check"), "primary", icon_name="export", parent=form)
        column.addWidget(self.go, 0, Qt.AlignmentFlag.AlignLeading)
        self.progress = ProgressBar(say("Cancel"), form)
        column.addWidget(self.progress)
        return form

    def _purpose(self) -> Words:
        say = self._say
        return Words(
            say(
                "Everything that may leave the site, as an encrypted workbook that Excel and LibreOffice open"
                " with the password. Tell the sponsor the password another way; it is not kept anywhere."
            ),
            "muted",
            wrap=True,
        )

    def _secrets(self) -> QHBoxLayout:
        say = self._say
        show = say("Show what is typed")
        self.password = PasswordField(say("Password of the workbook"), show)
        self.again = PasswordField(say("The same password again"), show)
        self.password_question = Question(say("Password of the workbook"), self.password)
        self.again_question = Question(say("The same password again"), self.again)
        row = QHBoxLayout()
        row.setSpacing(current().pad)
        for question in (self.password_question, self.again_question):
            row.addWidget(question, 1, Qt.AlignmentFlag.AlignTop)
        return row

    def _place(self) -> QHBoxLayout:
        say = self._say
        box = QWidget()
        inner = QHBoxLayout(box)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(current().gap)
        self.target = Line(say("File"), ltr=True)
        inner.addWidget(self.target, 1)
        self.choose = Button(say("Choose…"), icon_name="export")
        inner.addWidget(self.choose)
        self.target_question = Question(say("File"), box)
        row = QHBoxLayout()
        row.addWidget(self.target_question, 1)
        return row


def earlier_table(say: Texts) -> TableCard:
    """What was handed over before."""
    columns = (
        Column("", 0),
        Column(say("When"), 0),
        Column(say("By"), 18),
        Column(say("File"), 44),
        Column(say("Rows"), 0),
        Column(say("SHA-256 begins"), 0),
    )
    return TableCard(say("Handed over before"), columns)


def earlier_cells(line: EarlierExport) -> tuple[CellView, ...]:
    """An export as cells."""
    return (
        CellView(icon="complete"),
        CellView(line.when),
        CellView(line.who),
        CellView(line.file, weight=600),
        CellView(line.rows),
        CellView(line.hash, "muted"),
    )

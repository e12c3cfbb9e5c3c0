"""The Exchange page as the window shows it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from crfapp.present.address import Address
from crfapp.ui.entrance.lines import Line, PasswordField, Question
from crfapp.ui.exchange.parts import ProgressBar, ResultBox, RuleList
from crfapp.ui.lists import CellView, Column, TableCard
from crfapp.ui.shell.page import KeyLine
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, Card, InlineMessage, Words
from crfapp.ui.widgets.slim_bar import give_slim_bars
from crfapp.work.cases import Topic

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from crfapp.present.exchange_page import ExchangePage
    from crfapp.present.exchange_view import EarlierExport, ExchangeView
    from crfapp.present.palette import Action
    from crfapp.present.texts import Texts

_CARES = frozenset({Topic.SITE, Topic.SUBJECTS, Topic.EXPORTS})
_LOOK_MS = 100


class ExchangeWindowPage:
    """Implements :class:`crfapp.ui.shell.page.Page`. ``folder`` is where the file is proposed to stand."""

    key = "exchange"
    icon = "exchange"

    def __init__(self, presenter: ExchangePage, say: Texts, folder: Path) -> None:
        self._presenter, self._say, self._folder = presenter, say, folder
        self._stale = False
        self.body = ExchangeBody(say)
        self._looking = QTimer(self.body)
        self._looking.setInterval(_LOOK_MS)
        self._looking.timeout.connect(presenter.look)
        body = self.body
        for line in (body.password.line, body.again.line):
            line.textChanged.connect(self._show_rules)
            line.returnPressed.connect(self._go_on)
        body.target.returnPressed.connect(self._export)
        body.choose.clicked.connect(self._choose)
        body.go.clicked.connect(self._export)
        body.progress.cancel.clicked.connect(presenter.cancel)
        self._propose()
        self._show_rules()
        presenter.watch(self._show)

    @property
    def widget(self) -> QWidget:
        """What is shown."""
        return self.body

    def title(self) -> str:
        """Its name."""
        return self._say("Exchange")

    def badge(self) -> int:
        """Nothing waits here in this version."""
        return 0

    def refresh(self, topics: Collection[Topic]) -> None:
        """Something changed."""
        if _CARES.intersection(topics):
            self._stale = True
            if self.body.isVisible():
                self.shown()

    def shown(self) -> None:
        """Show how things stand now; the file's name proposes the present."""
        if self._stale:
            self._presenter.refresh()
            self._stale = False
        if not self.body.target.isModified() and not self._presenter.view.busy:
            self._propose()
        self.body.password.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def open(self, _at: Address) -> None:
        """There is nothing to turn to."""

    def address(self) -> Address:
        """This page."""
        return Address(self.key)

    def keys(self) -> Sequence[KeyLine]:
        """The keys of this page."""
        return (KeyLine("Enter", self._say("next field, and in the last one export")),)

    def actions(self) -> Sequence[Action]:
        """Nothing to be started from elsewhere."""
        return ()

    def _propose(self) -> None:
        self.body.target.setText(str(self._folder / self._presenter.suggested_name()))
        self.body.target.setModified(False)

    def _show_rules(self) -> None:
        body = self.body
        body.rules.show_rules(self._presenter.rules(body.password.line.text(), body.again.line.text()))
        body.password_question.refuse("")
        body.again_question.refuse("")

    def _go_on(self) -> None:
        """Enter goes to the next field."""
        first = self.body.password.line
        following = self.body.again.line if first.hasFocus() else self.body.target
        following.setFocus(Qt.FocusReason.TabFocusReason)

    def _choose(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self.body,
            self._say("Where should the workbook stand?"),
            self.body.target.text(),
            self._say("Workbooks") + " (*.xlsx)",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if name:
            self.body.target.setText(name)
            self.body.target.setModified(True)

    def _export(self) -> None:
        body = self.body
        target = Path(body.target.text().strip()).expanduser()
        if target.suffix.lower() != ".xlsx":
            target = target.with_name(target.name + ".xlsx")
        self._presenter.export(target, body.password.line.text(), body.again.line.text())

    def _show(self, view: ExchangeView) -> None:
        if view.busy and not self._looking.isActive():
            self.body.forget_passwords()
            self._looking.start()
        elif not view.busy:
            self._looking.stop()
            if view.result and not self.body.target.isModified():
                self._propose()
        self.body.show_view(view)


class ExchangeBody(QScrollArea):
    """The form in a card, what came of it, and what left before."""

    def __init__(self, say: Texts) -> None:
        super().__init__()
        self._say = say
        tokens = current()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        give_slim_bars(self)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its keys reach it from the controls inside
        inside = QWidget()
        inside.setBackgroundRole(QPalette.ColorRole.Window)
        self.setWidget(inside)
        column = QVBoxLayout(inside)
        column.setContentsMargins(tokens.wide, tokens.pad, tokens.wide, tokens.wide)
        column.setSpacing(tokens.room)
        column.addWidget(Words(say("Exchange"), size="title", weight=600))
        self.card = Card(say("Workbook for the sponsor"))
        self.content = Words("", "muted")
        self.card.head_row.addWidget(self.content)
        self.card.add_row(self._form())
        column.addWidget(self.card)
        self.result = ResultBox(say("SHA-256 of the file:"))
        column.addWidget(self.result)
        self.earlier = self._earlier()
        column.addWidget(self.earlier)
        self.nothing = Words(
            say("No workbook was handed over yet; every export will be listed here."), "muted"
        )
        column.addWidget(self.nothing)
        column.addStretch(1)

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
        self.result.show_result(view)
        self.earlier.show_rows([earlier_cells(line) for line in view.earlier])
        self.earlier.setVisible(bool(view.earlier))
        self.nothing.setVisible(not view.earlier)

    def forget_passwords(self) -> None:
        """Empty both lines; the work has what it needs."""
        for field in (self.password, self.again):
            field.line.clear()
            field.hide_again()

    def _form(self) -> QWidget:
        say, tokens = self._say, current()
        form = QWidget(self.card)
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

    def _earlier(self) -> TableCard:
        say = self._say
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

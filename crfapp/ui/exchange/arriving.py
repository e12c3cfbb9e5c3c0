"""The section where packages are taken in: choose files, drop them here, or look on the routes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from crfapp.ui.exchange.packages import show_problem
from crfapp.ui.exchange.parts import ProgressBar
from crfapp.ui.lists import CellView, Column, TableCard
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, Card, FlowRow, InlineMessage, Pill, StatusMark, Words

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from crfapp.present.arriving import Arriving
    from crfapp.present.packages_view import ArrivedLine, ArrivingView, AsideLine, ResultLine
    from crfapp.present.texts import Texts

_MARKS = {"ok": "complete", "info": "expected", "error": "finding"}


class ArrivingSection(QWidget):
    """Taking in, what came of it, what was set aside, what came before. Files can be dropped anywhere."""

    def __init__(self, say: Texts, presenter: Arriving, folder: Path) -> None:
        super().__init__()
        self._say, self._presenter, self._folder = say, presenter, folder
        self.setAcceptDrops(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().room)
        self.card = TakeInCard(say)
        self.results = ResultsCard(say)
        self.aside = AsideCard(say)
        self.arrived = arrived_table(say)
        self.nothing = Words(say("No package was taken in yet; every one will be listed here."), "muted")
        for part in (self.card, self.results, self.aside, self.arrived, self.nothing):
            column.addWidget(part)
        self.card.choose.clicked.connect(self._choose)
        self.card.look.clicked.connect(presenter.look)
        self.card.progress.cancel.clicked.connect(presenter.cancel)
        self.aside.again.connect(presenter.take_again)
        presenter.watch(self._show)

    def begin(self) -> None:
        """The keyboard goes to the first thing that can be done."""
        self.card.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome while nothing is going on."""
        files = [url for url in event.mimeData().urls() if url.isLocalFile()]
        if files and self.card.choose.isEnabled():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take in what was dropped."""
        event.acceptProposedAction()
        urls = event.mimeData().urls()
        self._presenter.take_in([Path(url.toLocalFile()) for url in urls if url.isLocalFile()])

    def _choose(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, self._say("Which packages?"), str(self._folder))
        if names:
            self._folder = Path(names[0]).parent
            self._presenter.take_in([Path(name) for name in names])

    def _show(self, view: ArrivingView) -> None:
        self.card.show_view(view)
        self.results.show_lines(view.results)
        self.aside.show_lines(view.aside, may=view.may_receive and not view.running)
        self.arrived.show_rows([arrived_cells(line) for line in view.arrived])
        self.arrived.setVisible(bool(view.arrived))
        self.nothing.setVisible(not view.arrived and not view.results)


class TakeInCard(Card):
    """Where files come from."""

    def __init__(self, say: Texts) -> None:
        super().__init__(say("Take in packages"))
        tokens = current()
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(tokens.pad, tokens.room, tokens.pad, tokens.room)
        column.setSpacing(tokens.room)
        text = say(
            "Replies with receipts, queries and wishes to lock, and packages of other workstations. Each is"
            " examined before anything of it is taken in. You can also drop files here."
        )
        buttons = QWidget(inside)
        flow = FlowRow(buttons)
        self.choose = Button(say("Choose files…"), "primary", parent=buttons)
        self.look = Button(say("Look where packages are put"), icon_name="search", parent=buttons)
        for button in (self.choose, self.look):
            flow.addWidget(button)
        self.problem = InlineMessage("", "error", parent=inside)
        self.progress = ProgressBar(say("Cancel"), inside)
        self.words = Words(text, "muted", wrap=True, parent=inside)
        for part in (self.words, buttons, self.problem, self.progress):
            column.addWidget(part)
        self.add_row(inside)

    def set_words(self, text: str) -> None:
        """Say otherwise what comes here."""
        self.words.setText(text)

    def show_view(self, view: ArrivingView) -> None:
        """Show what can be done, or what is going on."""
        free = view.may_receive and not view.running
        self.choose.setEnabled(free)
        self.look.setEnabled(free)
        self.look.setVisible(view.routes)
        show_problem(self.problem, view.problem)
        self.progress.setVisible(bool(view.running))
        self.progress.show_share(None, view.running)


class ResultsCard(Card):
    """What came of the files that were taken in last; it stays until the next are."""

    def __init__(self, say: Texts) -> None:
        super().__init__(say("What came of it"))
        self.lines: list[QWidget] = []
        self._shown: tuple[ResultLine, ...] = ()

    def show_lines(self, lines: tuple[ResultLine, ...]) -> None:
        """Show a result for each file."""
        self.setVisible(bool(lines))
        if lines == self._shown:
            return
        self._shown = lines
        for row in self.lines:
            row.hide()
            row.deleteLater()
        self.lines = [result_row(line, self) for line in lines]
        for row in self.lines:
            self.add_row(row)
            row.show()


class AsideCard(Card):
    """Files that were set aside, each with its code and why. ``again`` carries the hash of one."""

    again = Signal(str)

    def __init__(self, say: Texts) -> None:
        super().__init__(say("Set aside"), say("Nothing of these files was taken in; they are kept."))
        self._say = say
        self.lines: list[AsideRow] = []
        self._shown: tuple[AsideLine, ...] = ()

    def show_lines(self, lines: tuple[AsideLine, ...], *, may: bool) -> None:
        """Show what was set aside; ``may``: whether one can be tried again now."""
        self.setVisible(bool(lines))
        if lines != self._shown:
            self._shown = lines
            for row in self.lines:
                row.hide()
                row.deleteLater()
            self.lines = [AsideRow(self._say, line, self) for line in lines]
            for row in self.lines:
                row.again.clicked.connect(lambda _=False, sha256=row.line.sha256: self.again.emit(sha256))
                self.add_row(row)
                row.show()
        for row in self.lines:
            row.again.setEnabled(may)


class AsideRow(QWidget):
    """One file that was set aside."""

    def __init__(self, say: Texts, line: AsideLine, parent: QWidget) -> None:
        super().__init__(parent)
        self.line = line
        tokens = current()
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.pad, tokens.gap, tokens.pad, tokens.gap)
        row.setSpacing(tokens.room)
        row.addWidget(Pill(line.code, "error", parent=self), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(tokens.hair)
        words.addWidget(Words(line.file, weight=600, wrap=True, parent=self))
        words.addWidget(Words(line.why, wrap=True, parent=self))
        words.addWidget(Words(line.came, "muted", size="small", wrap=True, parent=self))
        row.addLayout(words, 1)
        self.again = Button(say("Take in again"), parent=self)
        self.again.setAccessibleName(f"{self.again.text()}: {line.file}")
        self.again.setVisible(line.is_there)
        row.addWidget(self.again, 0, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(f"{line.code}: {line.file}. {line.why}")


def result_row(line: ResultLine, parent: QWidget) -> QWidget:
    """One result: a mark, the sentence, and what to know below it."""
    tokens = current()
    box = QWidget(parent)
    row = QHBoxLayout(box)
    row.setContentsMargins(tokens.pad, tokens.gap, tokens.pad, tokens.gap)
    row.setSpacing(tokens.room)
    row.addWidget(StatusMark(_MARKS[line.grade], line.title, box), 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(tokens.hair)
    tone = line.grade if line.grade in ("ok", "error") else "text"
    words.addWidget(Words(line.title, tone, weight=600, wrap=True, parent=box))
    for note in line.notes:
        words.addWidget(Words(note, wrap=True, parent=box))
    row.addLayout(words, 1)
    box.setAccessibleName(". ".join((line.title, *line.notes)))
    return box


def arrived_table(say: Texts) -> TableCard:
    """What was taken in before."""
    columns = (
        Column("", 0),
        Column(say("When"), 26),
        Column(say("From"), 40),
        Column(say("No."), 0),
        Column(say("New events"), 0),
    )
    return TableCard(say("Taken in before"), columns)


def arrived_cells(line: ArrivedLine) -> tuple[CellView, ...]:
    """A package that came, as cells."""
    return (
        CellView(icon="complete"),
        CellView(line.when),
        CellView(line.sender, weight=600),
        CellView(line.number),
        CellView(line.events),
    )

"""The column beside the list: one event in full, the record of a review, the file, and how to read it all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from crfapp.ui.entrance.lines import Line, Question
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, Card, FlowRow, InlineMessage, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.present.audit_view import AuditLine, AuditView, ReviewLine, TrailExportView
    from crfapp.present.texts import Texts

FORMATS = ("xlsx", "csv", "jsonl")


def padded(parent: QWidget) -> tuple[QWidget, QVBoxLayout]:
    """A row of a card with room around what stands in it."""
    tokens = current()
    inside = QWidget(parent)
    column = QVBoxLayout(inside)
    column.setContentsMargins(tokens.pad, tokens.room, tokens.pad, tokens.room)
    column.setSpacing(tokens.gap)
    return inside, column


class DetailCard(Card):
    """One event with nothing cut off. ``casebook`` and ``past`` are asked for by its buttons."""

    casebook = Signal()
    past = Signal()

    def __init__(self, say: Texts) -> None:
        super().__init__(say("The chosen event"))
        self._say = say
        inside, column = padded(self)
        self.hint = Words(say("Choose a line to read it in full."), "muted", wrap=True, parent=inside)
        column.addWidget(self.hint)
        self._held = QVBoxLayout()
        self._held.setSpacing(current().hair)
        column.addLayout(self._held)
        self.go = Button(say("Go there"), icon_name="place", parent=inside)
        self.was = Button(say("The form as it was then"), icon_name="history", parent=inside)
        for button in (self.go, self.was):
            column.addWidget(button)
        self.go.clicked.connect(self.casebook)
        self.was.clicked.connect(self.past)
        self.add_row(inside)
        self.show_line(None)

    def show_line(self, line: AuditLine | None) -> None:
        """Another event, or none."""
        while (taken := self._held.takeAt(0)) is not None:
            old = taken.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self.hint.setVisible(line is None)
        self.go.setVisible(line is not None and line.address is not None)
        self.was.setVisible(line is not None and line.past is not None)
        if line is None:
            return
        say = self._say
        facts = (
            ("", line.kind, 600),
            (say("When"), f"{line.when} ({line.zone})", 400),
            (say("Who"), say("{name}, {role}", name=line.who, role=line.role), 400),
            (say("Where"), " · ".join(part for part in (line.subject, line.place) if part), 400),
            (say("Before"), line.before, 400),
            (say("From then on") if line.before else say("What it says"), line.after, 400),
            (say("Why"), line.why, 400),
        )
        for name, value, weight in facts:
            if value:
                if name:
                    self._held.addWidget(Words(name, "muted", size="small", parent=self))
                self._held.addWidget(Words(value, weight=weight, wrap=True, parent=self))


class ReviewCard(Card):
    """What was found, and the reviews before. ``recorded`` carries the finding."""

    recorded = Signal(str)

    def __init__(self, say: Texts) -> None:
        super().__init__(say("Review"))
        self._say = say
        inside, column = padded(self)
        self.scope = Words("", "muted", size="small", wrap=True, parent=inside)
        column.addWidget(self.scope)
        self.finding = Line(say("What you found"))
        self.question = Question(say("What you found"), self.finding)
        column.addWidget(self.question)
        self.go = Button(say("Record the review"), "primary", parent=inside)
        column.addWidget(self.go, 0, Qt.AlignmentFlag.AlignLeading)
        self.done = Words("", "ok", weight=600, wrap=True, parent=inside)
        column.addWidget(self.done)
        self.add_row(inside)
        self._past = QWidget(self)
        self._reviews = QVBoxLayout(self._past)
        tokens = current()
        self._reviews.setContentsMargins(tokens.pad, tokens.gap, tokens.pad, tokens.gap)
        self.add_row(self._past)
        self.go.clicked.connect(lambda: self.recorded.emit(self.finding.text()))
        self.finding.returnPressed.connect(lambda: self.recorded.emit(self.finding.text()))

    def show_view(self, view: AuditView) -> None:
        """The scope, what was refused or recorded, and the reviews before."""
        self.scope.setText(self._say("Looked through: {scope}", scope=view.scope))
        self.question.refuse(view.problem if view.where == "finding" else "")
        self.done.setText(view.recorded)
        self.done.setVisible(bool(view.recorded))
        if view.recorded:
            self.finding.clear()
        self._show_reviews(view.reviews)

    def _show_reviews(self, reviews: Sequence[ReviewLine]) -> None:
        while (taken := self._reviews.takeAt(0)) is not None:
            old = taken.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self._past.setVisible(bool(reviews))
        for line in reviews:
            who = f"{line.who} · {line.when}"
            self._reviews.addWidget(Words(who, "muted", size="small", wrap=True, parent=self._past))
            self._reviews.addWidget(Words(line.finding, wrap=True, parent=self._past))
            self._reviews.addWidget(Words(line.scope, "muted", size="small", wrap=True, parent=self._past))


class FileCard(Card):
    """Taking the trail out. ``wanted`` carries the format, and whether all of it is meant."""

    wanted = Signal(str, bool)
    stopped = Signal()

    def __init__(self, say: Texts) -> None:
        super().__init__(say("Take out as a file"))
        self._say = say
        inside, column = padded(self)
        words = say("The file is not encrypted. Answers that stay at the site are not in it.")
        column.addWidget(Words(words, "muted", size="small", wrap=True, parent=inside))
        self.listed = [self._button(say("Listed: {format}", format=name.upper())) for name in FORMATS]
        self.whole = [self._button(say("All: {format}", format=name.upper())) for name in FORMATS]
        for buttons, all_of_it in ((self.listed, False), (self.whole, True)):
            held = QWidget(inside)
            row = FlowRow(held, gap=current().hair)
            for name, button in zip(FORMATS, buttons, strict=True):
                row.addWidget(button)
                button.clicked.connect(
                    lambda _on=False, name=name, whole=all_of_it: self.wanted.emit(name, whole)
                )
            column.addWidget(held)
        self.step = Words("", wrap=True, parent=inside)
        self.cancel = Button(say("Cancel"), parent=inside)
        self.cancel.clicked.connect(self.stopped)
        self.problem = InlineMessage("", "error", parent=inside)
        self.result = Words("", "ok", weight=600, wrap=True, parent=inside)
        self.hash = Words("", "muted", size="small", wrap=True, parent=inside)
        for part in (self.step, self.cancel, self.problem, self.result, self.hash):
            column.addWidget(part)
        self.add_row(inside)

    def ask_where(self, proposed: str) -> str:
        """The file that the person names, or nothing."""
        name, _ = QFileDialog.getSaveFileName(
            self,
            self._say("Where should the file stand?"),
            proposed,
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        return name

    def show_view(self, view: TrailExportView) -> None:
        """How far it is, and what came of it."""
        for button in (*self.listed, *self.whole):
            button.setEnabled(not view.busy)
        self.step.setText(view.step)
        self.step.setVisible(view.busy)
        self.cancel.setVisible(view.busy)
        self.problem.text.setText(view.problem)
        self.problem.setAccessibleName(view.problem)
        self.problem.setVisible(bool(view.problem))
        self.result.setText(view.result)
        self.result.setVisible(bool(view.result))
        half = len(view.sha256) // 2
        halves = f"\u2068{view.sha256[:half]} {view.sha256[half:]}\u2069"
        self.hash.setText(" ".join((self._say("SHA-256 of the file:"), halves)))
        self.hash.setVisible(bool(view.sha256))

    def _button(self, words: str) -> Button:
        return Button(words, parent=self)


class GuideCard(Card):
    """How to read the trail, opened and closed by its button."""

    def __init__(self, say: Texts, sentences: Sequence[str]) -> None:
        super().__init__()
        inside, column = padded(self)
        self.button = Button(say("How to read the trail"), "quiet", icon_name="help", parent=inside)
        self.button.setCheckable(True)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeading)
        self.sentences = [Words(sentence, wrap=True, parent=inside) for sentence in sentences]
        for words in self.sentences:
            column.addWidget(words)
            words.hide()
        self.button.toggled.connect(self._turn)
        self.add_row(inside)

    def _turn(self, shown: bool) -> None:
        for words in self.sentences:
            words.setVisible(shown)

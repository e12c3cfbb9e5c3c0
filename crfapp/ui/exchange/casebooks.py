"""The section in which casebooks are made as PDFs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from crfapp.ui.exchange.packages import show_problem
from crfapp.ui.exchange.parts import ProgressBar
from crfapp.ui.queries.choice_button import ChoiceButton
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, Card, FlowRow, InlineMessage, Words

if TYPE_CHECKING:
    from crfapp.present.casebook_papers import CasebookPapers, CasebooksView
    from crfapp.present.texts import Texts


class CasebooksSection(QWidget):
    """Whose casebook, with what, and the button. ``folder``: where the files are proposed to stand."""

    def __init__(self, say: Texts, presenter: CasebookPapers, folder: Path) -> None:
        super().__init__()
        self._say, self._presenter, self._folder = say, presenter, folder
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.card = CasebooksCard(say)
        column.addWidget(self.card)
        self.card.subject.chosen.connect(presenter.choose)
        self.card.whole.toggled.connect(lambda on: presenter.set_whole(whole=on))
        self.card.make.clicked.connect(self._make)
        presenter.watch(self.card.show_view)

    def begin(self) -> None:
        """The keyboard goes to the first thing that can be done."""
        self.card.make.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make(self) -> None:
        title = self._say("Where should the casebooks stand?")
        name = QFileDialog.getExistingDirectory(self, title, str(self._folder))
        if name:
            self._folder = Path(name)
            self._presenter.make(self._folder)


class CasebooksCard(Card):
    """What a casebook holds, of whom, and how making it stands."""

    def __init__(self, say: Texts) -> None:
        super().__init__(say("Casebooks as PDFs"))
        tokens = current()
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(tokens.pad, tokens.room, tokens.pad, tokens.room)
        column.setSpacing(tokens.room)
        text = say(
            "One file for each subject: visits, answers, findings, queries, signatures and the whole audit"
            " trail. What the study keeps at the site is left out, unless it is asked for here. The files"
            " are not encrypted."
        )
        choices, buttons = QWidget(inside), QWidget(inside)
        self.subject = ChoiceButton(say("Subject"), choices)
        self.whole = Button(say("With what stays at the site"), "pill", icon_name="eye", parent=choices)
        self.whole.setCheckable(True)
        flow = FlowRow(choices)
        for button in (self.subject, self.whole):
            flow.addWidget(button)
        self.make = Button(say("Make PDFs…"), "primary", icon_name="export", parent=buttons)
        FlowRow(buttons).addWidget(self.make)
        self.done = Words("", "ok", weight=600, wrap=True, parent=inside)
        self.problem = InlineMessage("", "error", parent=inside)
        self.progress = ProgressBar(say("Cancel"), inside)
        self.progress.cancel.hide()
        parts: tuple[QWidget, ...] = (choices, buttons, self.progress, self.done, self.problem)
        for part in (Words(text, "muted", wrap=True, parent=inside), *parts):
            column.addWidget(part)
        self.add_row(inside)

    def show_view(self, view: CasebooksView) -> None:
        """Show how things stand."""
        self.subject.show_choices(view.subjects, view.at)
        self.whole.setVisible(view.may_whole)
        self.whole.setChecked(view.whole)
        self.make.setEnabled(len(view.subjects) > 1 and not view.running)
        self.progress.setVisible(bool(view.running))
        self.progress.show_share(None, view.running)
        self.done.setText(view.done)
        self.done.setVisible(bool(view.done))
        show_problem(self.problem, view.problem)

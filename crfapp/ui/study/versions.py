"""The versions of the study on its page: a table, what an amendment changes, putting it in force in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crfapp.ui.choosing import choose_folder
from crfapp.ui.lists import CellView, Column, TableCard
from crfapp.ui.people.act_form import ActForm
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, Card, InlineMessage, Words

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.present.amendment_view import AmendmentsView, RehearsalView, VersionLine
    from crfapp.present.study_amendments import StudyAmendments
    from crfapp.present.texts import Texts


class VersionsSection(QWidget):
    """All of it, one below the other; whoever may not administer sees the table alone."""

    def __init__(self, say: Texts, presenter: StudyAmendments, folder: Path) -> None:
        super().__init__()
        self._say, self._presenter, self._folder = say, presenter, folder
        self._lines: tuple[VersionLine, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().room)
        self.table = versions_table(say)
        self.card = AmendmentCard(say)
        for part in (self.table, self.card):
            column.addWidget(part)
        self.table.opened.connect(lambda row: presenter.open(self._lines[row].content))
        self.card.choose.clicked.connect(self._choose)
        self.card.rehearsal.install.clicked.connect(presenter.install)
        self.card.rehearsal.back.clicked.connect(presenter.give_up)
        self.card.form.wanted.connect(presenter.activate)
        self.card.form.given_up.connect(presenter.give_up)
        presenter.watch(self._show)

    def look(self) -> None:
        """Show the versions as they are now."""
        self._presenter.look()

    def _choose(self) -> None:
        chosen = choose_folder(self, self._say("Which folder holds the amendment?"), self._folder)
        if chosen is not None:
            self._folder = chosen.parent
            self._presenter.choose(chosen)

    def _show(self, view: AmendmentsView) -> None:
        self._lines = view.versions
        self.table.show_rows([version_cells(line) for line in view.versions])
        self.card.setVisible(view.may)
        self.card.show_view(view)


class AmendmentCard(Card):
    """Choosing an amendment, why it is none, what it changes, and its release."""

    def __init__(self, say: Texts) -> None:
        super().__init__(say("Amendment"))
        tokens = current()
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(tokens.pad, tokens.room, tokens.pad, tokens.room)
        column.setSpacing(tokens.room)
        text = say(
            "An amendment is rehearsed first: what it changes for every subject is shown, and nothing is"
            " changed. Installed, it waits; press it above to put it in force once its approvals are there."
        )
        self.choose = Button(say("Choose an amendment…"), icon_name="search", parent=inside)
        self.working = Words("", "muted", wrap=True, parent=inside)
        self.refusal = InlineMessage("", "error", parent=inside)
        self.faults = Words("", wrap=True, parent=inside)
        self.faults.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.done = Words("", "ok", weight=600, wrap=True, parent=inside)
        column.addWidget(Words(text, "muted", wrap=True, parent=inside))
        column.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignLeading)
        for part in (self.working, self.refusal, self.faults, self.done):
            column.addWidget(part)
        self.rehearsal = RehearsalBox(say, self)
        self.form = ActForm(say, self)
        self.add_row(inside)
        self.add_row(self.rehearsal)
        self.add_row(self.form)

    def show_view(self, view: AmendmentsView) -> None:
        """Show how things stand."""
        self.choose.setEnabled(not view.working)
        for words, told in ((self.working, view.working), (self.done, view.done)):
            words.setText(told)
            words.setVisible(bool(told))
        self.refusal.text.setText(view.refusal)
        self.refusal.setAccessibleName(view.refusal)
        self.refusal.setVisible(bool(view.refusal))
        self.faults.setText("\n".join(view.faults))
        self.faults.setVisible(bool(view.faults))
        self.rehearsal.show_view(view.rehearsal, busy=bool(view.working))
        self.form.show_state(view.state)


class RehearsalBox(QWidget):
    """What an amendment changes in the study, and subject by subject."""

    def __init__(self, say: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: RehearsalView | None = None
        tokens = current()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(tokens.pad, tokens.pad, tokens.pad, tokens.pad)
        self._column.setSpacing(tokens.gap)
        self.title = Words("", size="section", weight=600, wrap=True, parent=self)
        self.summary = Words("", weight=500, wrap=True, parent=self)
        self._changes = QVBoxLayout()
        self._subjects = QVBoxLayout()
        foot = QHBoxLayout()
        foot.setSpacing(tokens.gap)
        self.install = Button(say("Make a backup and install it"), "primary", parent=self)
        self.back = Button(say("Not now"), parent=self)
        for button in (self.install, self.back):
            foot.addWidget(button)
        foot.addStretch(1)
        self._in_study = Words(say("In the study"), "muted", weight=600, parent=self)
        self._by_subject = Words(say("By subject, once each has agreed"), "muted", weight=600, parent=self)
        for words in (self.title, self.summary, self._in_study):
            self._column.addWidget(words)
        self._column.addLayout(self._changes)
        self._column.addWidget(self._by_subject)
        self._column.addLayout(self._subjects)
        self._column.addLayout(foot)
        self.hide()

    def show_view(self, view: RehearsalView | None, *, busy: bool) -> None:
        """Show an amendment, or nothing."""
        self.setVisible(view is not None)
        self.install.setEnabled(not busy)
        if view is None or view == self._shown:
            return
        self._shown = view
        self.title.setText(view.title)
        self.setAccessibleName(view.title)
        self.summary.setText(view.summary)
        self._fill(self._changes, view.changes)
        self._fill(self._subjects, tuple(f"{number}: {told}" for number, told in view.subjects))
        for button in (self.install, self.back):
            button.setVisible(view.installable)
        if view.installable:
            self.install.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, into: QVBoxLayout, lines: tuple[str, ...]) -> None:
        while (item := into.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for line in lines:
            into.addWidget(Words(line, wrap=True, parent=self))


def versions_table(say: Texts) -> TableCard:
    """Every version that is kept here."""
    columns = (
        Column(say("Version"), 14),
        Column(say("State"), 0),
        Column(say("Since"), 20),
        Column(say("Approval"), 66),
    )
    return TableCard(say("Versions of the study"), columns)


def version_cells(line: VersionLine) -> tuple[CellView, ...]:
    """One of them as cells."""
    return (
        CellView(line.version, weight=600),
        CellView(line.state, "text" if line.tone else "muted", pill=line.tone),
        CellView(line.since),
        CellView(line.approval, "muted"),
    )

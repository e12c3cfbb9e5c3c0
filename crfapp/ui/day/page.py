"""The page of an injection day as the window shows it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from crfapp.base.problems import AppProblem
from crfapp.present.address import Address
from crfapp.present.texts import isolated
from crfapp.ui.day.subject_card import DayCardView
from crfapp.ui.lists import CellView, Column, TableCard
from crfapp.ui.shell.page import KeyLine
from crfapp.ui.theme import current
from crfapp.ui.widgets import EmptyState, Words
from crfapp.ui.widgets.slim_bar import give_slim_bars
from crfapp.work.cases import Topic

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from crfapp.present.day_page import DayPage
    from crfapp.present.day_view import ComingLine, DayView, WatchedLine
    from crfapp.present.lesion_labels import LesionLabels
    from crfapp.present.palette import Action
    from crfapp.present.texts import Texts
    from crfapp.ui.shell.page import Shell

_CARES = frozenset({Topic.SUBJECTS, Topic.VISITS, Topic.ANSWERS, Topic.FORMS, Topic.PACKAGES, Topic.SITE})
_AGAIN_MS = 60_000
"""How often the page looks again while it is shown: a product grows old by itself."""


class DayWindowPage:
    """Implements :class:`crfapp.ui.shell.page.Page`."""

    key = "day"
    icon = "day"

    def __init__(self, presenter: DayPage, labels: LesionLabels, shell: Shell, say: Texts) -> None:
        self._presenter, self._labels, self._shell, self._say = presenter, labels, shell, say
        self._count: int | None = None
        self.folder = Path.home()
        self.body = DayBody(say)
        self.body.wanted.connect(shell.go)
        self.body.labels_wanted.connect(self._ask_labels)
        self._looking = QTimer(self.body, interval=_AGAIN_MS)
        self._looking.timeout.connect(self._look_again)
        self._looking.start()

    @property
    def widget(self) -> QWidget:
        """What is shown."""
        return self.body

    def title(self) -> str:
        """Its name."""
        return self._say("Injection day")

    def badge(self) -> int:
        """Who comes for a dose today."""
        if self._count is None:
            self._count = self._presenter.count()
        return self._count

    def refresh(self, topics: Collection[Topic]) -> None:
        """Something changed."""
        if _CARES.intersection(topics):
            self._count = None
            self._look_again()

    def shown(self) -> None:
        """Show how things stand now."""
        self._count = None
        self.body.show_view(self._presenter.view())

    def open(self, _at: Address) -> None:
        """There is nothing to turn to."""

    def address(self) -> Address:
        """This page."""
        return Address(self.key)

    def keys(self) -> Sequence[KeyLine]:
        """The keys of this page."""
        say = self._say
        return (
            KeyLine("↑ ↓", say("next or previous line")),
            KeyLine("Enter", say("open the line")),
            KeyLine("F8", say("go to the clocks of those who are being watched")),
        )

    def actions(self) -> Sequence[Action]:
        """Nothing is started here."""
        return ()

    def print_labels(self, subject: str, target: Path) -> None:
        """Write the labels of a subject's lesions into a file."""
        from crfapp.ui.day.labels import print_labels

        try:
            print_labels(self._labels.labels(subject), target, self._say)
        except AppProblem as problem:
            self._shell.tell(problem)
            return
        self.folder = target.parent
        self.body.tell(self._say("The labels are in {file}.", file=isolated(target.name)))

    def _ask_labels(self, subject: str) -> None:
        from crfapp.ui.choosing import choose_place

        proposed = self.folder / self._labels.file_name(subject)
        target = choose_place(self.body, self._say("Print labels"), proposed, "PDF (*.pdf)")
        if target is not None:
            self.print_labels(subject, target)

    def _look_again(self) -> None:
        if self.body.isVisible():
            self.body.show_view(self._presenter.view())


class DayBody(QScrollArea):
    """The day, its subjects, who may come besides, who is watched. ``wanted`` carries an address.

    ``labels_wanted`` carries the subject whose lesions are to have labels.
    """

    wanted = Signal(object)
    labels_wanted = Signal(str)

    def __init__(self, say: Texts) -> None:
        super().__init__()
        self._say = say
        self.view: DayView | None = None
        tokens = current()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(say("Injection day"))
        give_slim_bars(self)
        self._inside = inside = QWidget()
        inside.setBackgroundRole(QPalette.ColorRole.Window)
        self.setWidget(inside)
        self._column = column = QVBoxLayout(inside)
        column.setContentsMargins(tokens.wide, tokens.pad, tokens.wide, tokens.wide)
        column.setSpacing(tokens.room)
        column.addWidget(Words(say("Injection day"), size="title", weight=600))
        self.day = Words("", "muted")
        column.addWidget(self.day)
        self.told = Words("", "ok", parent=inside)
        self.told.hide()
        column.addWidget(self.told)
        self.cards: list[DayCardView] = []
        self._first = column.count()
        self.watched = self._watched()
        self.coming = self._coming()
        column.addWidget(self.watched)
        column.addWidget(self.coming)
        self.empty = EmptyState(
            say("Nobody is due for a dose today"),
            say(
                "Whoever comes today stands here with the window, what was given so far and what is planned."
            ),
            icon="day",
        )
        column.addWidget(self.empty, 1)
        column.addStretch(0)

    def tell(self, words: str) -> None:
        """What has come of something."""
        self.told.setText(words)
        self.told.show()

    def show_view(self, view: DayView) -> None:
        """Show how things stand; the keyboard stays where it was."""
        if view == self.view:
            return
        self.view = view
        self.day.setText(view.day)
        focused = QApplication.focusWidget()
        name = focused.accessibleName() if focused is not None and self.isAncestorOf(focused) else ""
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.cards = [DayCardView(card, self._say, self._inside) for card in view.cards]
        for place, card in enumerate(self.cards):
            self._column.insertWidget(self._first + place, card)
            card.wanted.connect(self._go)
            card.labels_wanted.connect(self.labels_wanted)
            card.show()
        self.watched.show_rows([watched_cells(line) for line in view.watched])
        self.watched.setVisible(bool(view.watched))
        self.coming.show_rows([coming_cells(line) for line in view.coming])
        self.coming.setVisible(bool(view.coming))
        self.empty.setVisible(not view.cards)
        if name:
            self._focus(name)

    def _focus(self, name: str) -> None:
        found = (one for one in self._inside.findChildren(QWidget) if one.accessibleName() == name)
        for one in found:
            if one.isVisibleTo(self):
                one.setFocus()
                return

    def _go(self, to: Address) -> None:
        self.wanted.emit(to)

    def _open_watched(self, number: int) -> None:
        if self.view is not None:
            self._go(self.view.watched[number].address)

    def _open_coming(self, number: int) -> None:
        if self.view is not None:
            self._go(self.view.coming[number].address)

    def _watched(self) -> TableCard:
        say = self._say
        columns = (
            Column("", 0),
            Column(say("Subject"), 0),
            Column(say("Dose ended"), 0),
            Column(say("Measured"), 60),
            Column(say("Observation"), 30),
        )
        card = TableCard(say("Watched today"), columns, say("Open"))
        card.opened.connect(self._open_watched)
        return card

    def _coming(self) -> TableCard:
        say = self._say
        columns = (
            Column("", 0),
            Column(say("Subject"), 0),
            Column(say("Visit"), 30),
            Column(say("When"), 0),
            Column(say("Window"), 24),
            Column(say("What to know"), 24),
        )
        card = TableCard(say("May come today"), columns, say("Open"))
        card.opened.connect(self._open_coming)
        return card


def watched_cells(line: WatchedLine) -> tuple[CellView, ...]:
    """An observation as cells."""
    return (
        CellView(line.tone, icon=line.icon),
        CellView(line.subject, weight=600),
        CellView(line.since),
        CellView(line.points),
        CellView(line.state, line.tone),
    )


def coming_cells(line: ComingLine) -> tuple[CellView, ...]:
    """Somebody who may come, as cells."""
    return (
        CellView(icon=line.icon),
        CellView(line.subject, weight=600),
        CellView(line.visit),
        CellView(line.when, "error" if line.icon == "finding" else "text"),
        CellView(line.window, "muted"),
        CellView(line.know, "muted"),
    )

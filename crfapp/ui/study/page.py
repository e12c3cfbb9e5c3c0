"""The Study page as the window shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from crfapp.present.address import Address
from crfapp.present.study_page import MARKS
from crfapp.present.texts import isolated
from crfapp.ui.shell.page import KeyLine
from crfapp.ui.study.matrix import MatrixGrid, MatrixModel, paint_mark
from crfapp.ui.theme import current
from crfapp.ui.widgets import Banner, Button, Card, Pill, Words
from crfapp.ui.widgets.slim_bar import give_slim_bars
from crfapp.work.cases import Topic

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from crfapp.present.palette import Action
    from crfapp.present.study_page import StudyPage
    from crfapp.present.study_view import ParameterLine, StudyView
    from crfapp.present.texts import Texts
    from crfapp.ui.shell.page import Shell
    from crfapp.ui.study.versions import VersionsSection


class StudyWindowPage:
    """Implements :class:`crfapp.ui.shell.page.Page`."""

    key = "study"
    icon = "study"

    def __init__(
        self, presenter: StudyPage, shell: Shell, say: Texts, *, versions: VersionsSection | None = None
    ) -> None:
        self._presenter, self._shell, self._say = presenter, shell, say
        self._versions = versions
        self.body = StudyBody(presenter, say, versions)
        self.body.preview.clicked.connect(lambda: shell.go(Address("preview")))
        self.body.matrix.opened.connect(self._open)

    @property
    def widget(self) -> QWidget:
        """What is shown."""
        return self.body

    def title(self) -> str:
        """Its name."""
        return self._say("Study")

    def badge(self) -> int:
        """Nothing waits here."""
        return 0

    def refresh(self, topics: Collection[Topic]) -> None:
        """The study in force does not change while somebody is in; which versions are here can."""
        if Topic.SITE in topics and self._versions is not None:
            self._versions.look()

    def shown(self) -> None:
        """The keyboard begins at the preview."""
        self.body.preview.setFocus(Qt.FocusReason.OtherFocusReason)

    def open(self, _at: Address) -> None:
        """There is nothing to turn to."""

    def address(self) -> Address:
        """This page."""
        return Address(self.key)

    def keys(self) -> Sequence[KeyLine]:
        """The keys of the matrix."""
        say = self._say
        return (
            KeyLine("← ↑ → ↓", say("go through visits and forms")),
            KeyLine("Enter", say("preview the form at this visit")),
            KeyLine("PgUp  PgDn", say("scroll the page")),
        )

    def actions(self) -> Sequence[Action]:
        """Nothing to be started from elsewhere."""
        return ()

    def _open(self, row: int, column: int) -> None:
        visit, form = self._presenter.place(row, column)
        if form:
            self._shell.go(Address("preview", visit=visit, form=form))


class StudyBody(QScrollArea):
    """Identity, what waits for the protocol, visits and forms, the figures."""

    def __init__(self, presenter: StudyPage, say: Texts, versions: QWidget | None = None) -> None:
        super().__init__()
        self._say = say
        tokens, view = current(), presenter.view
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        give_slim_bars(self)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its keys reach it from the controls inside
        inside = QWidget()
        inside.setBackgroundRole(QPalette.ColorRole.Window)
        self.setWidget(inside)
        column = QVBoxLayout(inside)
        column.setContentsMargins(tokens.wide, tokens.pad, tokens.wide, tokens.wide)
        column.setSpacing(tokens.room)
        top = QHBoxLayout()
        top.addWidget(Words(say("Study"), size="title", weight=600))
        top.addStretch(1)
        self.preview = Button(say("Preview the forms"), "primary", icon_name="eye")
        top.addWidget(self.preview)
        column.addLayout(top)
        column.addWidget(_identity(view))
        if versions is not None:
            column.addWidget(versions)
        self.confirm = Banner(view.confirm, "warn", parent=inside)
        self.confirm.setVisible(bool(view.confirm))
        column.addWidget(self.confirm)
        self.matrix = MatrixGrid(MatrixModel(presenter), say("Visits and forms"))
        column.addWidget(self._schedule())
        self.parameters = self._figures(view)
        column.addWidget(self.parameters)
        column.addStretch(1)

    def _schedule(self) -> Card:
        tokens, card = current(), Card(self._say("Visits and forms"))
        for mark, words in MARKS.items():
            card.head_row.addWidget(MarkSign(mark))
            card.head_row.addWidget(Words(self._say(words), "muted", size="small"))
        card.add_row(self.matrix)
        hint = Words(self._say("Press a mark to preview the form there."), "muted", size="small", wrap=True)
        hint.setContentsMargins(tokens.pad, tokens.gap, tokens.pad, tokens.gap)
        card.add_row(hint)
        return card

    def _figures(self, view: StudyView) -> Card:
        card = Card(self._say("Figures of the protocol"))
        room = max((Pill(line.confirm).sizeHint().width() for line in view.parameters), default=0)
        for line in view.parameters:
            card.add_row(FigureRow(line, room))
        return card


class FigureRow(QWidget):
    """A figure of the protocol: what it is, its value, whether it waits for the protocol, its source.

    ``room`` is how wide the longest mark is.
    """

    def __init__(self, line: ParameterLine, room: int) -> None:
        super().__init__()
        tokens = current()
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.pad, tokens.gap, tokens.pad, tokens.gap)
        row.setSpacing(tokens.pad)
        row.addWidget(Words(line.title, wrap=True, parent=self), 4)
        row.addWidget(Words(isolated(line.value), weight=600, wrap=True, parent=self), 3)
        self.confirm = Pill(line.confirm, "warn", parent=self)
        self.confirm.setVisible(bool(line.confirm))
        held = QWidget(self)
        held.setFixedWidth(room)
        inside = QHBoxLayout(held)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.confirm)
        inside.addStretch(1)
        row.addWidget(held)
        source = Words(line.source, "muted", wrap=True, parent=self)
        source.setFixedWidth(5 * tokens.pad)
        row.addWidget(source)


class MarkSign(QWidget):
    """A sign of the matrix, for its legend."""

    def __init__(self, mark: str) -> None:
        super().__init__()
        self._mark = mark
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """An icon's size."""
        return QSize(current().icon, current().icon)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The sign."""
        paint_mark(QPainter(self), QPoint(self.width() // 2, self.height() // 2), self._mark)


def _identity(view: StudyView) -> Card:
    """What the study is, under its full title."""
    card, tokens = Card(), current()
    inside = QWidget(card)
    grid = QGridLayout(inside)
    grid.setContentsMargins(tokens.pad, tokens.room, tokens.pad, tokens.room)
    grid.setHorizontalSpacing(tokens.pad)
    grid.setVerticalSpacing(tokens.hair)
    grid.setColumnStretch(1, 1)
    grid.addWidget(Words(view.title, size="section", weight=600, wrap=True, parent=inside), 0, 0, 1, 2)
    for row, (name, value) in enumerate(view.facts, start=1):
        grid.addWidget(Words(name, "muted", parent=inside), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Words(value, wrap=True, parent=inside), row, 1)
    card.add_row(inside)
    return card

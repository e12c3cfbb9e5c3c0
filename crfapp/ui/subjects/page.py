"""The Subjects page as the window shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from crfapp.base.problems import AppProblem
from crfapp.present.address import Address
from crfapp.present.palette import Action
from crfapp.ui.entrance.lines import Line
from crfapp.ui.shell.page import KeyLine
from crfapp.ui.subjects.grid import Grid
from crfapp.ui.subjects.model import GridModel
from crfapp.ui.subjects.strip import VisitStrip
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, EmptyState, Words
from crfapp.work.cases import Topic

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtGui import QKeyEvent

    from crfapp.present.subjects_page import SubjectsPage
    from crfapp.present.texts import Texts
    from crfapp.ui.shell.page import Shell

_CARES = frozenset({Topic.SITE, Topic.SUBJECTS, Topic.VISITS, Topic.ANSWERS, Topic.FORMS, Topic.QUERIES})


class SubjectsWindowPage:
    """Implements :class:`crfapp.ui.shell.page.Page`; what happened elsewhere is shown on coming back."""

    key = "subjects"
    icon = "subjects"

    def __init__(self, presenter: SubjectsPage, shell: Shell, say: Texts) -> None:
        self._presenter, self._shell, self._say = presenter, shell, say
        self._stale = True
        self.model = GridModel(presenter)
        self.body = SubjectsBody(presenter, self.model, say)
        body = self.body
        body.enrol.clicked.connect(self._enrol)
        body.empty.first_step.connect(self._enrol)
        body.grid.opened.connect(self._open_cell)
        body.grid.moved.connect(self._show_detail)
        body.grid.typed.connect(self._type_on)
        body.strip.chosen.connect(self._shell.go)
        body.search.textChanged.connect(lambda text: self._narrow(typed=text))
        body.search.left.connect(self._leave_search)
        body.lesions.clicked.connect(self._go_to_lesions)
        for key, button in body.filters.items():
            button.clicked.connect(lambda _on=False, key=key: self._narrow(to=key))

    @property
    def widget(self) -> QWidget:
        """What is shown."""
        return self.body

    def title(self) -> str:
        """Its name."""
        return self._say("Subjects")

    def badge(self) -> int:
        """Nothing waits here that Today does not count."""
        return 0

    def refresh(self, topics: Collection[Topic]) -> None:
        """Something changed."""
        if _CARES.intersection(topics):
            self._stale = True
            if self.body.isVisible():
                self.shown()

    def shown(self) -> None:
        """Show how things stand now, with the keyboard where it was."""
        if self._stale:
            self._presenter.refresh()
            self._renew()
            self._stale = False
        self.body.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def open(self, at: Address) -> None:
        """Turn to a subject's row."""
        row = self._presenter.find(at.subject) if at.subject else None
        if row is not None:
            self.body.grid.choose(row, max(0, self.body.grid.currentIndex().column()))

    def address(self) -> Address:
        """The chosen subject."""
        index = self.body.grid.currentIndex()
        return Address(self.key, self.model.row(index.row()).subject if index.isValid() else "")

    def keys(self) -> Sequence[KeyLine]:
        """The keys of this page."""
        say = self._say
        return (
            KeyLine("← ↑ → ↓", say("go through the grid")),
            KeyLine("Enter", say("open the casebook at this visit")),
            KeyLine("1 2 3 …", say("show only numbers with these digits")),
            KeyLine("Esc", say("show all again")),
        )

    def actions(self) -> Sequence[Action]:
        """Enrolling."""
        if not self._presenter.may_enrol:
            return ()
        return (Action("enrol", self._say("Enrol a subject"), self._enrol, icon="plus"),)

    def _narrow(self, *, typed: str | None = None, to: str | None = None) -> None:
        self._presenter.narrow(typed=typed, to=to)
        self._renew()

    def _renew(self) -> None:
        """Show the list anew; the chosen subject stays chosen where it is still listed."""
        grid = self.body.grid
        index = grid.currentIndex()
        subject = self.model.row(index.row()).subject if index.isValid() else ""
        column = max(0, index.column())
        self.model.renew()
        self.body.show_counts()
        if self.model.rowCount():
            grid.choose(self._presenter.find(subject) or 0, column)
        else:
            self.body.strip.show_visit(None)

    def _type_on(self, text: str) -> None:
        self.body.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.body.search.setText(self.body.search.text() + text)

    def _leave_search(self, clear: bool) -> None:
        if clear:
            self.body.search.clear()
        self.body.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to_lesions(self) -> None:
        chosen = self.address().subject
        if chosen:
            self._shell.go(Address("lesion", chosen))

    def _open_cell(self, row: int, column: int) -> None:
        self._shell.go(self._presenter.address(row, column if column >= 0 else None))

    def _show_detail(self, row: int, column: int) -> None:
        self.body.strip.show_visit(self._presenter.detail(row, column))

    def _enrol(self) -> None:
        try:
            to = self._presenter.enrol()
        except AppProblem as problem:
            self._shell.tell(problem)
            return
        self._shell.go(to)


class SearchLine(Line):
    """Where numbers are typed; Enter and down go to the grid, Escape clears. ``left`` tells which."""

    left = Signal(bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that leave the line."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down}:
            self.left.emit(False)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit(True)
        else:
            super().keyPressEvent(event)


class SubjectsBody(QWidget):
    """Title and counts, search and filters, grid, and the chosen visit below."""

    def __init__(self, presenter: SubjectsPage, model: GridModel, say: Texts) -> None:
        super().__init__()
        self._presenter, self._say = presenter, say
        tokens = current()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        self.pages = QStackedWidget(self)
        self.grid = Grid(model, self)
        self.grid.setAccessibleName(say("Subjects and their visits"))
        self.none = Words(say("No subject fits."), "muted")
        self.none.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.none.setContentsMargins(0, 2 * tokens.wide, 0, 0)
        self.empty = EmptyState(
            say("No subjects yet"),
            say("Everybody who signed a consent appears here, with a mark for every visit."),
            step=say("Enrol a subject") if presenter.may_enrol else "",
        )
        for part in (self.grid, self.none, self.empty):
            self.pages.addWidget(part)
        column.addWidget(self.pages, 1)
        self.strip = VisitStrip(say("Choose a visit to see its forms."), self)
        column.addWidget(self.strip)
        self.show_counts()

    def show_counts(self) -> None:
        """Say how many are listed, and show the grid or why there is none."""
        self.counts.setText(self._presenter.summary())
        for key, button in self.filters.items():
            button.setChecked(key == self._presenter.filter)
        shown = self.grid if self._presenter.count() else self.none if self._presenter.total() else self.empty
        self.pages.setCurrentWidget(shown)
        self.strip.setVisible(self._presenter.total() > 0)

    def _head(self) -> QWidget:
        tokens, say = current(), self._say
        head = QWidget(self)
        outer = QVBoxLayout(head)
        outer.setContentsMargins(tokens.wide, tokens.pad, tokens.wide, tokens.room)
        outer.setSpacing(tokens.room)
        title = QHBoxLayout()
        title.setSpacing(tokens.room)
        title.addWidget(Words(say("Subjects"), size="title", weight=600))
        self.counts = Words("", "muted")
        title.addWidget(self.counts)
        title.addStretch(1)
        self.lesions = Button(say("Lesions"), icon_name="place", parent=head)
        self.lesions.setToolTip(say("Lesions of the chosen subject on the body map"))
        self.lesions.setVisible(self._presenter.lesions)
        title.addWidget(self.lesions)
        self.enrol = Button(say("Enrol a subject"), "primary", icon_name="plus", parent=head)
        self.enrol.setVisible(self._presenter.may_enrol)
        title.addWidget(self.enrol)
        outer.addLayout(title)
        tools = QHBoxLayout()
        tools.setSpacing(tokens.gap)
        self.search = SearchLine(say("Find a subject by number"), ltr=True)
        self.search.setPlaceholderText(say("Type a number"))
        self.search.setFixedWidth(12 * tokens.pad)
        tools.addWidget(self.search)
        tools.addSpacing(tokens.gap)
        self.filters = {one.key: Button(one.title, "pill") for one in self._presenter.filters()}
        for button in self.filters.values():
            button.setCheckable(True)
            tools.addWidget(button)
        tools.addStretch(1)
        outer.addLayout(tools)
        return head

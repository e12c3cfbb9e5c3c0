"""The sites of a centre in a list that can be narrowed, and the chosen one above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crfapp.present.query_view import Narrowing
from crfapp.ui.centre.site_card import SiteCard
from crfapp.ui.exchange.packages import show_problem
from crfapp.ui.exchange.parts import ProgressBar
from crfapp.ui.lists import CellView, Column, TableCard
from crfapp.ui.queries.choice_button import ChoiceButton
from crfapp.ui.subjects.page import SearchLine
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, FlowRow, InlineMessage, Words

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.present.centre_page import CentrePage
    from crfapp.present.centre_view import CentreView, SiteLine
    from crfapp.present.texts import Texts

_SEARCH = 14


class SitesSection(QWidget):
    """``opened`` carries the id of a site whose records are wanted, ``gone_to`` a place in them as well."""

    opened = Signal(str)
    gone_to = Signal(str, object)

    def __init__(self, say: Texts, presenter: CentrePage, folder: Path) -> None:
        super().__init__()
        self._say, self._presenter = say, presenter
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().room)
        self.done = Words("", "ok", weight=600, wrap=True, parent=self)
        self.problem = InlineMessage("", "error", parent=self)
        self.progress = ProgressBar(say("Cancel"), self)
        self.tools = SiteTools(say, self)
        self.card = SiteCard(say, presenter, folder)
        self.list = sites_table(say)
        self.nothing = Words("", "muted", wrap=True, parent=self)
        parts = (self.tools, self.done, self.problem, self.progress, self.card, self.list, self.nothing)
        for part in parts:
            column.addWidget(part)
        self.list.opened.connect(self._choose)
        self.card.shut.clicked.connect(self._close)
        self.card.open.clicked.connect(self._open)
        self.card.gone_to.connect(self._go)
        self.progress.cancel.clicked.connect(presenter.cancel)
        self.tools.search.textChanged.connect(lambda text: presenter.narrow(typed=text))
        self.tools.search.left.connect(self._leave_search)
        self.tools.only.chosen.connect(lambda key: presenter.narrow(only=key))
        self.tools.order.chosen.connect(lambda key: presenter.narrow(order=key))
        self.tools.check.clicked.connect(lambda: presenter.refresh(walk=True))
        self.tools.again.clicked.connect(lambda: presenter.refresh())
        for keys, run in (("/", self._find), ("Ctrl+Return", self._open), ("Ctrl+Enter", self._open)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)
        presenter.watch(self._show)

    def begin(self) -> None:
        """The keyboard goes to the list."""
        first = self.list.rows[0] if self.list.rows else self.tools.search
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _find(self) -> None:
        self.tools.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _leave_search(self, clear: bool) -> None:
        if clear:
            self.tools.search.clear()
        self.begin()

    def _choose(self, number: int) -> None:
        self._presenter.choose(self._presenter.view.lines[number].site)
        self.card.begin()

    def _close(self) -> None:
        chosen, lines = self._presenter.view.chosen, self._presenter.view.lines
        site = chosen.site if chosen is not None else ""
        self._presenter.choose("")
        place = next((n for n, line in enumerate(lines) if line.site == site), None)
        if place is not None:
            self.list.rows[place].setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self) -> None:
        """The site under the keyboard, or the one whose card is open."""
        view = self._presenter.view
        place = next((n for n, row in enumerate(self.list.rows) if row.hasFocus()), None)
        if place is not None:
            self.opened.emit(view.lines[place].site)
        elif view.chosen is not None and view.chosen.opens:
            self.opened.emit(view.chosen.site)

    def _go(self, to: object) -> None:
        chosen = self._presenter.view.chosen
        if chosen is not None:
            self.gone_to.emit(chosen.site, to)

    def _show(self, view: CentreView) -> None:
        self.done.setText(view.done)
        self.done.setVisible(bool(view.done))
        show_problem(self.problem, view.problem)
        self.progress.setVisible(bool(view.running))
        self.progress.show_share(view.share, view.running)
        self.tools.show_view(view)
        self.card.show_view(view)
        had = bool(self.list.rows)
        self.list.show_rows([site_cells(line) for line in view.lines])
        self.list.setVisible(bool(view.lines))
        self.nothing.setText("" if view.running else view.empty)
        self.nothing.setVisible(bool(view.empty) and not view.running)
        if self.list.rows and not had and self.isVisible() and not self.tools.search.text():
            self.begin()


class SiteTools(QWidget):
    """How the list is narrowed and ordered."""

    def __init__(self, say: Texts, parent: QWidget) -> None:
        super().__init__(parent)
        self._say = say
        flow = FlowRow(self)
        self.search = SearchLine(say("Find a site"), parent=self)
        self.search.setPlaceholderText(say("Code or name"))
        self.search.setFixedWidth(_SEARCH * current().pad)
        self.only = ChoiceButton(say("Which sites"), self)
        self.order = ChoiceButton(say("Order"), self)
        self.again = Button(say("Look again"), "pill", parent=self)
        self.check = Button(say("Check every record"), "pill", icon_name="check", parent=self)
        self.counted = Words("", "muted", parent=self)
        self.counted.setFixedHeight(current().control)
        for part in (self.search, self.only, self.order, self.again, self.check, self.counted):
            flow.addWidget(part)

    def show_view(self, view: CentreView) -> None:
        """Show how the list is narrowed."""
        self.only.show_choices([Narrowing(*one) for one in view.filters], view.narrowed)
        self.order.show_choices([Narrowing(*one) for one in view.orders], view.order)
        self.counted.setText(view.counted)
        self.again.setEnabled(not view.running)
        self.check.setEnabled(not view.running)


def sites_table(say: Texts) -> TableCard:
    """Every site; pressing a line looks at it from near."""
    columns = (
        Column(say("Site"), 22),
        Column(say("Last package"), 20),
        Column(say("Packages"), 13),
        Column(say("Forms complete"), 18),
        Column(say("Open queries"), 13),
        Column(say("Locks asked"), 15),
        Column("", 0),
    )
    return TableCard(say("Sites"), columns)


def site_cells(line: SiteLine) -> tuple[CellView, ...]:
    """A site as cells."""
    return (
        CellView(line.name[0], weight=600, note=line.name[1]),
        CellView(line.last[0], note=line.last[1]),
        CellView(line.packages[0], note=line.packages[1]),
        CellView(line.forms[0], note=line.forms[1]),
        CellView(line.queries[0], note=line.queries[1]),
        CellView(line.locks[0], note=line.locks[1]),
        CellView(line.state, pill=line.tone, tone="muted"),
    )

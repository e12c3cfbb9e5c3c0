"""The Today page as the window shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from crfapp.base.problems import AppProblem
from crfapp.present.address import Address
from crfapp.ui.lists import CellView, Column, TableCard
from crfapp.ui.shell.page import KeyLine
from crfapp.ui.theme import current
from crfapp.ui.today.tiles import Tile
from crfapp.ui.widgets import Button, EmptyState, Words
from crfapp.ui.widgets.slim_bar import give_slim_bars
from crfapp.work.cases import Topic

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from crfapp.present.palette import Action
    from crfapp.present.texts import Texts
    from crfapp.present.today_page import TodayPage
    from crfapp.present.today_view import (
        AskedLine,
        FindingLine,
        FormLine,
        NoticeLine,
        OwedLine,
        TodayView,
        VisitLine,
    )
    from crfapp.ui.shell.page import Shell

_CARES = frozenset(
    {
        Topic.SITE,
        Topic.PEOPLE,
        Topic.SUBJECTS,
        Topic.VISITS,
        Topic.ANSWERS,
        Topic.FORMS,
        Topic.QUERIES,
        Topic.LOCKS,
    }
)
_RECOUNTS = frozenset({Topic.SUBJECTS, Topic.VISITS})


class TodayWindowPage:
    """Implements :class:`crfapp.ui.shell.page.Page`; what happened elsewhere is shown on coming back."""

    key = "today"
    icon = "today"

    def __init__(self, presenter: TodayPage, shell: Shell, say: Texts) -> None:
        self._presenter, self._shell, self._say = presenter, shell, say
        self._stale = True
        self._waiting: int | None = None
        self._addresses: dict[str, tuple[Address, ...]] = {}
        self.body = TodayBody(say)
        self.body.enrol.clicked.connect(self._enrol)
        self.body.empty.first_step.connect(self._enrol)
        for name, card in self.body.cards.items():
            card.opened.connect(lambda number, name=name: self._open_line(name, number))

    @property
    def widget(self) -> QWidget:
        """What is shown."""
        return self.body

    def title(self) -> str:
        """Its name."""
        return self._say("Today")

    def badge(self) -> int:
        """Visits that are due or overdue."""
        if self._waiting is None:
            self._waiting = self._presenter.waiting_count()
        return self._waiting

    def refresh(self, topics: Collection[Topic]) -> None:
        """Something changed."""
        if _RECOUNTS.intersection(topics):
            self._waiting = None
        if _CARES.intersection(topics):
            self._stale = True
            if self.body.isVisible():
                self.shown()

    def shown(self) -> None:
        """Show how things stand now."""
        self._waiting = None
        view = self._presenter.view()
        self._addresses = {
            "notices": tuple(line.address for line in view.notices),
            "visits": tuple(line.address for line in view.visits),
            "owed": tuple(line.address for line in view.owed),
            "queries": tuple(line.address for line in view.queries),
            "findings": tuple(line.address for line in view.findings),
            "forms": tuple(line.address for line in view.forms),
        }
        self.body.show_view(view)
        self._stale = False

    def open(self, _at: Address) -> None:
        """There is nothing to turn to."""

    def address(self) -> Address:
        """This page."""
        return Address(self.key)

    def keys(self) -> Sequence[KeyLine]:
        """The keys of this page."""
        say = self._say
        return (KeyLine("↑ ↓", say("next or previous line")), KeyLine("Enter", say("open the line")))

    def actions(self) -> Sequence[Action]:
        """Enrolling, which the Subjects page offers to the palette."""
        return ()

    def _open_line(self, card: str, number: int) -> None:
        self._shell.go(self._addresses[card][number])

    def _enrol(self) -> None:
        try:
            to = self._presenter.enrol()
        except AppProblem as problem:
            self._shell.tell(problem)
            return
        self._shell.go(to)


class TodayBody(QScrollArea):
    """Greeting, numbers and lists, in one column that scrolls."""

    def __init__(self, say: Texts) -> None:
        super().__init__()
        self._say = say
        tokens = current()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        give_slim_bars(self)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its keys reach it from the controls inside
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        inside.setBackgroundRole(QPalette.ColorRole.Window)
        self.setWidget(inside)
        column = QVBoxLayout(inside)
        column.setContentsMargins(tokens.wide, tokens.pad, tokens.wide, tokens.wide)
        column.setSpacing(tokens.room)
        column.addLayout(self._head())
        tiles = QHBoxLayout()
        tiles.setSpacing(tokens.room)
        self.tiles = [Tile(inside) for _ in range(5)]
        for tile in self.tiles:
            tiles.addWidget(tile)
        column.addLayout(tiles)
        self.cards = self._cards()
        for card in self.cards.values():
            column.addWidget(card)
        self.calm = Words(say("Nothing is due in the next days, and nothing is left unfinished."), "muted")
        column.addWidget(self.calm)
        self.empty = EmptyState(
            say("No subjects yet"),
            say("Visits that are due, open findings and unfinished forms will stand here."),
            icon="today",
            step=say("Enrol a subject"),
        )
        column.addWidget(self.empty, 1)
        column.addStretch(0)

    def _begin(self, view: TodayView) -> str:
        """Who takes the first step at an empty site."""
        say = self._say
        if view.may_enrol:
            return say("Visits that are due, open findings and unfinished forms will stand here.")
        return say("A nurse or an investigator enrols the first subject; what is due will stand here then.")

    def show_view(self, view: TodayView) -> None:
        """Show how things stand."""
        self.greeting.setText(view.greeting)
        self.day.setText(view.day)
        self.enrol.setVisible(view.may_enrol)
        self.empty.button.setVisible(view.may_enrol)
        self.empty.say_next(self._begin(view))
        for tile, shown in zip(self.tiles, view.tiles, strict=True):
            tile.show_tile(shown, view.growth if shown.key == "enrolled" else None)
        rows = {
            "notices": [notice_cells(line) for line in view.notices],
            "visits": [visit_cells(line) for line in view.visits],
            "owed": [owed_cells(line) for line in view.owed],
            "queries": [asked_cells(line) for line in view.queries],
            "findings": [finding_cells(line) for line in view.findings],
            "forms": [form_cells(line) for line in view.forms],
        }
        more = {
            "notices": 0,
            "visits": view.more_visits,
            "owed": view.more_owed,
            "queries": view.more_queries,
            "findings": view.more_findings,
            "forms": view.more_forms,
        }
        for name, card in self.cards.items():
            card.show_rows(rows[name])
            card.setVisible(bool(rows[name]))
            self._notes[name].setText(self._say("and {count} more", count=more[name]) if more[name] else "")
        nobody = view.tiles[-1].number == 0
        self.empty.setVisible(nobody)
        self.calm.setVisible(not nobody and not any(rows.values()))

    def _head(self) -> QHBoxLayout:
        tokens = current()
        row = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(tokens.hair)
        self.greeting = Words("", size="title", weight=600)
        self.day = Words("", "muted")
        words.addWidget(self.greeting)
        words.addWidget(self.day)
        row.addLayout(words, 1)
        self.enrol = Button(self._say("Enrol a subject"), "primary", icon_name="plus")
        row.addWidget(self.enrol, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _cards(self) -> dict[str, TableCard]:
        say = self._say
        visits = (
            Column("", 0),
            Column(say("Subject"), 0),
            Column(say("Visit"), 30),
            Column(say("When"), 0),
            Column(say("Window"), 0),
            Column(say("What to know"), 32),
        )
        owed = (
            Column("", 0),
            Column(say("What"), 58),
            Column(say("Due"), 0),
            Column(say("Visit"), 30),
        )
        findings = (
            Column("", 0),
            Column(say("Item"), 58),
            Column(say("Asked by"), 20),
            Column(say("Visit"), 30),
        )
        names = (Column(say("Subject"), 0), Column(say("Form"), 35), Column(say("Visit"), 34))
        forms = (Column("", 0), *names, Column("", 20))
        cards = {
            "notices": notices_card(say),
            "visits": TableCard(say("Visits"), visits, say("Open")),
            "owed": TableCard(say("Owed"), owed, say("Open")),
            "queries": queries_card(say),
            "findings": TableCard(say("Findings for you"), findings, say("Answer")),
            "forms": TableCard(say("Begun and not complete"), forms, say("Go on")),
        }
        self._notes = {name: Words("", "muted", size="small") for name in cards}
        for name, card in cards.items():
            card.head_row.addWidget(self._notes[name])
        return cards


def notices_card(say: Texts) -> TableCard:
    """What there is to know about accounts and duties."""
    return TableCard(say("People and duties"), (Column("", 0), Column("", 1)), say("Open"))


def queries_card(say: Texts) -> TableCard:
    """Queries of people that wait for this one."""
    columns = (Column("", 0), Column(say("Item"), 58), Column(say("Raised by"), 30), Column(say("Age"), 0))
    return TableCard(say("Queries for you"), columns, say("Open"))


def notice_cells(line: NoticeLine) -> tuple[CellView, ...]:
    """Something to know, as cells."""
    return (CellView(icon=line.icon), CellView(line.text))


def visit_cells(line: VisitLine) -> tuple[CellView, ...]:
    """A visit as cells."""
    return (
        CellView(line.icon_words, icon=line.icon),
        CellView(line.subject, weight=600),
        CellView(line.visit),
        CellView(line.when, pill=line.pill),
        CellView(line.window, "muted"),
        CellView(line.know),
    )


def owed_cells(line: OwedLine) -> tuple[CellView, ...]:
    """What is owed, as cells."""
    return (
        CellView(icon="finding" if line.pill == "error" else "expected"),
        CellView(line.title, weight=600, note=line.text),
        CellView(line.due, pill=line.pill),
        CellView(line.visit, "muted"),
    )


def asked_cells(line: AskedLine) -> tuple[CellView, ...]:
    """A query of a person as cells."""
    return (
        CellView(icon="query"),
        CellView(line.title, weight=600, note=line.text.replace("\n", " ")),
        CellView(line.by, "muted"),
        CellView(line.age, "error" if line.old else "muted", 600 if line.old else 400),
    )


def finding_cells(line: FindingLine) -> tuple[CellView, ...]:
    """A finding as cells."""
    return (
        CellView(icon=line.icon),
        CellView(line.title, weight=600, note=line.text),
        CellView(line.check, "muted"),
        CellView(line.visit, "muted"),
    )


def form_cells(line: FormLine) -> tuple[CellView, ...]:
    """A form as cells."""
    return (
        CellView(icon="in-progress"),
        CellView(line.subject, weight=600),
        CellView(line.title),
        CellView(line.visit, "muted"),
        CellView(line.changed, "muted"),
    )

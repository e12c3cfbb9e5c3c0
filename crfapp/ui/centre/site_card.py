"""The card of one site at a centre: how it stands, its packages, what changed, what was asked to lock."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from crfapp.present.query_view import Narrowing
from crfapp.ui.lists import CellView, Column, TableCard
from crfapp.ui.people.people_cards import FactGrid
from crfapp.ui.queries.choice_button import ChoiceButton
from crfapp.ui.theme import current
from crfapp.ui.widgets import Banner, Button, Card, FlowRow, Words

if TYPE_CHECKING:
    from crfapp.present.centre_page import CentrePage
    from crfapp.present.centre_view import CentreView, ChangeLine, DeltaView, LockLine, PackageLine
    from crfapp.present.texts import Texts


class SiteCard(QWidget):
    """Facts and acts in a card, then what changed, the packages and the wishes to lock.

    ``gone_to`` carries the address of a changed answer.
    """

    gone_to = Signal(object)

    def __init__(self, say: Texts, presenter: CentrePage, folder: Path) -> None:
        super().__init__()
        self._say, self._presenter, self._folder = say, presenter, folder
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().room)
        self.head = Card(say("Site"))
        self.shut = Button(say("Close the card"), "plain", icon_name="close", parent=self.head)
        self.head.head_row.addWidget(self.shut)
        self.head.add_row(self._inside())
        self.delta = DeltaCard(say, presenter)
        self.packages = packages_table(say)
        self.locks = locks_table(say)
        for part in (self.head, self.delta, self.locks, self.packages):
            column.addWidget(part)
        self.delta.table.opened.connect(self._go)
        self.reply.clicked.connect(lambda: presenter.reply(None))
        self.carry.clicked.connect(self._carry)
        self.lock.clicked.connect(presenter.ask_lock)

    def begin(self) -> None:
        """The keyboard goes to the first thing that can be done."""
        first = self.open if self.open.isEnabled() else self.shut
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_view(self, view: CentreView) -> None:
        """Show the chosen site, or nothing."""
        chosen, free = view.chosen, not view.running
        self.setVisible(chosen is not None)
        if chosen is None:
            return
        self.head.title.setText(chosen.title)
        self.head.setAccessibleName(chosen.title)
        self.alarm.show_text("\n".join(chosen.alarms))
        self.alarm.setVisible(bool(chosen.alarms))
        self.facts.show_facts(chosen.facts)
        self.open.setEnabled(chosen.opens)
        for button in (self.reply, self.carry):
            button.setVisible(view.may_send)
            button.setEnabled(chosen.opens and free)
        self.lock.setVisible(view.may_lock)
        self.lock.setEnabled(chosen.opens and free)
        self.delta.show_delta(chosen.delta, free=free)
        self.packages.show_rows([package_cells(line) for line in chosen.packages])
        self.packages.setVisible(bool(chosen.packages))
        self.locks.show_rows([lock_cells(line) for line in chosen.locks])
        self.locks.setVisible(bool(chosen.locks))

    def _inside(self) -> QWidget:
        say, tokens = self._say, current()
        inside = QWidget(self.head)
        column = QVBoxLayout(inside)
        column.setContentsMargins(tokens.pad, tokens.room, tokens.pad, tokens.room)
        column.setSpacing(tokens.room)
        self.alarm = Banner("", "warn", parent=inside)
        self.facts = FactGrid(inside)
        buttons = QWidget(inside)
        flow = FlowRow(buttons)
        self.open = Button(say("Open the records"), "primary", hint="Ctrl+Enter", parent=buttons)
        self.reply = Button(say("Make and send the reply"), icon_name="exchange", parent=buttons)
        self.carry = Button(say("Reply to a stick or folder…"), parent=buttons)
        self.lock = Button(say("Ask to lock the site"), icon_name="lock", parent=buttons)
        for button in (self.open, self.reply, self.carry, self.lock):
            flow.addWidget(button)
        for part in (self.alarm, self.facts, buttons):
            column.addWidget(part)
        return inside

    def _carry(self) -> None:
        title = self._say("To which stick or folder?")
        name = QFileDialog.getExistingDirectory(self, title, str(self._folder))
        if name:
            self._folder = Path(name)
            self._presenter.reply(self._folder)

    def _go(self, number: int) -> None:
        chosen = self._presenter.view.chosen
        if chosen is not None:
            self.gone_to.emit(chosen.delta.lines[number].address)


class DeltaCard(QWidget):
    """Two packages to choose, and the answers that changed from one to the other."""

    def __init__(self, say: Texts, presenter: CentrePage) -> None:
        super().__init__()
        self._say, self._presenter = say, presenter
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().gap)
        self.tools = QWidget(self)
        flow = FlowRow(self.tools)
        self.first = ChoiceButton(say("From"), self.tools)
        self.second = ChoiceButton(say("To"), self.tools)
        self.compare = Button(say("Show what changed"), parent=self.tools)
        self.counted = Words("", weight=600, parent=self.tools)
        since, to = Words(say("Changed from"), "muted", parent=self.tools), Words(say("to"), "muted")
        for words in (since, to, self.counted):
            words.setFixedHeight(current().control)
        for part in (since, self.first, to, self.second, self.compare, self.counted):
            flow.addWidget(part)
        self.table = changes_table(say)
        self.more = Words("", "muted", parent=self)
        for whole in (self.tools, self.table, self.more):
            column.addWidget(whole)
        self._view: DeltaView | None = None
        self.first.chosen.connect(lambda key: self._compare(key, self._at("second")))
        self.second.chosen.connect(lambda key: self._compare(self._at("first"), key))
        self.compare.clicked.connect(lambda: self._compare(self._at("first"), self._at("second")))

    def show_delta(self, view: DeltaView, *, free: bool) -> None:
        """Show what changed."""
        self._view = view
        say = self._say
        packages = [Narrowing(*one) for one in view.choices]
        self.first.show_choices([*packages, Narrowing(_START, say("the beginning"))], view.first or _START)
        self.second.show_choices(packages, view.second)
        self.setVisible(bool(view.choices))
        for button in (self.first, self.second, self.compare):
            button.setEnabled(free)
        self.counted.setText(view.counted)
        self.table.show_rows([change_cells(line) for line in view.lines])
        self.table.setVisible(bool(view.lines))
        self.more.setText(view.more)
        self.more.setVisible(bool(view.more))

    def _at(self, which: str) -> str:
        return str(getattr(self._view, which)) if self._view is not None else ""

    def _compare(self, first: str, second: str) -> None:
        self._presenter.compare("" if first == _START else first, second)


_START = "start"


def changes_table(say: Texts) -> TableCard:
    """Answers that changed; pressing a line opens the casebook there."""
    columns = (
        Column(say("Subject"), 10),
        Column(say("Where"), 24),
        Column(say("Before"), 13),
        Column(say("Now"), 13),
        Column(say("By"), 28),
        Column("", 18),
    )
    return TableCard(say("What changed"), columns)


def change_cells(line: ChangeLine) -> tuple[CellView, ...]:
    """A changed answer as cells."""
    return (
        CellView(line.subject, weight=600),
        CellView(line.question, note=line.place),
        CellView(line.before, "muted"),
        CellView(line.after),
        CellView(line.by, "muted"),
        CellView(line.marks, pill="warn" if line.marks else "", tone="muted"),
    )


def packages_table(say: Texts) -> TableCard:
    """What was taken in, the newest first."""
    columns = (
        Column(say("Package"), 10),
        Column(say("Workstation"), 30),
        Column(say("Made"), 22),
        Column(say("Taken in"), 22),
        Column(say("Events"), 12),
    )
    return TableCard(say("Packages"), columns)


def package_cells(line: PackageLine) -> tuple[CellView, ...]:
    """A package as cells."""
    return (
        CellView(line.number, weight=600),
        CellView(line.sender),
        CellView(line.made, "muted"),
        CellView(line.came),
        CellView(line.events),
    )


def locks_table(say: Texts) -> TableCard:
    """Wishes to lock, and what the site made of them."""
    columns = (
        Column(say("What"), 28),
        Column(say("Asked by"), 28),
        Column(say("Why it was refused"), 40),
        Column("", 0),
    )
    return TableCard(say("Wishes to lock"), columns)


def lock_cells(line: LockLine) -> tuple[CellView, ...]:
    """A wish as cells."""
    return (
        CellView(line.what, weight=600),
        CellView(line.asked, "muted"),
        CellView(line.why),
        CellView(line.state, pill=line.tone, tone="muted"),
    )

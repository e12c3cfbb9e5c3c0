"""The list of people, and the card of one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from crfapp.present.acts import ActState
from crfapp.ui.lists import CellView, Column, TableCard
from crfapp.ui.people.act_form import ActForm
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, Card, FlowRow, InlineMessage, Words

if TYPE_CHECKING:
    from crfapp.present.acts import Act
    from crfapp.present.people import People
    from crfapp.present.people_view import PeopleView, PersonLine
    from crfapp.present.texts import Texts


class PeopleSection(QWidget):
    """List and card. ``password_wanted`` carries a login that has an account and no password."""

    password_wanted = Signal(str)

    def __init__(self, say: Texts, presenter: People) -> None:
        super().__init__()
        self._presenter = presenter
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().room)
        self.problem = InlineMessage("", "error", parent=self)
        self.list = people_card(say)
        self.card = DetailsCard(say, say("Person"))
        for part in (self.problem, self.card, self.list):
            column.addWidget(part)
        self.list.opened.connect(self._choose)
        self.card.act_wanted.connect(self._begin)
        self.card.shut.clicked.connect(self._close)
        self.card.form.wanted.connect(presenter.carry_out)
        self.card.form.given_up.connect(presenter.put_away)
        presenter.watch(self._show)

    def _choose(self, number: int) -> None:
        line = self._presenter.view.lines[number]
        self._presenter.choose(line.login)
        if not line.has_password:
            self.password_wanted.emit(line.login)
        else:
            self.card.begin()

    def _begin(self, key: str) -> None:
        if key == "password" and self._presenter.view.chosen is not None:
            self.password_wanted.emit(self._presenter.view.chosen.login)
        else:
            self._presenter.begin(key)

    def _close(self) -> None:
        login = self._presenter.view.chosen.login if self._presenter.view.chosen is not None else ""
        self._presenter.choose("")
        place = next((n for n, line in enumerate(self._presenter.view.lines) if line.login == login), 0)
        if self.list.rows:
            self.list.rows[place].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, view: PeopleView) -> None:
        self.list.show_rows([person_cells(line) for line in view.lines])
        self.problem.text.setText(view.problem)
        self.problem.setAccessibleName(view.problem)
        self.problem.setVisible(bool(view.problem))
        self.card.show_card(view.chosen, view.state)


class Details(Protocol):
    """What a card shows of one person, or of one workstation."""

    @property
    def title(self) -> str:
        """Who or what it is."""

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """Facts with their names."""

    @property
    def acts(self) -> tuple[Act, ...]:
        """What can be done."""

    @property
    def note(self) -> str:
        """What to know; empty where there is nothing."""


class DetailsCard(Card):
    """Facts, what can be done, and the act that is open. ``act_wanted`` carries its key."""

    act_wanted = Signal(str)

    def __init__(self, say: Texts, title: str) -> None:
        super().__init__(title)
        tokens = current()
        self.shut = Button(say("Close the card"), "plain", icon_name="close")
        self.head_row.addWidget(self.shut)
        self.facts = FactGrid(self)
        self.note = Words("", "muted", size="small", wrap=True, parent=self)
        self.buttons = QWidget(self)
        self._flow = FlowRow(self.buttons)
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(tokens.pad, tokens.pad, tokens.pad, tokens.pad)
        column.setSpacing(tokens.room)
        for part in (self.facts, self.note, self.buttons):
            column.addWidget(part)
        self.form = ActForm(say, self)
        self.add_row(inside)
        self.add_row(self.form)
        self._shown: Details | None = None
        self._acts: dict[str, Button] = {}

    def show_card(self, chosen: Details | None, state: ActState | None) -> None:
        """Show whoever was chosen; None for ``state`` where what goes on belongs elsewhere."""
        state = state or ActState()
        self.setVisible(chosen is not None)
        if chosen is not None and chosen != self._shown:
            self.title.setText(chosen.title)
            self.setAccessibleName(chosen.title)
            self.facts.show_facts(chosen.facts)
            self.note.setText(chosen.note)
            self.note.setVisible(bool(chosen.note))
            self._show_acts(chosen)
        self._shown = chosen
        self.form.show_state(state)
        for button in self._acts.values():
            button.setEnabled(not state.busy)

    def begin(self) -> None:
        """The keyboard goes to the first thing that can be done."""
        first = next(iter(self._acts.values()), self.shut)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def act(self, key: str) -> Button | None:
        """The button of an act, where it can be done."""
        return self._acts.get(key)

    def _show_acts(self, chosen: Details) -> None:
        for button in self._acts.values():
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._acts = {}
        for act in chosen.acts:
            button = Button(act.title, parent=self.buttons)
            button.clicked.connect(lambda _=False, key=act.key: self.act_wanted.emit(key))
            self._flow.addWidget(button)
            button.show()
            self._acts[act.key] = button
        self.buttons.setVisible(bool(self._acts))


class FactGrid(QWidget):
    """Facts with their names, three beside each other."""

    _ACROSS = 3

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._facts: tuple[tuple[str, str], ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(current().pad)
        self._grid.setVerticalSpacing(current().gap)
        for column in range(self._ACROSS):
            self._grid.setColumnStretch(column, 1)

    def show_facts(self, facts: tuple[tuple[str, str], ...]) -> None:
        """Show these; what stands already is left as it is."""
        if facts == self._facts:
            return
        self._facts = facts
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for number, (name, told) in enumerate(facts):
            cell = QWidget(self)
            column = QVBoxLayout(cell)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            column.addWidget(Words(name, "muted", size="small", wrap=True, parent=cell))
            column.addWidget(Words(told, wrap=True, parent=cell))
            cell.setAccessibleName(f"{name}: {told}")
            place = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(cell, number // self._ACROSS, number % self._ACROSS, place)
            cell.show()


def people_card(say: Texts) -> TableCard:
    """Everybody with an account; pressing a line opens the card."""
    columns = (
        Column(say("Name"), 22),
        Column(say("Role"), 25),
        Column(say("Valid"), 15),
        Column(say("Identity and key"), 30),
        Column(say("Training and last login"), 26),
        Column("", 0),
    )
    return TableCard(say("People"), columns)


def person_cells(line: PersonLine) -> tuple[CellView, ...]:
    """Somebody as cells."""
    quiet = "muted" if line.tone == "muted" else "text"
    return (
        CellView(line.name, quiet, 600, note=line.login),
        CellView(line.role, quiet, note=line.organisation),
        CellView(line.valid, quiet),
        CellView(line.identity, quiet, note=line.key),
        CellView(line.trained, quiet, note=line.last_login),
        CellView(line.state, pill=line.tone if line.tone in ("warn", "error") else "", tone="muted"),
    )

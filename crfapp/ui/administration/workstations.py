"""The section about workstations: the list, the card of one, and inviting another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crfapp.present.acts import ActState
from crfapp.present.texts import isolated
from crfapp.ui.choosing import choose_place
from crfapp.ui.lists import CellView, Column, TableCard
from crfapp.ui.people.act_form import ActForm
from crfapp.ui.people.people_cards import DetailsCard
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, Card, FlowRow, Words

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.present.texts import Texts
    from crfapp.present.workstations import Workstations
    from crfapp.present.workstations_view import NodeLine, WorkstationsView


class WorkstationsSection(QWidget):
    """Everything that is heard here, and the way to one more."""

    def __init__(self, say: Texts, presenter: Workstations, folder: Path) -> None:
        super().__init__()
        self._say, self._presenter, self._folder = say, presenter, folder
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().room)
        self.card = DetailsCard(say, say("Workstation"))
        self.list = workstations_table(say)
        self.nothing = Words(
            say("This is the only workstation of the site, as far as is known here."), "muted", parent=self
        )
        self.more = MoreCard(say)
        for part in (self.card, self.list, self.nothing, self.more):
            column.addWidget(part)
        self.list.opened.connect(self._choose)
        self.card.act_wanted.connect(presenter.begin)
        self.card.shut.clicked.connect(self._close)
        for form in (self.card.form, self.more.form):
            form.wanted.connect(presenter.carry_out)
            form.given_up.connect(presenter.put_away)
        self.more.invite.clicked.connect(lambda: self._ask(copy=False))
        self.more.copy.clicked.connect(lambda: self._ask(copy=True))
        presenter.watch(self._show)

    def _choose(self, number: int) -> None:
        self._presenter.choose(self._presenter.view.lines[number].node)
        self.card.begin()

    def _close(self) -> None:
        chosen, lines = self._presenter.view.chosen, self._presenter.view.lines
        node = chosen.node if chosen is not None else ""
        self._presenter.choose("")
        place = next((n for n, line in enumerate(lines) if line.node == node), None)
        if place is not None:
            self.list.rows[place].setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self, *, copy: bool) -> None:
        title = self._say("Where should the invitation stand?")
        proposed = self._folder / ("copy.crfapp-invitation" if copy else "workstation.crfapp-invitation")
        kinds = self._say("Invitations") + " (*.crfapp-invitation)"
        target = choose_place(self, title, proposed, kinds)
        if target is not None:
            if not target.suffix:
                target = target.with_suffix(".crfapp-invitation")
            self._folder = target.parent
            self._presenter.begin_invitation(target, copy=copy)

    def _show(self, view: WorkstationsView) -> None:
        self.list.show_rows([node_cells(line) for line in view.lines])
        self.list.setVisible(bool(view.lines))
        self.nothing.setVisible(not view.lines)
        self.card.show_card(view.chosen, None if view.inviting else view.state)
        self.more.show_view(view, may=self._presenter.may)


class MoreCard(Card):
    """Inviting a second workstation, or making somebody's own copy."""

    def __init__(self, say: Texts) -> None:
        super().__init__(say("Another workstation"))
        tokens = current()
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(tokens.pad, tokens.room, tokens.pad, tokens.room)
        column.setSpacing(tokens.room)
        text = say(
            "A second workstation holds the same records, and both exchange what is recorded. A monitor's"
            " copy is read, compared and asked about, and sends back what its owner recorded."
        )
        column.addWidget(Words(text, "muted", wrap=True, parent=inside))
        buttons = QWidget(inside)
        flow = FlowRow(buttons)
        self.invite = Button(say("Invite a second workstation…"), icon_name="plus", parent=buttons)
        self.copy = Button(say("Make a monitor's copy…"), parent=buttons)
        for button in (self.invite, self.copy):
            flow.addWidget(button)
        column.addWidget(buttons)
        self.no_copy = Words(
            say("A copy is for a monitor or auditor who has chosen an own password and has a signing key."),
            "muted",
            size="small",
            wrap=True,
            parent=inside,
        )
        column.addWidget(self.no_copy)
        self.form = ActForm(say, self)
        self.add_row(inside)
        self.add_row(self.form)

    def show_view(self, view: WorkstationsView, *, may: bool) -> None:
        """Show the invitation that is being made, or its end."""
        self.setVisible(may)
        free = not view.state.busy
        self.invite.setEnabled(free)
        self.copy.setEnabled(free and view.copies)
        self.no_copy.setVisible(not view.copies)
        self.form.show_state(view.state if view.inviting else ActState())


def workstations_table(say: Texts) -> TableCard:
    """Whatever is heard here; pressing a line opens its card."""
    columns = (
        Column(say("Name"), 24),
        Column(say("What it is"), 20),
        Column(say("Code"), 0),
        Column(say("Since"), 22),
        Column(say("Last package"), 26),
        Column("", 0),
    )
    return TableCard(say("Workstations and copies"), columns)


def node_cells(line: NodeLine) -> tuple[CellView, ...]:
    """One of them as cells."""
    quiet = "muted" if line.tone == "error" else "text"
    return (
        CellView(line.label, quiet, 600),
        CellView(line.sort, quiet),
        CellView(isolated(line.code), quiet),
        CellView(line.since, quiet),
        CellView(line.package, quiet),
        CellView(line.state, pill=line.tone),
    )

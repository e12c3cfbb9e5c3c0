"""The section about packages that leave: whom they go to, the outbox, and the card of one package."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from crfapp.ui.exchange.parts import ProgressBar
from crfapp.ui.lists import CellView, Column, TableCard
from crfapp.ui.people.people_cards import FactGrid
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, Card, EmptyState, FlowRow, InlineMessage, Words

if TYPE_CHECKING:
    from crfapp.present.packages_page import Packages
    from crfapp.present.packages_view import ChosenPackage, OutboxLine, PackagesView, PeerLine
    from crfapp.present.texts import Texts
    from crfapp.ui.widgets.button import Variant


class PackagesSection(QWidget):
    """Everybody who gets packages, and the outbox. ``recipients_wanted``: the first step to the first one."""

    recipients_wanted = Signal()

    def __init__(self, say: Texts, presenter: Packages, folder: Path, *, adds: bool) -> None:
        super().__init__()
        self._say, self._presenter, self._folder = say, presenter, folder
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().room)
        self.done = Words("", "ok", weight=600, wrap=True, parent=self)
        self.problem = InlineMessage("", "error", parent=self)
        self.progress = ProgressBar(say("Cancel"), self)
        self.nobody = nobody(say, adds=adds)
        self._peers = QVBoxLayout()
        self._peers.setSpacing(current().room)
        self.card = PackageCard(say)
        self.outbox = outbox_table(say)
        self.older = Words("", "muted", size="small", parent=self)
        above: tuple[QWidget, ...] = (self.done, self.problem, self.progress, self.nobody)
        below: tuple[QWidget, ...] = (self.card, self.outbox, self.older)
        for part in above:
            column.addWidget(part)
        column.addLayout(self._peers)
        for part in below:
            column.addWidget(part)
        self.peers: dict[str, PeerCard] = {}
        self._lines: tuple[PeerLine, ...] = ()
        self.nobody.first_step.connect(self.recipients_wanted)
        self.progress.cancel.clicked.connect(presenter.cancel)
        self.outbox.opened.connect(self._open)
        self.card.shut.clicked.connect(self._close)
        self.card.again.clicked.connect(presenter.send_again)
        self.card.look.clicked.connect(presenter.look_inside)
        self.card.carry.clicked.connect(self._carry)
        presenter.watch(self._show)

    def begin(self) -> None:
        """The keyboard goes to the first thing that can be done."""
        first = next(iter(self.peers.values()), None)
        if first is not None:
            first.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, number: int) -> None:
        self._presenter.choose(self._presenter.view.outbox[number].package)
        self.card.shut.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close(self) -> None:
        chosen, lines = self._presenter.view.chosen, self._presenter.view.outbox
        package = chosen.package if chosen is not None else ""
        self._presenter.choose("")
        place = next((n for n, line in enumerate(lines) if line.package == package), None)
        if place is not None:
            self.outbox.rows[place].setFocus(Qt.FocusReason.OtherFocusReason)

    def _carry(self) -> None:
        title = self._say("To which stick or folder?")
        name = QFileDialog.getExistingDirectory(self, title, str(self._folder))
        if name:
            self._folder = Path(name)
            self._presenter.carry(self._folder)

    def _show(self, view: PackagesView) -> None:
        self.done.setText(view.done)
        self.done.setVisible(bool(view.done))
        show_problem(self.problem, view.problem)
        self.progress.setVisible(bool(view.running))
        self.progress.show_share(None, view.running)
        self.nobody.setVisible(not view.peers)
        if tuple(line.peer for line in view.peers) != tuple(line.peer for line in self._lines):
            self._make_cards(view)
        self._lines = view.peers
        for line in view.peers:
            self.peers[line.peer].show_line(line, may=view.may_send and not view.running)
        self.card.show_package(view.chosen, may=view.may_send and not view.running)
        self.outbox.show_rows([outbox_cells(line) for line in view.outbox])
        self.outbox.setVisible(bool(view.outbox))
        self.older.setText(view.older)
        self.older.setVisible(bool(view.older))

    def _make_cards(self, view: PackagesView) -> None:
        for card in self.peers.values():
            card.hide()
            card.deleteLater()
        self.peers = {line.peer: PeerCard(self._say, line) for line in view.peers}
        for peer, card in self.peers.items():
            self._peers.addWidget(card)
            card.go.clicked.connect(lambda _=False, peer=peer: self._presenter.send_now(peer))
            card.full.clicked.connect(lambda _=False, peer=peer: self._presenter.send_now(peer, full=True))
            card.show()


class PeerCard(Card):
    """One recipient or workstation: how far packages came, and one button to make and send the next."""

    def __init__(self, say: Texts, line: PeerLine) -> None:
        super().__init__(line.name)
        self._say = say
        tokens = current()
        self.what = Words("", "muted", parent=self)
        self.head_row.addWidget(self.what)
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(tokens.pad, tokens.room, tokens.pad, tokens.room)
        column.setSpacing(tokens.room)
        self.alarm = InlineMessage("", "warn", parent=inside)
        self.facts = FactGrid(inside)
        self.waiting = Words("", weight=600, wrap=True, parent=inside)
        buttons = QWidget(inside)
        flow = FlowRow(buttons)
        variant: Variant = "primary" if line.outside else "plain"  # workstations exchange by themselves
        self.go = Button(say("Make and send"), variant, icon_name="export", parent=buttons)
        self.full = Button(say("Make a full package"), parent=buttons)
        self.full.setToolTip(say("Everything from the beginning, for somebody who lost what they had."))
        for button in (self.go, self.full):
            flow.addWidget(button)
        for part in (self.alarm, self.facts, self.waiting, buttons):
            column.addWidget(part)
        self.add_row(inside)

    def show_line(self, line: PeerLine, *, may: bool) -> None:
        """Show how they stand; ``may``: whether something can be sent now."""
        say = self._say
        self.title.setText(line.name)
        self.what.setText(line.what)
        facts = [
            (say("Last made"), line.made),
            (say("Last sent"), line.sent),
            (say("Last confirmed"), line.confirmed),
            (say("Goes to"), line.where),
        ]
        if line.code:
            facts.append((say("Code of their key"), line.code))
        self.facts.show_facts(tuple(facts))
        self.waiting.setText(line.waiting)
        self.waiting.set_tone(line.tone)
        show_problem(self.alarm, line.alarm)
        words = say("Make and send") if line.route else say("Make a package")
        self.go.setText(words)
        for button, told in ((self.go, words), (self.full, say("Make a full package"))):
            button.setAccessibleName(f"{told}: {line.name}")
            button.setEnabled(may)


class PackageCard(Card):
    """One package of the outbox: how far it came, what is in it, and what can be done with it."""

    def __init__(self, say: Texts) -> None:
        super().__init__(say("Package"))
        tokens = current()
        self.shut = Button(say("Close the card"), "plain", icon_name="close", parent=self)
        self.head_row.addWidget(self.shut)
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(tokens.pad, tokens.room, tokens.pad, tokens.room)
        column.setSpacing(tokens.room)
        self.facts = FactGrid(inside)
        self.parts = Words("", "muted", size="small", weight=600, parent=inside)
        self.parts.setText(say("What is in it"))
        self.inside = FactGrid(inside)
        buttons = QWidget(inside)
        flow = FlowRow(buttons)
        self.again = Button(say("Send again"), parent=buttons)
        self.carry = Button(say("Save to a stick…"), parent=buttons)
        self.look = Button(say("Show what is in it"), icon_name="eye", parent=buttons)
        for button in (self.again, self.carry, self.look):
            flow.addWidget(button)
        for part in (self.facts, self.parts, self.inside, buttons):
            column.addWidget(part)
        self.add_row(inside)

    def show_package(self, chosen: ChosenPackage | None, *, may: bool) -> None:
        """Show a package, or nothing; ``may``: whether it can be sent or carried now."""
        self.setVisible(chosen is not None)
        if chosen is None:
            return
        self.title.setText(chosen.title)
        self.setAccessibleName(chosen.title)
        self.facts.show_facts(chosen.facts)
        self.inside.show_facts(chosen.inside)
        for part in (self.parts, self.inside):
            part.setVisible(bool(chosen.inside))
        self.again.setVisible(chosen.can_send)
        for button in (self.again, self.carry):
            button.setEnabled(may)


def show_problem(message: InlineMessage, text: str) -> None:
    """Show a sentence, or take it away."""
    message.text.setText(text)
    message.setAccessibleName(text)
    message.setVisible(bool(text))


def nobody(say: Texts, *, adds: bool) -> EmptyState:
    """What stands here before anybody gets packages; ``adds``: whether this person can begin with it."""
    text = say(
        "Here you see what was sent to the sponsor and what has been confirmed. First an administrator adds"
        " the recipient, from the key that they handed over; then the investigator compares its code."
    )
    step = say("Add a recipient") if adds else ""
    return EmptyState(say("Nobody gets packages yet"), text, icon="exchange", step=step)


def outbox_table(say: Texts) -> TableCard:
    """The packages made here; pressing a line opens its card."""
    columns = (
        Column("", 0),
        Column(say("No."), 0),
        Column(say("For"), 22),
        Column(say("Made"), 22),
        Column(say("Sent"), 26),
        Column(say("Confirmed"), 20),
        Column(say("Size"), 0),
        Column(say("File"), 24),
    )
    return TableCard(say("Outbox"), columns)


def outbox_cells(line: OutboxLine) -> tuple[CellView, ...]:
    """A package as cells."""
    return (
        CellView(icon=line.icon),
        CellView(line.number, weight=600),
        CellView(line.peer, weight=600),
        CellView(line.made, note=line.by),
        CellView(line.sent, note=line.route),
        CellView(line.confirmed),
        CellView(line.size, "muted"),
        CellView(line.file, "muted"),
    )

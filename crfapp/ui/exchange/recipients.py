"""The section about recipients: their codes in large type, and who proposed and who agreed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from crfapp.present.texts import isolated
from crfapp.ui.exchange.packages import show_problem
from crfapp.ui.lists import CellView, Column, TableCard
from crfapp.ui.people.act_form import ActForm
from crfapp.ui.people.people_cards import FactGrid
from crfapp.ui.theme import current
from crfapp.ui.widgets import Banner, Button, Card, FlowRow, InlineMessage, Words

if TYPE_CHECKING:
    from crfapp.present.packages_view import RecipientCard, RecipientLine, RecipientsView
    from crfapp.present.recipients_page import Recipients
    from crfapp.present.texts import Texts


class RecipientsSection(QWidget):
    """This workstation's own code, the card of one recipient, and the list of all."""

    def __init__(self, say: Texts, presenter: Recipients, folder: Path) -> None:
        super().__init__()
        self._say, self._presenter, self._folder = say, presenter, folder
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().room)
        self.done = Words("", "ok", weight=600, wrap=True, parent=self)
        self.problem = InlineMessage("", "error", parent=self)
        self.own = OwnCard(say)
        self.card = RecipientDetails(say)
        self.list = recipients_table(say)
        self.nothing = Words(say("Nobody was proposed yet."), "muted", parent=self)
        for part in (self.done, self.problem, self.card, self.list, self.nothing, self.own):
            column.addWidget(part)
        self.own.add.clicked.connect(lambda: self._read(new=True))
        self.own.give.clicked.connect(self._give)
        self.list.opened.connect(self._choose)
        self.card.shut.clicked.connect(self._close)
        self.card.key.clicked.connect(lambda: self._read(new=False))
        self.card.form.wanted.connect(presenter.carry_out)
        self.card.form.given_up.connect(self._given_up)
        self.card.act_wanted.connect(presenter.begin)
        presenter.watch(self._show)

    def begin(self) -> None:
        """The keyboard goes to the first thing that can be done."""
        first = self.list.rows[0] if self.list.rows else self.own.add
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read(self, *, new: bool) -> None:
        title = self._say("Which file did they hand over?")
        name, _ = QFileDialog.getOpenFileName(self, title, str(self._folder))
        if name:
            self._folder = Path(name).parent
            if new:
                self._presenter.choose("")
            self._presenter.read(Path(name))

    def _give(self) -> None:
        proposed = self._folder / self._presenter.card_name()
        title = self._say("Where should the card of this site stand?")
        name, _ = QFileDialog.getSaveFileName(self, title, str(proposed))
        if name:
            self._presenter.give_card(Path(name))

    def _choose(self, number: int) -> None:
        self._presenter.choose(self._presenter.view.lines[number].recipient)
        self.card.begin()

    def _close(self) -> None:
        chosen, lines = self._presenter.view.chosen, self._presenter.view.lines
        recipient = chosen.recipient if chosen is not None else ""
        self._presenter.choose("")
        place = next((n for n, line in enumerate(lines) if line.recipient == recipient), None)
        if place is not None:
            self.list.rows[place].setFocus(Qt.FocusReason.OtherFocusReason)

    def _given_up(self) -> None:
        self._presenter.put_away()
        self.card.begin()

    def _show(self, view: RecipientsView) -> None:
        self.done.setText(view.done)
        self.done.setVisible(bool(view.done))
        show_problem(self.problem, view.problem)
        self.own.show_code(view.own_code, may_propose=view.may_propose)
        self.card.show_view(view)
        self.list.show_rows([recipient_cells(line) for line in view.lines])
        self.list.setVisible(bool(view.lines))
        self.nothing.setVisible(not view.lines)


class OwnCard(Card):
    """What others need of this site: its own code to be read out, and its card as a file."""

    def __init__(self, say: Texts) -> None:
        super().__init__(say("This workstation"))
        tokens = current()
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(tokens.pad, tokens.room, tokens.pad, tokens.room)
        column.setSpacing(tokens.gap)
        text = say("Read this code out when somebody asks for the code of your site's key.")
        self.code = CodeWords(say("Code of this workstation"), inside)
        buttons = QWidget(inside)
        flow = FlowRow(buttons)
        self.add = Button(say("Add a recipient…"), "primary", icon_name="plus", parent=buttons)
        self.give = Button(say("Save this site's card…"), parent=buttons)
        for button in (self.add, self.give):
            flow.addWidget(button)
        for part in (Words(text, "muted", wrap=True, parent=inside), self.code, buttons):
            column.addWidget(part)
        self._buttons = buttons
        self.add_row(inside)

    def show_code(self, code: str, *, may_propose: bool) -> None:
        """Show the code; the files are for whoever administers."""
        self.code.show_code(code)
        self._buttons.setVisible(may_propose)


class CodeWords(Words):
    """A code in large type, its groups apart, from left to right in every language."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__("", size="title", weight=600, parent=parent)
        self._name = name
        keys = Qt.TextInteractionFlag.TextSelectableByKeyboard
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse | keys)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def show_code(self, code: str) -> None:
        """Show another one; the screen reader hears it sign by sign."""
        self.setText(isolated("  ".join(code.split())) if code else "")
        self.setAccessibleName(f"{self._name}: {' '.join(code)}")
        self.setVisible(bool(code))


class RecipientDetails(Card):
    """One recipient, or what was read from a file: codes, facts, and what can be done.

    ``act_wanted`` carries the key of an act.
    """

    act_wanted = Signal(str)

    def __init__(self, say: Texts) -> None:
        super().__init__(say("Recipient"))
        tokens = current()
        self._say = say
        self.shut = Button(say("Close the card"), "plain", icon_name="close", parent=self)
        self.head_row.addWidget(self.shut)
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(tokens.pad, tokens.room, tokens.pad, tokens.room)
        column.setSpacing(tokens.gap)
        self.warning = Banner("", "warn", parent=inside)
        self.code_title = Words("", "muted", size="small", parent=inside)
        self.code = CodeWords(say("Code of their key"), inside)
        self.before_title = Words(say("Code in force until then"), "muted", size="small", parent=inside)
        self.before = CodeWords(say("Code in force until then"), inside)
        self.facts = FactGrid(inside)
        self.note = Words("", "muted", wrap=True, parent=inside)
        self.buttons = QWidget(inside)
        self._flow = FlowRow(self.buttons)
        codes: tuple[QWidget, ...] = (self.code_title, self.code, self.before_title, self.before)
        for part in (self.warning, *codes, self.facts, self.note, self.buttons):
            column.addWidget(part)
        self.key = Button(say("Give another key…"), parent=self.buttons)
        self.form = ActForm(say, self)
        self.add_row(inside)
        self.add_row(self.form)
        self.acts: dict[str, Button] = {}
        self._shown: RecipientCard | None = None

    def show_view(self, view: RecipientsView) -> None:
        """Show whoever was chosen, or what was read."""
        chosen = view.chosen
        self.setVisible(chosen is not None)
        if chosen is not None and chosen != self._shown:
            self._show_card(chosen, may_propose=view.may_propose)
        self._shown = chosen
        self.form.show_state(view.state)

    def begin(self) -> None:
        """The keyboard goes to the first thing that can be done."""
        first = next(iter(self.acts.values()), self.shut)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_card(self, chosen: RecipientCard, *, may_propose: bool) -> None:
        say = self._say
        self.title.setText(chosen.title)
        self.setAccessibleName(chosen.title)
        self.warning.show_text(chosen.warning)
        self.warning.setVisible(bool(chosen.warning))
        self.code_title.setText(say("Code of the new key") if chosen.before else say("Code of their key"))
        self.code.show_code(chosen.code)
        self.before.show_code(chosen.before)
        self.before_title.setVisible(bool(chosen.before))
        self.facts.show_facts(chosen.facts)
        self.note.setText(chosen.note)
        self.note.setVisible(bool(chosen.note))
        self._show_acts(chosen, may_propose=may_propose)

    def _show_acts(self, chosen: RecipientCard, *, may_propose: bool) -> None:
        for button in self.acts.values():
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.acts = {}
        self._flow.removeWidget(self.key)
        for act in chosen.acts:
            button = Button(act.title, "primary" if act.key == "agree" else "plain", parent=self.buttons)
            button.clicked.connect(lambda _=False, key=act.key: self.act_wanted.emit(key))
            self._flow.addWidget(button)
            button.show()
            self.acts[act.key] = button
        self._flow.addWidget(self.key)
        self.key.setVisible(may_propose and bool(chosen.recipient))
        self.buttons.setVisible(bool(self.acts) or self.key.isVisibleTo(self.buttons))


def recipients_table(say: Texts) -> TableCard:
    """Everybody who was ever proposed; pressing a line opens the card."""
    columns = (
        Column(say("Name"), 24),
        Column(say("What they get"), 26),
        Column(say("Code"), 0),
        Column(say("Proposed by"), 18),
        Column(say("Agreed to by"), 24),
        Column("", 0),
    )
    return TableCard(say("Recipients"), columns)


def recipient_cells(line: RecipientLine) -> tuple[CellView, ...]:
    """A recipient as cells."""
    quiet = "muted" if line.tone == "muted" else "text"
    return (
        CellView(line.name, quiet, 600),
        CellView(line.profile, quiet),
        CellView(isolated(line.code), quiet),
        CellView(line.proposed, quiet),
        CellView(line.agreed, quiet),
        CellView(line.state, pill=line.tone if line.tone in ("warn", "error", "ok") else "", tone="muted"),
    )

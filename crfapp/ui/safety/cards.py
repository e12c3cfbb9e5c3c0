"""The cards of the Safety page: tables of what is owed, of events, stop rules and reports; the open event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from crfapp.ui.lists import CellView, Column, TableCard
from crfapp.ui.people.act_form import ActForm
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, Card, Pill, SegmentedChoice, Words

if TYPE_CHECKING:
    from crfapp.present.safety_view import (
        EventLine,
        HoldLine,
        NoticeCard,
        OwedLine,
        SentLine,
        SignLine,
        SignMatrix,
    )
    from crfapp.present.texts import Texts


def owed_card(say: Texts) -> TableCard:
    """Reports that are owed, what presses most first."""
    columns = (Column("", 0), Column(say("Report"), 60), Column(say("Due"), 0), Column(say("Time"), 0))
    return TableCard(say("The sponsor waits for"), columns, say("Open"))


def owed_cells(line: OwedLine) -> tuple[CellView, ...]:
    """A report that is owed, as cells."""
    return (
        CellView(icon="refusal" if line.tone == "error" else "clock"),
        CellView(line.title, weight=600, note=line.note),
        CellView(line.due, "muted"),
        CellView(line.left, pill=line.tone or "ok"),
    )


def hold_card(say: Texts) -> TableCard:
    """Stop rules, those that nobody has decided about first."""
    columns = (Column("", 0), Column(say("Stop rule"), 60), Column(say("Decision"), 40))
    return TableCard(say("Stop rules"), columns, say("Open"))


def hold_cells(line: HoldLine) -> tuple[CellView, ...]:
    """A stop rule as cells."""
    return (
        CellView(icon="complete" if line.decided else "refusal"),
        CellView(line.title, weight=600, note=line.text),
        CellView(line.decided, "muted"),
    )


def sent_card(say: Texts) -> TableCard:
    """Reports that went out."""
    columns = (
        Column("", 0),
        Column(say("Report"), 40),
        Column(say("Sent"), 0),
        Column(say("How and to whom"), 30),
        Column(say("Confirmed"), 30),
    )
    return TableCard(say("Reports that went out"), columns, say("Open"))


def sent_cells(line: SentLine) -> tuple[CellView, ...]:
    """A report that went out, as cells."""
    return (
        CellView(icon="complete" if line.tone == "ok" else "finding"),
        CellView(line.title, weight=600, note=line.note),
        CellView(line.sent, "error" if line.tone == "error" else "text"),
        CellView(line.how),
        CellView(line.taken, "muted"),
    )


class EventsCard(TableCard):
    """The adverse events of the site. ``narrowed`` carries which of them are to be shown."""

    narrowed = Signal(str)

    def __init__(self, say: Texts, filters: tuple[tuple[str, str], ...]) -> None:
        columns = (
            Column(say("Subject"), 0),
            Column(say("Event"), 45),
            Column(say("Grade"), 0),
            Column(say("When"), 30),
            Column("", 0),
        )
        super().__init__(say("Adverse events"), columns, say("Open"))
        self.filter = SegmentedChoice(filters)
        self.filter.setAccessibleName(say("Which events"))
        self.filter.chosen.connect(self.narrowed)
        strip = QWidget(self)  # a row of its own: large letters need the whole width
        row = QHBoxLayout(strip)
        row.setContentsMargins(current().pad, current().gap, current().pad, current().gap)
        row.addWidget(self.filter)
        row.addStretch(1)
        self.body.insertWidget(0, strip)


def event_cells(line: EventLine) -> tuple[CellView, ...]:
    """An event as cells."""
    return (
        CellView(line.subject, weight=600),
        CellView(line.title, note=line.note),
        CellView(line.grade),
        CellView(line.when, "muted"),
        CellView(line.mark, pill=line.tone) if line.mark else CellView(),
    )


class OpenEventCard(Card):
    """The event that is open: what is known of it, what was judged, and what is to be done."""

    def __init__(self, say: Texts) -> None:
        super().__init__(say("Event"))
        tokens = current()
        self.left = Pill("", "warn")
        self.title.setWordWrap(True)
        self.head_row.setStretch(0, 1)  # it takes what the time that is left does not need
        self.head_row.setStretch(1, 0)
        self.head_row.addWidget(self.left)
        inside = QWidget(self)
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(tokens.pad, tokens.gap, tokens.pad, tokens.gap)
        self._grid.setHorizontalSpacing(tokens.pad)
        self._grid.setVerticalSpacing(tokens.gap)
        self._grid.setColumnStretch(1, 1)
        self._shown: tuple[tuple[str, str], ...] = ()
        self.go_to_event = Button(say("Open the event"), icon_name="pen")
        self.begin = Button(say("Begin the report"), icon_name="plus")
        self.make = Button(say("Make the report (F9)"), "primary", icon_name="print")
        self.send = Button(say("It was sent…"), icon_name="check")
        buttons = QWidget(self)
        row = QHBoxLayout(buttons)
        row.setContentsMargins(tokens.pad, tokens.room, tokens.pad, tokens.room)
        row.setSpacing(tokens.gap)
        for button in (self.make, self.send, self.begin, self.go_to_event):
            row.addWidget(button)
        row.addStretch(1)
        self.form = ActForm(say, self)
        self.add_row(inside)
        self.add_row(buttons)
        self.add_row(self.form)

    def show_card(self, card: NoticeCard | None) -> None:
        """Show another event, or the same as it stands now."""
        self.setVisible(card is not None)
        if card is None:
            return
        self.title.setText(card.title)
        self.left.setText(card.left)
        self.left.set_tone(card.tone)
        self.left.setVisible(bool(card.left))
        self._show_facts((*card.facts, *card.judged))
        for name, button in (("begin", self.begin), ("make", self.make), ("send", self.send)):
            button.setVisible(name in card.may)
        self.form.show_state(card.state)

    def _show_facts(self, facts: tuple[tuple[str, str], ...]) -> None:
        if facts == self._shown:
            return
        self._shown = facts
        while (taken := self._grid.takeAt(0)) is not None:
            old = taken.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for row, (name, value) in enumerate(facts):
            self._grid.addWidget(Words(name, "muted", wrap=True), row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(Words(value, wrap=True), row, 1, Qt.AlignmentFlag.AlignTop)


class SignsBox(QWidget):
    """The signs of a subject over the checklists. ``opened`` carries the number of the line."""

    opened = Signal(int)

    def __init__(self, say: Texts) -> None:
        super().__init__()
        self._say = say
        self._columns: tuple[str, ...] = ()
        self.table: TableCard | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)

    def show_signs(self, signs: SignMatrix | None) -> None:
        """Show a subject's; nothing where there is no checklist, or no sign ever was there."""
        self.setVisible(signs is not None and bool(signs.lines))
        if signs is None or not signs.lines:
            return
        if self.table is None or signs.columns != self._columns:
            self._make(signs)
        if self.table is not None:
            self.table.title.setText(self._say("Signs of {subject}", subject=signs.subject))
            self.table.show_rows([sign_cells(line) for line in signs.lines])

    def _make(self, signs: SignMatrix) -> None:
        if self.table is not None:
            self.table.hide()
            self.table.deleteLater()
        self._columns = signs.columns
        days = (Column(day, 10) for day in signs.columns)
        columns = (Column(self._say("Symptom or finding"), 30), *days)
        self.table = TableCard(self._say("Signs"), columns, self._say("Open"))
        self.table.opened.connect(self.opened)
        note = self._say("A dot: nobody asked. 0: asked, and it was not there.")
        self.table.head_row.addWidget(Words(note, "muted", size="small"))
        self.layout().addWidget(self.table)  # type: ignore[union-attr]  # it was given one


def sign_cells(line: SignLine) -> tuple[CellView, ...]:
    """A sign over the checklists, as cells."""
    scores = (
        CellView(cell.score, "text" if cell.there else "muted", 600 if cell.there else 400, note=cell.event)
        for cell in line.cells
    )
    return (CellView(line.title), *scores)


class ContactCard(Card):
    """How the sponsor's safety desk is reached, or that nobody said."""

    def __init__(self, say: Texts) -> None:
        super().__init__(say("Safety desk of the sponsor"))
        tokens = current()
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(tokens.pad, tokens.gap, tokens.pad, tokens.room)
        self.words = Words("", wrap=True, parent=inside)
        self.missing = Words("", "warn", wrap=True, parent=inside)
        column.addWidget(self.words)
        column.addWidget(self.missing)
        self.add_row(inside)

    def show_contact(self, contact: str, missing: str) -> None:
        """Show it; nothing where the study asks for no reports."""
        self.words.setText(contact)
        self.words.setVisible(bool(contact))
        self.missing.setText(missing)
        self.missing.setVisible(bool(missing))
        self.setVisible(bool(contact or missing))

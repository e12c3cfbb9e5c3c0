"""One subject on an injection day, as the page shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crfapp.present.texts import isolated
from crfapp.ui.lists import CellView, Column, TableCard
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, FlowRow, InlineMessage, Pill, Words

if TYPE_CHECKING:
    from crfapp.present.address import Address
    from crfapp.present.day_view import Fact, FormButton, LesionLine, Remark, SubjectCard
    from crfapp.present.texts import Texts

_OPEN = "open"


class DayCardView(TableCard):
    """Its lesions are a table; above them what stands against the dose and the product, below the forms.

    ``wanted`` carries the address that was chosen, ``labels_wanted`` the subject whose labels are to print.
    """

    wanted = Signal(object)
    labels_wanted = Signal(str)
    _below = 0

    def __init__(self, card: SubjectCard, say: Texts, parent: QWidget) -> None:
        columns = (
            Column(say("Lesion"), 0),
            Column(say("Where"), 30),
            *((Column(say("Given so far"), 26), Column(say("Last time"), 26)) if _had_any(card) else ()),
            Column(say("Planned today"), 26),
            Column(say("Today"), 24),
        )
        super().__init__(f"{card.subject} · {isolated(card.visit)}", columns, parent=parent)
        self._say, self._card = say, card
        self._addresses = tuple(line.address for line in card.lesions)
        self.head_row.addWidget(Words(card.when, "muted", size="small", parent=self))
        self.head_row.addSpacing(current().gap)
        self.standing = Pill(card.pill, card.tone, parent=self)
        self.head_row.addWidget(self.standing)
        if card.lesions:
            self.labels = Button("", "quiet", icon_name="print", parent=self)
            self.labels.setAccessibleName(say("Print labels of {subject}", subject=card.subject))
            self.labels.setToolTip(say("Print labels"))
            self.labels.clicked.connect(lambda: self.labels_wanted.emit(card.address.subject))
            self.head_row.addWidget(self.labels)
        self.open = Button(say("Open") if card.begun else say("Begin the visit"), "plain", parent=self)
        self.open.setAccessibleName(f"{self.open.text()}, {card.subject} {card.visit}")
        self.open.clicked.connect(lambda: self.wanted.emit(card.address))
        self.head_row.addWidget(self.open)
        self.body.insertWidget(0, self._above())
        if card.forms:
            self.body.addWidget(self._forms(card.forms))
            self._below = 1
        self.header.setVisible(bool(card.lesions))
        self.show_rows([lesion_cells(line, before=_had_any(card)) for line in card.lesions])
        self.opened.connect(lambda number: self.wanted.emit(self._addresses[number]))

    def add_row(self, row: QWidget) -> None:
        """Put a lesion before the forms."""
        self.body.insertWidget(self.body.count() - self._below, row)

    def _above(self) -> QWidget:
        tokens, card = current(), self._card
        above = QWidget(self)
        column = QVBoxLayout(above)
        column.setContentsMargins(tokens.pad, tokens.gap, tokens.pad, tokens.gap)
        column.setSpacing(tokens.hair)
        for remark in card.remarks:
            column.addWidget(self._remark(remark))
        if card.checked:
            column.addWidget(Words(card.checked, "ok", size="small", wrap=True, parent=above))
        facts = QWidget(above)
        flow = FlowRow(facts, gap=tokens.pad)
        for fact in card.product:
            flow.addWidget(fact_line(fact, facts))
        flow.addWidget(Words(card.total, "muted", parent=facts))
        column.addWidget(facts)
        return above

    def _remark(self, remark: Remark) -> InlineMessage:
        message = InlineMessage(remark.text, remark.grade, actions=((_OPEN, self._say("Open")),), parent=self)
        for link in message.links:
            link.setAccessibleName(f"{link.text()}: {remark.text}")
        message.chosen.connect(lambda _key: self.wanted.emit(remark.address))
        return message

    def _forms(self, forms: tuple[FormButton, ...]) -> QWidget:
        tokens = current()
        strip = QWidget(self)
        flow = FlowRow(strip)
        flow.setContentsMargins(tokens.pad, tokens.gap, tokens.pad, tokens.room)
        for form in forms:
            button = Button(form.title, "pill", icon_name=form.icon, parent=strip)
            button.setAccessibleName(f"{form.title}, {form.words}")
            button.setToolTip(form.words)
            button.clicked.connect(lambda _=False, to=form.address: self._go(to))
            flow.addWidget(button)
        return strip

    def _go(self, to: Address) -> None:
        self.wanted.emit(to)


def fact_line(fact: Fact, parent: QWidget) -> QWidget:
    """A fact with its name, muted, before it."""
    line = QWidget(parent)
    line.setAccessibleName(f"{fact.name}: {fact.value}")
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(current().hair)
    row.addWidget(Words(fact.name, "muted", parent=line))
    row.addWidget(Words(fact.value, fact.tone, weight=400 if fact.tone == "text" else 600, parent=line))
    return line


def _had_any(card: SubjectCard) -> bool:
    """Whether a lesion was given anything before: at the first dose nothing is told of that."""
    return any(line.so_far or line.last for line in card.lesions)


def lesion_cells(line: LesionLine, *, before: bool) -> tuple[CellView, ...]:
    """A lesion as cells, with what it got ``before`` or without; what is not treated stands back."""
    tone = "text" if line.treated else "muted"
    return (
        CellView(line.label, tone, 600),
        CellView(line.where, tone, note=line.role),
        *((CellView(line.so_far, tone), CellView(line.last, "muted")) if before else ()),
        CellView(line.planned, tone, 600),
        CellView(line.today, tone),
    )

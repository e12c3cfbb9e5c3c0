"""All lesions of a subject: on the body map, and as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout

from crfapp.present.address import Address
from crfapp.present.palette import CASEBOOK
from crfapp.ui.body import BodyMap
from crfapp.ui.lesion.cells import state_cell
from crfapp.ui.lesion.scrolling import ScrollingColumn
from crfapp.ui.lists import CellView, Column, TableCard
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, Card, EmptyState, Words

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from crfapp.present.lesion_view import LesionLine, LesionList
    from crfapp.present.texts import Texts

_MAP_WIDE = 26
"""Of the map's card, in rooms of the tokens' ``pad``."""
_BESIDE = 58
"""With less room than this, in the same measure, the table stands above the map instead of beside it."""


class RegistryBody(ScrollingColumn):
    """``opened`` carries the row of a lesion, ``wanted`` an address."""

    opened = Signal(str)
    wanted = Signal(object)

    def __init__(self, say: Texts) -> None:
        super().__init__()
        self._say = say
        self.view: LesionList | None = None
        self.map: BodyMap | None = None
        tokens = current()
        column = self.column
        column.addLayout(self._head())
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(tokens.room)
        self.card = Card(say("Body map"))
        self.card.setFixedWidth(_MAP_WIDE * tokens.pad)
        self._told = Words("", "muted", size="small")
        self._told.setContentsMargins(tokens.pad, tokens.hair, tokens.pad, tokens.gap)
        self._row.addWidget(self.card, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        self.table = TableCard(
            say("Lesions"),
            (
                Column(say("Lesion"), 2),
                Column(say("Place"), 3),
                Column(say("State"), 0),
                Column(say("Area"), 0),
                Column(say("Change from baseline"), 0),
                Column(say("Last seen"), 0),
            ),
        )
        self.table.opened.connect(self._press)
        self._row.addWidget(self.table, 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(self._row)
        self.empty = EmptyState(say("No lesions yet"), "", icon="place", step=say("Open the form"))
        self.empty.first_step.connect(self._go_to_form)
        column.addWidget(self.empty, 1)
        column.addStretch(1)

    def show_list(self, view: LesionList) -> None:
        """Show the lesions of a subject."""
        self.view = view
        self.title.setText(view.title)
        self.table.show_rows([_cells(line) for line in view.lines])
        self.table.setVisible(bool(view.lines))
        self.card.setVisible(bool(view.lines))
        self.empty.setVisible(not view.lines)
        self.empty.words.setText(view.none)
        self.empty.setAccessibleName(view.none)
        if view.map is None:
            return
        if self.map is None:
            self.map = BodyMap(view.map, opens=True, parent=self.card)
            self.map.pressed.connect(self.opened)
            self.map.told.connect(self._told.setText)
            self.map.setFixedHeight(self.map.sizeHint().height())
            self.card.add_row(self.map)
            self.card.add_row(self._told)
        else:
            self.map.show_view(view.map)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside each other where both have room; else the table first, over the whole width."""
        super().resizeEvent(event)
        ways = QBoxLayout.Direction
        narrow = event.size().width() < _BESIDE * current().pad
        self._row.setDirection(ways.BottomToTop if narrow else ways.LeftToRight)

    def focus_first(self) -> None:
        """The keyboard begins at the map."""
        first = self.empty.button if self.view is not None and not self.view.lines else self.map
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.title = Words("", size="title", weight=600)
        row.addWidget(self.title, 1)
        self.casebook = Button(self._say("Casebook"), icon_name="subjects")
        self.casebook.clicked.connect(self._go_to_casebook)
        row.addWidget(self.casebook)
        self.form = Button(self._say("Edit in the form"), icon_name="pen")
        self.form.clicked.connect(self._go_to_form)
        row.addWidget(self.form)
        return row

    def _press(self, number: int) -> None:
        if self.view is not None:
            self.opened.emit(self.view.lines[number].row)

    def _go_to_form(self) -> None:
        if self.view is not None and self.view.registry is not None:
            self.wanted.emit(self.view.registry)

    def _go_to_casebook(self) -> None:
        if self.view is not None:
            self.wanted.emit(Address(CASEBOOK, self.view.subject))


def _cells(line: LesionLine) -> tuple[CellView, ...]:
    return (
        CellView(line.label, weight=600, note=line.role),
        CellView(line.site, note=line.side),
        state_cell(line.state),
        CellView(line.area),
        CellView(line.change, weight=600),
        CellView(line.seen, "muted"),
    )

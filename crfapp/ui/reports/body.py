"""What the Reports page is made of: which report, of whom, its plots and its tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from crfapp.present.query_view import Narrowing
from crfapp.present.reports.booklet import shown
from crfapp.ui.lists.table_card import CellView, Column, TableCard
from crfapp.ui.queries.choice_button import ChoiceButton
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, Card, FlowRow, InlineMessage, Words
from crfapp.ui.widgets.plot import Plot
from crfapp.ui.widgets.slim_bar import give_slim_bars

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.present.plot_view import PlotView
    from crfapp.present.reports.view import ReportTable, ReportView
    from crfapp.present.texts import Texts

_SHARES = {"text": 5, "short": 3, "number": 3, "day": 4}
MOST_ROWS = 150
"""So many rows of a table are shown; all are in the file."""


class ReportsBody(QScrollArea):
    """``turned`` carries the key of a report, ``narrowed`` the id of a subject (empty for all)."""

    turned = Signal(str)
    narrowed = Signal(str)

    def __init__(self, say: Texts, kinds: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._say = say
        tokens = current()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        give_slim_bars(self)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setBackgroundRole(QPalette.ColorRole.Window)
        self.setWidget(inside)
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(tokens.wide, tokens.pad, tokens.wide, tokens.wide)
        self._column.setSpacing(tokens.room)
        self._column.addLayout(self._head(inside))
        self._column.addWidget(self._choices(inside, kinds))
        self.about = Words("", "muted", wrap=True, parent=inside)
        self.done = Words("", "ok", weight=600, wrap=True, parent=inside)
        self.problem = InlineMessage("", "error", parent=inside)
        for part in (self.about, self.done, self.problem):
            self._column.addWidget(part)
        self.problem.hide()
        self.done.hide()
        self._held: list[QWidget] = []
        self._column.addStretch(1)

    def show_view(self, view: ReportView) -> None:
        """Another report, or the same as things stand now."""
        for key, button in self.kinds.items():
            button.setChecked(key == view.key)
        self.about.setText(view.about)
        self.subject.setVisible(bool(view.subjects))
        self.subject.show_choices([Narrowing(key, title) for key, title in view.subjects], view.subject)
        for old in self._held:
            self._column.removeWidget(old)
            old.setParent(None)
            old.deleteLater()
        self._held = [*map(self._plot, view.plots), *map(self._table, view.tables)]
        if not self._held:
            self._held = [self._nothing(view.none)]
        for number, part in enumerate(self._held):
            self._column.insertWidget(self._column.count() - 1, part)
            part.setObjectName(f"report-{number}")
            part.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def say_done(self, words: str) -> None:
        """What was written where."""
        self.done.setText(words)
        self.done.setVisible(bool(words))
        self.problem.hide()

    def refuse(self, words: str) -> None:
        """Why nothing was written."""
        self.done.hide()
        self.problem.text.setText(words)
        self.problem.show()

    def _head(self, inside: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(current().gap)
        row.addWidget(Words(self._say("Reports"), size="title", weight=600, parent=inside))
        row.addStretch(1)
        self.export = Button(self._say("Export the data…"), icon_name="export", parent=inside)
        self.print = Button(self._say("Make a PDF…"), "primary", icon_name="print", parent=inside)
        row.addWidget(self.export)
        row.addWidget(self.print)
        return row

    def _choices(self, inside: QWidget, kinds: Sequence[tuple[str, str]]) -> QWidget:
        choices = QWidget(inside)
        flow = FlowRow(choices)
        self.kinds: dict[str, Button] = {}
        for key, title in kinds:
            button = Button(title, "pill", parent=choices)
            button.setCheckable(True)
            button.clicked.connect(lambda _on=False, at=key: self.turned.emit(at))
            self.kinds[key] = button
            flow.addWidget(button)
        self.subject = ChoiceButton(self._say("Subject"), choices)
        self.subject.chosen.connect(self.narrowed)
        flow.addWidget(self.subject)
        return choices

    def _plot(self, view: PlotView) -> QWidget:
        tokens = current()
        card = Card(parent=self.widget())
        inside = QWidget(card)
        column = QVBoxLayout(inside)
        column.setContentsMargins(tokens.pad, tokens.room, tokens.pad, tokens.room)
        column.addWidget(Plot(view, inside))
        card.add_row(inside)
        return card

    def _table(self, table: ReportTable) -> QWidget:
        columns = [Column(column.title, _SHARES[column.sort]) for column in table.columns]
        card = TableCard(table.title or self._say("In figures"), columns, parent=self.widget())
        card.show_rows(
            [
                [
                    CellView(shown(column, value, self._say))
                    for column, value in zip(table.columns, row, strict=True)
                ]
                for row in table.rows[:MOST_ROWS]
            ]
        )
        more = len(table.rows) - MOST_ROWS
        if more > 0:
            words = self._say.many(
                "{count} more row is in the exported data", "{count} more rows are in the exported data", more
            )
            card.add_row(Words(words, "muted", parent=card))
        return card

    def _nothing(self, words: str) -> QWidget:
        return Words(words, "muted", wrap=True, parent=self.widget())

"""Monitoring visits: the list of them, the record of one, and the visit that runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from crfapp.ui.lists import CellView, Column, TableCard
from crfapp.ui.monitoring.record_list import RecordList
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, Card, InlineMessage, Words
from crfapp.ui.widgets.slim_bar import give_slim_bars

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.present.monitoring_view import RunningVisit, VisitLine, VisitRecord
    from crfapp.ui.fields import Say

_POINTS_LINES = 4
_MOST_SHOWN = 6
"""So many acts are seen at once; the rest scrolls."""


class VisitPanel(QWidget):
    """The visit that runs, or how one begins. ``begun`` and ``ended`` carry the words that were written.

    ``sign`` stands below where none runs and a record waits for the person's signature.
    """

    begun = Signal(str)
    ended = Signal(str)

    def __init__(self, say: Say, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._say = say
        self._running = False
        tokens = current()
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.pad, tokens.gap, tokens.pad, tokens.pad)
        column.setSpacing(tokens.hair)
        self.title = Words("", "muted", size="tiny", weight=600, parent=self)
        self.text = Words("", wrap=True, parent=self)
        self.ask = Button("", parent=self)
        self.purpose = QLineEdit(self)
        self.purpose.setFixedHeight(tokens.control)
        self.purpose.setAccessibleName(say("Purpose of the visit"))
        self.purpose.setPlaceholderText(say("Purpose of the visit"))
        self.points = QPlainTextEdit(self)
        self.points.setAccessibleName(say("What stays open"))
        self.points.setPlaceholderText(say("What stays open"))
        self.points.setTabChangesFocus(True)
        self.points.setFixedHeight(_POINTS_LINES * self.fontMetrics().lineSpacing() + tokens.pad)
        self.go = Button("", "primary", parent=self)
        self.back = Button(say("Cancel"), "quiet", parent=self)
        self.sign = Button(say("Sign the record of the visit"), icon_name="pen", parent=self)
        self.problem = InlineMessage("", "error", parent=self)
        buttons = QHBoxLayout()
        buttons.addWidget(self.go)
        buttons.addWidget(self.back)
        buttons.addStretch(1)
        for widget in (self.title, self.text, self.problem, self.purpose, self.points):
            column.addWidget(widget)
        column.addWidget(self.ask, 0, Qt.AlignmentFlag.AlignLeading)
        column.addLayout(buttons)
        column.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignLeading)
        self.ask.clicked.connect(lambda: self._open(asking=True))
        self.back.clicked.connect(lambda: self._open(asking=False))
        self.go.clicked.connect(self._give)
        self.purpose.returnPressed.connect(self._give)

    def show_visit(self, running: RunningVisit | None, problem: str = "", *, to_sign: bool = False) -> None:
        """Show how it stands; ``to_sign``: a visit of the person's own is not signed yet."""
        say, self._running = self._say, running is not None
        self.title.setText(running.title if running else say("Monitoring visit"))
        self.text.setText(running.text if running else say("No visit of yours is running."))
        self.ask.setText(say("End visit…") if running else say("Begin a visit…"))
        self.ask.setAccessibleName(self.ask.text())
        self.go.setText(say("End visit") if running else say("Begin visit"))
        self.go.setAccessibleName(self.go.text())
        self.problem.text.setText(problem)
        self.problem.setVisible(bool(problem))
        self.sign.setVisible(to_sign)
        if not problem:
            self._open(asking=False, focus=False)

    def _open(self, *, asking: bool, focus: bool = True) -> None:
        line = self.points if self._running else self.purpose
        for widget in (self.purpose, self.points):
            widget.setVisible(asking and widget is line)
        for button in (self.go, self.back):
            button.setVisible(asking)
        self.ask.setVisible(not asking)
        if focus:
            (line if asking else self.ask).setFocus(Qt.FocusReason.OtherFocusReason)

    def _give(self) -> None:
        if self._running:
            self.ended.emit(self.points.toPlainText())
            self.points.clear()
        else:
            self.begun.emit(self.purpose.text())
            self.purpose.clear()


class VisitsView(QScrollArea):
    """All visits and the record of the one that is chosen.

    ``paper_wanted``: its record as a PDF; ``sign_wanted``: a signature under it.
    """

    chosen = Signal(str)
    paper_wanted = Signal()
    sign_wanted = Signal()

    def __init__(self, say: Say, *, may_print: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._say = say
        self._keys: list[str] = []
        tokens = current()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        give_slim_bars(self)
        inside = QWidget()
        inside.setBackgroundRole(QPalette.ColorRole.Window)
        self.setWidget(inside)
        column = QVBoxLayout(inside)
        column.setContentsMargins(tokens.wide, tokens.pad, tokens.wide, tokens.wide)
        column.setSpacing(tokens.room)
        self.nothing = Words(say("No monitoring visit was held yet; each will be listed here."), "muted")
        column.addWidget(self.nothing)
        self.table = TableCard(
            say("Monitoring visits"),
            (Column("", 0), Column(say("Monitor"), 60), Column(say("When"), 50), Column("", 0)),
            say("Open"),
        )
        self.table.opened.connect(lambda number: self.chosen.emit(self._keys[number]))
        column.addWidget(self.table)
        self.record = RecordCard(say, may_print=may_print)
        self.record.paper.clicked.connect(self.paper_wanted)
        self.record.sign.clicked.connect(self.sign_wanted)
        self.record.hide()
        column.addWidget(self.record)
        column.addStretch(1)

    def show_visits(self, visits: Sequence[VisitLine]) -> None:
        """Show the list."""
        self._keys = [one.monitoring for one in visits]
        self.table.show_rows([visit_cells(one, self._say) for one in visits])
        self.table.setVisible(bool(visits))
        self.nothing.setVisible(not visits)

    def show_record(self, record: VisitRecord) -> None:
        """Show one record below the list."""
        self.record.show_record(record)
        self.record.show()


class RecordCard(Card):
    """The record of one visit: facts, open points, and everything that was done."""

    def __init__(self, say: Say, *, may_print: bool) -> None:
        super().__init__(say("Monitoring visit"))
        tokens = current()
        self.sign = Button(say("Sign"), "primary", icon_name="pen", parent=self)
        self.sign.setAccessibleName(say("Sign the record of the visit"))
        self.head_row.addWidget(self.sign)
        self.paper = Button(say("Make a PDF…"), icon_name="print", parent=self)
        self.paper.setVisible(may_print)
        self.head_row.addWidget(self.paper)
        inside = QWidget(self)
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(tokens.pad, tokens.gap, tokens.pad, tokens.gap)
        self._grid.setHorizontalSpacing(tokens.pad)
        self._grid.setColumnStretch(1, 1)
        self.add_row(inside)
        self.result = Words("", "muted", size="small", wrap=True)
        self.result.setContentsMargins(tokens.pad, tokens.hair, tokens.pad, tokens.hair)
        self.result.hide()
        self.add_row(self.result)
        self.acts = RecordList(say("What was done"), self)
        self.add_row(self.acts)

    def show_record(self, record: VisitRecord) -> None:
        """Show another one."""
        self.title.setText(record.title)
        self.sign.setVisible(record.to_sign)
        self.result.hide()
        while (taken := self._grid.takeAt(0)) is not None:
            old = taken.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        facts = (
            *record.facts,
            (record.points_title, record.points),
            *(("", words) for words in record.signatures),
        )
        for row, (name, value) in enumerate(facts):
            self._grid.addWidget(Words(name, "muted"), row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(Words(value, wrap=True), row, 1)
        self.acts.lines.show_lines(record.lines)
        shown = min(len(record.lines), _MOST_SHOWN)
        self.acts.setFixedHeight(max(1, shown) * (current().row + 2 * current().gap))
        self.acts.setVisible(bool(record.lines))

    def say_result(self, words: str) -> None:
        """What came of the PDF."""
        self.result.setText(words)
        self.result.setVisible(bool(words))


def visit_cells(line: VisitLine, say: Say) -> tuple[CellView, ...]:
    """A visit as cells."""
    state = say("running") if line.running else line.signed
    pill = "primary" if line.running else "ok" if line.is_signed else "warn"
    return (
        CellView(line.number, weight=600),
        CellView(line.who, note=line.counts),
        CellView(line.when, "muted", note=line.until),
        CellView(state, pill=pill) if state else CellView(),
    )

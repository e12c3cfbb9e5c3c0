"""A visit that has not begun: when it is planned, and the three things that can happen to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from crfapp.present.words import STANDING
from crfapp.ui.casebook.telling import DayRow, Telling, Told, row_of
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, Card, ElidedLabel, InlineMessage, Pill, Words
from crfapp.ui.widgets.slim_bar import give_slim_bars

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from crfapp.present.casebook_view import VisitEntry
    from crfapp.ui.fields import Present, Say


class VisitCard(QScrollArea):
    """Asks how a visit begins; with large letters it scrolls, rather than the window growing.

    ``started`` and ``booked`` carry a date as typed, ``missed`` a code and words, ``merged`` a later visit
    and words.
    """

    started = Signal(str)
    booked = Signal(str)
    missed = Signal(str, str)
    merged = Signal(str, str)
    query_wanted = Signal()

    def __init__(self, say: Say, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.say = say
        self._today = ""
        tokens = current()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        give_slim_bars(self)
        inside = QWidget(self)
        inside.setBackgroundRole(QPalette.ColorRole.Window)
        self.setWidget(inside)
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(tokens.wide, tokens.pad, tokens.wide, tokens.wide)
        self.column.setSpacing(tokens.room)
        top = QHBoxLayout()
        self.title = ElidedLabel(size="title", weight=600, parent=inside)
        self.pill = Pill("", parent=inside)
        top.addWidget(self.title)
        top.addWidget(self.pill)
        top.addStretch(1)
        self.query = Button(say("Query…"), icon_name="query", parent=inside)
        self.query.clicked.connect(self.query_wanted)
        top.addWidget(self.query)
        self.column.addLayout(top)
        self.card: Card | None = None
        self.column.addStretch(1)

    def show_visit(
        self, visit: VisitEntry, reasons: tuple[tuple[str, str], ...], present: Present | None
    ) -> None:
        """Show a visit that is to come, or that was missed."""
        self.title.setText(visit.title)
        self.pill.setText(self.say(STANDING[visit.standing]))
        self.pill.set_tone("error" if visit.overdue else "muted")
        self._today = present.today_text() if present else ""
        if self.card is not None:
            self.card.hide()
            self.card.deleteLater()
        self.card = Card(parent=self.widget())
        self.card.setMaximumWidth(round(720 * current().scale))
        self.card.add_row(self._facts(visit))
        self.refusal = QWidget(self.card)
        if visit.can_start:
            self.card.add_row(self._start_row(present))
            label, go = self.say("Start on another date"), self.say("Start on this date")
            self.card.add_row(self._day_row("start", label, go, present))
        if visit.can_miss:
            label = self.say("Another appointment") if visit.booked else self.say("Appointment")
            self.card.add_row(self._day_row("book", label, self.say("Book this date"), present))
            self.card.add_row(self._missed_row(reasons))
        if visit.merges_into:
            self.card.add_row(self._merged_row(visit.merges_into))
        self.card.add_row(self.refusal)
        QVBoxLayout(self.refusal).setContentsMargins(current().pad, 0, current().pad, 0)
        self.refusal.hide()
        self.column.insertWidget(1, self.card)
        self.card.show()

    def focus_first(self) -> None:
        """To the button that starts the visit."""
        start = self.findChild(Button, "start")
        if start is not None:
            start.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, sentence: str) -> None:
        """Say why it could not be recorded; what was typed stays."""
        layout = self.refusal.layout()
        for said in self.refusal.findChildren(InlineMessage):
            said.hide()
            said.deleteLater()
        if layout is not None:
            layout.addWidget(InlineMessage(sentence, "error", parent=self.refusal))
        self.refusal.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """T starts the visit today."""
        start = self.findChild(Button, "start")
        if event.text().lower() in {"t", "\u0641"} and start is not None and not event.modifiers():
            start.click()
        else:
            super().keyPressEvent(event)

    def _facts(self, visit: VisitEntry) -> QWidget:
        say = self.say
        told = [
            (say("Planned day"), visit.planned or visit.date_text),
            (say("Window"), visit.window),
            (say("Forms"), " · ".join(form.title for form in visit.forms)),
        ]
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(current().pad, current().room, current().pad, current().room)
        for name, words in told:
            if words:
                row = QHBoxLayout()
                label = Words(name, "muted", parent=box)
                label.setFixedWidth(round(110 * current().scale))
                row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
                row.addWidget(Words(words, wrap=True, parent=box), 1)
                column.addLayout(row)
        return box

    def _start_row(self, present: Present | None) -> QWidget:
        say = self.say
        button = Button(say("Start visit today"), "primary", hint="T")
        button.setObjectName("start")
        button.setEnabled(present is not None)
        button.clicked.connect(lambda: self.started.emit(self._today))
        note = Words(f"\u2068{self._today}\u2069", "muted")
        return row_of(button, note)

    def _day_row(self, name: str, label: str, go: str, present: Present | None) -> DayRow:
        row = DayRow(name, label, go, self.say, present)
        row.told.connect(self.started if name == "start" else self.booked)
        return row

    def _missed_row(self, reasons: tuple[tuple[str, str], ...]) -> QWidget:
        say = self.say
        told = Told("missed", say("Visit missed…"), say("Why was it missed?"), say("Record as missed"))
        return Telling(told, reasons, say, self.missed.emit, words_needed=False)

    def _merged_row(self, visits: tuple[tuple[str, str], ...]) -> QWidget:
        say = self.say
        told = Told(
            "merged",
            say("Held together with a later visit…"),
            say("With which visit?"),
            say("Merge the visits"),
        )
        return Telling(told, visits, say, self.merged.emit, words_needed=True)

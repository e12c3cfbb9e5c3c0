"""One form beside its source: its head, the answers, and what can be done about the one looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from crfapp.ui.casebook.asking import ReasonPrompt
from crfapp.ui.monitoring.compare_list import CompareList
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, Card, ElidedLabel, EmptyState, FlowRow, InlineMessage, Pill, Words
from crfapp.ui.widgets.slim_bar import give_slim_bars

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.form.graph import Cell
    from crfapp.present.monitoring_view import SourceView
    from crfapp.ui.fields import Say

_MOST_LISTED = 9
"""So many lines of a form's list stand without scrolling."""
_STATUS_TONES = {"complete": "ok", "open": "primary", "expected": "muted"}


class CompareView(QStackedWidget):
    """``acted``: verify, query, skip, take or form is wanted; ``told``: an act with its words.

    ``turned``: another answer is looked at. ``listed``: the list of the form was agreed to.
    """

    acted = Signal(str)
    told = Signal(str, str)
    turned = Signal(object)
    listed = Signal()

    def __init__(self, say: Say, *, may_verify: bool, may_ask: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._say = say
        self._may_verify, self._may_ask = may_verify, may_ask
        self.prompt: QWidget | None = None
        self.empty = EmptyState(
            say("Nothing lies open"),
            say("Choose something in the worklist; its answers stand here, one below the other."),
            icon="monitoring",
        )
        self.addWidget(self.empty)
        self.page = QWidget(self)
        self.addWidget(self.page)
        column = QVBoxLayout(self.page)
        tokens = current()
        column.setContentsMargins(tokens.wide, tokens.pad, tokens.wide, tokens.pad)
        column.setSpacing(tokens.gap)
        column.addLayout(self._head())
        self.card = Card(say("Compare with the source"))
        self.card.head_row.addWidget(ElidedLabel(self._hint(), "muted", size="small"))
        self.list = CompareList(say("Answers of this form"), self.card)
        held = QWidget(self.card)
        room = QVBoxLayout(held)
        room.setContentsMargins(0, 1, 0, 0)  # the list is opaque: the line under the head stays in sight
        room.addWidget(self.list)
        self.card.add_row(held)
        column.addWidget(self.card, 1)
        self.message = InlineMessage("", "error", parent=self.page)
        self.message.hide()
        column.addWidget(self.message)
        self._asking = QVBoxLayout()
        column.addLayout(self._asking)
        column.addLayout(self._acts())
        self.list.acted.connect(self.acted)
        self.list.turned.connect(self.turned)

    def show_form(self, view: SourceView | None) -> None:
        """Show a form as it stands; None where nothing lies open."""
        self.setCurrentWidget(self.empty if view is None else self.page)
        if view is None:
            return
        self.title.setText(view.title)
        self.status.setText(view.status_words)
        self.status.set_tone(_STATUS_TONES[view.status])
        self.status.updateGeometry()
        self.where.setText(view.where)
        self.left.setText(view.left)
        self.list.lines.show_lines(view.lines)

    def say_next(self, label: str, state: str) -> None:
        """What the buttons do now: ``label`` is the answer looked at, ``state`` its mark."""
        say, waits = self._say, state in ("planned", "changed")
        self.verify.setText(say("Verify {item}", item=label) if label else say("Verify"))
        self.verify.setAccessibleName(self.verify.text())
        self.verify.updateGeometry()
        self.verify.setVisible(self._may_verify and state != "done")
        self.verify.setEnabled(waits)
        self.take.setVisible(self._may_verify and state == "done")

    def refuse(self, words: str) -> None:
        """Say why nothing was recorded; empty takes the sentence away."""
        self.message.text.setText(words)
        self.message.setAccessibleName(words)
        self.message.setVisible(bool(words))

    def ask(self, act: str, sentence: str, go: str, reasons: Sequence[str] = ()) -> None:
        """Ask for the words of an act, below the answers."""
        prompt = ReasonPrompt(sentence, reasons, self._say, go=go, parent=self.page)
        prompt.line.setPlaceholderText("")
        prompt.given.connect(lambda words: self.told.emit(act, words))
        prompt.withheld.connect(self.stop_asking)
        self._put(prompt)
        prompt.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_form(self, labels: Sequence[tuple[Cell, str]]) -> None:
        """Show what verifying the form would verify, and let it be agreed to."""
        panel = FormList(labels, self._say, self.page)
        panel.agreed.connect(self.listed)
        panel.withheld.connect(self.stop_asking)
        self._put(panel)
        panel.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def stop_asking(self) -> None:
        """Take the question away and give the keyboard back to the answers."""
        self._drop()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- inside

    def _put(self, panel: QWidget) -> None:
        self._drop()
        self.refuse("")
        self.prompt = panel
        self._asking.addWidget(panel)

    def _drop(self) -> None:
        if self.prompt is not None:
            self.prompt.hide()
            self.prompt.deleteLater()
            self.prompt = None

    def _hint(self) -> str:
        say = self._say
        if not self._may_verify:
            return say("Your role reads here and does not verify.")
        return say("V verifies and goes on · Q raises a query · S skips")

    def _head(self) -> QVBoxLayout:
        tokens, column, row = current(), QVBoxLayout(), QHBoxLayout()
        column.setSpacing(tokens.hair)
        row.setSpacing(tokens.gap)
        self.title = Words("", size="title", weight=600)
        self.status = Pill("", "ok")
        self.where = Words("", "muted", wrap=True)
        row.addWidget(self.title)
        row.addWidget(self.status)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.where)
        return column

    def _acts(self) -> QHBoxLayout:
        say, row = self._say, QHBoxLayout()
        box = QWidget(self.page)
        flow = FlowRow(box, gap=current().gap)
        self.verify = Button(say("Verify"), "primary", hint="V", parent=box)
        self.take = Button(say("Take back…"), parent=box)
        self.query = Button(say("Query"), hint="Q", parent=box)
        self.skip = Button(say("Skip"), hint="S", parent=box)
        self.form = Button(say("Verify the form…"), parent=box)
        named = {
            "verify": self.verify,
            "take": self.take,
            "query": self.query,
            "skip": self.skip,
            "form": self.form,
        }
        for act, button in named.items():
            flow.addWidget(button)
            button.clicked.connect(lambda _on=False, act=act: self.acted.emit(act))
        self.query.setVisible(self._may_ask)
        for button in (self.verify, self.take, self.skip, self.form):
            button.setVisible(self._may_verify)
        self.left = Words("", "muted")
        row.addWidget(box, 1)
        row.addWidget(self.left, 0, Qt.AlignmentFlag.AlignTop)
        return row


class FormList(QWidget):
    """The list of what is verified with a form. ``agreed``: all of it agrees with the source."""

    agreed = Signal()
    withheld = Signal()

    def __init__(self, labels: Sequence[tuple[Cell, str]], say: Say, parent: QWidget) -> None:
        super().__init__(parent)
        tokens = current()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, tokens.gap, 0, tokens.gap)
        column.setSpacing(tokens.gap)
        words = say("All of these agree with the source:")
        self.setAccessibleName(words)
        column.addWidget(Words(words, weight=500, parent=self))
        inside = QWidget(self)
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        for _cell, label in labels:
            lines.addWidget(Words(f"· {label}", parent=inside))
        scroll = QScrollArea(self)
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        give_slim_bars(scroll)
        shown = min(len(labels), _MOST_LISTED)
        scroll.setFixedHeight(max(1, shown) * (self.fontMetrics().height() + tokens.hair))
        column.addWidget(scroll)
        row = QHBoxLayout()
        self.go = Button(say("Verify all of these ({count})", count=len(labels)), "primary", parent=self)
        self.back = Button(say("Cancel"), "quiet", parent=self)
        row.addWidget(self.go)
        row.addWidget(self.back)
        row.addStretch(1)
        column.addLayout(row)
        self.go.setEnabled(bool(labels))
        self.go.clicked.connect(self.agreed)
        self.back.clicked.connect(self.withheld)

"""Everything about the question in focus: what it means, what happened to it, what it was before."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from crfapp.ui.casebook.answers_beside import AnswersBeside
from crfapp.ui.casebook.drawing import face
from crfapp.ui.queries.asked_list import AskedList
from crfapp.ui.theme import current
from crfapp.ui.theme.style import focus_ring
from crfapp.ui.widgets import Button, FlowRow, Words
from crfapp.ui.widgets.message import LinkButton
from crfapp.ui.widgets.slim_bar import give_slim_bars

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.present.form_view import HistoryLine, Inspection, ReasonLine
    from crfapp.ui.fields import Say
    from crfapp.ui.queries.words_box import Drafts

_WIDTH = 232
_TONES = {
    "finding": "warn",
    "query": "query",
    "verification": "ok",
    "changed": "warn",
    "signature": "primary",
    "lock": "muted",
}
"""Kinds of lines of a history that are not answers."""
Fill = Callable[[QVBoxLayout, "Inspection"], None]


class Tab(QAbstractButton):
    """A word over a line; the current one is underlined."""

    def __init__(self, key: str, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = key
        self.setText(words)
        self.setAccessibleName(words)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The word, as high as a hit target."""
        tokens = current()
        return QSize(face("base", 500)[1].horizontalAdvance(self.text()) + tokens.hair, tokens.control + 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes it too."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The word, and the line under the current one."""
        tokens, on = current(), self.isChecked()
        painter = QPainter(self)
        painter.setFont(face("base", 500 if on else 400)[0])
        painter.setPen(QColor(tokens.primary if on or self.underMouse() else tokens.text))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if on:
            painter.fillRect(0, self.height() - 2, self.width(), 2, QColor(tokens.primary))
        if self.hasFocus():
            focus_ring(painter, self.rect(), tokens, tokens.radius)


class Inspector(QFrame):
    """The column at the end. It shows what it is given and asks for nothing.

    ``breadth`` is how wide it is at 100 %. ``said`` carries what somebody writes in a query: the act, the
    query's key, the words; ``left``: the keyboard should go back to the question. ``past_wanted`` carries the
    moment at which the form is wanted, ``decided`` which of several ``answers`` is right, and why.
    ``trace_wanted``: to where an area is traced; ``traces`` says whether there is such a page.
    ``page_help_wanted``: what the page as a whole is for; ``helps`` says whether somebody can tell.
    """

    breadth = _WIDTH
    said = Signal(str, str, str)
    left = Signal()
    past_wanted = Signal(str)
    decided = Signal(str, str)
    trace_wanted = Signal()
    page_help_wanted = Signal()
    traces = helps = False

    def __init__(self, say: Say, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.say = say
        self.answers: AnswersBeside | None = None
        self.shown: Inspection | None = None
        self.asking: AskedList | None = None
        self._drafts: Drafts = {}
        tokens = current()
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAccessibleName(say("About this question"))
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.pad, tokens.pad, tokens.pad - 2, 0)
        column.setSpacing(tokens.hair)
        self.title = Words(weight=600, wrap=True, parent=self)
        self.facts = Words("", "muted", size="small", wrap=True, parent=self)
        column.addWidget(self.title)
        column.addWidget(self.facts)
        self.why = QVBoxLayout()
        self.why.setSpacing(tokens.hair)
        column.addLayout(self.why)
        self.bar = QWidget(self)
        row = FlowRow(self.bar, gap=tokens.hair)  # many tabs, or long words for them, take a second line
        row.setContentsMargins(0, tokens.gap, 0, 0)
        self._fills = {key: fill for key, (_words, fill) in self.tabs_offered().items()}
        self.tabs = {key: Tab(key, words, self.bar) for key, (words, _fill) in self.tabs_offered().items()}
        for tab in self.tabs.values():
            row.addWidget(tab)
            tab.clicked.connect(lambda _on=False, key=tab.key: self.show_tab(key))
        column.addWidget(self.bar)
        self._scroll = QScrollArea(self)
        give_slim_bars(self._scroll)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.viewport().setAutoFillBackground(False)
        column.addWidget(self._scroll, 1)
        self.tab = next(iter(self.tabs))
        self.clear()

    def tabs_offered(self) -> dict[str, tuple[str, Fill]]:
        """The tabs in their order: what each is called, and what fills it."""
        say = self.say
        return {
            "help": (say("Help"), self._help),
            "history": (say("History"), self._history),
            "queries": (say("Queries"), self._queries),
            "verified": (say("Verified"), self._verified),
        }

    def clear(self) -> None:
        """No question is in focus."""
        self.shown = None
        self.title.setText("")
        self.facts.setText(self.say("Go to a question to read about it here."))
        self._tell_why(())
        self.bar.hide()
        self._scroll.setWidget(QWidget())

    def show_inspection(self, inspection: Inspection) -> None:
        """Another question, or the same after something happened to it."""
        self.shown = inspection
        self.title.setText(inspection.title)
        self.facts.setText(" · ".join(f"\u2068{fact}\u2069" for fact in inspection.facts.split(" · ")))
        self._tell_why(inspection.reasons)
        if inspection.answers:
            self._tell_answers(inspection)
        if inspection.traced and self.traces:
            trace = Button(inspection.traced, icon_name="outline", parent=self)
            trace.setToolTip("Ctrl+T")
            trace.clicked.connect(self.trace_wanted)
            self.why.addWidget(trace)
        self.bar.show()
        self.show_tab(self.tab)

    def show_tab(self, key: str) -> None:
        """Turn to help, history or queries."""
        self.tab, self.asking = key, None
        for tab in self.tabs.values():
            tab.setChecked(tab.key == key)
        if self.shown is None:
            return
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, current().gap, 0, current().gap)
        column.setSpacing(0)
        self._fills[key](column, self.shown)
        column.addStretch(1)
        self._scroll.setWidget(page)

    def write_query(self) -> bool:
        """Give the keyboard to the lines of what this person can say; False where there is nothing to say."""
        self.show_tab("queries")
        return self.asking is not None and self.asking.write()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lines towards the form and under the tabs."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(QColor(current().line))
        x = self.width() - 1 if self.isRightToLeft() else 0
        painter.drawLine(x, 0, x, self.height())
        if not self.bar.isHidden():
            under = self.bar.geometry()
            painter.drawLine(under.left(), under.bottom(), under.right(), under.bottom())

    def reason_widget(self, reason: ReasonLine) -> QWidget:
        """Why the question is here, in words."""
        return Words(reason.text, size="small", wrap=True, parent=self)

    def _tell_answers(self, shown: Inspection) -> None:
        self.answers = AnswersBeside(shown.answers, self.say, self, may_decide=shown.may_decide)
        self.answers.decided.connect(self.decided)
        self.why.addWidget(self.answers)

    def _tell_why(self, reasons: Sequence[ReasonLine]) -> None:
        self.answers = None
        while (taken := self.why.takeAt(0)) is not None:
            old = taken.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for reason in reasons:
            self.why.addWidget(self.reason_widget(reason))

    def _help(self, column: QVBoxLayout, shown: Inspection) -> None:
        column.addWidget(Words(shown.help or self.say("No help was written for this question."), wrap=True))
        if shown.earlier:
            self.heading(column, self.say("Earlier"))
            self._earlier(column, shown)
        self.heading(column, self.say("Missing?"))
        column.addWidget(
            Words(
                self.say("F6 says why there is no answer: not done, refused, unknown or not applicable."),
                wrap=True,
            )
        )
        if self.helps:
            link = LinkButton(self.say("Help for this page"), self)
            link.clicked.connect(self.page_help_wanted)
            column.addSpacing(current().room)
            column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeading)

    def _history(self, column: QVBoxLayout, shown: Inspection) -> None:
        if not shown.history:
            column.addWidget(Words(self.say("Nothing has been recorded here yet."), "muted", wrap=True))
        for line in shown.history:
            block = HistoryBlock(line, self.say)
            block.wanted.connect(self.past_wanted)
            column.addWidget(block)

    def _verified(self, column: QVBoxLayout, shown: Inspection) -> None:
        if not shown.verified:
            column.addWidget(Words(self.say("Nobody has verified this yet."), "muted", wrap=True))
        for line in shown.verified:
            column.addWidget(HistoryBlock(line, self.say))

    def _queries(self, column: QVBoxLayout, shown: Inspection) -> None:
        if shown.asking is not None:
            self.asking = AskedList(shown.asking, self._drafts, self.say, self)
            self.asking.done.connect(self.said)
            self.asking.left.connect(self.left)
            column.addWidget(self.asking)

    def _earlier(self, column: QVBoxLayout, shown: Inspection) -> None:
        for visit, value in shown.earlier:
            column.addWidget(EarlierLine(visit, value))

    def heading(self, column: QVBoxLayout, words: str) -> None:
        """A small title above what belongs together."""
        tokens = current()
        title = Words(words, "muted", size="tiny", weight=600, wrap=True)
        title.setContentsMargins(0, tokens.room, 0, tokens.hair)
        column.addWidget(title)


class Ruled(QWidget):
    """Something with a hairline below."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The line."""
        painter = QPainter(self)
        painter.setPen(QColor(current().line))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)


class HistoryBlock(Ruled):
    """One event: what, who and when, why. ``wanted``: the form as it was then."""

    wanted = Signal(str)

    def __init__(self, line: HistoryLine, say: Say) -> None:
        super().__init__()
        tokens = current()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, tokens.gap, 0, tokens.gap)
        column.setSpacing(2)
        tone = _TONES.get(line.kind, "text")
        column.addWidget(Words(line.what, tone, weight=600, wrap=True, parent=self))
        who = " · ".join(part for part in (line.who, f"\u2068{line.when}\u2069") if part)
        column.addWidget(Words(who, "muted", size="small", wrap=True, parent=self))
        if line.why:
            reason = say("Reason: {reason}", reason=line.why)
            column.addWidget(Words(reason, size="small", wrap=True, parent=self))
        if line.moment:
            link = LinkButton(say("As it was then"), self)
            link.clicked.connect(lambda: self.wanted.emit(line.moment))
            column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeading)


class EarlierLine(Ruled):
    """The answer at an earlier visit."""

    def __init__(self, visit: str, value: str) -> None:
        super().__init__()
        tokens = current()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, tokens.gap, 0, tokens.gap)
        row.addWidget(Words(visit, wrap=True, parent=self), 1)
        row.addWidget(Words(f"\u2068{value}\u2069", weight=600, parent=self))

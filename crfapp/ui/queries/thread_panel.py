"""One query as it is read and carried on: what was said, and the lines for the next word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crfapp.ui.queries.words_box import Act, WordsBox
from crfapp.ui.theme import current
from crfapp.ui.widgets import Pill, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.present.query_view import AskView, ThreadLine, ThreadView
    from crfapp.ui.fields import Say
    from crfapp.ui.queries.words_box import Drafts

_TONES = {"raised": "query", "reopened": "query", "answered": "text", "corrected": "text"}


class SaidBlock(QWidget):
    """One thing said: what kind of word, in whose words, who and when."""

    def __init__(self, line: ThreadLine, parent: QWidget) -> None:
        super().__init__(parent)
        tokens = current()
        self._asks = line.kind in {"raised", "reopened"}
        column = QVBoxLayout(self)
        left, right = (0, tokens.gap + 2) if self.isRightToLeft() else (tokens.gap + 2, 0)
        column.setContentsMargins(left, tokens.gap - 2, right, tokens.gap - 2)
        column.setSpacing(2)
        tone = _TONES.get(line.kind, "muted")
        column.addWidget(Words(line.what, tone, size="small", weight=600, wrap=True, parent=self))
        if line.text:
            column.addWidget(Words(f"\u2068{line.text}\u2069", wrap=True, parent=self))
        who = " · ".join(part for part in (line.who, f"\u2068{line.when}\u2069") if part)
        column.addWidget(Words(who, "muted", size="small", wrap=True, parent=self))
        self.setAccessibleName(
            ", ".join(part for part in (line.what, line.text, line.who, line.when) if part)
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A bar at the side where reading begins; in the colour of questions where one is asked."""
        tokens = current()
        x = self.width() - 2 if self.isRightToLeft() else 0
        colour = tokens.query if self._asks else tokens.line
        QPainter(self).fillRect(x, tokens.hair, 2, self.height() - 2 * tokens.hair, QColor(colour))


class ThreadPanel(QWidget):
    """A query with its words. ``done`` carries the act, the key of the query, and what was written."""

    done = Signal(str, str, str)
    left = Signal()

    def __init__(self, thread: ThreadView, drafts: Drafts, say: Say, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        tokens = current()
        self.asked = thread
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, tokens.gap)
        column.setSpacing(tokens.hair)
        head = QHBoxLayout()
        head.setSpacing(tokens.gap)
        head.addWidget(Pill(thread.state_words, thread.tone, parent=self))
        if thread.check:
            check = say("check {check}", check=f"\u2068{thread.check}\u2069")
            head.addWidget(Words(check, "muted", size="small", parent=self))
        head.addStretch(1)
        head.addWidget(Words(thread.age, "muted", size="small", parent=self))
        column.addLayout(head)
        for line in thread.lines:
            column.addWidget(SaidBlock(line, self))
        acts = tuple(acts_of(thread, say))
        self.words: WordsBox | None = None
        if acts:
            self.words = WordsBox(_prompt(thread, say), thread.key, acts, drafts, self)
            self.words.done.connect(lambda act, text: self.done.emit(act, thread.key, text))
            self.words.left.connect(self.left)
            column.addWidget(self.words)


class AskPanel(QWidget):
    """Lines for a new question about a place."""

    done = Signal(str, str, str)
    left = Signal()

    def __init__(self, asking: AskView, drafts: Drafts, say: Say, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, current().gap)
        acts = (Act("ask", say("Raise query"), "primary"),)
        self.words = WordsBox(say("What do you ask the site?"), asking.place, acts, drafts, self)
        self.words.done.connect(lambda act, text: self.done.emit(act, "", text))
        self.words.left.connect(self.left)
        column.addWidget(self.words)


def acts_of(thread: ThreadView, say: Say) -> Iterator[Act]:
    """What this person may do next, the likeliest first."""
    if thread.may_answer:
        yield Act("answer", say("It is right") if thread.check else say("Answer"), "primary")
    if thread.may_close:
        yield Act("close", say("Close"), "plain" if thread.wants_words else "primary")
    if thread.may_reopen:
        yield Act("reopen", say("Ask again"))
    if thread.may_put_again:
        yield Act("reopen", say("Ask about it"), "primary")


def _prompt(thread: ThreadView, say: Say) -> str:
    if thread.may_answer:
        return say("Why is it right?") if thread.check else say("Your answer")
    if thread.may_put_again:
        return say("What do you ask the site?")
    return say("Why is it closed without an answer?") if thread.wants_words else say("Your words")

"""The body map below a question: opened there, answered there, closed there; nothing else moves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crfapp.form.graph import Cell
from crfapp.ui.body import BodyMap
from crfapp.ui.casebook.rows import line_of
from crfapp.ui.casebook.scroll import scroll_around
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, InlineMessage, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from crfapp.present.body_view import MapView, Spot
    from crfapp.present.form_view import Patch
    from crfapp.ui.casebook.ports import OpenForm
    from crfapp.ui.casebook.question import Question
    from crfapp.ui.fields import Say

Answers = tuple[tuple[str, str], ...]


class Recording(Protocol):
    """Who records what was chosen."""

    page: OpenForm
    say: Say
    questions: dict[Cell, Question]
    closed: str

    def answered(self, question: Question, typed: str) -> None:
        """A field was left with a new text."""

    def take(self, patch: Patch, question: Question | None = None) -> bool:
        """Draw what an act led to."""


class MapPanel(QWidget):
    """The map with what is under the pointer in words, and the question where a place contradicts an answer.

    ``chosen`` carries a spot, ``settled`` whether a contradicting one is taken, ``left`` that it closes.
    """

    chosen = Signal(object)
    settled = Signal(bool)
    left = Signal()

    def __init__(self, view: MapView, say: Say, hint: str, parent: QWidget) -> None:
        super().__init__(parent)
        tokens = current()
        self._say, self._hint = say, hint
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, tokens.hair, 0, tokens.gap)
        column.setSpacing(tokens.hair)
        top = QHBoxLayout()
        self.words = Words(hint, "muted", size="small", parent=self)
        top.addWidget(self.words, 1)
        self.away = Button("", "quiet", icon_name="close", parent=self)
        self.away.setAccessibleName(say("Close the body map"))
        self.away.setToolTip(self.away.accessibleName())
        self.away.clicked.connect(self.left)
        top.addWidget(self.away)
        column.addLayout(top)
        self.question: InlineMessage | None = None
        self.map = BodyMap(view, parent=self)
        self.map.setFixedHeight(self.map.sizeHint().height())
        column.addWidget(self.map)
        self.map.told.connect(lambda words: self.words.setText(words or hint))
        self.map.picked.connect(self.chosen)
        self.setFocusProxy(self.map)

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops, in order."""
        links = list(self.question.links) if self.question is not None else []
        return [self.map, *links, self.away]

    def ask(self, sentence: str) -> None:
        """Which is right: what was marked, or what was answered?"""
        self.stop_asking()
        actions = (("take", self._say("The marked place")), ("keep", self._say("What is recorded")))
        self.question = question = InlineMessage(sentence, "warn", actions=actions, parent=self)
        question.chosen.connect(lambda act: self.settled.emit(act == "take"))
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)  # noqa: S101  # it was made here
        layout.insertWidget(1, question)
        question.show()
        question.links[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def stop_asking(self) -> None:
        """It is settled."""
        if self.question is not None:
            had = any(link.hasFocus() for link in self.question.links)
            self.question.hide()
            self.question.deleteLater()
            self.question = None
            if had:
                self.map.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class MapActs(QObject):
    """Opens the map below a question, at most one, and records what is chosen on it."""

    def __init__(self, entry: Recording) -> None:
        super().__init__()
        self._entry = entry
        self._panel: MapPanel | None = None
        self._asked: Question | None = None
        self._waiting: Answers = ()

    def toggle(self, question: Question) -> None:
        """Open the map below a question, or close it where it is open there."""
        here = self._asked is question and self._panel is not None
        self.close()
        page = self._entry.page
        if here or page.map is None:
            return
        say = self._entry.say
        hint = say("Click the place, or go there with the arrows and press Enter.")
        panel = MapPanel(page.map.view(question.cell.row), say, hint, line_of(question))
        self._panel, self._asked = panel, question
        panel.map.setEnabled(not self._entry.closed)
        panel.chosen.connect(self._choose)
        panel.settled.connect(self._settle)
        panel.left.connect(self._leave)
        line_of(question).hold(panel)
        panel.map.setFocus(Qt.FocusReason.OtherFocusReason)
        around = scroll_around(panel)
        if around is not None:
            around.bring(panel)

    def close(self) -> None:
        """Take the map away."""
        if self._asked is not None and self._panel is not None:
            line_of(self._asked).hold(None)
        self._panel = self._asked = None
        self._waiting = ()

    def forget(self, question: Question) -> None:
        """The line of a question leaves the page, and the map below it with it."""
        if self._asked is question:
            self._panel = self._asked = None
            self._waiting = ()

    def refresh(self) -> None:
        """Answers changed: the signs on the open map may stand elsewhere."""
        page = self._entry.page
        if self._panel is not None and self._asked is not None and page.map is not None:
            self._panel.map.show_view(page.map.view(self._asked.cell.row))

    def _leave(self) -> None:
        question = self._asked
        self.close()
        if question is not None:
            question.focus()

    def _choose(self, spot: Spot) -> None:
        page, question = self._entry.page, self._asked
        if page.map is None or question is None or self._panel is None:
            return
        weighed = page.map.weigh(question.cell, spot)
        self._panel.stop_asking()
        if weighed.asks:
            self._waiting = weighed.answers
            self._panel.ask(weighed.asks)
            return
        self._record(weighed.answers)

    def _settle(self, take: bool) -> None:
        answers, self._waiting = self._waiting, ()
        if self._panel is not None:
            self._panel.stop_asking()
        if take:
            self._record(answers)

    def _record(self, answers: Sequence[tuple[str, str]]) -> None:
        """One after the other, as if each had been typed; where a saved one changes, why is asked there."""
        asked, page = self._asked, self._entry.page
        if asked is None:
            return
        for item, text in answers:
            cell = Cell(asked.cell.row, item)
            question = self._entry.questions.get(cell)
            if question is not None:
                self._entry.answered(question, text)
            else:
                self._entry.take(page.leave(cell, text))
        self.refresh()

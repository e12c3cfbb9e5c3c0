"""What can become of a visit besides taking place today: another day, a choice with words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crfapp.study.types import Kind
from crfapp.ui.fields import FieldSpec, editor_for
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.ui.fields import Present, Say


class Told(NamedTuple):
    """The name of what is told (for tests and accessibility), the button, the question, the word to go."""

    name: str
    ask: str
    question: str
    go: str


class Telling(QWidget):
    """Opens on its button; ``tell`` is called with the code chosen and the words."""

    def __init__(
        self,
        told: Told,
        choices: tuple[tuple[str, str], ...],
        say: Say,
        tell: Callable[[str, str], None],
        *,
        words_needed: bool,
    ) -> None:
        super().__init__()
        self._tell, self._words_needed = tell, words_needed
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        ask = Button(told.ask)
        ask.setObjectName(told.name)
        self._details = QWidget(self)
        lines = QVBoxLayout(self._details)
        lines.setContentsMargins(current().pad, 0, current().pad, current().room)
        self._choice = editor_for(Kind.CHOICE, FieldSpec(told.question, say, choices=choices))
        self._choice.setObjectName(f"{told.name}-why")
        name = say("Why?") if words_needed else say("In words")
        self._words = editor_for(Kind.TEXT, FieldSpec(name, say, hint=name))
        self._words.setObjectName(f"{told.name}-words")
        self._go = Button(told.go, "danger")
        self._go.setObjectName(f"{told.name}-go")
        for part in (Words(told.question, weight=500), self._choice, self._words):
            lines.addWidget(part)
        lines.addWidget(self._go, 0, Qt.AlignmentFlag.AlignLeading)
        self._details.hide()
        column.addWidget(row_of(ask))
        column.addWidget(self._details)
        ask.clicked.connect(self._open)
        self._choice.wants_next.connect(self._words.focus_first)
        self._words.wants_next.connect(self._go.setFocus)
        self._go.clicked.connect(self._told)

    def _open(self) -> None:
        self._details.show()
        self._choice.focus_first()

    def _told(self) -> None:
        missing = [
            editor
            for editor, wanted in ((self._choice, True), (self._words, self._words_needed))
            if wanted and not editor.raw()
        ]
        if missing:
            missing[0].mark("error")
            missing[0].focus_first()
        else:
            self._tell(self._choice.raw(), self._words.raw())


class DayRow(QWidget):
    """A day to write, and a button that tells it; ``told`` carries the text as typed."""

    told = Signal(str)

    def __init__(self, name: str, label: str, go: str, say: Say, present: Present | None) -> None:
        super().__init__()
        self.date = editor_for(Kind.DATE, FieldSpec(label, say, present))
        self.date.setObjectName(f"{name}-date")
        button = Button(go)
        button.setObjectName(f"{name}-on")
        button.clicked.connect(self._tell)
        self.date.wants_next.connect(self._tell)
        words = Words(label)
        words.setFixedWidth(round(150 * current().scale))
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(row_of(words, self.date, button))

    def _tell(self) -> None:
        if self.date.raw():
            self.told.emit(self.date.raw())
        else:
            self.date.focus_first()


def row_of(*parts: QWidget) -> QWidget:
    """Parts beside one another, from the side where reading begins."""
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(current().pad, current().gap, current().pad, current().gap)
    for part in parts:
        row.addWidget(part)
    row.addStretch(1)
    return box

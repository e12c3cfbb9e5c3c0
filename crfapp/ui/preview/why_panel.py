"""The column at the end of a preview: why the question stands so, and what the latest answers led to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from crfapp.present.texts import LEFT_TO_RIGHT_ISOLATE, POP_ISOLATE, isolated
from crfapp.ui.casebook.inspector import Inspector
from crfapp.ui.icons import pixmap
from crfapp.ui.theme import current
from crfapp.ui.widgets import Words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crfapp.present.form_view import Inspection, ReasonLine
    from crfapp.ui.casebook.inspector import Fill
    from crfapp.ui.fields import Say

_BREADTH = 264
_MARKS = {
    "shown": ("eye", "primary"),
    "hidden": ("minus", "muted"),
    "required": ("info", "muted"),
    "computed": ("computed", "primary"),
    "finding": ("finding", "warn"),
    "settled": ("check", "ok"),
}


class WhyPanel(Inspector):
    """Speaks the reader's language, whatever language the forms are shown in."""

    breadth = _BREADTH

    def tabs_offered(self) -> dict[str, tuple[str, Fill]]:
        """What the latest answers led to, what is hidden now, and the help of the question."""
        say = self.say
        return {
            "steps": (say("What it led to"), self._steps),
            "hidden": (say("Hidden now"), self._hidden),
            "help": (say("Help"), self._help_alone),
        }

    def reason_widget(self, reason: ReasonLine) -> QWidget:
        """With its mark and the expression of the pack."""
        return ReasonBlock(reason, self.say, self)

    def _steps(self, column: QVBoxLayout, shown: Inspection) -> None:
        if not shown.steps:
            words = self.say("Answer a question: what it shows, hides, works out and finds is listed here.")
            column.addWidget(Words(words, "muted", wrap=True))
        for step in shown.steps:
            nothing = self.say("{act} · nothing followed from it", act=isolated(step.title))
            self.heading(column, step.title if step.effects else nothing)
            self._blocks(column, step.effects)

    def _hidden(self, column: QVBoxLayout, shown: Inspection) -> None:
        if not shown.hidden:
            column.addWidget(Words(self.say("Every question of this form is shown."), "muted", wrap=True))
        self._blocks(column, shown.hidden)

    def _help_alone(self, column: QVBoxLayout, shown: Inspection) -> None:
        column.addWidget(Words(shown.help or self.say("No help was written for this question."), wrap=True))

    def _blocks(self, column: QVBoxLayout, reasons: Iterable[ReasonLine]) -> None:
        column.setSpacing(current().hair)
        for reason in reasons:
            column.addWidget(ReasonBlock(reason, self.say))


class ReasonBlock(QWidget):
    """A mark, the questions it is about, the reason, the expression."""

    def __init__(self, reason: ReasonLine, say: Say, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        tokens = current()
        drawing, tone = _MARKS[reason.kind]
        words = {
            "shown": say("shown"),
            "hidden": say("hidden"),
            "required": say("required"),
            "computed": say("calculated"),
            "finding": say("finding"),
            "settled": say("settled"),
        }[reason.kind]
        self.setAccessibleName(", ".join(filter(None, (words, *reason.items, reason.text))))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, tokens.hair, 0, tokens.hair)
        row.setSpacing(tokens.gap - 2)
        mark = QLabel(self)
        mark.setPixmap(pixmap(drawing, tokens.colour(tone), tokens.icon - 2, self.devicePixelRatioF()))
        mark.setToolTip(words)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(0)
        row.addLayout(column, 1)
        if reason.items:
            items = " · ".join(map(isolated, reason.items))
            column.addWidget(Words(items, size="small", weight=600, wrap=True, parent=self))
        if reason.text:
            column.addWidget(Words(reason.text, size="small", wrap=True, parent=self))
        if reason.expression:
            expression = f"{LEFT_TO_RIGHT_ISOLATE}{reason.expression}{POP_ISOLATE}"
            column.addWidget(Words(expression, "muted", size="tiny", wrap=True, parent=self))

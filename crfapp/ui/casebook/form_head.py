"""The top of a form: what it is, where it stands, and the one thing to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crfapp.ui.casebook.asking import ReasonPrompt
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, ElidedLabel, Pill

if TYPE_CHECKING:
    from crfapp.present.form_view import FormHead
    from crfapp.ui.fields import Say

_TONES = {"expected": "muted", "open": "primary", "complete": "ok"}


class HeadView(QWidget):
    """Title, status, place, and the buttons that complete the form or take it up again."""

    complete_wanted = Signal()
    reopen_wanted = Signal(str)
    query_wanted = Signal()

    def __init__(self, say: Say, parent: QWidget) -> None:
        super().__init__(parent)
        self.say = say
        tokens = current()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(tokens.wide, tokens.pad, tokens.wide, tokens.gap)
        self.column.setSpacing(tokens.hair)
        top = QHBoxLayout()
        top.setSpacing(tokens.gap)
        self.title = ElidedLabel(size="title", weight=600, parent=self)
        self.title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.pill = Pill("", parent=self)
        self.stays = Pill(say("stays at the site"), "muted", parent=self)
        self.complete = Button(say("Complete form"), "primary", parent=self)
        self.complete.setObjectName("complete")
        self.complete.setToolTip("Ctrl+Enter")
        self.reopen = Button(say("Reopen…"), parent=self)
        self.reopen.setObjectName("reopen")
        self.query = Button(say("Query…"), icon_name="query", parent=self)
        self.query.setObjectName("query")
        top.addWidget(self.title, 1000)  # as wide as it needs; what is left goes to the stretch
        top.addWidget(self.pill)
        top.addWidget(self.stays)
        top.addStretch(1)
        top.addWidget(self.query)
        top.addWidget(self.complete)
        top.addWidget(self.reopen)
        self.column.addLayout(top)
        self.where = ElidedLabel("", "muted", parent=self)
        self.column.addWidget(self.where)
        self.prompt: ReasonPrompt | None = None
        self.query.clicked.connect(self.query_wanted)
        self.complete.clicked.connect(self.complete_wanted)
        self.reopen.clicked.connect(self._ask_why)

    def show_head(self, head: FormHead) -> None:
        """Show what the form now is."""
        self.title.setText(head.title)
        self.setAccessibleName(f"{head.title}, {head.status_text}")
        self.pill.setText(head.status_text)
        self.pill.set_tone(_TONES[head.status])
        self.where.setText(head.where)
        self.stays.setVisible(head.site_only)
        self.query.setVisible(head.may_ask or bool(head.asked))
        self.query.setToolTip(head.asked)
        self.complete.setVisible(head.can_edit and head.status != "complete")
        self.reopen.setVisible(head.can_edit and head.status == "complete")
        self.stop_asking()

    def refuse(self, sentence: str) -> None:
        """The reason was not enough."""
        if self.prompt is not None:
            self.prompt.say_again(sentence)

    def stop_asking(self) -> None:
        """Take the prompt away."""
        if self.prompt is not None:
            self.column.removeWidget(self.prompt)
            self.prompt.hide()
            self.prompt.deleteLater()
            self.prompt = None

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops, in order."""
        buttons: list[QWidget] = [b for b in (self.query, self.complete, self.reopen) if not b.isHidden()]
        return [*buttons, *(self.prompt.stops() if self.prompt else [])]

    def _ask_why(self) -> None:
        self.stop_asking()
        say = self.say
        self.prompt = ReasonPrompt(
            say("Why is the form taken up again?"),
            (say("An answer has to be corrected"), say("Something was left out")),
            say,
            go=say("Reopen"),
            parent=self,
        )
        self.prompt.given.connect(self.reopen_wanted)
        self.prompt.withheld.connect(self.stop_asking)
        self.column.addWidget(self.prompt)
        self.prompt.show()
        self.prompt.line.setFocus()

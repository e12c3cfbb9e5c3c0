"""The top of a form: what it is, where it stands, and the one thing to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from crfapp.ui.casebook.asking import ReasonPrompt
from crfapp.ui.casebook.form_acts import ActsView
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, ElidedLabel, Pill, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crfapp.present.form_view import FormHead, HoldAct
    from crfapp.ui.fields import Say

_TONES = {"expected": "muted", "open": "primary", "complete": "ok", "moved": "muted"}


class HeadView(QWidget):
    """Title, status, place, and the buttons that complete the form or take it up again."""

    complete_wanted = Signal()
    reopen_wanted = Signal(str)
    query_wanted = Signal()
    hold_wanted = Signal(str, str)

    def __init__(self, say: Say, parent: QWidget) -> None:
        super().__init__(parent)
        self.say, tokens = say, current()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(tokens.wide, tokens.pad, tokens.wide, tokens.gap)
        self.column.setSpacing(tokens.hair)
        top = QHBoxLayout()
        top.setSpacing(tokens.gap)
        self.title = ElidedLabel(size="title", weight=600, parent=self)
        self.title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.pill = Pill("", parent=self)
        self.complete = Button(say("Complete form"), "primary", parent=self)
        self.complete.setToolTip("Ctrl+Enter")
        self.reopen = Button(say("Reopen…"), parent=self)
        self.query = Button(say("Query…"), icon_name="query", parent=self)
        for name in ("complete", "reopen", "query"):
            getattr(self, name).setObjectName(name)
        self.reopen.hide()  # never beside the other; shown before a form is, they would widen the window
        top.addWidget(self.title, 1000)  # as wide as it needs; what is left goes to the stretch
        top.addWidget(self.pill)
        top.addStretch(1)
        top.addWidget(self.query)
        top.addWidget(self.complete)
        top.addWidget(self.reopen)
        self.hold = self._hold_button()
        top.addWidget(self.hold)
        self.acts = ActsView(say, self)
        top.addWidget(self.acts.more)
        self.column.addLayout(top)
        self.where = ElidedLabel("", "muted", parent=self)
        self.column.addWidget(self.where)
        self.column.addWidget(self._marks())
        self.column.addWidget(self.acts)
        self.prompt: ReasonPrompt | None = None
        self._acts: tuple[HoldAct, ...] = ()
        self._listen()

    def _listen(self) -> None:
        self.query.clicked.connect(self.query_wanted)
        self.complete.clicked.connect(self.complete_wanted)
        self.reopen.clicked.connect(self._ask_why)
        self.hold.clicked.connect(self._show_acts)

    def _marks(self) -> QWidget:
        """A line of its own below: where it stays, how it is signed and held. The title keeps its room."""
        self.marks = QWidget(self)
        row = QHBoxLayout(self.marks)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current().gap)
        self.stays = Pill(self.say("stays at the site"), "muted", parent=self.marks)
        self.signature = Pill("", "ok", icon="signed", parent=self.marks)
        self.held = Pill("", "muted", icon="lock", parent=self.marks)
        self.note = Words("", "muted", size="small", wrap=True, parent=self.marks)
        self.version = Pill("", "muted", parent=self.marks)
        for mark in (self.stays, self.version, self.signature, self.held):
            row.addWidget(mark)
        row.addWidget(self.note, 1)
        row.addStretch(0)  # takes what is left where there is no note
        self.marks.hide()
        return self.marks

    def _hold_button(self) -> Button:
        button = Button("", icon_name="lock", parent=self)
        button.setObjectName("hold")
        button.setAccessibleName(self.say("Freeze, lock or open again"))
        button.setToolTip(self.say("Freeze, lock or open again"))
        button.hide()
        return button

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
        free = head.can_edit and not head.held
        self.complete.setVisible(free and head.status != "complete")
        self.reopen.setVisible(free and head.status == "complete")
        self.acts.show_notes()
        self._show_marks(head)
        self.stop_asking()

    def _show_marks(self, head: FormHead) -> None:
        """How it is signed and held, and what may be done about it."""
        self.signature.icon = head.signature_icon
        self.signature.set_tone(head.signature_tone)
        self.held.icon = "lock"
        for pill, words, note in (
            (self.signature, head.signature, head.signed),
            (self.held, head.held, head.holding),
        ):
            pill.setText(words)
            pill.setToolTip(note)
            pill.setAccessibleName(note or words)
            pill.setVisible(bool(words))
            pill.updateGeometry()
        self.version.setText(head.version)
        self.version.setVisible(bool(head.version))
        note = "\n".join(filter(None, (head.holding, head.later)))
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.marks.setVisible(bool(head.site_only or head.signature or head.held or head.version))
        self._acts = head.acts
        self.hold.setVisible(bool(head.acts))

    def _show_acts(self) -> None:
        if not self._acts:
            return
        menu = QMenu(self)
        menu.setAccessibleName(self.hold.accessibleName())
        for act in self._acts:
            entry = menu.addAction(act.words.replace("&", "&&"))
            entry.setObjectName(act.key)
            entry.triggered.connect(lambda _on=False, act=act: self._choose(act))
        menu.aboutToHide.connect(menu.deleteLater)
        corner = QPoint(
            0 if self.isRightToLeft() else self.hold.width() - menu.sizeHint().width(), self.hold.height()
        )
        menu.popup(self.hold.mapToGlobal(corner))
        menu.setActiveAction(menu.actions()[0])

    def _choose(self, act: HoldAct) -> None:
        if not act.asks:
            self.hold_wanted.emit(act.key, "")
            return
        self._prompt(act.asks, (), self.say("Do it"), lambda reason: self.hold_wanted.emit(act.key, reason))

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
        every = (self.query, self.complete, self.reopen, self.hold)
        buttons: list[QWidget] = [button for button in every if not button.isHidden()]
        return [*buttons, *self.acts.stops(), *(self.prompt.stops() if self.prompt else [])]

    def _ask_why(self) -> None:
        say = self.say
        reasons = (say("An answer has to be corrected"), say("Something was left out"))
        question = say("Why is the form taken up again?")
        self._prompt(question, reasons, say("Reopen"), self.reopen_wanted.emit)

    def _prompt(self, question: str, reasons: Sequence[str], go: str, given: Callable[[str], object]) -> None:
        """Ask for a reason below the head."""
        self.stop_asking()
        self.prompt = ReasonPrompt(question, reasons, self.say, go=go, parent=self)
        self.prompt.given.connect(given)
        self.prompt.withheld.connect(self.stop_asking)
        self.column.addWidget(self.prompt)
        self.prompt.show()
        self.prompt.line.setFocus()

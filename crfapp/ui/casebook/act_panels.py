"""What an act about a whole form wants to be told, in place and never in a dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crfapp.study.types import Kind
from crfapp.ui.fields import FieldSpec, editor_for
from crfapp.ui.fields.dropdown import DropdownEditor
from crfapp.ui.theme import current
from crfapp.ui.theme.style import rounded
from crfapp.ui.widgets import Button, InlineMessage, Words

if TYPE_CHECKING:
    from crfapp.ui.casebook.ports import OpenActs
    from crfapp.ui.fields import FieldEditor, Say


class ActPanel(QWidget):
    """Some lines with their questions, a button that tells them, and one that leaves all as it was."""

    withheld = Signal()
    some_will_do = False
    """Whether lines may stay empty as long as one has something in it."""

    def __init__(self, title: str, go: str, say: Say, parent: QWidget) -> None:
        super().__init__(parent)
        tokens = current()
        self.say = say
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(title)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(tokens.room, tokens.room, tokens.room, tokens.room)
        self.column.setSpacing(tokens.gap)
        self.column.addWidget(Words(title, weight=500, wrap=True, parent=self))
        self.lines: list[FieldEditor] = []
        self.refusal = InlineMessage("", "error", parent=self)
        self.refusal.hide()
        self.go = Button(go, "primary", parent=self)
        self.go.setObjectName("act-go")
        self.back = Button(say("Cancel"), "quiet", parent=self)
        self.go.clicked.connect(self._told)
        self.back.clicked.connect(self.withheld)

    def tell(self) -> None:
        """Send what was told."""
        raise NotImplementedError

    def say_again(self, sentence: str) -> None:
        """It was refused: say why, and keep what was written."""
        self.refusal.text.setText(sentence)
        self.refusal.setAccessibleName(sentence)
        self.refusal.show()

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops, in order."""
        return [*(line.focusProxy() or line for line in self.lines), self.go, self.back]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves all as it was."""
        if event.key() == Qt.Key.Key_Escape:
            self.withheld.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Soft ground: this is where one is asked."""
        tokens = current()
        painter = QPainter(self)
        rounded(painter, self.rect(), fill=tokens.primary_soft, edge="", radius=tokens.radius)

    def ask(self, name: str, question: str, editor: FieldEditor) -> None:
        """One more line, and its question."""
        editor.setObjectName(name)
        before = self.lines[-1] if self.lines else None
        if before is not None:
            before.wants_next.connect(editor.focus_first)
        self.lines.append(editor)
        row = QHBoxLayout()
        label = Words(question, "muted", parent=self)
        label.setFixedWidth(round(150 * current().scale))
        row.addWidget(label)
        row.addWidget(editor, 1)
        self.column.addLayout(row)

    def close_up(self) -> None:
        """The buttons, after the last line."""
        row = QHBoxLayout()
        row.addWidget(self.go)
        row.addWidget(self.back)
        row.addStretch(1)
        self.column.addWidget(self.refusal)
        self.column.addLayout(row)
        self.lines[-1].wants_next.connect(lambda: self.go.setFocus(Qt.FocusReason.OtherFocusReason))

    def _told(self) -> None:
        empty = [line for line in self.lines if not line.raw().strip()]
        if not empty or (self.some_will_do and len(empty) < len(self.lines)):
            self.tell()
            return
        empty[0].mark("error")
        empty[0].focus_first()


class MovePanel(ActPanel):
    """Where the form belongs, and why; ``told`` carries the code of the place and the reason."""

    told = Signal(str, str)

    def __init__(self, acts: OpenActs, say: Say, parent: QWidget) -> None:
        title = say("This form was entered for the wrong subject or visit")
        super().__init__(title, say("Ask to move it"), say, parent)
        self._acts = acts
        places = acts.places()
        where, how = say("It belongs to"), say("How did that happen?")
        self.place = DropdownEditor(FieldSpec(where, say, choices=places, hint=say("Subject, visit")), self)
        self.why = editor_for(Kind.TEXT, FieldSpec(how, say, hint=say("Reason")), self)
        self.ask("move-place", where, self.place)
        self.ask("move-why", how, self.why)
        self.happens = Words("" if places else self._nowhere(), "muted", size="small", wrap=True, parent=self)
        self.column.addWidget(self.happens)
        self.close_up()
        self.place.typing.connect(self._say_what_happens)
        self.place.left.connect(self._say_what_happens)

    def tell(self) -> None:
        """Ask for it, unless the place is none of those that wait for the form."""
        place = self.place.raw()
        if place in dict(self._acts.places()):
            self.told.emit(place, self.why.raw().strip())
        else:
            self.place.mark("error")
            self.say_again(self._nowhere())
            self.place.focus_first()

    def _say_what_happens(self, _text: str = "") -> None:
        place = self.place.raw()
        known = place in {code for code, _ in self.place.choices}
        self.happens.setText(self._acts.says(place) if known else "")

    def _nowhere(self) -> str:
        return self.say("Choose a visit from the list: it has begun, and this form is still empty there.")


class PaperPanel(ActPanel):
    """Who observed, when, and why it is entered late."""

    told = Signal(str, str, str)

    def __init__(self, acts: OpenActs, say: Say, parent: QWidget) -> None:
        super().__init__(say("The answers stood on paper first"), say("Note it"), say, parent)
        who = FieldSpec(say("Observed by"), say)
        self.ask("paper-who", who.name, editor_for(Kind.TEXT, who, self))
        when = FieldSpec(say("Observed at"), say, acts.present())
        self.ask("paper-when", when.name, editor_for(Kind.DATETIME, when, self))
        why = FieldSpec(say("Why is it entered late?"), say, hint=say("Reason"))
        self.ask("paper-why", why.name, editor_for(Kind.TEXT, why, self))
        self.close_up()

    def tell(self) -> None:
        """Note it."""
        who, when, why = (line.raw().strip() for line in self.lines)
        self.told.emit(who, when, why)


class SecondPanel(ActPanel):
    """One line for each answer that waits; ``told`` carries (place, what the source says) of those filled."""

    told = Signal(list)
    some_will_do = True

    def __init__(self, acts: OpenActs, say: Say, parent: QWidget) -> None:
        title = say("Look at the source, not at the answer below, and write what it says")
        super().__init__(title, say("Check"), say, parent)
        self._places: list[str] = []
        for line in acts.to_check():
            spec = FieldSpec(line.label, say, choices=line.choices)
            kind = Kind.CHOICE if line.choices else Kind.TEXT
            self.ask(f"second-{line.place}", line.label, editor_for(kind, spec, self))
            self._places.append(line.place)
        self.close_up()

    def tell(self) -> None:
        """Say what the source says."""
        told = zip(self._places, self.lines, strict=True)
        self.told.emit([(place, line.raw().strip()) for place, line in told if line.raw().strip()])

    def forget(self, place: str) -> None:
        """One of them is done with."""
        self.lines[self._places.index(place)].draw_text("")

"""Above the questions: what was said of the whole form, and what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QSizePolicy, QVBoxLayout, QWidget

from crfapp.present.form_view import Patch
from crfapp.ui.casebook.act_panels import ActPanel, MovePanel, PaperPanel, SecondPanel
from crfapp.ui.casebook.asking import ReasonPrompt
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, InlineMessage

if TYPE_CHECKING:
    from crfapp.present.acts_view import FormNote
    from crfapp.ui.casebook.ports import OpenActs
    from crfapp.ui.fields import Say
    from crfapp.ui.widgets.message import Grade


class ActsView(QWidget):
    """``done`` carries when what was done is durable. ``more`` is the button that opens the list of acts."""

    done = Signal(str)

    def __init__(self, say: Say, parent: QWidget) -> None:
        super().__init__(parent)
        self.say = say
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(current().hair)
        self.more = Button(say("More…"), "quiet", parent=parent)
        self.more.setObjectName("more")
        self.more.clicked.connect(self._open_menu)
        self.notes: list[InlineMessage] = []
        self.panel: ActPanel | ReasonPrompt | None = None
        self._acts: OpenActs | None = None

    def show_acts(self, acts: OpenActs) -> None:
        """Turn to another form."""
        self._acts = acts
        self.put_away()

    def show_notes(self) -> None:
        """Say what is said of the form now."""
        for note in self.notes:
            self.column.removeWidget(note)
            note.hide()
            note.deleteLater()
        told = self._acts.notes() if self._acts is not None else ()
        self.notes = [self._note(note) for note in told]
        for place, note in enumerate(self.notes):
            self.column.insertWidget(place, note)
            note.show()
        self.more.setVisible(self._acts is not None and bool(self._acts.offers()))
        self.setVisible(bool(self.notes) or self.panel is not None)

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops, in order."""
        links: list[QWidget] = [link for note in self.notes for link in note.links]
        more: list[QWidget] = [] if self.more.isHidden() else [self.more]
        return [*more, *links, *(self.panel.stops() if self.panel else [])]

    def begin(self, act: str) -> None:
        """Open what an act needs to be told."""
        if self._acts is None:
            return
        acts, say = self._acts, self.say
        if act == "move":
            panel = MovePanel(acts, say, self)
            panel.told.connect(lambda place, why: self._after(acts.ask_move(place, why)))
            self._open(panel)
        elif act == "paper":
            paper = PaperPanel(acts, say, self)
            paper.told.connect(lambda who, when, why: self._after(acts.note_paper(who, when, why)))
            self._open(paper)
        elif act == "second":
            second = SecondPanel(acts, say, self)
            second.told.connect(self._checked)
            self._open(second)
        elif act == "decline":
            question = say("Why should it not be moved?")
            prompt = ReasonPrompt(question, (), say, go=say("Do not agree"), parent=self)
            prompt.given.connect(lambda why: self._after(acts.decide("decline", why)))
            self._open(prompt)
        else:
            self._decide(act)

    def put_away(self) -> None:
        """Close what was opened."""
        if self.panel is not None:
            self.column.removeWidget(self.panel)
            self.panel.hide()
            self.panel.deleteLater()
            self.panel = None
        self.setVisible(bool(self.notes))

    def _decide(self, act: str) -> None:
        """Do it at once, or ask why first."""
        acts = self._acts
        if acts is None:
            return
        question, go = acts.question(act)
        if not question:
            self._after(acts.decide(act))
            return
        prompt = ReasonPrompt(question, (), self.say, go=go, parent=self)
        prompt.given.connect(lambda why: self._after(acts.decide(act, why)))
        self._open(prompt)

    def _note(self, note: FormNote) -> InlineMessage:
        grade: Grade = "warn" if note.grade == "warn" else "info"
        message = InlineMessage(note.text, grade, actions=note.acts, parent=self)
        message.chosen.connect(self.begin)
        return message

    def _open(self, panel: ActPanel | ReasonPrompt) -> None:
        self.put_away()
        self.panel = panel
        panel.withheld.connect(self._withheld)
        self.column.addWidget(panel)
        self.show()
        panel.show()
        panel.stops()[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _withheld(self) -> None:
        self.put_away()
        self.more.setFocus(Qt.FocusReason.OtherFocusReason)

    def _after(self, patch: Patch) -> None:
        if patch.refusal is None:
            self.put_away()
            self.done.emit(patch.saved)
        elif self.panel is not None:
            self.panel.say_again(patch.refusal.text)
        else:
            self.notes.append(InlineMessage(patch.refusal.text, "error", parent=self))
            self.column.addWidget(self.notes[-1])

    def _checked(self, told: list[tuple[str, str]]) -> None:
        """Each answer is a check of its own; a refusal stops, and what was checked before stays so."""
        patch = Patch()
        for place, text in told:
            if self._acts is None or patch.refusal is not None:
                break
            patch = self._acts.check(place, text)
            if patch.refusal is None and isinstance(self.panel, SecondPanel):
                self.panel.forget(place)
        self._after(patch)

    def _open_menu(self) -> None:
        menu = QMenu(self.more)
        menu.setAccessibleName(self.say("More about this form"))
        for digit, (key, words) in enumerate(self._acts.offers() if self._acts is not None else (), start=1):
            action = menu.addAction(f"&{digit}  {words}")
            action.setObjectName(key)
            action.triggered.connect(lambda _on=False, key=key: self.begin(key))
        menu.aboutToHide.connect(menu.deleteLater)
        x = 0 if self.isRightToLeft() else self.more.width() - menu.sizeHint().width()
        menu.popup(self.more.mapToGlobal(QPoint(x, self.more.height())))
        menu.setActiveAction(menu.actions()[0])

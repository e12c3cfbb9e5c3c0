"""What stands below a row: refusals with what may have been meant, findings, and the prompt for a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, InlineMessage
from crfapp.ui.widgets.offering import OfferButtons

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crfapp.present.form_view import FindingView
    from crfapp.ui.casebook.asking import ReasonPrompt
    from crfapp.ui.casebook.question import Question
    from crfapp.ui.widgets.message import Grade


TASK = "T"
"""The level of a finding that is an obligation."""


class Messages(QWidget):
    """The sentences about the questions of one row, below it."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        tokens = current()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, tokens.hair)
        self.column.setSpacing(0)
        self.prompt: ReasonPrompt | None = None
        self._parts: list[QWidget] = []
        self.held: QWidget | None = None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to say."""
        return not self._parts and self.prompt is None and self.held is None

    def show_for(self, questions: Iterable[Question], *, named: bool) -> None:
        """Say everything about these questions; ``named`` puts the question's name first."""
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self._parts = []
        for question in questions:
            if question.visible:
                self._say_of(question, f"{question.name}: " if named else "")
        for place, part in enumerate(self._parts, start=int(self.held is not None)):
            self.column.insertWidget(place, part)
            part.show()
        self.changed.emit()

    def ask(self, prompt: ReasonPrompt) -> None:
        """Put a prompt below the sentences, in the place of an earlier one."""
        self.stop_asking()
        self.prompt = prompt
        self.column.addWidget(prompt)
        self.column.setContentsMargins(0, 0, 0, current().gap)
        prompt.show()
        self.changed.emit()

    def stop_asking(self) -> None:
        """Take the prompt away."""
        if self.prompt is not None:
            self.column.removeWidget(self.prompt)
            self.prompt.hide()
            self.prompt.deleteLater()
            self.prompt = None
            self.column.setContentsMargins(0, 0, 0, current().hair)
            self.changed.emit()

    def hold(self, panel: QWidget | None) -> None:
        """Let something with ``stops`` of its own stand open above the sentences; None takes it away."""
        if self.held is not None:
            self.column.removeWidget(self.held)
            self.held.hide()
            self.held.deleteLater()
        self.held = panel
        if panel is not None:
            self.column.insertWidget(0, panel)
            panel.show()
        self.changed.emit()

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops, in order."""
        found: list[QWidget] = list(getattr(self.held, "stops", list)())
        for part in self._parts:
            found += part.links if isinstance(part, InlineMessage) else part.findChildren(Button)
        return [*found, *self.prompt.stops()] if self.prompt else found

    def focus_offers(self) -> bool:
        """To the first thing that may have been meant; False where there is none."""
        offered = next((part for part in self._parts if isinstance(part, OfferButtons)), None)
        if offered is not None:
            offered.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
        return offered is not None

    def _say_of(self, question: Question, before: str) -> None:
        refusal, say = question.refusal, question.wishes.say
        if refusal is not None and not refusal.wants_reason:
            self._parts.append(InlineMessage(before + refusal.text, "error", parent=self))
            if refusal.offers:
                self._parts.append(self._offers(question))
        if question.state is None:
            return
        if question.compact and question.state.previous:
            self._parts.append(InlineMessage(before + question.state.previous, "info", parent=self))
        if question.compact and question.state.missing and refusal is None:
            self._parts.append(InlineMessage(before + question.state.missing, "info", parent=self))
        if question.state.to_confirm and refusal is None:
            words = say("This question applies again. Is the answer still right?")
            message = InlineMessage(
                before + words, "info", actions=(("right", say("Still right")),), parent=self
            )
            message.chosen.connect(lambda _key: question.wishes.still_right(question))
            self._parts.append(message)
        self._parts += [self._finding(question, finding, before) for finding in question.state.findings]
        self._parts += self._sign(question, before)

    def _finding(self, question: Question, finding: FindingView, before: str) -> InlineMessage:
        say = question.wishes.say
        if finding.state != "open":
            words = say("Confirmed: {reason}", reason=finding.reason) if finding.reason else say("Confirmed")
            return InlineMessage(f"{before}{finding.text} {words}", "info", parent=self)
        if not finding.may_answer:
            grade: Grade = "error" if finding.level == "H" else "warn"
            return InlineMessage(before + finding.text, grade, parent=self)
        if finding.level == TASK:
            return self._task(question, finding, before)
        correct = ("correct", say("Correct"))
        hard = finding.level == "H"
        actions = (correct,) if hard else (("right", say("It is right…")), correct)
        grade = "error" if hard else "warn"
        message = InlineMessage(before + finding.text, grade, actions=actions, parent=self)

        def chosen(action: str) -> None:
            if action == "right":
                question.wishes.finding_answered(question, finding, action)
            else:
                question.focus()

        message.chosen.connect(chosen)
        return message

    def _task(self, question: Question, finding: FindingView, before: str) -> InlineMessage:
        """What is owed because of the answer: take over what is drafted, or say what was done."""
        say = question.wishes.say
        if finding.draft:
            words = (say("Record in {form}", form=finding.draft), say("Not needed…"))
            actions: tuple[tuple[str, str], ...] = (("draft", words[0]), ("done", words[1]))
        else:
            actions = (("done", say("Done…")),)
        message = InlineMessage(before + finding.text, "warn", actions=actions, parent=self)
        message.chosen.connect(lambda action: question.wishes.finding_answered(question, finding, action))
        return message

    def _sign(self, question: Question, before: str) -> list[QWidget]:
        """What a sign asks about the log of events, and the answers to it."""
        sign = question.state.sign if question.state is not None else None
        if sign is None:
            return []
        grade: Grade = "warn" if sign.grade == "warn" else "info"
        parts: list[QWidget] = [InlineMessage(before + sign.text, grade, parent=self)]
        if sign.acts:
            made = OfferButtons([words for _, words in sign.acts], self)
            made.taken.connect(lambda n: question.wishes.finding_answered(question, sign, sign.acts[n][0]))
            made.left.connect(question.focus)
            parts.append(made)
        return parts

    def _offers(self, question: Question) -> OfferButtons:
        assert question.refusal is not None  # noqa: S101  # the caller has looked
        offers = question.refusal.offers
        made = OfferButtons([offer.label for offer in offers], self)
        made.taken.connect(lambda place: question.wishes.offer_taken(question, offers[place]))
        made.left.connect(question.focus)
        return made


def shows_something(question: Question) -> bool:
    """Whether anything is to be said below the question's row."""
    state = question.state
    refused = question.refusal is not None and not question.refusal.wants_reason
    if not question.visible or state is None:
        return False
    below = question.compact and bool(state.missing or state.previous)
    return bool(refused or below or state.findings or state.to_confirm or state.sign)

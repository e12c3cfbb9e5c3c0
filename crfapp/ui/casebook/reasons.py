"""Asking for a reason below a question, and going on where the person was going."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from crfapp.ui.casebook.asking import ReasonPrompt
from crfapp.ui.casebook.rows import line_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import SignalInstance

    from crfapp.present.form_view import Patch
    from crfapp.ui.casebook.ports import OpenForm
    from crfapp.ui.casebook.question import Question
    from crfapp.ui.fields import Say

    Act = Callable[[str], Patch]


class Asked(NamedTuple):
    """A question about a reason: its sentence, what can be picked, and the word on the button."""

    sentence: str
    reasons: tuple[str, ...]
    go: str


class Taking(Protocol):
    """Who draws what an act led to."""

    page: OpenForm
    say: Say

    @property
    def step_wanted(self) -> SignalInstance:
        """To the neighbour of a question."""

    def take(self, patch: Patch, question: Question | None = None) -> bool:
        """Draw a patch; False where it was refused."""


class Reasons:
    """Acts of which some want a reason. An act takes the reason, empty at first."""

    def __init__(self, entry: Taking) -> None:
        self._entry = entry

    def try_without(self, question: Question, act: Act) -> None:
        """Act without a reason; ask for one where it is wanted."""
        entry, patch = self._entry, act("")
        if entry.take(patch, question) or patch.refusal is None or not patch.refusal.wants_reason:
            return
        name = f"{question.name}: " if line_of(question).named else ""
        asked = Asked(name + patch.refusal.text, entry.page.reasons(), entry.say("Save"))
        self.ask(question, asked, act)

    def ask(self, question: Question, asked: Asked, act: Act) -> None:
        """Put the prompt below the question; it takes the keyboard only from its own line."""
        line, say = line_of(question), self._entry.say
        prompt = ReasonPrompt(
            asked.sentence, asked.reasons, say, go=asked.go, back=say("Put back"), parent=line
        )
        prompt.given.connect(lambda reason: self._given(question, prompt, act(reason)))
        prompt.withheld.connect(lambda: self._withheld(question))
        line.ask(prompt, focus=line.has_keyboard())

    def _given(self, question: Question, prompt: ReasonPrompt, patch: Patch) -> None:
        if patch.refusal is not None and patch.refusal.wants_reason:
            prompt.say_again(patch.refusal.text)
            return
        going_on = line_of(question).has_keyboard()
        if going_on:
            question.focus()
        if self._entry.take(patch, question) and going_on:
            self._entry.step_wanted.emit(question, 1)

    def _withheld(self, question: Question) -> None:
        """The saved answer comes back, and the keyboard with it."""
        line = line_of(question)
        question.focus()
        question.editor.revert()
        question.settle(saved=False)
        line.say().stop_asking()
        line.show_changes()

"""Why a question is shown, hidden, required or calculated as it is, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

from crfapp.form.explaining import Explainer
from crfapp.present.reading_words import ReadingWords
from crfapp.present.texts import LEFT_TO_RIGHT_ISOLATE, N_, POP_ISOLATE, isolated

if TYPE_CHECKING:
    from crfapp.form.explaining import Cause
    from crfapp.form.graph import Cell, FormGraph
    from crfapp.ledger.keys import FormKey
    from crfapp.present.texts import Texts
    from crfapp.present.workplace import Workplace

_SHOWN, _HIDDEN = N_("Shown because {reasons}."), N_("Hidden because {reasons}.")
_REQUIRED, _ASKED = N_("Required because {reasons}."), N_("It asks because {reasons}.")


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence, and the expression of the pack that it is about."""

    text: str
    expression: str


class Reasons:
    """The reasons of one open form, told to whoever reads ``say``; without it to the person at work."""

    def __init__(self, at: Workplace, key: FormKey, say: Texts | None = None) -> None:
        self._at, self._key = at, key
        self._say = say or at.texts
        self._words = ReadingWords(at, key, self._say)

    def shown(self, cell: Cell) -> Reason | None:
        """Why a question is shown or hidden; None where it always applies."""
        cause = self._explainer.shown(cell)
        if cause is None:
            return None
        template = _SHOWN if cause.truth is True else _HIDDEN
        return self._reason(template, cause)

    def required(self, cell: Cell) -> Reason | None:
        """Why an answer is required; None where it is not, or always is."""
        cause = self._explainer.required(cell)
        if cause is None or cause.truth is not True:
            return None
        return self._reason(_REQUIRED, cause)

    def fired(self, cell: Cell, check: str) -> Reason | None:
        """Why a check of the pack spoke; None for ranges and rules of the item."""
        cause = self._explainer.fired(cell, check)
        return None if cause is None else self._reason(_ASKED, cause)

    def worked_out(self, cell: Cell) -> Reason | None:
        """``AREA = round(pi / 4 * 14.0 * 10.0, 1) = 110.0``; None where a person answers."""
        working = self._explainer.worked_out(cell)
        if working is None:
            return None
        state = self._graph.state(cell)
        value = (state.text if state else None) or self._say("no value")
        steps = dict.fromkeys((cell.item, working.filled, value))  # a plain sum is its own result
        return Reason(f"{LEFT_TO_RIGHT_ISOLATE}{' = '.join(steps)}{POP_ISOLATE}", working.expression)

    @property
    def _graph(self) -> FormGraph:
        return self._at.desk.forms.get(self._key)

    @property
    def _explainer(self) -> Explainer:
        return Explainer(self._at.study_at(self._key), self._graph)

    def _reason(self, template: str, cause: Cause) -> Reason:
        say = self._say
        parts = [self._words.sentence(told) for told in cause.told] or [isolated(cause.expression)]
        reasons = reduce(lambda first, second: say("{first} and {second}", first=first, second=second), parts)
        return Reason(say(template, reasons=reasons), cause.expression)

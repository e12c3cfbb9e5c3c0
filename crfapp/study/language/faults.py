"""What can be wrong with an expression, said with its place, so that a study author can put it right."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Span(NamedTuple):
    """A stretch of the expression's text: from ``start`` up to, not including, ``end``."""

    start: int
    end: int


class FaultKind(StrEnum):
    """Stable names of the faults; pack reports and tests refer to them."""

    TOO_LONG = "too-long"
    TOO_DEEP = "too-deep"
    BAD_CHARACTER = "bad-character"
    OPEN_TEXT = "open-text"
    BAD_NUMBER = "bad-number"
    BAD_DATE = "bad-date"
    BAD_PATTERN = "bad-pattern"
    UNEXPECTED = "unexpected"
    UNKNOWN_ROW = "unknown-row"
    UNKNOWN_FUNCTION = "unknown-function"
    WRONG_ARGUMENTS = "wrong-arguments"
    UNKNOWN_NAME = "unknown-name"
    UNKNOWN_CODE = "unknown-code"
    WRONG_TYPE = "wrong-type"
    NOT_COMPARABLE = "not-comparable"
    NO_ORDER = "no-order"
    NEVER_TRUE = "never-true"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: where it stands, what is wrong, and what to write instead."""

    kind: FaultKind
    start: int
    end: int
    sentence: str
    advice: str

    def __str__(self) -> str:
        return f"{self.sentence} {self.advice}".rstrip()


class RefusedText(Exception):
    """Carries the fault out of the tokenizer and the parser; never leaves :func:`parse`."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.sentence)
        self.fault = fault


def refuse(kind: FaultKind, at: Span, sentence: str, advice: str = "") -> RefusedText:
    """The exception to raise for a fault found while reading."""
    return RefusedText(Fault(kind, at.start, at.end, sentence, advice))


def nearest(wrong: str, known: Iterable[str], otherwise: str = "") -> str:
    """Advice that names the closest known spelling, or ``otherwise`` where none is close."""
    close = difflib.get_close_matches(wrong.upper(), {name.upper(): name for name in known}, n=1, cutoff=0.6)
    if not close:
        return otherwise
    spelled = next(name for name in known if name.upper() == close[0])
    return f"Did you mean {spelled}?"

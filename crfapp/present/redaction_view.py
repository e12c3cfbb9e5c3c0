"""What the Redaction page shows, as plain values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HeldLine:
    """A text that stands in the records: where, what kind of entry it is, the text, who wrote it and when."""

    where: str
    what: str
    text: str
    who: str
    when: str


@dataclass(frozen=True, slots=True)
class WishLine:
    """A wish that waits: who asked, when and why, and everything that would become unreadable.

    ``hindrance`` says why this person cannot decide it; empty where they can.
    """

    wish: str
    who: str
    when: str
    why: str
    lines: tuple[HeldLine, ...]
    hindrance: str = ""


@dataclass(frozen=True, slots=True)
class DecidedLine:
    """A wish that was decided, without any of the text."""

    where: str
    made: bool
    what: str
    asked: str
    asked_why: str
    decided: str
    decided_why: str
    when: str


@dataclass(frozen=True, slots=True)
class RedactionView:
    """How things stand. ``place``: where ``problem`` belongs (number, text, reason, or a wish's id).

    ``found`` is what holds the text that was looked for; ``hint`` says what that leads to, ``done`` what was
    just achieved.
    """

    may_ask: bool
    found: tuple[HeldLine, ...] = ()
    hint: str = ""
    problem: str = ""
    place: str = ""
    done: str = ""
    wishes: tuple[WishLine, ...] = ()
    decided: tuple[DecidedLine, ...] = ()

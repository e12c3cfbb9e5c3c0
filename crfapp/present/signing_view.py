"""What the Signing page shows, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crfapp.ledger.keys import FormKey, Scope
    from crfapp.present.address import Address
    from crfapp.present.today_view import TileView


@dataclass(frozen=True, slots=True)
class SignLine:
    """One signature that waits, or may be given. ``pill`` tones the words of its state."""

    scope: Scope
    meaning: str
    subject: str
    what: str
    where: str
    meaning_words: str
    state: str
    pill: str
    icon: str
    due: str
    late: bool


@dataclass(frozen=True, slots=True)
class UnlockLine:
    """Somebody asks to open what is locked, and waits for the investigator."""

    scope: Scope
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One answer: what it is now; since a signature also what it was, who changed it, when and why."""

    question: str
    then: str
    now: str
    who: str = ""
    when: str = ""
    why: str = ""
    changed: bool = False


@dataclass(frozen=True, slots=True)
class ReviewedForm:
    """A form that is signed: everything in it, or what changed since. ``content`` is the hash of it.

    ``note`` says which of the two it is; ``seen`` whether this person went through it as it is.
    """

    key: FormKey
    title: str
    where: str
    note: str
    lines: tuple[ChangeLine, ...]
    content: str
    seen: bool
    address: Address


@dataclass(frozen=True, slots=True)
class HindranceLine:
    """What stands in the way, in a sentence, and where to mend it."""

    text: str
    address: Address


@dataclass(frozen=True, slots=True)
class Review:
    """What is about to be signed: its forms one by one, what is in the way, and how much is not seen yet."""

    title: str
    since: str
    forms: tuple[ReviewedForm, ...]
    hindrances: tuple[HindranceLine, ...]

    @property
    def unseen(self) -> int:
        """How many forms are still to be gone through."""
        return sum(not form.seen for form in self.forms)


@dataclass(frozen=True, slots=True)
class SigningView:
    """The whole page. ``more`` counts what waits beyond the lines shown."""

    tiles: tuple[TileView, ...]
    lines: tuple[SignLine, ...]
    offered: tuple[SignLine, ...]
    unlocks: tuple[UnlockLine, ...]
    may_sign: bool
    more: int = 0

"""What is shown of queries, as plain values: a line in a list, and the thread of one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crfapp.present.address import Address


@dataclass(frozen=True, slots=True)
class ThreadLine:
    """One thing said or done: what, in whose words, who and when.

    ``kind``: raised, answered, closed, reopened, corrected, or settled where a check closed itself.
    """

    kind: str
    what: str
    text: str
    who: str
    when: str


@dataclass(frozen=True, slots=True)
class ThreadView:
    """One query with everything said in it, and what this person may do.

    ``key`` names it for the presenter; ``check`` is the check that asks, empty for a query of a person.
    ``tone`` colours ``state_words``. ``may_put_again``: a person may ask about what the site answered to
    a check. ``wants_words``: it is closed only with words, because nobody answered.
    """

    key: str
    title: str
    where: str
    state: str
    state_words: str
    tone: str
    age: str
    lines: tuple[ThreadLine, ...]
    address: Address
    check: str = ""
    may_answer: bool = False
    may_close: bool = False
    may_reopen: bool = False
    may_put_again: bool = False
    wants_words: bool = False


@dataclass(frozen=True, slots=True)
class AskView:
    """What is asked about one place; ``place`` names it, so that words begun there are found again."""

    place: str
    may_ask: bool
    threads: tuple[ThreadView, ...] = ()


@dataclass(frozen=True, slots=True)
class QueryLine:
    """One query in a list. ``days``: how old it is; ``old``: older than a query should become."""

    key: str
    title: str
    text: str
    by: str
    where: str
    state_words: str
    tone: str
    icon: str
    age: str
    days: int
    old: bool
    address: Address


@dataclass(frozen=True, slots=True)
class Narrowing:
    """One way to narrow the list: its key, its words, and how many there are (-1: not counted)."""

    key: str
    title: str
    count: int = -1


@dataclass(frozen=True, slots=True)
class QueriesView:
    """The list as it stands. ``more`` counts what is not listed; ``empty`` says why nothing is."""

    lines: tuple[QueryLine, ...]
    states: tuple[Narrowing, ...]
    state: str
    askers: tuple[Narrowing, ...]
    asker: str
    ages: tuple[Narrowing, ...]
    age: str
    more: int = 0
    empty: str = ""

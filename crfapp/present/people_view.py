"""What pages show of people, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crfapp.present.acts import ActState

if TYPE_CHECKING:
    from crfapp.present.acts import Act


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody with an account, as one line. ``state`` is what should be known first, with its tone.

    ``has_password``: without one nobody can come in.
    """

    login: str
    name: str
    role: str
    organisation: str
    valid: str
    identity: str
    key: str
    trained: str
    last_login: str
    state: str
    tone: str
    has_password: bool = True


@dataclass(frozen=True, slots=True)
class PersonView:
    """One person's card: facts with their names, and what can be done, as acts to open."""

    login: str
    title: str
    facts: tuple[tuple[str, str], ...]
    acts: tuple[Act, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class PeopleView:
    """The list and the open card."""

    lines: tuple[PersonLine, ...]
    chosen: PersonView | None = None
    state: ActState = field(default_factory=ActState)
    problem: str = ""

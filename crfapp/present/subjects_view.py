"""What the Subjects page shows, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crfapp.present.address import Address


@dataclass(frozen=True, slots=True)
class GridColumn:
    """One visit of the schedule. ``group``: scheduled, needed or log; its words in ``group_title``."""

    visit: str
    title: str
    group: str
    group_title: str


@dataclass(frozen=True, slots=True)
class GridCell:
    """One visit of one subject: its mark, and a word or two beside it.

    ``tone`` colours the words. ``findings`` counts open findings there, ``queries`` open queries of people,
    ``conflicts`` the questions that workstations answered differently.
    An empty ``mark`` shows nothing.
    """

    mark: str = ""
    text: str = ""
    tone: str = "muted"
    findings: int = 0
    queries: int = 0
    conflicts: int = 0


@dataclass(frozen=True, slots=True)
class GridRow:
    """One subject; ``note`` stands muted below the number."""

    subject: str
    number: str
    note: str
    findings: int
    cells: tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class FilterView:
    """One way to narrow the list."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class FormMark:
    """One form of the chosen visit."""

    title: str
    mark: str
    words: str
    address: Address


@dataclass(frozen=True, slots=True)
class VisitDetail:
    """The chosen cell in full: facts of the visit, and its forms."""

    title: str
    facts: str
    forms: tuple[FormMark, ...]
    address: Address

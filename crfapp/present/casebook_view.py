"""What a casebook shows, as plain values: the visits of one subject, and the forms of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crfapp.ledger.keys import FormKey


@dataclass(frozen=True, slots=True)
class FormEntry:
    """One form at a visit. ``status``: expected, open, complete; ``icon`` names the drawing for it.

    ``count``: how many rows stand in a log; 0 shows nothing. ``asked``: that a query there is open, or
    answered, in words. ``held``: that it is frozen or locked, in words, by itself or with what is around it.
    """

    key: FormKey
    title: str
    status: str
    icon: str
    count: int
    asked: str = ""
    held: str = ""


@dataclass(frozen=True, slots=True)
class VisitEntry:
    """One visit of the schedule, or a running log.

    ``standing``: started, missed, merged, cancelled, due, overdue, later, possible, or log. ``date_text``:
    the day it took place, or is booked or planned for. ``planned`` and ``window``: the planned day and the
    days around it in words, empty where the protocol has none. ``merges_into``: the later visits with which
    it can be held together, by OID and title. ``booked``: an appointment was made.
    ``asked``: that the visit as a whole is asked about; ``held``: that it is frozen or locked as a whole.
    """

    visit: str
    visit_n: int
    title: str
    date_text: str
    status_icon: str
    standing: str
    forms: tuple[FormEntry, ...]
    can_start: bool
    can_miss: bool
    overdue: bool
    booked: bool = False
    merges_into: tuple[tuple[str, str], ...] = ()
    planned: str = ""
    window: str = ""
    asked: str = ""
    held: str = ""

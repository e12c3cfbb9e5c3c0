"""The signs of a checklist and the log of events, in both directions (STUDIES 3.20).

A score above zero asks whether it is an event that goes on or a new one; a worse score raises the grade of
that event; a sign that is gone asks for the end of its event. The program proposes and a person decides.
*Asked: none* is a recorded 0; a sign that nobody asked for has no answer, and says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from crfapp.base.dates import PartialDate
from crfapp.ledger.keys import FormKey, ItemKey
from crfapp.ledger.state import SignLinkRow, TrailRow
from crfapp.study.names import log_group
from crfapp.work.begun import forms_begun, is_begun
from crfapp.work.offered import home_of
from crfapp.work.rows import rows_of_form

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.study.targets import Checklist, EventLog
    from crfapp.work.desk import Desk

Kind = Literal["choose", "new", "worse", "ended"]
PERSISTS_AFTER = timedelta(days=7)
"""A slight sign that is still there at the next contact, so many days later, is an event."""
EVENT_FROM, WORST = 2, 4
"""From this score on a sign is an event; the worst score leaves its grade to the investigator."""


class EventRow(NamedTuple):
    """An event of the log that goes on at a day: its row and number, its term and grade."""

    row: str
    number: int
    term: str
    grade: str


@dataclass(frozen=True, slots=True)
class SignAsk:
    """What a sign asks. ``events`` are those it may be the same as, the likeliest first.

    ``choose``: the same as one of them, or new? ``new``: no event goes on there. ``worse``: it is event
    ``events[0]``, and worse than its grade. ``ended``: event ``events[0]`` goes on, and the sign is gone.
    ``required``: the study wants an event for it. ``grade`` is what the score says, empty where only the
    investigator can tell; ``day`` the day of the checklist.
    """

    place: ItemKey
    term: str
    score: str
    kind: Kind
    events: tuple[EventRow, ...]
    required: bool
    grade: str
    day: date


def signs_asking(desk: Desk, key: FormKey) -> tuple[SignAsk, ...]:
    """What the signs of a checklist ask now, row by row; none where it was not gone through."""
    list_, log, day = desk.study.head.checklist, desk.study.head.events, desk.visit_date(key)
    if list_ is None or log is None or key.form != list_.form or day is None or not is_begun(desk, key):
        return ()
    found = []
    for info in rows_of_form(desk, key, desk.forms.plan(key)).get(sign_group(desk), ()):
        for item in list_.signs:
            ask = _asking(desk, (list_, log), ItemKey(*key, info.key, item), day)
            if ask is not None:
                found.append(ask)
    return tuple(found)


def ask_of(desk: Desk, place: ItemKey) -> SignAsk | None:
    """What one sign asks now; None where it asks nothing."""
    list_, log, day = desk.study.head.checklist, desk.study.head.events, desk.visit_date(place.of)
    if list_ is None or log is None or day is None or place.item not in list_.signs:
        return None
    return _asking(desk, (list_, log), place, day)


def sign_group(desk: Desk) -> str:
    """The section whose rows are the targets of the checklist; empty where it has none."""
    list_ = desk.study.head.checklist
    first = next(iter(list_.signs), "") if list_ is not None else ""
    return desk.study.place(list_.form, first).group if list_ is not None and first else ""


def event_log(desk: Desk, subject: str) -> FormKey:
    """Where the events of a subject stand."""
    log = desk.study.head.events
    form = log.form if log is not None else ""
    visit = next(iter(desk.study.visits_of(form)), "")
    return home_of(desk.study, FormKey(subject, visit, 1, form, 1))


def score_of(desk: Desk, place: ItemKey) -> str | None:
    """What was recorded of a sign: its score, ``Y`` or ``N``; None where nobody asked."""
    stored = desk.stored(place)
    return stored.value if stored is not None and stored.hidden != 1 else None


def is_there(score: str | None) -> bool:
    """Whether a score says that the sign is there."""
    return score not in (None, "0", "N")


def linked(desk: Desk, place: ItemKey) -> SignLinkRow | None:
    """What a person said of a sign at this checklist."""
    return desk.tables.get(SignLinkRow, *place)


def _said(desk: Desk, place: ItemKey) -> SignLinkRow | None:
    """What was said of the answer that stands there now; of one that was corrected since it says nothing."""
    said, stored = linked(desk, place), desk.stored(place)
    trail = desk.tables.get(TrailRow, stored.node, stored.seq) if stored is not None else None
    if said is None or said.link in ("same", "new") or trail is None:
        return said
    return said if trail.at <= said.at else None


def _asking(desk: Desk, parts: tuple[Checklist, EventLog], place: ItemKey, day: date) -> SignAsk | None:
    list_, log = parts
    score = score_of(desk, place)
    if score is None:
        return None
    events = tuple(_going_on(desk, log, place, day))
    mine = _mine(desk, list_, place, events)
    said = _said(desk, place)
    told = (place, list_.signs[place.item], score)
    if not is_there(score):
        asked = said is not None and said.link in ("ended", "none")
        return None if asked or not mine else SignAsk(*told, "ended", mine, False, "", day)
    grade = score if score.isdecimal() and int(score) < WORST else ""
    if said is not None and said.link in ("same", "new"):
        one = next((event for event in events if event.row == said.event_row), None)
        worse = one is not None and score.isdecimal() and _is_worse(score, one.grade)
        return SignAsk(*told, "worse", (one,), True, grade, day) if worse and one is not None else None
    if said is not None and said.link == "none":
        return None
    required = _is_event(desk, place, score, day)
    if not events and not required:
        return None
    likely = (*mine, *(event for event in events if event not in mine))
    return SignAsk(*told, "choose" if events else "new", likely, required, grade, day)


def _is_worse(score: str, grade: str) -> bool:
    """Whether a score is above a grade; the worst score is not above a grade 3 that somebody chose."""
    return min(int(score), WORST - 1) > (int(grade) if grade.isdecimal() else 0)


def _is_event(desk: Desk, place: ItemKey, score: str, day: date) -> bool:
    """Whether the study wants an event: by the score, by what is not expected at all, or as it persists."""
    expects = desk.study.place(place.form, place.item).item.expects
    if expects and score not in expects:
        return True
    if score.isdecimal() and int(score) >= EVENT_FROM:
        return True
    before = _before(desk, place, day)
    return before is not None and is_there(before[1]) and day - before[0] >= PERSISTS_AFTER


def _before(desk: Desk, place: ItemKey, day: date) -> tuple[date, str] | None:
    """The day and the score of the checklist before, at which this sign was asked for."""
    earlier: list[tuple[date, str]] = []
    for row in forms_begun(desk, subject=place.subject, form=place.form):
        when = desk.visit_date(row.key)
        score = score_of(desk, ItemKey(*row.key, place.row, place.item))
        if when is not None and when < day and score is not None:
            earlier.append((when, score))
    return max(earlier, default=None)


def _mine(desk: Desk, list_: Checklist, place: ItemKey, events: tuple[EventRow, ...]) -> tuple[EventRow, ...]:
    """Of the events that go on, those that this sign was said to be, and those of its term."""
    links = desk.tables.find(SignLinkRow, subject=place.subject)
    rows = {
        link.event_row
        for link in links
        if (link.form, link.row, link.item) == (place.form, place.row, place.item)
        and link.link in ("same", "new")
    }
    term = list_.signs[place.item].casefold()
    return tuple(event for event in events if event.row in rows or event.term.casefold() == term)


def _going_on(desk: Desk, log: EventLog, place: ItemKey, day: date) -> Iterator[EventRow]:
    """The events of the target of a sign that had begun by a day and had not ended before it."""
    key = event_log(desk, place.subject)
    if not is_begun(desk, key):
        return
    for info in rows_of_form(desk, key, desk.forms.plan(key)).get(log_group(desk.study, key.form), ()):
        told = {name: _told(desk, key, info.key, item) for name, item in _items(log)}
        if told["target"] not in ("", place.row) or not _spans(told, day):
            continue
        yield EventRow(info.key, info.number, told["term"], told["grade"])


def _items(log: EventLog) -> tuple[tuple[str, str], ...]:
    return (
        ("target", log.target or ""),
        ("term", log.term),
        ("grade", log.grade),
        ("start", log.start),
        ("end", log.end),
        ("ongoing", log.ongoing),
    )


def _spans(told: dict[str, str], day: date) -> bool:
    begun = not told["start"] or PartialDate.parse(told["start"]).lo <= day
    over = bool(told["end"]) and PartialDate.parse(told["end"]).hi < day
    return begun and not over and told["ongoing"] != "N"


def _told(desk: Desk, key: FormKey, row: str, item: str) -> str:
    stored = desk.stored(ItemKey(*key, row, item)) if item else None
    return stored.value or "" if stored is not None and stored.hidden != 1 else ""

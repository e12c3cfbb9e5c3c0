"""What was judged of an event, by whom, when, and how it was judged first (REQ-921).

A later judgement never takes the place of the first one: both are shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from crfapp.ledger.events import ValueRecorded
from crfapp.ledger.keys import ItemKey

if TYPE_CHECKING:
    from crfapp.ledger.keys import FormKey
    from crfapp.work.desk import Desk
    from crfapp.work.strict_time import Past

INVESTIGATOR = "investigator"


class Judgement(NamedTuple):
    """One answer to a question that only the investigator answers; ``at`` is when it was recorded (UTC)."""

    item: str
    value: str | None
    missing: str | None
    at: str
    name: str
    role: str
    reason: str | None


def judged_items(desk: Desk, form: str) -> tuple[str, ...]:
    """The questions of a form that only an investigator answers, in its order."""
    places = desk.study.items(form)
    return tuple(item for item, place in places.items() if INVESTIGATOR in place.item.by)


def judgements(past: Past, place: ItemKey) -> tuple[Judgement, ...]:
    """Every answer that was given there, the first one first."""
    found = [
        (record.envelope.hybrid, record)
        for record in past.records(subject=place.subject, kinds={ValueRecorded.kind}, item=place.item)
        if isinstance(record.event, ValueRecorded) and record.event.place == place
    ]
    told = []
    for _, record in sorted(found, key=lambda one: one[0]):
        event, who = record.event, record.envelope
        if isinstance(event, ValueRecorded):
            said = (event.value, event.missing, who.at, who.name, who.role, event.reason)
            told.append(Judgement(place.item, *said))
    return tuple(told)


def criteria_met(desk: Desk, key: FormKey, row: str) -> tuple[str, ...]:
    """The questions of seriousness answered by yes: those that are asked because the event is serious."""
    log = desk.study.head.events
    if log is None or log.form != key.form:
        return ()
    met = []
    for item, place in desk.study.items(key.form).items():
        asks = place.item.when or ""
        stored = desk.stored(ItemKey(*key, row, item))
        if log.serious in asks and stored is not None and stored.value == "Y" and stored.hidden != 1:
            met.append(item)
    return tuple(met)

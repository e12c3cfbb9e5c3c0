"""What would become of other visits if an answer from which they are counted were another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.form.values import Reading, read
from crfapp.present.words import TIMING
from crfapp.work.reading_items import field_of, manner_of
from crfapp.work.schedule import moved

if TYPE_CHECKING:
    from crfapp.form.graph import Cell
    from crfapp.ledger.keys import FormKey
    from crfapp.present.workplace import Workplace
    from crfapp.work.schedule import Slot

MOST_NAMED = 8


def moves_of(at: Workplace, key: FormKey, cell: Cell, typed: str) -> str:
    """Which visits get another day or another standing in their window; empty where none does."""
    planned = at.desk.forms.plan(key).items.get(cell.item)
    if planned is None or f"{key.form}.{cell.item}" not in at.desk.counted_from:
        return ""
    reading = read(typed, field_of(at.desk, key, planned), manner_of(at.desk, key))
    if not isinstance(reading, Reading):
        return ""
    before, say = at.desk.slots(key.subject), at.texts
    pairs = moved(before, at.desk.slots_if(key, cell.item, reading.text), at.today)
    told = [_moved_visit(at, was, is_) for was, is_ in pairs[:MOST_NAMED]]
    if len(pairs) > MOST_NAMED:
        told.append(say("and {count} more", count=len(pairs) - MOST_NAMED))
    return say("This moves: {visits}.", visits="; ".join(told)) if told else ""


def _moved_visit(at: Workplace, was: Slot, is_: Slot) -> str:
    say, title = at.texts, at.study_texts.visit(is_.visit)
    if is_.actual is not None and was.timing != is_.timing and is_.timing is not None:
        before = say(TIMING[was.timing]) if was.timing else say("not known")
        return say("{visit}: {before} → {after}", visit=title, before=before, after=say(TIMING[is_.timing]))
    day = say.short_date(is_.planned) if is_.planned else say("no day")
    return say("{visit}: planned {day}", visit=title, day=day)

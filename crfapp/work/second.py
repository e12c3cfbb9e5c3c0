"""A second check of critical answers (REQ-414): another person types the answer again, or compares it.

What the second person says never overwrites the first answer. Where both differ a question opens at the item;
it closes when the answer is corrected, or is answered with the reason why the first one is right.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.form.graph import Cell
from crfapp.form.values import Reading, Unreadable
from crfapp.ledger.events import Event, FindingRaised, SecondEntry
from crfapp.ledger.keys import FormKey, ItemKey
from crfapp.ledger.state import FormRowRow, ItemRow, SecondRow, TrailRow
from crfapp.work.begun import is_begun
from crfapp.work.cases import Command, Topic, use_case
from crfapp.work.entry import read_answer
from crfapp.work.findings import SECOND, settled
from crfapp.work.marks import refuse_held_form
from crfapp.work.roles import Right
from crfapp.work.sentences import SECOND_DIFFERS, SECOND_OTHER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.study.study import Study
    from crfapp.work.desk import Desk
    from crfapp.work.roles import Actor

RETYPE, CONFIRM = "retype", "confirm"
SAME = "same"
"""What is told to confirm an answer; any other word says that the source has another one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckAnswer(Command):
    """What the second person typed, or SAME, or a missing code."""

    key: FormKey
    row: str = ""
    item: str
    typed: str = ""
    missing: str | None = None


@use_case(CheckAnswer, needs=Right.RECORD, touches=(Topic.ANSWERS, Topic.FORMS))
def check_answer(cmd: CheckAnswer, desk: Desk, actor: Actor) -> Iterator[Event]:
    """Record what was said, and ask where it is another answer."""
    refuse_held_form(desk, cmd.key)
    place, cell = ItemKey(*cmd.key, cmd.row, cmd.item), Cell(cmd.row, cmd.item)
    stored = desk.stored(place)
    if stored is None or not is_waiting(desk, stored):
        raise RefusedError(Code.NOTHING_TO_CHECK, item=cmd.item)
    if first_person(desk, stored) == actor.login:
        raise RefusedError(Code.SAME_PERSON, item=cmd.item)
    how = desk.study.place(cmd.key.form, cmd.item).item.second or ""
    same, text = _compared(desk, cmd, cell, stored, how)
    told = {"how": how, "same": same, "typed": cmd.typed or None, "missing": cmd.missing}
    yield desk.lay(SecondEntry(**place._asdict(), head=stored.head, **told))
    open_now = desk.forms.findings(cmd.key).get((cell, f"{SECOND}{cmd.item}"))
    if open_now is not None and open_now.state == "open":
        yield settled(desk, cmd.key, cell, open_now.check)
    if not same:
        yield _asked(desk, place, cell, text)


def waiting_of(desk: Desk, key: FormKey) -> list[ItemRow]:
    """The answers of a form that wait for a second person, in the order of the form."""
    if not is_begun(desk, key):
        return []
    rank = desk.forms.plan(key).rank
    wanted = [item for form, item in checked_items(desk.study) if form == key.form]
    found = [row for item in wanted for row in desk.tables.find(ItemRow, **key._asdict(), item=item)]
    return sorted((row for row in found if is_waiting(desk, row)), key=lambda row: (row.row, rank[row.item]))


@lru_cache(maxsize=8)
def checked_items(study: Study) -> tuple[tuple[str, str], ...]:
    """Form and item of everything that a second person checks; found out once for a study."""
    return tuple(
        (form, name)
        for form in study.forms
        for name, place in study.items(form).items()
        if place.item.second is not None
    )


def is_waiting(desk: Desk, row: ItemRow) -> bool:
    """Whether an answer in force was not looked at by a second person since it was given."""
    if desk.study.place(row.form, row.item).item.second is None or row.hidden == 1:
        return False
    if row.value is None and row.missing is None:
        return False
    if row.row and desk.tables.find(FormRowRow, **row.key.of._asdict(), row=row.row, voided=1):
        return False
    seen = desk.tables.get(SecondRow, *row.key)
    return seen is None or (seen.head_node, seen.head_seq) != row.head


def first_person(desk: Desk, row: ItemRow) -> str:
    """The login of whoever gave the answer in force."""
    trail = desk.tables.get(TrailRow, *row.head)
    return trail.login if trail is not None else ""


def _compared(desk: Desk, cmd: CheckAnswer, cell: Cell, stored: ItemRow, how: str) -> tuple[bool, str]:
    """Whether it is the same answer, and what the other one reads; what cannot be read is refused."""
    if cmd.missing is not None:
        return (None, cmd.missing) == (stored.value, stored.missing), cmd.missing
    if how == CONFIRM:
        return cmd.typed == SAME, ""
    reading = read_answer(desk, cmd.key, cell, cmd.typed)
    if isinstance(reading, Unreadable):
        raise RefusedError(reading.code, **{"item": cmd.item, **reading.facts})
    text = reading.text if isinstance(reading, Reading) else None
    if text is None:
        raise RefusedError(Code.NOTHING_TO_CHECK, item=cmd.item)
    return (text, None) == (stored.value, stored.missing), text


def _asked(desk: Desk, place: ItemKey, cell: Cell, text: str) -> Event:
    words = desk.say(SECOND_DIFFERS, text=text) if text else desk.say(SECOND_OTHER)
    event = FindingRaised(**place._asdict(), check=f"{SECOND}{cell.item}", level="Q", text=words)
    desk.forms.raised(event)
    return desk.lay(event)

"""Steps in which a monitor compares answers with their source, and what is expected of their marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crfapp.base.problems import Code, RefusedError
from crfapp.journeys.finding_rows import row_of
from crfapp.ledger.keys import EventId, ItemKey
from crfapp.ledger.state import SubjectRow, VerifiedRow
from crfapp.work.verification import VerifyItem
from crfapp.work.verification_standing import planned_items

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crfapp.journeys.expecting import Seen
    from crfapp.journeys.player import Player
    from crfapp.journeys.told import Step
    from crfapp.ledger.keys import FormKey
    from crfapp.work.desk import Desk

_NOTHING = EventId("", 0)
_TAKEN = {"taken": "planned"}


def _verify(player: Player, step: Step) -> None:
    """Each named answer, as it stands now; the first that is refused ends the step."""
    said = step.says["verify"]
    if not isinstance(said["items"], list):
        player.wrong(step, "'items' is a list")
    key = player.form = player.form_key(step, str(said["form"]))
    for item in map(str, said["items"]):
        row = _row(player.desk, key, str(said.get("row", "")), item)
        stored = player.desk.stored(ItemKey(*key, row, item))
        head = _NOTHING if stored is None else stored.head
        player.send(step, VerifyItem(key=key, row=row, item=item, head=head))


def _row(desk: Desk, key: FormKey, name: str, item: str) -> str:
    if not name:
        return ""
    found = row_of(desk, key, name, item)[1]
    if found is None:
        raise RefusedError(Code.UNKNOWN_ROW, form=key.form)
    return found


def verification(wanted: dict[str, Any], seen: Seen) -> Iterator[tuple[str, str]]:
    """Where marks stand: by ``ITEM``, ``ROW/ITEM`` or ``FORM.ITEM`` at the visit that is open."""
    for name, expected in wanted.items():
        found = _mark(seen, str(name))
        if found != str(expected):
            yield f"{name} {expected}", found


def _mark(seen: Seen, name: str) -> str:
    """done, changed, planned where it waits to be compared, else none."""
    if seen.form is None:
        return "no form is open"
    key, (form, dot, item) = seen.form, name.partition(".")
    if dot:
        key, name = key._replace(form=form, form_n=1), item
    row, _, item = name.rpartition("/")
    place = ItemKey(*key, _row(seen.desk, key, row, item), item)
    mark = seen.desk.tables.get(VerifiedRow, *place)
    subject = seen.desk.tables.get(SubjectRow, seen.subject)
    items = planned_items(seen.desk, subject, key) if subject is not None else []
    if not any(one.key == place for one in items):
        return "none"
    return "planned" if mark is None else _TAKEN.get(mark.state, mark.state)


VERIFYING: dict[str, Callable[[Player, Step], None]] = {"verify": _verify}

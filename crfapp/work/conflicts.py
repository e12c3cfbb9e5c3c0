"""Answers of several workstations that contradict each other: found, and decided by a person (REQ-609).

An answer that was not given in knowledge of another one stands beside it. Where both say the same, nothing
is to be decided; the next answer names both. What the program works out is never in conflict: it is worked
out anew from what is in force.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.fold_forms import MOVED
from crfapp.ledger.origins import is_told
from crfapp.ledger.state import FormRow, FormRowRow, ItemRow, RivalRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crfapp.ledger.keys import FormKey, ItemKey
    from crfapp.work.desk import Desk
    from crfapp.work.ports import Tables


class Conflict(NamedTuple):
    """One question with several answers: the one in force, and those beside it that say something else."""

    key: ItemKey
    stands: ItemRow
    rivals: tuple[RivalRow, ...]

    @property
    def answers(self) -> tuple[ItemRow | RivalRow, ...]:
        """All of them, the one in force first."""
        return (self.stands, *self.rivals)


def conflicts(tables: Tables, subject: str | None = None) -> list[Conflict]:
    """Everything that waits for a person to decide between answers, ordered by place."""
    rows = tables.find(RivalRow) if subject is None else tables.find(RivalRow, subject=subject)
    return list(_conflicts(tables, rows))


def in_conflict(tables: Tables, key: FormKey) -> list[Conflict]:
    """The same for one form."""
    return list(_conflicts(tables, tables.find(RivalRow, **key._asdict())))


def refuse_in_conflict(desk: Desk, key: FormKey) -> None:
    """IN_CONFLICT where answers in a form contradict each other."""
    for one in in_conflict(desk.tables, key):
        raise RefusedError(Code.IN_CONFLICT, form=key.form, item=one.key.item)


def _conflicts(tables: Tables, rows: Sequence[RivalRow]) -> Iterator[Conflict]:
    beside: dict[ItemKey, list[RivalRow]] = {}
    for row in rows:
        beside.setdefault(row.key, []).append(row)
    for key, rivals in beside.items():
        stands = tables.get(ItemRow, *key)
        if stands is None or stands.hidden == 1 or not _counts(tables, key):
            continue
        others = tuple(rival for rival in rivals if _contradicts(stands, rival))
        if others:
            yield Conflict(key, stands, others)


def _contradicts(stands: ItemRow, rival: RivalRow) -> bool:
    said = (stands.value, stands.missing) != (rival.value, rival.missing)
    return said and (is_told(rival.origin) or is_told(stands.origin))


def _counts(tables: Tables, key: ItemKey) -> bool:
    """Whether the form still counts, and the row in it."""
    form = tables.get(FormRow, *key.of)
    if form is not None and form.status == MOVED:
        return False
    rows = tables.find(FormRowRow, **key.of._asdict(), row=key.row) if key.row else ()
    return not any(row.voided for row in rows)

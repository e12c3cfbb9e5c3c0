"""What follows from an answer: calculated values, answers hidden or back, findings raised or settled.

The form graph says what changed; here it is compared with what is recorded, and the difference becomes
events. Then every other begun form of the subject that reads what changed is looked at in the same way.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import chain, count, takewhile
from typing import TYPE_CHECKING

from crfapp.form.plan_parts import is_computed
from crfapp.ledger.events import (
    Event,
    FormReopened,
    ItemHidden,
    ItemShownAgain,
    ValueRecorded,
)
from crfapp.ledger.keys import FormKey, ItemKey
from crfapp.ledger.state import FormRow
from crfapp.study.language import RefKind
from crfapp.work.begun import forms_begun
from crfapp.work.findings import found, lost
from crfapp.work.heads import heads_of
from crfapp.work.marks import held_by
from crfapp.work.obstacles import stands_in_the_way
from crfapp.work.readers import ROWS, VISIT
from crfapp.work.site_wide import is_site_wide

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crfapp.form.graph import Cell, FormGraph
    from crfapp.ledger.state import ItemRow
    from crfapp.study.language import Ref
    from crfapp.work.desk import Desk

_OF_THE_VISIT_ALONE = ("DATE", "OID", "N")
"""What does not hang on the other visits of the schedule."""
_MOVES = (ValueRecorded, ItemHidden, ItemShownAgain)
_ROUNDS = 8
"""What is worked out goes from form to form once; this many rounds more mean that rules feed each other."""


def follow(
    desk: Desk,
    key: FormKey,
    changed: Iterable[Cell],
    *,
    asked: Cell | None = None,
    rows: bool = False,
    leave_held: bool = False,
) -> Iterator[Event]:
    """Everything that follows from cells of one form having changed.

    ``asked`` is the cell just answered; ``rows`` says that rows of the form, or the form itself, came to
    be or do not count any more. ``leave_held``: forms that are frozen or locked are left as they are,
    instead of what a person does being refused for their sake.
    """
    cells = set(changed)
    yield from settle(desk, key, cells, asked=asked)
    items = {cell.item for cell in cells}
    yield from follow_elsewhere(desk, key, items | {ROWS} if rows else items, leave_held=leave_held)


def follow_elsewhere(
    desk: Desk, key: FormKey, items: set[str], *, form: str = "", leave_held: bool = False
) -> Iterator[Event]:
    """Look at the begun forms that read these items, and at those that read them in turn.

    These are forms of the same subject, and of others where a rule asks about everybody (``@SITE``).
    ``form`` is VISIT where it is the visit at ``key`` that changed.
    """
    desk.forms.close_unbegun()
    waiting = [_Move(key._replace(form=form or key.form), items)]
    for _ in takewhile(partial(_goes_on, desk, key.subject), count()):
        following: list[_Move] = []
        for move in waiting:
            for other, look in _readers(desk, move, leave_held=leave_held):
                moved = set(look.moved)
                for event in settle(desk, other, look.cells):
                    yield event
                    if isinstance(event, _MOVES):
                        moved.add(event.item)
                if moved:
                    following.append(_Move(other, moved))
        if not following:
            return
        waiting = following


def _goes_on(desk: Desk, subject: str, turn: int) -> bool:
    """Whether one more turn is due; only what moves on and on has to know how many forms there are."""
    return turn < _ROUNDS or turn < _ROUNDS + len(desk.tables.find(FormRow, subject=subject))


@dataclass(frozen=True, slots=True)
class _Move:
    """Items of a form that changed; the form's name is VISIT where a visit itself did."""

    key: FormKey
    items: set[str]


@dataclass(frozen=True, slots=True)
class _Look:
    """What looking at a form again showed: cells that may have changed, and whether its rows did."""

    cells: list[Cell]
    moved: tuple[str, ...] = ()


def _readers(desk: Desk, move: _Move, *, leave_held: bool) -> Iterator[tuple[FormKey, _Look]]:
    """The begun forms that read what moved, each looked at again; without those that are held, if wanted."""
    for key, look in _all_readers(desk, move):
        if not (leave_held and held_by(desk, key) is not None):
            yield key, look


def _all_readers(desk: Desk, move: _Move) -> Iterator[tuple[FormKey, _Look]]:
    forms, form = desk.forms, move.key.form
    for row in _begun_readers(desk, move):
        readers = forms.readers(desk.versions.at(row.key))
        rests = not readers.rests_on(row.form, form).isdisjoint(move.items)
        if rests and forms.row_changes(row.key):
            yield row.key, _Look(list(forms.get(row.key).cells()), (ROWS,))
            continue
        refs = readers.refs((row.form, row.visit), form, move.items)
        if form == VISIT:
            refs = {ref for ref in refs if _tells_otherwise(desk, ref, row.key, move.key)}
        if refs:
            yield row.key, _Look(forms.refresh(row.key, refs))
    yield from _site_wide(desk, move)


def _begun_readers(desk: Desk, move: _Move) -> list[FormRow]:
    """The begun forms of the subject; none where no version of the study reads what moved."""
    readers = desk.forms.readers
    if not any(readers(study).is_read(move.key.form, move.items) for study in desk.versions.loaded()):
        return []
    return forms_begun(desk, subject=move.key.subject)


def _site_wide(desk: Desk, move: _Move) -> Iterator[tuple[FormKey, _Look]]:
    """Forms of other subjects whose rules ask about everybody."""
    asking = [desk.forms.site_wide(study).concerned(desk, move.key) for study in desk.versions.loaded()]
    for key in dict.fromkeys(chain.from_iterable(asking)):
        refs = desk.forms.readers(desk.versions.at(key)).refs(
            (key.form, key.visit), move.key.form, move.items
        )
        refs = {ref for ref in refs if is_site_wide(ref)}
        if refs:
            yield key, _Look(desk.forms.refresh(key, refs))


def _tells_otherwise(desk: Desk, ref: Ref, reader: FormKey, at: FormKey) -> bool:
    """Whether what a form reads of visits can differ because one visit changed."""
    if ref.kind is RefKind.VISIT:
        if ref.item not in _OF_THE_VISIT_ALONE:
            return True
        return ref.visit == at.visit if ref.visit else reader.at == at.at
    # which visit is the one before depends on the days of those that hold the form
    name = ref.form or (ref.source.name if ref.source else "")
    return reader.at == at.at or bool(forms_begun(desk, **at.at._asdict(), form=name))


def settle(desk: Desk, key: FormKey, cells: Iterable[Cell], *, asked: Cell | None = None) -> Iterator[Event]:
    """Bring what is recorded at these cells into line with the form."""
    graph = desk.forms.get(key)
    touched = sorted(cells, key=lambda c: graph.plan.rank[c.item])
    for cell in touched:
        planned = graph.plan.items[cell.item]
        stored = desk.stored(ItemKey(*key, *cell))
        again = cell == asked
        if is_computed(planned):
            for event in _calculated(desk, key, cell, graph, stored):
                again = True
                yield event
        else:
            yield from _hidden_or_back(desk, key, cell, graph, stored)
        yield from found(desk, key, cell, graph, again=again)
    yield from lost(desk, key, graph)
    row = desk.tables.get(FormRow, *key)
    if row is not None and row.status == "complete" and _stands_open(desk, key, graph, touched):
        yield desk.lay(FormReopened(**key._asdict()))


def _calculated(
    desk: Desk, key: FormKey, cell: Cell, graph: FormGraph, stored: ItemRow | None
) -> Iterator[Event]:
    answer = graph.kept(cell)
    text = answer.text if answer else None
    if text == (stored.value if stored else None):
        return
    yield desk.lay(
        ValueRecorded(
            **key._asdict(),
            row=cell.row,
            item=cell.item,
            value=text,
            origin=f"rule {key.form}.{cell.item}",
            captured_at=desk.stamp(),
            supersedes=heads_of(desk, ItemKey(*key, *cell)),
        )
    )


def _hidden_or_back(
    desk: Desk, key: FormKey, cell: Cell, graph: FormGraph, stored: ItemRow | None
) -> Iterator[Event]:
    state = graph.state(cell)
    if stored is None or state is None or (stored.value is None and stored.missing is None):
        return
    place = {**key._asdict(), "row": cell.row, "item": cell.item}
    if not state.visible and stored.hidden != 1:
        when = graph.plan.items[cell.item].when
        yield desk.lay(ItemHidden(**place, because=when.text if when else ""))
    elif state.visible and stored.hidden == 1:
        yield desk.lay(ItemShownAgain(**place))


def _stands_open(desk: Desk, key: FormKey, graph: FormGraph, touched: Iterable[Cell]) -> bool:
    return any(stands_in_the_way(desk, key, graph, cell) for cell in touched)

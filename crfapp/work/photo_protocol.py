"""Which photographs a visit needs, by the pack's protocol.

Every target that is followed needs each view at each visit that always has the form; one that has merged or
split is no longer one of its own. Where a visit has the form only because somebody chose it, it needs what
that person takes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from crfapp.form.plan import tree_of
from crfapp.ledger.keys import FormKey, ItemKey
from crfapp.ledger.state import VisitRow
from crfapp.study.language import compile_expression
from crfapp.study.names import log_group
from crfapp.work.begun import forms_begun, is_begun
from crfapp.work.offered import held_at
from crfapp.work.rows import StoredRow, rows_of_form, single_instance

if TYPE_CHECKING:
    from crfapp.form.graph import FormRowInfo
    from crfapp.ledger.state import ItemRow
    from crfapp.study.targets import PhotoProtocol
    from crfapp.work.desk import Desk

State = Literal["there", "missing", "open"]
NOT_TAKEN = "N"
"""The answer that no photographs were taken; why stands beside it."""
_GONE = ("merged", "split")


class Needed(NamedTuple):
    """One photograph of a visit. ``target`` is the row of the registry, ``label`` what people call it.

    ``row`` is the row of the form that is for it, empty where there is none yet. ``state``: there, marked
    missing (or the form says why none was taken), or open.
    """

    target: str
    label: str
    view: str
    state: State
    row: str
    photograph: str


class _Row(NamedTuple):
    """A row of the form of photographs, and the answer at its photograph."""

    row: str
    image: ItemRow | None

    @property
    def has_picture(self) -> bool:
        """Whether a photograph stands there."""
        return self.image is not None and self.image.value is not None and self.image.hidden == 0


def needed(desk: Desk, key: FormKey) -> tuple[Needed, ...]:
    """What a visit's form of photographs needs, lesion by lesion; nothing for any other form."""
    protocol = desk.study.head.photographs
    if protocol is None or key.form != protocol.form or not _is_always_asked(desk, key):
        return ()
    rows = _rows_by_place(desk, key, protocol)
    none_taken = said(desk, key, "", protocol.done) == NOT_TAKEN
    return tuple(
        _needed(rows.get((info.key, view)), info, view, none_taken=none_taken)
        for info in followed(desk, key)
        for view in protocol.views
    )


def lacking(desk: Desk, key: FormKey) -> tuple[Needed, ...]:
    """What keeps the form from being complete: needed, and no row is there for it.

    Only once somebody says that photographs were taken: until then the form asks for that. A row without a
    photograph asks for one by itself.
    """
    protocol = desk.study.head.photographs
    if protocol is None or key.form != protocol.form:
        return ()
    if said(desk, key, "", protocol.done) in (None, NOT_TAKEN):
        return ()
    return tuple(one for one in needed(desk, key) if not one.row)


def followed(desk: Desk, key: FormKey) -> list[FormRowInfo]:
    """The targets that are photographed at a visit, in the order of the registry."""
    protocol, targets = desk.study.head.photographs, desk.study.head.targets
    if protocol is None or targets is None:
        return []
    registry = single_instance(desk, key.subject, targets.form)
    if registry is None:
        return []
    wanted, states = compile_expression(tree_of(protocol.of)), _states(desk, key)
    found = []
    for info in _rows(desk, registry, log_group(desk.study, registry.form)):
        parent = said(desk, registry, info.key, targets.parent) if targets.parent else None
        not_yet = parent is not None and states.get(parent) not in _GONE
        gone = states.get(info.key) in _GONE
        if not gone and not not_yet and wanted(StoredRow(desk, registry, info)) is True:
            found.append(info)
    return found


def _states(desk: Desk, key: FormKey) -> dict[str, str]:
    """What became of each target by this visit, as last recorded."""
    targets = desk.study.head.targets
    if targets is None:
        return {}
    measure = targets.measure
    mine = _when(desk, key)
    begun = sorted(
        (row.key for row in forms_begun(desk, subject=key.subject, form=measure.form)),
        key=lambda one: _when(desk, one),
    )
    states: dict[str, str] = {}
    for one in begun:
        if _when(desk, one) > mine:
            break
        for info in _rows(desk, one, desk.study.groups_of(measure.form)[measure.status]):
            status = said(desk, one, info.key, measure.status)
            if status in measure.states:
                states[info.key] = measure.states[status]
    return states


def _when(desk: Desk, key: FormKey) -> tuple[str, int, int]:
    row = desk.tables.get(VisitRow, *key.at)
    return (row.date or "" if row else "", desk.study.visit_order[key.visit], key.visit_n)


def _is_always_asked(desk: Desk, key: FormKey) -> bool:
    return any(held.form == key.form and held.when is None for held in held_at(desk, key.at))


def _rows_by_place(desk: Desk, key: FormKey, protocol: PhotoProtocol) -> dict[tuple[str, str], _Row]:
    """(target, view) -> its row. Of several for the same place the last one with a photograph counts: it was
    repeated because the one before was poor (TC53).
    """
    found: dict[tuple[str, str], _Row] = {}
    if not is_begun(desk, key):
        return found
    for info in _rows(desk, key, desk.study.groups_of(key.form)[protocol.image]):
        target = said(desk, key, info.key, protocol.target)
        view = said(desk, key, info.key, protocol.view)
        if target is None or view is None:
            continue
        row = _Row(info.key, desk.stored(ItemKey(*key, info.key, protocol.image)))
        if row.has_picture or (target, view) not in found:
            found[target, view] = row
    return found


def _needed(row: _Row | None, info: FormRowInfo, view: str, *, none_taken: bool) -> Needed:
    state: State = "missing" if none_taken else "open"
    if row is None or row.image is None:
        return Needed(info.key, info.label, view, state, row.row if row else "", "")
    if row.has_picture:
        return Needed(info.key, info.label, view, "there", row.row, row.image.value or "")
    return Needed(info.key, info.label, view, "missing" if row.image.missing else state, row.row, "")


def _rows(desk: Desk, key: FormKey, group: str) -> list[FormRowInfo]:
    """The rows of a section of a begun form that count."""
    return rows_of_form(desk, key, desk.forms.plan(key)).get(group, [])


def said(desk: Desk, key: FormKey, row: str, item: str) -> str | None:
    """What stands at an item; None where nothing does or the question does not apply."""
    stored = desk.stored(ItemKey(*key, row, item))
    return None if stored is None or stored.hidden == 1 else stored.value

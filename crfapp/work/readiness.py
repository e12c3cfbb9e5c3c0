"""Whether a form may be filled where a command names it, and its beginning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.events import Event, FormStarted
from crfapp.ledger.state import FormRow, FormRowRow, SubjectRow, VisitRow
from crfapp.work.begun import is_begun
from crfapp.work.consequences import follow
from crfapp.work.offered import held_at
from crfapp.work.subject_visits import head_of
from crfapp.work.withdrawal import refuse_withdrawn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.form.graph import Cell
    from crfapp.ledger.keys import FormKey, VisitKey
    from crfapp.study.model import Visit
    from crfapp.work.desk import Desk


def visit_of(desk: Desk, key: VisitKey) -> Visit:
    """The visit of the schedule; UNKNOWN_SUBJECT, UNKNOWN_VISIT where there is no such occurrence of it.

    A visit takes place once; only repeating ones are counted on, one after the other.
    """
    if desk.tables.get(SubjectRow, key.subject) is None:
        raise RefusedError(Code.UNKNOWN_SUBJECT)
    planned = head_of(desk, key.subject).visits if desk.versions.amended else desk.study.visits.values()
    visit = next((one for one in planned if one.visit == key.visit), None)
    if visit is None:
        raise RefusedError(Code.UNKNOWN_VISIT, visit=key.visit)
    if key.visit_n != 1:
        before = key._replace(visit_n=key.visit_n - 1)
        if visit.kind != "repeating" or desk.tables.get(VisitRow, *before) is None:
            raise RefusedError(Code.UNKNOWN_VISIT, visit=key.visit, number=key.visit_n)
    return visit


def refuse_absent(desk: Desk, key: FormKey) -> Visit:
    """Refuse a form that its visit does not hold (UNKNOWN_FORM); gives the visit."""
    visit = visit_of(desk, key.at)
    if key.form not in {held.form for held in held_at(desk, key.at)} or not _may_be_counted(desk, key):
        raise RefusedError(Code.UNKNOWN_FORM, form=key.form, visit=key.visit)
    return visit


def refuse_unready(desk: Desk, key: FormKey) -> None:
    """Refuse a form that its visit does not hold, or whose visit has not begun.

    The visit's own form comes first: it says whether the visit took place.
    """
    visit = refuse_absent(desk, key)
    row = desk.tables.get(VisitRow, *key.at)
    own = key.form == desk.study.head.visit_items.status.partition(".")[0]
    if visit.kind != "log" and not own and (row is None or row.status == "booked"):
        raise RefusedError(Code.VISIT_NOT_STARTED, visit=key.visit)
    refuse_withdrawn(desk, key)


def begin_form(desk: Desk, key: FormKey) -> Iterator[Event]:
    """The event that a form was begun, where it was not yet."""
    if not is_begun(desk, key):
        yield desk.lay(FormStarted(**key._asdict()))


def unknown_cell(desk: Desk, key: FormKey, cell: Cell) -> Code:
    """Why a form has no such place: its row was voided, or the item does not stand there."""
    voided = any(row.row == cell.row for row in desk.tables.find(FormRowRow, **key._asdict(), voided=1))
    return Code.ROW_VOIDED if voided else Code.UNKNOWN_ITEM


def begin_whole(desk: Desk, key: FormKey) -> Iterator[Event]:
    """Begin a form without an answer, with what it works out from elsewhere; nothing where it was begun."""
    if not is_begun(desk, key):
        yield from begin_form(desk, key)
        yield from follow(desk, key, desk.forms.get(key).cells(), rows=True)


def _may_be_counted(desk: Desk, key: FormKey) -> bool:
    """Forms that repeat are counted on, one after the other; others stand once."""
    if key.form_n == 1:
        return True
    before = key._replace(form_n=key.form_n - 1)
    return desk.study.form(key.form).repeats and desk.tables.get(FormRow, *before) is not None

"""Many changes at once leave what one after the other leaves."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crfapp.ledger.changes import Change, Follow, Patch, Put
from crfapp.ledger.keys import EventId
from crfapp.ledger.state import TABLES, FormRow, ItemRow, VisitRow
from crfapp.store.bulk import apply_all
from crfapp.store.engine import writing
from crfapp.store.tables import SqlTables, apply

if TYPE_CHECKING:
    from crfapp.store.engine import Db, Engine

NAMES = st.sampled_from(["a", "b"])
EVENTS = st.builds(EventId, st.sampled_from(["ws-1", "ws-2"]), st.integers(1, 4))


def item(subject: str, name: str, value: str, of: EventId) -> ItemRow:
    told = (value, None, None, None, None, None, "person", 0)
    return ItemRow(subject, "V", 1, "F", 1, "", name, *told, *of)


CHANGES = st.one_of(
    st.builds(lambda s, d: Put(VisitRow(s, "V", 1, "started", d, None, None)), NAMES, NAMES),
    st.builds(lambda s, d: Patch(VisitRow, (s, "V", 1), {"date": d, "why": None}), NAMES, NAMES),
    st.builds(lambda s: Put(FormRow(s, "V", 1, "F", 1, "open", "t")), NAMES),
    st.builds(lambda s: Patch(FormRow, (s, "V", 1, "F", 1), {"status": "complete"}), NAMES),
    st.builds(
        # an answer names those before it, never itself
        lambda s, n, v, of, seen: Follow(item(s, n, v, of), tuple(one for one in seen if one != of)),
        NAMES,
        NAMES,
        NAMES,
        EVENTS,
        st.lists(EVENTS, max_size=3),
    ),
    st.builds(
        lambda s, n, h: Patch(ItemRow, (s, "V", 1, "F", 1, "", n), {"hidden": h}),
        NAMES,
        NAMES,
        st.integers(0, 2),
    ),
)
FEW = st.lists(CHANGES, max_size=30)


def everything(db: Db) -> list[Any]:
    return [row for table in TABLES for row in SqlTables(db).find(cast("Any", table))]


@pytest.mark.req("REQ-805")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=FEW, changes=FEW, most=st.sampled_from([2, 1000]))
def test_at_once_is_one_after_the_other(
    engine: Engine, before: list[Change], changes: list[Change], most: int
) -> None:
    with pytest.MonkeyPatch.context() as patch, writing(engine) as db:
        patch.setattr("crfapp.store.bulk._MOST_HELD", most)
        left = []
        for at_once in (False, True):
            db.execute("SAVEPOINT before")
            apply(db, before)
            if at_once:
                apply_all(db, changes)
            else:
                apply(db, changes)
            left.append(everything(db))
            db.execute("ROLLBACK TO SAVEPOINT before")
        db.execute("SAVEPOINT before")
        apply_all(db, chain(before, changes), fresh=True)
        left.append(everything(db))
        db.execute("ROLLBACK TO SAVEPOINT before")
    assert left[0] == left[1] == left[2]

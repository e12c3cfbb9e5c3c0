"""How far the comparison has come, counted once more by plain SQL over the decrypted tables."""

from __future__ import annotations

import random
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import RefusedError
from crfapp.ledger.keys import FormKey
from crfapp.present.monitoring_board import MonitoringBoard
from crfapp.store.engine import reading
from crfapp.store.ledger import SqlLedger
from crfapp.work.entry import RecordAnswer
from crfapp.work.row_work import VoidRow
from crfapp.work.verification_standing import Counts, Ground, total
from tests.support.happenings import ask
from tests.support.site_of import workplace
from tests.support.source_ward import WEBER, SourceWard

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from crfapp.ledger.keys import VisitKey

# Written from the plan of tests/support/source_ward.py, by hand and by other means than the program's.
COVERAGE = """
SELECT i.subject, i.visit, i.visit_n,
    count(*),
    sum(m.state IS 'done'),
    sum(m.state IS 'changed' AND NOT i.asked),
    sum(m.state IS NOT 'done' AND i.asked)
FROM (
    SELECT item.*, EXISTS (
        SELECT 1 FROM query q WHERE q.state <> 'closed'
        AND (q.subject, q.visit, q.visit_n) = (item.subject, item.visit, item.visit_n)
        AND (q.form, q.form_n, q.row, q.item) = (item.form, item.form_n, item.row, item.item)
    ) AS asked FROM item
) i
JOIN subject s ON s.subject = i.subject
LEFT JOIN visit v ON (v.subject, v.visit, v.visit_n) = (i.subject, i.visit, i.visit_n)
LEFT JOIN verified m ON (m.subject, m.visit, m.visit_n, m.form, m.form_n, m.row, m.item)
    = (i.subject, i.visit, i.visit_n, i.form, i.form_n, i.row, i.item)
WHERE i.hidden = 0 AND coalesce(i.value, i.missing) IS NOT NULL
AND (
    i.form || '.' || i.item IN ('DM.W', 'DM.AGE', 'DM.SEX', 'DM.CB', 'LM.SIZE', 'DOSE.VOL')
    OR (
        i.form || '.' || i.item IN ('DM.H', 'LD.DEPTH')
        AND (coalesce(v.date, date(s.enrolled)) >= '2025-01-20' OR (
            coalesce(v.date, date(s.enrolled)) >= '2024-12-01'
            AND (substr(s.number, -3) + 0 = 1 OR (substr(s.number, -3) - 1) % 2 = 0)))
    )
)
AND NOT EXISTS (SELECT 1 FROM form_row r WHERE r.subject = i.subject AND r.row = i.row AND r.voided)
AND (i.form <> 'LM' OR i.row = '' OR EXISTS (
    SELECT 1 FROM item role WHERE (role.subject, role.row, role.item) = (i.subject, i.row, 'ROLE')
    AND role.form = 'LD' AND role.value = 'TREATED'))
GROUP BY i.subject, i.visit, i.visit_n
"""
ANSWERS = [("dm", "W", ("62.5", "65.2")), ("dm", "H", ("164", "170")), ("dm", "AGE", ("40", "41")),
           ("dm", "SEX", ("F", "M")), ("dm", "CB", ("no", "yes")), ("ld", "DEPTH", ("2", "3")),
           ("ld", "ROLE", ("TREATED", "CONTROL")), ("lm", "SIZE", ("11.0", "12.0"))]  # fmt: skip


def worked(engine: Engine) -> SourceWard:
    """Three subjects on different days, with answers given, changed, asked about, verified and voided."""
    ward = SourceWard(SqlLedger(engine, "ws-test"))
    chance = random.Random(11)  # noqa: S311 - the same work each time
    for number, day in enumerate(("2025-01-05", "2025-01-12", "2025-01-21")):
        if number:
            ward.clock.later(days=9)
            ward.subject = ward.enrol()
            ward.scr = ward.start(ward.subject, "V_SCR", day)
            ward.dm, ward.ld, ward.lm = (FormKey(*ward.scr, name, 1) for name in ("DM", "LD", "LM"))
        rows = [ward.area() for _ in range(3)]
        for _ in range(45):
            form, item, told = chance.choice(ANSWERS)
            key, row = getattr(ward, form), "" if form == "dm" else chance.choice(rows)
            place = ward.place(item, key, row)
            with suppress(RefusedError):
                answer = RecordAnswer(key=key, row=row, item=item, typed=chance.choice(told), reason="chart")
                ward.monitor(ward.comparing(place)) if chance.random() < 0.4 else ward.send(answer)
        ask(ward, ward.place("W"), WEBER, query=f"q{number}")
        ward.send(VoidRow(key=ward.ld, section="AREAS", row=rows[0], reason="counted twice"))
    return ward


def by_sql(engine: Engine) -> dict[VisitKey, Counts]:
    with reading(engine) as db:
        rows = db.execute(COVERAGE).fetchall()
    return {tuple(row[:3]): Counts(*row[3:]) for row in rows}  # type: ignore[misc]  # a key as plain values


def by_board(ward: SourceWard) -> dict[VisitKey, Counts]:
    board = MonitoringBoard(workplace(ward))
    while board.count_more(1):
        pass
    found: dict[VisitKey, Counts] = {}
    for subject in board.subjects():
        for key, counts in board.compared(subject).forms.items():
            found[key.at] = total((found.get(key.at, Counts()), counts))
    assert board.site() == (total(found.values()), len(board.subjects()))
    return found


@pytest.mark.req("REQ-606")
def test_progress_equals_what_plain_sql_counts(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    ward = worked(engine)
    counted = by_sql(engine)
    whole = total(counted.values())
    assert min(whole.planned, whole.done, whole.changed, whole.queried) > 0
    assert by_board(ward) == counted
    monkeypatch.setattr(Ground, "counts", lambda _self, _place: True)
    assert by_board(ward) != counted, "rows that do not count would be noticed"

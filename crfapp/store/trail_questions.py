"""Questions of whoever reviews the trail that need more than one row: found by walking it once."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.ledger.trail import CHANGED, Place

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.store.engine import Db

MOST_FOUND = 10_000
"""So many places are kept of one question; there are more, if there are as many."""

_LATE = """SELECT t.hybrid, t.node, t.seq FROM trail t JOIN visit v
ON v.subject = t.subject AND v.visit = t.visit AND v.visit_n = t.visit_n
WHERE t.kind = 'value-recorded' AND v.date IS NOT NULL AND instr(t.marks, ?) = 0
AND t.at >= strftime('%Y-%m-%dT%H:%M:%S', v.date, ?) ORDER BY 1, 2, 3 LIMIT ?"""

_ALL = "SELECT login, hybrid, node, seq FROM trail WHERE kind = 'value-recorded' ORDER BY node, seq"

_AFTER_QUERY = """SELECT hybrid, node, seq FROM (
    SELECT t.hybrid, t.node, t.seq, count(*) OVER (
        PARTITION BY t.subject, t.visit, t.visit_n, t.form, t.item
    ) AS times
    FROM (
        SELECT subject, visit, visit_n, form, item, min(hybrid) AS asked FROM trail
        WHERE kind = 'query-raised' AND item <> '' GROUP BY subject, visit, visit_n, form, item
    ) q CROSS JOIN trail t ON t.subject = q.subject AND t.visit = q.visit AND t.visit_n = q.visit_n
        AND t.form = q.form AND t.item = q.item AND t.hybrid > q.asked
        AND t.kind = 'value-recorded' AND instr(t.marks, :changed) > 0
) AS met WHERE times >= :times ORDER BY 1, 2, 3 LIMIT :most"""


@dataclass(frozen=True, slots=True)
class Limits:
    """What counts as remarkable: days from visit to entry, answers within seconds, changes after a query."""

    late_days: int = 3
    run_answers: int = 10
    run_seconds: int = 5
    changes: int = 2


class WalkedQuestions:
    """The answers at one instant; each walks the index of the trail, which takes seconds where it is long."""

    def __init__(self, db: Db, limits: Limits) -> None:
        self._db, self._limits = db, limits

    def asked(self) -> dict[str, Callable[[], frozenset[Place]]]:
        """By name: what finds the places."""
        return {"late": self.late, "runs": self.runs, "after-query": self.after_query}

    def late(self) -> frozenset[Place]:
        """First answers recorded long after the day of their visit."""
        days = f"+{self._limits.late_days + 1} days"
        return self._found(_LATE, (CHANGED, days, MOST_FOUND))

    def runs(self) -> frozenset[Place]:
        """Answers of one person that follow each other faster than anybody reads."""
        found: set[Place] = set()
        recent: dict[tuple[str, str], deque[tuple[int, list[Place]]]] = {}
        for login, *told in self._db.stream(_ALL):
            place = Place(*told)
            ms = int(place.hybrid.partition(".")[0])
            run = recent.setdefault((place.node, login), deque(maxlen=self._limits.run_answers))
            if run and run[-1][0] == ms:  # one command records an answer and what follows from it
                run[-1][1].append(place)
                continue
            run.append((ms, [place]))
            if len(run) == run.maxlen and ms - run[0][0] <= self._limits.run_seconds * 1000:
                found.update(one for _, places in run for one in places)
            if len(found) >= MOST_FOUND:
                break
        return frozenset(found)

    def after_query(self) -> frozenset[Place]:
        """Changes of an answer that was changed again and again after it was asked about."""
        named = {"changed": CHANGED, "times": self._limits.changes, "most": MOST_FOUND}
        return self._found(_AFTER_QUERY, named)

    def _found(self, sql: str, values: object) -> frozenset[Place]:
        return frozenset(Place._make(row) for row in self._db.execute(sql, values))  # type: ignore[arg-type]

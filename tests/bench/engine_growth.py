"""How the cost of one change grows from 250 to 4,000 items or rows: medians in ms, and the fitted exponent.

``few`` has as many dependents at every size. ``all`` reaches every item. ``rows`` is one answer in the middle
of a log whose rows are summed up; ``running`` changes the first row of a running total, so that every row
below follows. ``command`` is a whole command in memory: read, recorded, its consequences, sealed.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from typing import TYPE_CHECKING, Any

from crfapp.form.graph import Answer, Cell, FormGraph
from crfapp.form.plan import plan_form
from crfapp.ledger.keys import FormKey
from tests.bench._growth import exponent
from tests.bench._kept import Kept, Limit
from tests.support.clinic import Clinic
from tests.support.generated_forms import Elsewhere, rows_of, study_of
from tests.support.generated_site import form, item, study_of_site, visit

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.study.study import Study

SIZES = (250, 500, 1_000, 2_000, 4_000)
ROUNDS, CHANGES = 5, 20
FIGURES = (
    *(
        Kept(f"growth from 250 to 4,000: {words}", f"{way}/exponent", "(exponent)", goal=goal, compared=False)
        for way, words, goal in (
            ("few", "one change with 11 changed keys", 0.15),
            ("command", "a whole command there", 0.15),
            ("rows", "an answer of a log whose rows are summed up", 1.15),
            ("running", "the first row of a running total", 1.15),
            ("all", "a change that reaches every item", 1.15),
        )
    ),
    *(
        Kept(
            f"{words} at 4,000, beside one at 250",
            f"{way}/4000",
            "ms",
            Limit(f"{way}/250", "the same at 250"),
        )
        for way, words in (("few", "one change with 11 changed keys"), ("command", "a whole command"))
    ),
)
"""Exponents are shown and have goals; near nothing a ratio of them would say nothing."""


def questions(size: int, dependents: int) -> list[dict[str, Any]]:
    """Questions of which the first shows so many of the others; every tenth of these has a range."""
    items = [item("I0")]
    for number in range(1, size):
        rule = {"when": "I0 > 2"} if number <= dependents else {}
        ends = {"range": {"soft": ["0", "I0 + 100"]}} if number % 10 == 1 and number <= dependents else {}
        items.append(item(f"I{number}", **rule, **ends))
    return items


def wide(size: int, dependents: int) -> Study:
    """A form of such questions."""
    return study_of([{"section": "ALL", "title": "All", "items": questions(size, dependents)}])


def log(size: int, **total: str) -> Study:
    """A form of so many rows, each with an amount and what the rows above it come to."""
    fixed = {f"R{number}": f"Row {number}" for number in range(size)}
    rows = {
        "section": "G",
        "title": "Rows",
        "rows": {"fixed": fixed},
        "items": [item("A"), item("B", **total), item("C", when="A > 2")],
    }
    once = {"section": "ONCE", "title": "Once", "items": [item("SUM", is_="sum(r.A for r in G)")]}
    return study_of([once, rows])


RUNNING = {"is_": "A + ABOVE.B if given(ABOVE.B) else A"}


def opened(study: Study, size: int) -> FormGraph:
    """The form with an answer to every question, in every row."""
    plan = plan_form(study, "F", "V_1")
    keys = [f"R{number}" for number in range(size)] if "G" in plan.groups else []
    answers = {
        Cell(row, planned.oid): Answer(1, "1")
        for planned in plan.items.values()
        if planned.value is None
        for row in (keys if planned.group else [""])
    }
    return FormGraph(plan, Elsewhere(), answers=answers, rows={"G": rows_of(*keys)})


def changing(study: Study, size: int, cell: Cell) -> Callable[[int], object]:
    """One answer after the other at a cell."""
    graph = opened(study, size)
    return lambda number: graph.answer(cell, Answer(1 + 4 * (number % 2), str(1 + 4 * (number % 2))))


def commanding(size: int) -> Callable[[int], object]:
    """Whole commands at a question with ten dependents, in a clinic in memory."""
    clinic = Clinic(study_of_site([visit("V_1", 0, "F")], [form("F", *questions(size, 10))]))
    key = FormKey(*clinic.start(clinic.enrol(), "V_1"), "F", 1)
    clinic.enter(key, I0="1")
    return lambda number: clinic.enter(key, I0=str(2 + 4 * (number % 2)), reason="typing error")


WAYS: dict[str, Callable[[int], Callable[[int], object]]] = {
    "few": lambda size: changing(wide(size, 10), size, Cell("", "I0")),
    "all": lambda size: changing(wide(size, size), size, Cell("", "I0")),
    "rows": lambda size: changing(log(size), size, Cell(f"R{size // 2}", "A")),
    "running": lambda size: changing(log(size, **RUNNING), size, Cell("R0", "A")),
    "command": commanding,
}


def median_ms(change: Callable[[int], object], rounds: int = ROUNDS, changes: int = CHANGES) -> float:
    """Median over rounds of the mean of some changes, in ms of this thread's processor time."""
    change(-1)
    took = []
    for _ in range(rounds):
        begin = time.thread_time()
        for number in range(changes):
            change(number)
        took.append((time.thread_time() - begin) * 1000 / changes)
    return round(statistics.median(took), 4)


def measure() -> dict[str, object]:
    """What one change costs by size, and how that grows."""
    found: dict[str, object] = {"unit": "ms of the thread", "rounds": ROUNDS, "changes": CHANGES}
    for name, way in WAYS.items():
        cost = {size: median_ms(way(size)) for size in SIZES}
        found[name] = {**{str(size): ms for size, ms in cost.items()}, "exponent": exponent(cost)}
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(), indent=1) + "\n")

"""One change in a form, and opening it, at 500, 1,000 and 4,000 items with 350 rules each."""

from __future__ import annotations

import json
import statistics
import sys
import time
from typing import TYPE_CHECKING, Any

from crfapp.form.graph import Answer, Cell, FormGraph
from crfapp.form.plan import plan_form
from tests.bench._kept import Kept, Limit
from tests.bench._limits import bare_python, thread_ms
from tests.support.generated_forms import Elsewhere, check, study_of

if TYPE_CHECKING:
    from crfapp.form.plan_parts import FormPlan
    from crfapp.study.study import Study

ROUNDS, CHANGES, RULES, SIZES = 7, 200, 350, (500, 1_000, 4_000)
GOAL_CHANGE_MS, GOAL_LOAD_MS = 0.05, 100
_PACE = Limit("bare_python_ms", "a thousand bare calls in Python")
FIGURES = (
    Kept("engine: one change at 1,000 items, 350 rules", "1000/change_ms", "ms", _PACE, goal=GOAL_CHANGE_MS),
    Kept(
        "engine: one change at 4,000 items",
        "4000/change_ms",
        "ms",
        Limit("1000/change_ms", "the same at 1,000"),
    ),
    Kept("engine: 1,000 items loaded with answers", "1000/load_ms", "ms", _PACE, goal=GOAL_LOAD_MS),
    Kept("engine: a form of 1,000 items planned, once a session", "1000/plan_ms", "ms", _PACE),
)


def form_of(size: int) -> Study:
    """A form of ``size`` items: skip logic, calculations, ranges, rules and checks, 350 rules together."""
    items: list[dict[str, Any]] = []
    for number in range(size):
        item: dict[str, Any] = {"item": f"I{number}", "ask": f"Question {number}", "type": "integer"}
        if number % 10 == 0 or number >= RULES:
            items.append(item)
            continue
        first = number - number % 10
        match number % 5:
            case 0:
                item["when"] = f"I{first} > 2"
            case 1:
                item["is"] = f"I{first} + {number}"
            case 2:
                item["range"] = {"soft": [0, f"I{first} + 100"]}
            case 3:
                item["required"] = f"I{first} == 1"
            case _:
                item["should"] = {"that": f"I{number} >= I{first}", "say": "Look."}
        items.append(item)
    checks = [check(number, f"I{number * 10} > 90") for number in range(RULES // 10)]
    return study_of([{"section": "ALL", "title": "All", "items": items}], checks)


def opened(plan: FormPlan, size: int) -> FormGraph:
    """The form with an answer to every question."""
    answers = {
        Cell("", f"I{number}"): Answer(number % 7, str(number % 7))
        for number in range(size)
        if plan.items[f"I{number}"].value is None
    }
    return FormGraph(plan, Elsewhere(), answers=answers, rows={})


def measured(size: int) -> dict[str, float]:
    """Medians in ms: planning (once a pack), loading with all answers, one change that toggles skip logic."""
    study = form_of(size)
    plans, loads, changes = [], [], []
    for _ in range(ROUNDS):
        begin = time.thread_time()
        plan = plan_form(study, "F", "V_1")
        planned = time.thread_time()
        graph = opened(plan, size)
        loaded = time.thread_time()
        for number in range(CHANGES):
            value = 1 + 4 * (number % 2)
            graph.answer(Cell("", "I10"), Answer(value, str(value)))
        changed = time.thread_time()
        plans.append((planned - begin) * 1000)
        loads.append((loaded - planned) * 1000)
        changes.append((changed - loaded) * 1000 / CHANGES)
    return {
        "plan_ms": round(statistics.median(plans), 2),
        "load_ms": round(statistics.median(loads), 2),
        "change_ms": round(statistics.median(changes), 4),
    }


def measure() -> dict[str, object]:
    """What it costs, by the number of items."""
    return {
        "what": "form engine: loading a form, and one change that toggles skip logic",
        "rounds": ROUNDS,
        "rules": RULES,
        "python": sys.version.split()[0],
        **{str(size): measured(size) for size in SIZES},
        "bare_python_ms": round(statistics.median(thread_ms(bare_python) for _ in range(201)), 4),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(), indent=1) + "\n")

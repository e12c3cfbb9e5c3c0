"""One change in a form of 1,000 questions with 300 rules and 50 references to another form.

``engine`` goes to the changed keys; ``elsewhere`` is a change in the other form that all 50 references read.
``command`` is the whole command in memory: read, recorded, its consequences in both forms, sealed.
``repaint`` goes on until the form is painted again (offscreen, real presenters and page).
"""

from __future__ import annotations

import json
import os
import statistics
import sys
from functools import cache, partial
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtWidgets import QApplication

from crfapp.form.graph import Answer, Cell, FormGraph
from crfapp.form.plan import plan_form
from crfapp.ledger.keys import FormKey
from crfapp.present.casebook_page import CasebookPage
from crfapp.ui.casebook import CasebookView
from crfapp.ui.theme import apply_theme
from tests.bench._kept import Kept, Limit
from tests.bench._limits import bare_paint, bare_python, thread_ms
from tests.bench.casebook_flagship import SIZE
from tests.bench.engine_growth import median_ms
from tests.bench.form_paint import SHOWN, until_painted
from tests.support.clinic import Clinic
from tests.support.generated_forms import Elsewhere
from tests.support.generated_site import form, item, study_of_site, visit
from tests.support.site_of import workplace

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.study.study import Study

ITEMS, RULES, ELSEWHERE, GATES = 1_000, 300, 50, 20
ROUNDS, CHANGES = 7, 200
_PACE = Limit("bare_python", "a thousand bare calls in Python")
FIGURES = (
    Kept("1,000 questions, 300 rules: one change to its 11 changed keys", "engine", "ms", _PACE, goal=0.05),
    Kept("a change in the other form to its 50 changed keys", "elsewhere", "ms", _PACE),
    Kept("one whole command in memory with its consequences", "command", "ms", _PACE),
    Kept(
        "the same to repaint, with real presenters and page",
        "repaint",
        "ms",
        Limit("bare_paint", "the same number of texts painted"),
        goal=8,
    ),
)


def rule_of(number: int) -> dict[str, Any]:
    """One rule of question ``number``: 50 read the other form, the others a gate of their own form."""
    gate = f"I{number % GATES}"
    if number < GATES + ELSEWHERE:
        return {"is_": f"O.TOLD + {number}"} if number % 2 else {"when": "O.TOLD > 2"}
    ways: tuple[dict[str, Any], ...] = (
        {"when": f"{gate} > 2"},
        {"is_": f"{gate} + {number}"},
        {"range": {"soft": ["0", f"{gate} + 100"]}},
        {"required": f"{gate} == 1"},
        {"should": {"that": f"I{number} >= {gate}", "say": "Look."}},
    )
    return ways[number // GATES % len(ways)]


@cache
def study() -> Study:
    """The study: the long form first asks its gates, so that what follows from them stands on the screen."""
    long = [
        item(f"I{number}", **(rule_of(number) if GATES <= number < GATES + RULES else {}))
        for number in range(ITEMS)
    ]
    return study_of_site([visit("V_1", 0, "BIG", "O")], [form("BIG", *long), form("O", item("TOLD"))])


def engine() -> dict[str, float]:
    """The graph alone."""
    plan, outside = plan_form(study(), "BIG", "V_1"), Elsewhere({"O.TOLD": 1})
    asked = [oid for oid, planned in plan.items.items() if planned.value is None]
    graph = FormGraph(plan, outside, answers={Cell("", oid): Answer(1, "1") for oid in asked}, rows={})
    refs = [ref for ref in plan.outside if ref.form == "O"]

    def here(number: int) -> object:
        return graph.answer(Cell("", "I0"), Answer(1 + 4 * (number % 2), str(1 + 4 * (number % 2))))

    def there(number: int) -> object:
        outside.values["O.TOLD"] = 1 + 4 * (number % 2)
        return graph.look_outside(refs)

    changed = {"engine_keys": len(cast("Any", here(1))), "elsewhere_keys": len(cast("Any", there(1)))}
    return {
        **changed,
        "engine": median_ms(here, ROUNDS, CHANGES),
        "elsewhere": median_ms(there, ROUNDS, CHANGES),
    }


def opened() -> tuple[Clinic, FormKey]:
    """A clinic in which both forms have begun."""
    clinic = Clinic(study())
    at = clinic.start(clinic.enrol(), "V_1")
    big, other = (FormKey(*at, name, 1) for name in ("BIG", "O"))
    clinic.enter(other, TOLD="1")
    clinic.enter(big, **{f"I{ITEMS - 1}": "1"})
    return clinic, big


def commanding(clinic: Clinic, key: FormKey) -> Callable[[int], object]:
    """One command after the other at a gate."""
    return lambda number: clinic.enter(key, I0=str(1 + 4 * (number % 2)), reason="typing error")


def repainting(app: QApplication) -> list[float]:
    """Each gate answered for the first time: ms of the thread until the form is painted."""
    clinic, key = opened()
    at = workplace(clinic)
    view = CasebookView(CasebookPage(at), at.texts)
    view.resize(*SIZE)
    view.show()
    view.show_subject(key.subject)
    view.open_form(key)
    app.processEvents()
    asked = {q.cell.item: q for line in view.form.canvas.widgets() for q in line.questions()}
    took = []
    for number in range(GATES):
        gate = asked.get(f"I{number}")
        if gate is not None:
            took.append(until_painted(app, view.form, partial(gate.wishes.answered, gate, "5")))
            assert gate.refusal is None
    view.close()
    return took


def measure() -> dict[str, object]:
    """Medians in ms of this thread's processor time."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = cast("QApplication", QApplication.instance() or QApplication([]))
    apply_theme(app, "light")
    took, paint = repainting(app), bare_paint(SIZE, SHOWN)
    return {
        "unit": "ms of the thread",
        "items": ITEMS,
        "rules": RULES,
        "references": ELSEWHERE,
        "rounds": f"{ROUNDS} x {CHANGES}; repaint {len(took) - 1}",
        **engine(),
        "command": median_ms(commanding(*opened()), ROUNDS, 20),
        "repaint": round(statistics.median(took[1:]), 2),
        "repaint_most": round(max(took[1:]), 2),
        "bare_paint": round(statistics.median(thread_ms(paint) for _ in range(21)), 3),
        "bare_python": round(statistics.median(thread_ms(bare_python) for _ in range(201)), 4),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(), indent=1) + "\n")

"""Key presses for the flagship's whole baseline visit, entered by the keyboard alone in the real window.

Counts, no times: what has to be written, what chooses an answer, what only moves on; in all and by form.
"""

from __future__ import annotations

import json
import os
from typing import cast

from PySide6.QtWidgets import QApplication

from tests.bench._kept import Kept
from tests.support.keyboard_entry import baseline_typed

FIGURES = (
    Kept(
        "key presses for an answer, the whole baseline visit", "presses_per_answer", "presses", tolerance=1.02
    ),
    Kept("of them only moving on", "moving_on_per_answer", "presses", tolerance=1.02),
)


def measure() -> dict[str, object]:
    """The counts, and what they come to for each answer."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = cast("QApplication", QApplication.instance() or QApplication([]))
    typist = baseline_typed(app)
    typist.site.view.close()
    answers, presses = sum(typist.entered.values()), sum(typist.presses.values())
    return {
        "answers": answers,
        "presses": dict(typist.presses),
        "presses_per_answer": round(presses / answers, 2),
        "moving_on_per_answer": round(typist.presses["moving on"] / answers, 2),
        "moving_on_share": round(typist.presses["moving on"] / presses, 3),
        "by_form": {form: sum(counted.values()) for form, counted in typist.by_form.items()},
    }


if __name__ == "__main__":
    print(json.dumps(measure(), indent=1))  # noqa: T201 - this is what it is for

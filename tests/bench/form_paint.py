"""How fast a form opens and follows a change: offscreen, quiet clock of this thread, medians in ms.

``python -m tests.bench.form_paint`` prints everything. Beside each figure stands what the plain way costs
on the same machine at the same moment: 500 labels and lines in one grid, all built at once; and the bare
painting of as many texts and frames as the window shows, which nobody can do without.
"""

from __future__ import annotations

import json
import os
import statistics
import time
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QLineEdit, QScrollArea, QWidget

from crfapp.form.graph import Cell
from crfapp.ui.casebook.form_view import FormView
from crfapp.ui.theme import apply_theme
from tests.bench._kept import Kept, Limit
from tests.bench._limits import bare_paint, thread_ms
from tests.support.fake_form_page import long_form

if TYPE_CHECKING:
    from collections.abc import Callable

RUNS = 5
SIZE = (660, 720)
SHOWN = 40
"""Texts and frames on one screen of a form, for the bare painting."""
_PLAIN = Limit("plain grid of 500/painted", "500 labels and lines in one Qt grid")
FIGURES = (
    Kept("form of 500 questions, opened to first paint", "open 500/painted", "ms", _PLAIN, goal=20),
    Kept("form of 1,000 questions, opened to first paint", "open 1000/painted", "ms", _PLAIN, goal=25),
    Kept("form of 500 questions, read to its end", "open 500/read_to_the_end", "ms", _PLAIN),
    Kept(
        "one change that toggles skip logic at 1,000 questions, to repaint",
        "change at 1000/painted",
        "ms",
        Limit("change at 1000/bare_paint", "the same number of texts painted"),
        goal=8,
    ),
)


def say(message: str, /, **facts: object) -> str:
    """English."""
    return message.format(**facts)


class Paints(QObject):
    """Counts the paintings of one widget."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__()
        self.count = 0
        watched.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def shown_view(app: QApplication) -> FormView:
    """An empty form page on the screen."""
    apply_theme(app, "light")
    view = FormView(say)
    view.resize(*SIZE)
    view.show()
    view.activateWindow()
    app.processEvents()
    return view


def until_painted(app: QApplication, view: FormView, act: Callable[[], object]) -> float:
    """Milliseconds of this thread from an act to the next painting of the form."""
    paints = Paints(view.canvas)
    start = time.thread_time()
    act()
    while not paints.count:
        app.processEvents()
    return 1000 * (time.thread_time() - start)


def opening(app: QApplication, items: int) -> dict[str, float]:
    """From the wish to open a form until it is painted, and until it was read to its end."""
    view, painted, read = shown_view(app), [], []
    for _ in range(RUNS):
        page = long_form(items)
        painted.append(until_painted(app, view, partial(view.show_form, page)))
        bar, start = view.area.verticalScrollBar(), time.thread_time()
        while bar.value() < bar.maximum():
            bar.setValue(bar.value() + bar.pageStep())
            app.processEvents()
        read.append(painted[-1] + 1000 * (time.thread_time() - start))
    view.close()
    return {"painted": _median(painted), "read_to_the_end": _median(read)}


def changing(app: QApplication, items: int) -> dict[str, float]:
    """From an answer that shows or hides two questions until they are painted; by turns a bare painting."""
    view, page, shown, bare = shown_view(app), long_form(items), [], []
    paint = bare_paint(SIZE, SHOWN)
    view.show_form(page)
    view.focus_first()
    app.processEvents()
    gate = next(q for w in view.canvas.widgets() for q in w.questions() if q.cell == Cell("", "Q0"))
    for run in range(2 * RUNS):
        page.answers.pop(gate.cell, None)  # a first answer needs no reason
        answer = partial(gate.wishes.answered, gate, "N" if run % 2 else "Y")
        shown.append(until_painted(app, view, answer))
        bare.append(thread_ms(paint))
        assert gate.refusal is None
    view.close()
    return {"painted": _median(shown), "bare_paint": _median(bare)}


def plain_way(app: QApplication, items: int = 500) -> dict[str, float]:
    """The same number of labels, lines and marks in one grid."""
    took = []
    for _ in range(5):
        start = time.thread_time()
        inside = QWidget()
        grid = QGridLayout(inside)
        for n in range(items):
            for column, widget in enumerate((QLabel(f"Question {n}"), QLineEdit(), QLabel("x"))):
                grid.addWidget(widget, n, column)
        area = QScrollArea()
        area.setWidget(inside)
        area.resize(*SIZE)
        area.show()
        app.processEvents()
        took.append(1000 * (time.thread_time() - start))
        area.close()
    return {"painted": _median(took)}


def measure() -> dict[str, object]:
    """All figures, in milliseconds of this thread's processor time."""
    return {"unit": "ms", "rounds": RUNS, **everything()}


def everything() -> dict[str, dict[str, float]]:
    """All figures."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = cast("QApplication", QApplication.instance() or QApplication([]))
    found = {f"open {items}": opening(app, items) for items in (25, 500, 1000)}
    found["change at 1000"] = changing(app, 1000)
    found["plain grid of 500"] = plain_way(app)
    return found


def _median(values: list[float]) -> float:
    return round(statistics.median(values), 2)


if __name__ == "__main__":
    print(json.dumps(everything(), indent=2))  # noqa: T201 - that is what it is called for

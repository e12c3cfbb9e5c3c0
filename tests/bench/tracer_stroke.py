"""A stroke in the tracer over a photograph of 12 megapixels: how many of its steps take longer than a frame.

Processor time of the window's thread, offscreen, from the pointer's move until everything it touched is
painted: the loupe, the stroke, the outlines that are there already. ``late`` counts the steps that needed
more than one frame of 16 ms. Beside them: carrying a point of a closed outline with the figures following,
and the moment in which a stroke is let go, thinned, closed and measured.
"""

from __future__ import annotations

import json
import os
from functools import partial
from math import cos, pi, sin
from statistics import median
from time import thread_time
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from crfapp.pictures.drawn import Scene, draw, ellipse
from crfapp.present.address import Address
from crfapp.present.photo_room import PhotoRoom
from crfapp.present.tracer_page import TracerPage
from crfapp.ui.tracer import TracerWindowPage
from tests.bench._kept import Kept
from tests.support.here_and_now import HereAndNow
from tests.support.page_on_screen import ShellAlone, dress_application
from tests.support.site_of import workplace
from tests.support.strokes import click
from tests.support.tracing_ward import TracingWard

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crfapp.present.photo_desk import PhotoDesk

FRAME_MS = 16.0
STEPS = 600
FIGURES = (
    *(
        Kept(
            f"tracer on 12 megapixels, {words}: steps over a frame of {STEPS}",
            f"{name}/late",
            "steps",
            goal=6,
            compared=False,
        )
        for name, words in (("stroke", "a stroke"), ("point_carried", "a point carried"))
    ),
    Kept("a step of a stroke", "stroke/median_ms", "ms", goal=FRAME_MS, compared=False),
)
WIDE, HIGH = 4000, 3000


class _Cabinet:
    def __init__(self) -> None:
        self._data = draw(Scene((ellipse(60, 40),), WIDE, HIGH, per_mm=30))

    def whole(self, _photograph: str) -> bytes:
        return self._data


class _Hand:
    """Moves the mouse over the photograph as a person does, and notes what each step cost."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        ward = TracingWard()
        at = workplace(ward)
        room = PhotoRoom(cast("PhotoDesk", _Cabinet()), HereAndNow(), at.texts)
        self.presenter = TracerPage(at, room)
        self.page = TracerWindowPage(self.presenter, ShellAlone(), at.texts)
        self.board = self.page.body.board
        self.page.widget.resize(1280, 800)
        self.page.widget.show()
        self.page.open(Address("tracer", *ward.place()))
        self.presenter.length = "50"
        click(self.board, (300, 2800), (1800, 2800))
        self.page.body.tools.use("outline")
        self.board.zoom(1.5)
        self._cost(lambda: None)

    def stroke(self, half: tuple[float, float], count: int) -> tuple[list[float], float]:
        """One stroke around an ellipse; what each step cost, and what letting go did."""
        around = [
            (2000 + half[0] * cos(2 * pi * at / count), 1500 + half[1] * sin(2 * pi * at / count))
            for at in range(count + 1)
        ]
        self._send(QEvent.Type.MouseButtonPress, around[0])
        steps = [self._cost(partial(self._send, QEvent.Type.MouseMove, at)) for at in around[1:]]
        return steps, self._cost(partial(self._send, QEvent.Type.MouseButtonRelease, around[-1]))

    def carry(self, count: int) -> list[float]:
        """A point of the first outline carried to and fro; the figures follow."""
        x, y = self.presenter.tracing.now.lines[0][0]
        self._send(QEvent.Type.MouseButtonPress, (x, y))
        steps = [
            self._cost(partial(self._send, QEvent.Type.MouseMove, (x + at % 40, y))) for at in range(count)
        ]
        self._send(QEvent.Type.MouseButtonRelease, (x, y))
        return steps

    def _cost(self, act: Callable[[], object]) -> float:
        began = thread_time()
        act()
        self._app.processEvents()
        return (thread_time() - began) * 1000

    def _send(self, kind: QEvent.Type, at: tuple[float, float]) -> None:
        there = self.board.to_widget(QPointF(*at))
        left = Qt.MouseButton.LeftButton
        which = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else left
        held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else left
        where = self.board.mapToGlobal(there)
        event = QMouseEvent(kind, there, where, which, held, Qt.KeyboardModifier.NoModifier)
        self._app.sendEvent(self.board, event)


def measure() -> dict[str, object]:
    """Steps of strokes and of a carried point, and how many were late."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = cast("QApplication", QApplication.instance() or QApplication([]))
    dress_application()
    hand = _Hand(app)
    first, closing = hand.stroke((900, 600), STEPS)
    second, _ = hand.stroke((400, 300), STEPS)
    carried = hand.carry(STEPS)
    points = [len(line) for line in hand.presenter.tracing.now.lines]
    hand.page.widget.close()
    return {
        "picture": f"{WIDE}x{HIGH}",
        "points": points,
        "stroke": _told(first),
        "stroke_over_an_outline": _told(second),
        "point_carried": _told(carried),
        "let_go_closed_and_measured_ms": round(closing, 1),
    }


def _told(steps: Sequence[float]) -> dict[str, float]:
    ordered = sorted(steps)
    return {
        "steps": len(steps),
        "median_ms": round(median(ordered), 2),
        "p99_ms": round(ordered[len(ordered) * 99 // 100], 2),
        "longest_ms": round(ordered[-1], 2),
        "late": sum(step > FRAME_MS for step in ordered),
    }


if __name__ == "__main__":
    print(json.dumps(measure(), indent=1))  # noqa: T201 - this is what it is for

"""Opening a comparison of four photographs of 12 megapixels, in the window as people have it.

``first_ms`` is until four pictures are to be seen (shrunk ones, from the site's own files), ``whole_ms``
until all four are there in full; beside them ``decode_ms``, what Qt alone takes to decode the same files.
``blocked_ms`` is the longest time for which the window did not answer meanwhile, ``zoom_ms`` one step of
zooming all four.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crfapp.bootstrap.photo_pages import WholeFiles
from crfapp.pictures.drawn import draw
from crfapp.present.address import Address
from crfapp.present.compare_photographs import ComparePage
from crfapp.present.photo_room import PhotoRoom
from crfapp.ui.compare import CompareWindowPage
from crfapp.ui.compare.board import FIRST
from crfapp.ui.jobs import JobRunner
from crfapp.ui.photo.reading import as_image
from crfapp.ui.photo.thumb import SIDE
from crfapp.work.targets import targets_of
from tests.bench._kept import Kept, Limit
from tests.support.page_on_screen import ShellAlone
from tests.support.photo_ward import PhotoWard, scene

VISITS = ("V_SCR", "2025-01-05"), ("V_W3", "2025-02-02"), ("V_M3", "2025-04-13"), ("V_M6", "2025-07-13")
TWELVE = {"width": 4000, "height": 3000, "per_mm": 30.0}
if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS, STEPS, PATIENCE = 3, 5, 300
_DECODE = Limit("decode_ms", "Qt decoding the four files")
FIGURES = (
    Kept(
        "four photographs of 12 megapixels compared, until they can be seen",
        "first_ms",
        "ms",
        _DECODE,
        compared=False,
    ),
    Kept("until all four are there in full", "whole_ms", "ms", _DECODE, compared=False),
)


class Pulse(QObject):
    """Beats whenever the window has time; remembers the longest pause."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._since = QElapsedTimer()
        self._since.start()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._beat)
        self._timer.start(2)

    def _beat(self) -> None:
        self.longest = max(self.longest, self._since.nsecsElapsed() / 1e6)
        self._since.restart()


def measure() -> dict[str, float]:
    """The figures, medians of some rounds."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    ward, files = PhotoWard(), []
    for number, (visit, day) in enumerate(VISITS):
        if number:
            ward.begin(visit, day)
        ward.photograph(visit, "T01", scene(grain=number + 1, **TWELVE))
        files.append(draw(scene(grain=number + 1, **TWELVE)))
    for photograph in tuple(ward.site.photographs.kept):
        for side in (SIDE, FIRST):
            ward.desk.small(photograph, side)
    row = next(one.row for one in targets_of(ward.clinic.desk, ward.subject) if one.label == "T01")
    jobs = JobRunner(app)
    rounds = [_opened(ward, jobs, row) for _ in range(ROUNDS)]
    decoded = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        for data in files:
            as_image(data)
        decoded.append((time.perf_counter() - begun) * 1000)
    jobs.stop()
    told = {name: statistics.median(one[name] for one in rounds) for name in rounds[0]}
    told["decode_ms"] = statistics.median(decoded)
    return {name: round(value, 1) for name, value in told.items()}


def _opened(ward: PhotoWard, jobs: JobRunner, row: str) -> dict[str, float]:
    room = PhotoRoom(ward.desk, jobs.lane(jobs), ward.at.texts)
    page = CompareWindowPage(
        ComparePage(ward.at, room, WholeFiles()), ShellAlone(), ward.at.texts, Path.home()
    )
    page.body.resize(1092, 752)
    page.body.show()
    page.open(Address("compare", ward.subject, row=row))
    for number in (2, 3):
        page._press_number(number)
    board, pulse = page.body.board, Pulse()
    begun = time.perf_counter()
    _wait(lambda: all(pane.canvas.picture is not None for pane in board.panes))
    first = (time.perf_counter() - begun) * 1000
    wide = TWELVE["width"]
    _wait(lambda: all(p.canvas.picture is not None and p.canvas.picture.width() == wide for p in board.panes))
    done = (time.perf_counter() - begun) * 1000
    page.body.grab()
    blocked, steps = pulse.longest, []
    for _ in range(STEPS):
        begun = time.perf_counter()
        board.panes[0].canvas.zoom(1.25)
        page.body.grab()
        steps.append((time.perf_counter() - begun) * 1000)
    page.body.close()
    return {"first_ms": first, "whole_ms": done, "blocked_ms": blocked, "zoom_ms": statistics.median(steps)}


def _wait(there: Callable[[], bool]) -> None:
    begun = time.perf_counter()
    while not there():
        QTest.qWait(1)
        if time.perf_counter() - begun > PATIENCE:
            raise TimeoutError


if __name__ == "__main__":
    json.dump(measure(), sys.stdout, indent=1)

"""Scrolling the casebook grid: 10,000 subjects x 15 visits, each frame worked out and painted anew.

``python -m tests.bench.grid_scroll [SUBJECTS]`` prints the figures as JSON. Frames are painted offscreen, so
they are what this program does for a frame; showing it is the display's affair.
"""

from __future__ import annotations

import json
import os
import sys
import time
from statistics import median
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from crfapp.ledger.changes import Put
from crfapp.ledger.state import FindingRow, FormRow, ItemRow, SubjectRow, VisitRow
from crfapp.present.board import Board
from crfapp.present.subjects_page import SubjectsPage
from crfapp.study.study import Study
from crfapp.ui.preferences import Preferences, apply_preferences
from crfapp.ui.subjects.grid import Grid
from crfapp.ui.subjects.model import GridModel
from tests.bench._kept import Kept, Limit
from tests.bench._limits import bare_paint, thread_ms
from tests.support.clinic import Clinic
from tests.support.playing import shipped_study
from tests.support.site_of import workplace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crfapp.work.ports import R

VISITS = 15
FRAME_MS = 16.0
SIZE = (1092, 600)
FRAMES = 240
FIGURES = tuple(
    kept
    for name, words in (
        ("a_row_a_frame", "a row a frame"),
        ("a_page_a_frame", "a page a frame"),
        ("jumps", "jumps of 40 rows"),
    )
    for kept in (
        Kept(
            f"grid of 10,000 x 15, {words}",
            f"{name}/median_cpu_ms",
            "ms",
            Limit("bare_paint_ms", "as many texts painted"),
            goal=FRAME_MS,
        ),
        Kept(
            f"{words}: 99 of 100 frames within",
            f"{name}/p99_cpu_ms",
            "ms",
            Limit("bare_paint_ms", "as many texts painted"),
            goal=FRAME_MS,
            compared=False,
        ),
    )
)


class IndexedTables:
    """Folded rows found by subject at once, as the store's keys do; the rest is looked for."""

    def __init__(self, rows: Iterator[Put]) -> None:
        self._all: dict[type, list[tuple[object, ...]]] = {}
        self._of: dict[tuple[type, object], list[tuple[object, ...]]] = {}
        for put in rows:
            self._all.setdefault(type(put.row), []).append(put.row)
            self._of.setdefault((type(put.row), put.row[0]), []).append(put.row)

    def get(self, table: type[R], *key: str | int) -> R | None:
        found = self._of.get((table, key[0]), ())
        return next((row for row in found if tuple(row[: len(key)]) == key), None)  # type: ignore[return-value]

    def find(self, table: type[R], **equal: str | int | None) -> Sequence[R]:
        begin = equal.pop("subject", None)
        rows = self._all.get(table, []) if begin is None else self._of.get((table, begin), [])
        return [r for r in rows if all(getattr(r, n) == v for n, v in equal.items())]  # type: ignore[misc]

    def holding(self, form: str, item: str, value: str) -> Sequence[ItemRow]:
        return self.find(ItemRow, form=form, item=item, value=value)


def rows_of(study: Study, subjects: int) -> Iterator[Put]:
    """A trial in full swing: everybody screened, further visits the longer ago they came."""
    visits = [visit for visit in study.head.visits if visit.kind == "scheduled"]
    for number in range(1, subjects + 1):
        key = f"s{number:08d}"
        yield Put(SubjectRow(key, f"JO01-{number:05d}", "2024-06-01T07:00:00.000000Z"))
        for place, visit in enumerate(visits[: number % len(visits) + 1]):
            yield Put(
                VisitRow(
                    key,
                    visit.visit,
                    1,
                    "started",
                    f"2024-{6 + place // 3:02d}-0{1 + place % 3 * 3}",
                    None,
                    None,
                )
            )
            for held in visit.forms[:4]:
                status = "complete" if (number + place) % 3 else "open"
                yield Put(FormRow(key, visit.visit, 1, held.form, 1, status, "2024-06-01T07:00:00.000000Z"))
        if number % 7 == 0:
            place_of = (key, visits[0].visit, 1, "VS", 1, "", "PULSE_VSORRES")
            yield Put(
                FindingRow(
                    *place_of, "SOFT:PULSE_VSORRES", "Q", "high", None, None, "open", None, "ws", number
                )
            )


def grid_of(subjects: int) -> Grid:
    """The grid on that trial."""
    pack = shipped_study("nct06813027").pack
    kept = tuple(v for v in pack.head.visits if v.kind != "repeating")[:VISITS]
    study = Study(pack.model_copy(update={"head": pack.head.model_copy(update={"visits": kept})}))
    clinic = Clinic(study)
    site = clinic.desk.site
    tables = IndexedTables(rows_of(study, subjects))
    tables._all[type(site)] = [site]
    clinic.desk._base = clinic.desk._tables = tables
    at = workplace(clinic)
    return Grid(GridModel(SubjectsPage(at, Board(at))))


def frames(grid: Grid, step: int) -> list[tuple[float, float]]:
    """Milliseconds of wall and of processor time of each frame, scrolling ``step`` pixels a frame."""
    bar, taken = grid.verticalScrollBar(), []
    for number in range(FRAMES):
        begin = time.perf_counter(), time.thread_time()
        bar.setValue((number + 1) * step)
        QApplication.sendPostedEvents()
        taken.append((1000 * (time.perf_counter() - begin[0]), 1000 * (time.thread_time() - begin[1])))
    return taken


def measure(subjects: int = 10_000) -> dict[str, object]:
    """Medians, the slowest of 100, and how many frames were late, for three speeds of scrolling."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    apply_preferences(app, Preferences())
    begin = time.perf_counter()
    grid = grid_of(subjects)
    grid.resize(*SIZE)
    grid.show()
    app.processEvents()
    figures: dict[str, object] = {
        "subjects": subjects,
        "visits": VISITS,
        "made_and_shown_s": round(time.perf_counter() - begin, 2),
    }
    row = grid.rowHeight(0)
    for name, step in (("a_row_a_frame", row), ("a_page_a_frame", SIZE[1]), ("jumps", 40 * row)):
        both = frames(grid, step)
        taken = sorted(wall for wall, _ in both)
        figures[name] = {
            "median_ms": round(median(taken), 2),
            "median_cpu_ms": round(median(cpu for _, cpu in both), 2),
            "p99_ms": round(taken[int(len(taken) * 0.99)], 2),
            "p99_cpu_ms": round(sorted(cpu for _, cpu in both)[int(len(both) * 0.99)], 2),
            "late": sum(one > FRAME_MS for one in taken),
            "frames": len(taken),
        }
    paint = bare_paint(SIZE, SIZE[1] // row * VISITS)
    figures["bare_paint_ms"] = round(median(thread_ms(paint) for _ in range(61)), 3)
    grid.close()
    return figures


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(*map(int, sys.argv[1:])), indent=2) + "\n")

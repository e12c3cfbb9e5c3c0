"""How fast a workbook is written, protected and checked, beside openpyxl writing the same cells alone.

Each run is a process of its own, so that its peak of memory is its own; the runs take turns.
``python -m tests.bench.workbook_cells [ROWS] [REPEATS]`` prints the figures as JSON.
"""

from __future__ import annotations

import io
import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from crfapp.exchange.sheets import Column, Sheet
from tests.bench._kept import Kept, Limit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from crfapp.exchange.sheets import Cell

COLUMNS = 30
_ALONE = Limit("openpyxl_write_only_seconds", "openpyxl writing the same cells")
FIGURES = (
    Kept("workbook of 10,000 rows x 30: written", "write_seconds", "s", _ALONE),
    Kept("the same, share of openpyxl's time", "write_ratio", goal=1, compared=False),
    Kept("the same encrypted, read back and compared", "hand_over_seconds", "s", _ALONE),
    Kept(
        "peak of memory while it is handed over",
        "hand_over_peak_mb",
        "MB",
        Limit("openpyxl_write_only_peak_mb", "openpyxl"),
    ),
)
ROOT = Path(__file__).parents[2]
_DAY, _MOMENT = date(2024, 1, 1), datetime.fromisoformat("2024-01-01 08:00")


def rows(count: int) -> Iterator[Sequence[Cell]]:
    """A casebook's mixture: codes and decodes, Arabic, numbers, dates, moments, blanks."""
    for n in range(count):
        day, moment = _DAY + timedelta(days=n % 900), _MOMENT + timedelta(minutes=n)
        yield (
            *(
                f"JO01-{n % 1000:03d}",
                "V_SCR",
                "نعم" if n % 2 else "لا",
                n,
                Decimal(n % 1000) / 10,
                day,
                moment,
            ),
            *(None, None, None, None, None, f"remark {n * 7 % 1013} & more <b>", n % 7, "Y", "N"),
            *(Decimal("1.25"), day, moment, f"C{n % 5}", f"Decode of {n % 5}", None, 3 * n),
            *("=1+1" if n % 50 == 0 else "none", None, None, day, moment, Decimal("12.5"), "end"),
        )


def sheets(count: int) -> tuple[Sheet]:
    """The one sheet that is measured."""
    columns = tuple(Column(f"C{n}", f"Column {n}") for n in range(1, COLUMNS + 1))
    return (Sheet("VS", "Vital signs", columns, lambda: rows(count), lambda: count),)


def _generate(count: int) -> None:
    for _ in rows(count):
        pass


def _write(count: int) -> None:
    from crfapp.exchange.workbook import write_workbook
    from crfapp.exchange.workbook_parts import Properties

    write_workbook(
        sheets(count), io.BytesIO(), properties=Properties("b", "b", datetime(2026, 1, 1, tzinfo=UTC))
    )


def _hand_over(count: int) -> None:
    from crfapp.exchange.handover import hand_over
    from crfapp.exchange.workbook_parts import Properties

    with tempfile.TemporaryDirectory() as folder:
        hand_over(
            sheets(count),
            Path(folder, "bench.xlsx"),
            "one shared secret",
            properties=Properties("b", "b", datetime(2026, 1, 1, tzinfo=UTC)),
            progress=lambda *_: None,
        )


def _openpyxl(count: int) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    page = book.create_sheet("VS")
    for row in rows(count):
        page.append(row)
    with tempfile.TemporaryDirectory() as folder:
        book.save(Path(folder, "bench.xlsx"))


RUNS: dict[str, Callable[[int], None]] = {
    "generate": _generate,
    "write": _write,
    "hand_over": _hand_over,
    "openpyxl_write_only": _openpyxl,
}


def run_once(name: str, count: int) -> dict[str, float]:
    """One run in a process of its own: seconds of the processor and peak memory in MB."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.workbook_cells", "--run", name, str(count)],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def measure(count: int = 10_000, repeats: int = 5) -> dict[str, float | int]:
    """Medians over ``repeats`` runs of each, and the ratios that the design promises.

    ``write_ratio`` and ``hand_over_ratio`` are shares of openpyxl's time; ``hand_over`` writes, protects,
    reads everything back and compares, which openpyxl alone does not.
    """
    taken: dict[str, list[dict[str, float]]] = {name: [] for name in RUNS}
    for _ in range(repeats):
        for name in RUNS:
            taken[name].append(run_once(name, count))
    figures: dict[str, float | int] = {"rows": count, "columns": COLUMNS, "repeats": repeats}
    for name, runs in taken.items():
        figures[f"{name}_seconds"] = round(median(run["seconds"] for run in runs), 3)
        figures[f"{name}_peak_mb"] = round(median(run["peak_mb"] for run in runs), 1)
    alone = figures["openpyxl_write_only_seconds"]
    figures["write_ratio"] = round(figures["write_seconds"] / alone, 3)
    figures["hand_over_ratio"] = round(figures["hand_over_seconds"] / alone, 3)
    return figures


def _timed(name: str, count: int) -> dict[str, float]:
    RUNS[name](1)  # what is imported late does not count
    start = time.process_time()
    RUNS[name](count)
    seconds = time.process_time() - start
    return {"seconds": seconds, "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def main(arguments: Sequence[str]) -> None:
    """Run one measure for the parent, or all of them for a person."""
    if arguments[:1] == ["--run"]:
        figures: object = _timed(arguments[1], int(arguments[2]))
    else:
        figures = measure(*map(int, arguments))
    sys.stdout.write(json.dumps(figures, indent=None if arguments[:1] == ["--run"] else 2) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])

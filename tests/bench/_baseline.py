"""The kept baseline, what is compared with it, and the tables made of it: on a terminal and on the page."""

from __future__ import annotations

import json
import re
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.bench._kept import Compared, Figure, Kept, met, sized

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

HERE = Path(__file__).parent
BASELINE = HERE / sized("baseline.json", "baseline-full.json")
PAGE = HERE.parents[1] / "docs" / "performance.md"
_TABLE = re.compile(r"(<!-- figures: ([\w ]+) -->\n).*?(<!-- end -->)", re.DOTALL)
_HEAD = "| what | figure | its limit | distance | goal | met |\n|---|---|---|---|---|---|\n"


class Run(NamedTuple):
    """One kept run of a measure: the day, the machine with its load, and its figures by their words."""

    day: str
    machine: Mapping[str, object]
    figures: Mapping[str, Figure]


def kept_of(measure: str) -> tuple[Kept, ...]:
    """Which figures of a measure are kept."""
    figures: tuple[Kept, ...] = import_module(f"tests.bench.{measure}").FIGURES
    return figures


def baseline() -> dict[str, Run]:
    """What is kept, by measure."""
    if not BASELINE.is_file():
        return {}
    told = json.loads(BASELINE.read_text(encoding="utf-8"))
    return {
        name: Run(run["day"], run["machine"], {says: Figure(*pair) for says, pair in run["figures"].items()})
        for name, run in told.items()
    }


def keep(day: str, machine: Mapping[str, object], found: Mapping[str, Mapping[str, object]]) -> None:
    """Make these measures the baseline; the others stay as they are."""
    told: dict[str, object] = {}
    if BASELINE.is_file():
        told = json.loads(BASELINE.read_text(encoding="utf-8"))
    for measure, one in found.items():
        figures = {kept.says: kept.found_in(one) for kept in kept_of(measure)}
        pairs = {says: [figure.value, figure.limit] for says, figure in figures.items() if figure}
        told[measure] = {"day": day, "machine": machine, "figures": pairs}
    text = json.dumps(told, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    BASELINE.write_text(text, encoding="utf-8")


def compared(found: Mapping[str, Mapping[str, object]], before: Mapping[str, Run]) -> list[Compared]:
    """Every kept figure of a run beside that of the baseline."""
    return [
        Compared(measure, kept, figure, before[measure].figures.get(kept.says) if measure in before else None)
        for measure, one in found.items()
        for kept in kept_of(measure)
        if (figure := kept.found_in(one)) is not None
    ]


def as_table(rows: Sequence[Compared]) -> str:
    """For a terminal."""
    lines = [("measure", "figure", "now", "distance", "baseline", "ratio", "goal", "met", "")]
    for row in rows:
        unit = row.kept.unit
        lines.append(
            (
                row.measure,
                row.kept.says,
                f"{_number(row.now.value)} {unit}",
                f"{_number(row.now.distance)} x" if row.now.limit else "",
                _number(row.before.distance) if row.before else "new",
                f"{row.ratio:.2f}" if row.ratio is not None else "",
                _goal(row.kept),
                _MET[row.met],
                "WORSE" if row.worse else "",
            )
        )
    widths = [max(len(line[place]) for line in lines) for place in range(len(lines[0]))]
    return "\n".join("  ".join(map(str.ljust, line, widths)).rstrip() for line in lines) + "\n"


_MET = {True: "yes", False: "no", None: ""}


def page_of_today() -> str:
    """The page with its tables made from the baseline; what is written between them stays."""
    runs = baseline()

    def filled(found: re.Match[str]) -> str:
        rows = "".join(f"| {' | '.join(row)} |\n" for name in found[2].split() for row in _rows(name, runs))
        measured = "; ".join(_measured(name, runs[name]) for name in found[2].split() if name in runs)
        return f"{found[1]}{_HEAD}{rows}\n*{measured}.*\n{found[3]}"

    return _TABLE.sub(filled, PAGE.read_text(encoding="utf-8"))


def _rows(measure: str, runs: Mapping[str, Run]) -> Iterator[tuple[str, ...]]:
    for kept in kept_of(measure):
        figure = runs[measure].figures.get(kept.says) if measure in runs else None
        if figure is None:
            continue
        limit = f"{_number(figure.limit)} ({kept.limit.says})" if kept.limit else ""
        apart = f"{_number(figure.distance)} x" if figure.limit else ""
        what = f"{_number(figure.value)} {kept.unit}"
        bold = "**no**" if met(kept, figure) is False else _MET[met(kept, figure)]
        yield (kept.says, what, limit, apart, _goal(kept), bold)


def _measured(measure: str, run: Run) -> str:
    return f"`{measure}` {run.day}, load {run.machine.get('load')}"


def _goal(kept: Kept) -> str:
    if kept.goal is None:
        return ""
    return f"{'at least' if kept.more_is_better else 'at most'} {_number(kept.goal)} {kept.unit}"


def _number(value: float | None) -> str:
    """Three figures that count, without an exponent."""
    if value is None:
        return ""
    if abs(value) >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.3g}"

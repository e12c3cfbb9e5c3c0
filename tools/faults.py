"""The page of what the program survives, from the figures of a full run: ``make faults``.

``docs/validation/faults.md`` is committed with the machine that it was made on. A guard compares the goals on
it with ``GOALS`` and refuses a row that broke its promise or whose twin kept it.
"""

from __future__ import annotations

import json
import platform
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support.fault_figures import FOLDER, Figure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "validation" / "faults.md"

GOALS = {
    "T-00": "every injector proves that it injects: a twin without the safeguard fails",
    "T-01": "power cut at any moment",
    "T-02": "every crash state of a recorded run: writes dropped, reordered, torn",
    "T-03": "the window killed while somebody works in it",
    "T-04": "the k-th system call fails, once and for ever",
    "T-05": "the disk is full at every write",
    "T-06": "hostile folders: read-only, gone, slow, short writes",
    "T-07": "what comes back after a kill belongs to where it was typed",
    "T-08": "a fault while recovering from a fault",
    "T-09": "another process holds the database",
    "T-10": "memory runs out",
    "T-11": "a bit flips in database, log or backup",
    "T-22": "hostile texts in a workbook stay texts",
    "T-23": "loaders are fuzzed",
    "T-24": "hostile archives",
    "T-25": "hostile XML",
    "T-26": "hostile photographs",
    "T-27": "wrong passwords",
    "T-28": "what guessing a password costs",
    "T-34": "a backup while answers are saved",
    "T-35": "a restore on a new machine",
    "T-36": "every way to lose a key",
    "T-37": "canaries in every byte the program writes",
    "T-40": "the clock is moved",
    "T-50": "every earlier schema is raised, interrupted at each step",
    "T-51": "an older program opens a newer store",
    "T-52": "raising a schema on a full disk",
    "T-60": "amendments of the study",
    "T-61": "a long day of several workstations under faults",
    "T-62": "tables folded again are the tables",
    "T-63": "nothing of the tests is in the built program",
}

HEAD = """\
# What it survives

Written by `make faults` from what the tests under `tests/faults` counted; `make test` runs the same tests
with fewer tries. *Broken* counts the tries after which a promise did not hold: an acknowledged value was
gone, an error was not said, a file was half there. The twin is the same program without the named safeguard,
put through the same fault: where it broke nothing, the fault would prove nothing, and the test fails.

"""


def figures(folder: Path = FOLDER) -> list[tuple[Figure, bool]]:
    """Every figure there is, with whether it comes from a full run."""
    found = []
    for path in sorted(folder.glob("*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        full = bool(told.pop("full"))
        found.append((Figure(**told), full))
    return [_of_the_twins(found), *found] if found else found


def _of_the_twins(found: Sequence[tuple[Figure, bool]]) -> tuple[Figure, bool]:
    """T-00: how many faults have a twin, and how many of the twins broke nothing."""
    twins = [(figure, full) for figure, full in found if figure.twin]
    failed = sum(figure.twin_bad > 0 for figure, _ in twins)
    idle, words = len(twins) - failed, "its safeguard"
    told = Figure("T-00", "every fault that has a twin", len(twins), idle, words, len(twins), failed)
    return told, all(full for _, full in twins)


def machine() -> str:
    """What the figures were counted on, and when."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.is_file() else []
    cpu = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    day = time.strftime("%d %B %Y", time.gmtime()).lstrip("0")
    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    return f"Counted on {day}: {cpu}, {system}.\n"


def page(found: Sequence[tuple[Figure, bool]]) -> str:
    """The page in Markdown."""
    return HEAD + machine() + "\n" + "\n".join(_table(found)) + "\n"


def _table(found: Sequence[tuple[Figure, bool]]) -> Iterator[str]:
    for goal, words in GOALS.items():
        here = [(figure, full) for figure, full in found if figure.goal == goal]
        yield f"## {goal}: {words}\n"
        if not here:
            yield "Not counted.\n"
            continue
        yield "| fault | tries | broken | twin without | tries | broken | |"
        yield "|---|---|---|---|---|---|---|"
        for figure, full in here:
            short = "" if full else "short run. "
            twin = f"{figure.twin} | {figure.twin_tried:,} | {figure.twin_bad:,}" if figure.twin else "| | "
            yield f"| {figure.what} | {figure.tried:,} | {figure.bad:,} | {twin} | {short}{figure.more} |"
        yield ""


def main() -> None:
    """Write the page; complain where there is nothing to write."""
    found = figures()
    if not found:
        sys.exit("No figures under build/faults: run the tests under tests/faults first (make faults does).")
    PAGE.write_text(page(found), encoding="utf-8")
    counted = {figure.goal for figure, _ in found}
    sys.stdout.write(f"{PAGE.relative_to(ROOT)}: {len(counted)} of {len(GOALS)} goals counted\n")


if __name__ == "__main__":
    main()

"""The assurance record of a release: eight parts, of which the last is a person's (REQ-721).

``python -m tools.assurance`` writes ``build/assurance.md`` from the pages and results of this very checkout,
and fails where a part is missing. ``packaging/release`` calls it; nobody types a result.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from crfapp import __version__
from tests.conftest import sources_hash
from tools.bundle import sources
from tools.traceability import Run, marked, reasons, refuse_contradictions, requirements, undecided

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).parents[1]
RECORD = ROOT / "build" / "assurance.md"
USE = ROOT / "docs" / "validation" / "intended-use.md"
ISSUES = ROOT / "docs" / "validation" / "known-issues.md"
FAULTS = ROOT / "docs" / "validation" / "faults.md"
PARTS = ("Intended use", "Risk", "What was tested", "Known issues", "Conclusion", "Who", "Date", "Approval")


class MissingPartError(Exception):
    """What a release lacks, one line for each."""


def record(root: Path = ROOT) -> str:
    """The record in Markdown; MissingPartError where a part has nothing to say."""
    run, shown = Run.last(root / "build" / "test-results.json"), marked()
    refuse_contradictions(shown)
    missing = list(_missing(run, shown, root))
    if missing:
        raise MissingPartError("\n".join(missing))
    assert run is not None  # noqa: S101 - or something is missing
    parts = {
        "Intended use": _read(USE, root),
        "Risk": _risk(shown),
        "What was tested": _tested(run, root),
        "Known issues": _read(ISSUES, root),
        "Conclusion": _conclusion(run, shown),
        "Who": _who(root),
        "Date": run.ended,
        "Approval": _APPROVAL,
    }
    return _page(parts)


def _missing(run: Run | None, shown: Mapping[str, list[str]], root: Path) -> Iterator[str]:
    for part, place in (("Intended use", USE), ("Known issues", ISSUES), ("What was tested", FAULTS)):
        if not _read(place, root).strip():
            yield f"{part}: {place.relative_to(ROOT)} is not there"
    yield from _wrong_with(run, root)
    for number in undecided(shown):
        yield f"Risk: {number} is neither shown by a test nor said why not (docs/validation/not-claimed.txt)"
    if sources(root).commit.endswith("-changed"):
        yield "Who: files differ from the commit; a release is a commit"


def _wrong_with(run: Run | None, root: Path) -> Iterator[str]:
    if run is None:
        yield "What was tested: there was no full run of the tests here; make test makes one"
    elif run.sources != sources_hash(root):
        yield "What was tested: the last full run was of other sources; run make test again"
    elif failed := [test for test, how in run.outcomes.items() if how == "failed"]:
        yield f"Conclusion: {len(failed)} tests failed, the first {failed[0]}"


def _read(place: Path, root: Path) -> str:
    file = root / place.relative_to(ROOT)
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def _risk(shown: Mapping[str, list[str]]) -> str:
    lines = ["| risk | requirements | shown by tests | not claimed |", "|---|---|---|---|"]
    known = requirements()
    for risk in ("high", "medium", "low"):
        numbers = [number for number, one in known.items() if one.risk == risk]
        claimed = sum(number in shown for number in numbers)
        lines.append(f"| {risk} | {len(numbers)} | {claimed} | {len(numbers) - claimed} |")
    lines += ["", "Not claimed, with the reason:", ""]
    lines += [f"- {number} ({known[number].risk}): {why}" for number, why in reasons().items()]
    return "\n".join(lines)


def _tested(run: Run, root: Path) -> str:
    counted = Counter(run.outcomes.values())
    told = ", ".join(f"{count} {how}" for how, count in sorted(counted.items()))
    return (
        f"Full run of version {run.version}, sources {sources_hash(root)}: {told}. Requirement by "
        "requirement: `build/traceability.md`. Faults, counted to the end: `docs/validation/faults.md`. Who "
        "may do what: `docs/validation/permissions.md`. Figures: `docs/performance.md`. What was never run "
        "stands with the known issues."
    )


def _conclusion(run: Run, shown: Mapping[str, list[str]]) -> str:
    return (
        f"No test of version {run.version} failed. {len(shown)} requirements are shown by tests; each of the "
        "others has its reason above. The known issues are accepted with what is said there to do meanwhile. "
        "The program is fit to be installed at a site that qualifies its installation and operation."
    )


def _who(root: Path) -> str:
    return (
        f"Written by `tools/assurance.py` from the commit {sources(root).commit}; approved below by a person."
    )


_APPROVAL = """\
Left to be signed by a person who did not write the program.

| name | role | date | signature |
|---|---|---|---|
| | | | |"""


def _page(parts: Mapping[str, str]) -> str:
    lines = [f"# Assurance record of crfapp {__version__}", ""]
    for name in PARTS:
        lines += [f"## {name}", "", _below(parts[name]), ""]
    return "\n".join(lines).rstrip() + "\n"


def _below(words: str) -> str:
    """Headings of a page that is taken in stand below those of the record."""
    kept = [line for line in words.splitlines() if not line.startswith("# ")]
    return "\n".join("#" + line if line.startswith("#") else line for line in kept).strip()


def main() -> None:
    """Write it, or say what is missing and leave with 1."""
    try:
        written = record()
    except MissingPartError as missing:
        sys.exit(f"No release:\n{missing}")
    RECORD.parent.mkdir(exist_ok=True)
    RECORD.write_text(written, encoding="utf-8")
    sys.stdout.write(f"{RECORD.relative_to(ROOT)}: {len(PARTS)} parts, the last to be signed by a person\n")


if __name__ == "__main__":
    main()

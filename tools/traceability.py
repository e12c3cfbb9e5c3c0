"""Which tests show which requirement, and how they came out: ``make traceability``.

Two pages. ``docs/validation/traceability.md`` says which tests show what; it hangs on the sources alone, is
committed, and a guard compares it. ``build/traceability.md`` says the same with the results of the last full
run on this machine and the version that ran; it is never committed (docs/decisions/0020-traceability.md).
"""

from __future__ import annotations

import ast
import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.conftest import OUTCOMES, REQUIREMENTS, sources_hash

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "validation" / "traceability.md"
NOT_CLAIMED = ROOT / "docs" / "validation" / "not-claimed.txt"
RESULTS = ROOT / OUTCOMES
WITH_RESULTS = ROOT / "build" / "traceability.md"

HEAD = """\
# Which test shows what

Written by `make traceability` from the marks of the tests (`@pytest.mark.req`) and the list of requirements
(`requirements.txt`); a guard fails where it is not up to date. A requirement without a test is not claimed.
"""


class Contradiction(Exception):
    """A requirement is said not to be claimed, and a test shows it; or there is no such requirement."""


@dataclass(frozen=True)
class Run:
    """A full run of the tests: the version that ran, when it ended, the outcome of each test by its id.

    ``sources`` is the hash of everything that ran.
    """

    version: str
    ended: str
    sources: str
    outcomes: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def last(cls, place: Path = RESULTS) -> Run | None:
        """The last full run on this machine; None where there was none."""
        return cls(**json.loads(place.read_text(encoding="utf-8"))) if place.exists() else None


class Requirement(NamedTuple):
    """What is demanded, and what it would mean where it failed: ``high``, ``medium`` or ``low``, and why."""

    demand: str
    risk: str
    why: str


def requirements() -> dict[str, Requirement]:
    """Every number with its demand and risk, in the order of the list."""
    found = {}
    for number, words in _lines(REQUIREMENTS):
        demand, _, told = words.partition("\t")
        risk, _, why = told.partition(": ")
        found[number] = Requirement(demand, risk, why)
    return found


def reasons() -> dict[str, str]:
    """Why requirements are not claimed, where a reason is given."""
    return dict(_lines(NOT_CLAIMED))


def _lines(place: Path) -> Iterator[tuple[str, str]]:
    for line in place.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            number, _, words = line.partition("\t")
            yield number, words


def marked(root: Path = ROOT) -> dict[str, list[str]]:
    """Requirement -> the tests that show it, as ``file::test``, read from the sources."""
    found: dict[str, list[str]] = {}
    for path in sorted((root / "tests").rglob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        name = path.relative_to(root).as_posix()
        everywhere = [number for node in tree.body for number in _of_module(node)]
        for test, marks in (*_marked_in(tree.body, name), *_taken_over(tree.body, name, root)):
            for number in dict.fromkeys([*everywhere, *_of_marks(marks)]):
                found.setdefault(number, []).append(test)
    return found


def _marked_in(nodes: list[ast.stmt], place: str) -> Iterator[tuple[str, list[ast.expr]]]:
    """The tests of a file or of a class in it, with their marks."""
    for node in nodes:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield f"{place}::{node.name}", node.decorator_list
        elif isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            yield from _marked_in(node.body, f"{place}::{node.name}")


def _taken_over(nodes: list[ast.stmt], place: str, root: Path) -> Iterator[tuple[str, list[ast.expr]]]:
    """The tests that a file takes over from another one, to run them on something else."""
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("tests."):
            names = {alias.name for alias in node.names if alias.name.startswith("test_")}
            source = root.joinpath(*str(node.module).split(".")).with_suffix(".py")
            if names and source.is_file():
                for there in ast.parse(source.read_text(encoding="utf-8")).body:
                    if isinstance(there, ast.FunctionDef) and there.name in names:
                        yield f"{place}::{there.name}", there.decorator_list


def _of_module(node: ast.stmt) -> list[str]:
    """The numbers of ``pytestmark = ...``."""
    match node:
        case ast.Assign(targets=[ast.Name(id="pytestmark")], value=ast.List(elts=marks)):
            return _of_marks(marks)
        case ast.Assign(targets=[ast.Name(id="pytestmark")], value=mark):
            return _of_marks([mark])
        case _:
            return []


def _of_marks(marks: list[ast.expr]) -> list[str]:
    return [
        number.value
        for mark in marks
        if isinstance(mark, ast.Call) and isinstance(mark.func, ast.Attribute) and mark.func.attr == "req"
        for number in mark.args
        if isinstance(number, ast.Constant) and isinstance(number.value, str)
    ]


def refuse_contradictions(shown: Mapping[str, list[str]]) -> None:
    """Contradiction where ``not-claimed.txt`` and the tests do not go together."""
    known, unclaimed = requirements(), reasons()
    wrong = [f"{number}: there is no such requirement" for number in unclaimed if number not in known]
    wrong += [f"{number}: {shown[number][0]} shows it" for number in unclaimed if number in shown]
    if wrong:
        raise Contradiction("; ".join(wrong))


def undecided(shown: Mapping[str, list[str]]) -> list[str]:
    """Requirements that no test shows and of which nobody said why: a release has none (REQ-730)."""
    told = reasons()
    return [number for number in requirements() if number not in shown and number not in told]


def page(shown: Mapping[str, list[str]]) -> str:
    """The page that is committed."""
    known = requirements()
    lines = [
        HEAD,
        f"{sum(number in shown for number in known)} of {len(known)} requirements are claimed.",
        "",
    ]
    for number, one in known.items():
        lines += [f"## {number}", "", one.demand, "", f"Risk {one.risk}: {one.why}.", ""]
        lines += [*_tests(shown[number]), ""] if number in shown else [_unclaimed(number), ""]
    return "\n".join(lines).rstrip() + "\n"


def _tests(tests: list[str]) -> Iterator[str]:
    by_file: dict[str, list[str]] = {}
    for test in tests:
        file, _, name = test.partition("::")
        by_file.setdefault(file, []).append(name)
    for file, names in by_file.items():
        yield f"- `{file}`"
        yield from (f"  - {name.removeprefix('test_').replace('_', ' ')}" for name in names)


def _unclaimed(number: str) -> str:
    why = reasons().get(number)
    return f"Not claimed: {why}" if why else "Not claimed."


def page_with_results(shown: Mapping[str, list[str]], run: Run | None, sources: str) -> str:
    """The page of this machine: one line a requirement, with what the last full run made of its tests."""
    lines = ["# Requirements, tests, results", "", _of_run(run, sources), ""]
    lines += ["| requirement | demand | risk | tests | result | version |"]
    lines += ["| --- | --- | --- | --- | --- | --- |"]
    for number, one in requirements().items():
        tests = shown.get(number, [])
        result = _result(tests, run) if tests else _unclaimed(number)
        version = run.version if run is not None and tests else ""
        lines.append(f"| {number} | {one.demand} | {one.risk} | {len(tests)} | {result} | {version} |")
    return "\n".join(lines) + "\n"


def _of_run(run: Run | None, sources: str) -> str:
    if run is None:
        return "There was no full run of the tests here; `make test` makes one."
    told = f"Version {run.version}, full run of {len(run.outcomes)} tests, ended {run.ended}."
    if run.sources != sources:
        told += " **The sources are others since: these results are not theirs.**"
    return told


def _result(tests: list[str], run: Run | None) -> str:
    """How the tests of a requirement came out; a test with several examples counts as each of them."""
    if run is None:
        return "not run here"
    named = set(tests)
    outcomes = Counter(how for test, how in run.outcomes.items() if test.partition("[")[0] in named)
    ran = {test.partition("[")[0] for test in run.outcomes}
    if missing := len(named - ran):
        outcomes["not run here"] = missing
    return ", ".join(f"{count} {how}" for how, count in sorted(outcomes.items()))


def write() -> None:
    """Write both pages."""
    shown = marked()
    refuse_contradictions(shown)
    PAGE.write_text(page(shown), encoding="utf-8")
    WITH_RESULTS.parent.mkdir(exist_ok=True)
    told = page_with_results(shown, Run.last(), sources_hash(ROOT))
    WITH_RESULTS.write_text(told, encoding="utf-8")


if __name__ == "__main__":
    write()

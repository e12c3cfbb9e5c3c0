"""How many small faults the tests find in the code that trust rests on: ``make mutation`` (REQ-723).

A target is some modules with the fast tests that speak of them. Its tests are collected once and run once, to
see what they reach. Then each mutant (``tools/mutants.py``) gets a process of its own, forked from there: the
function takes the code of the mutant, and the tests that reach its statement run until one fails. A mutant is
*killed* where one fails or its time runs out; *survived* where all pass, or no test comes to its statement.
``tools/mutation_equivalent.txt`` names those that behave as the program does, each with the reason.

The page ``docs/validation/mutation.md`` says what was tried. ``--target`` tries one of them; what was counted
of the others is kept under ``build/mutation``.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tools.faults import machine
from tools.mutants import Module
from tools.mutation_page import page, share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tools.mutants import Mutant

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "validation" / "mutation.md"
FOLDER = ROOT / "build" / "mutation"
EQUIVALENT = ROOT / "tools" / "mutation_equivalent.txt"
GOAL = 90
"""Of a hundred mutants that are not equivalent, how many have to be killed."""
SEED = 2026
SAMPLE = 50
LONGEST = 20.0
"""Seconds of tests per mutant, by what they took once: the quickest ones, as many as fit."""
MEMORY = 6 << 30

KILLED, SURVIVED, NOT_MADE = 1, 0, 3
"""How a mutant's process ends; anything else (a signal, its time) is killed too."""


@dataclass(frozen=True)
class Target:
    """Modules and the tests that are to find their mutants, as paths from the project's folder."""

    name: str
    modules: tuple[str, ...]
    tests: tuple[str, ...]
    words: str = ""


_UNIT = "tests/unit"
TARGETS = (
    Target(
        "chain",
        ("crfapp/ledger/chain.py",),
        (f"{_UNIT}/ledger/test_chain.py", f"{_UNIT}/ledger/test_chain_link_by_link.py"),
        "the hash chain",
    ),
    Target(
        "merge",
        ("crfapp/ledger/merge.py",),
        (f"{_UNIT}/ledger/test_merge.py", f"{_UNIT}/work/test_two_workstations.py"),
        "joining the chains of several workstations",
    ),
    Target(
        "fold",
        (
            "crfapp/ledger/fold.py",
            "crfapp/ledger/fold_exchange.py",
            "crfapp/ledger/fold_forms.py",
            "crfapp/ledger/fold_keeping.py",
            "crfapp/ledger/fold_lesions.py",
            "crfapp/ledger/fold_people.py",
            "crfapp/ledger/fold_review.py",
            "crfapp/ledger/fold_versions.py",
        ),
        (
            f"{_UNIT}/ledger/test_fold.py",
            f"{_UNIT}/work/test_two_workstations.py",
        ),
        "what an event changes in the tables",
    ),
    Target(
        "paper",
        ("crfapp/ledger/signing.py",),
        (f"{_UNIT}/ledger/test_signing.py", f"{_UNIT}/work/test_signing.py"),
        "what a signature is put under",
    ),
    Target(
        "signing",
        ("crfapp/work/signing.py",),
        (f"{_UNIT}/work/test_signing.py", f"{_UNIT}/work/test_two_people.py"),
        "who signs what, and when not",
    ),
    Target(
        "permission",
        ("crfapp/work/roles.py", "crfapp/work/standing.py", "crfapp/ledger/speaking.py"),
        (
            f"{_UNIT}/work/test_permissions.py",
            f"{_UNIT}/work/test_nodes.py",
            f"{_UNIT}/work/test_people.py",
            f"{_UNIT}/work/test_delegation.py",
            f"{_UNIT}/work/test_reading_desk.py",
        ),
        "who may do what, now, and from where",
    ),
    Target(
        "marks",
        ("crfapp/work/marks.py",),
        (
            f"{_UNIT}/work/test_locking.py",
            f"{_UNIT}/work/test_signing.py",
            f"{_UNIT}/work/test_verification.py",
            f"{_UNIT}/work/test_any_verification.py",
            f"{_UNIT}/work/test_moving.py",
        ),
        "what a change does to verifications and signatures",
    ),
    Target(
        "locking",
        ("crfapp/work/locking.py",),
        (f"{_UNIT}/work/test_locking.py", f"{_UNIT}/work/test_lock_requests.py"),
        "freezing, locking, opening again",
    ),
)


@dataclass
class Count:
    """What came out for one target; mutants by ``module function: what``."""

    name: str
    seed: int = SEED
    mutants: int = 0
    tried: int = 0
    killed: int = 0
    tests: int = 0
    day: str = ""
    seconds: float = 0.0
    survived: list[str] = field(default_factory=list)
    unreached: list[str] = field(default_factory=list)


class Mutating:
    """The plugin: runs the collected tests once for what they reach, then the mutants one by one."""

    def __init__(self, count: Count, modules: Sequence[Module], sample: int, known: frozenset[str]) -> None:
        self.count = count
        self._modules = modules
        self._sample = sample
        self._known = known
        self._failed = False
        self._in_mutant = False

    def pytest_configure(self) -> None:
        """Before any test is imported: properties keep the settings that are in force then."""
        _no_shrinking()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A failing test kills the mutant that it runs in."""
        if report.failed:
            if self._in_mutant:
                os._exit(KILLED)
            self._failed = True

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """In place of the usual loop."""
        began = time.monotonic()
        reached, took = self._first_run(session.items)
        chosen = self._chosen()
        self.count.tests = len(session.items)
        for module, mutant in chosen:
            place = (module.path, mutant.statement)
            items = sorted(
                (item for item, places in reached.items() if place in places), key=took.__getitem__
            )
            name = named(module, mutant)
            end = self._try(module, mutant, _fitting(items, took), took) if items else SURVIVED
            sys.stderr.write(f"{'killed  ' if end not in (SURVIVED, NOT_MADE) else 'SURVIVED'} {name}\n")
            if end == NOT_MADE:
                continue
            self.count.tried += 1
            if end != SURVIVED:
                self.count.killed += 1
            else:
                (self.count.survived if items else self.count.unreached).append(name)
        self.count.seconds = round(time.monotonic() - began)
        return True

    def _first_run(
        self, items: Sequence[pytest.Item]
    ) -> tuple[dict[pytest.Item, set[tuple[str, int]]], dict[pytest.Item, float]]:
        """What each test reaches, and how long it takes; those that fail by themselves show nothing."""
        marked = [(module, module.mark()) for module in self._modules]
        reached, took = {}, {}
        for index, item in enumerate(items):
            self._failed = False
            for _, lines in marked:
                lines.clear()
            began = time.monotonic()
            _run(item, items[index + 1] if index + 1 < len(items) else None)
            took[item] = time.monotonic() - began
            if self._failed:
                sys.stderr.write(f"fails without any mutant, and is left out: {item.nodeid}\n")
            else:
                reached[item] = {(module.path, line) for module, lines in marked for line in lines}
        for module in self._modules:
            module.unmark()
        return reached, took

    def _chosen(self) -> list[tuple[Module, Mutant]]:
        """The sample: always the same ones of the same source and seed."""
        every = [(module, mutant) for module in self._modules for mutant in module.mutants]
        self.count.mutants = len(every)
        open_ones = [one for one in every if named(*one) not in self._known]
        if self._sample < len(open_ones):
            picked = random.Random(f"{self.count.seed}").sample(range(len(open_ones)), self._sample)  # noqa: S311
            return [open_ones[index] for index in sorted(picked)]
        return open_ones

    def _try(
        self, module: Module, mutant: Mutant, items: Sequence[pytest.Item], took: dict[pytest.Item, float]
    ) -> int:
        child = os.fork()
        if child:
            _, status = os.waitpid(child, 0)
            return os.waitstatus_to_exitcode(status)
        try:
            _limit(sum(took[item] for item in items))
            self._in_mutant = True
            items[0].config.pluginmanager.unregister(name="terminalreporter")  # nothing it says is shown
            if not module.mutate(mutant):
                os._exit(NOT_MADE)
            for index, item in enumerate(items):
                _run(item, items[index + 1] if index + 1 < len(items) else None)
        except BaseException:  # noqa: BLE001  # whatever ends it, the mutant is noticed
            os._exit(KILLED)
        os._exit(SURVIVED)


def _run(item: pytest.Item, after: pytest.Item | None) -> None:
    item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)


def _fitting(items: Sequence[pytest.Item], took: dict[pytest.Item, float]) -> list[pytest.Item]:
    """The quickest tests that together take no longer than ``LONGEST``, and at least one."""
    chosen, seconds = list(items[:1]), took[items[0]]
    for item in items[1:]:
        seconds += took[item]
        if seconds > LONGEST:
            break
        chosen.append(item)
    return chosen


def _limit(seconds: float) -> None:
    """A mutant that never ends is found by its time."""
    cpu = int(10 + 5 * seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.alarm(20 * cpu)


def named(module: Module, mutant: Mutant, root: Path = ROOT) -> str:
    """How page and list call a mutant."""
    path = Path(module.path)
    return f"{path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name} {mutant.name}"


def measure(target: Target, root: Path, *, sample: int, seed: int, known: frozenset[str]) -> Count:
    """Try a target in this process, which has to be a fresh one; RuntimeError where its tests do not run."""
    count = Count(target.name, seed, day=time.strftime("%Y-%m-%d", time.gmtime()))
    paths = [root / name for name in target.modules]
    modules = [Module(str(path), path.read_text(encoding="utf-8")) for path in paths]
    tests = [name for name in target.tests if (root / name.partition("::")[0]).exists()]
    plain = ["-q", "-p", "no:cacheprovider", "-p", "no:randomly", "--rootdir", str(root)]
    end = pytest.main([*plain, *tests], plugins=[Mutating(count, modules, sample, known)])
    if end != pytest.ExitCode.OK or not count.tests:
        raise RuntimeError(f"the tests of {target.name} do not run")
    return count


def _no_shrinking() -> None:
    """Properties try the same examples each time, and the first one that fails is enough."""
    from hypothesis import Phase, settings  # not before pytest looks at what it rewrites

    settings.register_profile(
        "mutants", derandomize=True, database=None, phases=(Phase.explicit, Phase.generate)
    )
    settings.load_profile("mutants")


def equivalent(path: Path = EQUIVALENT) -> dict[str, str]:
    """The mutants that behave as the program does, each with the reason: ``name <tab> reason`` a line."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    told = (line.partition("\t") for line in lines if line and not line.startswith("#"))
    return {name: reason for name, _, reason in told}


def _keep(count: Count) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{count.name}.json").write_text(json.dumps(asdict(count), indent=1), encoding="utf-8")


def _kept() -> list[tuple[Target, Count]]:
    found = []
    for target in TARGETS:
        path = FOLDER / f"{target.name}.json"
        told = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {"name": target.name}
        found.append((target, Count(**told)))
    return found


def main() -> None:
    """Try the targets, each in a process of its own, and write the page; an error below the goal."""
    asked = argparse.ArgumentParser(prog="python -m tools.mutation", description=__doc__)
    asked.add_argument("--target", choices=[target.name for target in TARGETS], help="this one alone")
    asked.add_argument("--sample", type=int, default=SAMPLE, help="mutants of each target; 0 for all of them")
    asked.add_argument("--seed", type=int, default=SEED, help="of the sample")
    asked.add_argument(
        "--page", action="store_true", help="only write the page, from what was counted before"
    )
    asked.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    given = asked.parse_args()
    chosen = [target for target in TARGETS if given.target in (None, target.name)]
    if given.here:
        sample = given.sample or sys.maxsize
        _keep(measure(chosen[0], ROOT, sample=sample, seed=given.seed, known=frozenset(equivalent())))
        return
    for target in () if given.page else chosen:
        told = ["--target", target.name, "--sample", str(given.sample), "--seed", str(given.seed)]
        subprocess.run([sys.executable, "-m", "tools.mutation", "--here", *told], check=True, cwd=ROOT)  # noqa: S603
    counted = _kept()
    PAGE.write_text(page(counted, equivalent(), machine(), GOAL), encoding="utf-8")
    low = [f"{count.name} {share(count):.0f} %" for _, count in counted if share(count) < GOAL]
    sys.exit(f"below {GOAL} %: {', '.join(low)}" if low else 0)


if __name__ == "__main__":
    main()

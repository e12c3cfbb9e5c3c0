"""The power goes while the site is at work: what it called done is there, and it opens by itself.

The cuts are real: see :mod:`tests.faults.power_cut_program`. In full 500 on ext4 and 500 on xfs.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.fault_figures import Figure, many, note
from tests.support.mounting import needs_mounts
from tests.support.real_site import surroundings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SYSTEMS = ("ext4", "xfs")
WORK = ("save", "sign", "import", "trail", "backup", "upgrade", "package", "password", "redact", "export")
SHORT = 6
TWIN_TRIES = many(8, 40)
ENOUGH = many(1, 40)
"""Of a twin's broken promises: in the short run the first shows that the fault strikes."""


@dataclass
class Bench:
    """The program that cuts; it answers one line for each."""

    program: subprocess.Popen[str]
    seeds: Iterator[int] = field(default_factory=lambda: count(1))

    def cut(self, system: str, operation: str, **more: Any) -> dict[str, Any]:
        """One cut; what was found after it."""
        seed = next(self.seeds)
        told = {"system": system, "operation": operation, "seed": seed, "after": seed % 4, **more}
        assert self.program.stdin is not None
        assert self.program.stdout is not None
        self.program.stdin.write(json.dumps(told) + "\n")
        self.program.stdin.flush()
        answer = self.program.stdout.readline()
        assert answer, "the program that cuts the power ended"
        found: dict[str, Any] = json.loads(answer)
        assert "manner" in more or not found["errors"], "before the cut nothing is wrong"
        return found

    def until_broken(self, operation: str, manner: str, **more: Any) -> tuple[int, int]:
        """Cut a sabotaged program, in the short run until it breaks a promise; how often tried and broken."""
        tried = broken = 0
        while tried < TWIN_TRIES and broken < ENOUGH:
            found = self.cut(SYSTEMS[tried % 2], operation, manner=manner, **more)
            tried, broken = tried + 1, broken + is_broken(found)
        return tried, broken


def is_broken(found: dict[str, Any]) -> bool:
    """Whether something acknowledged was lost, something is not whole, or a twin met it as it went on."""
    return bool(found["lost"] or found["corrupt"] or found["errors"])


def all_whole(found: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those that are not."""
    return [one for one in found if is_broken(one)]


def wrong_in(found: Sequence[dict[str, Any]]) -> str:
    """What was lost and what is not whole, for a message that says everything."""
    names = ("system", "operation", "seed", "acks", "lost", "corrupt")
    return "\n".join(str({name: one[name] for name in names}) for one in all_whole(found))


def counted(found: Sequence[dict[str, Any]]) -> str:
    """Which kinds of work were hit how often, and how much they had acknowledged."""
    kinds = Counter(one["operation"] for one in found)
    acks = sum(one["acks"] for one in found)
    return f"{acks:,} acknowledged; " + ", ".join(f"{kind} {times}" for kind, times in kinds.items())


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    needs_mounts(*SYSTEMS)
    folder = tmp_path_factory.mktemp("power")
    command = ["unshare", "-m", sys.executable, "-m", "tests.faults.power_cut_program", str(folder)]
    pipe = subprocess.PIPE
    around = surroundings(folder / "home")
    with subprocess.Popen(
        [*command, "4", "12", *SYSTEMS], stdin=pipe, stdout=pipe, env=around, text=True
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
        yield Bench(program)
        assert program.stdin is not None
        program.stdin.close()


@pytest.mark.req("REQ-101")
@pytest.mark.parametrize("system", SYSTEMS)
def test_nothing_acknowledged_is_lost_when_the_power_goes(bench: Bench, system: str) -> None:
    """Answers, signatures, packages taken in and made, trails, copies, upgrades, passwords, redactions."""
    tries = many(SHORT, 500)
    found = [bench.cut(system, WORK[number % len(WORK)]) for number in range(tries)]

    tried, broken = bench.until_broken("save", "commits-unsynced")

    note(
        Figure(
            "T-01",
            f"power cut at work on {system}",
            tried=tries,
            bad=len(all_whole(found)),
            twin="waiting for the disk at each commit",
            twin_tried=tried,
            twin_bad=broken,
            more=counted(found),
        )
    )
    assert all_whole(found) == [], wrong_in(found)
    assert broken > 0


def test_a_file_that_was_handed_over_has_its_name_after_a_power_cut(bench: Bench) -> None:
    """Sabotaged twin: the folder of a stick was not waited for, and the file is not there."""
    tries = many(3, 60)
    found = [
        bench.cut(SYSTEMS[n % 2], ("trail", "signatures", "backup")[n % 3], after=1) for n in range(tries)
    ]

    tried, broken = bench.until_broken("trail", "folders-unsynced", after=1)

    note(
        Figure(
            "T-01",
            "power cut after a file was handed over to a stick",
            tried=tries,
            bad=len(all_whole(found)),
            twin="waiting for the folder of the file",
            twin_tried=tried,
            twin_bad=broken,
            more=counted(found),
        )
    )
    assert all_whole(found) == [], wrong_in(found)
    assert broken > 0


def test_a_package_is_taken_in_whole_or_not_at_all(bench: Bench) -> None:
    """Killed anywhere in it; the next start finds none of its events, or all of them."""
    tries = many(3, 200)
    found = [bench.cut(SYSTEMS[0], "import", kill=True, after=n % 3) for n in range(tries)]

    tried, broken = bench.until_broken("import", "statements-alone", kill=True, after=0)

    note(
        Figure(
            "T-01",
            "killed while packages are taken in",
            tried=tries,
            bad=len(all_whole(found)),
            twin="one transaction for all of a package",
            twin_tried=tried,
            twin_bad=broken,
            more=counted(found),
        )
    )
    assert all_whole(found) == [], wrong_in(found)
    assert broken > 0


def test_a_power_cut_while_recovering_from_one_loses_nothing(bench: Bench) -> None:
    """The power goes again, twice, while the next start opens the site, raises it or writes it anew."""
    tries, work = many(3, 120), ("upgrade", "redact", "import", "save")
    found = [
        bench.cut(SYSTEMS[n % 2], work[n % len(work)], while_opening=2, after=n % 2) for n in range(tries)
    ]

    tried, broken = bench.until_broken("upgrade", "statements-alone", while_opening=2, after=0)

    note(
        Figure(
            "T-08",
            "power cut, and twice again while the next start opens the site",
            tried=tries,
            bad=len(all_whole(found)),
            twin="one transaction for all steps of a schema",
            twin_tried=tried,
            twin_bad=broken,
            more=counted(found),
        )
    )
    assert all_whole(found) == [], wrong_in(found)
    assert broken > 0

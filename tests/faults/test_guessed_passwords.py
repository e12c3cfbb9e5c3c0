"""T-27 and T-28: five wrong passwords lock, whatever is done to forget them, and each guess costs.

The single tricks stand in ``tests/unit/store/test_attempts.py``; here each is played by somebody who goes on
guessing, and counted by how often a password could be tried.
"""

from __future__ import annotations

import json
import shutil
import time
from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import AppProblem, Code
from crfapp.store import attempts as counting
from crfapp.store.attempts import FILE, LIMIT
from crfapp.store.gate import Gate
from crfapp.store.machine import MachineNotes
from crfapp.store.site_folder import SiteCard, SiteFolder
from crfapp.store.vault import Vault
from crfapp.store.wrapping import Cost, stretched
from tests.support.clinic import SetClock
from tests.support.fault_figures import Figure, many, note
from tests.support.quick_site import QUICK

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SITE, PASSWORD = "site-jo01", "seven quiet lanterns"
ROUNDS = many(5, 200)
MEMORY_KIB, LEAST_SECONDS = 65_536, 0.3


class Guesser:
    """Somebody with the site's folder, or with the machine, who has a list of passwords."""

    def __init__(self, folder: Path, machine: Path) -> None:
        self.site = SiteFolder.create(folder / "site", SiteCard(SITE, "tiny", "JO01"))
        vault, data_key = Vault.create(self.site.path, SITE, QUICK)
        vault.add("rania", PASSWORD, data_key)
        self.kept, self.machine, self.clock = folder / "kept", machine, SetClock()
        shutil.copytree(self.site.path, self.kept)

    def guess(self, password: str = "a wrong one") -> Code | None:
        """A new start of the program, one try."""
        try:
            Gate(self.site, self.clock, QUICK).open("rania", password)
        except AppProblem as problem:
            return problem.code
        return None

    def folder_put_back(self) -> None:
        shutil.rmtree(self.site.path)
        shutil.copytree(self.kept, self.site.path)

    def counts_removed(self) -> None:
        (self.site.path / FILE).unlink(missing_ok=True)

    def counts_changed(self) -> None:
        file = self.site.path / FILE
        content = json.loads(file.read_bytes()) if file.is_file() else {"tried": [], "told": 0}
        file.write_text(json.dumps(content | {"counts": {}, "limit": 1000}))

    def counts_spoiled(self) -> None:
        (self.site.path / FILE).write_bytes(b"[" * 100_000)

    def machine_forgets(self) -> None:
        shutil.rmtree(self.machine, ignore_errors=True)

    def clock_forward(self) -> None:
        self.clock.later(days=400)

    def clock_back(self) -> None:
        self.clock.later(days=-4000)

    def started_again(self) -> None:
        """Nothing else."""


TRICKS: tuple[Callable[[Guesser], None], ...] = (
    *(Guesser.started_again, Guesser.folder_put_back, Guesser.counts_removed, Guesser.counts_changed),
    *(Guesser.counts_spoiled, Guesser.machine_forgets, Guesser.clock_forward, Guesser.clock_back),
)


def guesses_allowed(guesser: Guesser, trick: Callable[[Guesser], None]) -> int:
    """How many passwords of the list were really tried, a trick between any two."""
    tried = 0
    for _ in range(LIMIT + ROUNDS):
        tried += guesser.guess() is Code.WRONG_LOGIN
        trick(guesser)
    return tried + (guesser.guess(PASSWORD) is None)


@pytest.mark.req("REQ-207")
def test_no_trick_gives_another_guess(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin counts in the site's folder alone, as a file that can be put back."""

    def allowed(name: str) -> dict[str, int]:
        found = {}
        for trick in TRICKS:
            place = tmp_path / name / trick.__name__
            monkeypatch.setenv("CRFAPP_STATE", str(place / "machine"))
            place.mkdir(parents=True)
            found[trick.__name__] = guesses_allowed(Guesser(place, place / "machine"), trick)
        return found

    real = allowed("real")

    class OneCopy(MachineNotes):
        def read(self) -> dict[str, object]:
            return {}

    monkeypatch.setattr(counting, "MachineNotes", OneCopy)
    twin = allowed("twin")
    tries = len(TRICKS) * (LIMIT + ROUNDS)
    bad = sum(count - LIMIT for count in real.values())
    worse = sum(max(0, count - LIMIT) for count in twin.values())
    words = "the second count, on the machine"
    note(Figure("T-27", f"{len(TRICKS)} tricks between guesses", tries, bad, words, tries, worse))
    assert real == dict.fromkeys(real, LIMIT)
    assert worse > 0


@pytest.mark.req("REQ-210")
def test_a_guess_costs_time_and_memory_of_whoever_has_the_file() -> None:
    """What one guess costs is in the file; the figure says what that is on this machine.

    The time is told, not asked for: a machine that has more to do takes longer. The twin is what a plain hash
    of the password would cost.
    """
    cost, spent = Cost(), []
    for number in range(many(1, 20)):
        before = time.process_time(), time.perf_counter()
        stretched(f"guess {number}", b"s" * 16, cost)
        spent.append((time.perf_counter() - before[1], time.process_time() - before[0]))
    wall, processor = min(spent)
    more = (
        f"{wall:.2f} s ({processor:.2f} s of processors) and {cost.memory_kib // 1024} MiB a guess, "
        f"{cost.passes} passes, {cost.lanes} lanes; {LEAST_SECONDS} s were promised"
    )
    cheap = int(cost.memory_kib < MEMORY_KIB)
    twin = stretched_plainly()
    worse = int(twin < LEAST_SECONDS)
    note(Figure("T-28", "one guess", len(spent), cheap, "the cost of today", 1, worse, more))
    assert cost.memory_kib >= MEMORY_KIB
    assert twin < LEAST_SECONDS


def stretched_plainly() -> float:
    """Seconds of a guess where the cost is the least that Argon2id takes."""
    before = time.process_time()
    stretched("guess", b"s" * 16, QUICK)
    return time.process_time() - before

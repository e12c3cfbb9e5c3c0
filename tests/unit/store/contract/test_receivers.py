"""Several receivers on several machines: never two at once for one site, and nothing twice or lost."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import Code, EnvironmentProblem, IntegrityProblem
from crfapp.ledger.chain import Sealed
from crfapp.store.engine import reading
from crfapp.store.event_log import EventLog
from crfapp.store.ledger import SqlLedger
from crfapp.store.postgres.parts import PostgresParts, SchemaKeeping
from tests.support.random_work import BEGUN, work
from tests.support.tiny import tiny_study
from tests.support.workstations import Workstation

if TYPE_CHECKING:
    from crfapp.store.engine import Engine
    from tests.support.postgres import Cluster

KEY = bytes(range(32))
PROGRAM = Path(__file__).with_name("receiving_program.py")
ROOT = Path(__file__).parents[4]


@pytest.mark.req("REQ-805")
def test_two_programs_that_receive_for_one_site_take_turns_and_all_is_there_once(
    cluster: Cluster, tmp_path: Path
) -> None:
    ward = Workstation(tiny_study(), "ws-a")
    work(ward, BEGUN)
    office = Workstation(tiny_study(), "ws-b", ward)
    work(office, [step for step in BEGUN if step[0] != "start"])
    ward.hear(office)
    links = ward.links()
    parts = PostgresParts(cluster.url, tmp_path, "two", KEY)
    store = parts.create("s1", "tiny", "JO01")
    started = []
    for number in range(2):
        file = tmp_path / f"{number}.links"
        file.write_bytes(pickle.dumps(links))
        home = tmp_path / f"home{number}"
        home.mkdir()
        told = [cluster.url, str(home), "two", str(file), str(6 + number)]
        command = [sys.executable, str(PROGRAM), *told]
        surroundings = {**os.environ, "PYTHONPATH": str(ROOT)}
        started.append(subprocess.Popen(command, env=surroundings, stdout=subprocess.PIPE, text=True))
    for program in started:
        assert program.stdout is not None
        assert program.stdout.readline() == "waiting\n"
    store.close()  # from here on they get in each other's way
    for program in started:
        program.communicate(timeout=60)
        assert program.returncode == 0
    store = parts.open("s1")
    with reading(store.engine) as db:
        assert list(EventLog().read(db)) == links
    assert store.verify().breaks == ()
    assert store.compare() == []
    store.close()


@pytest.fixture
def homes(tmp_path: Path) -> list[Path]:
    found = [tmp_path / "here", tmp_path / "there"]
    for home in found:
        home.mkdir()
    return found


def test_who_comes_second_is_told_also_from_another_home(cluster: Cluster, homes: list[Path]) -> None:
    here, there = (PostgresParts(cluster.url, home, "one", KEY) for home in homes)
    store = here.create("s1", "tiny", "JO01")
    assert there.has("s1")
    with pytest.raises(EnvironmentProblem) as refused:
        there.open("s1")
    assert refused.value.code is Code.SITE_OPEN
    store.close()
    there.open("s1").close()


def test_without_that_lock_both_would_get_in(
    cluster: Cluster, homes: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sabotaged twin: only the folder's own lock is left, and each home has its own folder."""
    here, there = (PostgresParts(cluster.url, home, "three", KEY) for home in homes)
    monkeypatch.setattr(SchemaKeeping, "held", lambda _self, folder: folder.held())
    store = here.create("s1", "tiny", "JO01")
    other = there.open("s1")
    assert other.workstation.node == store.workstation.node
    other.close()
    store.close()


@pytest.mark.req("REQ-107")
def test_even_then_a_chain_is_never_forked(engine: Engine) -> None:
    """Who lost the lock without noticing still believes in the end that was: the server refuses."""

    def link(seq: int, digest: str) -> Sealed:
        return Sealed("ctr-1", seq, digest, "package-taken-in", None, "t", b"{}", b"{}")

    one, other = SqlLedger(engine, "ctr-1"), SqlLedger(engine, "ctr-1")
    for ledger in (one, other):
        with ledger.transaction() as running:
            assert running.head.seq == 0
    with one.transaction() as running:
        running.append([link(1, "a" * 64)], [], "1")
    with pytest.raises(IntegrityProblem) as refused, other.transaction() as running:
        running.append([link(running.head.seq + 1, "b" * 64)], [], "1")
    assert refused.value.code is Code.CHAIN_BROKEN
    with reading(engine) as db:
        assert list(EventLog().read(db)) == [link(1, "a" * 64)]
    one.close()
    other.close()

"""How often a wrong password was typed is known after everything that somebody might do to forget it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from argon2.low_level import hash_secret_raw
from hypothesis import given, settings
from hypothesis import strategies as st

from crfapp.base.canonical import canonical, sha256
from crfapp.base.problems import AppProblem, Code, EnvironmentProblem
from crfapp.store.attempts import FILE, LIMIT, Attempts
from crfapp.store.gate import Gate
from crfapp.store.machine import MachineNotes, state_folder
from crfapp.store.site_folder import SiteCard, SiteFolder
from crfapp.store.vault import COPY, Vault
from crfapp.store.vault import FILE as VAULT
from tests.support.clinic import SetClock
from tests.support.quick_site import QUICK
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[3]
PROGRAM = Path(__file__).with_name("trying_program.py")
PASSWORD = "seven quiet lanterns"
SITE = "site-jo01"
AT = "2025-01-05T06:10:00.000000Z"


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CRFAPP_STATE", str(tmp_path / "state"))
    return tmp_path / "state"


@pytest.fixture
def folder(tmp_path: Path) -> SiteFolder:
    folder = SiteFolder.create(tmp_path / "site", SiteCard(SITE, "tiny", "JO01"))
    vault, data_key = Vault.create(folder.path, SITE, QUICK)
    vault.add("rania", PASSWORD, data_key, own=True)
    vault.add("omar", PASSWORD, data_key, own=True)
    return folder


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def gate(folder: SiteFolder, clock: SetClock) -> Gate:
    return Gate(folder, clock, QUICK)


def code_of(act: Callable[..., object], *given: object) -> Code | None:
    try:
        act(*given)
    except AppProblem as problem:
        return problem.code
    return None


def lock_out(gate: Gate, login: str = "rania") -> None:
    for _ in range(LIMIT):
        assert code_of(gate.open, login, "a wrong one") is Code.WRONG_LOGIN


@pytest.mark.req("REQ-207")
def test_after_so_many_wrong_passwords_the_right_one_does_not_help_either(gate: Gate) -> None:
    for _ in range(LIMIT - 1):
        code_of(gate.open, "rania", "a wrong one")
    assert gate.open("rania", PASSWORD).own is not None  # in time: everything is forgiven
    lock_out(gate)
    assert code_of(gate.open, "rania", PASSWORD) is Code.LOCKED_OUT
    assert code_of(gate.open, "rania", "a wrong one") is Code.LOCKED_OUT
    assert code_of(gate.open, "omar", PASSWORD) is None
    assert gate.attempts.locked() == {"rania"}
    gate.attempts.unlock("rania")
    assert code_of(gate.open, "rania", PASSWORD) is None


@pytest.mark.req("REQ-207")
@pytest.mark.parametrize("try_it", ["own_key", "change_password"])
def test_a_wrong_password_counts_wherever_it_is_typed(gate: Gate, try_it: str) -> None:
    act = getattr(gate, try_it)
    more = ("another one that is long",) if try_it == "change_password" else ()
    for _ in range(LIMIT):
        assert code_of(act, "rania", "a wrong one", *more) is Code.WRONG_LOGIN
    assert code_of(act, "rania", PASSWORD, *more) is Code.LOCKED_OUT
    assert code_of(gate.open, "rania", PASSWORD) is Code.LOCKED_OUT


@pytest.mark.req("REQ-217")
def test_a_login_that_nobody_has_is_refused_and_locked_like_one_that_somebody_has(gate: Gate) -> None:
    for login in ("rania", "nobody"):
        said = [code_of(gate.open, login, "a wrong one") for _ in range(LIMIT + 1)]
        assert said == [Code.WRONG_LOGIN] * LIMIT + [Code.LOCKED_OUT]


@pytest.mark.req("REQ-217")
def test_every_refusal_costs_one_guess_of_the_same_price(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    """How long it takes is what Argon2id takes: once, at the same cost, in every case."""
    costs: list[tuple[object, ...]] = []

    def counted(secret: bytes, salt: bytes, *cost: Any, **more: Any) -> bytes:
        costs.append(cost)
        return hash_secret_raw(secret, salt, *cost, **more)

    monkeypatch.setattr("crfapp.store.wrapping.hash_secret_raw", counted)
    for login in ("rania", "nobody"):
        for _ in range(LIMIT + 2):
            code_of(gate.open, login, "a wrong one")
    code_of(gate.open, "rania", PASSWORD)
    assert costs == [costs[0]] * (2 * (LIMIT + 2) + 1)


def test_what_was_typed_for_a_login_by_mistake_is_nowhere_on_disk(
    gate: Gate, folder: SiteFolder, machine: Path
) -> None:
    slip = "seven-quiet-lanterns"
    code_of(gate.open, slip, "rania")
    written = [file.read_bytes() for file in (*folder.path.rglob("*"), *machine.rglob("*")) if file.is_file()]
    assert len(written) > 3
    assert not [content for content in written if slip.encode() in content]
    assert [tried.who[0] for tried in gate.attempts.waiting()] == ["?"]


@pytest.mark.req("REQ-207")
def test_a_lock_out_outlasts_a_restart_and_every_move_of_the_clock(
    folder: SiteFolder, gate: Gate, clock: SetClock
) -> None:
    lock_out(gate)
    for step in ({"days": 400.0}, {"days": -4000.0}, {"seconds": 1.0}):
        clock.later(**step)
        assert code_of(Gate(folder, clock, QUICK).open, "rania", PASSWORD) is Code.LOCKED_OUT


def _folder_put_back(folder: SiteFolder, kept: Path, _machine: Path) -> None:
    shutil.rmtree(folder.path)
    shutil.copytree(kept, folder.path)


def _counts_removed(folder: SiteFolder, _kept: Path, _machine: Path) -> None:
    (folder.path / FILE).unlink()


def _counts_damaged(folder: SiteFolder, _kept: Path, _machine: Path) -> None:
    (folder.path / FILE).write_bytes(b'{"counts": 7')


def _machine_forgets(_folder: SiteFolder, _kept: Path, machine: Path) -> None:
    shutil.rmtree(machine)


def _counts_set_to_none(folder: SiteFolder, _kept: Path, _machine: Path) -> None:
    content = json.loads((folder.path / FILE).read_bytes())
    content.update(counts={}, limit=1000)
    (folder.path / FILE).write_text(json.dumps(content))


TRICKS = (_folder_put_back, _counts_removed, _counts_damaged, _machine_forgets, _counts_set_to_none)


@pytest.mark.req("REQ-207")
@pytest.mark.parametrize("trick", TRICKS, ids=lambda trick: trick.__name__)
def test_no_file_that_is_put_back_removed_or_changed_takes_the_lock_out_away(
    folder: SiteFolder,
    gate: Gate,
    tmp_path: Path,
    machine: Path,
    trick: Callable[[SiteFolder, Path, Path], None],
) -> None:
    shutil.copytree(folder.path, tmp_path / "kept")
    lock_out(gate)
    trick(folder, tmp_path / "kept", machine)
    assert code_of(Gate(folder, SetClock(), QUICK).open, "rania", PASSWORD) is Code.LOCKED_OUT


class OneCopy(MachineNotes):
    """A machine that keeps nothing: the count stands in the folder alone."""

    def read(self) -> dict[str, object]:
        return {}


def test_with_one_copy_alone_the_folder_put_back_would_open_again(
    folder: SiteFolder, gate: Gate, tmp_path: Path, machine: Path
) -> None:
    """The twin without the safeguard: what the test above looks at can be otherwise."""
    gate.attempts._notes = OneCopy(SITE)
    shutil.copytree(folder.path, tmp_path / "kept")
    lock_out(gate)
    _folder_put_back(folder, tmp_path / "kept", machine)
    assert code_of(gate.open, "rania", PASSWORD) is None


@pytest.mark.req("REQ-207")
@pytest.mark.parametrize("counts", ["before", "after"])
def test_whoever_kills_the_program_while_it_tries_has_used_up_an_attempt(
    folder: SiteFolder, gate: Gate, counts: str
) -> None:
    """A real process, killed between the count and the answer; the twin that counts after shows nothing."""
    for _ in range(LIMIT - 1):
        code_of(gate.open, "rania", "a wrong one")
    whole = (folder.path / VAULT).read_bytes()
    _make_slow(folder)
    command = [sys.executable, str(PROGRAM), str(folder.path), counts]
    around = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, env=around, stdout=subprocess.PIPE, text=True) as trying:
        assert trying.stdout is not None
        assert trying.stdout.readline() == "trying\n"
        if counts == "before":
            wait_until(lambda: _count(folder) == LIMIT, what="the attempt to be counted")
        trying.kill()
    (folder.path / VAULT).write_bytes(whole)
    locked = code_of(gate.open, "rania", PASSWORD) is Code.LOCKED_OUT
    assert locked == (counts == "before")


def _count(folder: SiteFolder) -> int:
    try:
        return int(json.loads((folder.path / FILE).read_bytes())["counts"].get("rania", 0))
    except (OSError, ValueError):
        return 0


def _make_slow(folder: SiteFolder) -> None:
    """Trying a password takes long enough to be killed in the middle of it."""
    content = json.loads((folder.path / VAULT).read_bytes())
    del content["digest"]
    for entry in content["wrappings"]:
        entry["kdf"].update(t=64, m=65_536)
    written = json.dumps({**content, "digest": sha256(canonical(content))})
    (folder.path / VAULT).write_text(written)
    (folder.path / COPY).write_text(written)


@pytest.mark.req("REQ-207")
def test_many_at_once_are_as_many_attempts(folder: SiteFolder) -> None:
    gates = [Gate(folder, SetClock(), QUICK) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(lambda gate: code_of(gate.open, "rania", "a wrong one"), gates))
    assert sorted(str(code) for code in said) == sorted(["R-301"] * LIMIT + ["R-305"] * (len(gates) - LIMIT))


def test_nobody_tries_uncounted_where_neither_copy_can_be_written(
    folder: SiteFolder, gate: Gate, machine: Path
) -> None:
    shutil.rmtree(machine, ignore_errors=True)
    machine.write_bytes(b"")  # a file stands where the notes should be: the folder's copy is enough
    assert code_of(gate.open, "rania", PASSWORD) is None
    (folder.path / FILE).unlink(missing_ok=True)
    (folder.path / (FILE + ".new")).mkdir()
    with pytest.raises(EnvironmentProblem):
        gate.open("rania", PASSWORD)


def test_the_rules_of_the_site_say_how_many_are_allowed(gate: Gate) -> None:
    gate.attempts.allow(3)
    for _ in range(3):
        assert code_of(gate.open, "rania", "a wrong one") is Code.WRONG_LOGIN
    assert code_of(gate.open, "rania", PASSWORD) is Code.LOCKED_OUT


@settings(max_examples=25, deadline=None)
@given(acts=st.lists(st.sampled_from(["wrong", "right", "tell"]), max_size=12))
def test_every_attempt_that_failed_waits_once_for_the_ledger(
    tmp_path_factory: pytest.TempPathFactory, acts: list[str]
) -> None:
    attempts = Attempts(tmp_path_factory.mktemp("site"), str(tmp_path_factory.mktemp("id")))
    wrong, told = 0, 0
    for act in acts:
        if act == "tell":
            for tried in attempts.waiting():
                told += tried.times
                attempts.told(tried)
            continue
        mine, _ = attempts.begin("rania", AT, known=True)
        if act == "right":
            attempts.succeeded(mine)
        else:
            wrong += 1
    assert told + sum(tried.times for tried in attempts.waiting()) == wrong


def test_a_program_that_tries_for_days_fills_no_disk_and_is_counted_all_the_same(tmp_path: Path) -> None:
    attempts = Attempts(tmp_path, SITE)
    full = [[n, "rania", AT, 1] for n in range(1, 201)]
    state = {"counts": {"rania": 200}, "tried": full, "told": 0, "limit": 5}
    MachineNotes(SITE).write({"attempts": state})
    for _ in range(3):
        attempts.begin("rania", AT, known=True)
    waiting = attempts.waiting()
    assert (len(waiting), sum(tried.times for tried in waiting)) == (200, 203)
    assert state_folder().is_dir()

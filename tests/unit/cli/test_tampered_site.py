"""``crfapp site verify`` on a real site that somebody changed with the key and another tool."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from crfapp.base.problems import Code, IntegrityProblem
from crfapp.store.engine import open_engine, writing
from crfapp.store.migrations import EVIDENCE
from crfapp.store.site_folder import SiteFolder
from crfapp.store.site_store import SiteStore
from crfapp.work.subjects import EnrolSubject
from tests.support.real_site import NURSE, at_work, flagship_site
from tests.unit.cli.test_commands import NOT_WELL, WELL, as_admin, as_nurse

TRIGGERS = [name for name, sql in EVIDENCE.items() if sql.startswith("CREATE TRIGGER")]
SWAP = "UPDATE event SET seq = {} WHERE seq = {}"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A founded site with a nurse and three subjects; it is only copied."""
    folder = tmp_path_factory.mktemp("made") / "site"
    key = flagship_site(folder)
    enrol(folder, key, 3)
    return folder, key


def enrol(folder: Path, key: bytes, count: int) -> None:
    with at_work(folder, key) as opened:
        for _ in range(count):
            opened.bus.send(EnrolSubject(), opened.actor(NURSE))


def spoilt(folder: Path, key: bytes, *statements: str) -> None:
    engine = open_engine(folder / "ledger.db", key)
    with writing(engine) as db:
        for name in TRIGGERS:
            db.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            db.execute(statement)
        for name in TRIGGERS:
            db.execute(EVIDENCE[name])
    engine.dispose()


@pytest.mark.req("REQ-107")
@pytest.mark.parametrize(
    ("statements", "seq", "what"),
    [
        (["UPDATE event SET at = '2020-01-01' WHERE seq = 4"], 4, "its columns differ from its content"),
        (
            ["UPDATE event SET body = CAST(replace(body, 'Cell', 'Bell') AS BLOB) WHERE seq = 6"],
            6,
            "its content does not match its hash",
        ),
        ([SWAP.format(-1, 3), SWAP.format(3, 4), SWAP.format(4, -1)], 3, ""),
        (["DELETE FROM event WHERE seq > (SELECT max(seq) - 2 FROM event)"], 0, "are cut off"),
    ],
    ids=["column", "content", "exchanged", "cut off"],
)  # fmt: skip
def test_what_was_done_is_found_and_its_first_place_named(
    made: tuple[Path, bytes], tmp_path: Path, statements: list[str], seq: int, what: str
) -> None:
    folder = Path(shutil.copytree(made[0], tmp_path / "site"))
    node = json.loads((folder / "workstation.json").read_text(encoding="utf-8"))["node"]
    spoilt(folder, made[1], *statements)
    result = as_admin("site", "verify", folder)
    assert result.exit_code == NOT_WELL
    first = result.stdout.splitlines()[0]
    assert first.startswith(f"{node}, event {seq or ''}")
    assert what in first
    # and it does not open for entry
    with pytest.raises(IntegrityProblem) as refused:
        SiteStore.open(SiteFolder.open(folder), made[1])
    assert refused.value.code is Code.CHAIN_BROKEN


@pytest.mark.req("REQ-107")
def test_an_older_copy_says_what_is_missing_and_an_administrator_goes_on_from_it(
    made: tuple[Path, bytes], tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(made[0], tmp_path / "site"))
    enrol(folder, made[1], 2)
    shutil.copy(made[0] / "ledger.db", folder / "ledger.db")
    told = as_admin("site", "verify", folder)
    assert told.exit_code == NOT_WELL
    assert "are missing: cut off, or an older copy" in told.stdout
    assert as_nurse("site", "go-on", folder, "--reason", "the disk broke").stderr.startswith("R-201 ")
    taken = as_admin("site", "go-on", folder, "--reason", "the disk broke")
    assert (taken.exit_code, taken.stderr) == (WELL, "")
    assert "are missing" in taken.stdout
    sound = as_admin("site", "verify", folder)
    assert sound.exit_code == WELL
    # the lost one, the one that says who tried without being entitled to, and the one that goes on
    assert sound.stdout.startswith("3 chains, ")

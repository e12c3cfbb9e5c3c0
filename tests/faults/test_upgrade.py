"""T-50: what earlier programs wrote is raised by today's, killed at each step, and read as it was.

The sites, the package and the workbook under ``tests/golden`` were written by the programs of their time and
are never made anew. The twin raises a schema without one transaction around all of it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from crfapp.base.problems import AppProblem
from crfapp.bootstrap.door import SiteDoor
from crfapp.bootstrap.parts import AppParts
from crfapp.bootstrap.signatures import write_signatures
from crfapp.cli.parts import Credentials
from crfapp.exchange.office_encryption import decrypt
from crfapp.exchange.workbook_reading import LibraryReader, StreamReader
from crfapp.ledger.state import ItemRow
from crfapp.store import migrations
from crfapp.store.engine import open_engine, reading
from crfapp.store.migrations import schema_number
from tests.support.clinic import SetClock
from tests.support.fault_figures import FULL, Figure, note
from tests.support.golden import (
    FOLDER,
    NEWEST,
    OLDER,
    SCHEMAS,
    Golden,
    copied,
    golden,
    killed_at,
    statements_of,
)
from tests.support.real_site import ROOT
from tools.golden import state_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crfapp.exchange.workbook_reading import Found
    from crfapp.store.engine import Db, Engine

PACKAGED = FOLDER / "schema-4"
WORKBOOK, WORKBOOK_PASSWORD = PACKAGED / "nct06813027_JO01.xlsx", "figs and thyme at noon"
PACKAGE = PACKAGED / "nct06813027_JO01_ws-9809b57a_ctr-ed4b456f7d8faab9_00001.pgp"
DATA_TEAM = Credentials("brandt", "brandt walks to the clinic")


def wrong_with(site: Golden) -> list[str]:
    """What today's program does not find as it was noted when the site was written."""
    told, wrong = site.told, []
    try:
        opened = site.open()
    except Exception as problem:  # noqa: BLE001 - a twin may break in any way
        return [f"it does not open: {type(problem).__name__}"]
    try:
        found = opened.store.verify()
        if found.wrong or found.events != told["events"]:
            wrong.append(f"{found.events} events of {told['events']}, {found.wrong}")
        if {head.node: [head.seq, head.hash] for head in found.heads} != told["heads"]:
            wrong.append("the chains end elsewhere")
        with reading(opened.store.engine) as db:
            if state_of(db) != (told["answers"], told["state"]):
                wrong.append("the answers are others")
        if opened.store.compare():
            wrong.append("the tables are not what the ledger tells")
    except AppProblem as problem:
        wrong.append(str(problem.code))
    finally:
        opened.close()
    if site.number() != NEWEST:
        wrong.append("it was not raised")
    return wrong


def copy_before(site: Golden) -> int:
    """The schema of the copy that was kept before the site was raised; 0 where there is none."""
    copies = list((site.path / "backups").glob("before-schema-*.db"))
    if not copies:
        return 0
    engine = open_engine(copies[0], site.key)
    with reading(engine) as db:
        number = schema_number(db)
    engine.dispose()
    return number


def test_every_schema_that_was_ever_written_is_kept() -> None:
    assert tuple(range(1, NEWEST + 1)) == SCHEMAS, "python -m tools.golden keeps the newest"


@pytest.mark.req("REQ-732")
@pytest.mark.parametrize("schema", SCHEMAS)
def test_what_an_earlier_program_wrote_reads_as_it_was(schema: int, tmp_path: Path) -> None:
    site = golden(schema, tmp_path / "site")
    assert site.number() == schema
    assert wrong_with(site) == []
    assert copy_before(site) == (schema if schema < NEWEST else 0)


@pytest.mark.req("REQ-732")
def test_a_nurse_of_an_earlier_program_logs_in_and_finds_her_answers(tmp_path: Path) -> None:
    """By the daily door, with the password that she had; it raises the site on the way."""
    site = golden(1, tmp_path / "site")
    door = SiteDoor(site.path, SetClock())
    at = door.log_in("rania", site.told["passwords"]["rania"], language="en")
    try:
        assert len(at.tables.find(ItemRow)) == site.told["answers"]
    finally:
        door.leave("logout")
    assert site.number() == NEWEST


@pytest.mark.req("REQ-732", "REQ-310")
def test_signatures_of_an_earlier_program_verify_without_any_program(tmp_path: Path) -> None:
    site = golden(2, tmp_path / "site")
    opened = site.open()
    try:
        out = tmp_path / "signatures"
        assert write_signatures(opened, opened.actor("haddad"), out) == site.told["signatures"] == 2
    finally:
        opened.close()
    command = [sys.executable, str(ROOT / "docs" / "verify_signature.py"), str(out)]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout + said.stderr


@contextmanager
def _without_transaction(engine: Engine) -> Iterator[Db]:
    """The twin: each statement is on disk as soon as it was run."""
    raw = engine.raw_connection()
    try:
        yield raw.driver_connection
    finally:
        raw.close()


def _raised_without_transaction(site: Golden) -> None:
    told: Any = migrations
    told.writing = _without_transaction
    site.open().close()


@pytest.mark.req("REQ-732")
def test_killed_at_any_statement_of_raising_the_next_start_finds_all_of_it(tmp_path: Path) -> None:
    tried, broken, twin_tried, twin_broken = 0, [], 0, 0
    for schema in OLDER if FULL else (2,):
        counted = golden(schema, tmp_path / "counted")
        said = statements_of(lambda site=counted: site.open().close(), tmp_path / "said")  # type: ignore[misc]
        shutil.rmtree(counted.path)
        begun, ended = said.index("BEGIN IMMEDIATE"), said.index("COMMIT")
        every = range(1, len(said) + 1)
        for moment in every if FULL else (1, begun, begun + 2, (begun + ended) // 2, ended, ended + 2):
            site = golden(schema, tmp_path / "site")
            killed, _ = killed_at(moment, lambda site=site: site.open().close())  # type: ignore[misc]
            wrong = [] if killed else ["it was not killed"]
            if begun < moment <= ended and (site.number(), copy_before(site)) != (schema, schema):
                wrong.append(f"{site.number()} on disk, a copy of {copy_before(site)}")
            broken += [f"schema {schema}, statement {moment}: {one}" for one in wrong + wrong_with(site)]
            tried += 1
            shutil.rmtree(site.path)
        for moment in range(begun + 3, ended, 20) if FULL else (begun + 20, (begun + ended) // 2):
            site = golden(schema, tmp_path / "site")
            killed_at(moment, lambda site=site: _raised_without_transaction(site))  # type: ignore[misc]
            twin_tried, twin_broken = twin_tried + 1, twin_broken + bool(wrong_with(site))
            shutil.rmtree(site.path)
    note(
        Figure(
            "T-50",
            "the program is killed at a statement while it raises a site of an earlier schema",
            tried=tried,
            bad=len(broken),
            twin="one transaction around all steps",
            twin_tried=twin_tried,
            twin_bad=twin_broken,
            more=f"golden sites of schema {', '.join(map(str, SCHEMAS))}",
        )
    )
    assert broken == []
    assert twin_broken > 0


@pytest.mark.req("REQ-732")
def test_a_package_of_an_earlier_program_opens_at_the_centre_of_its_time(tmp_path: Path) -> None:
    centre = copied(PACKAGED / "centre", tmp_path / "centre")
    shown = AppParts().handing_out.packaging.show(centre, DATA_TEAM, PACKAGE)
    assert (shown.number, shown.maker) == (1, "ws-9809b57a")
    assert "item: 1443" in shown.certificate
    assert len(shown.parts) > 2


@pytest.mark.req("REQ-732")
def test_a_workbook_of_an_earlier_program_is_read_by_us_and_by_the_library() -> None:
    plain = decrypt(WORKBOOK, WORKBOOK_PASSWORD)
    ours, library = StreamReader(plain), LibraryReader(plain)
    assert ours.names() == library.names()
    assert len(ours.names()) > 10
    for name in ours.names()[:3]:
        assert [_filled(row) for row in ours.rows(name)] == [_filled(row) for row in library.rows(name)]
    assert sum(1 for name in ours.names() for _ in ours.rows(name)) > 1000


def _filled(row: list[Found]) -> list[int]:
    """Where a row has something in it."""
    return [number for number, cell in enumerate(row) if cell is not None]

"""What this program writes, kept for every later one: ``python -m tools.golden`` adds the newest schema.

A folder ``tests/golden/schema-N`` has a site as the program of schema N left it, and ``golden.json``, which
says what is in it. They are never made anew: where there is one already, this refuses. A program that cannot
read one of them is wrong, not the file.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from crfapp import __version__
from crfapp.base.canonical import canonical, sha256
from crfapp.bootstrap.ground import pack_folder
from crfapp.bootstrap.playing import (
    ADMINISTRATOR,
    ADMINISTRATOR_PASSWORD,
    known_password,
    play_journeys,
)
from crfapp.journeys.told import read_journey
from crfapp.store.engine import open_engine, reading
from crfapp.store.event_log import EventLog
from crfapp.store.migrations import STEPS, schema_number
from crfapp.store.vault import Vault

if TYPE_CHECKING:
    from crfapp.store.engine import Db

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "golden"
JOURNEY = "lk-01-signed-locked-opened"
"""Values, a query, verification, signatures, a lock and its opening, on few pages."""
ANSWERS = (
    'SELECT subject, visit, visit_n, form, form_n, "row", item, value, typed, missing, unit, hidden'
    ' FROM item ORDER BY subject, visit, visit_n, form, form_n, "row", item'
)
"""Columns that every schema has."""


def described(site: Path, journey: str, program: str) -> dict[str, Any]:
    """What ``golden.json`` says of a site, read without raising anything; leaves the folder as it was."""
    with TemporaryDirectory() as name:
        copy = Path(name) / "site"
        shutil.copytree(site, copy)
        vault = Vault.load(copy)
        key = vault.open(ADMINISTRATOR, ADMINISTRATOR_PASSWORD)
        engine = open_engine(copy / "ledger.db", key)
        with reading(engine) as db:
            told = _told(db)
        engine.dispose()
    passwords = {login: known_password(login) for login in vault.logins if login != ADMINISTRATOR}
    return {
        **told,
        "program": program,
        "journey": journey,
        "key": key.hex(),
        "passwords": {ADMINISTRATOR: ADMINISTRATOR_PASSWORD, **passwords},
    }


def state_of(db: Db) -> tuple[int, str]:
    """How many answers stand in the tables, and a hash over every one of them."""
    answers = [list(row) for row in db.execute(ANSWERS)]
    return len(answers), sha256(canonical(answers))


def _told(db: Db) -> dict[str, Any]:
    log = EventLog()
    answers, state = state_of(db)
    signed = db.execute("SELECT count(*) FROM event WHERE kind = 'signed'").fetchone()
    return {
        "schema": schema_number(db),
        "events": log.count(db),
        "heads": {node: list(log.head(db, node)) for node in log.nodes(db)},
        "signatures": signed[0] if signed else 0,
        "answers": answers,
        "state": state,
    }


def keep(site: Path, folder: Path, told: dict[str, Any]) -> None:
    """Put a closed site and what is in it beside the others; FileExistsError where something is there."""
    folder.mkdir(parents=True)
    shutil.copytree(site, folder / "site", ignore=shutil.ignore_patterns("lock", "*.lock", "backups"))
    text = json.dumps(told, indent=1, ensure_ascii=False) + "\n"
    (folder / "golden.json").write_text(text, encoding="utf-8")


def main() -> None:
    """Play a journey with today's program and keep its site as the golden one of the newest schema."""
    folder = GOLDEN / f"schema-{STEPS[-1].number}"
    if folder.exists():
        sys.exit(f"{folder.relative_to(ROOT)} is there and stays: golden files are never made anew.")
    with TemporaryDirectory() as name:
        file = pack_folder("nct06813027") / "journeys" / f"{JOURNEY}.yaml"
        play_journeys([read_journey(file.read_text(encoding="utf-8"), file.name)], None, Path(name), None)
        site = Path(name) / JOURNEY / "site"
        keep(site, folder, described(site, JOURNEY, __version__))


if __name__ == "__main__":
    main()

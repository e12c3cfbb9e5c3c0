"""Nothing is written but by a command that leaves an event, and no evidence is ever deleted (REQ-101, 118).

A row of a query table can go where the events say so: an answer beside another one, once a person decided
between them; and what a redaction changes is folded anew. Both stand in the log as they were.

SQLite itself says what each statement would do: every command there is runs once under its authorizer.
"""

from __future__ import annotations

import re
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event as sa_event

from crfapp.base.problems import RefusedError
from crfapp.ledger.changes import Put
from crfapp.ledger.state import TABLES
from crfapp.store.engine import open_engine, reading, writing
from crfapp.store.event_log import EventLog
from crfapp.store.ledger import SqlLedger
from crfapp.store.migrations import migrate
from crfapp.store.rebuild import compare, remake
from crfapp.store.tables import apply
from crfapp.store.verify import verify
from crfapp.work.amendment import ActivateVersion, InstallVersion, NoteReconsent
from crfapp.work.bus import Bus, Workstation
from crfapp.work.deciding import ResolveConflict
from crfapp.work.desk import Desk
from crfapp.work.lock_requests import AskLock
from crfapp.work.own_account import RegisterKey
from crfapp.work.people import FoundSite, InstallPack
from crfapp.work.redaction import ApproveRedaction
from crfapp.work.roles import Actor, Role
from crfapp.work.signing import Sign
from tests.support.examples import EXAMPLES
from tests.support.examples.conduct import Unfounded
from tests.support.signers import KnownSigner
from tests.support.ward import Ward

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

    from crfapp.ledger.events import Sort
    from crfapp.work.cases import Command

KEY = bytes(range(32))
SOURCES = Path(__file__).parents[3] / "crfapp"
_INSERT, _DELETE, _UPDATE = 18, 9, 23
_ACTIONS = {_INSERT: "insert", _DELETE: "delete", _UPDATE: "update"}
"""Codes of sqlite.org/c3ref/c_alter_table.html."""

DATA = {spec.name for spec in TABLES.values()}
GOES = {ResolveConflict: {"rival"}, ApproveRedaction: DATA}
"""Of which query tables a command takes rows away: what stood beside, or what it folds anew at once."""
NAMES_A_VERSION = {InstallPack, InstallVersion, ActivateVersion, NoteReconsent}
FOLDED_ANEW = {"store/tables.py", "store/folding.py"}
"""Where rows of query tables are taken away, to be folded again out of the log."""


class Watched:
    """A database whose every statement is known by what it does to which table."""

    def __init__(self, path: Path) -> None:
        self.engine = open_engine(path, KEY, durable=False)
        self.writes: set[tuple[str, str, str]] = set()
        sa_event.listen(self.engine, "checkout", self._watch)

    def _watch(self, raw: Any, _record: Any, _proxy: Any) -> None:
        raw.set_authorizer(self._note)

    def _note(self, action: int, table: str, column: str, schema: str, _inside: str) -> int:
        if action in _ACTIONS and schema == "main" and not table.startswith("sqlite_"):
            self.writes.add((_ACTIONS[action], table, column if action == _UPDATE else ""))
        return 0

    @property
    def changed(self) -> set[str]:
        return {table for _, table, _ in self.writes}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("watched") / "empty.db"
    engine = open_engine(path, KEY, create=True, durable=False)
    migrate(engine, lambda _have: None, remake)
    engine.dispose()
    return path


@pytest.fixture
def watched(empty: Path, tmp_path: Path) -> Iterator[Watched]:
    found = Watched(Path(shutil.copy(empty, tmp_path / "ledger.db")))
    yield found
    found.engine.dispose()


def on_disk(ward: Ward, engine: Engine, sort: Sort = "site") -> Bus:
    """The same site on the disk: its links, its tables, and a bus that goes on from there."""
    with writing(engine) as db:
        EventLog().append(db, ward.ledger.links)
        apply(db, [Put(row) for rows in ward.ledger.tables.rows.values() for row in rows.values()])
    ledger = SqlLedger(engine, "ws-test")
    entropy = ward.desk.new_id
    desk = Desk(
        ward.desk.study,
        ledger.tables,
        ward.clock,
        entropy=lambda n: (entropy() * 4).encode()[:n],
        zone=ward.desk.zone,
    )
    desk.signer, desk.was_given = ward.desk.signer, ward.desk.was_given
    return Bus(
        ledger,
        desk,
        ward.clock,
        entropy=lambda n: (entropy() * 4).encode()[:n],
        workstation=Workstation("ws-test", "0.1.0", sort),
    )


@pytest.mark.req("REQ-101", "REQ-118", "REQ-107")
@pytest.mark.parametrize("command", EXAMPLES, ids=lambda command: command.__name__)
def test_a_command_inserts_its_events_changes_only_tables_and_deletes_nothing(
    command: type[Command], watched: Watched, tmp_path: Path
) -> None:
    make, role, expected = EXAMPLES[command]
    ward = Unfounded() if command is FoundSite else Ward()
    example = make(ward)
    bus = on_disk(ward, watched.engine, "centre" if command is AskLock else "site")
    before = len(ward.ledger.links)
    watched.writes.clear()
    outcome = bus.send(example, Actor(role.value, role.value.capitalize(), role, "CTC"))

    assert [event.kind for event in outcome.events] == expected
    assert ("insert", "event", "") in watched.writes
    assert {table for action, table, _ in watched.writes if action == "delete"} <= GOES.get(command, set())
    assert watched.changed <= {"event", *DATA}
    in_log = {(action, column) for action, table, column in watched.writes if table == "event"}
    assert in_log == {("insert", "")} | ({("update", "told")} if command is ApproveRedaction else set())
    with reading(watched.engine) as db:
        assert EventLog().count(db) == before + len(expected)
        found = verify(db).breaks
    if command in GOES:
        assert compare(watched.engine, tmp_path) == []
    if command in NAMES_A_VERSION:  # the example's study version is kept nowhere
        assert {one.what for one in found} == {"the study version that it names is not kept as it was"}
    else:
        assert [one for one in found if "not registered" not in one.what] == []


@pytest.mark.req("REQ-302")
def test_a_signature_as_the_program_gives_it_verifies_and_its_row_moved_is_named(
    watched: Watched, tmp_path: Path
) -> None:
    ward = Ward()
    sign = EXAMPLES[Sign][0](ward)
    signer = ward.desk.signer
    assert isinstance(signer, KnownSigner)
    bus = on_disk(ward, watched.engine)
    investigator = Actor("investigator", "Investigator", Role.INVESTIGATOR, "CTC")
    bus.send(RegisterKey(public=signer.public("investigator")), investigator)
    bus.send(sign, investigator)
    with reading(watched.engine) as db:
        assert verify(db).wrong == ()
    assert compare(watched.engine, tmp_path) == []
    with writing(watched.engine) as db:
        db.execute("UPDATE signature SET form = 'LD'")
    assert [(one.table, one.column) for one in compare(watched.engine, tmp_path)] == [("signature", "form")]


@pytest.mark.req("REQ-101", "REQ-117")
def test_a_refused_command_writes_nothing_but_that_it_was_refused(watched: Watched) -> None:
    make, _role, _events = EXAMPLES[ApproveRedaction]
    ward = Ward()
    example = make(ward)
    bus = on_disk(ward, watched.engine)
    watched.writes.clear()
    with suppress(RefusedError):
        bus.send(example, ward.actor)
    assert watched.changed == {"event", "trail"}
    with reading(watched.engine) as db:
        assert [link.kind for link in EventLog().read(db)][len(ward.ledger.links) :] == ["act-refused"]


def test_a_write_beside_the_events_is_seen(watched: Watched) -> None:
    """Sabotaged twins: an update without an event, and a deletion."""
    with writing(watched.engine) as db:
        watched.writes.clear()
        db.execute("UPDATE item SET value = 'x'")
        assert watched.changed == {"item"}
        db.execute("DELETE FROM subject")
        assert ("delete", "subject", "") in watched.writes


@pytest.mark.req("REQ-118", "REQ-116")
def test_no_line_of_the_program_deletes_rows() -> None:
    deletes = re.compile(r"\bDELETE\s+FROM\b|\bREPLACE\s+INTO\b|(?<!BEFORE )\bTRUNCATE\s+\w", re.IGNORECASE)
    found = [
        f"{path.relative_to(SOURCES)}: {line.strip()}"
        for path in SOURCES.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if deletes.search(line)
    ]
    assert {line.split(":")[0] for line in found} == FOLDED_ANEW, found


@pytest.mark.req("REQ-101", "REQ-106")
def test_every_table_is_evidence_with_its_triggers_or_folded_from_it(watched: Watched) -> None:
    """A table that is neither would be a place to write without an event."""
    with reading(watched.engine) as db:
        tables = {str(row[0]) for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        triggers = {
            (str(row[0]), str(row[1]).split()[4])
            for row in db.execute("SELECT tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
        }
    tables = {name for name in tables if not name.startswith("sqlite_")}
    assert tables == {"event", "content", *DATA}
    for evidence in ("event", "content"):
        assert {when for table, when in triggers if table == evidence} == {"UPDATE", "DELETE", "INSERT"}

"""The trail cannot be switched off, by nobody and nothing; without it nothing is entered (REQ-106)."""

from __future__ import annotations

import os
import re
from dataclasses import fields
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import typer
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event as sa_event

from crfapp.base.problems import AppProblem, Code
from crfapp.bootstrap.parts import AppParts
from crfapp.bootstrap.preferences import read_preferences, write_preferences
from crfapp.cli.commands import build
from crfapp.ledger.keys import FormKey
from crfapp.ledger.state import ItemRow
from crfapp.store.engine import open_engine, reading, writing
from crfapp.store.event_log import EventLog
from crfapp.store.migrations import EVIDENCE
from crfapp.store.site_folder import SiteCard, SiteFolder
from crfapp.store.site_store import SiteStore
from crfapp.ui.preferences import Preferences
from tests.support.clinic import Clinic
from tests.support.tiny import tiny_study

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = bytes(range(32))
SOURCES = Path(__file__).parents[3] / "crfapp"
VARIABLES = sorted(
    {
        name
        for path in SOURCES.rglob("*.py")
        for name in re.findall(r"\bCRFAPP_[A-Z_]+\b", path.read_text(encoding="utf-8"))
    }
    - {"CRFAPP_STATE"}  # a folder; that it is missing is tried beside the ends of chains
)
COMMON = ["PYTHONOPTIMIZE", "DEBUG", "LOG_LEVEL", "NO_AUDIT", "AUDIT", "QT_LOGGING_RULES", "SQLITE_TMPDIR"]
VALUES = st.sampled_from(["", "0", "1", "off", "no", "false", "none", "/dev/null", "debug", "-1"]) | st.text(
    st.characters(codec="ascii", min_codepoint=33), max_size=8
)


@pytest.fixture
def folder(tmp_path: Path) -> SiteFolder:
    folder = SiteFolder.create(tmp_path / "site", SiteCard("s1", "tiny", "JO01"))
    store = SiteStore.create(folder, KEY)
    Clinic(tiny_study(), ledger=store.ledger)
    store.close()
    return folder


def a_days_work(path: Path) -> int:
    """How many events the same work at a new site leaves."""
    folder = SiteFolder.create(path, SiteCard("s1", "tiny", "JO01"))
    SiteStore.create(folder, KEY).close()
    store = SiteStore.open(folder, KEY)
    clinic = Clinic(tiny_study(), ledger=store.ledger)
    subject = clinic.enrol()
    clinic.start(subject, "V_SCR")
    form = FormKey(subject, "V_SCR", 1, "DM", 1)
    clinic.enter(form, SEX="M")
    clinic.enter(form, SEX="F", reason="misread")
    with reading(store.engine) as db:
        events = EventLog().count(db)
    assert store.verify().wrong == ()
    store.close()
    return events


def test_the_variables_that_the_program_reads_are_known_here() -> None:
    assert {"CRFAPP_SITE", "CRFAPP_LOGIN", "CRFAPP_LANGUAGE"} <= set(VARIABLES)


@pytest.mark.req("REQ-106")
def test_no_variable_and_no_preference_makes_one_event_less(tmp_path: Path) -> None:
    usual, days = a_days_work(tmp_path / "usual"), count(1)
    assert usual >= 5

    @settings(max_examples=8, deadline=None)
    @given(
        st.dictionaries(st.sampled_from([*VARIABLES, *COMMON]), VALUES, max_size=6),
        st.fixed_dictionaries({one.name: VALUES for one in fields(Preferences)}),
    )
    def with_settings(environment: dict[str, str], preferences: dict[str, Any]) -> None:
        with pytest.MonkeyPatch.context() as patched:
            for name, value in {**environment, "XDG_CONFIG_HOME": str(tmp_path)}.items():
                patched.setenv(name, value)
            write_preferences(Preferences(**preferences))
            read_preferences("en")
            assert a_days_work(tmp_path / f"{next(days)}") == usual

    with_settings()


@pytest.mark.req("REQ-106")
def test_no_command_line_option_speaks_of_the_trail_but_to_read_it() -> None:
    options = [
        option for command in _commands(typer.main.get_command(build(AppParts()))) for option in command
    ]
    assert len(options) > 15
    suspicious = re.compile(r"audit|trail|event|journal|no-|skip|force|unsafe|debug", re.IGNORECASE)
    assert [option for option in options if suspicious.search(option)] == []


def _commands(command: Any) -> Iterator[list[str]]:
    yield [name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)]
    for below in getattr(command, "commands", {}).values():
        yield from _commands(below)


@pytest.mark.req("REQ-106")
@pytest.mark.parametrize(
    "sabotage",
    [
        ["DROP TABLE event"],
        ["ALTER TABLE event RENAME TO past"],
        ["ALTER TABLE event RENAME TO past", "CREATE VIEW event AS SELECT * FROM past"],
        ["ALTER TABLE event RENAME TO past", "CREATE TABLE event AS SELECT * FROM past"],
        ["ALTER TABLE event ADD COLUMN more TEXT"],
        ["DROP INDEX event_of_subject"],
        *([f"DROP TRIGGER {name}"] for name, sql in EVIDENCE.items() if sql.startswith("CREATE TRIGGER")),
        ["DROP TRIGGER event_grows", "CREATE TRIGGER event_grows BEFORE INSERT ON event BEGIN SELECT 1; END"],
        ["CREATE TRIGGER deaf BEFORE INSERT ON event BEGIN SELECT RAISE(IGNORE); END"],
        ["CREATE TRIGGER shut BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'read only'); END"],
        ["CREATE TRIGGER late AFTER INSERT ON trail BEGIN UPDATE item SET value = 'x'; END"],
    ],
    ids=lambda statements: statements[-1][:60],
)
def test_with_the_log_gone_renamed_or_made_deaf_nothing_opens_for_entry(
    folder: SiteFolder, sabotage: list[str]
) -> None:
    engine = open_engine(folder.ledger, KEY)
    with writing(engine) as db:
        for statement in sabotage:
            db.execute(statement)
    engine.dispose()
    with pytest.raises(AppProblem) as refused:
        SiteStore.open(folder, KEY)
    assert refused.value.code is Code.LOG_MISSING
    assert refused.value.facts["object"]


@pytest.mark.req("REQ-106")
@pytest.mark.parametrize("how", ["query_only", "denied"])
def test_where_no_event_can_be_written_no_answer_is_either(folder: SiteFolder, how: str) -> None:
    """A log that only reads: the answer is refused with a sentence, and the tables stay as they were."""
    store = SiteStore.open(folder, KEY)
    clinic = Clinic(tiny_study(), ledger=store.ledger)
    subject = clinic.enrol()
    clinic.start(subject, "V_SCR")
    form = FormKey(subject, "V_SCR", 1, "DM", 1)
    clinic.enter(form, SEX="M")
    store.ledger._writer.close()

    def spoil(raw: Any, *_: object) -> None:
        if how == "query_only":
            raw.execute("PRAGMA query_only = ON")
        else:
            raw.set_authorizer(lambda action, table, *_: 1 if (action, table) == (18, "event") else 0)

    sa_event.listen(store.engine, "checkout", spoil)
    with pytest.raises(Exception) as refused:  # noqa: PT011 - a coded problem, or what SQLite itself says
        clinic.enter(form, SEX="F", reason="misread")
    assert how == "denied" or getattr(refused.value, "code", None) is Code.DISK_FAILS
    row = store.ledger.tables.get(ItemRow, *form, "", "SEX")
    assert row is not None
    assert row.value == "M"
    sa_event.remove(store.engine, "checkout", spoil)
    store.close()


def test_an_environment_that_could_switch_it_off_would_be_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sabotaged twin: a program that listens to a variable leaves fewer events, and the count tells."""
    usual = a_days_work(tmp_path / "usual")
    append = EventLog.append

    def listening(self: EventLog, db: Any, records: Any) -> None:
        append(self, db, [] if os.environ.get("NO_AUDIT") and len(records) == 1 else records)

    monkeypatch.setattr(EventLog, "append", listening)
    monkeypatch.setenv("NO_AUDIT", "1")
    with pytest.raises((AssertionError, AppProblem)):
        assert a_days_work(tmp_path / "listening") == usual

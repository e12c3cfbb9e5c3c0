"""The ledger on disk means what the one in memory means, and lets nothing half done stand."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings

from crfapp.base.canonical import sha256
from crfapp.base.problems import Code, EnvironmentProblem, IntegrityProblem, RefusedError
from crfapp.ledger.chain import Sealed, open_sealed
from crfapp.ledger.changes import Put
from crfapp.ledger.events import ValueRecorded
from crfapp.ledger.keys import FormKey
from crfapp.ledger.state import TABLES, ItemRow, SubjectRow
from crfapp.store.engine import open_engine, reading, writing
from crfapp.store.event_log import EventLog
from crfapp.store.ledger import SqlHead, SqlLedger, SqlTransaction
from crfapp.store.migrations import migrate
from crfapp.store.rebuild import remake
from crfapp.work.people import NoteRefusal
from tests.support.clinic import Clinic
from tests.support.random_work import BEGUN, STEPS, Step, work
from tests.support.tiny import tiny_study
from tests.support.weakened import take_guards_away

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

KEY = bytes(range(32))


@pytest.fixture
def kept(engine: Engine) -> Iterator[SqlLedger]:
    ledger = SqlLedger(engine, "ws-test")
    yield ledger
    ledger.close()


@pytest.fixture
def clinic(kept: SqlLedger) -> Clinic:
    return Clinic(tiny_study(), ledger=kept)


@pytest.fixture
def form(clinic: Clinic) -> FormKey:
    subject = clinic.enrol()
    clinic.start(subject, "V_SCR")
    return FormKey(subject, "V_SCR", 1, "DM", 1)


@pytest.mark.req("REQ-101")
@settings(max_examples=12, deadline=None)
@given(STEPS)
def test_the_same_work_gives_the_same_links_and_tables_on_disk_and_in_memory(steps: list[Step]) -> None:
    remembered = Clinic(tiny_study())
    expected = work(remembered, steps)
    with TemporaryDirectory() as folder:
        engine = open_engine(Path(folder) / "ledger.db", KEY, create=True, durable=False)
        migrate(engine, lambda _have: None, remake)
        on_disk = Clinic(tiny_study(), ledger=SqlLedger(engine, "ws-test"))
        assert work(on_disk, steps) == expected
        table: Any
        for table in TABLES:
            assert on_disk.ledger.tables.find(table) == remembered.ledger.tables.find(table)
        with reading(engine) as db:
            assert list(EventLog().read(db)) == remembered.ledger.links
        engine.dispose()


def test_the_random_work_reaches_what_it_is_for() -> None:
    """Sabotage is not needed to see it: without findings, rows and refusals the test above shows little."""
    clinic = Clinic(tiny_study())
    steps: list[Step] = [
        *BEGUN,
        ("answer", "V_SCR", "DM", "SIT", "SYS", "220", ""),
        ("confirm", "measured twice"),
        ("answer", "V_SCR", "DM", "LIE", "TEMP", "warm", ""),
        ("void", "V_BASE"),
    ]
    led_to = " ".join(work(clinic, steps))
    for wanted in (
        "row-added",
        "row-voided",
        "finding-raised",
        "finding-confirmed",
        "R-101",
        "value-recorded",
    ):
        assert wanted in led_to


@pytest.mark.req("REQ-101", "REQ-118")
def test_a_correction_obscures_nothing_and_a_voided_row_stays_readable(
    clinic: Clinic, engine: Engine
) -> None:
    work(
        clinic,
        [*BEGUN, ("answer", "V_BASE", "PATCH", "row", "ROLE", "CONTROL", "misread"), ("void", "V_BASE")],
    )
    with reading(engine) as db:
        told = [open_sealed(link).event for link in EventLog().read(db, kinds={"value-recorded"})]
        rows = db.execute("SELECT voided, count(*) FROM form_row GROUP BY voided").fetchall()
        kept = db.execute("SELECT value FROM item WHERE item = 'ROLE'").fetchall()
    roles = [(e.value, e.reason) for e in told if isinstance(e, ValueRecorded) and e.item == "ROLE"]
    assert roles == [("TREATED", None), ("CONTROL", "misread")]
    assert rows == [(1, 1)]
    assert kept == [("CONTROL",)]


@pytest.mark.req("REQ-102", "REQ-103")
def test_each_item_has_its_event_with_who_when_where_and_why(
    clinic: Clinic, form: FormKey, engine: Engine
) -> None:
    clinic.enter(form, SEX="F", SKIN="2")
    clinic.clock.later(minutes=3)
    clinic.enter(form, SEX="M", reason="misheard")

    with reading(engine) as db:
        records = [
            open_sealed(link) for link in EventLog().read(db, subject=form.subject, kinds={"value-recorded"})
        ]
    sex = [r for r in records if isinstance(r.event, ValueRecorded) and r.event.item == "SEX"]
    first, second = (r.event for r in sex)
    assert isinstance(first, ValueRecorded)
    assert isinstance(second, ValueRecorded)
    assert (first.value, second.value, second.reason) == ("F", "M", "misheard")
    assert second.supersedes == (sex[0].envelope.id,)
    assert second.key == form
    who = sex[1].envelope
    assert (who.login, who.name, who.role, who.organisation) == (
        "rania",
        "Rania Haddad",
        "nurse",
        "Cell Therapy Center",
    )
    assert (who.node, who.at, who.offset, who.zone) == (
        "ws-test",
        "2025-01-05T06:13:00.000000Z",
        180,
        "Asia/Amman",
    )
    assert who.pack == tiny_study().hash


@pytest.mark.req("REQ-103")
def test_events_of_one_command_share_its_act_and_nothing_else_does(
    clinic: Clinic, form: FormKey, engine: Engine
) -> None:
    clinic.enter(form, SEX="F", SKIN="2")
    with reading(engine) as db:
        acts = [open_sealed(link).envelope.act for link in EventLog().read(db, subject=form.subject)]
        items = db.execute("SELECT count(*) FROM event WHERE kind = 'value-recorded'").fetchone()
    assert items == (4,)  # the visit's date and status, and these two
    assert len(set(acts)) == 4  # enrolled, started, one for each answer


def _fail_after_append(running: SqlTransaction, head: SqlHead) -> None:
    link = Sealed("ws-test", head.seq + 1, "f" * 64, "subject-enrolled", "s9", "t", b"{}", b"{}")
    running.append([link], [Put(SubjectRow("s9", "JO01-009", "t"))], "9")
    assert running.head.seq == head.seq + 1
    assert running.tables.get(SubjectRow, "s9") is not None
    raise ZeroDivisionError


def test_a_transaction_that_fails_leaves_nothing_and_the_next_one_goes_on(
    clinic: Clinic, form: FormKey, kept: SqlLedger
) -> None:
    before = kept.tables.find(ItemRow)
    with kept.transaction() as running:
        head = running.head
    with pytest.raises(ZeroDivisionError), kept.transaction() as running:
        _fail_after_append(running, head)
    clinic.enter(form, SEX="F")
    assert len(kept.tables.find(ItemRow)) == len(before) + 1
    with kept.transaction() as running:
        assert running.head.seq == head.seq + 2  # the form begun, and the answer
        assert running.tables.get(SubjectRow, "s9") is None


def test_a_ledger_opened_again_goes_on_with_its_chain_and_its_time(
    clinic: Clinic, form: FormKey, kept: SqlLedger, engine: Engine
) -> None:
    clinic.enter(form, SEX="F")
    with kept.transaction() as running:
        known = running.head
    again = SqlLedger(engine, "ws-test")
    with again.transaction() as running:
        assert running.head == known
    other = SqlLedger(engine, "ws-other")
    with other.transaction() as running:
        assert (running.head.seq, running.head.hybrid) == (0, known.hybrid)
    again.close()
    other.close()


def test_half_a_character_is_refused_and_nothing_of_it_stays(clinic: Clinic, form: FormKey) -> None:
    clinic.enter(form, SEX="F")
    with pytest.raises(RefusedError) as refused:
        clinic.enter(form, SEX="M", reason="half a \ud83d face")
    assert refused.value.code is Code.UNPRINTABLE
    assert clinic.value(form, "SEX") == "F"
    assert len(clinic.send(NoteRefusal(tried="pass\x00word")).events) == 1


def test_a_second_writer_in_this_program_is_told_to_wait(
    kept: SqlLedger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crfapp.store.ledger.PATIENCE_MILLISECONDS", 10)
    with kept.transaction(), pytest.raises(EnvironmentProblem) as refused, kept.transaction():
        pass
    assert refused.value.code is Code.BUSY


def test_an_export_reads_one_unchanging_picture(clinic: Clinic, form: FormKey, kept: SqlLedger) -> None:
    with kept.snapshot() as picture:
        before = picture.find(ItemRow)
        clinic.enter(form, SEX="F")
        assert picture.find(ItemRow) == before
    assert len(kept.tables.find(ItemRow)) == len(before) + 1


def test_a_study_version_is_kept_once_and_for_ever(kept: SqlLedger, engine: Engine) -> None:
    content = tiny_study().content
    digest = sha256(content)
    kept.keep_content(digest, content)
    kept.keep_content(digest, content)
    assert kept.content(digest) == content
    with pytest.raises(ValueError, match="hash"):
        kept.keep_content(digest, b"other")
    with pytest.raises(RefusedError) as unknown:
        kept.content("0" * 64)
    assert unknown.value.code is Code.PACK_NOT_FOUND
    with writing(engine) as db:
        take_guards_away(db, ["content_keeps"])
        db.execute("UPDATE content SET bytes = ?", (b"\x00",))
    with pytest.raises(IntegrityProblem):
        kept.content(digest)


def test_a_file_that_was_taken_away_under_the_program_takes_nothing(engine: Engine, ledger: Path) -> None:
    """What is written into a file that nobody finds any more would be gone with the program."""
    kept = SqlLedger(engine, "ws-test", place=ledger)
    clinic = Clinic(tiny_study(), ledger=kept)
    ledger.rename(ledger.with_name("moved.db"))
    with pytest.raises(EnvironmentProblem) as refused:
        clinic.enrol()
    ledger.with_name("moved.db").rename(ledger)
    clinic.enrol()
    kept.close()
    assert refused.value.code is Code.RECORDS_GONE

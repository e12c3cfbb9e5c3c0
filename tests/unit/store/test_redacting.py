"""A name is taken away: nothing on the disk holds it any more, not even what no query reaches (REQ-108)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from sqlcipher3 import dbapi2

from crfapp.base.problems import AppProblem
from crfapp.ledger.keys import FormKey
from crfapp.ledger.state import ItemRow, RedactionRow
from crfapp.store.engine import open_engine, reading, writing
from crfapp.store.redacting import must_be_written_anew
from crfapp.store.site_folder import SiteCard, SiteFolder
from crfapp.store.site_store import SiteStore
from crfapp.work.redaction import ApproveRedaction, AskRedaction, is_redacted
from crfapp.work.roles import Actor, Role
from tests.support.bare_pages import bare_bytes
from tests.support.clinic import Clinic
from tests.support.tiny import tiny_study

if TYPE_CHECKING:
    from pathlib import Path

KEY = bytes(range(32))
CANARY = "Kanarienvogel-7391"
KHALIL = Actor("khalil", "Dr Khalil", Role.INVESTIGATOR, "CTC")


class Site:
    """A site on the disk where a name was typed into a remark, corrected, and named in the reason."""

    def __init__(self, path: Path) -> None:
        self.folder = SiteFolder.create(path, SiteCard("s1", "tiny", "JO01"))
        self.store = SiteStore.create(self.folder, KEY)
        self.clinic = Clinic(tiny_study(), ledger=self.store.ledger)
        subject = self.clinic.enrol()
        self.clinic.start(subject, "V_SCR")
        self.form = FormKey(subject, "V_SCR", 1, "DM", 1)
        for number in range(40):  # so that rows move from page to page
            text = (
                f"{CANARY} was here, {number}" if number % 4 == 0 else f"remark {number} " * (number % 7 + 1)
            )
            self.clinic.enter(self.form, REMARK=text, reason=f"not {CANARY}, {number}")

    def redact(self) -> None:
        row = self.item
        events = [link for link in self.links if CANARY in link[1]]
        node, seq = events[0][0]
        self.clinic.send(
            AskRedaction(
                subject=row.subject,
                of=row.head._replace(node=node, seq=seq),
                field="value",
                text=CANARY,
                reason="a name",
            )
        )
        wish = self.store.ledger.tables.find(RedactionRow)[0].wish
        self.clinic.bus.send(ApproveRedaction(wish=wish, reason="a name it is"), KHALIL)

    @property
    def item(self) -> ItemRow:
        row = self.store.ledger.tables.get(ItemRow, *self.form, "", "REMARK")
        assert row is not None
        return row

    @property
    def links(self) -> list[tuple[tuple[str, int], str]]:
        with reading(self.store.engine) as db:
            rows = db.execute("SELECT node, seq, told FROM event WHERE kind = 'value-recorded'").fetchall()
        return [((node, seq), bytes(told).decode()) for node, seq, told in rows]

    def bare(self) -> bytes:
        return bare_bytes(self.folder.ledger, KEY)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path / "site")


def in_the_clear(path: Path, out: Path) -> bytes:
    """A whole database as plain bytes, as another tool with the key exports it."""
    raw: Any = dbapi2.connect(str(path), isolation_level=None)
    raw.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
    raw.execute("ATTACH DATABASE ? AS plain KEY ''", (str(out),))
    raw.execute("SELECT sqlcipher_export('plain')").fetchall()
    raw.close()
    return out.read_bytes()


@pytest.mark.req("REQ-108")
def test_the_name_is_nowhere_on_the_disk_and_everything_else_stays(site: Site, tmp_path: Path) -> None:
    assert CANARY.encode() in site.bare()
    events = len(site.links)
    site.redact()
    assert CANARY.encode() not in site.bare()
    assert b"remark 39" in site.bare()  # the pages are read as they are
    assert CANARY.encode() not in in_the_clear(site.folder.ledger, tmp_path / "plain.db")
    assert len(site.links) == events
    assert site.store.verify().wrong == ()
    assert site.store.compare() == []
    assert is_redacted(site.store.ledger.tables, site.item.head, "reason")
    site.store.close()
    for file in site.folder.path.rglob("*"):
        assert not file.is_file() or CANARY.encode() not in file.read_bytes()
    again = SiteStore.open(site.folder, KEY)
    assert again.rebuild() > events
    assert again.compare() == []
    again.close()


@pytest.mark.req("REQ-108")
def test_a_copy_made_afterwards_does_not_hold_it(site: Site, tmp_path: Path) -> None:
    before, after = tmp_path / "before.db", tmp_path / "after.db"
    site.store.backup_to(before)
    site.redact()
    site.store.backup_to(after)
    assert CANARY.encode() in bare_bytes(before, KEY)
    assert CANARY.encode() not in bare_bytes(after, KEY)


def test_an_update_that_leaves_its_traces_is_seen_by_the_same_look(site: Site) -> None:
    """Sabotaged twin: without zeroing and writing anew, freed pages and the log still hold the name."""
    with writing(site.store.engine) as db:
        db.execute("PRAGMA secure_delete = OFF")
        db.execute("DROP TRIGGER event_keeps")
        db.execute("UPDATE event SET told = ?", (b"{}",))
        for table, column in (("item", "value"), ("item", "typed"), ("item", "reason"), ("trail", "reason")):
            db.execute(f"UPDATE {table} SET {column} = NULL")  # noqa: S608 - our own names
        db.execute("UPDATE finding SET text = NULL")
    assert not any(CANARY in told for _, told in site.links)
    assert CANARY.encode() in site.bare()


@pytest.mark.req("REQ-108")
def test_a_file_that_could_not_be_written_anew_is_when_the_site_is_opened_next(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk was full, or the power failed, after the redaction was durable."""
    monkeypatch.setattr("crfapp.store.ledger.write_anew", lambda _engine: False)
    site.redact()
    with reading(site.store.engine) as db:
        assert must_be_written_anew(db)
    site.store.close()
    store = SiteStore.open(site.folder, KEY)
    with reading(store.engine) as db:
        assert not must_be_written_anew(db)
    assert CANARY.encode() not in bare_bytes(site.folder.ledger, KEY)
    store.close()


@pytest.mark.req("REQ-108")
def test_while_somebody_reads_an_older_state_it_stays_to_be_done(site: Site) -> None:
    """An export that runs meanwhile goes on reading what it began with."""
    with site.store.ledger.snapshot() as tables:
        row = site.item
        assert tables.get(ItemRow, *row.key) == row
        site.redact()
        assert tables.get(ItemRow, *row.key) == row
        with reading(site.store.engine) as db:
            assert must_be_written_anew(db)
    site.store.close()
    SiteStore.open(site.folder, KEY).close()
    assert CANARY.encode() not in site.bare()


@pytest.mark.req("REQ-107", "REQ-108")
def test_the_log_lets_nothing_be_taken_away_but_by_a_redaction(site: Site) -> None:
    first = site.links[0][0]
    for statement in (
        "UPDATE event SET told = x'7b7d' WHERE node = ? AND seq = ?",
        "UPDATE event SET body = x'7b7d' WHERE node = ? AND seq = ?",
        "DELETE FROM event WHERE node = ? AND seq = ?",
    ):
        with pytest.raises(dbapi2.IntegrityError), writing(site.store.engine) as db:
            db.execute(statement, first)
    site.redact()
    redacted = next(where for where, told in site.links if json.loads(told) == {})
    with pytest.raises(dbapi2.IntegrityError), writing(site.store.engine) as db:
        db.execute("UPDATE event SET body = x'7b7d' WHERE node = ? AND seq = ?", redacted)


@pytest.mark.req("REQ-108")
def test_a_wish_that_fails_half_way_takes_nothing_away(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise dbapi2.OperationalError("disk I/O error")

    monkeypatch.setattr("crfapp.store.redacting.apply", fails)
    with pytest.raises((AppProblem, dbapi2.OperationalError)):
        site.redact()
    assert any(CANARY in told for _, told in site.links)
    assert site.store.ledger.tables.find(RedactionRow, state="done") == []
    engine = open_engine(site.folder.ledger, KEY)
    engine.dispose()

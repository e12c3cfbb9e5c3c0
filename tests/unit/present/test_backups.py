"""What the status bar, Today and the section about backups say, and what the section asks before it acts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

from crfapp.base.problems import AppProblem, Code, RefusedError
from crfapp.ledger.state import BackupRulesRow, KnownEndRow, RestoreRow
from crfapp.present.backup_acts import DrillFound
from crfapp.present.backup_line import backup_line, backup_notices
from crfapp.present.backups import Backups, CopyFound
from crfapp.present.entrance import Sheet
from crfapp.present.texts import ISOLATES
from crfapp.work.backups import NoteBackup, NoteDrill, SetSecondPlace, missing_ends
from crfapp.work.roles import Actor, Role
from tests.support.clinic import ADMIN
from tests.support.here_and_now import HereAndNow
from tests.support.site_of import workplace
from tests.support.ward import Ward

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.present.lane import Steps
    from crfapp.work.backups import Place
    from crfapp.work.ports import Tables

NURSE = Actor("rania", "Rania", Role.NURSE, "CTC")
HERE = Path("/site")


def copied(ward: Ward, place: Place) -> None:
    digest = f"{ward.clock.at:%j%H}" * 8
    ward.bus.send(NoteBackup(place=place, file="ledger.db", sha256=digest, events=3, head=""), ADMIN)


def spoken(text: str) -> str:
    return text.replace("\u2068", "").replace("\u2069", "")


def said(ward: Ward, newest: datetime | None, actor: Actor = ADMIN) -> list[str]:
    return [spoken(line.text) for line in backup_notices(workplace(ward, actor=actor), newest, ())]


@pytest.mark.req("REQ-901")
def test_the_status_bar_warns_where_there_is_no_copy_or_only_an_old_one() -> None:
    ward = Ward()
    now, at = ward.clock.now(), workplace(ward)
    assert backup_line(at, None).is_alarm
    assert not backup_line(at, now - timedelta(days=2)).is_alarm
    old = backup_line(at, now - timedelta(days=3, hours=1))
    assert (old.text, old.is_alarm) == ("No backup for 3 days", True)
    ward.bus.send(SetSecondPlace(given=True), ADMIN)
    never = backup_line(at, now)
    assert (never.text, never.is_alarm) == ("No backup at the second place yet", True)
    copied(ward, "second")
    assert not backup_line(at, now).is_alarm
    ward.clock.later(days=7)
    assert backup_line(at, ward.clock.now()).text == "No backup at the second place for 7 days"


@pytest.mark.req("REQ-901", "REQ-903")
def test_today_tells_everybody_of_old_copies_and_the_administrator_of_the_drill_that_is_due() -> None:
    ward = Ward()
    copied(ward, "here")
    now = ward.clock.now()
    assert said(ward, now, NURSE) == []
    assert [line[:24] for line in said(ward, now)] == ["Backups go nowhere else:"]
    ward.bus.send(SetSecondPlace(given=True), ADMIN)
    copied(ward, "second")
    ward.clock.later(days=14)
    assert said(ward, ward.clock.now() - timedelta(days=4), NURSE) == [
        "The newest verified backup is 4 days old.",
        "No backup at the second place for 14 days. Connect the second place.",
    ]
    assert said(ward, ward.clock.now())[-1].startswith("Nobody has tried")
    failed = NoteDrill(file="l", sha256="ab", how="sheet", passed=False, code="I-105")
    ward.bus.send(failed, ADMIN)
    assert said(ward, ward.clock.now())[-1].startswith("Nobody has tried"), "one that failed proves nothing"
    ward.bus.send(NoteDrill(file="l", sha256="ab", how="sheet", passed=True), ADMIN)
    assert not said(ward, ward.clock.now())[-1].startswith("Nobody has tried")
    ward.clock.later(days=90)
    assert said(ward, ward.clock.now())[-1].startswith("Nobody has tried")


@pytest.mark.req("REQ-902")
def test_what_others_confirmed_of_a_chain_that_ended_is_missing_until_it_is_here() -> None:
    at = "2025-01-05T10:00:00+03:00"
    restore = RestoreRow("ws-new", 1, "restore", "f", "sheet", "", 1, 0, 1, "ws-old", 20, at, "admin")
    known = [
        KnownEndRow("ctr", "ws-old", 12, "h", ""),
        KnownEndRow("ward", "ws-old", 15, "h", ""),
        KnownEndRow("ward", "ward", 40, "h", ""),
    ]

    tables = cast("Tables", FixedTables({RestoreRow: [restore], KnownEndRow: known}))
    assert missing_ends(tables, "ws-new", {"ws-old": 10}) == (("ws-old", 10, 15),)
    assert missing_ends(tables, "ws-new", {"ws-old": 15}) == ()


@dataclass
class FixedTables:
    """Rows as they are told."""

    rows: dict[type, list[Any]]

    def find(self, table: type, **_equal: object) -> Sequence[object]:
        return self.rows.get(table, [])


@dataclass
class Desk:
    """Copies, and what trying one finds."""

    found: DrillFound = field(default_factory=lambda: DrillFound(30, 4, 1, 2, 8, None))
    second: Path | None = None
    refusal: Code | None = None
    tried: list[tuple[str, str, str]] = field(default_factory=list)

    def newest(self) -> datetime | None:
        return datetime(2025, 1, 5, 7, tzinfo=UTC)

    def place(self) -> str:
        return str(self.second or "")

    def same_disk(self) -> bool:
        return self.second is not None

    def set_second(self, folder: Path | None) -> None:
        self.second = folder

    def bring(self, _steps: Steps) -> AppProblem | None:
        return None

    def copies(self, _folder: Path | None) -> Sequence[CopyFound]:
        return [CopyFound("second", HERE, "ledger-2025-01-05-ws-1.db", "2025-01-05")]

    def drill(self, _steps: Steps, copy: CopyFound, password: str, paper: str) -> DrillFound:
        if self.refusal is not None:
            raise RefusedError(self.refusal)
        self.tried.append((copy.name, password, paper))
        return self.found


class Paper:
    """Paper that opens on one word."""

    def __init__(self) -> None:
        self.numbers = (0, 0)

    def new_sheet(self) -> Sheet:
        return Sheet("JO01 2025-01-05", ("ABCD",), "<svg/>")

    def sheet_typed(self, typed: str) -> None:
        if typed != "ABCD":
            raise RefusedError(Code.WRONG_RECOVERY, line=1)

    def new_shares(self, needed: int, made: int) -> tuple[str, tuple[str, ...]]:
        self.numbers = (needed, made)
        return "JO01 academic acid", tuple(f"share {n}" for n in range(made))

    def shares_typed(self, typed: str) -> None:
        if "share 0" not in typed:
            raise RefusedError(Code.SHARES_MIXED)


class Section:
    """The section of an administrator."""

    def __init__(self) -> None:
        self.ward, self.desk, self.paper = Ward(), Desk(), Paper()
        self.page = Backups(workplace(self.ward, actor=ADMIN), HereAndNow(), self.desk, self.paper)

    def shows_paper(self) -> bool:
        return self.page.view.paper is not None or self.page.view.shares is not None

    def problems(self) -> dict[str, str]:
        return dict(self.page.view.state.problems)


@pytest.mark.req("REQ-903")
def test_a_drill_asks_for_a_copy_and_one_key_and_says_what_a_restore_would_lose() -> None:
    section = Section()
    section.page.begin_drill()
    section.page.carry_out({"copy": "1", "password": "", "paper": ""})
    assert "password" in section.problems()
    section.desk.refusal = Code.WRONG_RECOVERY
    section.page.carry_out({"copy": "1", "password": "", "paper": "slip"})
    assert "paper" in section.problems()
    section.desk.refusal = None
    section.page.carry_out({"copy": "1", "password": "olives", "paper": ""})
    assert section.desk.tried == [("ledger-2025-01-05-ws-1.db", "olives", "")]
    assert section.page.view.state.act is None
    assert "1 of them stands nowhere else yet." in section.page.view.done
    section.desk.found = DrillFound(0, 0, 0, 0, 1, AppProblem(Code.COPY_NOT_SOUND))
    section.page.begin_drill()
    section.page.carry_out({"copy": "1", "password": "olives", "paper": ""})
    assert section.page.view.problem.startswith("This copy is damaged")


@pytest.mark.req("REQ-904")
def test_paper_is_shown_once_and_counts_when_it_was_typed_back() -> None:
    section = Section()
    section.page.begin_sheet()
    assert section.shows_paper()
    section.page.carry_out({"typed": "ABCE"})
    assert section.shows_paper()
    assert section.problems()["typed"]
    section.page.carry_out({"typed": "ABCD"})
    assert not section.shows_paper()
    assert section.page.view.done
    section.page.begin_shares()
    section.page.carry_out({"needed": "2", "made": "ten"})
    assert "made" in section.problems()
    section.page.carry_out({"needed": "2", "made": "3"})
    assert section.paper.numbers == (2, 3)
    assert section.page.view.shares == ("JO01 academic acid", ("share 0", "share 1", "share 2"))
    section.page.carry_out({"share1": "share 0", "share2": ""})
    assert "1 of 2 shares" in section.problems()["share2"].translate(ISOLATES)
    section.page.carry_out({"share1": "share 9", "share2": "share 8"})
    assert section.shows_paper()
    section.page.carry_out({"share1": "share 0", "share2": "share 2"})
    assert not section.shows_paper()


@pytest.mark.req("REQ-901")
def test_the_second_place_is_set_and_the_rules_are_the_site_s_own() -> None:
    section = Section()
    assert "There is no second place" in section.page.view.second
    section.page.set_second(Path("/media/stick"))
    assert section.page.view.has_second
    assert section.page.view.remark, "it lies on the same disk"
    assert section.page.view.done
    section.page.begin_rules()
    section.page.carry_out({"here_days": "1", "second_days": "0", "drill_days": "30", "reason": "a ward"})
    assert "second_days" in section.problems()
    section.page.carry_out({"here_days": "1", "second_days": "2", "drill_days": "30", "reason": ""})
    assert "reason" in section.problems()
    section.page.carry_out({"here_days": "1", "second_days": "2", "drill_days": "30", "reason": "a ward"})
    [row] = section.ward.ledger.tables.find(BackupRulesRow)
    assert (row.here_days, row.second_days, row.drill_days) == (1, 2, 30)
    section.page.set_second(None)
    assert not section.page.view.has_second

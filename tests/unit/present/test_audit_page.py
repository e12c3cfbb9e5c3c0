"""Looking through the trail as the page decides about it: filters, ready questions, reviews, the file."""

from __future__ import annotations

import csv
import hashlib
import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from crfapp.base.problems import AppProblem, Code, IntegrityProblem, RefusedError
from crfapp.exchange.audit_words import kind_words
from crfapp.exchange.site_data import Snapshot
from crfapp.exchange.trail_file import CHECKING, write_trail
from crfapp.exchange.workbook_text import from_cell
from crfapp.journeys.memory_ledger import MemoryEvents
from crfapp.ledger.events import KINDS, ExportFailed, TrailExported, TrailReviewed
from crfapp.ledger.state import TrailRow
from crfapp.ledger.trail import Place, TrailFilter
from crfapp.present.audit_page import PAGE, AuditPage
from crfapp.present.audit_view import AuditWish
from crfapp.present.trail_export import TrailExport
from crfapp.present.trail_words import QUESTIONS, kind_groups
from crfapp.work.people import NoteRefusal
from crfapp.work.roles import Actor, Role
from tests.support.memory_trail import MemoryTrail
from tests.support.site_of import site_data, workplace
from tests.support.ward import Ward

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

GRETA = Actor("weber", "Greta Weber", Role.MONITOR, "CRO")


class AtOnce:
    """A lane that does the work at once; ``stop_at`` cancels at that step."""

    def __init__(self, stop_at: int = 10**9) -> None:
        self._left = stop_at

    def step(self, _done: int, _total: int, _what: str) -> None:
        self._left -= 1
        if self._left < 0:
            raise RefusedError(Code.CANCELLED)

    def start(
        self,
        work: Callable[[Any], Any],
        *,
        done: Callable[[Any], None],
        failed: Callable[[AppProblem], None],
        title: str = "",
    ) -> Callable[[], None]:
        assert title in ("", "Audit trail")
        try:
            result = work(self)
        except AppProblem as problem:
            failed(problem)
        else:
            done(result)
        return lambda: None


class Room:
    """A ward at which something happened, and the page of a monitor."""

    def __init__(self, stop_at: int = 10**9) -> None:
        self.ward = ward = Ward()
        ward.clock.later(minutes=1)
        ward.enter(ward.dm, SEX="F", CB="no", AGE="70")
        ward.enter(ward.dm, AGE="60", reason="Typing error")
        ward.clock.later(hours=15)  # 00:10 at the site
        ward.enter(ward.dm, H="164")
        ward.clock.later(hours=9)
        ward.bus.send(NoteRefusal(tried="rannia"), ward.actor)
        self.at = workplace(ward, actor=GRETA)
        self.trail = MemoryTrail(ward.ledger)
        self.lane = AtOnce(stop_at)
        self.page = AuditPage(self.at, self.lane, self.trail)
        self.export = TrailExport(self.at, self.lane, self.snapshots)

    @contextmanager
    def snapshots(self) -> Iterator[Snapshot]:
        yield Snapshot(self.ward.ledger.tables, MemoryEvents(self.ward.ledger))

    def found(self, **wish: str) -> list[str]:
        self.page.look_for(AuditWish(**wish))
        return [line.kind for line in self.page.view.lines]


@pytest.fixture
def room() -> Room:
    return Room()


@pytest.mark.req("REQ-102", "REQ-103", "REQ-112")
def test_a_line_says_when_who_in_which_role_where_what_before_and_after_and_why(room: Room) -> None:
    room.page.look_for(AuditWish(form="DM", item="AGE", words="typing"))
    [line] = room.page.view.lines
    assert (line.who, line.role, line.zone) == ("Rania Haddad", "nurse", "Asia/Amman")
    assert line.when == "5 Jan 2025 09:11:00"
    assert "JO01-001" in line.subject
    assert "V_SCR" in line.subject
    assert line.place == "DM · Age"
    assert ("70" in line.before, "60" in line.after) == (True, True)
    assert line.why == "Typing error; after check SOFT:AGE"
    said = " ".join((line.subject, line.place, line.kind, line.before, line.after, line.why))
    assert [sign for sign in ("{", "}", "value-recorded", room.ward.subject) if sign in said] == []
    assert line.address is not None
    assert line.past is not None


@pytest.mark.req("REQ-112")
def test_each_filter_leaves_what_it_names(room: Room) -> None:
    everything = room.found()
    assert "Site founded" in everything
    assert set(room.found(subject="001")) < set(everything)
    assert room.found(login="admin") == ["Site founded"]
    assert room.found(role="monitor") == []
    assert set(room.found(form="DM", item="H")) == {"Answer recorded"}
    assert set(room.found(kinds="sessions")) == {"Login refused"}
    assert room.found(words="TYPING ERROR") == ["Answer recorded"]
    assert room.found(node="another") == []
    assert room.found(begin="2025-01-06") == room.found(begin="6 Jan 2025")
    assert room.found(end="2025-01-04") == []
    assert "Site founded" in room.found(end="2025-01-05")
    assert "Site founded" not in room.found(begin="2025-01-05 09:11")
    assert room.page.view.count.endswith("events")


@pytest.mark.parametrize(
    ("wish", "where"),
    [({"subject": "999"}, "subject"), ({"begin": "soon"}, "begin"), ({"end": "2025-01-05 25:00"}, "end")],
)
def test_what_names_nothing_is_refused_at_its_field_and_the_list_stays(
    room: Room, wish: dict[str, str], where: str
) -> None:
    before = room.found(form="DM")
    assert room.found(**wish) == before
    assert room.page.view.where == where
    assert room.page.view.problem


@pytest.mark.req("REQ-113")
def test_every_ready_question_has_a_count_and_opens_its_list(room: Room) -> None:
    row = next(r for r in room.ward.ledger.tables.find(TrailRow) if r.item == "H")
    room.trail.walked_to = {"late": frozenset({Place.of(row)})}
    room.page.look_for(AuditWish())
    room.page.refresh()
    counts = {one.key: one.count for one in room.page.view.questions}
    assert counts == {
        "night": "1",
        "late": "1",
        "runs": "0",
        "after-query": "0",
        "after-signature": "0",
        "after-verification": "0",
        "cleared": "0",
        "clock": "0",
        "refused": "1",
    }
    for one in QUESTIONS:
        room.page.ask(one.key)
        assert len(room.page.view.lines) == int(counts[one.key]), one.key
    room.page.ask("night")
    assert room.page.view.lines[0].place == "DM · H"


@pytest.mark.req("REQ-404")
def test_a_clock_that_was_wrong_is_a_line_of_the_report_about_it(room: Room) -> None:
    room.ward.clock.later(hours=-9)
    room.ward.enter(room.ward.dm, CB="yes", reason="misheard")
    room.page.look_for(AuditWish())
    room.page.ask("clock")
    [line] = room.page.view.lines
    assert (line.kind, line.after) == ("Clock found to be wrong", "540 minutes behind")


@pytest.mark.req("REQ-113", "REQ-109")
def test_a_review_is_recorded_with_its_scope_and_finding_and_listed(room: Room) -> None:
    room.page.look_for(AuditWish(subject="JO01-001", kinds="answers"))
    room.page.ask("night")
    room.page.review("  ")
    assert (room.page.view.where, room.page.view.recorded) == ("finding", "")
    room.page.review("one entry at night, the patient came late")
    event = room.ward.records()[-1].event
    assert isinstance(event, TrailReviewed)
    assert event.scope.startswith("Entered at odd hours (21 to 6); subject: ")
    assert "Answers and rows" in event.scope
    [line] = room.page.view.reviews
    assert (line.who, line.finding) == ("Greta Weber", "one entry at night, the patient came late")


@pytest.mark.req("REQ-112")
@pytest.mark.parametrize("by", ["login", "subject", "kind"])
@pytest.mark.parametrize("direction", ["newest", "oldest"])
def test_another_order_holds_the_same_events_group_by_group(room: Room, by: Any, direction: Any) -> None:
    for _ in range(3):
        room.ward.enrol()
    room.page.sort("time", direction)
    expected = everything(room)
    room.page.sort(by, direction)
    found = everything(room)
    assert sorted(map(repr, found)) == sorted(map(repr, expected))
    groups = [{"login": line.who, "subject": line.subject[:10], "kind": line.kind}[by] for line in found]
    starts = [group for n, group in enumerate(groups) if n == 0 or groups[n - 1] != group]
    assert len(starts) == len(set(starts))
    assert by == "login" or starts == sorted(starts)


def everything(room: Room) -> list[Any]:
    lines = list(room.page.view.lines)
    while room.page.view.further:
        assert len(room.page.view.lines) == PAGE
        room.page.further()
        lines += room.page.view.lines
    return lines


def test_one_goes_back_to_the_page_before(room: Room) -> None:
    for _ in range(40):
        room.ward.enrol()
    room.page.look_for(AuditWish())
    first = room.page.view.lines
    room.page.further()
    assert room.page.view.lines != first
    room.page.back()
    assert (room.page.view.lines, room.page.view.back) == (first, False)


def test_every_kind_of_event_stands_in_one_group_and_has_its_words(room: Room) -> None:
    grouped = [kind for group in kind_groups() for kind in group.kinds]
    assert sorted(grouped) == sorted(KINDS)
    assert set(kind_words(room.at.texts)) == set(KINDS)


# ---- the file


def exported(room: Room, target: Path, kind: Any, wish: TrailFilter | None = None) -> list[list[str]]:
    """What another program reads of the file, header first."""
    room.export.export(target, kind, wish or TrailFilter(), "all of it")
    assert room.export.view.problem == ""
    if kind == "csv":
        with target.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.reader(file))
    if kind == "jsonl":
        objects = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
        return [list(objects[0]), *([str(c) if c is not None else "" for c in o.values()] for o in objects)]
    sheet = openpyxl.load_workbook(target).worksheets[0]
    return [
        ["" if c is None else from_cell(str(c)) for c in row] for row in sheet.iter_rows(values_only=True)
    ]


@pytest.mark.req("REQ-110", "REQ-112", "REQ-115")
@pytest.mark.parametrize("kind", ["xlsx", "csv", "jsonl"])
def test_the_whole_trail_leaves_whole_and_its_leaving_is_recorded(
    room: Room, tmp_path: Path, kind: str
) -> None:
    events = room.ward.records()
    target = tmp_path / f"t.{kind}"
    header, *rows = exported(room, target, kind)
    place = [header.index("WORKSTATION"), header.index("SEQ")]
    assert {(row[place[0]], int(row[place[1]])) for row in rows} == {r.envelope.id for r in events}
    assert len(rows) == len(events)
    column = header.index("PREVHASH")
    assert {row[column] for row in rows} == {r.envelope.prev for r in events}
    noted = room.ward.records()[-1].event
    assert isinstance(noted, TrailExported)
    assert noted.sha256 == hashlib.sha256(target.read_bytes()).hexdigest()
    assert (noted.rows, noted.format, noted.filter) == (len(events), kind, "all of it")


@pytest.mark.req("REQ-112")
@pytest.mark.parametrize("kind", ["xlsx", "csv", "jsonl"])
def test_a_filtered_file_holds_what_the_filter_leaves_with_what_was_before(
    room: Room, tmp_path: Path, kind: str
) -> None:
    header, *rows = exported(room, tmp_path / f"t.{kind}", kind, TrailFilter(words="typing"))
    [row] = [dict(zip(header, row, strict=True)) for row in rows]
    assert (row["OLD"], row["NEW"], row["REASON"]) == ("70", "60", "Typing error")


@pytest.mark.req("REQ-110")
@pytest.mark.parametrize("kind", ["xlsx", "csv", "jsonl"])
def test_a_cancelled_export_leaves_no_file_and_is_recorded(tmp_path: Path, kind: Any) -> None:
    room = Room(stop_at=0)
    room.export.export(tmp_path / "t", kind, TrailFilter(), "all of it")
    assert list(tmp_path.iterdir()) == []
    assert isinstance(room.ward.records()[-1].event, ExportFailed)
    assert room.export.view.problem


@pytest.mark.req("REQ-110")
def test_nothing_is_written_over(room: Room, tmp_path: Path) -> None:
    target = tmp_path / "t.csv"
    target.write_text("mine")
    room.export.export(target, "csv", TrailFilter(), "all of it")
    assert target.read_text() == "mine"
    assert isinstance(room.ward.records()[-1].event, ExportFailed)


@pytest.mark.req("REQ-112")
@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_a_file_that_differs_from_the_trail_is_thrown_away(room: Room, tmp_path: Path, kind: Any) -> None:
    for _ in range(60):
        room.ward.enrol()

    def spoil(_done: int, _total: int, what: str) -> None:
        """What a failing disk does between writing and reading back."""
        if what == CHECKING:
            [part] = tmp_path.iterdir()
            text = part.read_bytes()
            part.write_bytes(text[:-40] + text[-40:].replace(b"0", b"1"))

    with pytest.raises(IntegrityProblem) as differs:
        write_trail(site_data(room.ward), tmp_path / "t", kind, wanted=lambda _record: True, progress=spoil)
    assert differs.value.code is Code.TRAIL_DIFFERS
    assert list(tmp_path.iterdir()) == []


@pytest.mark.req("REQ-119")
@pytest.mark.parametrize(
    "hostile", ["=1+1", 'a";b,c', "\u202eevil", "<b>&amp;</b>", "'; DROP TABLE event;--"]
)
def test_hostile_text_is_one_event_and_comes_back_as_it_was(tmp_path: Path, hostile: str) -> None:
    room = Room()
    ward = room.ward
    visit = ward.start(ward.subject, "V_UNS", "2025-01-05")
    before = len(ward.ledger.links)
    ward.enter(ward.form("UNS", visit), WHY=hostile)
    assert [link.kind for link in ward.ledger.links[before:]].count("value-recorded") == 1
    stored = ward.value(ward.form("UNS", visit), "WHY")
    reason = f"{hostile}\r\nand a second line"
    ward.enter(ward.form("UNS", visit), WHY="better", reason=reason)
    for kind in ("xlsx", "csv", "jsonl"):
        header, *rows = exported(room, tmp_path / f"t.{kind}", kind, TrailFilter(form="UNS", item="WHY"))
        first, then = [dict(zip(header, row, strict=True)) for row in rows]
        assert (first["NEW"], then["OLD"], then["REASON"]) == (stored, stored, reason), kind

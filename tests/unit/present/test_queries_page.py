"""Queries as a person reads them: which wait for whom, how old they are, and the thread in plain words."""

from __future__ import annotations

import pytest

from crfapp.form.graph import Cell
from crfapp.ledger.events import QueryRaised
from crfapp.ledger.keys import Scope
from crfapp.ledger.state import FindingRow, QueryRow, RedactionRow
from crfapp.present.address import Address
from crfapp.present.asking import Asking
from crfapp.present.board import Board
from crfapp.present.casebook_page import CasebookPage
from crfapp.present.queries_page import CHECKS, QueriesPage
from crfapp.present.subjects_page import SubjectsPage
from crfapp.present.threads import key_of_line
from crfapp.present.today_page import TodayPage
from crfapp.work.entry import ConfirmFinding, RecordAnswer
from crfapp.work.queries import AnswerQuery, CloseQuery, RaiseQuery, ReopenQuery
from crfapp.work.redaction import ApproveRedaction, AskRedaction
from crfapp.work.roles import Actor, Role
from tests.support.clinic import RANIA
from tests.support.examples.asking import asked
from tests.support.site_of import workplace
from tests.support.ward import Ward

WEBER = Actor("weber", "Greta Weber", Role.MONITOR, "CRO")
KERN = Actor("kern", "Jo Kern", Role.MONITOR, "CRO")
MANAGER = Actor("brandt", "Ines Brandt", Role.DATA_MANAGER, "Sponsor")
AUDITOR = Actor("audit", "Aya Nur", Role.AUDITOR, "Authority")


def plain(text: str) -> str:
    return text.replace("\u2068", "").replace("\u2069", "")


def page_of(ward: Ward, actor: Actor) -> QueriesPage:
    return QueriesPage(workplace(ward, actor=actor))


@pytest.mark.req("REQ-601", "REQ-111")
def test_a_thread_tells_in_order_what_was_said_and_what_was_changed() -> None:
    ward = Ward()
    query = asked(ward, WEBER)
    ward.clock.later(days=2)
    correct = RecordAnswer(key=ward.dm, item="W", typed="56.1", reason="digits swapped", query=query)
    ward.send(correct)
    ward.bus.send(ReopenQuery(query=query, text="It says 65.1"), WEBER)
    ward.enter(ward.dm, W="65.1", reason="read again")
    ward.send(AnswerQuery(query=query, text="Now it does"))
    ward.bus.send(CloseQuery(query=query), WEBER)
    thread = page_of(ward, WEBER).thread(query)
    assert thread is not None
    assert [(plain(line.what), line.text) for line in thread.lines] == [
        ("Asked", "Source says 65.1"),
        ("Changed from 61.5 to 56.1", "digits swapped"),
        ("Answered", "digits swapped"),
        ("Asked again", "It says 65.1"),
        ("Changed from 56.1 to 65.1", "read again"),
        ("Answered", "Now it does"),
        ("Closed", ""),
    ]
    assert plain(thread.lines[0].who) == "Greta Weber, monitor"
    assert thread.lines[0].when == "5 Jan 2025, 09:10:00 (Asia/Amman)"
    assert (thread.state_words, thread.age) == ("closed", "2 days")


@pytest.mark.req("REQ-601")
def test_what_one_may_do_depends_on_who_one_is_and_how_it_stands() -> None:
    ward = Ward()
    query = asked(ward, WEBER)

    def may(actor: Actor) -> tuple[bool, bool, bool]:
        thread = page_of(ward, actor).thread(query)
        assert thread is not None
        return thread.may_answer, thread.may_close, thread.may_reopen

    assert [may(one) for one in (RANIA, WEBER, KERN, MANAGER, AUDITOR)] == [
        (True, False, False), (False, True, False), (False, False, False),
        (False, True, False), (False, False, False),
    ]  # fmt: skip
    ward.send(AnswerQuery(query=query, text="It is right"))
    assert (may(RANIA), may(WEBER), may(KERN)) == (
        (False, False, False),
        (False, True, True),
        (False, False, False),
    )


@pytest.mark.req("REQ-601")
def test_open_ones_wait_for_the_site_and_answered_ones_for_who_asked() -> None:
    ward = Ward()
    query = asked(ward, WEBER)
    pages = [page_of(ward, one) for one in (RANIA, WEBER, KERN, AUDITOR)]
    assert [page.waiting() for page in pages] == [1, 0, 0, 0]
    ward.send(AnswerQuery(query=query, text="It is right"))
    assert [page.waiting() for page in pages] == [0, 1, 0, 0]
    tile = next(
        t
        for t in TodayPage(workplace(ward, actor=WEBER), Board(workplace(ward))).view().tiles
        if t.key == "queries"
    )
    assert (tile.title, tile.number, tile.tone) == ("Queries for you", 1, "query")


@pytest.mark.req("REQ-603")
def test_a_check_stands_in_the_same_list_and_is_answered_and_put_again_by_a_person() -> None:
    ward = Ward()
    ward.enter(ward.dm, AGE="70")
    nurse, monitor = page_of(ward, RANIA), page_of(ward, WEBER)
    nurse.narrow(state="open", asker=CHECKS)
    (line,) = nurse.view().lines
    assert (plain(line.by), plain(line.title)) == ("check SOFT:AGE", "JO01-001 · Age")
    assert nurse.acts.answer(line.key, "passport seen") == ""
    finding = ward.ledger.tables.find(FindingRow, state="confirmed")[0]
    assert (key_of_line(finding), finding.reason) == (line.key, "passport seen")
    thread = monitor.thread(line.key)
    assert thread is not None
    assert (thread.state_words, thread.may_put_again, thread.may_close) == ("answered", True, False)
    assert [plain(one.what) for one in thread.lines] == ["Asked by check SOFT:AGE", "It is right"]
    assert monitor.acts.reopen(line.key, "on which page?") == ""
    raised = next(r.event for r in ward.records() if isinstance(r.event, QueryRaised))
    assert (raised.item, raised.text) == ("AGE", "SOFT:AGE: on which page?")
    assert "too short" in monitor.acts.reopen(line.key, "  ")


@pytest.mark.req("REQ-603")
def test_a_check_that_asks_anew_tells_each_time_and_what_it_led_to() -> None:
    ward = Ward()
    ward.enter(ward.dm, AGE="70")
    ward.send(ConfirmFinding(key=ward.dm, item="AGE", check="SOFT:AGE", reason="passport seen"))
    ward.enter(ward.dm, AGE="60", reason="misread")
    ward.enter(ward.dm, AGE="71", reason="read again")
    ward.enter(ward.dm, AGE="61", reason="and again")
    thread = page_of(ward, RANIA).thread(key_of_line(ward.ledger.tables.find(FindingRow)[0]))
    assert thread is not None
    assert [plain(line.what) for line in thread.lines] == [
        "Asked by check SOFT:AGE",
        "It is right",
        "Closed itself",
        "Asked by check SOFT:AGE",
        "Changed from 71 to 61",
        "Closed itself",
    ]
    assert thread.state_words == "closed itself"


def test_more_than_the_list_holds_is_counted_and_can_be_narrowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crfapp.present.queries_page.MOST", 2)
    ward = Ward()
    for item in ("W", "H", "AGE"):
        ward.bus.send(RaiseQuery(scope=Scope(*ward.dm), item=item, text="Why is it empty?"), WEBER)
        ward.clock.later(days=1)
    page = page_of(ward, RANIA)
    view = page.view()
    assert ([plain(line.title) for line in view.lines], view.more) == (["JO01-001 · W", "JO01-001 · H"], 1)
    page.narrow(typed="age")
    assert [plain(line.title) for line in page.view().lines] == ["JO01-001 · Age"]
    page.narrow(typed="JO01-2")
    assert page.view().empty == "No query fits. Take a filter away to see more."


def test_queries_about_a_form_a_visit_and_a_casebook_say_what_they_are_about() -> None:
    ward = Ward()
    for scope in (Scope(*ward.dm), Scope(*ward.scr), Scope(ward.subject)):
        ward.bus.send(RaiseQuery(scope=scope, text="Where is the source?"), WEBER)
        ward.clock.later(hours=1)
    titles = [plain(line.title) for line in page_of(ward, RANIA).view().lines]
    assert titles == ["JO01-001 · the form DM", "JO01-001 · the visit V_SCR", "JO01-001 · the casebook"]


def test_a_row_is_named_as_people_call_it() -> None:
    ward = Ward()
    row = ward.area()
    ward.bus.send(RaiseQuery(scope=Scope(*ward.ld), row=row, item="DEPTH", text="How deep?"), WEBER)
    (line,) = page_of(ward, RANIA).view().lines
    assert plain(line.title) == "JO01-001 · T01, Depth"


@pytest.mark.req("REQ-601")
def test_marks_stand_at_the_question_the_form_the_visit_and_the_subject_until_it_is_closed() -> None:
    ward = Ward()
    at = workplace(ward, actor=WEBER)
    casebook, asking, board = CasebookPage(at), Asking(at), Board(at)
    casebook.open(ward.subject)
    assert asking.mark(ward.dm, Cell("", "W")) == ""
    query = asked(ward, WEBER)

    def marks() -> tuple[str, str, str]:
        form = next(f for v in casebook.visits() for f in v.forms if f.key == ward.dm)
        page = casebook.form(ward.dm)
        return asking.mark(ward.dm, Cell("", "W")), form.asked, page.state(Cell("", "W")).asked

    assert marks() == ("open", "query open", "query open")
    grid = SubjectsPage(at, board)
    column = [one.visit for one in grid.columns()].index("V_SCR")
    assert grid.row(0).cells[column].queries == 1
    assert grid.spoken(0, column).endswith("1 open query")
    ward.send(AnswerQuery(query=query, text="It is right"))
    assert marks() == ("answered", "query answered", "query answered")
    assert grid.row(0).cells[column].queries == 0
    ward.bus.send(CloseQuery(query=query), WEBER)
    assert marks() == ("", "", "")
    assert ward.ledger.tables.find(QueryRow)[0].state == "closed"


def test_changes_in_other_rows_do_not_stand_in_the_thread() -> None:
    ward = Ward()
    first, second = ward.area(), ward.area()
    for row in (first, second):
        ward.enter(ward.ld, row, DEPTH="3")
    ward.bus.send(RaiseQuery(scope=Scope(*ward.ld), row=second, item="DEPTH", text="How deep?"), WEBER)
    ward.enter(ward.ld, first, DEPTH="4", reason="read again")
    ward.enter(ward.ld, second, DEPTH="5", reason="read again")
    query = ward.ledger.tables.find(QueryRow)[0].query
    thread = page_of(ward, RANIA).thread(query)
    assert thread is not None
    assert [plain(line.what) for line in thread.lines] == ["Asked", "Changed from 3 to 5"]


def test_a_query_that_is_turned_to_is_listed_however_many_are_older(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crfapp.present.queries_page.MOST", 1)
    ward = Ward()
    for item in ("W", "H", "AGE"):
        ward.bus.send(RaiseQuery(scope=Scope(*ward.dm), item=item, text="Why is it empty?"), WEBER)
        ward.clock.later(days=1)
    page = page_of(ward, RANIA)
    key = page.show_place(Address("queries", *ward.dm, "", "AGE"))
    view = page.view(key)
    assert [plain(line.title) for line in view.lines] == ["JO01-001 · W", "JO01-001 · Age"]
    assert view.more == 1


@pytest.mark.req("REQ-108")
def test_words_of_a_query_that_were_taken_away_read_as_redacted_not_as_never_said() -> None:
    ward = Ward()
    question = asked(ward)
    ward.send(AnswerQuery(query=question, text="Ahmad Haddad says it is right"))
    answered = next(r for r in ward.records() if r.event.kind == "query-answered")
    told = {"subject": ward.subject, "of": answered.envelope.id, "field": "text"}
    ward.send(AskRedaction(**told, text="Ahmad Haddad", reason="a name"))  # type: ignore[arg-type]
    ward.bus.send(
        ApproveRedaction(wish=ward.ledger.tables.find(RedactionRow)[0].wish, reason="it is one"),
        Actor("khalil", "Dr Khalil", Role.INVESTIGATOR, "CTC"),
    )
    thread = page_of(ward, RANIA).thread(question)
    assert thread is not None
    said = [line.text for line in thread.lines]
    assert said[-1] == "redacted"
    assert all(said)

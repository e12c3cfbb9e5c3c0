"""Searching the trail: every filter finds what asking row by row finds, page by page, without walking it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crfapp.ledger.state import TrailRow, VisitRow
from crfapp.ledger.trail import BATCH, CHANGED, Counted, Place, TrailFilter, matches
from crfapp.store.engine import open_engine, reading, writing
from crfapp.store.event_log import EventLog
from crfapp.store.ledger import SqlLedger
from crfapp.store.migrations import migrate
from crfapp.store.rebuild import remake
from crfapp.store.tables import STATEMENTS
from crfapp.store.trail import TrailSearch
from crfapp.store.trail_questions import Limits, WalkedQuestions
from tests.bench.trail_filter import FILTERS, plans
from tests.support.clinic import Clinic
from tests.support.tiny import tiny_study

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.ledger.trail import Direction
    from crfapp.store.engine import Engine

ROWS = 700
REASONS = (None, None, None, "Typing error", "typed 50% too much_", "قرأ خطأ")
KINDS = ("value-recorded", "form-completed", "query-raised", "session-opened")


def rows() -> list[TrailRow]:
    """Two workstations that worked at the same time, the second a little behind."""
    found: list[TrailRow] = []
    for number in range(ROWS):
        node = "b" if number % 7 == 0 else "a"
        seq = [row.node for row in found].count(node) + 1
        ms = 1_736_665_200_000 + number * 3_600_000 - (5 if node == "b" else 0)
        subject = "" if KINDS[number % 4] == "session-opened" else f"s{number // 60}"
        place = (f"V{number // 20 % 3}", f"F{number // 5 % 4}", f"I{number % 5}") if subject else ("", "", "")
        who = [("rania", "nurse"), ("omar", "monitor"), ("rania", "investigator")][number % 11 % 3]
        found.append(
            TrailRow(
                node,
                seq,
                f"2025-01-{number // 24 + 1:02d}T07:00:00.000000Z",
                f"{ms:013d}.00000",
                *who,
                KINDS[number % 4],
                subject,
                *place,
                REASONS[number % 6],
                1,
                "nc" if number % 13 == 0 else "",
                0,
            )
        )
    return found


ALL = rows()
settled = {node: max(r.seq for r in ALL if r.node == node) // BATCH * BATCH for node in ("a", "b")}
ALL = [row._replace(settled=int(row.seq <= settled[row.node])) for row in ALL]


@pytest.fixture(scope="module")
def trail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = open_engine(tmp_path_factory.mktemp("trail") / "l.db", bytes(range(32)), create=True)
    migrate(engine, lambda _have: None, remake)
    fill(engine)
    yield engine
    engine.dispose()


def fill(engine: Engine) -> None:
    with writing(engine) as db:
        for row in ALL:
            db.execute(STATEMENTS[TrailRow].put, row)
        for node, seq in settled.items():  # the search asks the log which chains there are
            assert seq
            body = (node, 1, "h", "k", None, "t", b"", b"")
            db.execute("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)", body)


def one_of(column: str) -> st.SearchStrategy[str]:
    return st.sampled_from(["", "", *sorted({str(getattr(row, column)) for row in ALL})])


def asked(wish: TrailFilter, direction: Direction) -> list[TrailRow]:
    """What asking each row finds."""
    return sorted((r for r in ALL if matches(wish, r)), key=Place.of, reverse=direction == "newest")


def found(
    trail: Engine, wish: TrailFilter, direction: Direction, size: int
) -> tuple[list[TrailRow], Counted]:
    """What searching finds, page by page, and how many it counts."""
    rows: list[TrailRow] = []
    with reading(trail) as db:
        search = TrailSearch(db, patience=60)
        page = search.page(wish, direction, None, size)
        rows += page.rows
        while page.further is not None:
            assert len(page.rows) == size
            page = search.page(wish, direction, page.further, size)
            rows += page.rows
        return rows, search.count(wish)


wishes = st.builds(
    TrailFilter,
    subject=st.sampled_from([None, None, "", "s0", "s5", "nobody"]),
    login=one_of("login"),
    role=one_of("role"),
    visit=one_of("visit"),
    form=one_of("form"),
    item=one_of("item"),
    kinds=st.lists(st.sampled_from(KINDS), unique=True, max_size=3).map(tuple),
    begin=st.sampled_from(["", "", ALL[100].hybrid, ALL[650].hybrid]),
    end=st.sampled_from(["", "", ALL[300].hybrid]),
    words=st.sampled_from(["", "", "", "TYP", "50%", "_", "خطأ"]),
    node=st.sampled_from(["", "", "a", "b", "c"]),
    mark=st.sampled_from(["", "", "", "n", "e"]),
    among=st.sampled_from([None, None, None, frozenset(map(Place.of, ALL[::9]))]),
)


@pytest.mark.req("REQ-112")
@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(wish=wishes, direction=st.sampled_from(["newest", "oldest"]), size=st.sampled_from([3, 100]))
def test_every_filter_finds_page_by_page_what_asking_each_row_finds(
    trail: Engine, wish: TrailFilter, direction: Direction, size: int
) -> None:
    expected = asked(wish, direction)
    assert found(trail, wish, direction, size) == (expected, (len(expected), True))


@pytest.mark.req("REQ-112")
def test_a_search_whose_patience_ends_says_how_far_it_came_and_goes_on_from_there(trail: Engine) -> None:
    wish = TrailFilter(visit="V1", mark="", words="")
    with reading(trail) as db:
        search = TrailSearch(db, patience=0)
        page, pages = search.page(wish, size=10_000), 1
        found = list(page.rows)
        while page.further is not None:
            page = search.page(wish, after=page.further, size=10_000)
            found, pages = [*found, *page.rows], pages + 1
        counted = search.count(wish)
    assert pages > 10
    assert found == sorted((r for r in ALL if matches(wish, r)), key=Place.of, reverse=True)
    assert not counted.whole
    assert counted.number <= len(found)


@pytest.mark.req("REQ-112")
def test_no_search_walks_the_whole_table(trail: Engine) -> None:
    with reading(trail) as db:
        for name, wish in FILTERS.items():
            steps = plans(db, wish)
            assert steps, name
            assert "SCAN trail" not in steps, name  # along an index is a stretch, without one is everything


def test_the_check_on_plans_notices_a_walk(trail: Engine) -> None:
    with reading(trail) as db:
        steps = [str(r[3]) for r in db.execute("EXPLAIN QUERY PLAN SELECT * FROM trail WHERE visit = 'V1'")]
    assert "SCAN trail" in steps


def test_who_and_which_workstation_recorded_something_is_known_also_of_what_is_not_indexed(
    trail: Engine,
) -> None:
    with reading(trail) as db:
        search = TrailSearch(db)
        assert search.logins() == ["omar", "rania"]
        assert search.nodes() == ("a", "b")


# ---- questions that walk


def answers(engine: Engine, *told: TrailRow) -> WalkedQuestions:
    with writing(engine) as db:
        for row in told:
            db.execute(STATEMENTS[TrailRow].put, row)
        db.execute(STATEMENTS[VisitRow].put, VisitRow("s1", "V_A", 1, "started", "2025-01-12", None, None))
    with reading(engine) as db:
        return WalkedQuestions(db, Limits())


def answer(seq: int, ms: int, **more: Any) -> TrailRow:
    at = "2025-01-12T07:00:00.000000Z"
    who = ("rania", "nurse", "value-recorded", "s1", "V_A", "F", "I")
    return TrailRow("a", seq, at, f"{1_736_665_200_000 + ms:013d}.00000", *who, None, 1)._replace(**more)


@pytest.mark.req("REQ-113")
def test_what_was_entered_long_after_its_visit_is_found_and_a_correction_is_not(engine: Engine) -> None:
    late = "2025-01-16T07:00:00.000000Z"
    told = (
        answer(1, 0),
        answer(2, 1, at=late),
        answer(3, 2, at=late, marks=CHANGED),
        answer(4, 3, at="2025-01-15T23:59:59.000000Z"),
    )
    answers(engine, *told)
    with reading(engine) as db:
        assert {place.seq for place in WalkedQuestions(db, Limits()).late()} == {2}


@pytest.mark.req("REQ-113")
def test_answers_faster_than_anybody_reads_are_found_whole_and_no_others(engine: Engine) -> None:
    fast = [answer(n, n * 400) for n in range(1, 13)]
    slow = [answer(20 + n, 100_000 + n * 2_000) for n in range(15)]
    two = [answer(50 + n, 200_000 + n * 400, login=f"n{n % 2}") for n in range(12)]
    answers(engine, *fast, *slow, *two)
    with reading(engine) as db:
        assert {place.seq for place in WalkedQuestions(db, Limits()).runs()} == {row.seq for row in fast}


@pytest.mark.req("REQ-113")
def test_an_answer_changed_again_and_again_after_a_query_is_found(engine: Engine) -> None:
    asked = answer(5, 500, kind="query-raised")
    changed = [answer(n, ms, marks=CHANGED) for n, ms in ((4, 400), (6, 600), (7, 700))]
    other = [answer(n, n * 100, marks=CHANGED, item="J") for n in (8, 9)]
    once = [answer(10, 1000, kind="query-raised", item="K"), answer(11, 1100, marks=CHANGED, item="K")]
    answers(engine, asked, *changed, *other, *once)
    with reading(engine) as db:
        assert {place.seq for place in WalkedQuestions(db, Limits()).after_query()} == {6, 7}


def test_a_save_adds_its_row_alone_and_whole_batches_are_taken_into_the_indexes(engine: Engine) -> None:
    clinic = Clinic(tiny_study(), ledger=SqlLedger(engine, "ws"))
    clinic.start(clinic.enrol(), "V_SCR", "2025-01-05")
    while len(records(engine)) < 2 * BATCH + 5:
        clinic.enrol()
    with reading(engine) as db:
        indexed = [row[0] for row in db.execute("SELECT seq FROM trail WHERE settled = 1 ORDER BY seq")]
        everything = TrailSearch(db, patience=60).page(TrailFilter(), size=10_000)
        count = TrailSearch(db, patience=60).count(TrailFilter())
    assert indexed == list(range(1, len(records(engine)) // BATCH * BATCH + 1))
    assert [row.seq for row in everything.rows] == list(range(len(records(engine)), 0, -1))
    assert count == (len(records(engine)), True)


def records(engine: Engine) -> list[object]:
    with reading(engine) as db:
        return list(EventLog().read(db))

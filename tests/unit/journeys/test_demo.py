"""A demo site: the same from the same seed, in every state, and nothing in it that nobody could have done."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import Code, RefusedError
from crfapp.journeys.demo import STORIES, DemoPlan, Walked, walk_demo
from crfapp.journeys.typical import Place, Typical, read_typical
from crfapp.ledger.state import (
    FindingRow,
    FormRow,
    ItemRow,
    MonitoringRow,
    QueryNoteRow,
    QueryRow,
    SubjectRow,
    VerifiedRow,
    VisitRow,
)
from tests.support.playing import FORMS, JourneyClock, PlayingClinic, shipped_study
from tests.support.signers import password_of

if TYPE_CHECKING:
    from collections.abc import Sequence

PEOPLE = {"rania": "nurse", "haddad": "investigator", "weber": "monitor"}
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def flagship_answers() -> Typical:
    path = FORMS / "nct06813027" / "demo.yaml"
    return read_typical(path.read_text(encoding="utf-8"), path.name)


def walked(subjects: int, seed: int = 1, typical: Typical | None = None) -> tuple[Walked, PlayingClinic]:
    clinic = PlayingClinic(shipped_study("nct06813027"), "Asia/Amman", PEOPLE)
    chance = random.Random(seed)  # noqa: S311 - the same demo each time is what is wanted
    typical = flagship_answers() if typical is None else typical
    plan = DemoPlan(subjects, chance, NOW, clinic.people, typical, password_of)
    return walk_demo(clinic.bus, clinic.desk, JourneyClock(clinic.clock), plan), clinic


@pytest.fixture(scope="module")
def demo() -> tuple[Walked, PlayingClinic]:
    """One subject of every story."""
    return walked(len(STORIES))


def answers(clinic: PlayingClinic) -> Sequence[ItemRow]:
    return clinic.ledger.tables.find(ItemRow)


def test_every_story_has_a_subject_of_its_own(demo: tuple[Walked, PlayingClinic]) -> None:
    outcome, clinic = demo
    assert sorted(outcome.subjects.values()) == sorted(story.name for story in STORIES)
    assert sorted(outcome.subjects) == sorted(row.number for row in clinic.ledger.tables.find(SubjectRow))


def test_the_monitor_came_answers_changed_since_and_she_is_here_again(
    demo: tuple[Walked, PlayingClinic],
) -> None:
    tables = demo[1].ledger.tables
    states = Counter(row.state for row in tables.find(VerifiedRow))
    assert states["done"] > 100
    assert states["changed"] >= 2
    first, second = sorted(tables.find(MonitoringRow), key=lambda row: row.began)
    assert (bool(first.ended), bool(first.points), second.ended) == (True, True, "")
    assert first.verified > first.raised > 0
    assert {row.raised_by for row in tables.find(QueryRow)} == {"weber"}


def test_visits_lie_behind_run_are_missed_and_stand_due_and_overdue(
    demo: tuple[Walked, PlayingClinic],
) -> None:
    _outcome, clinic = demo
    states = Counter(row.status for row in clinic.ledger.tables.find(VisitRow))
    today = clinic.desk.today
    standing = Counter(
        slot.standing(today)
        for row in clinic.ledger.tables.find(SubjectRow)
        for slot in clinic.desk.slots(row.subject)
    )
    timing = Counter(
        slot.timing
        for row in clinic.ledger.tables.find(SubjectRow)
        for slot in clinic.desk.slots(row.subject)
    )
    assert states["started"] > 50
    assert states["missed"] == 1
    assert min(standing["due"], standing["overdue"], standing["later"]) > 0
    assert timing["LATE"] > 0
    assert any(row.date == today.isoformat() for row in clinic.ledger.tables.find(VisitRow))


def test_forms_are_complete_and_some_are_not(demo: tuple[Walked, PlayingClinic]) -> None:
    forms = Counter(row.status for row in demo[1].ledger.tables.find(FormRow))
    assert forms["complete"] > 20 * forms["open"] > 0


def test_checks_stand_open_are_confirmed_and_settled(demo: tuple[Walked, PlayingClinic]) -> None:
    states = Counter(row.state for row in demo[1].ledger.tables.find(FindingRow))
    assert min(states["open"], states["confirmed"], states["settled"]) > 5


def test_the_monitor_has_asked_and_is_answered_waited_for_and_content(
    demo: tuple[Walked, PlayingClinic],
) -> None:
    tables = demo[1].ledger.tables
    states = Counter(row.state for row in tables.find(QueryRow))
    assert min(states["open"], states["answered"], states["closed"]) > 0
    assert {note.what for note in tables.find(QueryNoteRow)} == {"raised", "answered", "reopened", "closed"}
    assert {row.raised_by for row in tables.find(QueryRow)} == {"weber"}
    assert len({row.opened[:10] for row in tables.find(QueryRow)}) > 3  # on several days


def test_answers_are_missing_typed_in_arabic_and_corrected_with_a_reason(
    demo: tuple[Walked, PlayingClinic],
) -> None:
    rows = answers(demo[1])
    assert any(row.missing for row in rows)
    assert any("٠" <= sign <= "٩" for row in rows for sign in row.typed or "")
    assert any("ا" <= sign <= "ي" for row in rows for sign in row.value or "")
    assert any(row.reason == "typing error" for row in rows)


def test_hardly_anything_is_refused_and_nothing_is_dated_after_now(
    demo: tuple[Walked, PlayingClinic],
) -> None:
    outcome, clinic = demo
    assert sum(outcome.refused.values()) < len(answers(clinic)) / 200
    assert clinic.clock.now() <= NOW
    kinds = Counter(link.kind for link in clinic.ledger.links)
    assert kinds["value-recorded"] > 5000
    assert kinds["clock-noticed"] == 0


def test_the_same_seed_gives_the_same_answers_and_another_seed_others() -> None:
    first, again, other = (answers(walked(2, seed)[1]) for seed in (5, 5, 6))
    assert [(row.item, row.typed) for row in first] == [(row.item, row.typed) for row in again]
    assert [(row.item, row.typed) for row in first] != [(row.item, row.typed) for row in other]


def test_without_typical_answers_the_types_of_the_items_decide() -> None:
    outcome, clinic = walked(2, typical=Typical())
    assert outcome.events > 500
    assert len(answers(clinic)) > 200


class TestTypicalAnswers:
    TEXT = """\
typical:
  VS.PULSE: plain
  VS.PULSE@V_2: at the second visit
  VS.PULSE@V_2/2: its second form
  VS.PULSE#T*: in rows of T
stories: {failure: {VS.PULSE: of the failure}}
"""

    @pytest.mark.parametrize(
        ("place", "answer"),
        [
            (Place("VS", "PULSE", "V_1"), "plain"),
            (Place("VS", "PULSE", "V_2"), "at the second visit"),
            (Place("VS", "PULSE", "V_2", form_n=2), "its second form"),
            (Place("VS", "PULSE", "V_1", rows=("a1", "T01")), "in rows of T"),
            (Place("VS", "PULSE", "V_1", story="failure"), "of the failure"),
            (Place("VS", "TEMP", "V_1"), None),
        ],
    )
    def test_the_most_particular_answer_counts(self, place: Place, answer: str | None) -> None:
        assert read_typical(self.TEXT, "demo.yaml").of(place) == answer

    @pytest.mark.parametrize("text", ["typcal: {}\n", "happenings: [{froom: AE}]\n", "- a\n", "a: [\n"])
    def test_a_key_that_nobody_knows_is_refused(self, text: str) -> None:
        with pytest.raises(RefusedError) as caught:
            read_typical(text, "demo.yaml")
        assert caught.value.code is Code.JOURNEY_WRONG
        assert caught.value.facts["file"] == "demo.yaml"

"""Photographs of months 3 and 6 are judged by two readers who do not know whose they are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crfapp.base.problems import Code, RefusedError
from crfapp.work.reading_desk import CloseReading, ReadCase, SettleCase
from crfapp.work.readings import (
    class_of,
    classes_of,
    judged,
    next_for,
    order_for,
    readings,
    to_settle,
)
from crfapp.work.roles import Right
from tests.support.clinic import RANIA, Clinic
from tests.support.playing import shipped_study
from tests.support.reading_clinic import ONE, OTHER, THIRD, ReadingClinic
from tests.support.tracing_ward import LINA
from tests.support.vitiligo import traced


@pytest.fixture
def clinic() -> ReadingClinic:
    made = ReadingClinic()
    made.by(LINA).send(made.opening())
    return made


def refused(clinic: ReadingClinic, command: object) -> Code:
    with pytest.raises(RefusedError) as problem:
        clinic.send(command)  # type: ignore[arg-type]
    return problem.value.code


@pytest.mark.req("REQ-931")
def test_each_reader_gets_every_case_in_an_order_of_their_own(clinic: ReadingClinic) -> None:
    mine, other = order_for(clinic.reading, ONE.login), order_for(clinic.reading, OTHER.login)
    assert set(mine) == set(other) == {case.case for case in clinic.reading.cases}
    orders = {order_for(clinic.reading, f"reader {number}") for number in range(40)}
    assert len(orders) > 10, "of the 24 orders of four cases"
    assert order_for(clinic.reading, ONE.login) == mine, "the same when the page is opened again"
    named = "".join(case.case for case in clinic.reading.cases)
    assert not any(case.subject in named for case in clinic.reading.cases)


@pytest.mark.req("REQ-931")
def test_two_readers_judge_and_what_both_say_counts(clinic: ReadingClinic) -> None:
    subjects = [chosen.subject for chosen in clinic.chosen]
    clinic.read_all(ONE, dict(zip(subjects, ("55", "40", "0", "90"), strict=True)))
    clinic.read_all(OTHER, dict(zip(subjects, ("60", "41", "10", "60"), strict=True)))
    by_subject = {one.case.subject: one for one in judged(clinic.desk, clinic.reading)}
    assert [by_subject[subject].counts for subject in subjects] == ["57.5", "40.5", "5.0", None]
    [waits] = to_settle(clinic.desk, clinic.reading)
    assert (waits.case.subject, waits.answers) == (subjects[3], ("90", "60"))
    assert sorted(one.places[0] for one in by_subject.values()) == [1, 2, 3, 4]
    settle = SettleCase(
        reading=clinic.reading.reading, case=waits.case.case, answer="75", reason="rim is pigmented"
    )
    assert refused(clinic.by(OTHER), settle) is Code.SAME_PERSON
    assert refused(clinic.by(THIRD), replace(settle, reason="")) is Code.REASON_NEEDED
    clinic.by(THIRD).send(settle)
    after = {one.case.subject: one for one in judged(clinic.desk, clinic.reading)}[subjects[3]]
    assert (after.counts, after.by, after.why) == ("75", "tala", "rim is pigmented")
    assert refused(clinic, settle) is Code.READING_UNKNOWN
    clinic.by(LINA).send(CloseReading(reading=clinic.reading.reading))
    assert clinic.reading.closed


def test_cases_come_one_after_the_other_and_the_last_one_can_be_corrected(clinic: ReadingClinic) -> None:
    order = order_for(clinic.reading, ONE.login)
    reading = clinic.reading.reading
    skipping = ReadCase(reading=reading, case=order[1], answer="50")
    assert refused(clinic.by(ONE), skipping) is Code.READING_UNKNOWN
    clinic.say(ONE, "50")
    clinic.send(ReadCase(reading=reading, case=order[0], answer="45"))
    clinic.send(skipping)
    assert refused(clinic, ReadCase(reading=reading, case=order[0], answer="99")) is Code.READING_UNKNOWN
    said = {one.case.case: one.answers[0] for one in judged(clinic.desk, clinic.reading)}
    assert (said[order[0]], said[order[1]]) == ("45", "50")


@pytest.mark.parametrize(
    ("answer", "code"),
    [("", Code.NOT_A_NUMBER), ("much", Code.NOT_A_NUMBER), ("NaN", Code.NOT_A_NUMBER), ("-1", Code.OFF_SCALE),
     ("101", Code.OFF_SCALE), ("25.5", Code.NOT_WHOLE)],
)  # fmt: skip
def test_an_answer_is_a_whole_percent(clinic: ReadingClinic, answer: str, code: Code) -> None:
    case = order_for(clinic.reading, ONE.login)[0]
    assert refused(clinic.by(ONE), ReadCase(reading=clinic.reading.reading, case=case, answer=answer)) is code


def test_classes_are_those_of_the_pack_and_percents_fall_into_them(clinic: ReadingClinic) -> None:
    classes = classes_of(clinic.desk)
    assert classes == ("MINIMAL", "MILD", "MODERATE", "MARKED", "EXCELLENT")
    flagship = Clinic(shipped_study("nct06813027")).desk
    assert classes_of(flagship) == classes
    vectors = {"0": 0, "25": 0, "26": 1, "50": 1, "51": 2, "75": 2, "76": 3, "90": 3, "91": 4, "100": 4}
    for desk in (clinic.desk, flagship):
        found = {text: class_of(desk, text) for text in vectors}
        assert found == {text: classes[at] for text, at in vectors.items()}
        assert class_of(desk, "101") is None
    clinic.by(LINA).send(clinic.opening(question="class", title="Classes"))
    reading = next(one for one in readings(clinic.desk) if one.question == "class")
    case = order_for(reading, ONE.login)[0]
    clinic.by(ONE).send(ReadCase(reading=reading.reading, case=case, answer="MILD"))
    assert refused(clinic.by(OTHER), ReadCase(reading=reading.reading, case=case, answer="GREAT")) in (
        Code.NOT_A_CODE,
        Code.READING_UNKNOWN,
    )


@pytest.mark.req("REQ-931")
def test_whoever_drew_or_scored_a_lesion_does_not_read_it() -> None:
    clinic = ReadingClinic()
    both = (LINA.login, ONE.login)
    clinic.by(LINA).send(clinic.opening(readers=both))  # an investigator may read
    case = next_for(clinic.desk, clinic.reading, LINA.login)
    assert case is not None
    clinic.send(clinic.drawing(0, traced(14, 10)))
    reading = ReadCase(reading=clinic.reading.reading, case=case[0], answer="50")
    assert refused(clinic, reading) is Code.READER_NOT_BLIND, "they have come to know it since"
    assert refused(clinic, clinic.opening(readers=both)) is Code.READER_NOT_BLIND
    clinic.send(clinic.opening(readers=both, cases=tuple(clinic.chosen[1:]), title="Others"))


def test_a_reading_needs_a_title_cases_and_two_readers_who_may_read() -> None:
    clinic = ReadingClinic().by(LINA)
    first = clinic.chosen[0]
    for wrong in (
        {"title": "  "},
        {"cases": ()},
        {"readers": (ONE.login,)},
        {"readers": (ONE.login, ONE.login)},
        {"readers": (ONE.login, RANIA.login)},
        {"readers": (ONE.login, "nobody")},
        {"cases": (first._replace(later="0" * 64),)},
        {"cases": (first._replace(earlier=first.later),)},
        {"cases": (first._replace(target="another"),)},
        {"cases": (first._replace(subject=clinic.chosen[1].subject),)},
    ):
        assert refused(clinic, clinic.opening(**wrong)) is Code.READING_UNFIT, wrong
    clinic.send(clinic.opening(cases=(first._replace(earlier=""),)))
    assert refused(clinic.by(RANIA), clinic.opening()) is Code.NOT_ALLOWED


def test_nobody_else_reads_and_a_closed_reading_is_over(clinic: ReadingClinic) -> None:
    case = order_for(clinic.reading, ONE.login)[0]
    reading = clinic.reading.reading
    assert (
        refused(clinic.by(THIRD), ReadCase(reading=reading, case=case, answer="50")) is Code.READING_UNKNOWN
    )
    assert refused(clinic.by(RANIA), ReadCase(reading=reading, case=case, answer="50")) is Code.NOT_ALLOWED
    assert refused(clinic.by(LINA), CloseReading(reading=reading)) is Code.REASON_NEEDED, "cases are unread"
    clinic.send(CloseReading(reading=reading, reason="the study ended"))
    assert refused(clinic.by(ONE), ReadCase(reading=reading, case=case, answer="50")) is Code.READING_UNKNOWN
    assert refused(clinic.by(LINA), CloseReading(reading=reading)) is Code.READING_UNKNOWN


def test_a_rater_holds_no_other_right() -> None:
    assert {right for right in Right if ONE.may(right)} == {Right.ENTER, Right.RATE}


def test_without_its_safeguard_somebody_who_knows_the_lesion_would_read_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clinic = ReadingClinic()
    both = (LINA.login, ONE.login)
    clinic.by(LINA).send(clinic.drawing(0, traced(14, 10)))
    assert refused(clinic, clinic.opening(readers=both)) is Code.READER_NOT_BLIND
    monkeypatch.setattr("crfapp.work.reading_desk.has_seen", lambda *_: False)
    assert clinic.send(clinic.opening(readers=both)).events


def test_without_chance_every_reader_would_have_the_same_order(
    clinic: ReadingClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crfapp.work.readings.sha256", lambda data: data.rpartition(b"|")[2].hex())
    assert len({order_for(clinic.reading, f"reader {number}") for number in range(40)}) == 1

"""What the palette finds, and what it puts first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crfapp.present.address import Address
from crfapp.present.finding import Findable, fold, words_of
from crfapp.present.palette import Action, Hit, Palette

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SUBJECTS = [(f"s{n}", f"JO01-{n:03d}") for n in range(1, 201)]
VISITS = ("Screening", "Injection 1", "Week 4", "Month 3")


class Places:
    """200 subjects with four visits each."""

    def subjects(self) -> Sequence[tuple[str, str]]:
        return SUBJECTS

    def places(self, subject: str) -> Iterable[Hit]:
        number = dict(SUBJECTS)[subject]
        return [Hit(visit, number, Address("casebook", subject, visit)) for visit in VISITS]

    def items(self, at: Address) -> Iterable[Hit]:
        return (
            [Hit("Pulse", "Vital signs", Address("casebook", at.subject, at.visit, item="PULSE"))]
            if at.form
            else []
        )


def palette(here: Address | None = None) -> Palette:
    lock = Action("lock", "Lock", lambda: None)
    fixed = [Hit("Today", "", Address("today")), Hit("Subjects", "", Address("subjects"))]
    return Palette(Places(), here or Address("today"), [*fixed, Hit("Lock", action=lock)])


def first(typed: str, here: Address | None = None) -> Hit:
    return palette(here).hits(typed)[0]


def plain(text: str) -> str:
    return text.replace("\u2068", "").replace("\u2069", "")


@pytest.mark.parametrize("typed", ["3", "003", "jo01-003", "JO01003", "jo01 3", "٣", "۰۰۳"])
def test_a_subject_is_found_however_its_number_is_typed(typed: str) -> None:
    assert plain(first(typed).title) == "JO01-003"


def test_a_visit_of_the_subject_that_is_open_comes_before_all_others() -> None:
    found = first("week", Address("casebook", "s7"))
    assert found.address == Address("casebook", "s7", "Week 4")


def test_subject_and_visit_in_one_line() -> None:
    assert first("12 week 4").address == Address("casebook", "s12", "Week 4")


def test_a_question_of_the_form_that_is_open() -> None:
    assert first("pul", Address("casebook", "s1", "Week 4", form="VS")).title == "Pulse"


def test_the_beginning_of_a_word_counts_more_than_its_inside() -> None:
    assert first("lo").title == "Lock"


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("ambulance", "Ambulánce"),
        ("أحمد", "احمد"),
        ("حقنه", "الحقنة"),
        ("strasse", "Straße"),
        ("scrn", "Screening"),
    ],
)
def test_accents_letter_forms_and_dropped_vowels_do_not_matter(typed: str, title: str) -> None:
    assert Findable.of(title).distance(words_of(typed)) is not None


def test_what_is_not_there_is_not_found() -> None:
    assert palette().hits("qqqqq") == ()


def test_words_may_come_in_any_order_but_the_given_order_is_nearer() -> None:
    text = Findable.of("Injection 1")
    straight, turned = text.distance(("injection", "1")), text.distance(("1", "injection"))
    assert straight is not None
    assert turned is not None
    assert straight < turned


def test_a_hit_stands_once_however_many_ways_lead_to_it() -> None:
    hits = palette(Address("casebook", "s12")).hits("12 week")
    assert len(hits) == len(set(hits))


@given(st.text(max_size=40))
def test_nothing_that_can_be_typed_breaks_it(typed: str) -> None:
    assert len(palette(Address("casebook", "s1", "Week 4", form="VS")).hits(typed)) <= 40


@given(st.text(max_size=40))
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(categories=["Ll", "Lu", "Nd"]), min_size=1, max_size=20))
def test_a_text_finds_itself(text: str) -> None:
    words = words_of(text)
    assert Findable.of(text).distance(words) == 0

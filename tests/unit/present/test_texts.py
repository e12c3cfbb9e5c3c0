"""Words, numbers and days in the reader's language, and English where a catalogue is missing."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from crfapp.form.month_names import month_number
from crfapp.present.texts import LANGUAGES, N_, RIGHT_TO_LEFT_MARK, Texts, isolated, read_from_the_right
from tests.support.catalogues import compiled_catalogues

if TYPE_CHECKING:
    from pathlib import Path

SUNDAY = dt.date(2025, 1, 12)


def plain(said: str) -> str:
    return said.replace("\u200f", "")


@pytest.fixture(scope="module")
def catalogues(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return compiled_catalogues(tmp_path_factory.mktemp("translations"))


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "لا ملاحظات مفتوحة"),
        (1, "ملاحظة مفتوحة واحدة"),
        (2, "ملاحظتان مفتوحتان"),
        (3, "3 ملاحظات مفتوحة"),
        (10, "10 ملاحظات مفتوحة"),
        (11, "11 ملاحظة مفتوحة"),
        (99, "99 ملاحظة مفتوحة"),
        (100, "100 ملاحظة مفتوحة"),
        (103, "103 ملاحظات مفتوحة"),
    ],
)
def test_arabic_counts_in_six_ways_with_ascii_digits(catalogues: Path, count: int, said: str) -> None:
    assert Texts("ar", catalogues).many("{count} open finding", "{count} open findings", count) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["in 0 days", "in 1 day", "in 2 days"]),
        ("de", ["in 0 Tagen", "in 1 Tag", "in 2 Tagen"]),
        ("ar", ["خلال 0 يوم", "بعد يوم واحد", "بعد يومين"]),
    ],
)
def test_none_one_and_two_in_three_languages(catalogues: Path, language: str, said: list[str]) -> None:
    say = Texts(language, catalogues)
    assert [say.many("in {count} day", "in {count} days", count) for count in (0, 1, 2)] == said


@pytest.mark.parametrize(
    ("language", "short", "usual", "long"),
    [
        ("en", "12 Jan", "12 Jan 2025", "Sunday 12 January 2025"),
        ("de", "12. Jan", "12. Jan 2025", "Sonntag, 12. Januar 2025"),
        ("ar", "12 كانون الثاني", "12 كانون الثاني 2025", "الأحد، 12 كانون الثاني 2025"),
    ],
)
def test_a_day_in_three_languages(catalogues: Path, language: str, short: str, usual: str, long: str) -> None:
    say = Texts(language, catalogues)
    said = say.short_date(SUNDAY), say.date(SUNDAY), say.long_date(SUNDAY)
    assert tuple(map(plain, said)) == (short, usual, long)


def test_an_arabic_day_keeps_together_beside_a_subject_number(catalogues: Path) -> None:
    # the figure would else join JO01-003 and be drawn on its other side, away from the month
    assert Texts("ar", catalogues).short_date(SUNDAY) == "\u200f12 كانون الثاني"
    assert Texts("de", catalogues).short_date(SUNDAY) == "12. Jan"


def test_the_months_of_jordan_are_the_levantine_ones(catalogues: Path) -> None:
    say = Texts("ar", catalogues)
    months = [plain(say.date(dt.date(2025, number, 1)))[2:-5] for number in range(1, 13)]
    assert " ".join(months) == (
        "كانون الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين الأول تشرين الثاني كانون الأول"
    )


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_a_day_that_is_shown_can_be_typed(catalogues: Path, language: str) -> None:
    say = Texts(language, catalogues)
    for number in range(1, 13):
        _, _, month = plain(say.short_date(dt.date(2025, number, 12))).partition(" ")
        assert month_number(month, language) == number


def test_without_catalogues_everything_is_said_in_english(tmp_path: Path) -> None:
    say = Texts("ar", tmp_path)
    assert say("Saved {time}", time="14:03:22") == "Saved 14:03:22"
    assert say.many("{count} subject", "{count} subjects", 2) == "2 subjects"
    assert plain(say.date(SUNDAY)) == "12 Jan 2025"
    assert say.right_to_left


def test_a_text_that_no_catalogue_holds_is_said_as_it_is_written(catalogues: Path) -> None:
    assert Texts("de", catalogues)(N_("Moon phase: {phase}"), phase="full") == "Moon phase: full"


def test_only_arabic_is_read_from_the_right(catalogues: Path) -> None:
    assert [one for one in LANGUAGES if Texts(one, catalogues).right_to_left] == ["ar"]


def test_a_date_as_figures_keeps_its_order_inside_an_arabic_sentence(catalogues: Path) -> None:
    # after an Arabic letter, bare 2025-01-12 would be drawn 12-01-2025
    said = Texts("ar", catalogues)("Type it as 12 Jan 2025 or 2025-01-12.")
    assert "\u20662025-01-12\u2069" in said


def test_what_is_isolated_keeps_its_own_direction() -> None:
    assert isolated("JO01-003") == "\u2068JO01-003\u2069"


def test_a_time_of_day_is_told_to_the_second(catalogues: Path) -> None:
    at = dt.datetime(2025, 1, 12, 14, 3, 22, 900_000, tzinfo=dt.UTC)
    assert Texts("ar", catalogues).clock(at) == Texts("en", catalogues).clock(at.time()) == "14:03:22"


@pytest.mark.parametrize(("language", "said"), [("en", "a, b"), ("de", "a, b"), ("ar", "a، b")])
def test_parts_are_listed_with_the_comma_of_the_language(language: str, said: str, catalogues: Path) -> None:
    assert Texts(language, catalogues).listed(("a", "", "b")) == said


def test_a_line_of_parts_that_keep_their_own_direction_reads_from_the_right() -> None:
    parts = f"{isolated('lot EV-26-117')}، {isolated('0.45 mL')}"
    assert read_from_the_right(parts) == f"{RIGHT_TO_LEFT_MARK}{parts}"
    assert read_from_the_right(read_from_the_right(parts)) == f"{RIGHT_TO_LEFT_MARK}{parts}"


@pytest.mark.parametrize(
    "said", ["", "0.45 mL", "12:30", "آفات " + isolated("JO01-010"), "AE " + isolated("1")]
)
def test_a_line_with_a_direction_of_its_own_or_without_parts_stays_as_it_is(said: str) -> None:
    assert read_from_the_right(said) == said

"""What holds for every kind: nothing typed breaks the reader, and nothing read changes when read again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from crfapp.base.dates import PartialDate
from crfapp.base.times import Moment, local_candidates
from crfapp.form.values import Field, Manner, Reading, Unreadable, read, shown, text_of, value_of
from crfapp.study.types import ItemType, Kind, Value, parse_type

CODES = ("A", "B", "C1", "Y", "N")
LABELS = {"A": "Alpha", "B": "beta", "C1": "Alpha", "Y": "yes; sure"}
ZONES = ("UTC", "Asia/Amman", "Europe/Berlin")
MANNERS = [
    Manner(),
    Manner(decimal_sign=",", zone="Europe/Berlin", language="de"),
    Manner(zone="Asia/Amman", language="ar", day=date(2025, 1, 12)),
]


def field_of(kind: str, unit: str | None = None) -> Field:
    return Field(parse_type(kind), unit=unit, codes=CODES, labels=LABELS, rows=("R1", "R2"))


FIELDS = [
    field_of(kind, unit)
    for kind, unit in (
        ("text(200)", None), ("longtext", None), ("integer", None), ("integer", "cm"),
        ("decimal(0)", None),
        ("decimal(1)", "mm2"), ("decimal(1)", "C"), ("decimal(2)", "kg"), ("decimal(3)", "mL"),
        ("date", None),
        ("partialdate", None), ("time", None), ("datetime", None), ("choice", None), ("choices", None),
        ("yesno", None), ("scale(0,10)", None), ("scale(-5,5)", None), ("rowref(X)", None),
        ("barcode(30)", None),
        ("bodysite", None), ("photo", None), ("signature", None),
    )
]  # fmt: skip

DIGITS = "0123456789" * 2 + "٠١٢٣٤٥٦٧٨٩" + "۰۱۲۳۴۵۶۷۸۹"
SIGNS = ".,:;/-+!% \u066b\u066c\u2009\u202f\u00a0\u2212\u200f\u202b\u2066\t\n٪°"
WORDS = ("mm2", "cm", "cm2!", "kg", "lb", "°F", "UNK", "UN", "JAN", "März", "كانون الثاني", "pm", "ص", "م",
         "T", "A", "alpha", "Y", "R1", "2025", "1446", "[Asia/Amman]", "+02:00", "0", "00")  # fmt: skip
anything = st.one_of(
    st.text(max_size=40),
    st.text(st.characters(), max_size=20),
    st.text(DIGITS + SIGNS, max_size=20),
    st.lists(
        st.one_of(st.text(DIGITS, max_size=4), st.sampled_from(SIGNS), st.sampled_from(WORDS)), max_size=9
    ).map("".join),
)


def assert_stable(typed: str, field: Field, manner: Manner) -> None:
    """What is read once is read again from its canonical and its shown text; offers can be chosen."""
    found = read(typed, field, manner)
    if isinstance(found, Reading):
        assert value_of(found.text, field.type) == found.value
        assert text_of(found.value, field.type) == found.text
        again = Reading(found.value, found.text)
        assert read(shown(found.text, field, manner), field, manner) == again
        if shown(found.text, field, manner)[-1] != "!" or field.type.kind is not Kind.DECIMAL:
            assert read(found.text, field, manner) == again
    if isinstance(found, Unreadable):
        for offer in found.offers:
            chosen = read(offer.text, field, manner)
            assert isinstance(chosen, Reading) or (chosen is not None and chosen.code is not found.code), (
                offer
            )
        assert not any(typed == str(fact) for fact in found.facts.values() if isinstance(fact, str) and fact)


@pytest.mark.req("REQ-406")
@settings(max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(typed=anything, which=st.integers(0, len(FIELDS) - 1), manner=st.sampled_from(MANNERS))
@example(typed="1.234", which=8, manner=MANNERS[0])
@example(typed="2025-10-26 02:30+01:00", which=12, manner=MANNERS[1])
@example(typed="1850-01-01 10:05", which=12, manner=MANNERS[2])
@example(typed="\ud800", which=2, manner=MANNERS[0])
def test_nothing_typed_breaks_the_reader_and_readings_are_stable(
    typed: str, which: int, manner: Manner
) -> None:
    assert_stable(typed, FIELDS[which], manner)


days = st.dates(date(1800, 1, 1), date(2199, 12, 31)).filter(lambda day: not 1300 <= day.year <= 1500)
partials = st.builds(
    lambda day, known: PartialDate(*(day.year, day.month, day.day)[:known]), days, st.integers(1, 3)
)


def numbers(digits: int) -> st.SearchStrategy[Decimal]:
    return st.integers(-(10**11), 10**11).map(
        lambda n: Decimal(n).scaleb(-digits) + Decimal(0).scaleb(-digits)
    )


@st.composite
def moments(draw: st.DrawFn) -> Moment:
    naive = draw(st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1))).replace(microsecond=0)  # noqa: DTZ001
    found = local_candidates(
        naive.replace(second=draw(st.sampled_from([0, 30]))), draw(st.sampled_from(ZONES))
    )
    return draw(st.sampled_from(found)) if found else Moment.parse("2025-10-26T02:30+01:00[Europe/Berlin]")


VALUES: dict[str, st.SearchStrategy[Value]] = {
    "integer": st.integers(-(10**14), 10**14),
    "decimal(0)": numbers(0),
    "decimal(1)": numbers(1),
    "decimal(2)": numbers(2),
    "decimal(3)": numbers(3),
    "scale(-5,5)": st.integers(-5, 5),
    "date": days,
    "partialdate": partials,
    "time": st.times().map(lambda clock: time(clock.hour, clock.minute)),
    "datetime": moments(),
    "choice": st.sampled_from(CODES),
    "choices": st.sets(st.sampled_from(CODES), min_size=1).map(lambda s: tuple(c for c in CODES if c in s)),
    "yesno": st.sampled_from(("Y", "N")),
    "rowref(X)": st.sampled_from(("R1", "R2")),
    "text(200)": st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=50),
    "longtext": st.text(
        st.characters(exclude_categories=["C", "Z"], include_characters="\n "), max_size=50
    ).map(lambda text: f"{text}."),
}


@pytest.mark.req("REQ-406")
@pytest.mark.parametrize("kind", VALUES)
@settings(max_examples=150, deadline=None)
@given(data=st.data(), manner=st.sampled_from(MANNERS))
def test_every_value_survives_being_shown_and_read(kind: str, data: st.DataObject, manner: Manner) -> None:
    field, value = field_of(kind), data.draw(VALUES[kind])
    text = text_of(value, field.type)
    assert value_of(text, field.type) == value
    assert read(shown(text, field, manner), field, manner) == Reading(value, text)


Read = Callable[[str, Field, Manner], Reading | Unreadable | None]


def assert_keeps_what_was_typed(reader: Read) -> None:
    """No digit is lost, no order chosen, no space trimmed."""
    for typed in ("14.05", "1,234", "14.949"):
        assert not isinstance(reader(typed, field_of("decimal(1)"), Manner()), Reading)
    assert not isinstance(reader("05/06/24", field_of("date"), Manner()), Reading)
    assert reader("5 ", field_of("text(9)"), Manner()) == Reading("5 ", "5 ")


def rounding(typed: str, field: Field, manner: Manner) -> Reading | Unreadable | None:
    if field.type.kind is Kind.DECIMAL:
        value = Decimal(typed.replace(",", "")).quantize(Decimal("0.1"), ROUND_HALF_UP)
        return Reading(value, str(value))
    return read(typed, field, manner)


def trimming(typed: str, field: Field, manner: Manner) -> Reading | Unreadable | None:
    return read(typed.strip(), field, manner)


@pytest.mark.req("REQ-406")
def test_the_reader_keeps_what_was_typed_and_this_test_can_fail() -> None:
    assert_keeps_what_was_typed(read)
    for sabotaged in (rounding, trimming):
        with pytest.raises(AssertionError):
            assert_keeps_what_was_typed(sabotaged)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "text(9)"), ("", "integer"), ("1.0", "integer"), ("007", "integer"), ("1,5", "decimal(1)"),
        ("+1.5", "decimal(1)"), ("1e5", "decimal(1)"), ("NaN", "decimal(1)"), (".5", "decimal(1)"),
        ("2025-1-5", "date"), ("2025-01", "date"), ("20250105", "date"), ("2025-02-30", "partialdate"),
        ("9:05", "time"), ("09:05:00", "time"), ("0905", "time"), ("2025-01-12 10:05", "datetime"),
        ("A;;B", "choices"), ("x", "note"),
    ],
)  # fmt: skip
def test_only_canonical_text_has_a_value(text: str, kind: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        value_of(text, parse_type(kind))


def test_a_computed_value_gets_the_items_decimals_and_is_not_rounded_here() -> None:
    one_decimal = ItemType(Kind.DECIMAL, digits=1)
    assert text_of(Decimal(110), one_decimal) == "110.0"
    assert text_of(110, one_decimal) == "110.0"
    assert text_of(Decimal("-0.0"), one_decimal) == "0.0"
    assert text_of(Decimal("1E+2"), one_decimal) == "100.0"
    with pytest.raises(ValueError, match="more decimals"):
        text_of(Decimal("109.956"), one_decimal)
    with pytest.raises(ValueError, match="no answer"):
        text_of(None, one_decimal)


def test_a_note_has_no_answer() -> None:
    with pytest.raises(ValueError, match="no answer"):
        read("x", Field(parse_type("note")), Manner())

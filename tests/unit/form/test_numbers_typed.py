"""A nurse types numbers as she learned to write them; none of them is bent or guessed (STUDIES 1.7)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from crfapp.base.problems import Code
from crfapp.form.values import Field, Manner, Reading, Unreadable, read, shown
from crfapp.study.types import parse_type

HERE = Manner()
TO_ARABIC = {ord(a): b for a, b in zip("0123456789.", "٠١٢٣٤٥٦٧٨٩\u066b", strict=True)}
TO_PERSIAN = {ord(a): b for a, b in zip("0123456789", "۰۱۲۳۴۵۶۷۸۹", strict=True)}


def item(
    kind: str, unit: str | None = None, units: dict[str, tuple[Decimal, Decimal]] | None = None
) -> Field:
    return Field(parse_type(kind), unit=unit, units=units or {})


def reading(typed: str, field: Field, manner: Manner = HERE) -> Reading:
    found = read(typed, field, manner)
    assert isinstance(found, Reading), (typed, found)
    return found


def refusal(typed: str, field: Field, manner: Manner = HERE) -> Unreadable:
    found = read(typed, field, manner)
    assert isinstance(found, Unreadable), (typed, found)
    return found


def offers(refused: Unreadable) -> list[str]:
    return [offer.text for offer in refused.offers]


READ = [
    ("14", "decimal(1)", "14.0"),
    ("14.0", "decimal(1)", "14.0"),
    ("36,6", "decimal(1)", "36.6"),
    ("36\u066b6", "decimal(1)", "36.6"),
    ("36,60", "decimal(1)", "36.6"),  # TC26: the zero adds nothing, so nothing is rounded
    ("0,125", "decimal(3)", "0.125"),
    ("1234,567", "decimal(3)", "1234.567"),
    (".5", "decimal(1)", "0.5"),
    ("-5,5", "decimal(1)", "-5.5"),
    ("\u22125.5", "decimal(1)", "-5.5"),
    ("-0", "decimal(1)", "0.0"),
    ("007", "integer", "7"),
    ("+7", "integer", "7"),
    (" 120 ", "integer", "120"),
    ("\u200f120\u200e", "integer", "120"),
    ("\u2067120\u2069", "integer", "120"),
    ("1\u066c234", "integer", "1234"),
    ("1\u2009234", "integer", "1234"),
    ("1\u00a0234\u202f567", "integer", "1234567"),
    ("1\u066c234\u066b5", "decimal(1)", "1234.5"),
    ("1\u066b234", "decimal(3)", "1.234"),  # the Arabic sign can only be a decimal sign
    ("1,234,567", "integer", "1234567"),  # twice the same sign can only be groups
]


@pytest.mark.req("REQ-406")
@pytest.mark.parametrize(("typed", "kind", "text"), READ)
def test_a_number_is_read_with_the_items_decimals(typed: str, kind: str, text: str) -> None:
    found = reading(typed, item(kind))
    assert found.text == text
    assert found.value == (int(text) if kind == "integer" else Decimal(text))
    assert str(found.value) == text
    assert (found.unit, found.entered) == (None, None)


@pytest.mark.parametrize(("number", "text"), [("110.0", "110.0"), ("110", "110.0"), ("36.6", "36.6")])
def test_arabic_and_persian_digits_are_digits(number: str, text: str) -> None:
    assert reading(number.translate(TO_ARABIC), item("decimal(1)")).text == text
    assert reading(number.translate(TO_PERSIAN), item("decimal(1)")).text == text


@pytest.mark.req("REQ-406")
@pytest.mark.parametrize(
    ("typed", "kind", "code"),
    [
        ("12,4,5", "decimal(1)", Code.NOT_A_NUMBER),
        ("12.4.5", "decimal(1)", Code.NOT_A_NUMBER),
        ("1.234,5", "decimal(1)", Code.NOT_A_NUMBER),
        ("3.66E1", "decimal(1)", Code.NOT_A_NUMBER),
        ("3.66e2", "decimal(1)", Code.NOT_A_NUMBER),
        ("<0.1", "decimal(1)", Code.NOT_A_NUMBER),
        ("120/80", "integer", Code.NOT_A_NUMBER),
        ("5.", "decimal(1)", Code.NOT_A_NUMBER),
        ("1O5", "integer", Code.NOT_A_NUMBER),
        ("12 4", "integer", Code.NOT_A_NUMBER),
        ("12\u200924", "integer", Code.NOT_A_NUMBER),
        ("--5", "integer", Code.NOT_A_NUMBER),
        ("=1+1", "integer", Code.NOT_A_NUMBER),
        ("1\u0662\u0964", "integer", Code.NOT_A_NUMBER),
        ("\u0967\u0968", "integer", Code.NOT_A_NUMBER),  # Devanagari: not a script of our sites
        ("abc", "integer", Code.NOT_A_NUMBER),
        ("112.5", "integer", Code.NOT_WHOLE),  # TC27
        ("25.5", "integer", Code.NOT_WHOLE),
        ("14.05", "decimal(1)", Code.TOO_PRECISE),
        ("1234567890123456", "integer", Code.TOO_LONG),
        ("123456789012345", "decimal(1)", Code.TOO_LONG),
        ("9" * 5000, "integer", Code.TOO_LONG),
        ("11", "scale(0,10)", Code.OFF_SCALE),
        ("-1", "scale(0,10)", Code.OFF_SCALE),
        ("3.5", "scale(0,10)", Code.NOT_WHOLE),
    ],
)
def test_what_is_no_such_number_is_refused_by_name(typed: str, kind: str, code: Code) -> None:
    assert refusal(typed, item(kind)).code is code


def test_a_whole_number_written_with_zeros_is_offered_not_taken() -> None:
    refused = refusal("25.0", item("integer"))
    assert refused.code is Code.NOT_WHOLE
    assert offers(refused) == ["25"]


def test_refusals_say_the_limit_and_never_the_answer() -> None:
    assert refusal("14.05", item("decimal(1)")).facts == {"digits": 1}
    assert refusal("11", item("scale(0,10)")).facts == {"low": 0, "high": 10}
    assert refusal("9" * 99, item("integer")).facts == {"most": 15}
    assert refusal("5 stone", item("decimal(1)", "kg")).facts == {"unit": "kg"}


@pytest.mark.req("REQ-406")
@pytest.mark.parametrize(
    ("typed", "kind", "offered"),
    [
        ("1,234", "integer", ["1234"]),
        ("1,234", "decimal(1)", ["1234.0"]),
        ("1.234", "decimal(1)", ["1234.0"]),
        ("1,200", "decimal(1)", ["1200.0", "1.2"]),
        ("1.200", "decimal(1)", ["1.2", "1200.0"]),
        ("1,000", "integer", ["1000", "1"]),
        ("1,234", "decimal(3)", ["1234.000", "1.234!"]),
        ("-1.234", "decimal(3)", ["-1.234!", "-1234.000"]),
    ],
)
def test_a_number_with_two_meanings_is_asked_never_guessed(typed: str, kind: str, offered: list[str]) -> None:
    refused = refusal(typed, item(kind))
    assert refused.code is Code.AMBIGUOUS_NUMBER
    assert offers(refused) == offered


def test_the_sites_own_decimal_sign_changes_the_order_and_nothing_else() -> None:
    english = refusal("1,200", item("decimal(1)"), Manner(decimal_sign="."))
    german = refusal("1,200", item("decimal(1)"), Manner(decimal_sign=","))
    assert offers(english) == offers(german)[::-1]


@pytest.mark.parametrize(
    ("typed", "offered"), [("1 234", "1234.0"), ("1,234.5", "1234.5"), ("1.234,5", "1234.5")]
)
def test_a_slip_in_grouping_is_refused_with_what_it_must_mean(typed: str, offered: str) -> None:
    refused = refusal(typed, item("decimal(1)"))
    assert refused.code is Code.NOT_A_NUMBER
    assert offers(refused) == [offered]


@pytest.mark.parametrize(
    ("typed", "unit"),
    [
        ("110 mm2", "mm2"), ("110 mm²", "mm2"), ("110mm^2", "mm2"), ("110 MM2", "mm²"), ("110 ملم²", "mm2"),
        ("110 مم2", "mm2"), ("110 ملم", "mm"), ("110 سم", "cm"), ("110 سم²", "cm2"), ("110 كغم", "kg"),
        ("110 ملغ", "mg"), ("110 مل", "mL"), ("110 ml", "mL"), ("110 °C", "C"), ("110° C", "C"),
        ("110 ℃", "C"),
        ("110 c", "C"), ("110%", "%"), ("110 ٪", "%"), ("110\u00a0%", "%"), ("110 bpm", "beats/min"),
        ("110/min", "beats/min"), ("110/min", "breaths/min"), ("110 ملم زئبق", "mmHg"), ("110 mm Hg", "mmHg"),
        ("110 10^9/L", "10^9/L"), ("110 /uL", "/uL"), ("110 µg/ml", "ug/mL"), ("110 Jahre", "YEARS"),
        ("110 points", "points"),
    ],
)  # fmt: skip
def test_the_items_own_unit_behind_the_number_is_stripped(typed: str, unit: str) -> None:
    found = reading(typed, item("decimal(1)", unit))
    assert (found.text, found.unit) == ("110.0", None)


def test_arabic_number_with_arabic_unit() -> None:
    assert reading("110".translate(TO_ARABIC) + " ملم²", item("decimal(1)", "mm2")).text == "110.0"  # TC25


@pytest.mark.req("REQ-415")
@pytest.mark.parametrize(
    ("typed", "kind", "unit", "offered", "text"),
    [
        ("1.10 cm2", "decimal(1)", "mm2", "1.10 cm2!", "110.0"),
        ("1,1 سم²", "decimal(1)", "mm2", "1.1 cm2!", "110.0"),
        ("1240 mm2", "decimal(1)", "cm2", "1240 mm2!", "12.4"),
        ("98.6 F", "decimal(1)", "C", "98.6 F!", "37.0"),
        ("100 °F", "decimal(1)", "C", "100 F!", "37.8"),
        ("-40 °F", "decimal(1)", "C", "-40 F!", "-40.0"),
        ("150 lb", "decimal(1)", "kg", "150 lb!", "68.0"),
        ("61500 g", "decimal(1)", "kg", "61500 g!", "61.5"),
        ("1.64 m", "integer", "cm", "1.64 m!", "164"),
        ("14 cm", "decimal(1)", "mm", "14 cm!", "140.0"),
        ("3 L", "decimal(1)", "mL", "3 L!", "3000.0"),
        ("0.05 mm", "decimal(1)", "cm", "0.05 mm!", "0.0"),
    ],
)
def test_another_unit_is_converted_only_when_confirmed(
    typed: str, kind: str, unit: str, offered: str, text: str
) -> None:
    field = item(kind, unit)
    refused = refusal(typed, field)
    assert refused.code is Code.OTHER_UNIT
    assert offers(refused) == [offered]
    found = reading(offered, field)
    assert found.text == text
    assert f"{found.entered} {found.unit}!" == offered


def test_the_packs_own_conversions_count_alone() -> None:
    glucose = item("decimal(1)", "mmol/L", {"mg/dL": (Decimal("0.0555"), Decimal(0))})
    assert offers(refusal("90 mg/dl", glucose)) == ["90 mg/dL!"]
    assert reading("90 mg/dL!", glucose).text == "5.0"
    only_inches = item("decimal(1)", "mm", {"in": (Decimal("25.4"), Decimal(0))})
    assert refusal("1 cm", only_inches).code is Code.UNKNOWN_UNIT


def test_a_conversion_is_rounded_half_up_and_the_entered_number_stays() -> None:
    found = reading("1.645 m!", item("integer", "cm"))
    assert (found.value, found.entered, found.unit) == (165, "1.645", "m")
    assert reading("-1.645 m!", item("integer", "cm")).value == -165


def test_two_open_questions_are_asked_as_one() -> None:
    refused = refusal("1,234 cm2", item("decimal(1)", "mm2"))
    assert refused.code is Code.AMBIGUOUS_NUMBER
    assert offers(refused) == ["1234 cm2!", "1.234 cm2!"]
    assert reading("1.234 cm2!", item("decimal(1)", "mm2")).text == "123.4"


@pytest.mark.parametrize(
    ("typed", "unit"), [("5 apples", "mm"), ("5 kg", "mm"), ("5 mm", None), ("5%", "mm"), ("5 apples!", "mm")]
)
def test_a_unit_that_leads_nowhere_is_refused(typed: str, unit: str | None) -> None:
    refused = refusal(typed, item("decimal(1)", unit))
    assert refused.code is Code.UNKNOWN_UNIT
    assert refused.offers == ()


@pytest.mark.parametrize("typed", ["5,000!", "!", "5!!", "cm2!", "1e5!", "- 5!"])
def test_a_confirmation_confirms_only_what_is_clear(typed: str) -> None:
    assert refusal(typed, item("decimal(1)", "mm2")).code is Code.NOT_A_NUMBER


@pytest.mark.parametrize(("sign", "seen"), [(".", "36.6"), (",", "36,6")])
def test_a_number_is_shown_with_the_sites_decimal_sign(sign: str, seen: str) -> None:
    assert shown("36.6", item("decimal(1)"), Manner(decimal_sign=sign)) == seen


@pytest.mark.parametrize("sign", [".", ","])
def test_a_number_that_could_be_misread_is_shown_confirmed(sign: str) -> None:
    manner = Manner(decimal_sign=sign)
    seen = shown("1.234", item("decimal(3)"), manner)
    assert seen == "1.234!"
    assert reading(seen, item("decimal(3)"), manner).text == "1.234"


@pytest.mark.parametrize(
    ("typed", "kind", "text"),
    [
        ("109.956", "decimal(1)", None), ("110.0", "decimal(1)", "110.0"), ("75.4", "decimal(1)", "75.4"),
        ("89,5", "decimal(1)", "89.5"), ("-5,5", "decimal(1)", "-5.5"), ("0.62", "decimal(2)", "0.62"),
        ("61.5", "decimal(1)", "61.5"), ("164", "decimal(1)", "164.0"), ("22,9", "decimal(1)", "22.9"),
        ("0,76", "decimal(2)", "0.76"), ("3.18", "decimal(2)", "3.18"), ("270.2", "decimal(1)", "270.2"),
        ("25", "integer", "25"), ("26", "integer", "26"), ("91", "integer", "91"),
    ],
)  # fmt: skip
def test_numbers_of_the_studies_vectors(typed: str, kind: str, text: str | None) -> None:
    """STUDIES section 7; 109.956 must not become 110.0 by itself, and asks as it has three decimals."""
    found = read(typed, item(kind), HERE)
    assert (found.text if isinstance(found, Reading) else None) == text


def test_blank_is_no_answer() -> None:
    for typed in ("", "  ", "\t", "\u200f", "\u00a0"):
        assert read(typed, item("integer"), HERE) is None

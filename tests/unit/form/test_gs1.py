"""Barcodes of containers: application identifiers, FNC1, parentheses, and what is no code at all."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crfapp.base.problems import Code
from crfapp.form.gs1 import FNC1, SHOWN_FNC1, Broken, Scanned, is_product, read_gs1
from crfapp.form.values import Field, Manner, Reading, Unreadable, read
from crfapp.study.types import parse_type

GTIN = "06141141234566"
WHOLE = f"]d201{GTIN}1725011210EV-24-117{FNC1}210031"


def scanned(text: str) -> Scanned:
    found = read_gs1(text)
    assert isinstance(found, Scanned)
    return found


@pytest.mark.parametrize(
    "text",
    [
        WHOLE,
        WHOLE.removeprefix("]d2"),
        WHOLE.replace(FNC1, SHOWN_FNC1),
        WHOLE.replace(FNC1, "<GS>"),
        f"]C1{FNC1}01{GTIN}1725011210EV-24-117{FNC1}210031",
        f"(01){GTIN}(17)250112(10)EV-24-117(21)0031",
        f"]d2210031{FNC1}10EV-24-117{FNC1}1725011201{GTIN}",
    ],
)
def test_every_way_to_write_a_label_says_the_same(text: str) -> None:
    label = scanned(text)
    assert (label.lot, label.serial, label.expiry) == ("EV-24-117", "0031", "2025-01-12 23:59")
    assert label.values["01"] == GTIN


def test_an_expiry_with_its_time_and_one_with_the_last_day_of_a_month() -> None:
    assert scanned("(7003)2501121200(17)250131").expiry == "2025-01-12 12:00"
    assert scanned("(17)250200").expiry == "2025-02-28 23:59"


@pytest.mark.parametrize(
    "typed", ["EV-24-117", "0031", "1012", "10EV-24-117", "(see label)", "01", "0032 (broken) + 0040", ""]
)
def test_what_a_person_types_is_no_code(typed: str) -> None:
    assert read_gs1(typed) is None


@pytest.mark.parametrize(
    "text",
    [
        "]d2",
        "]d288EV",
        "]d21725131210A",
        "]d2172501",
        "]d20106141141234563",
        f"]d210A{FNC1}10B",
        "]d2210123456789012345678901",
        "(17)20250112",
        "(10)",
    ],
)
def test_a_code_that_is_broken_is_said_to_be(text: str) -> None:
    assert isinstance(read_gs1(text), Broken)


def test_a_trade_item_number_has_its_check_digit() -> None:
    assert is_product(GTIN)
    assert is_product("00614141123452")
    assert not is_product(GTIN[:-1] + "5")


VALUES = st.text(
    st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./+*%&"),
    min_size=1,
    max_size=20,
)


@given(lot=VALUES, serial=VALUES, day=st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_any_label_is_read_back(lot: str, serial: str, day: date) -> None:
    for text in (
        f"]d201{GTIN}17{day:%y%m%d}10{lot}{FNC1}21{serial}",
        f"(01){GTIN}(17){day:%y%m%d}(10){lot}(21){serial}",
    ):
        label = scanned(text)
        assert (label.lot, label.serial, label.expiry) == (lot, serial, f"{day:%Y-%m-%d} 23:59")


@given(st.text(max_size=40))
def test_nothing_that_is_typed_breaks_the_reading(text: str) -> None:
    for prefix in ("", "]d2", "("):
        assert isinstance(read_gs1(prefix + text), Scanned | Broken | None)


def answer(kind: str, part: object, typed: str) -> str | Code:
    found = read(typed, Field(parse_type(kind), part=part), Manner(zone="Asia/Amman"))  # type: ignore[arg-type]
    assert isinstance(found, Reading | Unreadable)
    return found.text if isinstance(found, Reading) else found.code


def test_each_field_of_the_label_keeps_its_part() -> None:
    label = WHOLE.replace(FNC1, SHOWN_FNC1)
    assert answer("barcode(40)", "lot", label) == "EV-24-117"
    assert answer("text(60)", "container", label) == "0031"
    assert answer("datetime", "expiry", label) == "2025-01-12T23:59+03:00[Asia/Amman]"


def test_an_expiry_typed_as_a_date_alone_is_good_until_the_end_of_that_day() -> None:
    assert answer("datetime", "expiry", "2025-01-12") == "2025-01-12T23:59+03:00[Asia/Amman]"
    assert answer("datetime", "expiry", "12.01.2025") == "2025-01-12T23:59+03:00[Asia/Amman]"
    assert answer("datetime", "expiry", "2025-01-12 12:00") == "2025-01-12T12:00+03:00[Asia/Amman]"
    assert answer("datetime", None, "2025-01-12") != "2025-01-12T23:59+03:00[Asia/Amman]"


def test_what_cannot_be_read_or_is_not_on_the_label_is_told() -> None:
    assert answer("barcode(40)", "lot", "]d21725131210A") is Code.CODE_BROKEN
    assert answer("barcode(40)", "lot", "(21)0031") is Code.CODE_WITHOUT_PART
    assert answer("barcode(40)", "lot", WHOLE) is Code.UNPRINTABLE
    assert answer("barcode(40)", "lot", "EV-24-117") == "EV-24-117"
    assert answer("barcode(40)", None, "(10)EV") == "(10)EV"

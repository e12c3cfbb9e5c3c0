"""Free texts stay what they are: Arabic beside English, spaces at the end, a formula's sign in front."""

from __future__ import annotations

import pytest

from crfapp.base.problems import Code
from crfapp.form.values import Field, Manner, Reading, Unreadable, read, shown, value_of
from crfapp.study.types import parse_type

HERE = Manner()
LINE, PAGE, LOT = (Field(parse_type(kind)) for kind in ("text(40)", "longtext", "barcode(20)"))


@pytest.mark.req("REQ-406")
@pytest.mark.parametrize(
    "typed",
    [
        "5 ", "  indented", "<0.1", "007", "12,5", "حكة injection site 3", "محـــمد", "=1+1", "@x", "a\tb",
        "e\u0301", "\u200fيمين", "👩🏽\u200d⚕️", "line\u00a0space",
    ],
)  # fmt: skip
def test_a_text_is_recorded_to_the_last_space(typed: str) -> None:
    assert read(typed, LINE, HERE) == Reading(typed, typed)
    assert value_of(typed, LINE.type) == typed
    assert shown(typed, LINE, HERE) == typed


def test_only_a_long_text_has_lines_and_their_ends_are_one_sign() -> None:
    assert read("one\r\ntwo\rthree\n", PAGE, HERE) == Reading("one\ntwo\nthree\n", "one\ntwo\nthree\n")
    for field in (LINE, LOT):
        found = read("one\ntwo", field, HERE)
        assert isinstance(found, Unreadable)
        assert found.code is Code.UNPRINTABLE
        assert [offer.text for offer in found.offers] == ["one two"]


@pytest.mark.parametrize("code_point", [0x00, 0x0B, 0x1B, 0x7F, 0x85, 0x2028, 0xD800, 0xDFFF, 0xFFFE, 0xFFFF])
def test_what_no_page_can_hold_is_refused_and_the_rest_offered(code_point: int) -> None:
    for field in (LINE, PAGE, LOT):
        found = read(f"a{chr(code_point)}b", field, HERE)
        assert isinstance(found, Unreadable)
        assert found.code is Code.UNPRINTABLE
        assert found.facts == {}
        assert [offer.text for offer in found.offers] == ["a b" if code_point == 0x2028 else "ab"]


def test_a_text_that_is_all_unprintable_has_nothing_to_offer() -> None:
    assert read("\x00\ufffe", LINE, HERE) == Unreadable(Code.UNPRINTABLE)


def test_the_size_counts_characters_not_bytes() -> None:
    assert isinstance(read("ح" * 40, LINE, HERE), Reading)
    assert read("ح" * 41, LINE, HERE) == Unreadable(Code.TOO_LONG, facts={"most": 40})
    assert isinstance(read("x" * 100_000, PAGE, HERE), Reading)


def test_spaces_alone_are_no_answer() -> None:
    assert read("   ", LINE, HERE) is None

"""Every string that can be typed goes into a cell and comes out the same."""

from __future__ import annotations

import re

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from crfapp.exchange.workbook_text import MOST_UNITS, from_cell, is_long, parts, to_xml
from tests.support.hostile_texts import HOSTILE_TEXTS

ANY_TEXT = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=["Cs"]),
        st.sampled_from("_x0123456789ABCDEFabcdef\r\n\t\x00\x0b\ufffe&<>"),
    ),
    max_size=60,
)


def through_xml(text: str) -> str:
    return from_cell(fromstring(f"<t>{to_xml(text)}</t>").text or "")


def test_the_list_of_hostile_texts_is_long_enough() -> None:
    assert len(HOSTILE_TEXTS) >= 200


@pytest.mark.req("REQ-809")
def test_hostile_texts_come_back_unchanged() -> None:
    assert [text for text in HOSTILE_TEXTS if through_xml(text) != text] == []


@pytest.mark.req("REQ-809")
@given(ANY_TEXT)
def test_any_text_comes_back_unchanged(text: str) -> None:
    assert through_xml(text) == text


def test_every_character_comes_back_unchanged() -> None:
    for start in range(0, 0x110000, 0x1000):
        text = "".join(f"{chr(code)} " for code in range(start, start + 0x1000))
        assert through_xml(text) == text


def test_what_looks_like_an_escape_is_escaped_itself() -> None:
    assert to_xml("_x000B_") == "_x005F_x000B_"
    assert to_xml("\x0b") == "_x000B_"
    assert to_xml("V_SCR_x1") == "V_SCR_x1"


def test_an_escape_that_only_the_next_character_completes_is_seen() -> None:
    naive = re.sub("[\x00-\x08\x0b-\x1f]", lambda found: f"_x{ord(found.group()):04X}_", "_x000B\x01")

    assert from_cell(naive) != "_x000B\x01"
    assert from_cell(to_xml("_x000B\x01")) == "_x000B\x01"


@pytest.mark.parametrize(
    ("text", "long"),
    [
        ("a" * MOST_UNITS, False),
        ("a" * (MOST_UNITS + 1), True),
        ("😀" * 16_383, False),
        ("😀" * 16_384, True),
        ("\x0b" * 4_681, False),
        ("\x0b" * 4_682, True),
        ("&" * MOST_UNITS, False),
    ],
)
def test_length_is_counted_as_the_spreadsheet_counts(text: str, long: bool) -> None:
    assert is_long(text) is long


@given(ANY_TEXT, st.integers(8, 20), st.integers(8, 20))
def test_parts_joined_are_the_text_and_each_fits(text: str, first: int, further: int) -> None:
    cut = list(parts(text, first, further))

    assert "".join(cut) == text
    assert all(through_xml(part) == part for part in cut)
    for part, room in zip(cut, [first, *[further] * len(cut)], strict=False):
        escaped = re.sub("&[a-z]+;", "&", to_xml(part))
        assert len(escaped.encode("utf-16-le")) // 2 <= room

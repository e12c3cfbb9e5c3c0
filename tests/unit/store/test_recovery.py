"""The recovery sheet is typed by a tired person from paper: every slip is found in its line."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crfapp.base.problems import Code, RefusedError
from crfapp.store.recovery import new_secret, qr_svg, read_sheet, sheet_text

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SECRET = bytes(range(7, 39))


def refused_line(text: str) -> int | str:
    with pytest.raises(RefusedError) as refused:
        read_sheet(text)
    assert refused.value.code is Code.WRONG_RECOVERY
    return refused.value.facts["line"]


@given(st.binary(min_size=32, max_size=32))
def test_what_is_printed_reads_back(secret: bytes) -> None:
    text = sheet_text(secret)
    assert re.fullmatch(r"(?:[0-9A-HJKMNP-TV-Z]{4}(?: |\n|$)){16}", text)
    assert len(text.split("\n")) == 4
    assert read_sheet(text) == secret


def test_secrets_are_drawn_anew() -> None:
    drawn = {new_secret() for _ in range(50)}
    assert len(drawn) == 50
    assert {len(secret) for secret in drawn} == {32}


@pytest.mark.parametrize(
    "typed",
    [
        str.lower,
        lambda text: text.replace("0", "O").replace("1", "l"),
        lambda text: text.replace("0", "o").replace("1", "I"),
        lambda text: text.replace(" ", "").replace("\n", ""),
        lambda text: text.replace(" ", "-"),
        lambda text: "  " + text.replace("\n", "\r\n\r\n  ") + "\n",
        lambda text: text.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
        lambda text: text.translate({ord(c): ord(c) + 0xFEE0 for c in ALPHABET}),
    ],
)
def test_a_person_may_type_it_their_way(typed: object) -> None:
    assert callable(typed)
    assert read_sheet(typed(sheet_text(SECRET))) == SECRET


@pytest.mark.req("REQ-904")
def test_every_single_wrong_character_is_found_in_its_line() -> None:
    lines = sheet_text(SECRET).split("\n")
    tried = 0
    for at, line in enumerate(lines):
        for place, right in enumerate(line):
            for wrong in ALPHABET.replace(right, "") if right != " " else "":
                slip = line[:place] + wrong + line[place + 1 :]
                assert refused_line("\n".join([*lines[:at], slip, *lines[at + 1 :]])) == at + 1
                tried += 1
    assert tried == 4 * 16 * 31


def test_two_neighbours_exchanged_are_found() -> None:
    characters = sheet_text(SECRET).replace(" ", "").replace("\n", "")
    tried = 0
    for at in range(len(characters) - 1):
        first, second = characters[at], characters[at + 1]
        if first != second:
            slip = characters[:at] + second + first + characters[at + 2 :]
            assert refused_line(slip) in (at // 16 + 1, at // 16 + 2)
            tried += 1
    assert tried > 50


def test_two_lines_exchanged_are_found() -> None:
    lines = sheet_text(SECRET).split("\n")
    assert refused_line("\n".join([lines[1], lines[0], *lines[2:]])) == 1
    assert refused_line("\n".join([*lines[:2], lines[3], lines[2]])) == 3


def test_a_forgotten_character_or_line_is_named() -> None:
    lines = sheet_text(SECRET).split("\n")
    assert refused_line("\n".join([*lines[:2], lines[2][:-1], lines[3]])) == 3
    assert refused_line("\n".join(lines[:3])) == 0
    assert refused_line("") == 0
    assert refused_line("U" * 64) == 1


def test_the_code_for_scanners_is_a_drawing_titled_with_the_site() -> None:
    svg = ET.fromstring(qr_svg(SECRET, "JO01 <Amman> & مركز"))  # noqa: S314 (our own drawing)
    title = svg.find("{http://www.w3.org/2000/svg}title")
    assert svg.tag == "{http://www.w3.org/2000/svg}svg"
    assert title is not None
    assert title.text == "JO01 <Amman> & مركز"
    assert read_sheet(sheet_text(SECRET).replace("\n", " ")) == SECRET

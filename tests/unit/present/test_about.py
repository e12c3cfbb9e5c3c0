"""The program says which build it is, and never passes a damaged one for a checkout."""

from __future__ import annotations

from pathlib import Path

import pytest

from crfapp import __version__
from crfapp.base.build import UNREADABLE, Build, build_of
from crfapp.bootstrap.ground import translations_folder
from crfapp.present.about import about_lines, build_line, this_build
from crfapp.present.texts import Texts
from tests.support.playing import shipped_study

SAY = Texts("en", translations_folder())
WRITTEN = '{"version": "1.2.0", "commit": "0123456789abcdef0123", "built": "2025-01-12T09:00:00Z"}'


def test_a_built_program_says_version_hash_and_day() -> None:
    build = build_of(WRITTEN, __version__)
    assert (build.version, build.short) == ("1.2.0", "0123456789ab")
    lines = [fact.said for fact in about_lines(build, None, SAY)]
    assert ["1.2.0" in said for said in lines] == [True, False, False]
    assert "0123456789abcdef0123" in lines[1]
    assert "2025-01-12T09:00:00Z" in lines[2]


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"version": "1"}', "null", '"1.0"'])
def test_a_damaged_file_does_not_look_like_a_checkout(text: str) -> None:
    assert build_of(text, __version__).commit == UNREADABLE


def test_a_checkout_says_so() -> None:
    assert "from source" in build_line(Build(__version__), SAY)
    assert "from source" in [fact.said for fact in about_lines(Build(__version__), None, SAY)]
    assert this_build().version == __version__


@pytest.mark.req("REQ-705")
def test_the_study_in_force_is_named_with_its_hash() -> None:
    study = shipped_study("nct06813027")
    said = " ".join(fact.said for fact in about_lines(Build(__version__), study, SAY))
    assert study.hash in said
    assert study.head.version in said


def test_the_page_of_what_others_made_is_where_the_card_looks() -> None:
    from crfapp.ui.resources import third_party_page

    assert "Sequoia" in Path(third_party_page()).read_text(encoding="utf-8")

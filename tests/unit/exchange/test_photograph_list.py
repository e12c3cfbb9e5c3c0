"""Names of photographs in packages: safe on every file system, and nobody's is somebody else's."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from crfapp.exchange.photograph_list import name_of
from crfapp.store.zip_directory import MOST_FILES

IN_A_PACKAGE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,120}")
"""What a package takes below ``photos/``; see :mod:`crfapp.exchange.package.zip_safety`."""
PARTS = st.tuples(*[st.text(max_size=60)] * 5)


def test_a_name_says_study_subject_visit_lesion_and_view() -> None:
    assert name_of(("nct06813027", "JO01-003", "V_M6", "T01", "VIS")) == "nct06813027_JO01-003_V-M6_T01_VIS"
    assert (
        name_of(("P1", "JO01-003", "V_UNS-2", "Left hand/2", "WOOD"))
        == "P1_JO01-003_V-UNS-2_Left-hand-2_WOOD"
    )


@given(PARTS)
def test_every_name_can_be_a_file_everywhere(parts: tuple[str, ...]) -> None:
    name = f"{name_of(parts)}_{MOST_FILES // 10}.heic"
    assert IN_A_PACKAGE.fullmatch(name)
    assert ".." not in name
    assert name.isascii()


@given(st.text(max_size=60), st.text(max_size=60))
def test_two_subjects_never_share_a_name(one: str, other: str) -> None:
    """Also where their numbers are longer than a name, or of a script that a name cannot hold."""
    names = {name_of(("P1", number, "V1", "T01", "VIS")).lower() for number in (one, other)}
    assert len(names) == len({one.lower(), other.lower()}) or one.lower() == other.lower()

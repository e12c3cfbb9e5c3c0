"""The side of a marker is the subject's own, from the front and from behind."""

from __future__ import annotations

import pytest

from crfapp.study.language.body import side_of


@pytest.mark.req("REQ-414")
@pytest.mark.parametrize(
    ("position", "side"),
    [
        ("830,455,F", "LEFT"),
        ("172,448,F", "RIGHT"),
        ("172,448,B", "LEFT"),
        ("830,455,B", "RIGHT"),
        ("515,300,F", "LEFT"),
        ("514,300,F", None),
        ("486,300,B", None),
        ("1001,300,F", None),
        ("300,300,M", None),
        ("on the arm", None),
        ("", None),
    ],
)
def test_from_behind_left_is_on_the_left(position: str, side: str | None) -> None:
    assert side_of(position) == side

"""What others made may be shipped: each licence of a package or native part is on the allow list."""

from __future__ import annotations

import pytest

from tests.guards.sources import ROOT
from tests.guards.test_third_party import locked, named

ALLOWED = ROOT / "packaging" / "licences-allowed.txt"
NATIVE = ROOT / "packaging" / "native-parts.txt"


def allowed() -> dict[str, str]:
    lines = [line for line in ALLOWED.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    return dict(line.split("\t") for line in lines)


def native() -> list[list[str]]:
    lines = [line for line in NATIVE.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    return [line.split("\t") for line in lines]


def may_be_shipped(licence: str) -> bool:
    """One of several that are offered is enough; of several that hold together, all must be."""
    fine = allowed()
    return any(all(part in fine for part in choice.split(" AND ")) for choice in licence.split(" OR "))


def test_each_allowed_licence_has_its_reason() -> None:
    assert allowed()
    assert all(len(reason) > 10 and reason.endswith(".") for reason in allowed().values())


@pytest.mark.req("REQ-731")
def test_every_locked_package_is_under_a_licence_that_is_allowed() -> None:
    wrong = {name: named().get(name, "not on the page") for name in locked()}
    assert {name: licence for name, licence in wrong.items() if not may_be_shipped(licence)} == {}


@pytest.mark.req("REQ-731")
def test_every_native_part_is_under_a_licence_that_is_allowed() -> None:
    assert [part for part in native() if len(part) != 3 or not may_be_shipped(part[2])] == []


@pytest.mark.parametrize(
    "licence",
    [
        "GPL-3.0-only",
        "GPL-2.0-or-later",
        "AGPL-3.0-only",
        "MIT AND GPL-2.0-only",
        "UNKNOWN",
        "",
        "Proprietary",
    ],
)
def test_a_licence_that_asks_for_the_program_s_source_or_is_unknown_is_refused(licence: str) -> None:
    assert not may_be_shipped(licence)


def test_of_several_licences_that_are_offered_one_is_enough() -> None:
    assert may_be_shipped("EPL-2.0 OR GPL-2.0-or-later")

"""Lines of a report as they are made: expected beside seen, and what is kept as evidence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crfapp.base.canonical import canonical, sha256
from crfapp.cli.qualify_parts import Finding

if TYPE_CHECKING:
    from crfapp.cli.qualify_parts import Result


def compared(place: str, name: str, expected: object, seen: object) -> Finding:
    """Passed where what was seen is what was expected."""
    return judged(place, name, str(expected), str(seen), well=expected == seen)


def judged(place: str, name: str, expected: str, seen: object, *, well: bool) -> Finding:
    """Passed where it is well."""
    result: Result = "pass" if well else "fail"
    return Finding(place, "", name, expected, str(seen), result)


def noted(place: str, name: str, seen: object, expected: str = "") -> Finding:
    """What nobody but a person can judge."""
    return Finding(place, "", name, expected, str(seen), "note")


def with_evidence(finding: Finding, evidence: object) -> Finding:
    """The line with the hash of what was kept of it."""
    return replace(finding, evidence=sha256(canonical(evidence)))

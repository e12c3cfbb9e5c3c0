"""Examples of the commands of whoever looks through the trail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.work.reviewing import NoteTrailExported, NoteTrailFailed, ReviewTrail
from crfapp.work.roles import Role

if TYPE_CHECKING:
    from crfapp.work.cases import Command
    from tests.support.examples.kinds import Example

EXPORTED = NoteTrailExported(file="t.csv", sha256="0" * 64, format="csv", rows=3, filter="all of it")
REVIEWING: dict[type[Command], Example] = {
    ReviewTrail: (
        lambda _w: ReviewTrail(scope="January", finding="nothing odd"),
        Role.AUDITOR,
        ["trail-reviewed"],
    ),
    NoteTrailExported: (lambda _w: EXPORTED, Role.MONITOR, ["trail-exported"]),
    NoteTrailFailed: (lambda _w: NoteTrailFailed(code="E-101"), Role.AUDITOR, ["export-failed"]),
}

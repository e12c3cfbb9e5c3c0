"""Labels of a subject's lesions, to print and to scan at the time-out: ``JO01-003 T01`` as words and as code.

A label holds nothing but the number of the subject and the name of the lesion; where it is stands beside,
for whoever puts it on a photograph or a tray.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.ledger.state import SubjectRow
from crfapp.present.body_map import ROLES, place_words
from crfapp.work.targets import targets_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.present.workplace import Workplace


@dataclass(frozen=True, slots=True)
class LesionLabel:
    """One label: ``code`` is what a scanner types, ``drawing`` the same as a QR code (SVG)."""

    code: str
    role: str
    place: str
    drawing: str


class LesionLabels:
    """``draw`` makes the QR code of a text, as SVG."""

    def __init__(self, workplace: Workplace, draw: Callable[[str], str]) -> None:
        self._at, self._draw = workplace, draw

    def labels(self, subject: str) -> tuple[LesionLabel, ...]:
        """The labels of all lesions of a subject, in the order of the registry."""
        bound = self._at.study.head.targets
        row = self._at.tables.get(SubjectRow, subject)
        if bound is None or row is None:
            return ()
        found = []
        for target in targets_of(self._at.desk, subject):
            code = f"{row.number} {target.label}"
            role = ROLES["treated" if target.treated else "control" if target.control else "other"]
            place = place_words(self._at, bound, target.site, target.side)
            found.append(LesionLabel(code, self._at.texts(role), place, self._draw(code)))
        return tuple(found)

    def file_name(self, subject: str) -> str:
        """What the file is called."""
        row = self._at.tables.get(SubjectRow, subject)
        return self._at.texts("Labels {subject}.pdf", subject=row.number if row is not None else "")

"""Under which version of the study something stands: the one way to it, for work, signatures and exports.

A form stays with the version in which it was first entered, what is not begun at a visit with that under
which the visit began, all else of a subject with the subject's own: the one under which it was enrolled or to
which it agreed last, and every later one that needs no new consent (REQ-701, 702).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from crfapp.ledger.state import MadeUnderRow, StudyVersionRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.ledger.keys import FormKey, VisitKey
    from crfapp.study.study import Study

T = TypeVar("T", MadeUnderRow, StudyVersionRow)


class MadeUnder(Protocol):
    """The tables that say so."""

    def get(self, table: type[T], *key: str | int) -> T | None:
        """The row with this key."""

    def find(self, table: type[T], **equal: str | int | None) -> Sequence[T]:
        """The rows whose columns equal these, ordered by key."""


def pack_of_form(tables: MadeUnder, study: Study, key: FormKey) -> str:
    """The hash of the version of a form, begun or not."""
    return _own(tables, tuple(key)) or pack_of_visit(tables, study, key.at)


def pack_of_visit(tables: MadeUnder, study: Study, at: VisitKey) -> str:
    """The hash of the version of what is not begun yet at a visit."""
    return _own(tables, (*at, "", 0)) or pack_of_subject(tables, study, at.subject)


def pack_of_subject(tables: MadeUnder, study: Study, subject: str) -> str:
    """The hash of the version of whatever else is asked of a subject."""
    own = _own(tables, (subject, "", 0, "", 0))
    place = next((n for n, one in enumerate(study.versions) if one.hash == own), None)
    if place is None:
        return own or study.hash
    for later in study.versions[place + 1 :]:
        row = tables.get(StudyVersionRow, later.hash)
        if row is None or row.consent:
            break
        place += 1
    return study.versions[place].hash


def form_version(tables: MadeUnder, study: Study, key: FormKey) -> Study:
    """The version of a form, where it is one that ``study`` was put together from, else ``study``."""
    if len(study.versions) == 1:
        return study
    digest = pack_of_form(tables, study, key)
    return next((one for one in study.versions if one.hash == digest), study)


def in_order(rows: Sequence[StudyVersionRow]) -> list[StudyVersionRow]:
    """The versions that were put in force, the first one first."""
    return sorted((row for row in rows if row.place), key=lambda row: row.place)


def _own(tables: MadeUnder, place: tuple[str | int, ...]) -> str:
    row = tables.get(MadeUnderRow, *place)
    return row.pack if row is not None else ""

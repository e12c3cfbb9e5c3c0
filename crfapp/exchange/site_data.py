"""One site at one instant, as the sheets of a workbook read it: subject by subject, never all at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol

from crfapp.exchange.study_words import StudyWords
from crfapp.ledger.state import FormRow, SubjectRow, VisitRow
from crfapp.work.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import datetime

    from crfapp.base.times import Moment
    from crfapp.exchange.photograph_sheets import Left
    from crfapp.ledger.chain import Record
    from crfapp.ledger.keys import VisitKey
    from crfapp.study.study import Study
    from crfapp.work.ports import Tables
    from crfapp.work.sentences import Say


class Events(Protocol):
    """Reading the ledger in the same snapshot as the tables."""

    def records(
        self, *, subject: str | None = None, kinds: Collection[str] | None = None
    ) -> Iterator[Record]:
        """Events with their envelopes, in the order of their chains."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The site's tables and events as they stand at one instant, on a connection of their own."""

    tables: Tables
    events: Events


@dataclass(frozen=True, slots=True)
class Making:
    """When, by whom and with what the workbook is made; ``by`` is a name with its role."""

    at: Moment
    by: str
    software: str


@dataclass(frozen=True, slots=True)
class _Standing:
    """A clock that shows one instant: what is exported must not change between two passes."""

    at: datetime

    def now(self) -> datetime:
        return self.at


def _no_ids(_count: int) -> bytes:
    raise RuntimeError("an export makes nothing new")


class SiteData(StudyWords):
    """What every sheet is given: a desk of its own on the snapshot, and the words of one language.

    ``passed`` counts the subjects gone through, over all sheets and passes.
    """

    def __init__(self, snapshot: Snapshot, study: Study, making: Making, *, language: str, say: Say) -> None:
        super().__init__(study, language=language, say=say)
        self.desk = Desk(
            study, snapshot.tables, _Standing(making.at.utc), entropy=_no_ids, zone=making.at.zone
        )
        self.desk.language, self.desk.say = language, say
        self.events = snapshot.events
        self.making = making
        self.site = self.desk.site
        self.passed = 0
        self.left: Mapping[str, Left] = {}
        """What left in the place of each photograph, by the hash of the original."""
        self.originals = False
        """Whether photographs leave as they are, as between workstations of the site."""
        self._order = {visit: place for place, visit in enumerate(study.visits)}

    def subjects(self) -> Iterator[SubjectRow]:
        """Everybody, by number."""
        for row in sorted(self.desk.tables.find(SubjectRow), key=lambda row: row.number):
            yield row
            self.passed += 1

    def count_subjects(self) -> int:
        """How many there are."""
        return len(self.desk.tables.find(SubjectRow))

    def forms(self, subject: str, **narrower: str) -> list[FormRow]:
        """A subject's forms that were begun and may leave, in the order of the schedule."""
        found = self.desk.tables.find(FormRow, subject=subject, **narrower)
        rows = [row for row in found if not self.confidential.keeps(row.form)]
        return sorted(rows, key=lambda row: (self.order(row.visit), row.visit_n, row.form, row.form_n))

    def order(self, visit: str) -> int:
        """The place of a visit in the schedule; visits of an older version of the study stand last."""
        return self._order.get(visit, len(self._order))

    def visit_day(self, key: VisitKey) -> date | None:
        """The day on which a visit took place."""
        row = self.desk.tables.get(VisitRow, *key)
        return date.fromisoformat(row.date) if row is not None and row.date else None

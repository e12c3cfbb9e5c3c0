"""The state that a site shares with the centre, row by row in a fixed order, and its hash (REQ-501, REQ-806).

Rows are of the folded tables, so they are a function of the set of events alone: whoever knows the same
events of a site tells the same rows, whatever came first. Left out is what never leaves the site
(:mod:`crfapp.exchange.confidential`: rows whole, the words of findings that quote it, and what signatures are
over), because the centre has never had it, and what is bound to one machine: sessions, packages, exports, the
index of the trail.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from crfapp.base.canonical import canonical
from crfapp.exchange.confidential import Confidential
from crfapp.ledger.state import (
    TABLES,
    FindingRow,
    FormRow,
    FormRowRow,
    ItemRow,
    LateRow,
    LockRow,
    MonitoringRow,
    MoveRow,
    PaperRow,
    QueryNoteRow,
    QueryRow,
    RivalRow,
    Row,
    SecondRow,
    SignatureRow,
    SubjectRow,
    VerifiedRow,
    VisitRow,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from crfapp.exchange.site_data import Snapshot
    from crfapp.study.study import Study
    from crfapp.work.ports import Tables

Key = tuple[str | int | None, ...]
"""The leading columns of a row; none of them is ever empty of a value."""

OF_SUBJECTS: tuple[type[Row], ...] = (
    SubjectRow,
    VisitRow,
    FormRow,
    FormRowRow,
    ItemRow,
    RivalRow,
    LateRow,
    FindingRow,
    QueryRow,
    QueryNoteRow,
    VerifiedRow,
    SecondRow,
    PaperRow,
    MoveRow,
    SignatureRow,
    LockRow,
)
OF_THE_SITE: tuple[type[Row], ...] = (LockRow, MonitoringRow)
SHARED: dict[str, type[Row]] = {TABLES[table].name: table for table in (*OF_SUBJECTS, *OF_THE_SITE)}
"""The tables of the shared state by name, in their order."""


class StateRow(NamedTuple):
    """One row of the shared state: whose it is (empty: the site's), its table, its key there, the row."""

    subject: str
    table: str
    key: Key
    row: Row

    @property
    def place(self) -> tuple[str, int, Key]:
        """Where it stands in the fixed order."""
        return (self.subject, _ORDER[self.table], self.key)

    @property
    def line(self) -> bytes:
        """Its canonical bytes, without a line end."""
        return canonical([self.table, *self.row])


_ORDER = {name: place for place, name in enumerate(SHARED)}


def state_rows(snapshot: Snapshot, study: Study) -> Iterator[StateRow]:
    """All rows in the order of :attr:`StateRow.place`; never more than one subject's in memory.

    The order is that of Python's texts and numbers, not of the database: two kinds of database agree.
    """
    stays = _Stays(study)
    tables = snapshot.tables
    for table in OF_THE_SITE:
        rows = tables.find(LockRow, subject="") if table is LockRow else tables.find(MonitoringRow)
        yield from _shared("", table, rows, stays)
    for subject in sorted(row.subject for row in tables.find(SubjectRow)):
        for table in OF_SUBJECTS:
            yield from _shared(subject, table, _rows_of(tables, table, subject, stays), stays)


def state_hash(snapshot: Snapshot, study: Study) -> str:
    """SHA-256 over the canonical lines of all rows, in hex: equal where everything shared is."""
    return hash_of(state_rows(snapshot, study))


def hash_of(rows: Iterable[StateRow]) -> str:
    """The same over rows that are at hand already, in their order."""
    digest = hashlib.sha256()
    for row in rows:
        digest.update(row.line + b"\n")
    return digest.hexdigest()


def _shared(subject: str, table: type[Row], rows: Iterable[Row], stays: _Stays) -> Iterator[StateRow]:
    name, width = TABLES[table]
    for row in sorted(rows, key=lambda row: row[:width]):
        told = stays.shared(row)
        if told is not None:
            yield StateRow(subject, name, tuple(row[:width]), told)


def _rows_of(tables: Tables, table: type[Row], subject: str, stays: _Stays) -> Sequence[Row]:
    if table is not QueryNoteRow:
        return tables.find(table, subject=subject)  # type: ignore[type-var]
    asked = [query for query in tables.find(QueryRow, subject=subject) if stays.shared(query) is not None]
    return [note for query in asked for note in tables.find(QueryNoteRow, query=query.query)]


class _Stays:
    """Takes out of a row what the centre never had, or leaves it out whole."""

    def __init__(self, study: Study) -> None:
        self._confidential = Confidential(study)

    def shared(self, row: Row) -> Row | None:
        """The row as it is known on both sides; None where it is known at the site alone."""
        form: str = getattr(row, "form", "")
        if form and self._confidential.keeps(form, getattr(row, "item", "")):
            return None
        if isinstance(row, FindingRow) and self._confidential.keeps_sentence(row.check):
            return row._replace(text=None, due=None, reason=None)
        if isinstance(row, SignatureRow):
            return row._replace(content="")
        return row

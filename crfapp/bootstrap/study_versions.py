"""The study of an open site, put together from every version that was put in force there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.problems import Code, EnvironmentProblem
from crfapp.ledger.events import PackInstalled, StudyVersionInstalled
from crfapp.ledger.state import StudyVersionRow
from crfapp.ledger.study_versions import in_order
from crfapp.study.study import Study
from crfapp.study.versions import read_together

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crfapp.ledger.chain import Record
    from crfapp.store.site_store import SiteStore

NAMING = (PackInstalled, StudyVersionInstalled)
"""The events that name a version which is kept from then on."""
NAMING_KINDS = frozenset(event.kind for event in NAMING)


def study_here(store: SiteStore) -> Study:
    """Every version that was put in force, as one; NOT_A_SITE where none ever was."""
    rows = in_order(store.ledger.tables.find(StudyVersionRow))
    if not rows:
        raise EnvironmentProblem(Code.NOT_A_SITE, folder=store.folder.path.name)
    return read_together([Study.from_content(store.ledger.content(row.content)) for row in rows])


def contents_named(records: Iterable[Record]) -> frozenset[str]:
    """The hashes of the versions that were ever kept, waiting ones too."""
    return frozenset(record.event.content for record in records if isinstance(record.event, NAMING))

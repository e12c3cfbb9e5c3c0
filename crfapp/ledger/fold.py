"""What an event changes in the tables. Pure, and the only place that says so.

The store applies the same changes as SQL that a test applies to dictionaries, so rebuilding the tables
from the ledger gives the tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crfapp.ledger import events as ev
from crfapp.ledger.changes import Change, Follow, Patch, Put
from crfapp.ledger.fold_exchange import EXCHANGE, late_changes
from crfapp.ledger.fold_forms import FORMS
from crfapp.ledger.fold_keeping import KEEPING
from crfapp.ledger.fold_lesions import LESIONS
from crfapp.ledger.fold_people import PEOPLE, access_seen_to
from crfapp.ledger.fold_review import REVIEW
from crfapp.ledger.fold_versions import VERSIONS, form_made, subject_made, visit_made
from crfapp.ledger.state import (
    ExportRow,
    FindingRow,
    FormRow,
    FormRowRow,
    ItemRow,
    SiteRow,
    SubjectRow,
    VisitRow,
)
from crfapp.ledger.trail import batch_ended_by, trail_row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crfapp.ledger.chain import Record
    from crfapp.ledger.keys import EventId


def changes_of(record: Record, *, late: bool = False) -> Iterator[Change]:
    """The table changes of one event, in order, the last of them its place in the audit trail.

    ``late``: it came for a form that was locked meanwhile (:mod:`crfapp.ledger.merge`).
    """
    yield from decided_by(record, late=late)
    yield Put(trail_row(record))
    yield from batch_ended_by(record)


def decided_by(record: Record, *, late: bool = False) -> Iterator[Change]:
    """The same without the trail: what a command that goes on needs to see."""
    if late:
        yield from late_changes(record)
        return
    change = _CHANGES.get(type(record.event))
    if change is not None:
        yield from change(record.event, record)


def _site_founded(event: ev.SiteFounded, record: Record) -> Iterator[Change]:
    yield Put(SiteRow(event.site, event.code, event.name, event.zone, event.study, "", "", event.weekend, ""))
    yield from access_seen_to(event, record)


def _site_days_set(event: ev.SiteDaysSet, _record: Record) -> Iterator[Change]:
    yield Patch(SiteRow, (event.site,), {"weekend": event.weekend, "closed": event.closed})


def _subject_enrolled(event: ev.SubjectEnrolled, record: Record) -> Iterator[Change]:
    yield Put(SubjectRow(event.subject, event.number, record.envelope.at))
    yield subject_made(event, record)


def _visit_started(event: ev.VisitStarted, record: Record) -> Iterator[Change]:
    yield Put(VisitRow(*event.at, "started", event.date, None, None))
    yield visit_made(event, record)


def _visit_redated(event: ev.VisitRedated, _record: Record) -> Iterator[Change]:
    yield Patch(VisitRow, event.at, {"date": event.date})


def _visit_booked(event: ev.VisitBooked, _record: Record) -> Iterator[Change]:
    yield Put(VisitRow(*event.at, "booked", None, event.date, None))


def _visit_missed(event: ev.VisitMissed, record: Record) -> Iterator[Change]:
    yield Put(VisitRow(*event.at, "missed", None, None, event.why))
    yield visit_made(event, record)


def _visit_merged(event: ev.VisitMerged, record: Record) -> Iterator[Change]:
    yield Put(VisitRow(*event.at, "merged", None, None, event.into))
    yield visit_made(event, record)


def _visit_cancelled(event: ev.VisitCancelled, _record: Record) -> Iterator[Change]:
    yield Put(VisitRow(*event.at, "cancelled", None, None, None))


def _form_started(event: ev.FormStarted, record: Record) -> Iterator[Change]:
    yield Put(FormRow(*event.key, "open", record.envelope.at))
    yield form_made(event, record)


def _form_completed(event: ev.FormCompleted, record: Record) -> Iterator[Change]:
    yield Patch(FormRow, event.key, {"status": "complete", "changed": record.envelope.at})


def _form_reopened(event: ev.FormReopened, record: Record) -> Iterator[Change]:
    yield Patch(FormRow, event.key, {"status": "open", "changed": record.envelope.at})


def _row_added(event: ev.RowAdded, _record: Record) -> Iterator[Change]:
    yield Put(FormRowRow(*event.key, event.section, event.row, event.position, 0))


def _row_voided(event: ev.RowVoided, _record: Record) -> Iterator[Change]:
    yield Patch(FormRowRow, (*event.key, event.section, event.row), {"voided": 1})


def _value_recorded(event: ev.ValueRecorded, record: Record) -> Iterator[Change]:
    yield Follow(
        ItemRow(
            *event.place,
            event.value,
            event.typed,
            event.missing,
            event.unit,
            event.entered,
            event.reason,
            event.origin,
            0,
            *_id(record),
        ),
        event.supersedes,
    )


def _item_hidden(event: ev.ItemHidden, _record: Record) -> Iterator[Change]:
    yield Patch(ItemRow, event.place, {"hidden": 1})


def _item_shown_again(event: ev.ItemShownAgain, _record: Record) -> Iterator[Change]:
    yield Patch(ItemRow, event.place, {"hidden": 2})


def _finding_raised(event: ev.FindingRaised, record: Record) -> Iterator[Change]:
    what = (event.check, event.level, event.text, event.task, event.due)
    yield Put(FindingRow(*event.place, *what, "open", None, *_id(record)))


def _finding_settled(event: ev.FindingSettled, _record: Record) -> Iterator[Change]:
    yield Patch(FindingRow, (*event.place, event.check), {"state": "settled"})


def _finding_confirmed(event: ev.FindingConfirmed, _record: Record) -> Iterator[Change]:
    yield Patch(FindingRow, (*event.place, event.check), {"state": "confirmed", "reason": event.reason})


def _workbook_exported(event: ev.WorkbookExported, record: Record) -> Iterator[Change]:
    yield Put(ExportRow(*_id(record), record.envelope.at, event.file, event.sha256, event.rows, event.cells))


def _id(record: Record) -> EventId:
    return record.envelope.id


_CHANGES: dict[type[ev.Event], Callable[[Any, Record], Iterator[Change]]] = {
    ev.SiteFounded: _site_founded,
    ev.SiteDaysSet: _site_days_set,
    ev.SubjectEnrolled: _subject_enrolled,
    ev.VisitStarted: _visit_started,
    ev.VisitRedated: _visit_redated,
    ev.VisitBooked: _visit_booked,
    ev.VisitMissed: _visit_missed,
    ev.VisitMerged: _visit_merged,
    ev.VisitCancelled: _visit_cancelled,
    ev.FormStarted: _form_started,
    ev.FormCompleted: _form_completed,
    ev.FormReopened: _form_reopened,
    ev.RowAdded: _row_added,
    ev.RowVoided: _row_voided,
    ev.ValueRecorded: _value_recorded,
    ev.ItemHidden: _item_hidden,
    ev.ItemShownAgain: _item_shown_again,
    ev.FindingRaised: _finding_raised,
    ev.FindingSettled: _finding_settled,
    ev.FindingConfirmed: _finding_confirmed,
    ev.WorkbookExported: _workbook_exported,
    **FORMS,
    **PEOPLE,
    **REVIEW,
    **EXCHANGE,
    **LESIONS,
    **KEEPING,
    **VERSIONS,
}
SILENT: tuple[type[ev.Event], ...] = (
    ev.RecoverySheetMade,
    ev.OlderCopyTaken,
    ev.SessionRefused,
    ev.AccountUnlocked,
    ev.ActRefused,
    ev.ClockNoticed,
    ev.ClockProved,
    ev.ExportFailed,
    ev.TrailExported,
    ev.PaperMade,
)
"""Events that are evidence only and change no table; every other kind must be in ``_CHANGES``."""

"""What versions of the study change in the tables; the rows of what is begun under one are put beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crfapp.ledger import events as ev
from crfapp.ledger.changes import Change, Patch, Put
from crfapp.ledger.state import MadeUnderRow, SiteRow, StudyVersionRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crfapp.ledger.chain import Record

ACTIVE, INSTALLED = "active", "installed"


def pack_installed(event: ev.PackInstalled, record: Record) -> Iterator[Change]:
    """The version that a site begins with is in force at once: founding the site was its release."""
    yield Patch(SiteRow, (event.site,), {"pack": event.content, "pack_version": event.pack_version})
    who = record.envelope
    begun = (ACTIVE, who.at, who.login, who.at, who.login, who.hybrid)
    yield Put(StudyVersionRow(event.content, event.pack_version, *begun))


def _installed(event: ev.StudyVersionInstalled, record: Record) -> Iterator[Change]:
    who = record.envelope
    yield Put(StudyVersionRow(event.content, event.pack_version, INSTALLED, who.at, who.login))


def _activated(event: ev.StudyVersionActivated, record: Record) -> Iterator[Change]:
    yield Patch(SiteRow, (event.site,), {"pack": event.content, "pack_version": event.pack_version})
    who = record.envelope
    in_force: dict[str, str | int | None] = {
        "state": ACTIVE,
        "active": who.at,
        "active_by": who.login,
        "place": who.hybrid,
        "approval": event.approval,
        "approved_on": event.approved_on,
        "approved_by": event.approved_by,
        "consent": int(event.consent),
    }
    yield Patch(StudyVersionRow, (event.content,), in_force)


def _reconsented(event: ev.SubjectReconsented, _record: Record) -> Iterator[Change]:
    yield Put(MadeUnderRow(event.subject, "", 0, "", 0, event.content))


def subject_made(event: ev.SubjectEnrolled, record: Record) -> Change:
    """A subject begins with the version in force."""
    return Put(MadeUnderRow(event.subject, "", 0, "", 0, record.envelope.pack))


def visit_made(event: ev.VisitEvent, record: Record) -> Change:
    """A visit stays with the version under which it began, or did not take place."""
    return Put(MadeUnderRow(*event.at, "", 0, record.envelope.pack))


def form_made(event: ev.FormStarted, record: Record) -> Change:
    """A form stays with the version in which it was first entered."""
    return Put(MadeUnderRow(*event.key, record.envelope.pack))


VERSIONS: dict[type[ev.Event], Callable[[Any, Record], Iterator[Change]]] = {
    ev.PackInstalled: pack_installed,
    ev.StudyVersionInstalled: _installed,
    ev.StudyVersionActivated: _activated,
    ev.SubjectReconsented: _reconsented,
}

"""The sheets about the site, its subjects and their visits."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from crfapp.exchange.sheets import Column, Sheet
from crfapp.ledger.keys import VisitKey
from crfapp.ledger.state import FindingRow, PersonRow, QueryRow, VisitRow
from crfapp.work.queries import ANSWERED, OPEN
from crfapp.work.withdrawal import withdrawal_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.exchange.sheets import Cell
    from crfapp.exchange.site_data import SiteData
    from crfapp.work.schedule import Slot

_MILLI = 1000


def local_time(at: str, zone: str) -> datetime:
    """An event's instant (UTC text) on the wall clock of a zone, to the millisecond a cell can hold."""
    instant = datetime.fromisoformat(at).astimezone(ZoneInfo(zone))
    return to_cell(instant)


def to_cell(instant: datetime) -> datetime:
    """A moment without its zone, to the millisecond."""
    return instant.replace(tzinfo=None, microsecond=instant.microsecond // _MILLI * _MILLI)


def cover_sheet(data: SiteData) -> Sheet:
    """What this workbook is: study, site, when and by whom it was made, and how much it holds."""
    say = data.say
    columns = (
        Column("FACT", say("What"), width=34),
        Column("VALUE", say("Value"), width=44),
        Column("NOTE", say("Note"), width=60),
    )
    return Sheet("Cover", say("Cover"), columns, lambda: _cover_rows(data))


def _cover_rows(data: SiteData) -> Iterator[tuple[Cell, ...]]:
    say, head, site, making = data.say, data.study.head, data.site, data.making
    yield say("Study"), data.texts.title, data.texts.short
    yield say("Study identifier"), head.registration or head.study, ""
    yield say("Sponsor"), head.sponsor or "", ""
    yield say("Version of the study pack"), head.version, data.study.hash
    yield say("Site"), site.code, site.name
    yield say("Time zone of the site"), site.zone, say("local times on these sheets are of this zone")
    local, utc = to_cell(making.at.local), to_cell(making.at.utc)
    yield say("Made (local time)"), local, site.zone
    yield say("Made (UTC)"), utc, "UTC"
    yield say("Made by"), making.by, say("crfapp {version}", version=making.software)
    yield say("Language of the decodes"), data.desk.language, ""
    yield from _counts(data)
    yield from _parameters(data)


def _counts(data: SiteData) -> Iterator[tuple[Cell, ...]]:
    say, tables = data.say, data.desk.tables
    subjects = started = begun = complete = 0
    for subject in data.subjects():
        subjects += 1
        started += sum(v.status == "started" for v in tables.find(VisitRow, subject=subject.subject))
        forms = data.forms(subject.subject)
        begun += len(forms)
        complete += sum(form.status == "complete" for form in forms)
    planned = data.study.head.subjects.planned
    note = say("{planned} are planned", planned=planned) if planned else ""
    yield say("Subjects enrolled"), subjects, note
    yield say("Visits that took place"), started, say("running logs count as one each")
    yield say("Forms begun"), begun, say("{complete} of them complete", complete=complete)
    yield say("Open findings"), _open_findings(data), ""
    yield say("Queries of people, open or answered"), _not_closed(data), ""
    yield say("People with an account"), len(tables.find(PersonRow)), ""


def _open_findings(data: SiteData) -> int:
    rows = data.desk.tables.find(FindingRow, state="open")
    return sum(not data.confidential.keeps(row.form, row.item) for row in rows)


def _not_closed(data: SiteData) -> int:
    rows = (row for state in (OPEN, ANSWERED) for row in data.desk.tables.find(QueryRow, state=state))
    return sum(not (row.form and data.confidential.keeps(row.form, row.item)) for row in rows)


def _parameters(data: SiteData) -> Iterator[tuple[Cell, ...]]:
    """Figures of the protocol; those that no source fixes are named as such."""
    for name, parameter in data.study.head.parameters.items():
        value = f"{parameter.value} {parameter.unit}" if parameter.unit else parameter.value
        template = data.say("template figure: confirm against the protocol") if parameter.template else ""
        yield f"P.{name}", value, " – ".join(part for part in (data.texts.parameter(name), template) if part)


def subjects_sheet(data: SiteData) -> Sheet:
    """One row for each subject."""
    say = data.say
    columns = (
        Column("SITE", say("Site")),
        Column("SUBJID", say("Subject number")),
        Column("ENROLLED", say("Enrolled (local time)"), "datetime"),
        Column("ENROLLED_TZ", say("Time zone")),
        Column("VISITS_DONE", say("Visits that took place"), "number"),
        Column("VISITS_MISSED", say("Visits missed"), "number"),
        Column("LASTVISIT", say("Last visit"), "date"),
        Column("FORMS_OPEN", say("Forms in progress"), "number"),
        Column("FORMS_COMPLETE", say("Forms complete"), "number"),
        Column("FINDINGS_OPEN", say("Open findings"), "number"),
        Column("WITHDRAWN", say("Day on which consent was withdrawn"), "date"),
        Column("DATA_USE", say("Whether data from before the withdrawal may be used")),
    )
    return Sheet("Subjects", say("Subjects"), columns, lambda: _subject_rows(data), data.count_subjects)


def _subject_rows(data: SiteData) -> Iterator[tuple[Cell, ...]]:
    tables, zone = data.desk.tables, data.site.zone
    logs = {visit.visit for visit in data.study.head.visits if visit.kind == "log"}
    for subject in data.subjects():
        key = subject.subject
        visits = [v for v in tables.find(VisitRow, subject=key) if v.visit not in logs]
        forms = [form.status for form in data.forms(key)]
        findings = tables.find(FindingRow, subject=key, state="open")
        yield (
            data.site.code,
            subject.number,
            local_time(subject.enrolled, zone),
            zone,
            sum(v.status == "started" for v in visits),
            sum(v.status == "missed" for v in visits),
            max((slot.actual for slot in data.desk.slots(key) if slot.actual), default=None),
            forms.count("open"),
            forms.count("complete"),
            sum(not data.confidential.keeps(f.form, f.item) for f in findings),
            *_withdrawn(data, key),
        )


def _withdrawn(data: SiteData, subject: str) -> tuple[Cell, ...]:
    """Since when nothing more is recorded of a subject, and whether what is there may be used (REQ-931)."""
    found = withdrawal_of(data.desk, subject)
    return (None, "") if found is None else (found.day, found.use)


def visits_sheet(data: SiteData) -> Sheet:
    """One row for each visit that is planned or took place, whether missed or not."""
    say = data.say
    columns = (
        Column("SITE", say("Site")),
        Column("SUBJID", say("Subject number")),
        Column("VISIT", say("Visit")),
        Column("VISITN", say("Number of the visit, where it repeats"), "number"),
        Column("VISIT_DECODE", say("Visit, in words"), width=28),
        Column("STATUS", say("expected, booked, started or missed")),
        Column("PLANNED", say("Planned day"), "date"),
        Column("OPENS", say("First day of the window"), "date"),
        Column("CLOSES", say("Last day of the window"), "date"),
        Column("PROVISIONAL", say("Y: the planned days may still move")),
        Column("BOOKED", say("Booked day"), "date"),
        Column("ACTUAL", say("Day on which it took place"), "date"),
        Column("TIMING", say("Against the window: EARLY, IN or LATE")),
        Column("OFFSET", say("Days from the study's anchor visit"), "number"),
        Column("REASON", say("Why it was missed")),
        Column("REASON_DECODE", say("Why it was missed, in words"), width=24),
    )
    return Sheet("Visits", say("Visits"), columns, lambda: _visit_rows(data))


def _visit_rows(data: SiteData) -> Iterator[tuple[Cell, ...]]:
    reasons = data.decodes(data.study.head.reasons)
    for subject in data.subjects():
        why = {row.key: row.why or "" for row in data.desk.tables.find(VisitRow, subject=subject.subject)}
        for slot in data.desk.slots(subject.subject):
            if slot.status in ("possible", "log"):
                continue
            reason = why.get(VisitKey(subject.subject, slot.visit, slot.visit_n), "")
            place = (data.site.code, subject.number, slot.visit, slot.visit_n)
            yield (*place, data.texts.visit(slot.visit), *_days(slot), reason, reasons.get(reason, reason))


def _days(slot: Slot) -> tuple[Cell, ...]:
    return (
        slot.status,
        slot.planned,
        slot.opens,
        slot.closes,
        "Y" if slot.provisional else "",
        slot.booked,
        slot.actual,
        slot.timing,
        slot.offset,
    )

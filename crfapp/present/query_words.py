"""Queries in words: where they stand, what they are about, who said what and when, how old they are."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from crfapp.ledger.keys import FormKey
from crfapp.ledger.state import QueryNoteRow, QueryRow, SubjectRow, TrailRow
from crfapp.present.address import Address
from crfapp.present.palette import CASEBOOK
from crfapp.present.texts import N_, isolated
from crfapp.present.words import ROLES
from crfapp.work.rows import labels_of_form

if TYPE_CHECKING:
    from datetime import date

    from crfapp.ledger.state import FindingRow
    from crfapp.present.workplace import Workplace

LATE_DAYS = 14
"""Older than this a query that is not closed stands out."""

STATE_WORDS = {
    "open": N_("open"),
    "answered": N_("answered"),
    "closed": N_("closed"),
    "confirmed": N_("answered"),
    "settled": N_("closed itself"),
}
STATE_TONES = {"open": "query", "answered": "primary", "confirmed": "primary"}
SAID_WORDS = {
    "raised": N_("Asked"),
    "answered": N_("Answered"),
    "closed": N_("Closed"),
    "reopened": N_("Asked again"),
}


def title_of(at: Workplace, row: QueryRow | FindingRow) -> str:
    """Subject and question, form, visit or casebook: ``JO01-003 · T01, Longest diameter``."""
    subject = at.tables.get(SubjectRow, row.subject)
    number = isolated(subject.number if subject is not None else "")
    return f"{number} · {about(at, row)}"


def about(at: Workplace, row: QueryRow | FindingRow) -> str:
    """What it is about, without the subject."""
    texts = at.study_texts
    if row.item:
        label = texts.item(row.form, row.item)
        return at.texts.listed((isolated(row_title(at, row)), label)) if row.row else label
    if row.form:
        return at.texts("the form {form}", form=texts.form(row.form))
    return (
        at.texts("the visit {visit}", visit=texts.visit(row.visit)) if row.visit else at.texts("the casebook")
    )


def row_title(at: Workplace, row: QueryRow | FindingRow) -> str:
    """What people call the row it is about; nothing once it does not count any more."""
    group = at.desk.forms.plan(key_of(row)).items[row.item].group if row.item else ""
    rows = at.study.section(row.form, group).rows if group else None
    if rows is not None and rows.fixed:
        return at.study_texts.row(row.form, group, row.row)
    return labels_of_form(at.desk, key_of(row)).get(row.row, "")


def where_words(at: Workplace, row: QueryRow | FindingRow) -> str:
    """Visit and form around it."""
    texts = at.study_texts
    parts = [texts.visit(row.visit) if row.visit else "", texts.form(row.form) if row.form else ""]
    return " · ".join(part for part in parts if part)


def key_of(row: QueryRow | FindingRow) -> FormKey:
    """The form it is in."""
    return FormKey(row.subject, row.visit, row.visit_n, row.form, row.form_n)


def address_of(row: QueryRow | FindingRow) -> Address:
    """Where the casebook shows what it is about."""
    place = (row.visit, row.visit_n or 1, row.form, row.form_n or 1)
    return Address(CASEBOOK, row.subject, *place, row.row, row.item)


def who_said(at: Workplace, name: str, role: str) -> str:
    """A person with the role of that time."""
    return at.texts("{name}, {role}", name=isolated(name), role=at.texts(ROLES.get(role, role)))


def when_said(at: Workplace, instant: str, offset: int) -> str:
    """A moment on the clock at the site then, with its zone."""
    local = datetime.fromisoformat(instant).astimezone(timezone(timedelta(minutes=offset)))
    day, time = at.texts.date(local.date()), at.texts.clock(local)
    return at.texts("{day}, {time} ({zone})", day=day, time=time, zone=at.site.zone)


def opened_at(at: Workplace, row: QueryRow | FindingRow) -> str:
    """The instant at which it was asked (UTC); empty where that is not known."""
    if isinstance(row, QueryRow):
        return row.opened
    place = at.tables.get(TrailRow, row.node, row.seq)
    return place.at if place is not None else ""


def days_of(at: Workplace, row: QueryRow | FindingRow, opened: str) -> int:
    """Days at the site from asking to closing, or to now."""
    if not opened:
        return 0
    zone = ZoneInfo(at.site.zone)
    end = at.today
    if isinstance(row, QueryRow) and row.state == "closed":
        end = _day(row.changed, zone)
    return max(0, (end - _day(opened, zone)).days)


def age_words(at: Workplace, days: int) -> str:
    """How old it is, in days."""
    return at.texts("today") if days == 0 else at.texts.many("{count} day", "{count} days", days)


def notes_of(at: Workplace, query: str) -> list[QueryNoteRow]:
    """What was said in it, in order."""
    rows = at.tables.find(QueryNoteRow, query=query)
    return sorted(rows, key=lambda note: (note.hybrid, note.seq))


def _day(instant: str, zone: ZoneInfo) -> date:
    return datetime.fromisoformat(instant).astimezone(zone).date()

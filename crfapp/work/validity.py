"""Days from which and to which something holds, and who a person on record is."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.state import PersonRow

if TYPE_CHECKING:
    from crfapp.work.desk import Desk


def checked_days(first: str, last: str) -> tuple[str, str]:
    """Both days as ISO, empty where open; NOT_A_DATE, DAYS_CROSSED where the last lies before the first."""
    first, last = iso_day(first), iso_day(last)
    if first and last and last < first:
        raise RefusedError(Code.DAYS_CROSSED)
    return first, last


def iso_day(text: str) -> str:
    """A day as ISO; empty stays empty, NOT_A_DATE for anything else."""
    if not text.strip():
        return ""
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        raise RefusedError(Code.NOT_A_DATE) from None


def is_valid(row: PersonRow, day: str) -> bool:
    """Whether an account may be used on an ISO day."""
    return not row.ended and row.valid_from <= day and (not row.valid_to or day <= row.valid_to)


def person_on_record(desk: Desk, login: str) -> PersonRow:
    """Somebody with an open account; UNKNOWN_PERSON."""
    row = desk.tables.get(PersonRow, login)
    if row is None or row.ended:
        raise RefusedError(Code.UNKNOWN_PERSON)
    return row


def same_login(text: str) -> str:
    """What two logins must not have in common: the way they are written does not make them two."""
    return unicodedata.normalize("NFKC", text).casefold()


def same_name(text: str) -> str:
    """What one person's names have in common, however they were typed."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())

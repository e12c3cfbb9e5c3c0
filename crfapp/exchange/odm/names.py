"""How the things of a study pack are called in an ODM document: OIDs that never collide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.study.types import Kind

if TYPE_CHECKING:
    from crfapp.study.study import Study

FLAGS = "CL.CRFAPP.FLAG"
"""Code list of what a flag tells; :data:`FLAG_WORDS` are its codes."""
STATES = "CL.CRFAPP.STATE"
"""Code list of the states that flags name; :data:`STATE_WORDS` are its codes."""
YES_NO = "CL.CRFAPP.NY"

FLAG_WORDS = {
    "MISSING": "Why there is no answer",
    "REDACTED": "The answer was made unreadable",
    "QUERY": "Query of a person",
    "CHECK": "Query of a check",
    "SDV": "Verification against the source",
    "SIGNATURE": "Further signature",
    "ROW": "State of the row",
    "FORM": "State of the form",
}
STATE_WORDS = {
    "open": "Open",
    "answered": "Answered",
    "closed": "Closed",
    "confirmed": "Confirmed as right",
    "settled": "Settled",
    "done": "Verified",
    "changed": "Changed since verification",
    "taken": "Verification taken back",
    "complete": "Complete",
    "moved": "Moved to where it belongs",
    "voided": "Voided",
    "valid": "In force",
    "outdated": "Changed since it was signed",
    "redacted": "Made unreadable",
}
DATA_TYPES = {
    Kind.INTEGER: "integer",
    Kind.SCALE: "integer",
    Kind.DECIMAL: "float",
    Kind.DATE: "date",
    Kind.PARTIALDATE: "partialDate",
    Kind.TIME: "partialTime",
    Kind.DATETIME: "partialDatetime",
}
"""What is not named here is text."""


def study_oid(study: Study) -> str:
    """The study."""
    return f"S.{study.head.study}"


def version_oid(study: Study) -> str:
    """The version of the study, named with the hash of its pack."""
    return f"MDV.{study.head.version}.{study.hash[:16]}"


def event_oid(visit: str) -> str:
    """A visit."""
    return f"SE.{visit}"


def form_oid(form: str) -> str:
    """A form."""
    return f"F.{form}"


def group_oid(form: str, section: str) -> str:
    """A section, or the rows of a repeating one with all that continues them."""
    return f"IG.{form}.{section}"


def item_oid(form: str, item: str) -> str:
    """An item; the same name in two forms is two items."""
    return f"I.{form}.{item}"


def list_oid(codelist: str) -> str:
    """A code list."""
    return f"CL.{codelist}"


def unit_oid(unit: str) -> str:
    """A unit of measurement."""
    return f"MU.{unit}"


def user_oid(login: str) -> str:
    """A person."""
    return f"USR.{login}"


def location_oid(site: str) -> str:
    """The site."""
    return f"LOC.{site}"


def meaning_oid(meaning: str) -> str:
    """What a signature means."""
    return f"SIG.{meaning}"

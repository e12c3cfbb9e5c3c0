"""Rows about the versions of the study that are known here, and under which of them things were begun."""

from __future__ import annotations

from typing import NamedTuple


class StudyVersionRow(NamedTuple):
    """A version of the study, under the hash of its content. ``state``: installed or active.

    ``place`` is the hybrid time at which it was put in force, empty before: versions follow each other by it.
    ``approval``, ``approved_on`` and ``approved_by`` as in
    :class:`crfapp.ledger.events.StudyVersionActivated`; ``consent``: 1 where subjects have to agree first.
    """

    content: str
    version: str
    state: str
    installed: str
    installed_by: str
    active: str = ""
    active_by: str = ""
    place: str = ""
    approval: str = ""
    approved_on: str = ""
    approved_by: str = ""
    consent: int = 0


class MadeUnderRow(NamedTuple):
    """Under which version a form, a visit (without ``form``) or a subject (without ``visit``) stands."""

    subject: str
    visit: str
    visit_n: int
    form: str
    form_n: int
    pack: str

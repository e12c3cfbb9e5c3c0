"""Versions of the study at a site: installed, put in force, and taken up for a subject (REQ-701)."""

from __future__ import annotations

from typing import ClassVar

from crfapp.ledger.events.base import Event


class StudyVersionInstalled(Event):
    """A version of the study is kept here and waits: nothing is asked by it (inert until activated)."""

    kind: ClassVar[str] = "study-version-installed"
    study: str
    pack_version: str
    content: str


class StudyVersionActivated(Event):
    """A version that was installed is in force at this site from here on.

    ``approval`` names the approval (its reference), ``approved_on`` its ISO day and ``approved_by`` who gave
    it; who put it in force is in the envelope. ``consent``: whether subjects have to consent again before
    anything new is asked of them.
    """

    kind: ClassVar[str] = "study-version-activated"
    site: str
    content: str
    pack_version: str
    approval: str
    approved_on: str
    approved_by: str
    consent: bool = True


class SubjectReconsented(Event):
    """A subject agreed to a version of the study on a day (ISO): what has not begun follows it from here."""

    kind: ClassVar[str] = "subject-reconsented"
    subject: str
    content: str
    pack_version: str
    date: str

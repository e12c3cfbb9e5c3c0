"""Amendments from the command line: each call opens the site for whoever has a password there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.cli.amendment_parts import AmendmentReport

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.cli.amendment_parts import Approval
    from crfapp.cli.parts import Credentials
    from crfapp.present.texts import Texts


class Amending:
    """Implements :class:`crfapp.cli.amendment_parts.Amending`; ``enter`` lets somebody in."""

    def __init__(self, enter: Callable[[Path, Credentials], OpenSite]) -> None:
        self._enter = enter

    def install(
        self, site: Path, who: Credentials, pack: Path, say: Texts, *, rehearse: bool
    ) -> AmendmentReport:
        """Rehearse an amendment and, unless only that is wanted, keep it; it waits then."""
        from crfapp.bootstrap.amending import SiteAmendments
        from crfapp.present.amendment_lines import told_lines

        opened = self._enter(site, who)
        try:
            amendments = SiteAmendments(opened)
            looked = amendments.look(pack)
            if looked.study is None:
                return AmendmentReport(False, "", looked.faults)
            if not rehearse:
                amendments.install(looked.study, opened.actor(who.login))
            return AmendmentReport(True, looked.study.head.version, told_lines(looked, say))
        finally:
            opened.close()

    def activate(self, site: Path, who: Credentials, version: str, approval: Approval) -> None:
        """Put a version that waits in force; VERSION_UNKNOWN where none of that name is here."""
        from crfapp.ledger.state import StudyVersionRow
        from crfapp.work.amendment import ActivateVersion

        opened = self._enter(site, who)
        try:
            rows = opened.desk.tables.find(StudyVersionRow, version=version)
            if not rows:
                raise RefusedError(Code.VERSION_UNKNOWN)
            command = ActivateVersion(
                content=rows[0].content,
                approval=approval.reference,
                approved_on=approval.day,
                approved_by=approval.person,
                consent=approval.consent,
            )
            opened.bus.send(command, opened.actor(who.login))
        finally:
            opened.close()

    def reconsent(self, site: Path, who: Credentials, number: str, day: str) -> str:
        """Note that a subject agreed to the version in force; UNKNOWN_SUBJECT."""
        from crfapp.ledger.state import SubjectRow
        from crfapp.work.amendment import NoteReconsent

        opened = self._enter(site, who)
        try:
            rows = opened.desk.tables.find(SubjectRow, number=number)
            if not rows:
                raise RefusedError(Code.UNKNOWN_SUBJECT)
            opened.bus.send(NoteReconsent(subject=rows[0].subject, date=day), opened.actor(who.login))
            return opened.desk.study.head.version
        finally:
            opened.close()

"""By which version of the study something is asked at a desk: the one way to it for whoever works there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.problems import Code, EnvironmentProblem
from crfapp.ledger.events import FormEvent, SubjectReconsented, VisitEvent
from crfapp.ledger.state import StudyVersionRow
from crfapp.ledger.study_versions import in_order, pack_of_form, pack_of_subject, pack_of_visit
from crfapp.study.study import Study

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crfapp.ledger.events import Event
    from crfapp.ledger.keys import FormKey, VisitKey
    from crfapp.work.desk import Desk


class VersionsRead:
    """The versions of the study that a desk reads (:mod:`crfapp.ledger.study_versions`).

    ``kept`` gives the content of a version by its hash, for one that another workstation put in force while
    this desk is at work; VERSION_NOT_HERE where none is kept. ``amended``: there is more than one.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._read = {version.hash: version for version in desk.study.versions}
        self.kept: Callable[[str], bytes] = _not_kept
        self.amended = len(self._read) > 1

    def at(self, key: FormKey) -> Study:
        """By which version a form is asked, begun or not."""
        desk = self._desk
        return self.named(pack_of_form(desk.tables, desk.study, key)) if self.amended else desk.study

    def of_visit(self, at: VisitKey) -> Study:
        """By which version that is asked which has not begun at a visit."""
        desk = self._desk
        return self.named(pack_of_visit(desk.tables, desk.study, at)) if self.amended else desk.study

    def of_subject(self, subject: str) -> Study:
        """By which version the visits of a subject that have not begun are planned."""
        desk = self._desk
        return self.named(pack_of_subject(desk.tables, desk.study, subject)) if self.amended else desk.study

    def of_event(self, event: Event) -> str:
        """The hash of the version under which an event is made, as its envelope says (REQ-702)."""
        if isinstance(event, SubjectReconsented):
            return event.content
        if isinstance(event, FormEvent):
            return self.at(event.key).hash
        if isinstance(event, VisitEvent):
            return self.of_visit(event.at).hash
        return self._desk.pack_hash

    def loaded(self) -> Sequence[Study]:
        """Every version that is read here."""
        return tuple(self._read.values()) if self.amended else (self._desk.study,)

    def heed(self) -> None:
        """Look whether another workstation put a version in force while this desk is at work."""
        self.amended = self.amended or len(in_order(self._desk.tables.find(StudyVersionRow))) > 1

    def named(self, digest: str) -> Study:
        """A version by its hash."""
        found = self._read.get(digest)
        if found is None:
            found = self._read[digest] = Study.from_content(self.kept(digest))
        return found


def _not_kept(digest: str) -> bytes:
    raise EnvironmentProblem(Code.VERSION_NOT_HERE, content=digest)

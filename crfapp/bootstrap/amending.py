"""An amendment at an open site: looked at and rehearsed, installed after a verified backup, put in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.bootstrap.keeping import SiteCopies
from crfapp.ledger.state import StudyVersionRow
from crfapp.ledger.study_versions import in_order
from crfapp.present.amendment_view import Looked
from crfapp.study.diff import changes, refusals
from crfapp.study.pack import load_pack
from crfapp.study.study import Study
from crfapp.work.amendment import installing
from crfapp.work.desk import desk_beside
from crfapp.work.rehearsal import rehearse
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.work.roles import Actor


class SiteAmendments:
    """Implements :class:`crfapp.present.amendment_view.Amendments`; all of it is long work, on the lane."""

    def __init__(self, opened: OpenSite) -> None:
        self._opened = opened

    def look(self, folder: Path) -> Looked:
        """A pack in a folder beside what is here, and what it would change.

        PACK_NOT_FOUND; where it has errors or is no amendment, ``faults`` says all of it and nothing is
        rehearsed.
        """
        if not (folder / "study.yaml").is_file():
            raise RefusedError(Code.PACK_NOT_FOUND, folder=folder.name)
        loaded = load_pack(folder)
        if loaded.pack is None:
            return Looked(None, tuple(map(str, loaded.errors)))
        study = Study(loaded.pack)
        faults = refusals(study, self._known(), loaded.where)
        return Looked(None, tuple(map(str, faults))) if faults else self._rehearsed(study)

    def look_again(self, content: str) -> Looked:
        """The same for a version that is installed and waits."""
        return self._rehearsed(Study.from_content(self._opened.store.ledger.content(content)))

    def keep(self, study: Study) -> None:
        """Make a verified backup and keep the content; the record of it is another step."""
        SiteCopies(self._opened).make(f"before-version-{study.hash[:12]}")
        self._opened.store.ledger.keep_content(study.hash, study.content)

    def install(self, study: Study, actor: Actor) -> None:
        """All of it at once, for whoever is alone with the site: NOT_ALLOWED before anything is done."""
        if not actor.may(Right.ADMINISTER):
            raise RefusedError(Code.NOT_ALLOWED, role=actor.role.value, needs=Right.ADMINISTER.value)
        self.keep(study)
        self._opened.bus.send(installing(study), actor)

    def _known(self) -> list[Study]:
        """Every version that was ever kept here, those that wait, too."""
        ledger = self._opened.store.ledger
        rows = self._opened.desk.tables.find(StudyVersionRow)
        return [Study.from_content(ledger.content(row.content)) for row in rows]

    def _rehearsed(self, study: Study) -> Looked:
        desk = desk_beside(self._opened.desk)
        # in force on record, not as this session began with: an amendment follows the newest
        newest = in_order(desk.tables.find(StudyVersionRow))[-1].content
        before = Study.from_content(self._opened.store.ledger.content(newest))
        return Looked(study, (), before, changes(before, study), tuple(rehearse(desk, study)))

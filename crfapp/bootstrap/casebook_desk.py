"""Casebooks and the inspector's folder, for the command line."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.cli.parts import PaperReport

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.cli.casebook_parts import CasebookWish, InspectorReport
    from crfapp.cli.parts import Credentials


class CasebookDesk:
    """Implements :class:`crfapp.cli.casebook_parts.Casebooks`; ``enter`` opens a site for a password."""

    def __init__(self, enter: Callable[[Path, Credentials], OpenSite]) -> None:
        self._enter = enter

    def casebooks(
        self, site: Path, who: Credentials, wish: CasebookWish, each: Callable[[PaperReport], None]
    ) -> Sequence[PaperReport]:
        """One PDF for each subject."""
        from crfapp.bootstrap.casebooks import file_name, make_casebook, may_make, subjects_named
        from crfapp.exchange.whole_file import disk_named

        made = []
        with closing(self._enter(site, who)) as opened:
            actor = opened.actor(who.login)
            if not may_make(actor, whole=wish.whole):
                raise RefusedError(Code.NOT_ALLOWED)
            subjects = subjects_named(opened, wish.subjects)
            with disk_named(wish.out.parent):
                wish.out.mkdir(parents=True, exist_ok=True)
            for subject in subjects:
                out = wish.out / file_name(opened, subject, whole=wish.whole)
                done = make_casebook(opened, actor, subject, out, language=wish.language, whole=wish.whole)
                made.append(PaperReport(str(done.path), done.sha256, done.pages))
                each(made[-1])
        return made

    def inspector(self, site: Path, who: Credentials, wish: CasebookWish, password: str) -> InspectorReport:
        """Everything that an inspector asks for, in one folder."""
        from crfapp.bootstrap.inspector_folder import write_inspector_folder

        with closing(self._enter(site, who)) as opened:
            return write_inspector_folder(opened, opened.actor(who.login), wish, password)

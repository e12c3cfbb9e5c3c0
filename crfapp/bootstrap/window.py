"""The window with its pages, on a site or before there is one."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from crfapp.bootstrap.copies import newest_copy
from crfapp.bootstrap.door import SiteDoor
from crfapp.bootstrap.ground import SystemClock, forms_folder, steady_seconds, translations_folder
from crfapp.bootstrap.preferences import read_preferences, write_preferences
from crfapp.present.clock_watch import JumpWatch
from crfapp.present.texts import Texts
from crfapp.ui.running import run
from crfapp.ui.shell.parts import WindowParts
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from crfapp.exchange.site_data import Snapshot
    from crfapp.present.preview_page import Preview
    from crfapp.present.workplace import Workplace
    from crfapp.ui.shell.page import Page, Shell
    from crfapp.work.ports import Clock


def run_window(folder: Path, language: str) -> int:
    """Open the window on a site's folder, or the first-run assistant where it holds none."""
    return run(window_parts(folder, SystemClock()), read_preferences(language))


def texts_in(language: str) -> Texts:
    """The app's own texts in a language."""
    return Texts(language, translations_folder())


def window_parts(folder: Path, clock: Clock) -> WindowParts:
    """What the window is made of."""
    rooms = _Rooms(folder, clock)
    founded = (folder / "site.json").exists()
    founder = None
    if not founded:
        from crfapp.bootstrap.founding import SiteFounder  # once in a site's life

        founder = SiteFounder(forms_folder(), clock, founded=rooms.use)
    else:
        rooms.use(SiteDoor(folder, clock))
    return WindowParts(
        texts=texts_in,
        pages=rooms.pages,
        clock=clock,
        remember=write_preferences,
        backup=rooms.last_backup,
        folder=folder,
        door=rooms.door,
        founder=founder,
        known=rooms.known,
        jumps=JumpWatch(steady_seconds if isinstance(clock, SystemClock) else None),
    )


class _Rooms:
    """The pages, made for whoever is in."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock
        self.door: SiteDoor | None = None

    def use(self, door: SiteDoor) -> None:
        """From now on people come in here."""
        self.door = door

    def pages(self, at: Workplace, shell: Shell) -> Sequence[Page]:
        """Today, subjects, casebook, exchange, study; and administration for whoever may."""
        from crfapp.present.board import Board
        from crfapp.present.casebook_page import CasebookPage
        from crfapp.present.exchange_page import ExchangePage
        from crfapp.present.subjects_page import SubjectsPage
        from crfapp.present.today_page import TodayPage
        from crfapp.ui.casebook.window_page import CasebookWindowPage
        from crfapp.ui.exchange.page import ExchangeWindowPage
        from crfapp.ui.subjects.page import SubjectsWindowPage
        from crfapp.ui.today.page import TodayWindowPage

        board = Board(at)
        exchange = ExchangePage(at, shell.lane, self._snapshot)
        return (
            TodayWindowPage(TodayPage(at, board), shell, at.texts),
            SubjectsWindowPage(SubjectsPage(at, board), shell, at.texts),
            CasebookWindowPage(CasebookPage(at), at.texts),
            ExchangeWindowPage(exchange, at.texts, Path.home()),
            *self._study(at, shell),
            *self._administration(at, shell),
        )

    def _study(self, at: Workplace, shell: Shell) -> Sequence[Page]:
        """What is recorded here, and a walk through its forms, for everybody."""
        from crfapp.present.study_page import StudyPage
        from crfapp.ui.preview import PreviewWindowPage
        from crfapp.ui.study import StudyWindowPage

        def begin() -> Preview:
            from crfapp.present.preview_page import Preview  # its trial is made for whoever looks

            return Preview(at.study, at.today, texts_in, at.texts)

        return (StudyWindowPage(StudyPage(at), shell, at.texts), PreviewWindowPage(begin, at.texts))

    def last_backup(self) -> datetime | None:
        """When the newest verified backup of the site was made."""
        return newest_copy(self._folder / "backups")

    def known(self) -> datetime | None:
        """The latest instant known here when somebody came in."""
        return self.door.known if self.door is not None else None

    def _administration(self, at: Workplace, shell: Shell) -> Sequence[Page]:
        if self.door is None or self.door.site is None or not at.actor.may(Right.ADMINISTER):
            return ()
        from crfapp.bootstrap.keeping import SiteCopies, SiteKeys
        from crfapp.present.administration import Administration
        from crfapp.ui.administration import AdministrationWindowPage

        site = self.door.site
        presenter = Administration(at, shell.lane, SiteKeys(site, self.door.cost), SiteCopies(site))
        return (AdministrationWindowPage(presenter, at.texts),)

    @contextmanager
    def _snapshot(self) -> Iterator[Snapshot]:
        from crfapp.bootstrap.exporting import snapshot_of

        site = self.door.site if self.door is not None else None
        if site is None:
            raise RuntimeError("nobody is in")
        with snapshot_of(site) as snapshot:
            yield snapshot

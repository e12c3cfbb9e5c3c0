"""The window with its pages, on a site or before there is one."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from crfapp.bootstrap.copies import newest_copy
from crfapp.bootstrap.door import SiteDoor
from crfapp.bootstrap.ground import SystemClock, forms_folder, steady_seconds, translations_folder
from crfapp.bootstrap.preferences import read_preferences, write_preferences
from crfapp.present.clock_watch import JumpWatch
from crfapp.present.texts import Texts
from crfapp.store.site_folder import MARK
from crfapp.ui.running import run
from crfapp.ui.shell.parts import WindowParts
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.exchange.site_data import Snapshot
    from crfapp.present.backup_rounds import KeepCopies
    from crfapp.present.other_workstations import CarryOut
    from crfapp.present.today_view import NoticeLine
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
    rooms = _rooms(folder, clock)
    founded = (folder / "site.json").exists()
    founder, joiner, restorer = None, None, None
    if not founded:
        from crfapp.bootstrap.founding import SiteFounder  # once in a site's life
        from crfapp.bootstrap.joining_in_window import SiteJoiner
        from crfapp.bootstrap.restoring_in_window import SiteRestorer

        founder = SiteFounder(forms_folder(), clock, founded=rooms.use)
        joiner = SiteJoiner(folder, clock, joined=rooms.use)
        restorer = SiteRestorer(folder, clock, restored=rooms.use)
    else:
        rooms.use(_door(folder, clock))
    return WindowParts(
        texts=texts_in,
        pages=rooms.pages,
        clock=clock,
        remember=write_preferences,
        backup=rooms.last_backup,
        rounds=rooms.rounds,
        backups=rooms.backups,
        folder=folder,
        door=rooms.door,
        founder=founder,
        joiner=joiner,
        restorer=restorer,
        known=rooms.known,
        jumps=JumpWatch(steady_seconds if isinstance(clock, SystemClock) else None),
    )


def _rooms(folder: Path, clock: Clock) -> Rooms:
    if not (folder / MARK).exists():
        return Rooms(folder, clock)
    from crfapp.bootstrap.centre.rooms import CentreRooms  # what a site does not need waits

    return CentreRooms(folder, clock)


def _door(folder: Path, clock: Clock) -> SiteDoor:
    if not (folder / MARK).exists():
        return SiteDoor(folder, clock)
    from crfapp.bootstrap.centre.door import CentreDoor

    return CentreDoor(folder, clock)


class Rooms:
    """The pages, made for whoever is in."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock
        self.door: SiteDoor | None = None

    def use(self, door: SiteDoor) -> None:
        """From now on people come in here."""
        self.door = door

    def pages(self, at: Workplace, shell: Shell) -> Sequence[Page]:
        """Today, subjects, casebook, queries, exchange, study; the others for whoever may."""
        from crfapp.bootstrap.casebook_window import casebook_pages
        from crfapp.bootstrap.clinic_pages import clinic_pages
        from crfapp.bootstrap.photo_pages import photo_pages, photo_room
        from crfapp.bootstrap.reading_pages import reading_pages
        from crfapp.bootstrap.safety_pages import safety_page
        from crfapp.present.board import Board
        from crfapp.present.queries_page import QueriesPage
        from crfapp.present.subjects_page import SubjectsPage
        from crfapp.present.today_page import TodayPage
        from crfapp.ui.queries.page import QueriesWindowPage
        from crfapp.ui.subjects.page import SubjectsWindowPage
        from crfapp.ui.today.page import TodayWindowPage

        board, room = Board(at), photo_room(at, shell.lane, self.behind(at))
        if at.actor.is_kept_blind:
            return reading_pages(at, shell, room)
        return (
            TodayWindowPage(TodayPage(at, board, self._notices(at)), shell, at.texts),
            SubjectsWindowPage(SubjectsPage(at, board), shell, at.texts),
            *casebook_pages(at, shell, room),
            safety_page(at, shell, self.behind(at)),
            QueriesWindowPage(QueriesPage(at), shell, at.texts),
            *photo_pages(at, shell, room),
            *reading_pages(at, shell, room),
            *clinic_pages(at, shell, board, self.behind(at)),
            *self._monitoring(at),
            self._exchange(at, shell),
            *self._audit(at, shell),
            *self._signing(at, shell),
            *self._redaction(at, shell),
            *self._study(at, shell),
            *self._people(at, shell),
        )

    def _exchange(self, at: Workplace, shell: Shell) -> Page:
        """Packages, recipients, copies and the workbook, as far as this person has to do with them."""
        from crfapp.bootstrap.exchange_page import exchange_page

        return exchange_page(at, shell.lane, self.behind(at), partial(self._snapshot, at))

    def rounds(self, at: Workplace) -> CarryOut | None:
        """What keeps the site's other workstations up to date, for whoever sends and takes in."""
        site = self.behind(at)
        if site is None or not (at.actor.may(Right.SEND) and at.actor.may(Right.RECEIVE)):
            return None
        from crfapp.bootstrap.rounds import rounds_of

        return rounds_of(site, at.actor)

    def backups(self, at: Workplace) -> KeepCopies | None:
        """What makes copies of the records while somebody is in."""
        site = self.behind(at)
        if site is None or site.store.folder.card.sort != "site":
            return None
        from crfapp.bootstrap.rounds import copies_of

        return copies_of(site, at.actor)

    def _audit(self, at: Workplace, shell: Shell) -> Sequence[Page]:
        """The trail, and forms as they were, for whoever may look through it."""
        site = self.behind(at)
        if site is None or not at.actor.may(Right.REVIEW):
            return ()
        from crfapp.present.as_it_was import AsItWas
        from crfapp.present.audit_page import AuditPage
        from crfapp.present.trail_export import TrailExport
        from crfapp.store.trail import SqlTrail
        from crfapp.ui.audit import AuditWindowPage, PastWindowPage

        trail = SqlTrail(site.store.engine)
        export = TrailExport(at, shell.lane, partial(self._snapshot, at))
        page = AuditWindowPage(AuditPage(at, shell.lane, trail), export, shell, at.texts, Path.home())
        return (page, PastWindowPage(AsItWas(at, trail), shell, at.texts))

    def _signing(self, at: Workplace, shell: Shell) -> Sequence[Page]:
        """What waits to be signed, for whoever signs for data."""
        if not at.actor.may(Right.SIGN):
            return ()
        from crfapp.present.signing_page import SigningPage
        from crfapp.ui.signing import SigningWindowPage

        return (SigningWindowPage(SigningPage(at), shell, at.texts),)

    def _monitoring(self, at: Workplace) -> Sequence[Page]:
        """Comparing with the source for whoever verifies; how far it has come for whoever reads."""
        from crfapp.present.monitoring_page import MonitoringPage, may_see

        if not may_see(at.actor):
            return ()
        from crfapp.bootstrap.papers import put_booklet
        from crfapp.present.monitoring_board import MonitoringBoard
        from crfapp.present.monitoring_visits import MonitoringVisits
        from crfapp.ui.monitoring import MonitoringWindowPage

        presenter = MonitoringPage(at, MonitoringBoard(at))
        visits = MonitoringVisits(at, partial(self._chain_head, at), put_booklet)
        return (MonitoringWindowPage(presenter, visits, at.texts, Path.home()),)

    def behind(self, at: Workplace) -> OpenSite | None:
        """The records that somebody works on; None where no door is there, as in tests of the frame."""
        return self.door.behind(at) if self.door is not None else None

    def _chain_head(self, at: Workplace) -> str:
        """The hash of the last event in this workstation's chain."""
        site = self.behind(at)
        if site is None:
            raise RuntimeError("nobody is in")
        return site.head()

    def _redaction(self, at: Workplace, shell: Shell) -> Sequence[Page]:
        """Taking away what does not belong into the records, for whoever may ask for it or decide it."""
        if not (at.actor.may(Right.RECORD) or at.actor.may(Right.OVERSEE)):
            return ()
        from crfapp.present.redaction_page import RedactionPage
        from crfapp.ui.redaction import RedactionWindowPage

        return (RedactionWindowPage(RedactionPage(at), shell, at.texts),)

    def _study(self, at: Workplace, shell: Shell) -> Sequence[Page]:
        """What is recorded here, and a walk through its forms, for everybody."""
        from crfapp.bootstrap.study_pages import study_pages

        return study_pages(at, shell, self.behind(at), texts_in)

    def last_backup(self) -> datetime | None:
        """When the newest verified backup of the site was made."""
        return newest_copy(self._folder / "backups")

    def known(self) -> datetime | None:
        """The latest instant known here when somebody came in."""
        return self.door.known if self.door is not None else None

    def _notices(self, at: Workplace) -> Callable[[], tuple[NoticeLine, ...]]:
        site = self.door.site if self.door is not None else None
        if site is None or self.door is None:
            return tuple
        from crfapp.bootstrap.backups import missing_of
        from crfapp.bootstrap.keeping import SiteKeys
        from crfapp.present.backup_line import backup_notices
        from crfapp.present.notice_lines import NoticeLines

        told = NoticeLines(at, SiteKeys(site, self.door.cost).locked)
        return lambda: (*told(), *backup_notices(at, self.last_backup(), missing_of(site)))

    def _people(self, at: Workplace, shell: Shell) -> Sequence[Page]:
        """For whoever delegates or can say who somebody is; administration for whoever may."""
        site = self.door.site if self.door is not None else None
        if site is None or self.door is None or not at.actor.may(Right.VOUCH):
            return ()
        from crfapp.bootstrap.keeping import SiteCopies, SiteKeys
        from crfapp.present.access import Access
        from crfapp.present.people import People

        keys = SiteKeys(site, self.door.cost)
        people, access = People(at, shell.lane, keys), Access(at)
        if not at.actor.may(Right.ADMINISTER):
            from crfapp.present.asking_signature import ask_for_delegation
            from crfapp.present.delegation_log import DelegationLog
            from crfapp.ui.people import PeopleWindowPage
            from crfapp.ui.people.delegation_card import signing_lines

            sign = signing_lines(partial(ask_for_delegation, at), at.texts)
            return (PeopleWindowPage(DelegationLog(at), people, access, at.texts, sign),)
        from crfapp.bootstrap.administration_page import administration_page

        return (administration_page(at, shell, site, SiteCopies(site), (keys, people, access)),)

    @contextmanager
    def _snapshot(self, at: Workplace) -> Iterator[Snapshot]:
        from crfapp.bootstrap.exporting import snapshot_of

        site = self.behind(at)
        if site is None:
            raise RuntimeError("nobody is in")
        with snapshot_of(site) as snapshot:
            yield snapshot

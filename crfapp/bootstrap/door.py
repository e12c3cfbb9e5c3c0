"""The door of a site: a password opens the vault, the vault's key the store."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, EnvironmentProblem, RefusedError
from crfapp.bootstrap.copies import newest_file
from crfapp.bootstrap.ground import translations_folder
from crfapp.present.texts import Texts
from crfapp.present.workplace import Workplace
from crfapp.store.reserve import Reserve
from crfapp.store.site_folder import SiteFolder

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.store.gate import Gate
    from crfapp.store.wrapping import Cost
    from crfapp.work.ports import Clock


class SiteDoor:
    """Lets people in and out of one site; implements :class:`crfapp.present.entrance.Door`.

    ``known`` is the latest instant that was known here when somebody last came in, before it was noted.
    """

    def __init__(self, path: Path, clock: Clock, *, cost: Cost | None = None) -> None:
        self._folder = SiteFolder.open(path)
        self._clock = clock
        self.cost = cost
        self._made: Gate | None = None
        self.site: OpenSite | None = None
        self._workplace: Workplace | None = None
        self._session: tuple[str, datetime] | None = None
        self.known: datetime | None = None

    @property
    def label(self) -> str:
        """Study name and site code: all that may be read in front of the door."""
        return f"{self._folder.card.study} · {self._folder.card.code}"

    def log_in(self, login: str, password: str, *, language: str, unlock: bool = False) -> Workplace:
        """Open the store for a person; on a full disk with the room that was kept back.

        Attempts that failed while the store was closed are written by the first that succeeds (REQ-109).
        """
        try:
            return self._let_in(login, password, language=language, unlock=unlock)
        except EnvironmentProblem as problem:
            if problem.code is not Code.DISK_FULL or not Reserve(self._folder.path).give_up():
                raise
            return self._let_in(login, password, language=language, unlock=unlock)

    def _let_in(self, login: str, password: str, *, language: str, unlock: bool) -> Workplace:
        # SQLAlchemy, pydantic and the ciphers are not needed to show the login window
        from crfapp.bootstrap.arriving import receive
        from crfapp.bootstrap.sites import OpenSite
        from crfapp.store.sound_copy import sound_copy_named

        opened = self._gate.open(login, password)
        files = newest_file(self._folder.path)
        with sound_copy_named(self._folder.path / "backups", opened.data_key):
            site = OpenSite.open(self._folder, opened.data_key, self._clock, self._gate)
        self.known = max(filter(None, (files, site.last_event())), default=None)
        try:
            actor = site.actor(login)
            arrival = receive(site, actor, opened.own, unlock=unlock)
            backups = site.store.backups
            with suppress(EnvironmentProblem), sound_copy_named(backups, opened.data_key):
                # no room for a copy keeps nobody out; its age is shown
                site.store.backup_of_day(site.desk.today)
            site.store.reserve.make()
        except BaseException:
            site.close()
            raise
        self.site = site
        texts = Texts(language, translations_folder())
        self._workplace = Workplace(site.bus, site.desk, site.events, actor=actor, texts=texts)
        self._workplace.arrival = replace(
            arrival,
            until=self._until(login, arrival.until, unlock=unlock),
            torn=site.store.torn,
        )
        self._workplace.study_now = site.study_now
        return self._workplace

    def behind(self, _at: Workplace) -> OpenSite:
        """The records that somebody works on; nobody is in: RuntimeError."""
        if self.site is None:
            raise RuntimeError("nobody is in")
        return self.site

    def keep(self, typed: str) -> None:
        """Keep, for whoever is in, what they typed and did not finish."""
        if self.site is not None and self._workplace is not None:
            self.site.store.drawer(self._workplace.actor.login).keep(typed)

    def kept(self) -> str:
        """What whoever is in had typed and not finished."""
        if self.site is None or self._workplace is None:
            return ""
        return self.site.store.drawer(self._workplace.actor.login).kept()

    def set_own_password(self, current: str, password: str) -> None:
        """Give whoever is in the password they chose; what is left to do stands in their arrival then."""
        from crfapp.bootstrap.arriving import choose_password, steps_left

        if self.site is None or self._workplace is None:
            raise RefusedError(Code.WRONG_LOGIN)
        choose_password(self.site, self._workplace.actor, current, password)
        steps = steps_left(self.site, self._workplace.actor)
        self._workplace.arrival = replace(self._workplace.arrival, steps=steps, aged=False, reset_by="")

    def leave(self, how: str) -> None:
        """Record the end of the session, close the store and forget its key."""
        if self.site is None or self._workplace is None:
            return
        from crfapp.work.people import CloseSession

        try:
            self._workplace.send(CloseSession(how=how))  # type: ignore[arg-type]  # one of the four ways
        finally:
            self.site.close()
            self.site = self._workplace = None

    @property
    def _gate(self) -> Gate:
        if self._made is None:
            from crfapp.store.gate import Gate

            self._made = Gate(self._folder, self._clock, self.cost)
        return self._made

    def _until(self, login: str, until: datetime | None, *, unlock: bool) -> datetime | None:
        """Whoever unlocks goes on with the session that they locked; a login begins another one (REQ-212)."""
        before = self._session
        same = unlock and before is not None and before[0] == login and self._clock.now() < before[1]
        if same and until is not None and before is not None:
            until = before[1]
        self._session = (login, until) if until is not None else None
        return until

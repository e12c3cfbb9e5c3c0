"""The door of a site: a password opens the vault, the vault's key the store."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from crfapp.base.problems import AppProblem, Code, EnvironmentProblem
from crfapp.bootstrap.copies import newest_file
from crfapp.bootstrap.ground import translations_folder
from crfapp.present.texts import Texts
from crfapp.present.workplace import Workplace
from crfapp.store.site_folder import SiteFolder

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from crfapp.bootstrap.sites import OpenSite
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
        self._refused: list[str] = []
        self.site: OpenSite | None = None
        self._workplace: Workplace | None = None
        self.known: datetime | None = None

    @property
    def label(self) -> str:
        """Study name and site code: all that may be read in front of the door."""
        return f"{self._folder.card.study} · {self._folder.card.code}"

    def log_in(self, login: str, password: str, *, language: str, unlock: bool = False) -> Workplace:
        """Open the store for a person.

        Attempts that failed while the store was closed are written by the first that succeeds (REQ-109).
        """
        # SQLAlchemy, pydantic and the ciphers are not needed to show the login window
        from crfapp.bootstrap.sites import OpenSite
        from crfapp.store.vault import Vault
        from crfapp.work.people import NoteRefusal, OpenSession

        try:
            data_key = Vault.load(self._folder.path, self.cost).open(login, password)
        except AppProblem as problem:
            if problem.code is Code.WRONG_LOGIN:
                self._refused.append(login)
            raise
        files = newest_file(self._folder.path)
        site = OpenSite.open(self._folder, data_key, self._clock)
        self.known = max(filter(None, (files, site.last_event())), default=None)
        try:
            actor = site.actor(login)
            for tried in self._refused:
                site.bus.send(NoteRefusal(tried=tried), actor)
            self._refused.clear()
            site.bus.send(OpenSession(how="unlock" if unlock else "login"), actor)
            with suppress(EnvironmentProblem):  # no room for a copy keeps nobody out; its age is shown
                site.store.backup_of_day(site.desk.today)
        except BaseException:
            site.close()
            raise
        self.site = site
        texts = Texts(language, translations_folder())
        self._workplace = Workplace(site.bus, site.desk, site.events, actor=actor, texts=texts)
        return self._workplace

    def keep(self, typed: str) -> None:
        """Keep, for whoever is in, what they typed and did not finish."""
        if self.site is not None and self._workplace is not None:
            self.site.store.drawer(self._workplace.actor.login).keep(typed)

    def kept(self) -> str:
        """What whoever is in had typed and not finished."""
        if self.site is None or self._workplace is None:
            return ""
        return self.site.store.drawer(self._workplace.actor.login).kept()

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

"""The door of a centre: people come in at its home, and go on from there to what is here of each site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.bootstrap.door import SiteDoor
from crfapp.bootstrap.ground import translations_folder
from crfapp.present.texts import Texts
from crfapp.present.workplace import Workplace

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.bootstrap.centre.home import Centre
    from crfapp.bootstrap.sites import OpenSite
    from crfapp.store.centre import Parts
    from crfapp.store.wrapping import Cost
    from crfapp.work.ports import Clock
    from crfapp.work.roles import Actor


class CentreDoor(SiteDoor):
    """Implements :class:`crfapp.present.entrance.DoorOfParts` too. The home stays open until somebody leaves.

    A part is open for one program alone, so it is open here only as long as somebody works on it.
    """

    def __init__(self, path: Path, clock: Clock, *, cost: Cost | None = None) -> None:
        super().__init__(path, clock, cost=cost)
        self._parts: Parts | None = None
        self._open: dict[Workplace, OpenSite] = {}

    def part(self, site: str) -> Workplace:
        """Open what is here of a site; the centre's own records for an empty id."""
        from crfapp.ledger.state import SiteRow

        home, at = self.site, self._workplace
        if home is None or at is None:
            raise RefusedError(Code.WRONG_LOGIN)
        if not site:
            return at
        centre = self.centre(home, at.actor)
        found = next((one for one, opened in self._open.items() if opened.desk.site.site == site), None)
        if found is not None:
            return found
        if not centre.parts.has(site):
            raise RefusedError(Code.NOTHING_OF_SITE)
        opened = centre.at_work(centre.parts.open(site), None)
        try:
            if not opened.desk.tables.find(SiteRow):
                raise RefusedError(Code.NOTHING_OF_SITE)
            texts = Texts(at.texts.language, translations_folder())
            workplace = Workplace(opened.bus, opened.desk, opened.events, actor=at.actor, texts=texts)
        except BaseException:
            opened.close()
            raise
        workplace.arrival = at.arrival
        self._open[workplace] = opened
        return workplace

    def close_but(self, workplace: Workplace | None) -> None:
        """Close every part but the one of this workplace."""
        for other in [one for one in self._open if one is not workplace]:
            self._open.pop(other).close()

    def behind(self, at: Workplace) -> OpenSite:
        """The part, or the home."""
        return self._open.get(at) or super().behind(at)

    def centre(self, home: OpenSite, actor: Actor) -> Centre:
        """The centre at work for whoever is in; ``home`` may be one that records through the window."""
        from crfapp.bootstrap.centre.home import Centre

        made = Centre(home, actor.login, self._parts)
        self._parts = made.parts
        return made

    def leave(self, how: str) -> None:
        """Close the parts before the home: their keys come from its."""
        self.close_but(None)
        self._parts = None
        super().leave(how)

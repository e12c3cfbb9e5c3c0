"""Reports to the sponsor as the Safety page asks for them; what they need is loaded when one is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crfapp.bootstrap.sites import OpenSite
    from crfapp.present.lane import Steps
    from crfapp.present.notice_desk import MadeNotice, NoticeWish
    from crfapp.work.roles import Actor


class NoticesAtHand:
    """Implements :class:`crfapp.present.notice_desk.NoticeDesk` for whoever is in."""

    def __init__(self, opened: OpenSite, actor: Actor) -> None:
        self._opened, self._actor = opened, actor

    def make(self, wish: NoticeWish, steps: Steps) -> MadeNotice:
        """Draw the PDF beside the window, put it on record, and make the package that carries it."""
        from crfapp.bootstrap.beside import beside
        from crfapp.bootstrap.notices import make_notice

        return make_notice(beside(self._opened, steps), self._actor, wish)

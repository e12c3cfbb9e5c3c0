"""Packages of sites that come to a centre; what was set aside lies in the quarantine of the whole centre."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.present.arriving import Arriving, why_aside
from crfapp.present.package_words import moment_words, peer_words
from crfapp.present.packages_view import AsideLine
from crfapp.present.texts import isolated

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.exchange.quarantine import Report
    from crfapp.present.centre_desk import CentreDesk
    from crfapp.present.lane import Lane
    from crfapp.present.package_desk import Taken
    from crfapp.present.packages_view import ArrivedLine
    from crfapp.present.workplace import Workplace


class CentreArriving(Arriving):
    """The presenter. ``came`` is called after files were taken in: sites stand otherwise then."""

    def __init__(self, workplace: Workplace, lane: Lane, desk: CentreDesk, came: Callable[[], None]) -> None:
        super().__init__(workplace, lane, desk)
        self._kept, self._came = desk.aside, came

    def _done(self, taken: list[Taken]) -> None:
        super()._done(taken)
        self._came()

    def _arrived(self) -> tuple[ArrivedLine, ...]:
        """What came is told site by site."""
        return ()

    def _aside(self) -> tuple[AsideLine, ...]:
        """All that lies in quarantine, the newest first."""
        return tuple(self._line(report) for report in reversed(self._kept()))

    def _line(self, report: Report) -> AsideLine:
        at, say = self._at, self._at.texts
        when = isolated(moment_words(at, report.at))
        sender = isolated(peer_words(at, report.sender))
        known = say("{when}, from {sender}", when=when, sender=sender)
        return AsideLine(
            sha256=report.sha256,
            file=report.file,
            code=report.code,
            why=why_aside(report.code, say),
            came=known if report.sender else say("{when}, sender not known", when=when),
            is_there=True,
        )

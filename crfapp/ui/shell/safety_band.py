"""A band above all pages, for everybody, while the sponsor waits for a report (REQ-920)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import QObject, QTimer

from crfapp.base.problems import AppProblem
from crfapp.present.safety_watch import SAFETY, watch_of

if TYPE_CHECKING:
    from crfapp.present.workplace import Workplace
    from crfapp.ui.shell.notices import Notices
    from crfapp.ui.shell.page import Page, Shell
    from crfapp.work.bus import Outcome

KEY = "safety"
_LOOKS_MS = 15_000


@runtime_checkable
class MakesNotices(Protocol):
    """A page on which the report of the chosen event is made."""

    def make_notice(self) -> None:
        """Make it, as its button does."""


class SafetyBand(QObject):
    """Shows the time that is left, and leads to the event as soon as it is called serious."""

    def __init__(self, workplace: Workplace, notices: Notices, shell: Shell) -> None:
        super().__init__(notices)
        self._watch, self._notices, self._shell = watch_of(workplace), notices, shell
        self._say = workplace.texts
        self._looking = QTimer(self, interval=_LOOKS_MS)
        self._looking.timeout.connect(self.look)
        self._looking.start()
        QTimer.singleShot(0, self, self.look)  # nobody waits for it to come in

    def heed(self, outcome: Outcome) -> None:
        """Something was stored: where it has to be reported, its page comes up at once."""
        try:
            arisen = self._watch.heed(outcome)
        except AppProblem as problem:
            self._notices.tell(problem)
            return
        self.look()
        if arisen is not None:
            QTimer.singleShot(0, self, lambda: self._shell.go(arisen))  # when what was saved is shown

    def look(self) -> None:
        """Show the band, show it with the time that is left now, or take it away."""
        try:
            line = self._watch.line()
        except AppProblem as problem:
            self._notices.tell(problem)
            return
        if line is None:
            self._notices.put_away(KEY)
            return
        banner = self._notices.keep(KEY, line.what, line.todo, line.grade)
        if banner is not None:
            button = banner.add_button(KEY, self._say("Open the report"), "primary")
            button.setAccessibleDescription("F9")
            banner.chosen.connect(lambda _key: self.turn_to())

    def turn_to(self, page: Page | None = None) -> None:
        """F9: from any page to the report that presses most; on the Safety page the report is made."""
        if page is not None and page.key == SAFETY and isinstance(page, MakesNotices):
            page.make_notice()
            return
        line = self._watch.line()
        if line is not None:
            self._shell.go(line.address)

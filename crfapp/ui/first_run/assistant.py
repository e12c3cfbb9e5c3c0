"""The assistant on screen: where it stands above, one step on the card, back and on below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, QTimeZone, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crfapp.present.first_run import FirstRun, Step
from crfapp.present.zones import zone_names
from crfapp.ui.entrance.face import Face
from crfapp.ui.first_run.path import StepPath
from crfapp.ui.first_run.sheet_pages import SheetPage, TestPage
from crfapp.ui.first_run.steps import DonePage, PersonPage, SitePage
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, InlineMessage, Words

if TYPE_CHECKING:
    from crfapp.present.first_run import FirstRunView
    from crfapp.present.lane import Lane
    from crfapp.present.texts import Texts
    from crfapp.ui.first_run.step_page import StepPage
    from crfapp.ui.preferences import Preferences
    from crfapp.ui.shell.parts import WindowParts
    from crfapp.work.ports import Clock

_SIZE = (680, 600)
_PAGES = {page.step: page for page in (SitePage, PersonPage, SheetPage, TestPage, DonePage)}
_PLACES = {Step.SITE: 0, Step.PERSON: 1, Step.SHEET: 2, Step.TEST: 2, Step.DONE: 3}
_NO_PLACE = frozenset({"UTC", "GMT"})
"""Zones of machines that were never told where they stand."""


def first_run_of(parts: WindowParts, lane: Lane, say: Texts) -> FirstRun:
    """The presenter of a window that has no site yet; ValueError where nobody can found one."""
    if parts.founder is None:
        raise ValueError("a window needs a door or a founder")
    zones = zone_names()
    here = bytes(QTimeZone.systemTimeZoneId().data()).decode("ascii", "replace")
    known = "" if here.rpartition("/")[2] in _NO_PLACE else here
    return FirstRun(parts.founder, lane, say, folder=parts.folder, zones=zones, zone=known)


class Assistant(Face):
    """``founded`` is told when the person leaves the last step for the login page.

    ``join_wanted``: there is an invitation to a site, ``restore_wanted``: there is a copy of one; ``joins``
    says whether either can be followed.
    """

    founded = Signal()
    join_wanted = Signal()
    help_page = "first-run"
    join_wanted, restore_wanted = Signal(), Signal()

    def __init__(
        self, run: FirstRun, clock: Clock, say: Texts, preferences: Preferences, *, joins: bool = False
    ) -> None:
        super().__init__(say, preferences, _SIZE)
        self._run, self._clock, self._joins = run, clock, joins
        self.page: StepPage | None = None
        self.path = StepPath((say("Study and site"), say("Administrator"), say("Recovery sheet")))
        self.body.addWidget(self.path)
        self._room = QWidget()
        self._lay_out_room()
        self.body.addWidget(self._room, 1)
        self.problem = InlineMessage("", "error")
        self.body.addWidget(self.problem)
        self.body.addLayout(self._foot())
        run.watch(self._draw)

    def _lay_out_room(self) -> None:
        row = QHBoxLayout(self._room)
        row.setContentsMargins(0, current().hair, 0, 0)
        self._place = row

    def _foot(self) -> QHBoxLayout:
        say = self.say
        row = QHBoxLayout()
        row.setSpacing(current().gap)
        self.back = Button(say("Back"))
        self.back.clicked.connect(self._run.back)
        row.addWidget(self.back)
        self.join = Button(say("Join a site with an invitation…"), "quiet")
        self.join.clicked.connect(self.join_wanted)
        row.addWidget(self.join)
        self.restore = Button(say("Restore from a backup…"), "quiet")
        self.restore.clicked.connect(self.restore_wanted)
        row.addWidget(self.restore)
        row.addStretch(1)
        self.busy = Words("", "muted", size="small")
        row.addWidget(self.busy)
        self.on = Button(say("Next"), "primary")
        self.on.clicked.connect(self._go_on)
        row.addWidget(self.on)
        return row

    def _go_on(self) -> None:
        if self._run.view.step is Step.DONE:
            self.founded.emit()
        else:
            self._run.go_on()

    def _draw(self, view: FirstRunView) -> None:
        turned = self.page is None or self.page.step is not view.step
        if turned:
            self._turn(view)
        self.path.show_at(_PLACES[view.step])
        if self.page is not None:
            self.page.show_problems(view.problems)
            self.page.setEnabled(not view.busy)
        elsewhere = view.problems.get("", "")
        self.problem.text.setText(elsewhere)
        self.problem.setVisible(bool(elsewhere))
        self.back.setVisible(view.step not in (Step.SITE, Step.DONE))
        self.back.setEnabled(not view.busy)
        for other in (self.join, self.restore):
            other.setVisible(self._joins and view.step is Step.SITE)
        self.on.setEnabled(not view.busy and bool(view.offers))
        self.on.setText(self._words_for(view.step))
        self.on.setAccessibleName(self.on.text())
        self.busy.setText(self.say("One moment…") if view.busy else "")
        if turned or (view.problems and not view.busy):
            QTimer.singleShot(0, self, self._focus)

    def _words_for(self, step: Step) -> str:
        say = self.say
        words = {
            Step.SHEET: say("I have it on paper: test it"),
            Step.TEST: say("Test and found the site"),
            Step.DONE: say("Go to the login"),
        }
        return words.get(step, say("Next"))

    def _turn(self, view: FirstRunView) -> None:
        old, self.page = self.page, _PAGES[view.step](self._run, self.say, self._clock)
        self.page.wants_on.connect(self._go_on)
        self._place.addWidget(self.page, 1)
        if old is not None:
            self._place.removeWidget(old)
            old.hide()
            old.deleteLater()

    def _focus(self) -> None:
        if self.page is None:
            return
        target = self.page.first_stop()
        (target or self.on).setFocus(Qt.FocusReason.OtherFocusReason)

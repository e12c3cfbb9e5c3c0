"""The frame around the pages of somebody who is in: rail, top bar, notices, the open page, status bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from crfapp.base.problems import Code, EnvironmentProblem
from crfapp.present.address import Address
from crfapp.present.palette import Palette, WorkplacePlaces
from crfapp.present.texts import isolated
from crfapp.ui.help.beside import HelpBeside
from crfapp.ui.reading_order import InReadingOrder
from crfapp.ui.shell.backup_clock import copy_rounds
from crfapp.ui.shell.bands import bands_above
from crfapp.ui.shell.exchange_rounds import exchange_rounds
from crfapp.ui.shell.frame_actions import NUMBERED, everywhere_keys, fixed_hits
from crfapp.ui.shell.open_page import OpenPage
from crfapp.ui.shell.page import Writing
from crfapp.ui.shell.passing_time import PassingTime
from crfapp.ui.shell.rail import Rail
from crfapp.ui.shell.status_bar import StatusBar
from crfapp.ui.shell.top_bar import TopBar
from crfapp.ui.theme import current
from crfapp.work.cases import Topic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from crfapp.base.problems import AppProblem
    from crfapp.present.lane import Lane
    from crfapp.present.palette import Hit
    from crfapp.present.unfinished import Unfinished
    from crfapp.present.workplace import Workplace
    from crfapp.ui.jobs import JobRunner
    from crfapp.ui.preferences import Preferences
    from crfapp.ui.shell.page import Page
    from crfapp.ui.shell.parts import WindowParts
    from crfapp.work.bus import Outcome


_OF_PACKAGES = frozenset({Topic.PACKAGES, Topic.SITE})
"""What may change what is said of packages: they themselves, and the rules of the site."""


class Frame(InReadingOrder):
    """Places pages and passes on what changed; a :class:`crfapp.ui.shell.page.Shell`."""

    lock_wanted = Signal()
    switch_wanted = Signal()
    password_wanted = Signal()
    log_out_wanted = Signal()
    preferences_wanted = Signal(object)
    part_wanted = Signal(str, object)

    def __init__(
        self, workplace: Workplace, parts: WindowParts, preferences: Preferences, jobs: JobRunner
    ) -> None:
        super().__init__()
        self._at, self.preferences = workplace, preferences
        self._lane = jobs.lane(self)
        bands = bands_above(workplace, parts, self, sounds=preferences.sounds)
        self.notices, self.clock, self.safety, self.watched = bands
        self.time = PassingTime(workplace, self.notices)
        self.pages: list[Page] = list(parts.pages(workplace, self))
        self.rail = Rail(self.pages, workplace.texts("Pages"))
        self.top = TopBar(workplace, preferences)
        self.status = StatusBar(workplace, parts.backup())
        self.stack = OpenPage()
        for page in self.pages:
            self.stack.addWidget(page.widget)
        self.rail.set_compact(True)  # until its room is known: a wide rail would widen the window
        self.help = HelpBeside(self.stack, workplace.texts, workplace.study)
        self.help.fitted.connect(self._fit_rail)
        self._lay_out()
        self.rounds = exchange_rounds(parts, workplace, self._lane, self.status)
        self.copies = copy_rounds(parts, workplace, self._lane, self.status)
        self.rail.chosen.connect(lambda key: self.go(Address(key)))
        self.top.palette_wanted.connect(self.open_palette)
        self.top.keys_wanted.connect(self.show_keys)
        self.top.help_wanted.connect(self.show_help)
        self.top.about_wanted.connect(self.help.show_about)
        self.top.lock_wanted.connect(self.lock_wanted)
        self.top.switch_wanted.connect(self.switch_wanted)
        self.top.password_wanted.connect(self.password_wanted)
        self.top.log_out_wanted.connect(self.log_out_wanted)
        self.top.preferences_wanted.connect(self.preferences_wanted)
        jobs.changed.connect(self.status.show_job)
        self._listen_to_keys()
        self.rail.recount()
        if workplace.arrival.torn:
            self.tell(EnvironmentProblem(Code.LAST_UNSURE))

    @property
    def lane(self) -> Lane:
        """For long work of pages."""
        return self._lane

    @property
    def page(self) -> Page | None:
        """The open page; None where this person has none."""
        at = self.stack.currentWidget()
        return next((page for page in self.pages if page.widget is at), None)

    @property
    def address(self) -> Address:
        """Where the person is."""
        return self.page.address() if self.page is not None else Address("")

    def go(self, to: Address) -> None:
        """Show a page, turned to an address; the first page where this person has no such page."""
        found = [page for page in self.pages if page.key == to.page] or self.pages[:1]
        for page in found:
            self._show_page(page)
            if page.key == to.page:
                page.open(to)
            page.shown()

    def turn_to(self, part: str, to: Address) -> None:
        """Go on with the records of one of a centre's sites, or with the centre's own."""
        self.part_wanted.emit(part, to)

    def set_aside(self) -> list[Unfinished]:
        """Take out of all fields what was typed and not recorded."""
        return [text for page in self.pages if isinstance(page, Writing) for text in page.set_aside()]

    def put_back(self, texts: Sequence[Unfinished]) -> None:
        """Write texts into their fields again; one whose field is gone is shown above all pages."""
        lost: list[Unfinished] = []
        for page in self.pages:
            mine = [text for text in texts if text.at.page == page.key]
            if mine and isinstance(page, Writing):
                self._show_page(page)
                lost += page.put_back(mine)
        for number, text in enumerate(lost):
            self._say_lost(f"unfinished-{number}", text.typed)

    def tell(self, problem: AppProblem) -> None:
        """Show a problem that concerns everybody."""
        self.notices.tell(problem)

    def recount(self) -> None:
        """Ask all pages for their badges again."""
        self.rail.recount()

    def heed(self, outcome: Outcome) -> None:
        """Something was stored: say so, and pass on what kinds of things changed."""
        self.status.show_saved(outcome)
        if outcome.trouble is not None:
            self.tell(outcome.trouble)
        if self.rounds is not None:
            self.rounds.heed(outcome)
        if self.copies is not None:
            self.copies.heed(outcome)
        if outcome.topics & _OF_PACKAGES:
            self.status.show_post()
        self.clock.look()
        self.safety.heed(outcome)
        self.watched.heed(outcome)
        for page in self.pages:
            page.refresh(outcome.topics)
        self.rail.recount()

    def open_palette(self) -> None:
        """Go anywhere by typing."""
        from crfapp.ui.palette.palette_box import PaletteBox  # not needed before somebody asks

        palette = Palette(WorkplacePlaces(self._at), self.address, fixed_hits(self, self._at.texts))
        PaletteBox(self, palette, self._at.texts).chosen.connect(self._follow)

    def show_keys(self) -> None:
        """All keys that do something on this page."""
        from crfapp.ui.shell.keys_overlay import KeysOverlay

        say, page = self._at.texts, self.page
        own = [(page.title(), page.keys())] if page is not None else []
        KeysOverlay(self, say, [*own, (say("Everywhere"), everywhere_keys(say, len(self.rail.entries)))])

    def show_help(self) -> None:
        """What this page is for and how it is used, beside it."""
        self.help.show_help(self.page.key if self.page is not None else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With little room the rail keeps only its icons."""
        super().resizeEvent(event)
        self._fit_rail()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F1 where nothing of the page takes it."""
        if event.key() == Qt.Key.Key_F1 and not event.modifiers():
            self.show_help()
        else:
            super().keyPressEvent(event)

    def _fit_rail(self) -> None:
        self.rail.set_compact(self.width() - self.help.breadth < 60 * current().pad)

    def _follow(self, hit: Hit) -> None:
        if hit.address is not None:
            self.go(hit.address)
        elif hit.action is not None:
            hit.action.run()

    def _show_page(self, page: Page) -> None:
        self.stack.setCurrentWidget(page.widget)
        self.help.follow(page.key)
        self.rail.show_at(page.key)
        page.widget.setFocus(Qt.FocusReason.OtherFocusReason)  # until the page knows better

    def _say_lost(self, key: str, typed: str) -> None:
        """What a person typed is shown to them once more, also where nothing asks for it any longer."""
        say = self._at.texts
        what = say("You had typed “{text}” and not finished.", text=isolated(typed))
        banner = self.notices.keep(
            key, what, say("The question is not open any more, so it was not recorded.")
        )
        if banner is not None:
            banner.add_button(key, say("Put away"))
            banner.chosen.connect(self.notices.put_away)

    def _listen_to_keys(self) -> None:
        keys = {"Ctrl+K": self.open_palette, "Ctrl+L": self.lock_wanted.emit, "?": self.show_keys}
        keys["Ctrl+Shift+L"] = self.switch_wanted.emit
        keys["F9"] = lambda: self.safety.turn_to(self.page)
        for chord, run in keys.items():
            QShortcut(QKeySequence(chord), self).activated.connect(run)
        for place, entry in enumerate(self.rail.entries[:NUMBERED], start=1):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{place}"), self)
            shortcut.activated.connect(lambda key=entry.key: self.go(Address(key)))

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addWidget(self.notices)
        column.addWidget(self.watched)
        column.addWidget(self.help, 1)
        column.addWidget(self.status)
        row.addLayout(column, 1)

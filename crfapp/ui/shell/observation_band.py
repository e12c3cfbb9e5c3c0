"""Above all pages: who is being watched after a dose, how long, and what is to be measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from crfapp.base.problems import AppProblem
from crfapp.present.observation_words import DRAFT, END, MEASURE, SAY_WHY, START, ClockLine, Deed
from crfapp.ui.theme import current
from crfapp.ui.widgets import Banner, Button, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from crfapp.present.address import Address
    from crfapp.present.observation_clocks import ObservationClocks
    from crfapp.present.texts import Texts
    from crfapp.ui.shell.page import Shell
    from crfapp.work.bus import Outcome

TICK_MS = 1_000
MOST = 3
"""So many clocks stand above the pages, the most pressing first; the others on the day's page."""
_SOUNDS, _BETWEEN_MS = 3, 1_500
"""A reminder sounds so often, and then never again."""
_AFTER_THE_CLICK = Qt.ConnectionType.QueuedConnection
"""What is done takes the pressed button away and opens another page: only once its click has ended."""
_PRESSING = {"error": 0, "warn": 1, "info": 2}


class ObservationBand(QWidget):
    """One line for every clock. It is gone where there is none, and for whoever does not record.

    ``acted`` tells that what a button asks for was done, or refused.
    """

    acted = Signal()

    def __init__(
        self,
        clocks: ObservationClocks,
        shell: Shell,
        say: Texts,
        *,
        sounds: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)  # what is shown without one is a window of its own, and takes the keyboard
        self._clocks, self._shell, self._say = clocks, shell, say
        tokens = current()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(tokens.wide, tokens.room, tokens.wide, 0)
        self._column.setSpacing(tokens.hair)
        self.lines: dict[str, ClockBanner] = {}
        self.more = Words("", "muted", size="small", parent=self)
        self._column.addWidget(self.more)
        self.early = EarlyEnd(say, self)
        self.early.hide()
        self.early.told.connect(self._end_early)
        self._column.addWidget(self.early)
        self.bell = Bell(self, sounds=sounds)
        self._ticking = QTimer(self, interval=TICK_MS)
        self._ticking.timeout.connect(self.tick)
        QShortcut(QKeySequence("F8"), self).activated.connect(self.take_keyboard)
        self.tick()
        if clocks.are_shown:
            self._ticking.start()

    def dues(self) -> tuple[datetime, ...]:
        """When something is due next, for every clock that runs."""
        return self._clocks.dues()

    def heed(self, outcome: Outcome) -> None:
        """Something was stored."""
        if self._clocks.heed(outcome):
            self.tick()

    def tick(self) -> None:
        """Show the clocks as of now; what stands already changes in place, and the keyboard stays."""
        lines = sorted(self._clocks.lines() if self._clocks.are_shown else (), key=_pressing)
        shown = lines[:MOST]
        for key in self.lines.keys() - {line.key for line in shown}:
            self._take_away(key)
        for place, line in enumerate(shown):
            banner = self.lines.get(line.key)
            if banner is None:
                banner = self.lines[line.key] = ClockBanner(line, self)
                banner.wanted.connect(self._act, _AFTER_THE_CLICK)
            banner.show_line(line)
            if self._column.indexOf(banner) != place:
                self._column.insertWidget(place, banner)
        rest = len(lines) - len(shown)
        self.more.setText(
            self._say.many("and {count} more clock", "and {count} more clocks", rest) if rest else ""
        )
        self.more.setVisible(bool(rest))
        if self.early.key not in self.lines:
            self.early.hide()
        self.setVisible(bool(lines))
        self.bell.ring([reminder for line in lines for reminder in line.reminders])

    def take_keyboard(self) -> None:
        """Go to the first thing to do."""
        for banner in self.lines.values():
            for button in banner.buttons[:1]:
                button.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def _take_away(self, key: str) -> None:
        banner = self.lines.pop(key)
        banner.hide()
        banner.deleteLater()

    def _act(self, key: str, deed: str) -> None:
        """A button of a clock was pressed."""
        banner = self.lines.get(key)
        if banner is None:
            return
        if deed == END and banner.line.asks_why:
            self.early.ask(key, banner.line.text)
        else:
            self._carry_out(lambda: self._done(key, deed))
        self.acted.emit()

    def _carry_out(self, act: Callable[[], Address | None]) -> None:
        """Do something, and go where it leads."""
        try:
            to = act()
        except AppProblem as problem:
            self._shell.tell(problem)
            return
        self.tick()
        if to is not None:
            self._shell.go(to)

    def _done(self, key: str, deed: str) -> Address | None:
        if deed == START:
            return self._clocks.begin(key)
        if deed == MEASURE:
            return self._clocks.measure(key)
        if deed == END:
            return self._clocks.end(key)
        if deed == DRAFT:
            self._clocks.draft(key)
            return None
        return self._clocks.address(key, why=deed == SAY_WHY)

    def _end_early(self, key: str, why: str) -> None:
        self.early.hide()
        self._carry_out(lambda: self._clocks.end(key, why))


class ClockBanner(Banner):
    """One clock with its buttons. ``wanted`` carries its key and what is to be done."""

    wanted = Signal(str, str)

    def __init__(self, line: ClockLine, parent: QWidget) -> None:
        super().__init__(line.text, line.grade, note=line.note, parent=parent)
        self.line = line
        self.buttons: list[Button] = []
        self._deeds: tuple[Deed, ...] = ()
        self.chosen.connect(lambda deed: self.wanted.emit(self.line.key, deed))

    def show_line(self, line: ClockLine) -> None:
        """Other minutes, and other buttons where there is something else to do."""
        if line != self.line or not self.buttons:
            self.line, self.grade = line, line.grade
            self.show_text(line.text, line.note)
            self.update()
        if line.deeds != self._deeds:
            self._put_buttons(line.deeds)

    def _put_buttons(self, deeds: Sequence[Deed]) -> None:
        focused = any(button.hasFocus() for button in self.buttons)
        for button in self.buttons:
            self.row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._deeds = tuple(deeds)
        self.buttons = [
            self.add_button(deed.key, deed.words, "primary" if deed.primary else "plain") for deed in deeds
        ]
        for button, deed in zip(self.buttons, deeds, strict=True):
            button.setAccessibleName(f"{deed.words}, {self.line.text}")
        if focused and self.buttons:
            self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)


class EarlyEnd(QWidget):
    """Asks why an observation ends before its time. ``told`` carries the clock and the reason."""

    told = Signal(str, str)

    def __init__(self, say: Texts, parent: QWidget) -> None:
        super().__init__(parent)
        self._say = say
        self.key = ""
        tokens = current()
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.pad, 0, tokens.pad, 0)
        column.setSpacing(tokens.hair)
        self.question = Words("", wrap=True, parent=self)
        column.addWidget(self.question)
        row = QHBoxLayout()
        row.setSpacing(tokens.gap)
        self.why = QLineEdit(self)
        self.why.setAccessibleName(say("Why is it shorter?"))
        self.why.setFixedHeight(tokens.control)
        self.why.setMaxLength(200)
        self.end = Button(say("End now"), "danger", parent=self)
        self.why.textChanged.connect(lambda text: self.end.setEnabled(bool(text.strip())))
        self.why.returnPressed.connect(self._tell)
        row.addWidget(self.why, 1)
        self.end.clicked.connect(self._tell)
        row.addWidget(self.end)
        self.stay = Button(say("Go on watching"), parent=self)
        self.stay.clicked.connect(self.hide)
        row.addWidget(self.stay)
        column.addLayout(row)

    def ask(self, key: str, text: str) -> None:
        """Ask about a clock."""
        self.key = key
        self.question.setText(f"{text}. {self._say('Why does it end now?')}")
        self.why.clear()
        self.end.setEnabled(False)
        self.show()
        self.why.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes on watching."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _tell(self) -> None:
        why = self.why.text().strip()
        if why:
            self.told.emit(self.key, why)


class Bell(QObject):
    """Calls for attention once for every time that has come: the window asks for it, and perhaps a sound."""

    def __init__(self, parent: QWidget, *, sounds: bool) -> None:
        super().__init__(parent)
        self._window_of, self.sounds = parent, sounds
        self.told: set[str] = set()
        self.rung = 0
        self._left = 0
        self._ringing = QTimer(self, interval=_BETWEEN_MS)
        self._ringing.timeout.connect(self._sound)

    def ring(self, reminders: Sequence[str]) -> None:
        """Of these, tell what was not told before."""
        fresh = set(reminders) - self.told
        if not fresh:
            return
        self.told |= fresh
        QApplication.alert(self._window_of.window())
        if self.sounds:
            self._left = _SOUNDS
            self._sound()
            self._ringing.start()

    def _sound(self) -> None:
        self._left -= 1
        self.rung += 1
        QApplication.beep()
        if self._left <= 0:
            self._ringing.stop()


def _pressing(line: ClockLine) -> int:
    return _PRESSING[line.grade]

"""The window: first run, login, the frame, the locked screen; one of them at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from crfapp.ui.entrance.login_page import LoginPage
from crfapp.ui.preferences import Preferences, apply_preferences
from crfapp.ui.shell.doorway import Doorway
from crfapp.ui.shell.presence import Presence, settle
from crfapp.ui.shell.stopping import may_stop

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent

    from crfapp.present.coming_in import ComingIn
    from crfapp.present.entrance import Door
    from crfapp.present.login import Leaving
    from crfapp.ui.jobs import JobRunner
    from crfapp.ui.shell.beginning import MakeFace, Speaker
    from crfapp.ui.shell.parts import WindowParts


class MainWindow(QMainWindow):
    """Shows what belongs to who is in; asks nothing of the records itself."""

    def __init__(self, parts: WindowParts, jobs: JobRunner, preferences: Preferences) -> None:
        super().__init__()
        self._parts, self._jobs = parts, jobs
        self.preferences = preferences
        self._app = cast("QApplication", QApplication.instance())
        self._texts = parts.texts(preferences.language)
        self._presenter: Speaker | None = None
        self._make: Callable[[], QWidget] = QWidget
        self.doorway = Doorway(parts, jobs, self)
        self.doorway.entered.connect(self._show_frame)
        self.doorway.met.connect(self._show_steps)
        self.doorway.turned_back.connect(lambda: self.lock("logout"))
        self._presence = Presence(self._app, parts.clock, self)
        self._presence.gone.connect(self.lock)
        QShortcut(QKeySequence("Ctrl+Q"), self).activated.connect(self.close)
        self.setWindowTitle("crfapp")  # a title shows in lists of windows: it says nothing of the study
        apply_preferences(self._app, preferences)
        if parts.door is None:
            self._show_beginning()
        else:
            self._show_login()

    def lock(self, how: Leaving = "lock") -> None:
        """Drop the key and show nothing of the study.

        Where somebody asks for it, what stands in the focused field is saved first, as when the field is
        left. Where nobody is there, half an answer is none: it is kept aside, for them alone (REQ-213).
        """
        if self.doorway.session is None:
            return
        if how not in ("idle", "limit"):
            settle(self)
        self._presence.end()
        self.doorway.leave(how)
        self._show_login()

    def prefer(self, wanted: Preferences) -> None:
        """Change language, theme or text size: what is shown is made anew, where it was."""
        settle(self)
        if (session := self.doorway.session) is not None:
            session.pause()
        self.preferences = wanted
        self._parts.remember(wanted)
        self._texts = self._parts.texts(wanted.language)
        for speaker in (self._presenter, session.workplace if session else None):
            if speaker is not None:
                speaker.speak(self._texts)
        apply_preferences(self._app, wanted)
        self._show(self._make)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask while a job runs; then stop it, close the door, and go."""
        if self._jobs.busy and not may_stop(self, self._texts):
            event.ignore()
            return
        settle(self)
        if self.doorway.session is not None and self.doorway.session.last_round(self.close):
            event.ignore()
            return
        self._presence.end()
        self._jobs.stop()
        self.doorway.quit()
        super().closeEvent(event)

    def _show_login(self, name: str = "") -> None:
        presenter = self.doorway.login(self._texts, name=name)
        if presenter is not None:
            self._show_front(presenter, lambda say, wanted: LoginPage(presenter, say, wanted))

    def _show_beginning(self) -> None:
        from crfapp.ui.shell.beginning import Beginning  # once in a workstation's life

        Beginning(self._parts, self._jobs.lane(self), self._show_front, self._begun).found(self._texts)

    def _begun(self, door: Door | None, login: str) -> None:
        self.doorway.door = door
        self._show_login(login)

    def _show_steps(self, coming: ComingIn) -> None:
        from crfapp.ui.entrance.steps_page import StepsPage  # most days there is no step

        self._presence.begin(self.doorway.session, self.preferences.idle_minutes)
        self._show_front(coming, lambda say, wanted: StepsPage(coming, say, wanted))

    def _show_frame(self) -> None:
        self._presenter = None
        self.doorway.take_out()
        self._show(self._frame)
        self._presence.begin(self.doorway.session, self.preferences.idle_minutes)

    def _frame(self) -> QWidget:
        session = self.doorway.session
        if session is None:
            return QWidget()
        session.workplace.speak(self._texts)
        frame = session.frame(self._parts, self.preferences, self._jobs)
        frame.lock_wanted.connect(lambda: self.lock("lock"))
        frame.switch_wanted.connect(lambda: self.lock("switch"))
        frame.log_out_wanted.connect(lambda: self.lock("logout"))
        frame.password_wanted.connect(self.doorway.change_password)
        frame.preferences_wanted.connect(self.prefer)
        return frame

    def _show_front(self, presenter: Speaker, make: MakeFace) -> None:
        """Show a page before anybody is at work; made anew when language or size of text change."""
        self._presenter = presenter

        def made() -> QWidget:
            page = make(self._texts, self.preferences)
            page.preferences_wanted.connect(self.prefer)
            return page

        self._show(made)

    def _show(self, make: Callable[[], QWidget]) -> None:
        self._make = make
        self.setCentralWidget(make())
        if self.doorway.session is not None:
            self.doorway.session.resume(self.size())

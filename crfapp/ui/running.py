"""Starting Qt, showing the window, and ending with it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from crfapp.ui.jobs import JobRunner
from crfapp.ui.resources import resource
from crfapp.ui.shell.main_window import MainWindow
from crfapp.ui.shell.unforeseen import say_unforeseen

if TYPE_CHECKING:
    from crfapp.ui.preferences import Preferences
    from crfapp.ui.shell.parts import WindowParts

WIDTH, HEIGHT = 1280, 800


def application() -> QApplication:
    """The one application of this process."""
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("crfapp")
    icon = resource("program/crfapp.svg")
    if icon.is_file():
        app.setWindowIcon(QIcon(str(icon)))
    return app


def show_window(parts: WindowParts, preferences: Preferences) -> MainWindow:
    """The window, shown; the application must be there."""
    window = MainWindow(parts, JobRunner(), preferences)
    window.resize(WIDTH, HEIGHT)
    window.show()
    return window


def run(parts: WindowParts, preferences: Preferences) -> int:
    """Show the window and wait until it is closed; the exit status."""
    app = application()
    window = show_window(parts, preferences)
    say_unforeseen(window)
    status = app.exec()
    window.deleteLater()
    return status

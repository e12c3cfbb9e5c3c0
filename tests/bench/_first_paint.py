"""Prints the steady clock and the processor time when the first window is painted: the program, or bare Qt.

``python tests/bench/_first_paint.py SITE`` opens the program on a site, without SITE an empty window.
It imports nothing that the program would not, so that it measures the program.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from crfapp.ui.preferences import Preferences
    from crfapp.ui.shell.main_window import MainWindow
    from crfapp.ui.shell.parts import WindowParts


class FirstPaint(QObject):
    """Tells once, after a widget was painted for the first time."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The picture is on its way when the event is over."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._tell)
        return False

    def _tell(self) -> None:
        sys.stdout.write(f"{time.monotonic()} {time.process_time()}\n")
        QApplication.exit(0)


def program(site: str) -> None:
    """The program as ``crfapp open SITE`` starts it."""
    from crfapp.bootstrap import main
    from crfapp.ui import running

    honest = running.show_window

    def watched(parts: WindowParts, preferences: Preferences) -> MainWindow:
        window = honest(parts, preferences)
        FirstPaint(window.centralWidget() or window)
        return window

    running.show_window = watched
    sys.argv = ["crfapp", "open", site]
    main()


def bare_qt() -> None:
    """The least that shows a window."""
    app, window = QApplication(sys.argv[:1]), QWidget()
    window.resize(1280, 800)
    FirstPaint(window)
    window.show()
    app.exec()


if __name__ == "__main__":
    program(sys.argv[1]) if sys.argv[1:] else bare_qt()

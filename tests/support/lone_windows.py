"""Windows that appear although nobody opened one: a part that is shown before it has its place."""

from __future__ import annotations

import traceback

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QMenu, QWidget


class LoneWindows(QObject):
    """Notes every window besides ``own`` that is shown. Such a one flashes up and takes the keyboard."""

    def __init__(self, own: QWidget) -> None:
        super().__init__()
        self._own = own
        self.seen: list[str] = []
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and self._is_lone(watched):
            by = traceback.extract_stack(limit=2)[0]
            where = f"{by.filename.rpartition('/')[2]}:{by.lineno}"
            self.seen.append(f"{type(watched).__name__} {watched.accessibleName()}, {where}")
        return False

    def _is_lone(self, shown: QWidget) -> bool:
        return shown.isWindow() and shown is not self._own and not isinstance(shown, QMenu)

    def stop(self) -> None:
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)

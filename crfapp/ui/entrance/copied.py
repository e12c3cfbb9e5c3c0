"""What was copied out of this program does not outlive the session in the clipboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QClipboard

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

_PLACES = {
    QClipboard.Mode.Clipboard: QClipboard.ownsClipboard,
    QClipboard.Mode.Selection: QClipboard.ownsSelection,
}
"""Where a text can lie: what was copied and, on some systems, what was last marked."""


class Copied(QObject):
    """Knows whether what lies in the clipboard came from here; what another program put there stays."""

    def __init__(self, app: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._app = app
        self._ours: set[QClipboard.Mode] = set()
        app.clipboard().changed.connect(self._look)

    def forget(self) -> None:
        """Take it away."""
        clipboard = self._app.clipboard()
        for mode in [mode for mode, owns in _PLACES.items() if mode in self._ours or owns(clipboard)]:
            clipboard.clear(mode)
        self._ours.clear()

    def _look(self, mode: QClipboard.Mode) -> None:
        """Not every system says whose it is: what changes while somebody works here is taken for ours."""
        here = self._app.applicationState() == Qt.ApplicationState.ApplicationActive
        owns = _PLACES.get(mode)
        if here or (owns is not None and owns(self._app.clipboard())):
            self._ours.add(mode)
        else:
            self._ours.discard(mode)

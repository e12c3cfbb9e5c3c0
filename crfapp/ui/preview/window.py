"""A window with nothing but the preview of a study pack: for its author, without a site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow

from crfapp.ui.preferences import apply_preferences
from crfapp.ui.preview.page import PreviewWindowPage
from crfapp.ui.running import HEIGHT, WIDTH, application

if TYPE_CHECKING:
    from crfapp.present.address import Address
    from crfapp.present.preview_page import Preview
    from crfapp.ui.preferences import Preferences


class PreviewWindow(QMainWindow):
    """The page of the preview, as large as the window of a site."""

    def __init__(self, preview: Preview, at: Address) -> None:
        super().__init__()
        head = preview.study.head
        self.setWindowTitle(" ".join((head.registration or head.study, head.version)))
        self.page = PreviewWindowPage(lambda: preview, preview.say)
        self.setCentralWidget(self.page.widget)
        QShortcut(QKeySequence("Ctrl+Q"), self).activated.connect(self.close)
        self.resize(WIDTH, HEIGHT)
        self.page.shown()
        self.page.open(at)


def run_preview(preview: Preview, at: Address, preferences: Preferences) -> int:
    """Show the preview and wait until it is closed; the exit status."""
    app = application()
    apply_preferences(app, preferences)
    window = PreviewWindow(preview, at)
    window.show()
    status = app.exec()
    window.deleteLater()
    return status

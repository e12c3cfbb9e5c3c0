"""A page of the window with the help beside it, which never covers what one works on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from shiboken6 import isValid

from crfapp.ui.resources import resource
from crfapp.ui.theme import current

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from crfapp.present.texts import Texts
    from crfapp.study.study import Study
    from crfapp.ui.help.panel import HelpPanel

BREADTH = 336
"""Logical pixels at 100 %."""


class HelpBeside(QWidget):
    """Holds the page and, once it is asked for, the column of help.

    Where both do not fit beside each other, as with very large letters, the help takes the place of the page
    until Escape. ``fitted``: the help came or went, so that others find their room anew.
    """

    fitted = Signal()

    def __init__(self, page: QWidget, say: Texts, study: Study | None = None) -> None:
        super().__init__()
        self._page, self._say, self._study = page, say, study
        self.panel: HelpPanel | None = None
        self._before: QWidget | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(page, 1)

    @property
    def breadth(self) -> int:
        """How much of the width the help takes now."""
        return self.panel.width() if self.panel is not None and not self.panel.isHidden() else 0

    @property
    def is_open(self) -> bool:
        """Whether the help is there."""
        return self.panel is not None and not self.panel.isHidden()

    def show_help(self, key: str) -> None:
        """Bring the help of a page of the window; asked again from within, it goes."""
        here = QApplication.focusWidget()
        if self.panel is not None and here is not None and self.panel.isAncestorOf(here):
            self.shut()
            return
        if not self.is_open:
            self._before = here
        panel = self._made()
        panel.show_page(key)
        panel.show()
        self._fit()
        panel.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def follow(self, key: str) -> None:
        """Another page of the window came to the front."""
        if self.panel is not None and self.is_open:
            self.panel.show_page(key)

    def shut(self) -> None:
        """Take the help away, and give the keyboard back."""
        if self.panel is None:
            return
        self.panel.hide()
        self._page.show()
        self.fitted.emit()
        before, self._before = self._before, None
        there = before is not None and isValid(before) and before.isVisible()
        (before if there and before is not None else self._page).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_about(self) -> None:
        """Version, build, licences, and the study in force where somebody is in."""
        from crfapp.ui.help.about import AboutCard  # seldom asked for

        AboutCard(self.parentWidget() or self, self._study, self._say)

    def minimumSizeHint(self) -> QSize:
        """What the page needs: the help gives way."""
        return self._page.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More room, or less."""
        super().resizeEvent(event)
        if self.is_open:
            self._fit()

    def _fit(self) -> None:
        """Beside the page where it leaves the page what it needs, else in its place."""
        if self.panel is None:
            return
        wanted = round(BREADTH * current().scale)
        beside = self.width() - wanted >= self._page.minimumSizeHint().width()
        self.panel.setFixedWidth(wanted if beside else self.width())
        self._page.setVisible(beside)
        self.fitted.emit()

    def _made(self) -> HelpPanel:
        if self.panel is None:
            from crfapp.present.about import build_line, this_build  # most people never ask
            from crfapp.present.help_book import HelpBook
            from crfapp.ui.help.panel import HelpPanel

            book = HelpBook(resource("help"), self._say)
            self.panel = HelpPanel(book, self._say, build_line(this_build(), self._say), self)
            self.panel.closed.connect(self.shut)
            self.panel.about_wanted.connect(self.show_about)
            self._row.addWidget(self.panel)
        return self.panel

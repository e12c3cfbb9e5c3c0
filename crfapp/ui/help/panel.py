"""The column of help beside the page: what it says of this page, and all others to be searched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from crfapp.present.palette import Hit
from crfapp.present.texts import RIGHT_TO_LEFT
from crfapp.ui.entrance.lines import Line
from crfapp.ui.help.reading import HelpText
from crfapp.ui.palette.hit_list import HitList
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, Words
from crfapp.ui.widgets.message import LinkButton

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from crfapp.present.help_book import HelpBook
    from crfapp.present.texts import Texts

_ROWS = 8
_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _ROWS, Qt.Key.Key_PageUp: -_ROWS}


class FindLine(Line):
    """What is looked for. Arrows mark a page of those found, Enter opens it."""

    moved = Signal(int)
    taken = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows belong to the list below."""
        if event.key() in _MOVES:
            self.moved.emit(_MOVES[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        else:
            super().keyPressEvent(event)


class HelpPanel(QFrame):
    """``closed``: the reader is done. ``about_wanted``: what the program says of itself."""

    closed = Signal()
    about_wanted = Signal()

    def __init__(self, book: HelpBook, say: Texts, build: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book, self._say = book, say
        self.key = ""
        self._found: list[str] = []
        self.setAccessibleName(say("Help"))
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        tokens = current()
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.pad, tokens.room, tokens.pad, tokens.gap)
        column.setSpacing(tokens.gap)
        column.addLayout(self._head())
        self.line = FindLine(say("Find in the help"), parent=self)
        self.line.setPlaceholderText(say("Find in the help"))
        column.addWidget(self.line)
        self.list = HitList(say("Pages of help"), _ROWS, self)
        column.addWidget(self.list)
        self.nothing = Words(say("Nothing found. Try another word."), "muted", wrap=True, parent=self)
        column.addWidget(self.nothing)
        self.title = Words("", size="section", weight=600, wrap=True, parent=self)
        column.addWidget(self.title)
        self.remark = Words("", "muted", size="small", wrap=True, parent=self)
        column.addWidget(self.remark)
        self.text = HelpText(say("Help"), self)
        column.addWidget(self.text, 1)
        self.build = LinkButton(build, self)
        column.addWidget(self.build)
        self._wire()

    def show_page(self, key: str) -> None:
        """Turn to the help of a page of the window."""
        page = self._book.page(key)
        self.key = page.key
        self.line.clear()
        self._shut_list()
        self.title.setText(page.title)
        remark = self._book.remark(page)
        self.remark.setText(remark)
        self.remark.setVisible(bool(remark))
        self.text.setAccessibleName(f"{self._say('Help')}: {page.title}")
        self.text.show_text(page.text, right=page.language in RIGHT_TO_LEFT)

    def list_all(self) -> None:
        """Show all pages, the keyboard in the line that searches them."""
        self._show_hits("")
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes, first the list of pages and then the help."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.list.isVisible() or self.line.text():
            self.line.clear()
            self._shut_list()
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.closed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line towards the page."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(QColor(current().line))
        x = self.width() - 1 if self.isRightToLeft() else 0
        painter.drawLine(x, 0, x, self.height())

    def _head(self) -> QHBoxLayout:
        say = self._say
        row = QHBoxLayout()
        row.setSpacing(current().hair)
        row.addWidget(Words(say("Help"), "muted", weight=600, parent=self))
        row.addStretch(1)
        self.all = Button(say("All pages"), "quiet", parent=self)
        row.addWidget(self.all)
        self.shut = Button("", "quiet", icon_name="close", parent=self)
        self.shut.setAccessibleName(say("Close the help"))
        self.shut.setToolTip("Esc")
        row.addWidget(self.shut)
        return row

    def _wire(self) -> None:
        self.shut.clicked.connect(self.closed)
        self.all.clicked.connect(self.list_all)
        self.build.clicked.connect(self.about_wanted)
        self.text.turned.connect(self.show_page)
        self.line.textEdited.connect(self._show_hits)
        self.line.moved.connect(self.list.move_by)
        self.line.taken.connect(self._take)
        self.list.itemClicked.connect(self._take)

    def _show_hits(self, typed: str) -> None:
        found = self._book.find(typed)
        self._found = [page.key for page in found]
        self.list.show_hits([Hit(page.title, icon="help") for page in found])
        self.nothing.setVisible(not found)

    def _shut_list(self) -> None:
        self.list.show_hits(())
        self.nothing.hide()

    def _take(self) -> None:
        row = self.list.currentRow()
        if row >= 0:
            self.show_page(self._found[row])
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)

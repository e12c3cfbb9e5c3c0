"""Above a form of photographs: what its protocol needs, and the way to bring many at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crfapp.ui.casebook.sharing import Sharing
from crfapp.ui.choosing import choose_folder
from crfapp.ui.photo.bringing import files_in
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.ui.casebook.entry import Entry
    from crfapp.ui.casebook.photographs import Photographs
    from crfapp.ui.fields import Say


class PhotoBar(QWidget):
    """Shows itself over a form of photographs alone. ``host`` is where pictures can be dropped."""

    def __init__(self, say: Say, host: QWidget) -> None:
        super().__init__(host)
        self._say, self._entry = say, None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, current().gap)
        column.setSpacing(current().gap)
        row = QHBoxLayout()
        row.setSpacing(current().gap)
        self.words = Words("", "muted", wrap=True, parent=self)
        self.rows = Button(say("Add their rows"), parent=self)
        self.many = Button(say("Several at once…"), icon_name="camera", parent=self)
        row.addWidget(self.words, 1)
        row.addWidget(self.rows)
        row.addWidget(self.many)
        column.addLayout(row)
        self.sharing = Sharing(say, self)
        column.addWidget(self.sharing)
        self.rows.clicked.connect(self._add_rows)
        self.many.clicked.connect(self._choose)
        host.setAcceptDrops(True)
        host.installEventFilter(self)
        self.hide()

    _entry: Entry | None

    def show_form(self, entry: Entry) -> None:
        """Turn to a form."""
        self._entry = entry
        self.sharing.stop()
        entry.cells_changed.connect(self.tell)
        self.tell()

    def tell(self) -> None:
        """Say what is needed now."""
        photographs = self._photographs()
        board = photographs.board() if photographs is not None else None
        self.setVisible(board is not None)
        if board is None or self._entry is None:
            return
        self.words.setText(board.words)
        closed = bool(self._entry.closed)
        self.rows.setVisible(bool(board.lacking) and not closed)
        self.many.setVisible(not closed and photographs is not None and photographs.may_take)

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops, in order."""
        if not self.isVisible():
            return []
        return [*(one for one in (self.rows, self.many) if one.isVisible()), *self.sharing.stops()]

    def bring(self, files: Sequence[Path]) -> None:
        """Share pictures and folders of pictures out over the rows of the form."""
        photographs = self._photographs()
        if self._entry is None or photographs is None or self._entry.closed:
            return
        board = photographs.board()
        if board is not None and board.lacking and not self._entry.take(photographs.add_rows()):
            return
        self.sharing.begin(self._entry, photographs, files)

    def eventFilter(self, _host: QObject, event: QEvent) -> bool:
        """Pictures may be dropped anywhere on the form."""
        if isinstance(event, QDropEvent) and not isinstance(event, QDragEnterEvent):
            if event.type() == QEvent.Type.Drop and self._takes(event):
                event.acceptProposedAction()
                self.bring(files_in(event.mimeData()))
                return True
        elif isinstance(event, QDragEnterEvent) and self._takes(event):
            event.acceptProposedAction()
            return True
        return False

    # ---- inside

    def _takes(self, event: QDropEvent) -> bool:
        return self.isVisible() and self.many.isVisible() and bool(files_in(event.mimeData()))

    def _photographs(self) -> Photographs | None:
        return self._entry.photographs.photographs if self._entry is not None else None

    def _add_rows(self) -> None:
        photographs = self._photographs()
        if self._entry is not None and photographs is not None:
            self._entry.take(photographs.add_rows())

    def _choose(self) -> None:
        photographs = self._photographs()
        if photographs is None:
            return
        start = photographs.room.folder or Path.home()
        found = choose_folder(self, self._say("Which folder of pictures?"), start)
        if found is not None:
            self.bring([found])

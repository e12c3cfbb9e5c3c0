"""The drawing on the Tracer page: photograph, pen, cards and figures follow each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut

from crfapp.ui.photo import read_picture

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from crfapp.present.texts import Texts
    from crfapp.present.tracer_page import TracerPage
    from crfapp.present.tracer_view import TracerView
    from crfapp.ui.tracer.body import TracerBody

_SOON_MS = 30
"""While a point is carried, figures follow this often."""


class Drawing(QObject):
    """Connects the board and the cards with the presenter."""

    def __init__(self, presenter: TracerPage, body: TracerBody, say: Texts) -> None:
        super().__init__(body)
        self._presenter, self._body, self._say = presenter, body, say
        self._pictured = ""
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_SOON_MS)
        self._later.timeout.connect(self.measure)
        body.board.changed.connect(self._changed)
        body.board.pen.refused.connect(self._say_too_few)
        body.tools.ghosted.connect(lambda _on: self.draw_over())
        body.photographs.chosen.connect(self._choose)
        body.scale.by_corners.connect(self._use_corners)
        body.scale.typed.connect(self._length_typed)
        body.scale.done.connect(lambda: body.tools.use("outline"))
        for keys, act in (
            ("S", lambda: body.tools.use("scale")),
            ("O", lambda: body.tools.use("outline")),
            ("G", body.tools.ghost.toggle),
            ("L", body.tools.loupe.toggle),
        ):
            shortcut = QShortcut(QKeySequence(keys), body.board, context=Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(act)

    def show(self, view: TracerView) -> None:
        """How the item stands."""
        self._body.show_view(view)
        self.draw_over()

    def begin(self) -> None:
        """Another item or photograph is open; where it is not calibrated that comes first."""
        body, presenter = self._body, self._presenter
        now = presenter.tracing.now
        body.reason.clear()
        body.ask_before_leaving(False)
        is_calibrated = len(now.scale) == now.clicks and bool(presenter.length)
        body.board.pen.tool = "outline" if is_calibrated else "scale"
        self._fetch()
        self.measure()

    def measure(self) -> None:
        """Say what is drawn now, and what is to be done next."""
        presenter, body = self._presenter, self._body
        self._later.stop()
        told = presenter.figures()
        body.show_figures(told)
        body.scale.show_state(
            corners=presenter.tracing.now.corners,
            length=presenter.length,
            card_mm=presenter.view.card_mm,
            is_open=body.board.pen.is_open,
        )
        body.save.setEnabled(told.ready and presenter.is_unsaved)
        body.done.setVisible(bool(presenter.view.done) and not presenter.is_unsaved)
        self.draw_over()

    def draw_over(self) -> None:
        """The earlier outline, and both people's where they are compared."""
        presenter, body = self._presenter, self._body
        view = presenter.view
        ghost = presenter.ghost() if body.tools.ghost.isChecked() else ()
        others = tuple(
            (line.colour, line.lines)
            for line in view.outlines
            if line.photograph == view.photograph and view.mode == "watch"
        )
        body.board.show_lines(ghost, others)

    # ---- inside

    def _fetch(self) -> None:
        """The photograph comes when it is read and decoded; until then nothing of another one is shown."""
        wanted = self._presenter.view.photograph
        if wanted != self._pictured:
            self._pictured = wanted
            self._body.board.set_picture(b"")
            if wanted:
                self._presenter.fetch(read_picture, self._arrived)

    def _arrived(self, picture: QImage) -> None:
        self._body.board.set_image(picture)

    def _changed(self) -> None:
        if not self._body.board.pen.carries:
            self.measure()
        elif not self._later.isActive():
            self._later.start()

    def _say_too_few(self) -> None:
        self._body.hint.setText(self._say("Three points or more make a line."))

    def _choose(self, photograph: str) -> None:
        self._presenter.choose(photograph)
        self.begin()

    def _use_corners(self, corners: bool) -> None:
        self._presenter.use_corners(corners)
        self._body.tools.use("scale")
        self.measure()

    def _length_typed(self, text: str) -> None:
        self._presenter.length = text
        self.measure()

"""The Tracer page as the window shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut

from crfapp.present.address import Address
from crfapp.present.tracer_drafts import from_text, to_text
from crfapp.present.tracer_page import PLACE
from crfapp.present.unfinished import Unfinished
from crfapp.ui.photo import read_picture
from crfapp.ui.shell.page import KeyLine
from crfapp.ui.tracer.body import DISCARD, LATER, SAVE, TracerBody
from crfapp.work.cases import Topic

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget

    from crfapp.ledger.keys import ItemKey
    from crfapp.present.palette import Action
    from crfapp.present.texts import Texts
    from crfapp.present.tracer_page import TracerPage
    from crfapp.present.tracer_view import TracerView
    from crfapp.ui.shell.page import Shell

_CARES = frozenset({Topic.ANSWERS, Topic.PHOTOGRAPHS, Topic.OUTLINES})
_SOON_MS = 30
"""While a point is carried, figures follow this often."""


class TracerWindowPage:
    """Implements :class:`crfapp.ui.shell.page.Page` and ``Writing``; reached by an area item's address."""

    key = PLACE
    icon = "outline"

    def __init__(self, presenter: TracerPage, shell: Shell, say: Texts) -> None:
        self._presenter, self._shell, self._say = presenter, shell, say
        self._pictured = ""
        self.body = body = TracerBody(presenter.tracing, say)
        self._later = QTimer(body)
        self._later.setSingleShot(True)
        self._later.setInterval(_SOON_MS)
        self._later.timeout.connect(self._measure)
        self._connect()
        presenter.watch(self._show)

    @property
    def widget(self) -> QWidget:
        """What is shown."""
        return self.body

    def title(self) -> str:
        """Its name."""
        return self._say("Tracer")

    def badge(self) -> int:
        """Nothing waits here."""
        return 0

    def refresh(self, topics: Collection[Topic]) -> None:
        """Something was recorded."""
        if _CARES.intersection(topics):
            self._presenter.refresh()

    def shown(self) -> None:
        """The keyboard begins at the photograph."""
        self.body.board.setFocus(Qt.FocusReason.OtherFocusReason)

    def open(self, at: Address) -> None:
        """Turn to the area item of a lesion at a visit."""
        if at.item and at != self.address():
            self._presenter.open(at)
            self._begin()

    def address(self) -> Address:
        """The item that is traced."""
        place = self._presenter.place
        return Address(self.key) if place is None else address_of(place)

    def keys(self) -> Sequence[KeyLine]:
        """The keys of the photograph."""
        say = self._say
        return (
            KeyLine("S  O", say("draw the scale, draw the outline")),
            KeyLine("Enter", say("close the line")),
            KeyLine("Esc", say("one point back")),
            KeyLine("A", say("set a point without the mouse")),
            KeyLine("N  Shift+N", say("choose the next or the previous point")),
            KeyLine("← ↑ → ↓", say("move the chosen point by 1 pixel; with Shift by 10, with Ctrl by 100")),
            KeyLine("Del  Shift+Del", say("take away the point, or its whole line")),
            KeyLine("Ctrl+Z  Ctrl+Y", say("undo and redo")),
            KeyLine("+  −  0", say("zoom, and show the whole photograph")),
            KeyLine("G  L", say("earlier outline and loupe, on and off")),
            KeyLine("Ctrl+Enter", say("save the outline")),
        )

    def actions(self) -> Sequence[Action]:
        """Nothing to be started from elsewhere."""
        return ()

    # ---- what is not saved

    def set_aside(self) -> Sequence[Unfinished]:
        """Every drawing that is not saved, as a text."""
        drafts = self._presenter.take_drafts()
        return [Unfinished(address_of(place), to_text(draft)) for place, draft in drafts.items()]

    def put_back(self, texts: Sequence[Unfinished]) -> Sequence[Unfinished]:
        """Take the drawings up again; what is none is given back."""
        lost = []
        for text in texts:
            draft = from_text(text.typed)
            if draft is None:
                lost.append(text)
            else:
                self._presenter.give_draft(text.at, draft)
                self._begin()
        return lost

    # ---- inside

    def _connect(self) -> None:
        body, presenter = self.body, self._presenter
        body.board.changed.connect(self._changed)
        body.board.pen.refused.connect(
            lambda: body.hint.setText(self._say("Three points or more make a line."))
        )
        body.tools.ghosted.connect(lambda _on: self._draw_over())
        body.photographs.chosen.connect(self._choose)
        body.scale.by_corners.connect(self._use_corners)
        body.scale.typed.connect(self._length_typed)
        body.scale.done.connect(lambda: body.tools.use("outline"))
        body.compared.settled.connect(presenter.settle)
        body.anew.clicked.connect(self._draw_anew)
        body.saved.connect(self._save)
        body.left.connect(self._leave)
        body.back_wanted.connect(self._back)
        for keys, act in (
            ("S", lambda: body.tools.use("scale")),
            ("O", lambda: body.tools.use("outline")),
            ("G", body.tools.ghost.toggle),
            ("L", body.tools.loupe.toggle),
        ):
            shortcut = QShortcut(QKeySequence(keys), body.board, context=Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(act)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), body)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(body.tell_save)

    def _show(self, view: TracerView) -> None:
        self.body.show_view(view)
        self._draw_over()

    def _begin(self) -> None:
        """Another item or photograph is open."""
        body, now = self.body, self._presenter.tracing.now
        body.reason.clear()
        body.ask_before_leaving(False)
        body.board.pen.tool = (
            "outline" if len(now.scale) == now.clicks and self._presenter.length else "scale"
        )
        self._fetch()
        self._measure()

    def _fetch(self) -> None:
        """The photograph comes when it is read and decoded; until then nothing of another one is shown."""
        wanted = self._presenter.view.photograph
        if wanted == self._pictured:
            return
        self._pictured = wanted
        self.body.board.set_picture(b"")
        if wanted:
            self._presenter.fetch(read_picture, self._arrived, self._shell.lane)

    def _arrived(self, picture: QImage) -> None:
        self.body.board.set_image(picture)

    def _changed(self) -> None:
        if self.body.board.pen.carries:
            if not self._later.isActive():
                self._later.start()
        else:
            self._measure()

    def _measure(self) -> None:
        presenter, body = self._presenter, self.body
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
        self._draw_over()

    def _draw_over(self) -> None:
        """The earlier outline, and both people's where they are compared."""
        presenter, body = self._presenter, self.body
        view = presenter.view
        ghost = presenter.ghost() if body.tools.ghost.isChecked() else ()
        others = tuple(
            (line.colour, line.lines)
            for line in view.outlines
            if line.photograph == view.photograph and view.mode == "watch"
        )
        body.board.show_lines(ghost, others)

    def _choose(self, photograph: str) -> None:
        self._presenter.choose(photograph)
        self._begin()

    def _use_corners(self, corners: bool) -> None:
        presenter = self._presenter
        presenter.use_corners(corners)
        self.body.board.update()
        self.body.tools.use("scale")
        self._measure()

    def _length_typed(self, text: str) -> None:
        self._presenter.length = text
        self._measure()

    def _draw_anew(self) -> None:
        self._presenter.draw_anew()
        self._begin()
        self.shown()

    def _save(self, reason: str) -> bool:
        if not (self.body.save.isEnabled() or reason):
            return False
        saved = self._presenter.save(reason)
        if saved:
            self.body.reason.clear()
            self._measure()
        return saved

    def _back(self) -> None:
        if self._presenter.is_unsaved:
            self.body.ask_before_leaving(True)
        else:
            self._go_back()

    def _leave(self, what: str) -> None:
        self.body.ask_before_leaving(False)
        is_aside = self._presenter.view.aside
        if what == SAVE:
            if self._save("" if not self.body.reason_question.isVisible() else self.body.reason.text()):
                self._go_back()
        elif what == DISCARD:
            self._presenter.discard()
            self._begin()
            if not is_aside:
                self._go_back()
        elif what == LATER:
            self._go_back()
        else:
            self.shown()

    def _go_back(self) -> None:
        place = self._presenter.place
        if place is not None:
            self._shell.go(Address("casebook", *place))


def address_of(place: ItemKey) -> Address:
    """Where an area item is traced."""
    return Address(PLACE, *place)

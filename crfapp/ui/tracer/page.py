"""The Tracer page as the window shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from crfapp.present.address import Address
from crfapp.present.tracer_drafts import from_text, to_text
from crfapp.present.tracer_page import PLACE
from crfapp.present.unfinished import Unfinished
from crfapp.ui.shell.page import KeyLine
from crfapp.ui.tracer.body import DISCARD, LATER, SAVE, STAY, TracerBody
from crfapp.ui.tracer.drawing import Drawing
from crfapp.work.cases import Topic

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtWidgets import QWidget

    from crfapp.ledger.keys import ItemKey
    from crfapp.present.palette import Action
    from crfapp.present.texts import Texts
    from crfapp.present.tracer_page import TracerPage
    from crfapp.ui.shell.page import Shell

_CARES = frozenset({Topic.ANSWERS, Topic.PHOTOGRAPHS, Topic.OUTLINES})


class TracerWindowPage:
    """Implements :class:`crfapp.ui.shell.page.Page` and ``Writing``; reached by an area item's address."""

    key = PLACE
    icon = "outline"

    def __init__(self, presenter: TracerPage, shell: Shell, say: Texts) -> None:
        self._presenter, self._shell, self._say = presenter, shell, say
        self.body = TracerBody(presenter.tracing, say)
        self.drawing = Drawing(presenter, self.body, say)
        self._connect()
        presenter.watch(self.drawing.show)

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
            self.drawing.begin()

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

    def unfinished(self) -> Sequence[Unfinished]:
        """Every drawing that is not saved, as a text."""
        return [Unfinished(address_of(place), to_text(draft)) for place, draft in self._presenter.drafts()]

    def set_aside(self) -> Sequence[Unfinished]:
        """Every drawing that is not saved, as a text."""
        drafts = self._presenter.take_drafts()
        return [Unfinished(address_of(place), to_text(draft)) for place, draft in drafts]

    def put_back(self, texts: Sequence[Unfinished]) -> Sequence[Unfinished]:
        """Take the drawings up again; what is none is given back."""
        lost = []
        for text in texts:
            draft = from_text(text.typed)
            if draft is None:
                lost.append(text)
            else:
                self._presenter.give_draft(text.at, draft)
                self.drawing.begin()
        return lost

    # ---- inside

    def _connect(self) -> None:
        body, presenter = self.body, self._presenter
        body.compared.settled.connect(presenter.settle)
        body.anew.clicked.connect(self._draw_anew)
        body.saved.connect(self._save)
        body.left.connect(self._leave)
        body.back_wanted.connect(self._back)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), body)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(body.tell_save)

    def _draw_anew(self) -> None:
        self._presenter.draw_anew()
        self.drawing.begin()
        self.shown()

    def _save(self, reason: str) -> bool:
        if not self._presenter.is_unsaved:
            return False
        saved = self._presenter.save(reason)
        if saved:
            self.body.reason.clear()
            self.drawing.measure()
        return saved

    def _back(self) -> None:
        if self._presenter.is_unsaved:
            self.body.ask_before_leaving(True)
        else:
            self._go_back()

    def _leave(self, what: str) -> None:
        """What becomes of a drawing that is not saved; thrown away from the band above it, one stays here."""
        self.body.ask_before_leaving(False)
        stays = self._presenter.view.aside or what == STAY
        if what == DISCARD:
            self._presenter.discard()
            self.drawing.begin()
        is_done = what == LATER or (what == SAVE and self._save(self.body.given_reason))
        if is_done or (what == DISCARD and not stays):
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

"""The place of a photograph: where it comes from, what it is, what can be done with it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crfapp.present.texts import isolated
from crfapp.ui.choosing import choose_files, choose_folder
from crfapp.ui.fields.base import FieldEditor, FieldSpec
from crfapp.ui.fields.camera_strip import CameraStrip
from crfapp.ui.photo.bringing import KINDS, Brought, single_picture
from crfapp.ui.photo.thumb import SIDE, Thumb
from crfapp.ui.still_there import while_there
from crfapp.ui.theme import current
from crfapp.ui.theme.style import focus_ring
from crfapp.ui.widgets import Button, ElidedLabel, FlowRow, InlineMessage, Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFocusEvent, QKeyEvent

    from crfapp.present.photo_desk import Arriving
    from crfapp.present.photo_view import PhotoView
    from crfapp.ui.fields.photo_slot import PhotoSlot
    from crfapp.ui.widgets.button import Variant

_TAKE, _NOT, _FILE, _PASTE, _CAMERA = "take", "not", "file", "paste", "camera"
_LOOK, _MASK, _REPLACE, _COMPARE = "look", "mask", "replace", "compare"


class PhotoEditor(FieldEditor):
    """Shows the photograph of an item, or offers how one can come.

    A picture that came is taken at once; one about which something has to be said waits until somebody has
    read that. ``arrived`` carries it when it is to be recorded. ``wants_page``: it is to be looked at large
    (``look``), masked (``mask``) or compared (``compare``).
    """

    arrived = Signal(object)
    wants_page = Signal(str)

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self.slot: PhotoSlot | None = spec.photo
        self._open = self.slot is not None and self.slot.may_take
        self._pending: Arriving | None = None
        self._coming = self._refused = ""
        self._told: list[InlineMessage] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(self._open)
        self._lay_out()
        self._redraw()

    # ---- what every editor does

    @property
    def waiting(self) -> bool:
        """Whether a picture stands here that is not recorded."""
        return self._pending is not None

    def raw(self) -> str:
        """The photograph that is recorded, or the name of the file that waits."""
        return self._pending.name or self._pending.photograph if self._pending else self.shown

    def draw_text(self, text: str) -> None:
        """Forget a picture that waits; a name that is written in again has to be chosen again."""
        self._pending, self._coming, self._refused = None, "", ""
        if text and text != self.shown:
            self._refused = self.say("{name} was not recorded. Choose it again.", name=isolated(text))
        self._redraw()

    def show_value(self, text: str, missing: str | None) -> None:
        """What is recorded, or the words of a missing code; a picture that waits stays."""
        self.shown = text
        if self._pending is not None and self._pending.photograph == text:
            self._pending = None
        if text:
            self._refused = ""
        self._show_missing(missing)
        self._redraw()

    def report(self, *, again: bool = False) -> None:
        """Nothing: a picture is taken by a button, never by going on."""

    def focus_first(self) -> None:
        """Take the keyboard."""
        self.setFocus(Qt.FocusReason.TabFocusReason)

    def stops(self) -> list[QWidget]:
        """The place itself, then its buttons and the pictures of the camera."""
        inside = [self.thumb, *self.buttons.values(), *self.strip.stops()]
        return [self, *(one for one in inside if one.isVisibleTo(self))]

    def draw_mark(self) -> None:
        """Repaint in the colour of the mark."""
        self.update()

    def set_enabled_state(self, enabled: bool, why: str) -> None:
        """A closed place shows its photograph and takes none."""
        self._open = enabled and self.slot is not None and self.slot.may_take
        self.setAcceptDrops(self._open)
        self.setToolTip("" if enabled else why)
        self._redraw()

    # ---- pictures come

    def bring(self, brought: Brought) -> None:
        """Read a picture; it is taken, or shown with what has to be said about it."""
        if self.slot is None or not self._open:
            return
        self._pending, self._refused, self._coming = None, "", brought.name
        self._hold_keyboard()
        self.strip.hide()
        self._redraw()
        self.slot.room.look(
            brought.source,
            brought.name,
            done=while_there(self, self._came),
            failed=while_there(self, self.refuse),
        )

    def paste(self) -> None:
        """Take the picture in the clipboard."""
        held = QGuiApplication.clipboard().mimeData()
        brought = single_picture(held) if held is not None else None
        if brought is None:
            self.refuse(self.say("There is no single picture in the clipboard. Copy one, then paste again."))
        else:
            self.bring(brought)

    def refuse(self, sentence: str) -> None:
        """Say why nothing was taken; what is recorded stays."""
        self._coming, self._refused = "", sentence
        self._redraw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V, Enter on a button or on a picture that waits, digits on the camera's pictures."""
        button = QApplication.focusWidget()
        if event.matches(QKeySequence.StandardKey.Paste) and self._open:
            self.paste()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            if isinstance(button, Button | Thumb) and self.isAncestorOf(button):
                button.click()
            elif self._pending is not None:
                self._take()
            else:
                super().keyPressEvent(event)
        elif self.strip.isVisibleTo(self) and self.strip.press(event):
            return
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One picture is for this place; several and folders are for the form."""
        if self._open and single_picture(event.mimeData()) is not None:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take it."""
        brought = single_picture(event.mimeData())
        if brought is not None:
            event.acceptProposedAction()
            self.bring(brought)

    # ---- painting

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ring."""
        if self.hasFocus():
            focus_ring(QPainter(self), self.rect(), current(), current().radius)

    # ---- inside

    def _lay_out(self) -> None:
        tokens = current()
        inside = QVBoxLayout()
        inside.setContentsMargins(tokens.hair, tokens.hair, tokens.hair, tokens.hair)
        inside.setSpacing(tokens.gap)
        self.row.addLayout(inside, 1)
        self.thumb = Thumb(self.spec.name, parent=self)
        self.thumb.clicked.connect(partial(self.wants_page.emit, _LOOK))
        self.name = ElidedLabel("", weight=500, parent=self)
        self.facts = Words("", "muted", size="small", wrap=True, parent=self)
        self.words = Words("", "muted", size="small", wrap=True, parent=self)
        beside = QVBoxLayout()
        beside.setSpacing(tokens.hair)
        for words in (self.name, self.facts, self.words):
            beside.addWidget(words)
        beside.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(tokens.room)
        top.addWidget(self.thumb, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(beside, 1)
        inside.addLayout(top)
        self._notes = QVBoxLayout()
        self._notes.setSpacing(0)
        inside.addLayout(self._notes)
        inside.addWidget(self._button_row())
        self.strip = CameraStrip(self.say, self)
        self.strip.chosen.connect(lambda file: self.bring(Brought(file, file.name)))
        self.strip.refused.connect(self.refuse)
        self.strip.other.connect(self._other_folder)
        self.strip.grown.connect(self.typing)
        self.strip.hide()
        inside.addWidget(self.strip)

    def _button_row(self) -> QWidget:
        say = self.say
        self._held = held = QWidget(self)
        flow = FlowRow(held, gap=current().hair + 2)
        made: tuple[tuple[str, str, Variant, str, Callable[[], object]], ...] = (
            (_TAKE, say("Take it"), "primary", "check", self._take),
            (_NOT, say("Not this one"), "plain", "", self._give_back),
            (_FILE, say("Choose file…"), "plain", "", self._choose),
            (_PASTE, say("Paste"), "plain", "", self.paste),
            (_LOOK, say("Look"), "plain", "eye", partial(self.wants_page.emit, _LOOK)),
            (_MASK, say("Black out parts"), "plain", "", partial(self.wants_page.emit, _MASK)),
            (_COMPARE, say("Compare"), "plain", "", partial(self.wants_page.emit, _COMPARE)),
            (_REPLACE, say("Replace…"), "plain", "", self._choose),
            (_CAMERA, say("Camera folder"), "plain", "camera", self._open_camera),
        )
        self.buttons: dict[str, Button] = {}
        for key, words, variant, sign, act in made:
            button = Button(
                words, variant, icon_name=sign, hint="Ctrl+V" if key == _PASTE else "", parent=held
            )
            button.setAccessibleName(f"{self.spec.name}: {words}")
            button.clicked.connect(lambda _on=False, act=act: act())
            flow.addWidget(button)
            self.buttons[key] = button
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        held.setSizePolicy(policy)
        return held

    def _redraw(self) -> None:
        """Show what stands here now."""
        view = self._view()
        self.thumb.setVisible(view is not None)
        self.name.setVisible(view is not None and bool(view.name))
        self.facts.setVisible(view is not None)
        if view is not None:
            self.name.setText(view.name)
            self.facts.setText(view.facts)
            self.thumb.rename(" ".join(filter(None, (self.spec.name, view.name, view.facts))))
        self._picture(view)
        words = self._sentence(view)
        self.words.setText(words)
        self.words.setVisible(bool(words))
        self._say_notes(view)
        offered = self._offered(view)
        if any(button.hasFocus() and key not in offered for key, button in self.buttons.items()):
            self._hold_keyboard()
        for key, button in self.buttons.items():
            button.setVisible(key in offered)
        self.setAccessibleDescription(" ".join(filter(None, (words, view.facts if view else ""))))
        self._held.updateGeometry()  # buttons that wrap tell nobody by themselves
        self.updateGeometry()
        self.typing.emit()

    def _hold_keyboard(self) -> None:
        """What is about to vanish must not send the keyboard on to the next question."""
        here = QApplication.focusWidget()
        if here is not None and self.isAncestorOf(here):
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _view(self) -> PhotoView | None:
        if self.slot is None:
            return None
        return self.slot.arriving(self._pending) if self._pending is not None else self.slot.shown()

    def _picture(self, view: PhotoView | None) -> None:
        if self._pending is not None:
            self.thumb.show_data(self._pending.shown)
        elif view is not None and self.slot is not None:
            self.slot.room.small(view.photograph, SIDE, while_there(self, self.thumb.show_data))

    def _sentence(self, view: PhotoView | None) -> str:
        if self.slot is None:
            return self.say("Photographs are taken at a site, in a subject's casebook.")
        if self._coming:
            return self.say("{name} is being looked at …", name=isolated(self._coming))
        if view is None and not self._open:
            return self.say("No photograph.")
        if view is None:
            return self.say("Drop a picture here, or choose where it comes from.")
        return view.masked if self._pending is None else self.say("Not recorded yet.")

    def _say_notes(self, view: PhotoView | None) -> None:
        for message in self._told:
            self._notes.removeWidget(message)
            message.deleteLater()
        told = [(note.text, note.grade) for note in view.notes] if view is not None else []
        if self._refused:
            told.insert(0, (self._refused, "error"))
        self._told = [InlineMessage(text, grade, parent=self) for text, grade in told]
        for message in self._told:
            self._notes.addWidget(message)
            message.show()  # else it takes its room only later

    def _offered(self, view: PhotoView | None) -> set[str]:
        if self._coming or self.slot is None:
            return set()
        if self._pending is not None:
            return {_TAKE, _NOT}
        if view is not None:
            return {_LOOK, _COMPARE, *((_MASK, _REPLACE, _CAMERA) if self._open else ())}
        return {_FILE, _PASTE, _CAMERA} if self._open else set()

    def _came(self, picture: Arriving) -> None:
        self._coming, self._pending = "", picture
        assert self.slot is not None  # noqa: S101  # pictures come through it
        if any(note.grade != "info" for note in self.slot.arriving(picture).notes):
            self._redraw()
        else:
            self._take()

    def _take(self) -> None:
        if self._pending is not None:
            self.arrived.emit(self._pending)
            self._redraw()

    def _give_back(self) -> None:
        self.draw_text(self.shown)
        self.focus_first()

    def _choose(self) -> None:
        if self.slot is None:
            return
        start = self.slot.room.folder or Path.home()
        kinds = f"{self.say('Photographs')} ({KINDS})"
        found = choose_files(self, self.say("Which photograph?"), start, kinds)
        if len(found) == 1:
            self.bring(Brought(found[0], found[0].name))
        elif found:
            self.refuse(self.say("Here is room for one photograph. Drop several on the form beside it."))

    def _open_camera(self) -> None:
        if self.slot is not None and self.slot.room.folder is None:
            self._other_folder()
        elif self.slot is not None:
            self.strip.show_newest(self.slot.room)

    def _other_folder(self) -> None:
        if self.slot is None:
            return
        room = self.slot.room
        found = choose_folder(self, self.say("Where are the camera's pictures?"), room.folder or Path.home())
        if found is not None:
            room.folder = found
            self.strip.show_newest(room)

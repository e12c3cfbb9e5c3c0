"""The place of a photograph: where it comes from, what it is, what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from crfapp.present.texts import isolated
from crfapp.ui.fields.photo_face import (
    CAMERA,
    COMPARE,
    FILE,
    LOOK,
    MASK,
    NOT,
    PASTE,
    REPLACE,
    TAKE,
    PhotoFace,
)
from crfapp.ui.fields.photo_sources import PhotoSources
from crfapp.ui.fields.static import StaticEditor
from crfapp.ui.photo.bringing import Brought, single_picture
from crfapp.ui.photo.thumb import SIDE, Thumb
from crfapp.ui.still_there import while_there
from crfapp.ui.widgets import Button

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent

    from crfapp.present.photo_desk import Arriving
    from crfapp.present.photo_view import Grade, PhotoView
    from crfapp.ui.fields.base import FieldEditor, FieldSpec
    from crfapp.ui.fields.photo_slot import PhotoSlot


class PhotoEditor(StaticEditor):
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
        self.open = self.slot is not None and self.slot.may_take
        self.pending: Arriving | None = None
        self.coming = self._refused = ""
        self.setAcceptDrops(self.open)
        self.face = PhotoFace(spec.name, spec.say, self)
        self.row.addWidget(self.face, 1)
        self.face.pressed.connect(self._press)
        self._sources = PhotoSources(self)
        strip = self.face.strip
        strip.chosen.connect(lambda file: self.bring(Brought(file, file.name)))
        strip.refused.connect(self.refuse)
        strip.other.connect(self._sources.other_folder)
        strip.grown.connect(self.typing)
        self._redraw()

    # ---- what every editor does

    def raw(self) -> str:
        """The photograph that is recorded, or the name of the file that waits."""
        return self.pending.name or self.pending.photograph if self.pending else self.shown

    def draw_text(self, text: str) -> None:
        """Forget a picture that waits; a name that is written in again has to be chosen again."""
        self.pending, self.coming, self._refused = None, "", ""
        if text and text != self.shown:
            self._refused = self.say("{name} was not recorded. Choose it again.", name=isolated(text))
        self._redraw()

    def show_value(self, text: str, missing: str | None) -> None:
        """What is recorded, or the words of a missing code; a picture that waits stays."""
        self.shown = text
        if self.pending is not None and self.pending.photograph == text:
            self.pending = None
        if text:
            self._refused = ""
        self._show_missing(missing)
        self._redraw()

    def report(self, *, again: bool = False) -> None:
        """Nothing: a picture is taken by a button, never by going on."""

    def stops(self) -> list[QWidget]:
        """The place itself, then its buttons and the pictures of the camera."""
        return [self, *self.face.stops()]

    def set_enabled_state(self, enabled: bool, why: str) -> None:
        """A closed place shows its photograph and takes none."""
        self.open = enabled and self.slot is not None and self.slot.may_take
        self.setAcceptDrops(self.open)
        self.setToolTip("" if enabled else why)
        self._redraw()

    # ---- pictures come

    def bring(self, brought: Brought) -> None:
        """Read a picture; it is taken, or shown with what has to be said about it."""
        if self.slot is None or not self.open:
            return
        self.pending, self._refused, self.coming = None, "", brought.name
        self._hold_keyboard()
        self.face.strip.hide()
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
        self.coming, self._refused = "", sentence
        self._redraw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V, Enter on a button or on a picture that waits, digits on the camera's pictures."""
        button = QApplication.focusWidget()
        if event.matches(QKeySequence.StandardKey.Paste) and self.open:
            self.paste()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            if isinstance(button, Button | Thumb) and self.isAncestorOf(button):
                button.click()
            elif self.pending is not None:
                self._take()
            else:
                super().keyPressEvent(event)
        elif self.face.strip.isVisibleTo(self) and self.face.strip.press(event):
            return
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One picture is for this place; several and folders are for the form."""
        if self.open and single_picture(event.mimeData()) is not None:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take it."""
        brought = single_picture(event.mimeData())
        if brought is not None:
            event.acceptProposedAction()
            self.bring(brought)

    # ---- inside

    def _press(self, key: str) -> None:
        acts = {
            TAKE: self._take,
            NOT: self._give_back,
            FILE: self._sources.choose,
            REPLACE: self._sources.choose,
            PASTE: self.paste,
            CAMERA: self._sources.open_camera,
        }
        if key in acts:
            acts[key]()
        else:
            self.wants_page.emit(key)

    def _redraw(self) -> None:
        """Show what stands here now."""
        self.waiting = self.pending is not None
        view = self._view()
        sentence, offered = _sentence(self, view), _offered(self, view)
        told: list[tuple[str, Grade]] = [(note.text, note.grade) for note in view.notes] if view else []
        self.face.say_notes([(self._refused, "error"), *told] if self._refused else told)
        if any(button.hasFocus() and key not in offered for key, button in self.face.buttons.items()):
            self._hold_keyboard()
        self.face.show_view(view, sentence, offered)
        self._picture(view)
        self.setAccessibleDescription(" ".join(filter(None, (sentence, view.facts if view else ""))))
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
        return self.slot.arriving(self.pending) if self.pending is not None else self.slot.shown()

    def _picture(self, view: PhotoView | None) -> None:
        if self.pending is not None:
            self.face.thumb.show_data(self.pending.shown)
        elif view is not None and self.slot is not None:
            self.slot.room.small(view.photograph, SIDE, while_there(self, self.face.thumb.show_data))

    def _came(self, picture: Arriving) -> None:
        self.coming, self.pending = "", picture
        assert self.slot is not None  # noqa: S101  # pictures come through it
        if any(note.grade != "info" for note in self.slot.arriving(picture).notes):
            self._redraw()
        else:
            self._take()

    def _take(self) -> None:
        if self.pending is not None:
            self.arrived.emit(self.pending)
            self._redraw()

    def _give_back(self) -> None:
        self.draw_text(self.shown)
        self.focus_first()


def stops_of(editor: FieldEditor) -> list[QWidget]:
    """Where the keyboard stops in an editor, in order; most are one place."""
    return editor.stops() if isinstance(editor, PhotoEditor) else [editor]


def _sentence(editor: PhotoEditor, view: PhotoView | None) -> str:
    if editor.slot is None:
        return editor.say("Photographs are taken at a site, in a subject's casebook.")
    if editor.coming:
        return editor.say("{name} is being looked at …", name=isolated(editor.coming))
    if view is None and not editor.open:
        return editor.say("No photograph.")
    if view is None:
        return editor.say("Drop a picture here, or choose where it comes from.")
    return view.masked if editor.pending is None else editor.say("Not recorded yet.")


def _offered(editor: PhotoEditor, view: PhotoView | None) -> set[str]:
    if editor.coming or editor.slot is None:
        return set()
    if editor.pending is not None:
        return {TAKE, NOT}
    if view is not None:
        return {LOOK, COMPARE, *((MASK, REPLACE, CAMERA) if editor.open else ())}
    return {FILE, PASTE, CAMERA} if editor.open else set()

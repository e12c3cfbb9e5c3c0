"""How the place of a photograph looks: the picture, its facts, sentences, buttons, the camera's pictures."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crfapp.ui.fields.camera_strip import CameraStrip
from crfapp.ui.photo.thumb import Thumb
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, ElidedLabel, FlowRow, InlineMessage, Words

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from crfapp.present.photo_view import Grade, PhotoView
    from crfapp.ui.fields.base import Say
    from crfapp.ui.widgets.button import Variant

TAKE, NOT, FILE, PASTE, CAMERA = "take", "not", "file", "paste", "camera"
LOOK, MASK, REPLACE, COMPARE = "look", "mask", "replace", "compare"


class PhotoFace(QWidget):
    """Draws what it is told. ``pressed`` names the button."""

    pressed = Signal(str)

    def __init__(self, name: str, say: Say, owner: QWidget) -> None:
        super().__init__(owner)
        self._name, self._say = name, say
        self._told: list[InlineMessage] = []
        tokens = current()
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.hair, tokens.hair, tokens.hair, tokens.hair)
        column.setSpacing(tokens.gap)
        column.addLayout(self._top())
        self._notes = QVBoxLayout()
        self._notes.setSpacing(0)
        column.addLayout(self._notes)
        column.addWidget(self._button_row())
        self.strip = CameraStrip(say, owner)
        self.strip.hide()
        column.addWidget(self.strip)

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops, in order."""
        inside = [self.thumb, *self.buttons.values(), *self.strip.stops()]
        return [one for one in inside if one.isVisibleTo(self)]

    def show_view(self, view: PhotoView | None, sentence: str, offered: Collection[str]) -> None:
        """The picture's facts, a sentence beside it, and the buttons that mean something now."""
        self.thumb.setVisible(view is not None)
        self.name.setVisible(view is not None and bool(view.name))
        self.facts.setVisible(view is not None)
        if view is not None:
            self.name.setText(view.name)
            self.facts.setText(view.facts)
            self.thumb.rename(" ".join(filter(None, (self._name, view.name, view.facts))))
        self.words.setText(sentence)
        self.words.setVisible(bool(sentence))
        for key, button in self.buttons.items():
            button.setVisible(key in offered)
        self._held.updateGeometry()  # buttons that wrap tell nobody by themselves
        self.updateGeometry()

    def say_notes(self, told: Sequence[tuple[str, Grade]]) -> None:
        """Sentences below the picture, in place of those before."""
        for message in self._told:
            self._notes.removeWidget(message)
            message.deleteLater()
        self._told = [InlineMessage(text, grade, parent=self) for text, grade in told]
        for message in self._told:
            self._notes.addWidget(message)
            message.show()  # else it takes its room only later

    def _top(self) -> QHBoxLayout:
        self.thumb = Thumb(self._name, parent=self)
        self.thumb.clicked.connect(partial(self.pressed.emit, LOOK))
        self.name = ElidedLabel("", weight=500, parent=self)
        self.facts = Words("", "muted", size="small", wrap=True, parent=self)
        self.words = Words("", "muted", size="small", wrap=True, parent=self)
        beside = QVBoxLayout()
        beside.setSpacing(current().hair)
        for words in (self.name, self.facts, self.words):
            beside.addWidget(words)
        beside.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(current().room)
        top.addWidget(self.thumb, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(beside, 1)
        return top

    def _button_row(self) -> QWidget:
        say = self._say
        self._held = held = QWidget(self)
        flow = FlowRow(held, gap=current().hair + 2)
        made: tuple[tuple[str, str, Variant, str], ...] = (
            (TAKE, say("Take it"), "primary", "check"),
            (NOT, say("Not this one"), "plain", ""),
            (FILE, say("Choose file…"), "plain", ""),
            (PASTE, say("Paste"), "plain", ""),
            (LOOK, say("Look"), "plain", "eye"),
            (MASK, say("Black out parts"), "plain", ""),
            (COMPARE, say("Compare visits"), "plain", ""),
            (REPLACE, say("Replace…"), "plain", ""),
            (CAMERA, say("Camera folder"), "plain", "camera"),
        )
        self.buttons: dict[str, Button] = {}
        for key, words, variant, sign in made:
            hint = "Ctrl+V" if key == PASTE else ""
            button = Button(words, variant, icon_name=sign, hint=hint, parent=held)
            button.setAccessibleName(f"{self._name}: {words}")
            button.clicked.connect(partial(self.pressed.emit, key))
            flow.addWidget(button)
            self.buttons[key] = button
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        held.setSizePolicy(policy)
        return held

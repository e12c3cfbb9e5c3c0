"""Blacking out parts of a photograph in the copies that leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from crfapp.ui.casebook.asking import ReasonPrompt
from crfapp.ui.casebook.page_tabbing import add_keys
from crfapp.ui.photo.black import MaskHand
from crfapp.ui.photo.reading import as_image
from crfapp.ui.photograph.frame import OnePhotograph
from crfapp.ui.shell.page import KeyLine
from crfapp.ui.still_there import while_there
from crfapp.ui.theme import current
from crfapp.ui.widgets import Banner, Button, Words
from crfapp.ui.widgets.slim_bar import give_slim_bars

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QImage

    from crfapp.present.photograph_page import PhotographPage
    from crfapp.present.texts import Texts
    from crfapp.ui.shell.page import Shell

_SIDE = 18
"""The side beside the picture, in paddings."""


class MaskWindowPage(OnePhotograph):
    """Implements :class:`crfapp.ui.shell.page.Page`; the original is never changed."""

    key = "masking"

    def __init__(self, presenter: PhotographPage, shell: Shell, say: Texts) -> None:
        super().__init__(presenter, shell, say)
        self.hand = MaskHand(self.body.canvas)
        self.hand.changed.connect(self._count)
        self.body.beside.addWidget(self._make_side())
        self.copy = Banner(
            say("This is the copy that leaves."),
            note=say("Black where you said so, and without anything that the camera wrote."),
            parent=self.body,
        )
        self.copy.add_button("back", say("Back to drawing"), "plain")
        self.copy.chosen.connect(lambda _key: self._end_preview())
        layout = self.body.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(layout.count() - 1, self.copy)
        self.copy.hide()
        add_keys(self.body, {"Ctrl+P": self._toggle_preview})

    def title(self) -> str:
        """Its name in the palette."""
        return self._say("Black out parts")

    def keys(self) -> Sequence[KeyLine]:
        """How rectangles are drawn without a mouse."""
        say = self._say
        return (
            KeyLine("N", say("a new rectangle")),
            KeyLine("[  ]", say("the one before, the next one")),
            KeyLine("← ↑ → ↓", say("move it; with Shift larger or smaller, with Ctrl by one pixel")),
            KeyLine("Del", say("take it away")),
            KeyLine("Ctrl+P", say("the copy that leaves")),
            KeyLine("Esc", say("back to the form")),
        )

    def draw(self) -> None:
        """What is masked already can be moved and taken away like any other rectangle."""
        super().draw()
        self._end_preview(read=False)
        self.hand.show_boxes(self.now.boxes if self.now is not None else ())
        self.prompt.line.setText(self.now.why if self.now is not None else "")
        self.side.setEnabled(self.now is not None and self._presenter.may_mask)
        self._count()

    # ---- inside

    def _make_side(self) -> QWidget:
        say, tokens = self._say, current()
        self.side = QWidget(self.body)
        column = QVBoxLayout(self.side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.gap)
        told = say(
            "Draw a rectangle over whatever could tell who this is. It is black in every copy that leaves; "
            "the original stays as it is."
        )
        column.addWidget(Words(told, "muted", wrap=True))
        self.counted = Words("", weight=500, wrap=True)
        column.addWidget(self.counted)
        self.new = Button(say("New rectangle"), icon_name="plus", hint="N")
        self.gone = Button(say("Take it away"), hint="Del")
        self.preview = Button(say("The copy that leaves"), icon_name="eye", hint="Ctrl+P")
        for button in (self.new, self.gone, self.preview):
            column.addWidget(button)
        self.prompt = ReasonPrompt(
            say("Why is this blacked out?"),
            self._presenter.reasons,
            say,
            go=say("Save"),
            back=say("Put back"),
            narrow=True,
            parent=self.side,
        )
        column.addWidget(self.prompt)
        self.done = Words("", "ok", weight=500, wrap=True)
        column.addWidget(self.done)
        column.addStretch(1)
        self.new.clicked.connect(self._draw_new)
        self.gone.clicked.connect(self.hand.remove)
        self.preview.clicked.connect(self._toggle_preview)
        self.prompt.given.connect(self._save)
        self.prompt.withheld.connect(self._put_back)
        scroll = QScrollArea(self.body)
        scroll.setWidget(self.side)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.viewport().setAutoFillBackground(False)
        self.side.setAutoFillBackground(False)
        give_slim_bars(scroll)
        scroll.setFixedWidth(_SIDE * tokens.pad)
        return scroll

    def _draw_new(self) -> None:
        self.hand.add()
        self.body.canvas.setFocus()

    def _count(self) -> None:
        count = len(self.hand.rects)
        words = self._say.many("{count} rectangle", "{count} rectangles", count)
        self.counted.setText(words if count else self._say("Nothing is blacked out."))
        self.gone.setEnabled(self.hand.at >= 0)
        self.done.setText("")

    def _save(self, reason: str) -> None:
        refused = self._presenter.mask(self.hand.boxes, reason)
        if refused:
            self.prompt.say_again(refused)
            return
        self.now = self._presenter.shown()
        self.done.setText(self._say("Saved. Every copy that leaves from now on is made so."))

    def _put_back(self) -> None:
        """As it is recorded; a second time, back to the form."""
        recorded = self.now.boxes if self.now is not None else ()
        if self.hand.boxes == recorded:
            self.go_back()
            return
        self.hand.show_boxes(recorded)
        self._count()
        self.body.canvas.setFocus()

    def _toggle_preview(self) -> None:
        if not self.copy.isHidden():
            self._end_preview()
            return
        if self.now is None:
            return
        wanted = self.now.view.photograph

        def came(image: QImage) -> None:
            if self.now is None or self.now.view.photograph != wanted:
                return
            self.hand.hidden = True
            look = self.body.canvas.look()
            self.body.canvas.set_image(image)
            self.body.canvas.set_look(look)
            self.copy.show()

        body = self.body
        self._presenter.room.copy(
            wanted,
            self.hand.boxes,
            as_image,
            done=while_there(body, came),
            failed=while_there(body, body.say_problem),
        )

    def _end_preview(self, *, read: bool = True) -> None:
        if self.copy.isHidden():
            return
        self.copy.hide()
        self.hand.hidden = False
        if read:
            self.read_picture()
        self.body.canvas.setFocus()

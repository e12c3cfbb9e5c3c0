"""Looking at one photograph in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from crfapp.ui.photo.black import BlackBoxes
from crfapp.ui.photograph.frame import OnePhotograph
from crfapp.ui.shell.page import KeyLine
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, InlineMessage, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.present.photograph_page import PhotographPage
    from crfapp.present.texts import Texts
    from crfapp.ui.shell.page import Shell


class PhotographWindowPage(OnePhotograph):
    """Implements :class:`crfapp.ui.shell.page.Page`; reached by the address of a photograph's item."""

    key = "photograph"

    def __init__(self, presenter: PhotographPage, shell: Shell, say: Texts) -> None:
        super().__init__(presenter, shell, say)
        self.boxes = BlackBoxes(self.body.canvas)
        self.mask = Button(say("Black out parts"))
        self.compare = Button(say("Compare visits"))
        for button, page in ((self.mask, "masking"), (self.compare, "compare")):
            button.clicked.connect(lambda _on=False, page=page: self.go_on(page))
            self.body.buttons.addWidget(button)
        side = QVBoxLayout()
        side.setSpacing(current().hair)
        self._side = side
        self._told: list[InlineMessage] = []
        self.hash = Words("", "muted", size="tiny", wrap=True)
        layout = self.body.layout()
        if isinstance(layout, QVBoxLayout):
            layout.addLayout(side)
            layout.addWidget(self.hash)

    def title(self) -> str:
        """Its name in the palette."""
        return self._say("Photograph")

    def keys(self) -> Sequence[KeyLine]:
        """How one looks closer."""
        say = self._say
        return (
            KeyLine("+  −  0", say("larger, smaller, the whole")),
            KeyLine("← ↑ → ↓", say("move the picture")),
            KeyLine("Esc", say("back to the form")),
        )

    def draw(self) -> None:
        """The sentences about it below the picture, and its SHA-256."""
        super().draw()
        now = self.now
        self.mask.setVisible(now is not None and self._presenter.may_mask)
        self.compare.setVisible(now is not None)
        self.boxes.show_boxes(now.boxes if now is not None else ())
        for message in self._told:
            self._side.removeWidget(message)
            message.deleteLater()
        notes = [(note.text, note.grade) for note in now.view.notes] if now is not None else []
        if now is not None and now.view.masked:
            notes.append((now.view.masked, "info"))
        self._told = [InlineMessage(text, grade, parent=self.body) for text, grade in notes]
        for message in self._told:
            self._side.addWidget(message)
        self.hash.setText(self._say("SHA-256 {hash}", hash=now.view.photograph) if now is not None else "")

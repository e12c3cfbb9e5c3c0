"""What the pages of one photograph have in common: a head, the picture, and how it gets there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crfapp.present.address import Address
from crfapp.present.palette import CASEBOOK
from crfapp.ui.casebook.page_tabbing import add_keys
from crfapp.ui.photo import PhotoCanvas
from crfapp.ui.photo.reading import as_image
from crfapp.ui.still_there import while_there
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, ElidedLabel, InlineMessage, Words

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtGui import QImage

    from crfapp.present.palette import Action
    from crfapp.present.photograph_page import PhotographPage, WholePhotograph
    from crfapp.present.texts import Texts
    from crfapp.ui.shell.page import Shell
    from crfapp.work.cases import Topic


class PhotographBody(QWidget):
    """A photograph under its title; buttons stand in ``buttons``, whatever else beside it in ``beside``."""

    def __init__(self, say: Texts) -> None:
        super().__init__()
        tokens = current()
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.wide, tokens.pad, tokens.wide, tokens.pad)
        column.setSpacing(tokens.gap)
        top = QHBoxLayout()
        top.setSpacing(tokens.gap)
        self.back = Button(say("Back to the form"), "quiet", icon_name="chevron-start", hint="Esc")
        self.title = ElidedLabel("", size="title", weight=600)
        top.addWidget(self.back)
        top.addWidget(self.title, 1)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(tokens.gap)
        top.addLayout(self.buttons)
        column.addLayout(top)
        self.where = Words("", "muted", wrap=True)
        self.facts = Words("", "muted", size="small", wrap=True)
        column.addWidget(self.where)
        column.addWidget(self.facts)
        self.problem = InlineMessage("", "error", parent=self)
        self.problem.hide()
        column.addWidget(self.problem)
        self.canvas = PhotoCanvas(say("Photograph"), say("The photograph is being read …"))
        self.beside = QHBoxLayout()
        self.beside.setSpacing(tokens.pad)
        self.beside.addWidget(self.canvas, 1)
        column.addLayout(self.beside, 1)

    def say_problem(self, sentence: str) -> None:
        """Say what went wrong; an empty sentence takes it away."""
        self.problem.text.setText(sentence)
        self.problem.setAccessibleName(sentence)
        self.problem.setVisible(bool(sentence))


class OnePhotograph:
    """What both pages do: turn to a photograph, show it, go back (:class:`crfapp.ui.shell.page.Page`)."""

    key = ""
    icon = "camera"

    def __init__(self, presenter: PhotographPage, shell: Shell, say: Texts) -> None:
        self._presenter, self._shell, self._say = presenter, shell, say
        self._at = Address(self.key)
        self.now: WholePhotograph | None = None
        self.body = PhotographBody(say)
        self.body.back.clicked.connect(self.go_back)
        add_keys(self.body, {"Esc": self.go_back})

    @property
    def widget(self) -> QWidget:
        """What is shown."""
        return self.body

    def badge(self) -> int:
        """Nothing waits here."""
        return 0

    def refresh(self, topics: Collection[Topic]) -> None:
        """What is shown was asked for; it is read again when somebody comes."""

    def shown(self) -> None:
        """The keyboard is on the picture."""
        self.body.canvas.setFocus()

    def open(self, at: Address) -> None:
        """Turn to the photograph of an item."""
        if not at.item:
            return
        self._at = replace(at, page=self.key)
        self.now = self._presenter.open(at)
        self.body.canvas.nothing = self._say("The photograph is being read …")
        self.body.canvas.set_image(as_image(b""))
        self.body.say_problem("" if self.now else self._say("There is no photograph here."))
        self.draw()
        if self.now is not None:
            self.read_picture()

    def address(self) -> Address:
        """The item."""
        return self._at

    def actions(self) -> Sequence[Action]:
        """Nothing to be started from elsewhere."""
        return ()

    def go_back(self) -> None:
        """To the item in its form."""
        self._shell.go(replace(self._at, page=CASEBOOK))

    def go_on(self, page: str) -> None:
        """To another page about the same photograph."""
        self._shell.go(replace(self._at, page=page))

    def read_picture(self) -> None:
        """Show the photograph in full as soon as it is read."""
        if self.now is None:
            return
        wanted = self.now.view.photograph

        def came(image: QImage) -> None:
            if self.now is not None and self.now.view.photograph == wanted:
                self.body.canvas.set_image(image)

        body = self.body
        self._presenter.room.whole(
            wanted, as_image, done=while_there(body, came), failed=while_there(body, body.say_problem)
        )

    def draw(self) -> None:
        """Title and facts."""
        now = self.now
        self.body.title.setText(now.title if now is not None else self._say("Photograph"))
        self.body.where.setText(now.where if now is not None else "")
        self.body.facts.setText(now.view.facts if now is not None else "")

"""The Compare page as the window shows it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from crfapp.present.address import Address
from crfapp.present.palette import CASEBOOK
from crfapp.ui.casebook.page_tabbing import add_keys
from crfapp.ui.choosing import choose_place
from crfapp.ui.compare.body import GHOST, GRID, OUTLINE, OVER, CompareBody
from crfapp.ui.compare.pane import Lines
from crfapp.ui.compare.sheet import sheet_pdf
from crfapp.ui.photo.reading import as_image
from crfapp.ui.shell.page import KeyLine
from crfapp.ui.still_there import while_there
from crfapp.work.cases import Topic

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget

    from crfapp.present.compare_photographs import ComparePage
    from crfapp.present.compare_view import ComparedVisit, CompareView
    from crfapp.present.palette import Action
    from crfapp.present.texts import Texts
    from crfapp.ui.shell.page import Shell

_CARES = frozenset({Topic.PHOTOGRAPHS, Topic.ANSWERS, Topic.FORMS, Topic.VISITS})
_DIGITS = 9


class CompareWindowPage:
    """Implements :class:`crfapp.ui.shell.page.Page`; ``home`` is where a sheet is proposed to be put."""

    key = "compare"
    icon = "camera"

    def __init__(self, presenter: ComparePage, shell: Shell, say: Texts, home: Path) -> None:
        self._presenter, self._shell, self._say, self._home = presenter, shell, say, home
        self._at = self._came_from = Address(self.key)
        self._on = frozenset({GHOST})
        self.now: CompareView | None = None
        self.body = body = CompareBody(presenter.room, say)
        body.back.clicked.connect(self._go_back)
        body.toggled.connect(self._toggle)
        body.target.chosen.connect(self._turn_to)
        body.light.chosen.connect(self._look_by)
        body.strip.pressed.connect(self._press)
        body.fit.clicked.connect(body.board.fit)
        body.paper.clicked.connect(self.make_sheet)
        keys = {"B": GHOST, "O": OUTLINE, "G": GRID, "S": OVER}
        add_keys(body, {key: partial(self._toggle, what) for key, what in keys.items()})
        add_keys(body, {"V": self._next_light, "Esc": self._go_back, "Ctrl+P": self.make_sheet})
        add_keys(body, {str(n): partial(self._press_number, n) for n in range(1, _DIGITS + 1)})

    @property
    def widget(self) -> QWidget:
        """What is shown."""
        return self.body

    def title(self) -> str:
        """Its name in the palette."""
        return self._say("Compare photographs")

    def badge(self) -> int:
        """Nothing waits here."""
        return 0

    def refresh(self, topics: Collection[Topic]) -> None:
        """Photographs and areas may have changed."""
        if self.now is not None and self.body.isVisible() and _CARES & set(topics):
            self._draw()

    def shown(self) -> None:
        """The keyboard is on the first photograph."""
        if self.now is not None:
            self._draw()
        for pane in self.body.board.shown[:1]:
            pane.canvas.setFocus()

    def open(self, at: Address) -> None:
        """Turn to a lesion; from an item of a photograph, to that visit beside the baseline."""
        if not at.subject:
            return
        self._at = self._came_from = replace(at, page=self.key)
        self._presenter.open(at)
        self.body.say_problem("")
        self._draw()

    def address(self) -> Address:
        """The lesion."""
        return self._at

    def keys(self) -> Sequence[KeyLine]:
        """The keys of a comparison."""
        say = self._say
        return (
            KeyLine("1 … 9", say("take a visit in, or out")),
            KeyLine("V", say("the other light")),
            KeyLine("B  O  G", say("baseline outline, own outlines, grid")),
            KeyLine("S", say("over each other; the arrows move the line")),
            KeyLine("+  −  0", say("larger, smaller, the whole")),
            KeyLine("← ↑ → ↓", say("move the picture")),
            KeyLine("Ctrl+P", say("PDF sheet")),
            KeyLine("Esc", say("back")),
        )

    def actions(self) -> Sequence[Action]:
        """Nothing to be started from elsewhere."""
        return ()

    # ---- the sheet

    def make_sheet(self) -> None:
        """Ask where the sheet goes, and make it of the copies that may leave."""
        now = self.now
        shown = [visit for visit in now.shown if visit.photograph] if now is not None else []
        if now is None or not shown or not now.may_print:
            return
        name = "-".join(now.where.split()[:3:2]) or "photographs"
        plain = "".join(sign for sign in name if sign.isalnum() or sign in "-_")
        target = choose_place(
            self.body,
            self._say("Where should the sheet be written?"),
            self._home / f"{plain}.pdf",
            "PDF (*.pdf)",
        )
        if target is not None:
            self._gather(now, shown, target)

    def _gather(self, now: CompareView, shown: Sequence[ComparedVisit], target: Path) -> None:
        """Read the copies one after the other; the sheet is drawn when all are there."""
        images: list[QImage] = []
        self.body.say_problem("")
        self.body.say_told(self._say("The sheet is being made …"))

        def came(image: QImage) -> None:
            images.append(image)
            if len(images) == len(shown):
                pdf = sheet_pdf(
                    self._presenter.sheet(now, ghost=GHOST in self._on),
                    list(zip(shown, images, strict=True)),
                    self._lines(),
                )
                done, words = self._presenter.put(pdf, target, len(shown))
                self.body.say_told(words if done else "")
                self.body.say_problem("" if done else words)

        def failed(sentence: str) -> None:
            self.body.say_told("")
            self.body.say_problem(sentence)

        body = self.body
        for visit in shown:
            self._presenter.room.copy(
                visit.photograph,
                visit.boxes,
                as_image,
                done=while_there(body, came),
                failed=while_there(body, failed),
            )

    # ---- inside

    def _draw(self) -> None:
        self.now = self._presenter.view()
        self.body.show_view(self.now, self._on)
        self.body.board.set_lines(self._lines())
        self.body.board.lay_over(over=OVER in self._on)

    def _lines(self) -> Lines:
        return Lines(GHOST in self._on, OUTLINE in self._on, GRID in self._on)

    def _toggle(self, what: str) -> None:
        if self.body.toggles[what].isEnabled():
            self._on ^= {what}
        self._draw()
        if what == OVER and OVER in self._on:
            self.body.board.slider.line.setFocus()

    def _press(self, key: str) -> None:
        """Take a visit in or out; of more than four the first goes, but never the last of all."""
        if self.now is None:
            return
        chosen = self.now.chosen
        wanted = tuple(one for one in chosen if one != key) if key in chosen else (*chosen, key)
        if wanted:
            self._presenter.choose(wanted)
        self._draw()

    def _press_number(self, number: int) -> None:
        visits = self.now.visits if self.now is not None else ()
        if number <= len(visits) and visits[number - 1].photograph:
            self._press(visits[number - 1].key)

    def _turn_to(self, target: str) -> None:
        self._presenter.turn_to(target)
        self._at = Address(self.key, self._at.subject, row=target)
        self._draw()

    def _look_by(self, view: str) -> None:
        self._presenter.look_by(view)
        self._draw()

    def _next_light(self) -> None:
        views = [code for code, _words in self.now.views] if self.now is not None else []
        if self.now is not None and len(views) > 1:
            self._look_by(views[(views.index(self.now.view) + 1) % len(views)])

    def _go_back(self) -> None:
        """To the photograph's item, or to the lesion, wherever one came from."""
        came = self._came_from
        self._shell.go(replace(came, page=CASEBOOK if came.form else "lesion"))

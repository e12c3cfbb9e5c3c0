"""A page on the screen without the frame around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QApplication, QWidget

from crfapp.ui.preferences import Preferences, apply_preferences

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from crfapp.base.problems import AppProblem
    from crfapp.present.address import Address
    from crfapp.present.lane import Lane
    from crfapp.ui.shell.page import Page


class ShellAlone:
    """Notes where a page wanted to go, and what it told."""

    def __init__(self, lane: Lane | None = None) -> None:
        self._lane = lane
        self.went: list[Address] = []
        self.told: list[AppProblem] = []
        self.turned: list[tuple[str, Address]] = []
        self.helped = 0

    @property
    def lane(self) -> Lane:
        assert self._lane is not None
        return self._lane

    def go(self, to: Address) -> None:
        self.went.append(to)

    def turn_to(self, part: str, to: Address) -> None:
        self.turned.append((part, to))

    def tell(self, problem: AppProblem) -> None:
        self.told.append(problem)

    def show_help(self) -> None:
        self.helped += 1

    def recount(self) -> None:
        """Nobody counts here."""


def dress_application(language: str = "en", scale: float = 1.0) -> None:
    """The look, direction and locale of one language."""
    app = cast("QApplication", QApplication.instance())
    apply_preferences(app, Preferences(language=language, scale=scale))


def put_on_screen(qtbot: QtBot, page: Page) -> QWidget:
    """Show a page and give it the keyboard, as the frame does."""
    widget = page.widget
    qtbot.addWidget(widget)
    widget.resize(1092, 724)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
    page.shown()
    return widget

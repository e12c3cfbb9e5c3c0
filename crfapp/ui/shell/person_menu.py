"""The small menu under the person's name: language, appearance, text size, keys, password, leaving."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from crfapp.present.texts import LANGUAGES, N_
from crfapp.ui.preferences import SCALES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crfapp.present.texts import Texts
    from crfapp.ui.preferences import Preferences
    from crfapp.ui.theme import ThemeName

THEME_WORDS: dict[ThemeName, str] = {
    "light": N_("Light"),
    "dark": N_("Dark"),
    "contrast": N_("High contrast"),
}


class PersonMenu(QMenu):
    """Emits what is wished; ``wished`` carries whole Preferences."""

    wished = Signal(object)
    help_wanted = Signal()
    keys_wanted = Signal()
    about_wanted = Signal()
    password_wanted = Signal()
    log_out_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def choices(self, title: str, options: Iterable[tuple[str, Preferences]], now: Preferences) -> None:
        """A part of the menu in which one of several holds."""
        self.addSection(title)
        group = QActionGroup(self)
        for words, wanted in options:
            action = self.addAction(words)
            action.setCheckable(True)
            action.setChecked(wanted == now)
            action.triggered.connect(lambda _=False, wanted=wanted: self.wished.emit(wanted))
            group.addAction(action)

    def open_below(self, corner: QPoint) -> None:
        """Show it, its outer edge below a corner."""
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self.popup(corner if rtl else corner - QPoint(self.sizeHint().width(), 0))


def person_menu(parent: QWidget, now: Preferences, say: Texts) -> PersonMenu:
    """The menu for how things stand now."""
    menu = PersonMenu(parent)
    languages = [(name, replace(now, language=code)) for code, name in LANGUAGES.items()]
    menu.choices(say("Language"), languages, now)
    themes = [(say(words), replace(now, theme=theme)) for theme, words in THEME_WORDS.items()]
    menu.choices(say("Appearance"), themes, now)
    sizes = [(f"{round(100 * scale)} %", replace(now, scale=scale)) for scale in SCALES]
    menu.choices(say("Text size"), sizes, now)
    sounds = [(say("Silent"), replace(now, sounds=False)), (say("With a sound"), replace(now, sounds=True))]
    menu.choices(say("Reminders"), sounds, now)
    menu.addSeparator()
    menu.addAction(say("Help"), menu.help_wanted.emit)
    menu.addAction(say("Keys of this page"), menu.keys_wanted.emit)
    menu.addAction(say("About crfapp"), menu.about_wanted.emit)
    menu.addAction(say("Change my password"), menu.password_wanted.emit)
    menu.addAction(say("Log out"), menu.log_out_wanted.emit)
    return menu

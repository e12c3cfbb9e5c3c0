"""How one workstation likes its window, and putting that on the running application."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator

from crfapp.present.texts import RIGHT_TO_LEFT
from crfapp.ui.theme import apply_theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from crfapp.ui.theme import ThemeName

SCALES = (1.0, 1.1, 1.25, 1.5, 1.75, 2.0)
_LOCALES = {"en": "en_GB", "ar": "ar_JO", "de": "de_DE"}
_TRANSLATOR = "crfapp-qtbase"


@dataclass(frozen=True, slots=True)
class Preferences:
    """Language (en, ar, de), theme, text size 1.0 to 2.0, minutes without a touch until the window locks.

    ``sounds``: whether what is due also makes itself heard.
    """

    language: str = "en"
    theme: ThemeName = "light"
    scale: float = 1.0
    idle_minutes: int = 10
    sounds: bool = False


def apply_preferences(app: QApplication, wanted: Preferences) -> None:
    """Give the application its look, direction, locale and Qt's own texts; pages are made anew afterwards."""
    rtl = wanted.language in RIGHT_TO_LEFT
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
    QLocale.setDefault(QLocale(_LOCALES.get(wanted.language, "en_GB")))
    _translate_qt(app, wanted.language)
    apply_theme(app, wanted.theme, wanted.scale)


def _translate_qt(app: QApplication, language: str) -> None:
    """The words of Qt's own dialogs and menus."""
    for old in app.findChildren(QTranslator, _TRANSLATOR):
        app.removeTranslator(old)
        old.deleteLater()
    translator = QTranslator(app)
    translator.setObjectName(_TRANSLATOR)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(f"qtbase_{language}", folder):
        app.installTranslator(translator)

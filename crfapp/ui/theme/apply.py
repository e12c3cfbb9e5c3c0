"""Put a set of tokens on the running application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette

from crfapp.ui.resources import resource
from crfapp.ui.theme.style import TokenStyle
from crfapp.ui.theme.tokens import THEMES, ThemeName, Tokens

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

FONT_FILES = (
    "IBMPlexSansArabic-Regular.ttf",
    "IBMPlexSansArabic-Medium.ttf",
    "IBMPlexSansArabic-SemiBold.ttf",
    "DejaVuSans.ttf",
)
_LOADED = "crfapp_fonts_loaded"


def apply_theme(app: QApplication, name: ThemeName, scale: float = 1.0) -> Tokens:
    """Give the application one look; call it again to change the look while it runs.

    ``scale`` 1.0 to 2.0 multiplies every size (the person's wish, on top of the screen's own factor).
    Widgets that keep a colour or size of the tokens have a method ``dress``, which is called here:
    listening to change events instead would cost every widget of a form while it is built. There is
    no style sheet either: it would make large forms two to three times slower to build.
    """
    tokens = THEMES[name].scaled(scale)
    load_fonts(app)
    font = QFont(list(tokens.families))
    font.setPixelSize(tokens.base)
    app.setStyle(TokenStyle(tokens))
    app.setPalette(palette_of(tokens))
    app.setFont(font)
    for widget in app.allWidgets():
        dress = getattr(widget, "dress", None)
        if dress is not None:
            dress()
    return tokens


def load_fonts(app: QApplication) -> None:
    """Make the shipped fonts known, once; a missing file is named in the error."""
    if app.property(_LOADED):
        return
    for name in FONT_FILES:
        path = resource(f"fonts/{name}")
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise FileNotFoundError(path)
    app.setProperty(_LOADED, True)


def palette_of(tokens: Tokens) -> QPalette:
    """The tokens as a palette, so that Qt's own widgets and dialogs take part."""
    role = QPalette.ColorRole
    palette = QPalette()
    for target, token in {
        role.Window: "ground",
        role.WindowText: "text",
        role.Base: "surface",
        role.AlternateBase: "ground",
        role.Text: "text",
        role.Button: "surface",
        role.ButtonText: "text",
        role.BrightText: "error",
        role.ToolTipBase: "surface",
        role.ToolTipText: "text",
        role.Highlight: "primary",
        role.HighlightedText: "on_primary",
        role.Accent: "primary",
        role.Link: "primary",
        role.LinkVisited: "query",
        role.PlaceholderText: "muted",
        role.Light: "surface",
        role.Midlight: "ground",
        role.Mid: "line",
        role.Dark: "edge",
        role.Shadow: "edge",
    }.items():
        palette.setColor(target, QColor(tokens.colour(token)))
    for target in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(tokens.muted))
    return palette

"""How the window looks: tokens, fonts, palette and the painting of standard controls."""

from __future__ import annotations

from crfapp.ui.theme.apply import apply_theme, load_fonts
from crfapp.ui.theme.style import TokenStyle, current, font
from crfapp.ui.theme.tokens import CONTRAST, DARK, LIGHT, TEXT_PAIRS, THEMES, ThemeName, Tokens

__all__ = [
    "CONTRAST",
    "DARK",
    "LIGHT",
    "TEXT_PAIRS",
    "THEMES",
    "ThemeName",
    "TokenStyle",
    "Tokens",
    "apply_theme",
    "current",
    "font",
    "load_fonts",
]

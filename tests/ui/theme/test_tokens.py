"""Every text can be read, in every theme; sizes grow together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontInfo, QFontMetrics, QPalette, QRawFont
from PySide6.QtWidgets import QApplication, QLineEdit

from crfapp.ui.resources import resource
from crfapp.ui.theme import DARK, LIGHT, TEXT_PAIRS, THEMES, ThemeName, Tokens, apply_theme, current, font
from crfapp.ui.widgets import Pill, Words

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

READABLE = 4.5


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = QColor(colour)
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (parts.redF(), parts.greenF(), parts.blueF())
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def unreadable(tokens: Tokens) -> list[str]:
    return [
        f"{tokens.name}: {text} on {ground} {contrast(tokens.colour(text), tokens.colour(ground)):.2f}"
        for text, ground in TEXT_PAIRS
        if contrast(tokens.colour(text), tokens.colour(ground)) < READABLE
    ]


@pytest.fixture
def app(qapp: QApplication) -> QApplication:
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    return qapp


@pytest.mark.parametrize("name", list(THEMES))
def test_every_text_stands_out_from_its_ground(name: ThemeName) -> None:
    assert unreadable(THEMES[name]) == []


def test_the_contrast_test_notices_a_pale_text() -> None:
    assert unreadable(replace(LIGHT, muted="#8A96A5")) != []


@pytest.mark.parametrize("name", list(THEMES))
def test_where_the_keyboard_is_can_be_seen(name: ThemeName) -> None:
    tokens = THEMES[name]
    assert contrast(tokens.focus, tokens.surface) >= 3
    assert contrast(tokens.focus, tokens.ground) >= 3


def test_the_focus_colour_of_the_light_theme_is_the_agreed_one() -> None:
    assert LIGHT.focus == "#1F8FB3"


def test_twice_the_scale_doubles_every_size_and_no_colour() -> None:
    twice = LIGHT.scaled(2.0)
    assert (twice.base, twice.control, twice.row, twice.surface) == (26, 60, 88, "#FFFFFF")
    assert twice.scaled(1.0) == LIGHT


def test_a_theme_reaches_palette_font_and_tokens(app: QApplication) -> None:
    apply_theme(app, "dark", 1.5)
    assert current() == DARK.scaled(1.5)
    assert app.palette().color(QPalette.ColorRole.Window).name().upper() == DARK.ground
    assert app.font().pixelSize() == round(13 * 1.5)
    assert app.styleSheet() == ""


def test_words_and_pills_follow_a_new_theme(app: QApplication) -> None:
    apply_theme(app, "light")
    words, pill = Words("Saved", "ok", size="small"), Pill("complete", "ok")
    apply_theme(app, "dark", 2.0)
    assert words.palette().color(QPalette.ColorRole.WindowText).name().upper() == DARK.ok
    assert (words.font().pixelSize(), pill.font().pixelSize()) == (24, 22)


@pytest.mark.parametrize("weight", [400, 500, 600])
def test_the_shipped_face_is_used_in_each_weight(app: QApplication, weight: int) -> None:
    apply_theme(app, "light")
    used = QFontInfo(font("base", weight))
    assert (used.family(), used.weight()) == ("IBM Plex Sans Arabic", weight)


@pytest.mark.parametrize("sample", ["Größe ≥ ≤ ± µ → ✓ …", "النبض ٠١٢٣ ، ؛ ؟ ٫ ك2", "°C mm² kg/m²"])
def test_the_shipped_faces_draw_every_sign(app: QApplication, sample: str) -> None:
    apply_theme(app, "light")
    files = ("IBMPlexSansArabic-Regular.ttf", "DejaVuSans.ttf")
    faces = [QRawFont(str(resource(f"fonts/{name}")), 13) for name in files]
    missing = [c for c in sample if not any(face.supportsCharacter(ord(c)) for face in faces)]
    assert missing == []


@pytest.mark.parametrize("sample", ["gÄjÅ", "لآ إلى يومٍ"])
def test_letters_fit_into_a_line_to_write_in(app: QApplication, sample: str) -> None:
    apply_theme(app, "light")
    box = QFontMetrics(app.font()).tightBoundingRect(sample)
    assert box.height() <= current().control - 6


def test_each_face_comes_with_its_licence() -> None:
    assert "SIL Open Font License" in resource("fonts/IBMPlexSansArabic-LICENSE.txt").read_text("utf-8")
    assert "Bitstream" in resource("fonts/DejaVuSans-LICENSE.txt").read_text("utf-8")


def test_a_focused_line_is_ringed_in_the_focus_colour(app: QApplication, qtbot: QtBot) -> None:
    apply_theme(app, "light")
    line = QLineEdit()
    line.resize(120, 30)
    qtbot.addWidget(line)
    with qtbot.waitActive(line):
        line.show()
        line.activateWindow()
    line.setFocus()
    at_rest = QLineEdit()
    at_rest.resize(120, 30)
    assert focus_pixels(line) > 60 > focus_pixels(at_rest)


def focus_pixels(widget: QLineEdit) -> int:
    """How many pixels come close to the focus colour."""
    picture, wanted = widget.grab().toImage(), QColor(LIGHT.focus)
    return sum(
        abs(picture.pixelColor(x, y).red() - wanted.red()) < 30
        and abs(picture.pixelColor(x, y).blue() - wanted.blue()) < 30
        for x in range(picture.width())
        for y in range(picture.height())
    )

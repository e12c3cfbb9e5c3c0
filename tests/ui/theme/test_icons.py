"""One family of icons: all there, in the asked colour, turned only where they point."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from crfapp.ui.icons import POINTING, STATUS_TOKENS, icon, pixmap, status_pixmap
from crfapp.ui.resources import resource
from crfapp.ui.theme import apply_theme

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QApplication

RAIL = "today subjects safety queries monitoring exchange reports audit administration"
ACTIONS = (
    "search lock plus calendar clock missing help history chevron-start chevron-end chevron-up chevron-down "
    "close check warning info print export eye moon sun language drag computed camera barcode refusal"
)
ALL = sorted({*STATUS_TOKENS, *RAIL.split(), *ACTIONS.split()})


@pytest.fixture
def app(qapp: QApplication) -> QApplication:
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    apply_theme(qapp, "light")
    return qapp


def ink(image: QImage) -> set[tuple[int, int]]:
    return {
        (x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() > 128
    }


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("name", ALL)
def test_an_icon_is_drawn_in_the_asked_colour(name: str) -> None:
    image = pixmap(name, "#FF0000", 16, 2.0).toImage()
    assert (image.width(), image.height()) == (32, 32)
    reddish = [p for p in ink(image) if image.pixelColor(*p).red() > 200 and image.pixelColor(*p).blue() < 60]
    assert len(reddish) > 20


@pytest.mark.usefixtures("app")
def test_no_two_statuses_share_a_shape() -> None:
    shapes = [frozenset(ink(status_pixmap(status, 2.0).toImage())) for status in STATUS_TOKENS]
    assert len(set(shapes)) == len(STATUS_TOKENS)


@pytest.mark.parametrize("name", ALL)
def test_only_icons_that_point_are_turned_for_arabic(app: QApplication, name: str) -> None:
    left_to_right = pixmap(name, "#000000", 16, 2.0).toImage()
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    right_to_left = pixmap(name, "#000000", 16, 2.0).toImage()
    app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    wanted = left_to_right.flipped(Qt.Orientation.Horizontal) if name in POINTING else left_to_right
    assert len(ink(right_to_left) ^ ink(wanted)) <= 4


@pytest.mark.usefixtures("app")
def test_an_icon_is_drawn_once_and_kept() -> None:
    assert pixmap("lock", "#123456", 16).cacheKey() == pixmap("lock", "#123456", 16).cacheKey()
    assert not icon("lock", "muted").isNull()


def test_an_unknown_icon_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        pixmap("unicorn", "#000000", 16)


def test_every_drawing_uses_the_grid_and_names_no_colour() -> None:
    for path in resource("icons").glob("*.svg"):
        text = path.read_text("utf-8")
        assert 'viewBox="0 0 16 16"' in text, path.name
        assert 'stroke-width="1.5"' in text, path.name
        assert "#" not in text, path.name

"""What a screen reader finds on a page, and whether one sees where the keyboard is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QImage
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterator

_PRESSED_OR_TYPED_IN = frozenset(
    {
        QAccessible.Role.Button,
        QAccessible.Role.CheckBox,
        QAccessible.Role.RadioButton,
        QAccessible.Role.EditableText,
        QAccessible.Role.ComboBox,
        QAccessible.Role.Link,
        QAccessible.Role.PageTab,
        QAccessible.Role.Slider,
    }
)
_MOST_CHILDREN = 400
_MARGIN = 4


def without_name(page: QWidget) -> list[str]:
    """Every control in sight of which a screen reader could say only what kind it is."""
    root = QAccessible.queryAccessibleInterface(page)
    assert root is not None
    return list(_nameless(root))


def _nameless(found: QAccessibleInterface) -> Iterator[str]:
    state, widget = found.state(), found.object()
    if state.invisible:
        return
    used = state.focusable or found.role() in _PRESSED_OR_TYPED_IN
    if used and not found.text(QAccessible.Text.Name).strip():
        yield f"{type(widget).__name__} {widget.objectName() if widget else ''}".strip()
    for place in range(min(found.childCount(), _MOST_CHILDREN)):
        child = found.child(place)
        if child is not None:
            yield from _nameless(child)


def without_ring(page: QWidget) -> list[str]:
    """Every place for the keyboard that looks the same with and without it (a caret alone is not enough)."""
    window = page.window()
    return [
        f"{type(stop).__name__} {stop.accessibleName()}".strip()
        for stop in page.findChildren(QWidget)
        if stop.focusPolicy() & Qt.FocusPolicy.TabFocus
        and stop.focusProxy() is None
        and stop.isVisible()
        and stop.isEnabled()
        and stop.visibleRegion().boundingRect().size() == stop.size()
        and _changed(window, stop) < min(stop.width(), stop.height())
    ]


def _changed(window: QWidget, stop: QWidget) -> int:
    """How many pixels change around a control when the keyboard comes to it."""
    focused = QApplication.focusWidget()
    if focused is not None:
        focused.clearFocus()
    around = QRect(stop.mapTo(window, QPoint(0, 0)), stop.size())
    around = around.adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN).intersected(window.rect())
    before = window.grab(around).toImage()
    stop.setFocus(Qt.FocusReason.TabFocusReason)
    return _different(before, window.grab(around).toImage())


def _different(one: QImage, other: QImage) -> int:
    return sum(one.pixel(x, y) != other.pixel(x, y) for x in range(one.width()) for y in range(one.height()))

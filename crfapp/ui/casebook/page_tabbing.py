"""The keys of the page, and Tab between its columns: visits, form or visit, inspector, and out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from crfapp.ui.reading_order import give, outside

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Enter = Callable[[bool], bool]


def add_keys(page: QWidget, turns: Mapping[str, Callable[[], None]]) -> None:
    """Keys that count wherever on the page the keyboard is."""
    for keys, turn in turns.items():
        shortcut = QShortcut(QKeySequence(keys), page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(turn)


def stops_in(column: QWidget) -> list[QWidget]:
    """The controls of a column at which the keyboard stops, in the order of their making."""
    return [
        widget
        for widget in column.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled()
    ]


def enter_column(column: QWidget, forward: bool) -> bool:
    """Go to the first or last control of a column; False where it is hidden or empty."""
    stops = stops_in(column) if column.isVisible() else []
    if stops:
        stops[0 if forward else -1].setFocus(Qt.FocusReason.TabFocusReason)
    return bool(stops)


def step_in_column(column: QWidget, *, forward: bool) -> bool:
    """One control on within a column; False at its end."""
    stops, here = stops_in(column), QApplication.focusWidget()
    place = stops.index(here) + (1 if forward else -1) if here in stops else -1
    if 0 <= place < len(stops):
        stops[place].setFocus(Qt.FocusReason.TabFocusReason)
        return True
    return False


def enter_next(enters: Sequence[Enter], column: int, *, forward: bool) -> bool:
    """Into the next column that takes the keyboard; False where the page ends."""
    following = enters[column + 1 :] if forward else enters[:column][::-1]
    return any(enter(forward) for enter in following)


def leave(page: QWidget, *, forward: bool) -> bool:
    """To the next control of the window that is not the page's; False where there is none."""
    following = outside(page, forward=forward)
    if following is not None:
        give(following, forward=forward)
    return following is not None

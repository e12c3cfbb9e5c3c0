"""How a page is in use: what is cut off, where Tab leads, and in which order."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLabel, QPushButton, QWidget

from crfapp.ui.theme import current
from crfapp.ui.widgets import ElidedLabel

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MOST_STOPS = 400
_SLACK = 2


def cut_texts(page: QWidget) -> list[str]:
    """Every text in sight that is not whole: it is cut, and no tool tip says it in full."""
    return [found for one in page.findChildren(QWidget) if one.isVisible() for found in _cut(one)]


def _cut(one: QWidget) -> Iterator[str]:
    if isinstance(one, ElidedLabel):
        if one.fontMetrics().horizontalAdvance(one.text()) > one.width() + _SLACK and not one.toolTip():
            yield f"elided, said nowhere: {one.text()}"
    elif isinstance(one, QLabel) and one.text():
        yield from _cut_label(one)
    elif isinstance(one, QPushButton):
        least = one.minimumSizeHint()
        if one.text() and (one.width() < least.width() - _SLACK or one.height() < least.height() - _SLACK):
            yield f"button: {one.text()}"
    if isinstance(one, QLabel | QPushButton) and one.text() and (edge := _beyond(one)):
        yield f"beyond its {type(edge).__name__}: {one.text()}"


def _cut_label(label: QLabel) -> Iterator[str]:
    words, metrics = label.text(), label.fontMetrics()
    room = label.contentsRect()
    if label.wordWrap():
        longest = max((metrics.horizontalAdvance(word) for word in words.split()), default=0)
        if label.heightForWidth(label.width()) > label.height() + _SLACK:
            yield f"lines cut: {words}"
        elif longest > room.width() + _SLACK:
            yield f"word cut: {words}"
    elif max(metrics.horizontalAdvance(line) for line in words.split("\n")) > room.width() + _SLACK:
        yield f"label: {words}"


def _beyond(one: QWidget) -> QWidget | None:
    """The part of the page whose edge cuts it off; what scrolls is no edge."""
    inner, outer = QRect(QPoint(0, 0), one.size()), one.parentWidget()
    inside = one
    while outer is not None and not outer.isWindow():
        if isinstance(outer, QAbstractScrollArea):
            return None
        inner.translate(inside.pos())
        if not outer.rect().adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK).contains(inner):
            return outer if not isinstance(outer.parentWidget(), QAbstractScrollArea) else None
        inside, outer = outer, outer.parentWidget()
    return None


def stops_of(page: QWidget) -> list[QWidget]:
    """Every control in sight that Tab must come to; of a group that arrows go through, one is enough."""
    return [
        one
        for one in page.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.focusProxy() is None
        and one.isVisible()
        and one.isEnabled()
    ]


def tab_round(window: QWidget, most: int = _MOST_STOPS) -> list[QWidget]:
    """Where Tab leads, from the beginning until it comes back."""
    found: list[QWidget] = []
    while len(found) < most:
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        here = QApplication.focusWidget()
        if here is None or here in found:
            break
        found.append(here)
    return found


def _scrolled(one: QWidget) -> QWidget | None:
    """What scrolls around a control: positions across its edge say nothing."""
    outer = one.parentWidget()
    while outer is not None and not isinstance(outer, QAbstractScrollArea):
        outer = outer.parentWidget()
    return outer


def place_of(one: QWidget) -> QRect:
    """Where a control lies in the window."""
    return QRect(one.mapTo(one.window(), QPoint(0, 0)), one.size())


def jumps_back(stops: Sequence[QWidget], *, right: bool) -> list[str]:
    """Steps of Tab that go against reading: up, or back in a line, without going on to a next column."""
    found = []
    for before, after in pairwise(stops):
        here, there = place_of(before), place_of(after)
        if (
            before.isAncestorOf(after)
            or after.isAncestorOf(before)
            or _scrolled(before) is not _scrolled(after)
        ):
            continue
        onward = there.right() <= here.left() + _SLACK if right else there.left() >= here.right() - _SLACK
        below = there.top() >= here.bottom() - _SLACK
        same = here.top() < there.bottom() and there.top() < here.bottom()
        if not (below or onward or (same and here.contains(there))):
            found.append(f"{told(before)} {place(here)} -> {told(after)} {place(there)}")
    return found


def place(rect: QRect) -> str:
    return f"({rect.left()},{rect.top()} {rect.width()}x{rect.height()})"


def told(one: QWidget) -> str:
    return f"{type(one).__name__} {one.accessibleName()[:40]}".strip()


def unreached(page: QWidget, stops: Sequence[QWidget]) -> list[str]:
    """Controls that Tab never comes to, nor to their group."""
    reached = {id(one) for one in stops}
    groups = {id(one.parentWidget()) for one in stops}
    return [
        told(one) for one in stops_of(page) if id(one) not in reached and id(one.parentWidget()) not in groups
    ]


__all__ = ["current", "cut_texts", "jumps_back", "stops_of", "tab_round", "told", "unreached"]

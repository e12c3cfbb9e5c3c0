"""Tab goes from control to control as one reads: in the order of the layouts, not of what was made when."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QBoxLayout,
    QGridLayout,
    QLayout,
    QScrollArea,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Position = tuple[int, int, int, int]

_BACKWARDS = frozenset({QBoxLayout.Direction.RightToLeft, QBoxLayout.Direction.BottomToTop})


class InReadingOrder(QWidget):
    """A window's outermost part, or a part of it, whose controls are gone through as they are read.

    What knows better (a form that builds its questions as one comes to them) lies inside and is asked first.
    """

    def focusNextPrevChild(self, forward: bool) -> bool:
        """On to the next stop, from the last one to the first."""
        return step(stops_in_order(self), forward=forward)


def step(stops: Sequence[QWidget], *, forward: bool) -> bool:
    """Give the keyboard to the stop after, or before, the one that has it; False where there is none."""
    if not stops:
        return False
    here = QApplication.focusWidget()
    places = [place for place, stop in enumerate(stops) if here is stop or stop.focusProxy() is here]
    if places:
        place = places[0] + (1 if forward else -1)
    else:
        place = _after(stops, here) if forward else _after(stops, here) - 1
    give(stops[place % len(stops)], forward=forward)
    return True


def give(stop: QWidget, *, forward: bool) -> None:
    """The keyboard comes to a stop, which is brought into sight."""
    reasons = Qt.FocusReason
    stop.setFocus(reasons.TabFocusReason if forward else reasons.BacktabFocusReason)
    outer = stop.parentWidget()
    while outer is not None:
        if isinstance(outer, QScrollArea):
            outer.ensureWidgetVisible(stop)
        outer = outer.parentWidget()


def stops_in_order(root: QWidget) -> list[QWidget]:
    """Every control in sight that the keyboard stops at, as one reads."""
    return [one for one in _walk(root) if _stops(one)]


def outside(page: QWidget, *, forward: bool) -> QWidget | None:
    """The first stop after a part of the window, or the last one before it; None where there is no other."""
    stops = stops_in_order(page.window())
    within = [place for place, one in enumerate(stops) if page.isAncestorOf(one)]
    others = [place for place, one in enumerate(stops) if not (one is page or page.isAncestorOf(one))]
    if not others:
        return None
    if not within:
        return stops[others[0 if forward else -1]]
    edge = within[-1] if forward else within[0]
    beyond = [place for place in others if (place > edge if forward else place < edge)]
    return stops[(beyond or others)[0 if forward else -1]]


def _stops(one: QWidget) -> bool:
    takes = one.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(takes) and one.isEnabled() and one.focusProxy() is None


def _after(stops: Sequence[QWidget], here: QWidget | None) -> int:
    """The place of the first stop inside what has the keyboard without being a stop, or else the first."""
    if here is None:
        return 0
    return next((place for place, stop in enumerate(stops) if here.isAncestorOf(stop)), 0)


def _walk(one: QWidget) -> Iterator[QWidget]:
    if not one.isVisible() or (one.isWindow() and one.parentWidget() is not None):
        return
    yield one
    seen: set[int] = set()
    if isinstance(one, QAbstractScrollArea):
        seen.add(id(one.viewport()))
        yield from _walk(one.viewport())
    layout = one.layout()
    for child in (*(_laid_out(layout) if layout is not None else ()), *_children(one)):
        if id(child) not in seen:
            seen.add(id(child))
            yield from _walk(child)


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    """The widgets of a layout and of those inside it, in their order."""
    for place in _places(layout):
        item = layout.itemAt(place)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _laid_out(inner)


def _places(layout: QLayout) -> Sequence[int]:
    count = range(layout.count())
    if isinstance(layout, QGridLayout):
        return sorted(count, key=lambda place: cast("Position", layout.getItemPosition(place))[:2])
    if isinstance(layout, QBoxLayout) and layout.direction() in _BACKWARDS:
        return count[::-1]
    return count


def _children(one: QWidget) -> list[QWidget]:
    """What stands in no layout, in the order of its making."""
    return [child for child in one.children() if isinstance(child, QWidget)]

"""A scroll bar that is there when it is needed and keeps to itself."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QProxyStyle, QScrollBar, QStyle, QStyleOptionComplex, QStyleOptionSlider

from crfapp.ui.theme import current

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractScrollArea, QStyleOption, QWidget

_Metric = QStyle.PixelMetric
_Part = QStyle.SubControl
_WIDTH, _LEAST = 10, 36


class SlimStyle(QProxyStyle):
    """A handle and nothing else: no arrows, no groove."""

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        """Slim, but with a handle that can be caught."""
        if metric == _Metric.PM_ScrollBarExtent:
            return round(_WIDTH * current().scale)
        if metric == _Metric.PM_ScrollBarSliderMin:
            return round(_LEAST * current().scale)
        return super().pixelMetric(metric, option, widget)

    def subControlRect(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        part: QStyle.SubControl,
        widget: QWidget | None = None,
    ) -> QRect:
        """The handle runs over the whole length."""
        if control != QStyle.ComplexControl.CC_ScrollBar or not isinstance(option, QStyleOptionSlider):
            return option.rect if widget is None else widget.rect()
        return self._parts(option).get(part, QRect())

    def _parts(self, option: QStyleOptionSlider) -> dict[QStyle.SubControl, QRect]:
        upright = option.orientation == Qt.Orientation.Vertical
        wide, length = option.rect.width(), option.rect.height()
        if not upright:
            wide, length = length, wide
        span = option.maximum - option.minimum
        least = min(length, self.pixelMetric(_Metric.PM_ScrollBarSliderMin))
        handle = max(least, length * option.pageStep // max(1, span + option.pageStep))
        at = QStyle.sliderPositionFromValue(
            option.minimum, option.maximum, option.sliderPosition, length - handle, option.upsideDown
        )

        def along(start: int, size: int) -> QRect:
            if upright:
                return QRect(0, start, wide, size)
            return QStyle.visualRect(option.direction, option.rect, QRect(start, 0, size, wide))

        return {
            _Part.SC_ScrollBarGroove: along(0, length),
            _Part.SC_ScrollBarSlider: along(at, handle),
            _Part.SC_ScrollBarSubPage: along(0, at),
            _Part.SC_ScrollBarAddPage: along(at + handle, length - at - handle),
        }

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """A round handle, darker while it is touched."""
        handle = self.subControlRect(control, option, _Part.SC_ScrollBarSlider, widget)
        tokens = current()
        touched = bool(option.state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Sunken))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.muted if touched else tokens.edge))
        box = handle.adjusted(2, 2, -2, -2)
        round_end = min(box.width(), box.height()) / 2
        painter.drawRoundedRect(box, round_end, round_end)


@lru_cache(maxsize=1)
def _style() -> SlimStyle:
    return SlimStyle("Fusion")


def give_slim_bars(area: QAbstractScrollArea) -> None:
    """Put slim bars at the sides of something that scrolls."""
    for orientation in (Qt.Orientation.Vertical, Qt.Orientation.Horizontal):
        bar = QScrollBar(orientation, area)
        bar.setStyle(_style())
        bar.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, False)
        if orientation == Qt.Orientation.Vertical:
            area.setVerticalScrollBar(bar)
        else:
            area.setHorizontalScrollBar(bar)

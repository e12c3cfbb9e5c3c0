"""Standard controls painted from the tokens, without a style sheet.

Only painting is taken over; measuring stays with Fusion, because Python would be asked thousands of
times while a form is laid out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QApplication, QProxyStyle, QStyle, QStyleOption, QStyleOptionHeader, QWidget

from crfapp.ui.theme.tokens import LIGHT, Tokens

if TYPE_CHECKING:
    from collections.abc import Callable

_Element = QStyle.PrimitiveElement
_State = QStyle.StateFlag
_MARK_COLOUR = {"warn": "warn", "error": "error", "saved": "ok"}
_MOST_PANELS = 200
MARK = "mark"
"""Dynamic property of a line edit: plain, warn, error or saved; it colours the border."""


def current() -> Tokens:
    """The tokens in force; the light ones before a theme was applied."""
    style = QApplication.style()
    return style.tokens if isinstance(style, TokenStyle) else LIGHT


def font(size: str = "base", weight: int = 400) -> QFont:
    """The application font in a size token (base, small, tiny, section, title) and weight 400, 500 or 600."""
    tokens = current()
    made = QFont(list(tokens.families))
    made.setPixelSize(getattr(tokens, size))
    made.setWeight(QFont.Weight(weight))
    return made


def rounded(
    painter: QPainter, rect: QRect, *, fill: str, edge: str, radius: float, width: float = 1.0
) -> None:
    """A filled rectangle with round corners and an even border inside ``rect``; "" paints none."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(edge), width) if edge else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
    inset = width / 2 if edge else 0.0
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), radius, radius)


def focus_ring(painter: QPainter, rect: QRect, tokens: Tokens, radius: float) -> None:
    """The ring that shows where the keyboard is: the focus colour, two pixels, inside ``rect``."""
    rounded(painter, rect, fill="", edge=tokens.focus, radius=radius, width=2.0)


def field_panel(
    painter: QPainter, rect: QRect, tokens: Tokens, *, mark: str, focused: bool, closed: bool
) -> None:
    """The ground of something one writes in."""
    fill = tokens.ground if closed else tokens.surface
    edge = tokens.colour(_MARK_COLOUR[mark]) if mark in _MARK_COLOUR else tokens.edge
    if focused:
        halo = QColor(tokens.focus)
        halo.setAlpha(70)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(halo)
        painter.drawRoundedRect(QRectF(rect), tokens.radius + 1, tokens.radius + 1)
        inner = rect.adjusted(1, 1, -1, -1)
        rounded(
            painter,
            inner,
            fill=fill,
            edge=edge if mark in _MARK_COLOUR else tokens.focus,
            radius=tokens.radius,
            width=1.5,
        )
        return
    rounded(painter, rect.adjusted(1, 1, -1, -1), fill=fill, edge=edge, radius=tokens.radius)


class TokenStyle(QProxyStyle):
    """Fusion with the look of the tokens."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__("Fusion")
        self.tokens = tokens
        self._panels: dict[tuple[int, int, str, bool, bool, float], QPixmap] = {}
        self._painted: dict[
            QStyle.PrimitiveElement, Callable[[QStyleOption, QPainter, QWidget | None], None]
        ] = {
            _Element.PE_PanelLineEdit: self._line_panel,
            _Element.PE_FrameLineEdit: self._line_panel,
            _Element.PE_PanelButtonCommand: self._button_panel,
            _Element.PE_FrameFocusRect: self._focus,
            _Element.PE_IndicatorCheckBox: self._check_box,
            _Element.PE_IndicatorRadioButton: self._radio,
            _Element.PE_FrameMenu: self._menu_frame,
            _Element.PE_PanelScrollAreaCorner: self._corner,
        }

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Paint the few elements that carry the look; leave the rest to Fusion."""
        painted = self._painted.get(element)
        if painted is None:
            super().drawPrimitive(element, option, painter, widget)
            return
        painter.save()
        painted(option, painter, widget)
        painter.restore()

    def drawControl(
        self,
        element: QStyle.ControlElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Table headers are flat: a line below, no gradient."""
        if element != QStyle.ControlElement.CE_HeaderSection or not isinstance(option, QStyleOptionHeader):
            super().drawControl(element, option, painter, widget)
            return
        painter.fillRect(option.rect, QColor(self.tokens.surface))
        painter.setPen(QColor(self.tokens.line))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())

    def _line_panel(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        """A picture from the store: a form has many lines, and they have few sizes and states."""
        mark = str(widget.property(MARK) or "") if widget is not None else ""
        flags = option.state
        focused = bool(flags & _State.State_HasFocus)
        closed = bool(flags & _State.State_ReadOnly) or not flags & _State.State_Enabled
        ratio = painter.device().devicePixelRatio()
        key = (option.rect.width(), option.rect.height(), mark, focused, closed, ratio)
        picture = self._panels.get(key)
        if picture is None:
            picture = QPixmap(option.rect.size() * ratio)
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            onto = QPainter(picture)
            area = QRect(0, 0, option.rect.width(), option.rect.height())
            field_panel(onto, area, self.tokens, mark=mark, focused=focused, closed=closed)
            onto.end()
            if len(self._panels) >= _MOST_PANELS:
                self._panels.clear()
            self._panels[key] = picture
        painter.drawPixmap(option.rect.topLeft(), picture)

    def _button_panel(self, option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
        down = option.state & (_State.State_Sunken | _State.State_On)
        over = option.state & _State.State_MouseOver and option.state & _State.State_Enabled
        fill = self.tokens.primary_soft if down else self.tokens.ground if over else self.tokens.surface
        rounded(painter, option.rect, fill=fill, edge=self.tokens.edge, radius=self.tokens.radius)

    def _focus(self, option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
        focus_ring(painter, option.rect, self.tokens, self.tokens.radius)

    def _check_box(self, option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
        check_mark(
            painter,
            option.rect,
            self.tokens,
            on=bool(option.state & _State.State_On),
            enabled=bool(option.state & _State.State_Enabled),
        )

    def _radio(self, option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
        radio_mark(
            painter,
            option.rect,
            self.tokens,
            on=bool(option.state & _State.State_On),
            enabled=bool(option.state & _State.State_Enabled),
        )

    def _corner(self, option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
        painter.fillRect(option.rect, QColor(self.tokens.ground))

    def _menu_frame(self, option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
        painter.setPen(QColor(self.tokens.line))
        painter.drawRect(option.rect.adjusted(0, 0, -1, -1))


def check_mark(painter: QPainter, rect: QRect, tokens: Tokens, *, on: bool, enabled: bool = True) -> None:
    """A square that holds a tick when ``on``."""
    tone = tokens.primary if enabled else tokens.muted
    rounded(
        painter,
        rect,
        fill=tone if on else tokens.surface,
        edge=tone if on else tokens.muted,
        radius=max(2, tokens.radius - 2),
        width=1.4,
    )
    if not on:
        return
    painter.setPen(
        QPen(
            QColor(tokens.on_primary if enabled else tokens.surface),
            1.8,
            Qt.PenStyle.SolidLine,
            Qt.PenCapStyle.RoundCap,
            Qt.PenJoinStyle.RoundJoin,
        )
    )
    x, y, side = rect.x(), rect.y(), rect.width()
    points = [(0.26, 0.53), (0.43, 0.70), (0.75, 0.33)]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline([QPointF(x + side * px, y + side * py) for px, py in points])


def radio_mark(painter: QPainter, rect: QRect, tokens: Tokens, *, on: bool, enabled: bool = True) -> None:
    """A ring that holds a dot when ``on``."""
    tone = tokens.primary if enabled else tokens.muted
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(tone if on else tokens.muted), 1.4))
    painter.setBrush(QColor(tokens.surface))
    ring = QRectF(rect).adjusted(1, 1, -1, -1)
    painter.drawEllipse(ring)
    if on:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tone))
        quarter = ring.width() / 4
        painter.drawEllipse(ring.adjusted(quarter, quarter, -quarter, -quarter))

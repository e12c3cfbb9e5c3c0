"""One answer to choose: a segment of a bar, a row with a ring, or a row with a box."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QRadioButton, QSizePolicy

from crfapp.ui.theme import Tokens, current, font
from crfapp.ui.theme.style import check_mark, focus_ring, radio_mark, rounded

if TYPE_CHECKING:
    from crfapp.ui.widgets.options import OptionGroup

Shape = Literal["segment", "row"]
_SLACK = 2
"""Letters reach over their measured width by fractions of a pixel."""
_TALL = 4000


class RadioOption(QRadioButton):
    """An answer of which there is one; the screen reader hears a radio button."""

    def __init__(self, group: OptionGroup, index: int, label: str, shape: Shape) -> None:
        super().__init__(label, group)
        self.owner, self.index, self.shape = group, index, shape
        self.setAutoExclusive(False)
        _dress(self, label)
        self.size_wanted = option_size(self)

    def sizeHint(self) -> QSize:
        """The words, the digit and the ring."""
        return self.size_wanted

    def nextCheckState(self) -> None:  # noqa: N802  # the name is Qt's
        """A press asks the group, which knows what is chosen already."""
        self.owner.choose(self.index)

    def hitButton(self, pos: QPoint) -> bool:
        """The whole surface can be pressed, not only the ring."""
        return self.rect().contains(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The group knows the keys."""
        self.owner.take_key(event, self.index)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The group tells when the keyboard has gone elsewhere."""
        super().focusOutEvent(event)
        self.owner.tell_moved_on(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A segment or a row."""
        paint_option(self)


class CheckOption(QCheckBox):
    """An answer of which there may be several; the screen reader hears a check box."""

    def __init__(self, group: OptionGroup, index: int, label: str) -> None:
        super().__init__(label, group)
        self.owner, self.index = group, index
        self.shape: Shape = "row"
        _dress(self, label)
        self.size_wanted = option_size(self)

    def sizeHint(self) -> QSize:
        """The words, the digit and the box."""
        return self.size_wanted

    def nextCheckState(self) -> None:  # noqa: N802  # the name is Qt's
        """A press asks the group, which knows what is chosen already."""
        self.owner.choose(self.index)

    def hitButton(self, pos: QPoint) -> bool:
        """The whole surface can be pressed, not only the box."""
        return self.rect().contains(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The group knows the keys."""
        self.owner.take_key(event, self.index)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The group tells when the keyboard has gone elsewhere."""
        super().focusOutEvent(event)
        self.owner.tell_moved_on(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A row."""
        paint_option(self)


Option = RadioOption | CheckOption


def _dress(option: Option, label: str) -> None:
    option.setAccessibleName(label)
    option.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    option.setAttribute(Qt.WidgetAttribute.WA_Hover)
    option.setFocusPolicy(Qt.FocusPolicy.ClickFocus)


def digit_of(option: Option) -> str:
    """The digit that chooses this answer; nothing on scales, and where room is short."""
    told = option.owner.hinted and not option.owner.tight
    return option.owner.digits[option.index] if told else ""


def option_size(option: Option) -> QSize:
    """How large an answer wants to be, its words on one line."""
    tokens, metrics = current(), option.fontMetrics()
    width = metrics.horizontalAdvance(option.text()) + _SLACK
    if option.shape == "row":
        return QSize(width + _row_lead(option) + 2 * tokens.hair, tokens.control)
    if digit_of(option):
        width += metrics.horizontalAdvance("0") + tokens.gap - 2
    return QSize(width + 2 * _side_of(option), tokens.control - 2)


def row_height(option: Option, width: int) -> int:
    """How high an answer in a row stands when its words are broken at a width."""
    tokens, metrics = current(), option.fontMetrics()
    if option.size_wanted.width() <= width:
        return tokens.control
    room = QRect(0, 0, max(1, width - _row_lead(option) - tokens.hair), _TALL)
    words = metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), option.text()).height()
    return max(tokens.control, words + tokens.control - metrics.height())


def _row_lead(option: Option) -> int:
    """Ring or box, and digit: what stands before the words of a row."""
    tokens = current()
    digit = option.fontMetrics().horizontalAdvance("0") + tokens.gap - 2 if digit_of(option) else 0
    return tokens.hair + tokens.icon + tokens.gap + digit


def _side_of(option: Option) -> int:
    """Room at the sides of a segment."""
    return current().gap - 2 if option.owner.tight else current().room


def paint_option(option: Option) -> None:
    """Draw an answer in its state."""
    tokens = current()
    painter = QPainter(option)
    if option.shape == "segment":
        _paint_segment(option, painter, tokens)
    else:
        _paint_row(option, painter, tokens)


def _paint_segment(option: Option, painter: QPainter, tokens: Tokens) -> None:
    on, is_open = option.isChecked(), option.owner.is_open
    ground = (tokens.primary if is_open else tokens.line) if on else ""
    if not ground and is_open and option.underMouse():
        ground = tokens.ground
    tone = (tokens.on_primary if is_open else tokens.text) if on else tokens.text if is_open else tokens.muted
    if ground:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(_segment_path(option, tokens.radius - 0.5), QColor(ground))
    _paint_words(
        option,
        painter,
        option.rect().adjusted(_side_of(option), 0, -_side_of(option), 0),
        tone,
        tone if on else tokens.muted,
    )
    if option.hasFocus():
        rect = option.rect()
        if on:
            rounded(
                painter, rect.adjusted(2, 2, -2, -2), fill="", edge=tokens.surface, radius=tokens.radius - 2
            )
        focus_ring(painter, rect, tokens, tokens.radius - 1)


def _segment_path(option: Option, radius: float) -> QPainterPath:
    """Round corners only where the bar ends."""
    rtl = option.isRightToLeft()
    first, last = option.index == 0, option.index == len(option.owner.options) - 1
    left, right = (last, first) if rtl else (first, last)
    rect = QRectF(option.rect())
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addRoundedRect(rect, radius, radius)
    half = rect.width() / 2
    if not left:
        path.addRect(rect.adjusted(0, 0, -half, 0))
    if not right:
        path.addRect(rect.adjusted(half, 0, 0, 0))
    return path


def _paint_row(option: Option, painter: QPainter, tokens: Tokens) -> None:
    is_open = option.owner.is_open
    if option.underMouse() and is_open:
        rounded(painter, option.rect(), fill=tokens.ground, edge="", radius=tokens.radius)
    rtl, side, top = option.isRightToLeft(), tokens.icon, (tokens.control - tokens.icon) // 2
    left = option.width() - tokens.hair - side if rtl else tokens.hair
    draw = check_mark if isinstance(option, CheckOption) else radio_mark
    draw(painter, QRect(left, top, side, side), tokens, on=option.isChecked(), enabled=is_open)
    lead, trail = tokens.hair + side + tokens.gap, tokens.hair
    inner = option.rect().adjusted(trail if rtl else lead, 0, -(lead if rtl else trail), 0)
    _paint_words(
        option, painter, inner, tokens.text if is_open or option.isChecked() else tokens.muted, tokens.muted
    )
    if option.hasFocus():
        focus_ring(painter, option.rect(), tokens, tokens.radius)


def _paint_words(option: Option, painter: QPainter, rect: QRect, tone: str, digit_tone: str) -> None:
    tokens, digit = current(), digit_of(option)
    align = (
        Qt.AlignmentFlag.AlignVCenter
        | (Qt.AlignmentFlag.AlignRight if option.isRightToLeft() else Qt.AlignmentFlag.AlignLeft)
        | Qt.AlignmentFlag.AlignAbsolute
    )
    if digit:
        painter.setFont(font("tiny"))
        painter.setPen(QColor(digit_tone))
        first = QRect(rect.x(), rect.y(), rect.width(), min(rect.height(), tokens.control))
        painter.drawText(first, align, digit)
        step = option.fontMetrics().horizontalAdvance("0") + tokens.gap - 2
        rect = rect.adjusted(0, 0, -step, 0) if option.isRightToLeft() else rect.adjusted(step, 0, 0, 0)
    painter.setFont(option.font())
    painter.setPen(QColor(tone))
    if option.shape == "row":
        painter.drawText(rect, align | Qt.TextFlag.TextWordWrap, option.text())
        return
    words = option.fontMetrics().elidedText(option.text(), Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, align, words)

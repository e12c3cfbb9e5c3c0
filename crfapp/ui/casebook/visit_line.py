"""One line of the list of visits: a name that is never cut, with a day or a count at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from crfapp.ui.casebook.drawing import draw_line_of_words, face, mirrored
from crfapp.ui.icons import STATUS_TOKENS, pixmap
from crfapp.ui.theme import current
from crfapp.ui.theme.style import focus_ring, rounded

if TYPE_CHECKING:
    from collections.abc import Callable

    TakeKey = Callable[["ListLine", int], bool]

_HIGH, _SECOND = 29, 17


class Look(NamedTuple):
    """What a line of the list shows. ``place``: its object name; ``spoken``: what a screen reader says.

    ``around``: the current visit, ``on``: the current form, ``late``: the end is a warning. ``asked``: a
    speech bubble before the end says that something is asked there. ``held``: a closed lock says that nothing
    changes there.
    """

    place: str
    name: str
    spoken: str
    sign: str
    end: str
    chosen: Callable[[], None]
    indent: int = 0
    around: bool = False
    on: bool = False
    late: bool = False
    asked: bool = False
    held: bool = False

    @property
    def marks(self) -> tuple[str, ...]:
        """The drawings before the end, from the end inwards."""
        return ("query",) * self.asked + ("lock",) * self.held

    @property
    def tone(self) -> str:
        """The colour of its words."""
        return "on_primary" if self.on else "primary" if self.around else "text"

    @property
    def weight(self) -> int:
        """How heavy its words are."""
        return 600 if self.around else 400


class ListLine(QAbstractButton):
    """Sign, name, and at its end a day, a count, or that it is overdue.

    A long name goes on below, over the whole width: what stands at the end is short and on top.
    """

    def __init__(self, look: Look, take_key: TakeKey, parent: QWidget) -> None:
        super().__init__(parent)
        self._take_key = take_key
        self._broken: tuple[tuple[object, ...], QTextLayout] | None = None
        self.setObjectName(look.place)
        self.show_look(look)
        self.clicked.connect(lambda: self.look.chosen())
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_look(self, look: Look) -> None:
        """Show another state of the same line."""
        self.look = look
        self.setText(look.name)
        self.setToolTip(look.spoken)
        self.setAccessibleName(look.spoken)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """One line; at least as high as what is pressed has to be."""
        return QSize(current().label_width // 2, self._least())

    def heightForWidth(self, width: int) -> int:
        """As many lines as the name needs."""
        more = self._words(width).lineCount() - 1
        return self._least() + more * round(_SECOND * current().scale)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; arrows, Home and End go through the list."""
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.click()
        elif not event.modifiers() and self._take_key(self, key):
            event.accept()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Soft ground around the current visit, full ground on the current form."""
        tokens, look = current(), self.look
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        ground = self._mirrored(self.rect().adjusted(look.indent, 0, 0, 0))
        if look.on or look.around or self.underMouse():
            resting = tokens.primary_soft if look.around else tokens.ground
            fill = tokens.primary if look.on else resting
            rounded(painter, ground.adjusted(0, 1, 0, -1), fill=fill, edge="", radius=tokens.radius)
        self._paint_sign(painter)
        self._paint_name(painter)
        self._paint_end(painter)
        self._paint_marks(painter)
        if self.hasFocus():
            focus_ring(painter, ground, tokens, tokens.radius)

    def _least(self) -> int:
        return max(current().control, round(_HIGH * current().scale))

    def _mirrored(self, rect: QRect) -> QRect:
        return mirrored(rect, self.width(), right_to_left=self.isRightToLeft())

    def _start(self) -> int:
        """Where the name begins."""
        tokens = current()
        return self.look.indent + tokens.gap + (tokens.icon + tokens.gap if self.look.sign else 0)

    def _end_width(self) -> int:
        """How wide the words at the end are."""
        if not self.look.end:
            return 0
        if self.look.late:
            return face("tiny", 600)[1].horizontalAdvance(self.look.end) + 2 * current().gap - 2
        return face("small")[1].horizontalAdvance(self.look.end) + 1

    def _taken(self) -> int:
        """How much the end takes with the marks before it."""
        tokens = current()
        return self._end_width() + len(self.look.marks) * (tokens.icon + tokens.hair)

    def _words(self, width: int) -> QTextLayout:
        """The name, broken so that only its first line makes room for what stands at the end."""
        tokens, look = current(), self.look
        key = (width, tokens.scale, look.name, look.end, look.weight, look.marks, self.isRightToLeft())
        if self._broken is None or self._broken[0] != key:
            option = QTextOption()
            option.setTextDirection(self.layoutDirection())
            rtl = self.isRightToLeft()
            option.setAlignment(Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft)
            option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
            words = QTextLayout(look.name, face("base", look.weight)[0])
            words.setTextOption(option)
            room, end = max(1, width - self._start() - tokens.gap), self._taken()
            self._break(words, room, room - end - tokens.gap if end else room)
            self._broken = key, words
        return self._broken[1]

    def _break(self, words: QTextLayout, room: int, first: int) -> None:
        step, place = round(_SECOND * current().scale), 0
        words.beginLayout()
        while (line := words.createLine()).isValid():
            wide = max(1, room if place else first)
            line.setLineWidth(wide)
            line.setPosition(QPointF(room - wide if self.isRightToLeft() else 0, place * step))
            place += 1
        words.endLayout()

    def _paint_sign(self, painter: QPainter) -> None:
        look, tokens = self.look, current()
        if not look.sign:
            return
        tone = tokens.on_primary if look.on else tokens.colour(STATUS_TOKENS[look.sign])
        box = QRect(look.indent + tokens.gap, (self._least() - tokens.icon) // 2, tokens.icon, tokens.icon)
        behind = tokens.primary if look.on else tokens.surface
        picture = pixmap(look.sign, tone, tokens.icon, self.devicePixelRatioF(), cutout=behind)
        painter.drawPixmap(self._mirrored(box).topLeft(), picture)

    def _paint_name(self, painter: QPainter) -> None:
        words, look = self._words(self.width()), self.look
        painter.setPen(QColor(current().colour(look.tone)))
        high = face("base", look.weight)[1].height()
        x = current().gap if self.isRightToLeft() else self._start()
        words.draw(painter, QPointF(x, (self._least() - high) // 2))

    def _paint_marks(self, painter: QPainter) -> None:
        tokens = current()
        x = self.width() - tokens.gap - self._end_width()
        for mark in self.look.marks:
            x -= tokens.icon + tokens.hair
            box = QRect(x, (self._least() - tokens.icon) // 2, tokens.icon, tokens.icon)
            tone = tokens.on_primary if self.look.on else tokens.colour(STATUS_TOKENS[mark])
            picture = pixmap(mark, tone, tokens.icon, self.devicePixelRatioF())
            painter.drawPixmap(self._mirrored(box).topLeft(), picture)

    def _paint_end(self, painter: QPainter) -> None:
        tokens, look, used = current(), self.look, self._end_width()
        if not used:
            return
        if not look.late:
            box = QRect(self.width() - tokens.gap - used, 0, used, self._least())
            tone = "on_primary" if look.on else "muted"
            draw_line_of_words(painter, self._mirrored(box), look.end, tone, size="small")
            return
        high = face("tiny", 600)[1].height() + tokens.hair
        box = QRect(self.width() - tokens.gap + 2 - used, (self._least() - high) // 2, used, high)
        pill = self._mirrored(box)
        rounded(painter, pill, fill=tokens.error_soft, edge="", radius=tokens.radius - 1)
        painter.setFont(face("tiny", 600)[0])
        painter.setPen(QColor(tokens.error))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, look.end)

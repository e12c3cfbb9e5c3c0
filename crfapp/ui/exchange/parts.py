"""Parts of the Exchange page: the rules of the password, progress, and the result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crfapp.ui.icons import pixmap
from crfapp.ui.theme import current, font
from crfapp.ui.theme.style import rounded
from crfapp.ui.widgets import Button, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.present.exchange_view import ExchangeView, Rule

_START = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading)


class RuleList(QWidget):
    """Each rule with a ring that becomes a tick once it is kept."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rules: tuple[Rule, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_rules(self, rules: Sequence[Rule]) -> None:
        """Show how the rules stand."""
        self._rules = tuple(rules)
        self.setAccessibleName("; ".join(rule.text for rule in rules))
        kept = [rule.text for rule in rules if rule.kept]
        self.setAccessibleDescription("; ".join(kept))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """One line for each rule."""
        return QSize(0, len(self._rules) * self._line())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Marks and words."""
        tokens, painter, line = current(), QPainter(self), self._line()
        painter.setFont(font("small"))
        rtl = self.isRightToLeft()
        for number, rule in enumerate(self._rules):
            mark, tone = ("complete", "ok") if rule.kept else ("expected", "muted")
            side = tokens.icon
            top = number * line + (line - side) // 2
            left = self.width() - side if rtl else 0
            picture = pixmap(mark, tokens.colour(tone), side, self.devicePixelRatioF())
            painter.drawPixmap(left, top, picture)
            step = side + tokens.gap
            box = QRect(0 if rtl else step, number * line, self.width() - step, line)
            painter.setPen(QColor(tokens.text if rule.kept else tokens.muted))
            painter.drawText(box, _START, rule.text)

    def _line(self) -> int:
        return current().icon + current().gap - 2


class ProgressBar(QWidget):
    """How far the export is, what it is doing, and a way to stop it."""

    def __init__(self, cancel_words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        tokens = current()
        self._share = 0.0
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.room)
        words = QVBoxLayout()
        words.setSpacing(tokens.hair)
        self.step = Words("", parent=self)
        words.addWidget(self.step)
        words.addSpacing(tokens.gap)
        row.addLayout(words, 1)
        self.cancel = Button(cancel_words, parent=self)
        row.addWidget(self.cancel)

    def show_share(self, share: float | None, step: str) -> None:
        """Show another state; None where nobody knows how much there is to do."""
        self._share = share or 0.0
        text = step if share is None else f"{step} · {round(share * 100)} %".removeprefix(" · ")
        self.step.setText(text)
        self.setAccessibleName(text)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A track below the words."""
        tokens, painter = current(), QPainter(self)
        room = self.cancel.width() + tokens.room
        track = QRect(0, self.height() - tokens.gap, self.width() - room, tokens.hair + 2)
        if self.isRightToLeft():
            track.moveLeft(room)
        rounded(painter, track, fill=tokens.line, edge="", radius=track.height() / 2)
        done = QRect(track)
        done.setWidth(round(track.width() * self._share))
        if self.isRightToLeft():
            done.moveRight(track.right())
        if done.width() > 0:
            rounded(painter, done, fill=tokens.primary, edge="", radius=track.height() / 2)


class ResultBox(QWidget):
    """What was handed over: it stays until the next export begins."""

    def __init__(self, hash_words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        tokens = current()
        self._hash_words = hash_words
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.pad + tokens.icon + tokens.gap, tokens.room, tokens.pad, tokens.room)
        column.setSpacing(tokens.hair)
        self.sentence = Words("", "ok", weight=600, wrap=True, parent=self)
        self.note = Words("", wrap=True, parent=self)
        self.hash = Words("", "muted", size="small", wrap=True, parent=self)
        self.hash.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        for words in (self.sentence, self.note, self.hash):
            column.addWidget(words)

    def show_result(self, view: ExchangeView) -> None:
        """Show the result, or nothing."""
        self.setVisible(bool(view.result))
        self.sentence.setText(view.result)
        self.note.setText(view.result_note)
        # two halves, because words without a gap cannot be broken where the window is narrow
        half = len(view.sha256) // 2
        self.hash.setText(f"{self._hash_words} {view.sha256[:half]} {view.sha256[half:]}")
        self.setAccessibleName(f"{view.result}. {view.result_note}")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A soft ground with a tick."""
        tokens, painter = current(), QPainter(self)
        rounded(painter, self.rect(), fill=tokens.ok_soft, edge=tokens.ok, radius=tokens.card_radius)
        left = self.width() - tokens.pad - tokens.icon if self.isRightToLeft() else tokens.pad
        picture = pixmap("complete", tokens.ok, tokens.icon, self.devicePixelRatioF())
        painter.drawPixmap(left, tokens.room + 1, picture)

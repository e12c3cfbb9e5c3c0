"""The bar below: is my work safe, and what is running."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from crfapp.base.times import Moment
from crfapp.present.backup_line import backup_line
from crfapp.present.post_line import post_line
from crfapp.present.texts import LEFT_TO_RIGHT_ISOLATE, POP_ISOLATE, isolated
from crfapp.ui.theme import current
from crfapp.ui.theme.style import rounded
from crfapp.ui.widgets import ElidedLabel, StatusMark, Words
from crfapp.ui.widgets.message import LinkButton

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from crfapp.present.other_workstations import StandingLine
    from crfapp.present.workplace import Workplace
    from crfapp.ui.jobs import Running
    from crfapp.work.bus import Outcome


class Dot(QWidget):
    """A round mark: filled once something is saved."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.tone = "muted"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Half an icon."""
        return QSize(current().gap, current().gap)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The mark."""
        tokens = current()
        side = tokens.gap - 1
        box = QRect(0, (self.height() - side) // 2, side, side)
        rounded(QPainter(self), box, fill=tokens.colour(self.tone), edge="", radius=side / 2)


class Gauge(QWidget):
    """How far a job is; an empty track where that is not known."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A thin bar."""
        return QSize(6 * current().pad, current().gap)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Track and what is done, from the side where reading begins."""
        tokens, painter = current(), QPainter(self)
        height = tokens.hair + 2
        track = QRect(0, (self.height() - height) // 2, self.width(), height)
        rounded(painter, track, fill=tokens.line, edge="", radius=height / 2)
        done = QRect(track)
        done.setWidth(round(track.width() * self.share))
        if self.isRightToLeft():
            done.moveRight(track.right())
        if done.width() > 0:
            rounded(painter, done, fill=tokens.primary, edge="", radius=height / 2)


class StatusBar(QWidget):
    """Saved, backup, packages, running work; at the end site and study version."""

    def __init__(self, workplace: Workplace, backup: datetime | None) -> None:
        super().__init__()
        self._at = workplace
        self._say = say = workplace.texts
        tokens = current()
        self.setFixedHeight(tokens.control - 2)
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.pad, 0, tokens.pad, 0)
        row.setSpacing(tokens.gap - 2)
        self.dot = Dot(self)
        row.addWidget(self.dot)
        self.saved = Words(say("Nothing to save yet"), "muted", size="small", parent=self)
        row.addWidget(self.saved)
        row.addSpacing(tokens.pad)
        self.unsafe = StatusMark(parent=self)
        row.addWidget(self.unsafe)
        self.backup = ElidedLabel("", "muted", size="small", parent=self)
        row.addWidget(self.backup)
        self.show_backup(backup)
        row.addSpacing(tokens.pad)
        self._add_post(row)
        self._add_others(row)
        self._add_job(row)
        row.addStretch(1)
        head, site = workplace.study.head, workplace.site
        version = say("{study} v{version}", study=head.registration or head.study, version=head.version)
        self.place = ElidedLabel(isolated(f"{site.code} · {version}"), "muted", size="small", parent=self)
        row.addWidget(self.place)

    def show_saved(self, outcome: Outcome) -> None:
        """An outcome is durable: say when, in the site's time."""
        if not outcome.events:
            return
        at = Moment.at(outcome.stored, self._at.now.zone).local
        self.saved.setText(self._say("Saved {time}", time=isolated(self._say.clock(at))))
        self.saved.set_tone("ok")
        self.dot.tone = "ok"
        self.dot.update()

    def show_backup(self, newest: datetime | None) -> None:
        """When the newest copy was verified, or that there is none for too long, here or elsewhere."""
        line = backup_line(self._at, newest)
        self.unsafe.setVisible(line.is_alarm)
        self.unsafe.show_status("finding", line.more)
        self.backup.setText(line.text)
        self.backup.setToolTip(line.more)
        self.backup.set_tone("warn" if line.is_alarm else "muted")

    def show_post(self) -> None:
        """Which package was confirmed last, or that nothing was received for too long (REQ-402, 806)."""
        line = post_line(self._at)
        is_alarm = line is not None and line.is_alarm
        self.mark.setVisible(is_alarm)
        self.post.setVisible(line is not None)
        if line is not None:
            self.mark.show_status("finding", line.more)
            self.post.setText(line.text)
            self.post.set_tone("warn" if is_alarm else "muted")

    def show_others(self, lines: Sequence[StandingLine]) -> None:
        """How the site's other workstations stand; nothing where there are none."""
        tones = [line.tone for line in lines]
        alarms = [line.hint for line in lines if line.tone != "muted"]
        self.apart.setVisible(bool(alarms))
        self.apart.show_status("finding", "\n".join(alarms))
        self.others.setVisible(bool(lines))
        self.others.setText(" · ".join(isolated(line.text) for line in lines))
        self.others.setToolTip("\n".join(line.hint for line in lines))
        self.others.set_tone(next((tone for tone in ("error", "warn") if tone in tones), "muted"))

    def show_job(self, running: Running | None) -> None:
        """Show how far a job is, or that none is running."""
        for part in (self.gauge, self.job, self.stop):
            part.setVisible(running is not None)
        if running is None:
            return
        self._stop = running.stop
        self.gauge.share = running.done / running.total if running.total else 0.0
        self.gauge.update()
        percent = f"{round(100 * self.gauge.share)} %" if running.total else ""
        parts = [isolated(running.what)] if running.what else []
        parts += [f"{LEFT_TO_RIGHT_ISOLATE}{percent}{POP_ISOLATE}"] if percent else []
        self.job.setText(f"{running.title}: {', '.join(parts)}" if parts else running.title)
        self.stop.setEnabled(True)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A surface with a line above."""
        tokens, painter = current(), QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens.surface))
        painter.setPen(QColor(tokens.line))
        painter.drawLine(0, 0, self.width(), 0)

    def _add_post(self, row: QHBoxLayout) -> None:
        self.mark = StatusMark(parent=self)
        self.post = ElidedLabel("", "muted", size="small", parent=self)
        row.addWidget(self.mark)
        row.addWidget(self.post)
        row.addSpacing(current().pad)
        self.show_post()

    def _add_others(self, row: QHBoxLayout) -> None:
        self.apart = StatusMark(parent=self)
        self.apart.hide()
        row.addWidget(self.apart)
        self.others = ElidedLabel("", "muted", size="small", parent=self)
        self.others.hide()
        row.addWidget(self.others)
        row.addSpacing(current().pad)

    def _add_job(self, row: QHBoxLayout) -> None:
        self.gauge = Gauge(self)
        self.job = ElidedLabel("", size="small", parent=self)
        self.stop = LinkButton(self._say("Cancel"), self)
        self.stop.clicked.connect(self._cancel)
        for part in (self.gauge, self.job, self.stop):
            part.hide()
            row.addWidget(part)
        self._stop = lambda: None

    def _cancel(self) -> None:
        self.stop.setEnabled(False)
        self._stop()

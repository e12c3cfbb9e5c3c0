"""The frame of the Monitoring page: worklist, middle with its tabs, inspector above the running visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from crfapp.ui.casebook.inspector import Inspector, Tab
from crfapp.ui.monitoring.compare import CompareView
from crfapp.ui.monitoring.progress import ProgressView
from crfapp.ui.monitoring.visits import VisitPanel, VisitsView
from crfapp.ui.monitoring.worklist import WIDTH, WorklistColumn
from crfapp.ui.theme import current

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from crfapp.ui.fields import Say

COMPARE, PROGRESS, VISITS = "compare", "progress", "visits"
_MIDDLE_LEAST = 480


class MonitoringBody(QWidget):
    """Widths follow the size of letters; where not all fits, the inspector comes when it is asked for."""

    def __init__(self, say: Say, *, may_verify: bool, may_ask: bool) -> None:
        super().__init__()
        self._asked_for = False
        self.at = COMPARE
        self.worklist = WorklistColumn(say, self)
        self.compare = CompareView(say, may_verify=may_verify, may_ask=may_ask)
        self.progress = ProgressView(say)
        self.visits = VisitsView(say, may_print=may_verify)
        self.inspector = Inspector(say)
        self.inspector.show_tab("history")
        self.panel = VisitPanel(say, self)
        self.panel.setVisible(may_verify)
        titles = {COMPARE: say("Compare"), PROGRESS: say("Progress"), VISITS: say("Monitoring visits")}
        self._pages = {COMPARE: self.compare, PROGRESS: self.progress, VISITS: self.visits}
        self.middle = QStackedWidget(self)
        for page in self._pages.values():
            self.middle.addWidget(page)
        self.tabs = {key: Tab(key, words, self) for key, words in titles.items()}
        self._lay_out()
        self.turn(COMPARE)
        self._fit()

    def turn(self, tab: str) -> None:
        """Show one of the three."""
        self.at = tab
        for key, button in self.tabs.items():
            button.setChecked(key == tab)
        self.middle.setCurrentWidget(self._pages[tab])

    def turn_inspector(self, tab: str) -> None:
        """Bring the inspector, or send it away where it was asked for."""
        if not self._has_room():
            self._asked_for = not self._asked_for
        self._fit()
        self.inspector.show_tab(tab)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """More room, or less."""
        self._fit()

    def _has_room(self) -> bool:
        scale = current().scale
        return self.width() >= round((WIDTH + self.inspector.breadth + _MIDDLE_LEAST) * scale)

    def _fit(self) -> None:
        self.side.setVisible(self._has_room() or self._asked_for)
        self.worklist.setVisible(self._has_room() or not self._asked_for)

    def _lay_out(self) -> None:
        tokens, scale = current(), current().scale
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.worklist.setFixedWidth(round(WIDTH * scale))
        row.addWidget(self.worklist)
        centre = QVBoxLayout()
        centre.setSpacing(0)
        bar = QHBoxLayout()
        bar.setContentsMargins(tokens.wide, tokens.gap, tokens.wide, 0)
        bar.setSpacing(tokens.pad)
        for tab in self.tabs.values():
            bar.addWidget(tab)
            tab.clicked.connect(lambda _on=False, key=tab.key: self.turn(key))
        bar.addStretch(1)
        centre.addLayout(bar)
        centre.addWidget(self.middle, 1)
        row.addLayout(centre, 1)
        self.side = Side(self)
        self.side.setAutoFillBackground(True)
        self.side.setBackgroundRole(QPalette.ColorRole.Base)
        column = QVBoxLayout(self.side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.inspector, 1)
        self.rule = Rule(self.side)
        self.rule.setVisible(not self.panel.isHidden())
        column.addWidget(self.rule)
        column.addWidget(self.panel)
        self.side.setFixedWidth(round(self.inspector.breadth * scale))
        row.addWidget(self.side)


class Side(QFrame):
    """The column at the end, with a line towards the middle."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(QColor(current().line))
        x = self.width() - 1 if self.isRightToLeft() else 0
        painter.drawLine(x, 0, x, self.height())


class Rule(QWidget):
    """A hairline between two parts of a column."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The line."""
        QPainter(self).fillRect(self.rect(), QColor(current().line))

"""The bar on top: which study and site, the time, going anywhere, who is here, locking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from crfapp.present.texts import isolated
from crfapp.present.words import ROLES
from crfapp.ui.shell.person_menu import person_menu
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, ElidedLabel, Words

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from crfapp.present.workplace import Workplace
    from crfapp.ui.preferences import Preferences

_TICK_MS = 1_000


class TopBar(QWidget):
    """Signals are wishes; the window decides."""

    palette_wanted = Signal()
    lock_wanted = Signal()
    switch_wanted = Signal()
    password_wanted = Signal()
    log_out_wanted = Signal()
    keys_wanted = Signal()
    help_wanted = Signal()
    about_wanted = Signal()
    preferences_wanted = Signal(object)

    def __init__(self, workplace: Workplace, preferences: Preferences) -> None:
        super().__init__()
        self._at, self._preferences = workplace, preferences
        tokens, say = current(), workplace.texts
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(3 * tokens.pad)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(tokens.pad, 0, tokens.pad, 0)
        row.setSpacing(tokens.room)
        self.study = ElidedLabel(workplace.study_texts.short, weight=600, parent=self)
        self.site = ElidedLabel(workplace.site.name, "muted", parent=self)
        row.addWidget(self.study)
        row.addWidget(self.site)
        row.addStretch(1)
        self.clock = Words("", "muted", parent=self)
        self.clock.setAccessibleName(say("The time at the site"))
        row.addWidget(self.clock)
        self.go = Button(say("Go to…"), "pill", icon_name="search", hint="Ctrl+K", parent=self)
        self.go.clicked.connect(self.palette_wanted)
        row.addWidget(self.go)
        role = say(ROLES[workplace.actor.role.value])
        self.person = Button(f"{isolated(workplace.actor.name)} · {role}", "pill", parent=self)
        self.person.clicked.connect(self._open_menu)
        row.addWidget(self.person)
        self.switch = Button(say("Change user"), "pill", icon_name="switch", parent=self)
        self.switch.setToolTip("Ctrl+Shift+L")
        self.switch.clicked.connect(self.switch_wanted)
        row.addWidget(self.switch)
        self.lock = Button(say("Lock"), "pill", icon_name="lock", parent=self)
        self.lock.setToolTip("Ctrl+L")
        self.lock.clicked.connect(self.lock_wanted)
        row.addWidget(self.lock)
        self.help = self._help_button()
        row.addWidget(self.help)
        self._ticking = QTimer(self)
        self._ticking.setInterval(_TICK_MS)
        self._ticking.timeout.connect(self.tick)
        self._ticking.start()
        self.tick()

    def _help_button(self) -> Button:
        say, button = self._at.texts, Button("", "pill", icon_name="help", parent=self)
        button.setAccessibleName(say("Help"))
        button.setToolTip("F1")
        button.clicked.connect(self.help_wanted)
        return button

    def tick(self) -> None:
        """Show the present at the site."""
        now = self._at.now.local
        words = f"{self._at.texts.short_date(now.date())} · {isolated(f'{now:%H:%M}')}"
        if words != self.clock.text():
            self.clock.setText(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With little room the site gives way first, then the words on the buttons."""
        super().resizeEvent(event)
        say = self._at.texts
        self.site.show()
        self.lock.setText(say("Lock"))
        self.switch.setText(say("Change user"))
        self.go.setText(say("Go to…"))
        self.go.hint = "Ctrl+K"
        for shrink in (self.site.hide, self._switch_by_icon, self._lock_by_icon, self._go_by_icon):
            if self._row.minimumSize().width() <= self.width() - 10 * current().pad:
                return
            shrink()

    def minimumSizeHint(self) -> QSize:
        """The bar is as narrow as the window; its parts give way."""
        return QSize(20 * current().pad, 3 * current().pad)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A surface with a line below."""
        tokens, painter = current(), QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens.surface))
        painter.setPen(QColor(tokens.line))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)

    def _switch_by_icon(self) -> None:
        self.switch.setText("")
        self.switch.updateGeometry()

    def _lock_by_icon(self) -> None:
        self.lock.setText("")
        self.lock.updateGeometry()

    def _go_by_icon(self) -> None:
        self.go.setText("")
        self.go.hint = ""
        self.go.updateGeometry()

    def _open_menu(self) -> None:
        menu = person_menu(self, self._preferences, self._at.texts)
        menu.wished.connect(self.preferences_wanted)
        menu.help_wanted.connect(self.help_wanted)
        menu.keys_wanted.connect(self.keys_wanted)
        menu.about_wanted.connect(self.about_wanted)
        menu.password_wanted.connect(self.password_wanted)
        menu.log_out_wanted.connect(self.log_out_wanted)
        corner = (
            self.person.rect().bottomRight() if not self.isRightToLeft() else self.person.rect().bottomLeft()
        )
        menu.open_below(self.person.mapToGlobal(corner))

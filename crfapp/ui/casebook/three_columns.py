"""Visits, form, inspector side by side; where they do not fit, the inspector comes when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from crfapp.ui.casebook.inspector import Inspector
from crfapp.ui.casebook.visit_list import VisitList
from crfapp.ui.theme import current

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from crfapp.ui.fields import Say

_VISITS, _FORM_LEAST = 208, 540


class ThreeColumns(QWidget):
    """The frame of the casebook. Widths follow the size of letters."""

    def __init__(self, say: Say, inspector: Inspector | None = None) -> None:
        super().__init__()
        self.visits = VisitList(say, self)
        self.middle = QStackedWidget(self)
        self.inspector = inspector or Inspector(say, self)
        self._asked_for = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.visits)
        row.addWidget(self.middle, 1)
        row.addWidget(self.inspector)
        self.dress()

    def turn_inspector(self, tab: str) -> None:
        """Bring the inspector with one of its tabs; asking for the same again sends it away."""
        again = self.inspector.isVisible() and self.inspector.tab == tab
        self._asked_for = not (again and self._asked_for)
        self._fit()
        self.inspector.show_tab(tab)

    def bring_inspector(self, tab: str) -> None:
        """Bring the inspector with one of its tabs, whether it was there or not."""
        self._asked_for = True
        self._fit()
        self.inspector.show_tab(tab)

    @property
    def has_room(self) -> bool:
        """Whether all three columns fit beside each other."""
        return self.width() >= round((_VISITS + self.inspector.breadth + _FORM_LEAST) * current().scale)

    def dress(self) -> None:
        """Take the widths from the tokens in force."""
        scale = current().scale
        self.visits.setFixedWidth(round(_VISITS * scale))
        self.inspector.setFixedWidth(round(self.inspector.breadth * scale))
        self._fit()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """More room, or less."""
        self._fit()

    def _fit(self) -> None:
        shown: dict[QWidget, bool] = {
            self.inspector: self.has_room or self._asked_for,
            self.visits: self.has_room or not self._asked_for,
        }
        for part in sorted(shown, key=shown.__getitem__):  # what goes, goes first, or the window grows
            part.setVisible(shown[part])

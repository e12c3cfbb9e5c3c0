"""Problems that concern everybody, in a band above all pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from crfapp.base.problems import AppProblem, IntegrityProblem
from crfapp.present.problem_texts import problem_text
from crfapp.ui.theme import current
from crfapp.ui.widgets import Banner

if TYPE_CHECKING:
    from crfapp.present.texts import Texts
    from crfapp.ui.widgets.banner import Grade


class Notices(QWidget):
    """One band a problem code; the newest telling stands. Evidence that does not match cannot be put away."""

    def __init__(self, say: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._say = say
        tokens = current()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(tokens.wide, tokens.room, tokens.wide, 0)
        self._column.setSpacing(tokens.gap)
        self.banners: dict[str, Banner] = {}
        self.hide()

    def tell(self, problem: AppProblem) -> None:
        """Show a problem, or show it again with newer facts."""
        what, todo = problem_text(problem, self._say)
        key = problem.code.value
        if key in self.banners:
            self.banners[key].show_text(what, todo)
            return
        lasting = isinstance(problem, IntegrityProblem)
        banner = Banner(what, "error" if lasting else "warn", note=todo, parent=self)
        banner.setToolTip(key)
        if not lasting:
            banner.add_button(key, self._say("Put away"))
            banner.chosen.connect(self.put_away)
        self.banners[key] = banner
        self._column.addWidget(banner)
        self.show()

    def keep(self, key: str, what: str, todo: str, grade: Grade = "warn") -> Banner | None:
        """Show a band that stays until it is put away by whoever asked for it; the band, where it is new."""
        if key in self.banners and self.banners[key].grade == grade:
            self.banners[key].show_text(what, todo)
            return None
        self.put_away(key)
        banner = self.banners[key] = Banner(what, grade, note=todo, parent=self)
        self._column.addWidget(banner)
        self.show()
        return banner

    def put_away(self, key: str) -> None:
        """Take a band away."""
        banner = self.banners.pop(key, None)
        if banner is not None:
            banner.hide()
            banner.deleteLater()
        self.setVisible(bool(self.banners))

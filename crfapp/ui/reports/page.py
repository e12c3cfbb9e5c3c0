"""The Reports page as the window shows it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from crfapp.base.problems import AppProblem
from crfapp.present.address import Address
from crfapp.present.palette import Action
from crfapp.present.problem_texts import problem_text
from crfapp.ui.reports.body import ReportsBody
from crfapp.ui.shell.page import KeyLine
from crfapp.work.cases import Topic

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from PySide6.QtWidgets import QWidget

    from crfapp.present.reports.page import ReportsPage
    from crfapp.present.texts import Texts

_CARES = frozenset({Topic.ANSWERS, Topic.FORMS, Topic.VISITS, Topic.SUBJECTS, Topic.PACKAGES})


class ReportsWindowPage:
    """Implements :class:`crfapp.ui.shell.page.Page`. ``folder``: where files are proposed to stand."""

    key = "reports"
    icon = "reports"

    def __init__(self, presenter: ReportsPage, say: Texts, folder: Path) -> None:
        self._presenter, self._say, self._folder = presenter, say, folder
        self._stale = True
        self.body = body = ReportsBody(say, presenter.kinds())
        body.turned.connect(self._turn)
        body.narrowed.connect(self._narrow)
        body.print.clicked.connect(lambda: self._take("pdf", presenter.print_to))
        body.export.clicked.connect(lambda: self._take("csv", presenter.export_to))
        for button in (body.print, body.export):
            button.setVisible(presenter.may_take)

    @property
    def widget(self) -> QWidget:
        """What is shown."""
        return self.body

    def title(self) -> str:
        """Its name."""
        return self._say("Reports")

    def badge(self) -> int:
        """Nothing waits here."""
        return 0

    def refresh(self, topics: Collection[Topic]) -> None:
        """Something changed; it is worked out anew when somebody looks."""
        if _CARES.intersection(topics):
            self._stale = True

    def shown(self) -> None:
        """Show how things stand now."""
        if self._stale:
            self._renew()
        self.body.kinds[self._presenter.key].setFocus(Qt.FocusReason.OtherFocusReason)

    def open(self, at: Address) -> None:
        """Turn to a report (``item``), and to a subject."""
        if at.item or at.subject:
            self._presenter.choose(at.item, at.subject or None)
            self._renew()

    def address(self) -> Address:
        """This page, the report and the subject."""
        return Address(self.key, subject=self._presenter.subject, item=self._presenter.key)

    def keys(self) -> Sequence[KeyLine]:
        """The keys of this page."""
        say = self._say
        return (
            KeyLine("Tab", say("from report to report, and on to the plots")),
            KeyLine("← →", say("from point to point of a plot")),
        )

    def actions(self) -> Sequence[Action]:
        """Every report, by its name."""
        here = self._say("Reports")
        return [
            Action(f"report-{key}", title, partial(self._turn, key), here, icon=self.icon)
            for key, title in self._presenter.kinds()
            if self.body.isVisible()
        ]

    def _renew(self) -> None:
        self._stale = False
        self.body.show_view(self._presenter.view())

    def _turn(self, key: str) -> None:
        self._presenter.choose(key)
        self.body.say_done("")
        self._renew()

    def _narrow(self, subject: str) -> None:
        self._presenter.choose(subject=subject)
        self._renew()

    def _take(self, ending: str, write: Callable[[Path], str]) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self.body,
            self._say("Where should the file stand?"),
            str(self._folder / self._presenter.suggested_name(ending)),
            f"*.{ending}",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if name:
            self._folder = Path(name).parent
            self.write(Path(name), write)

    def write(self, target: Path, write: Callable[[Path], str]) -> None:
        """Have a file written, and say what became of it."""
        try:
            self.body.say_done(write(target))
        except AppProblem as problem:
            self.body.refuse(" ".join(problem_text(problem, self._say)))

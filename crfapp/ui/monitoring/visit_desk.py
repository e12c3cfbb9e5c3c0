"""The monitor's visit: begun and ended beside the form, read and put on paper in the list of visits."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

if TYPE_CHECKING:
    from crfapp.present.monitoring_visits import MonitoringVisits
    from crfapp.present.texts import Texts
    from crfapp.ui.monitoring.body import MonitoringBody


class VisitDesk(QObject):
    """Joins the presenter of the visits with what shows them. ``folder`` is where a file is proposed."""

    def __init__(self, presenter: MonitoringVisits, body: MonitoringBody, say: Texts, folder: Path) -> None:
        super().__init__(body)
        self._presenter, self._body, self._say, self._folder = presenter, body, say, folder
        self._chosen = ""
        body.visits.chosen.connect(self._choose)
        body.visits.paper_wanted.connect(self._make_paper)
        body.panel.begun.connect(lambda purpose: self.show(presenter.begin(purpose)))
        body.panel.ended.connect(lambda points: self.show(presenter.end(points)))

    def show(self, problem: str = "") -> None:
        """Show how things stand; ``problem`` says why an act was refused."""
        self._body.panel.show_visit(self._presenter.running(), problem)
        self._body.visits.show_visits(self._presenter.visits())
        if self._chosen:
            self._body.visits.show_record(self._presenter.record(self._chosen))

    def _choose(self, monitoring: str) -> None:
        self._chosen = monitoring
        self._body.visits.show_record(self._presenter.record(monitoring))

    def _make_paper(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self._body,
            self._say("Where should the record stand?"),
            str(self._folder / self._presenter.file_name(self._chosen)),
            "PDF (*.pdf)",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if name:
            problem = self._presenter.to_paper(self._chosen, Path(name))
            self._body.visits.record.say_result(problem or self._say("Written: {file}", file=name))

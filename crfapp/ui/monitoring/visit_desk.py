"""The monitor's visit: begun, ended and signed beside the form, read and printed in the list of visits."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog

from crfapp.ui.monitoring.body import VISITS
from crfapp.ui.signing.dialog import ask_signature

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
        self._waiting: list[str] = []
        body.visits.chosen.connect(self._choose)
        body.visits.paper_wanted.connect(self._make_paper)
        body.panel.begun.connect(lambda purpose: self.show(presenter.begin(purpose)))
        body.panel.ended.connect(self._end)
        body.panel.sign.clicked.connect(self._sign_latest)
        body.visits.sign_wanted.connect(lambda: self._sign(self._chosen))

    def show(self, problem: str = "") -> None:
        """Show how things stand; ``problem`` says why an act was refused."""
        visits = self._presenter.visits()
        self._waiting = [one.monitoring for one in visits if one.to_sign]
        running = self._presenter.running()
        to_sign = (
            bool(self._waiting) and running is None
        )  # beside a running visit it would seem to be that one
        self._body.panel.show_visit(running, problem, to_sign=to_sign)
        self._body.visits.show_visits(visits)
        if self._chosen:
            self._body.visits.show_record(self._presenter.record(self._chosen))

    def _choose(self, monitoring: str) -> None:
        self._chosen = monitoring
        self._body.visits.show_record(self._presenter.record(monitoring))

    def _end(self, points: str) -> None:
        """The visit ends, and the button that signs its record has the keyboard."""
        problem = self._presenter.end(points)
        self.show(problem)
        if not problem:
            self._body.panel.sign.setFocus(Qt.FocusReason.OtherFocusReason)

    def _sign_latest(self) -> None:
        """Of what waits for the person's signature, the visit that began last."""
        if self._waiting:
            self._sign(self._waiting[0])

    def _sign(self, monitoring: str) -> None:
        """Ask for the signature under a record, and show it as it stands then."""
        if ask_signature(self._presenter.request(monitoring), self._say, self._body.window()):
            self._chosen = monitoring
            self._body.turn(VISITS)
            self.show()
            self._body.visits.record.paper.setFocus(Qt.FocusReason.OtherFocusReason)

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

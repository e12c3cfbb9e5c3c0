"""Taking the trail out as a file, on the lane, and recording that it left."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crfapp import __version__
from crfapp.base.problems import AppProblem
from crfapp.exchange.site_data import Making, SiteData
from crfapp.exchange.trail_file import CHECKING, DONE, WRITING, write_trail
from crfapp.ledger.trail import TrailFilter, matches, trail_row
from crfapp.present.audit_view import TrailExportView
from crfapp.present.problem_texts import problem_text
from crfapp.present.texts import N_, isolated
from crfapp.present.words import ROLES
from crfapp.work.reviewing import NoteTrailExported, NoteTrailFailed
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from crfapp.exchange.site_data import Snapshot
    from crfapp.exchange.trail_file import Format, TrailFile
    from crfapp.present.lane import Lane, Steps, Stop
    from crfapp.present.workplace import Workplace

    Snapshots = Callable[[], AbstractContextManager[Snapshot]]

_STEPS = {
    WRITING: N_("writing the events"),
    CHECKING: N_("reading back and comparing"),
    DONE: N_("putting the file in place"),
}


class TrailExport:
    """The presenter of the export. ``snapshots`` opens the site as it stands at one instant, on the lane."""

    def __init__(self, workplace: Workplace, lane: Lane, snapshots: Snapshots) -> None:
        self._at, self._lane, self._snapshots = workplace, lane, snapshots
        self._show: Callable[[TrailExportView], None] = lambda _: None
        self._stop: Stop | None = None
        self._moved = ""
        self.view = TrailExportView()

    def watch(self, show: Callable[[TrailExportView], None]) -> None:
        """Have the page told of every change, beginning with how things stand."""
        self._show = show
        show(self.view)

    def suggested_name(self, kind: Format) -> str:
        """A file name with study, site and the present."""
        at = self._at
        return f"{at.study.head.study}_{at.site.code}_trail_{at.now.local:%Y%m%d-%H%M}.{kind}"

    def export(self, target: Path, kind: Format, wish: TrailFilter, scope: str) -> None:
        """Begin; ``scope`` says in words what ``wish`` leaves, and is recorded."""
        if self.view.busy or not self._at.actor.may(Right.REVIEW):
            return
        at, say = self._at, self._at.texts
        role = say(ROLES.get(at.actor.role.value, at.actor.role.value))
        making = Making(at.now, f"{at.actor.name}, {role}", __version__)

        def work(steps: Steps) -> TrailFile:
            def progress(done: int, _total: int, what: str) -> None:
                self._moved = f"{say(_STEPS[what])}: {say.number(done)}"
                steps.step(done, 0, self._moved)

            with self._snapshots() as snapshot:
                data = SiteData(snapshot, at.study_now(), making, language=say.language, say=say)
                return write_trail(
                    data, target, kind, wanted=lambda r: matches(wish, trail_row(r)), progress=progress
                )

        self._moved = ""
        self._become(TrailExportView(busy=True))
        self._stop = self._lane.start(
            work,
            done=lambda file: self._done(file, kind, scope),
            failed=self._failed,
            title=say("Audit trail"),
        )

    def cancel(self) -> None:
        """Stop at the next step; nothing half done remains."""
        if self._stop is not None:
            self._stop()

    def look(self) -> None:
        """Show how far it is; the page asks now and then, on its own thread."""
        if self.view.busy:
            self._become(replace(self.view, step=self._moved))

    def _done(self, file: TrailFile, kind: Format, scope: str) -> None:
        self._stop = None
        note = NoteTrailExported(
            file=file.path.name, sha256=file.sha256, format=kind, rows=file.rows, filter=scope
        )
        try:
            self._at.send(note)
        except AppProblem as problem:
            file.path.unlink(missing_ok=True)  # what is not on record has not left (REQ-110)
            self._become(TrailExportView(problem=self._words(problem)))
            return
        say = self._at.texts
        rows = say.many("{count} event", "{count} events", file.rows)
        result = say("Written and compared: {file}, {events}.", file=isolated(file.path.name), events=rows)
        self._become(TrailExportView(result=result, sha256=file.sha256))

    def _failed(self, problem: AppProblem) -> None:
        self._stop = None
        try:
            self._at.send(NoteTrailFailed(code=problem.code.value))
        except AppProblem as other:
            problem = other
        self._become(TrailExportView(problem=self._words(problem)))

    def _words(self, problem: AppProblem) -> str:
        return " ".join(problem_text(problem, self._at.texts))

    def _become(self, view: TrailExportView) -> None:
        self.view = view
        self._show(view)

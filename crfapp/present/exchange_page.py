"""Handing a workbook over: a password twice, a place for the file, progress, and what came of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crfapp import __version__
from crfapp.base.passwords import password_problem
from crfapp.base.problems import AppProblem, Code
from crfapp.exchange.export_workbook import export_workbook, file_name
from crfapp.exchange.handover import CHECKING, DONE, PROTECTING, WRITING
from crfapp.exchange.office_encryption import SHORTEST_PASSWORD
from crfapp.exchange.site_data import Making, SiteData
from crfapp.ledger.state import SubjectRow
from crfapp.present.exchange_view import ExchangeView, Rule
from crfapp.present.export_history import earlier_exports
from crfapp.present.problem_texts import problem_text
from crfapp.present.texts import N_, isolated
from crfapp.present.words import ROLES
from crfapp.work.handing_over import NoteExportFailed, NoteWorkbook
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from crfapp.exchange.export_workbook import ExportReport
    from crfapp.exchange.handover import Progress
    from crfapp.exchange.site_data import Snapshot
    from crfapp.present.exchange_view import Place
    from crfapp.present.lane import Lane, Steps, Stop
    from crfapp.present.workplace import Workplace

    Snapshots = Callable[[], AbstractContextManager[Snapshot]]

_STEPS = {
    WRITING: N_("writing the sheets"),
    PROTECTING: N_("protecting with the password"),
    CHECKING: N_("reading back and comparing every cell"),
    DONE: N_("putting the file in place"),
}
_AT_TARGET = frozenset({Code.EXPORT_EXISTS, Code.FOLDER_REFUSED, Code.DISK_FULL, Code.DISK_FAILS})


class ExchangePage:
    """The presenter of the Exchange page. Passwords are handed on to the work and kept nowhere.

    ``snapshots`` opens the site as it stands at one instant, on a connection of its own; it is entered on
    the lane.
    """

    def __init__(self, workplace: Workplace, lane: Lane, snapshots: Snapshots) -> None:
        self._at, self._lane, self._snapshots = workplace, lane, snapshots
        self._show: Callable[[ExchangeView], None] = lambda _: None
        self._stop: Stop | None = None
        self._stopping = False
        self._moved = (0.0, "")
        may = workplace.actor.may(Right.EXPORT)
        self.view = ExchangeView(may, self._content(), earlier=earlier_exports(self._at))

    def watch(self, show: Callable[[ExchangeView], None]) -> None:
        """Have the page told of every change, beginning with how things stand."""
        self._show = show
        show(self.view)

    def refresh(self) -> None:
        """Look again at what would leave, and at what left before."""
        self._become(content=self._content(), earlier=earlier_exports(self._at))

    def suggested_name(self) -> str:
        """A file name with study, site and the present."""
        stamp = f"{self._at.now.local:%Y%m%d-%H%M}"
        return file_name(self._at.study.head.study, self._at.site.code, stamp)

    def rules(self, password: str, again: str) -> tuple[Rule, ...]:
        """The rules, and which of them are kept so far."""
        say = self._at.texts
        problem = self._weakness(password)
        long_enough = len(password) >= SHORTEST_PASSWORD
        return (
            Rule(say("at least {count} characters", count=SHORTEST_PASSWORD), long_enough),
            Rule(say("not easily guessed, no name of study, site or user"), long_enough and problem is None),
            Rule(say("typed twice alike"), bool(password) and password == again),
        )

    def export(self, target: Path, password: str, again: str) -> None:
        """Begin; what is wrong before it begins is shown at its field and nothing is written."""
        if self.view.busy or not self.view.may_export:
            return
        say = self._at.texts
        weak = self._weakness(password)
        if weak is not None:
            words = problem_text(AppProblem(weak), say)
            self._refuse("password", " ".join(words))
        elif password != again:
            self._refuse("again", say("The two passwords differ. Type the same one twice."))
        else:
            self._begin(target, password)

    def cancel(self) -> None:
        """Stop at the next step; nothing half done remains."""
        if self._stop is not None:
            self._stopping = True
            self._become(step=self._at.texts("stopping"))
            self._stop()

    def look(self) -> None:
        """Show how far the running export is; the page asks now and then, on its own thread."""
        share, step = self._moved
        if self.view.busy and not self._stopping:
            self._become(share=share, step=step)

    def _begin(self, target: Path, password: str) -> None:
        at, say = self._at, self._at.texts
        role = say(ROLES.get(at.actor.role.value, at.actor.role.value))
        making = Making(at.now, f"{at.actor.name}, {role}", __version__)

        def progress(steps: Steps) -> Progress:
            def step(done: int, total: int, what: str) -> None:
                self._moved = (done / total, say(_STEPS[what]))
                steps.step(done, total, say(_STEPS[what]))

            return step

        def work(steps: Steps) -> ExportReport:
            with self._snapshots() as snapshot:
                data = SiteData(snapshot, at.study_now(), making, language=say.language, say=say)
                return export_workbook(data, target, password, progress=progress(steps))

        self._stopping, self._moved = False, (0.0, "")
        self._become(
            busy=True, share=0.0, step="", problem="", place="", result="", result_note="", sha256=""
        )
        self._stop = self._lane.start(work, done=self._done, failed=self._failed, title=say("Workbook"))

    def _done(self, report: ExportReport) -> None:
        self._stop = None
        try:
            self._at.send(
                NoteWorkbook(
                    file=report.path.name,
                    sha256=report.sha256,
                    sheets=report.sheets,
                    rows=report.rows,
                    cells=report.cells,
                    subjects=report.subjects,
                )
            )
        except AppProblem as problem:
            # what is not on record has not been handed over (REQ-110)
            report.path.unlink(missing_ok=True)
            self._become(busy=False, share=0.0, step="")
            self._say_problem(problem)
            return
        say = self._at.texts
        subjects = say.many("{count} subject", "{count} subjects", report.subjects)
        self._become(
            busy=False,
            share=1.0,
            step="",
            result=say("Handed over and checked: {file}", file=isolated(report.path.name)),
            result_note=say(
                "{subjects}, {sheets} sheets, {rows} rows, {cells} cells, each read back and compared",
                subjects=subjects,
                sheets=report.sheets,
                rows=isolated(say.number(report.rows)),
                cells=isolated(say.number(report.cells)),
            ),
            sha256=report.sha256,
            earlier=earlier_exports(self._at),
        )

    def _failed(self, problem: AppProblem) -> None:
        self._stop = None
        try:
            self._at.send(NoteExportFailed(code=problem.code.value))
        except AppProblem as other:
            problem = other
        self._become(busy=False, share=0.0, step="")
        self._say_problem(problem)

    def _say_problem(self, problem: AppProblem) -> None:
        place: Place = "target" if problem.code in _AT_TARGET else ""
        self._refuse(place, " ".join(problem_text(problem, self._at.texts)))

    def _refuse(self, place: Place, words: str) -> None:
        self._become(problem=words, place=place)

    def _become(self, **changes: object) -> None:
        self.view = replace(self.view, **changes)  # type: ignore[arg-type]  # fields of many kinds
        self._show(self.view)

    def _weakness(self, password: str) -> Code | None:
        names = (self._at.study.head.study, self._at.site.code, self._at.site.name, self._at.actor.login)
        return password_problem(password, forbidden=names, shortest=SHORTEST_PASSWORD)

    def _content(self) -> str:
        say = self._at.texts
        subjects = len(self._at.tables.find(SubjectRow))
        return say.many("{count} subject", "{count} subjects", subjects)

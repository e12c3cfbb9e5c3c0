"""Versions of the study at the site: which is in force, which waits, and what an amendment would change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crfapp.base.problems import AppProblem, Code
from crfapp.ledger.fold_versions import ACTIVE
from crfapp.ledger.state import StudyVersionRow
from crfapp.ledger.study_versions import in_order
from crfapp.present.acts import Act, ActState, AskedField, act_sentence, day_words, place_of, typed_day
from crfapp.present.amendment_lines import change_line, subject_line, summary_line
from crfapp.present.amendment_view import AmendmentsView, RehearsalView, VersionLine
from crfapp.present.problem_texts import problem_text
from crfapp.present.texts import isolated
from crfapp.work.amendment import ActivateVersion, installing
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from crfapp.present.amendment_view import Amendments, Looked
    from crfapp.present.lane import Lane, Steps
    from crfapp.present.workplace import Workplace

_PLACES: Mapping[Code, str] = {Code.NOT_A_DATE: "on"}
NEEDED, NOT_NEEDED = "needed", "not-needed"


class StudyAmendments:
    """The presenter. What is put in force is asked from the next login on: nothing turns while one works."""

    def __init__(self, workplace: Workplace, lane: Lane, amendments: Amendments) -> None:
        self._at, self._lane, self._amendments = workplace, lane, amendments
        self._looked: Looked | None = None
        self._show: Callable[[AmendmentsView], None] = lambda _view: None
        may = workplace.actor.may(Right.ADMINISTER)
        self.view = AmendmentsView(self._versions(), may)

    def watch(self, show: Callable[[AmendmentsView], None]) -> None:
        """Be shown every change from now on."""
        self._show = show
        show(self.view)

    def look(self) -> None:
        """Show the versions as they are on record now."""
        self._become(versions=self._versions())

    def choose(self, folder: Path) -> None:
        """Look at a pack in a folder, and rehearse it."""
        self._begin(lambda: self._amendments.look(folder), new=True)

    def open(self, content: str) -> None:
        """Look at a version that waits: what it changes, and its approval."""
        line = next((one for one in self.view.versions if one.content == content), None)
        if line is not None and line.waits and self.view.may:
            self._begin(lambda: self._amendments.look_again(content), new=False)

    def install(self) -> None:
        """Make a backup, keep what is looked at and record that it is here."""
        study = self._looked.study if self._looked is not None else None
        if study is None or self.view.working or not self.view.may:
            return
        say = self._at.texts

        def work(steps: Steps) -> None:
            steps.step(0, 0, say("copying and checking every link"))
            self._amendments.keep(study)

        def kept(_: None) -> None:
            self._tell(lambda: self._at.send(installing(study)), self._installed(study.head.version))

        self._become(working=say("Making a verified copy first…"), refusal="", done="")
        self._lane.start(work, done=kept, failed=self._failed, title=say("Backup"))

    def activate(self, told: Mapping[str, str]) -> None:
        """Put the version that is looked at in force, with its approval."""
        looked = self._looked
        if looked is None or looked.study is None:
            return
        try:
            command = ActivateVersion(
                content=looked.study.hash,
                approval=told["approval"],
                approved_on=typed_day(self._at, told["on"]),
                approved_by=told["by"],
                consent=told["consent"] != NOT_NEEDED,
            )
            self._at.send(command)
        except AppProblem as problem:
            place = place_of(problem.code, self.view.state.act, _PLACES)
            refused = ((place, act_sentence(problem, self._at.texts)),)
            self._become(state=replace(self.view.state, problems=refused))
            return
        words = self._at.texts(
            "Version {version} is in force at this site. Lock and log in again: from then on it is asked by.",
            version=isolated(looked.study.head.version),
        )
        self._looked = None
        self._become(versions=self._versions(), rehearsal=None, state=ActState(), done=words)

    def give_up(self) -> None:
        """Put aside what is looked at."""
        self._looked = None
        self._become(rehearsal=None, state=ActState(), faults=(), refusal="")

    # ---- inside

    def _begin(self, look: Callable[[], Looked], *, new: bool) -> None:
        if self.view.working or not self.view.may:
            return
        say = self._at.texts

        def work(steps: Steps) -> Looked:
            steps.step(0, 0, say("rehearsing the amendment for every subject"))
            return look()

        cleared = {"faults": (), "refusal": "", "done": "", "rehearsal": None, "state": ActState()}
        self._become(working=say("Reading the amendment…"), **cleared)
        self._lane.start(
            work,
            done=lambda looked: self._seen(looked, new=new),
            failed=self._failed,
            title=say("Amendment"),
        )

    def _seen(self, looked: Looked, *, new: bool) -> None:
        self._looked = looked if looked.study is not None else None
        state = ActState() if new or looked.study is None else ActState(self._act(looked.study.head.version))
        rehearsal = self._rehearsal(looked, new=new)
        self._become(working="", faults=looked.faults, rehearsal=rehearsal, state=state)

    def _rehearsal(self, looked: Looked, *, new: bool) -> RehearsalView | None:
        say, study, before = self._at.texts, looked.study, looked.before
        if study is None or before is None:
            return None
        title = say(
            "From version {was} to version {now}",
            was=isolated(before.head.version),
            now=isolated(study.head.version),
        )
        return RehearsalView(
            title=title,
            summary=summary_line(looked, say),
            changes=tuple(change_line(one, before, study, say) for one in looked.changes),
            subjects=tuple((isolated(one.number), subject_line(one, looked, say)) for one in looked.subjects),
            installable=new,
        )

    def _act(self, version: str) -> Act:
        say = self._at.texts
        consent = (
            (NEEDED, say("yes: what has not begun stays as it is until the subject agreed")),
            (NOT_NEEDED, say("no: visits that have not begun follow it at once")),
        )
        return Act(
            "activate",
            say("Put version {version} in force at this site", version=isolated(version)),
            say("Put in force"),
            (
                AskedField("approval", say("Reference of the approval"), "code"),
                AskedField("on", say("Approved on"), "code", remark=say("A day, as 2025-01-31.")),
                AskedField("by", say("Approved by"), remark=say("Somebody else than you.")),
                AskedField(
                    "consent", say("Do subjects have to consent again?"), "choice", NEEDED, choices=consent
                ),
            ),
            say(
                "Only once the approvals of this site are there."
                " An earlier version is never put in force again."
            ),
        )

    def _installed(self, version: str) -> str:
        return self._at.texts(
            "Version {version} is installed and waits: nothing is asked by it until it is in force.",
            version=isolated(version),
        )

    def _tell(self, act: Callable[[], object], done: str) -> None:
        try:
            act()
        except AppProblem as problem:
            self._failed(problem)
            return
        self._looked = None
        self._become(working="", versions=self._versions(), rehearsal=None, done=done)

    def _failed(self, problem: AppProblem) -> None:
        self._become(working="", refusal=" ".join(problem_text(problem, self._at.texts)))

    def _versions(self) -> tuple[VersionLine, ...]:
        """Those in force or waiting first, the newest first."""
        rows = self._at.tables.find(StudyVersionRow)
        active = in_order(rows)
        waiting = sorted((row for row in rows if not row.place), key=lambda row: row.installed)
        newest = active[-1].content if active else ""
        return tuple(self._line(row, newest) for row in (*reversed(waiting), *reversed(active)))

    def _line(self, row: StudyVersionRow, newest: str) -> VersionLine:
        say = self._at.texts
        if row.state != ACTIVE:
            state, tone = say("waits"), "warn"
        elif row.content == newest:
            mine = row.content == self._at.study.hash
            state, tone = (say("in force"), "ok") if mine else (say("in force from the next login"), "ok")
        else:
            state, tone = say("earlier"), ""
        approval = ""
        if row.approval:
            approval = say(
                "{reference}, {person}, {day}",
                reference=isolated(row.approval),
                person=isolated(row.approved_by),
                day=isolated(day_words(self._at, row.approved_on)),
            )
        since = isolated(day_words(self._at, row.active or row.installed))
        return VersionLine(
            row.content, isolated(row.version), state, tone, since, approval, row.state != ACTIVE
        )

    def _become(self, **changes: object) -> None:
        self.view = replace(self.view, **changes)  # type: ignore[arg-type]  # fields of many kinds
        self._show(self.view)

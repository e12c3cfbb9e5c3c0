"""The section about backups: how old they are and where, trying a restore, paper that opens them, the log."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from crfapp.base.problems import AppProblem, Code, RefusedError
from crfapp.present.acts import ActState, act_sentence, place_of
from crfapp.present.backup_acts import (
    PLACES,
    RULE_WORDS,
    TYPED_BACK,
    DrillFound,
    drill_act,
    drill_words,
    number,
    numbers_act,
    rules_act,
    shares_act,
    sheet_act,
)
from crfapp.present.backup_log import LogLine, log_lines
from crfapp.present.backup_standing import (
    copy_words,
    drill_standing,
    keys_words,
    same_disk_words,
    second_words,
)
from crfapp.present.problem_texts import problem_text
from crfapp.work.backups import LIMITS, SHARES, SetBackupRules, ages, rules_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from crfapp.present.entrance import Sheet
    from crfapp.present.key_papers import Papers
    from crfapp.present.lane import Lane, Steps
    from crfapp.present.workplace import Workplace

_MOST = 5


@dataclass(frozen=True, slots=True)
class CopyFound:
    """A copy that can be tried: where it lies, its name, and the day in its name (ISO, or empty)."""

    place: str
    folder: Path
    name: str
    day: str


class BackupDesk(Protocol):
    """Copies of this site, and what is done with them; all but ``place`` is long work, on the lane."""

    def newest(self) -> datetime | None:
        """When the newest verified copy here was made."""

    def place(self) -> str:
        """The folder of the second place; empty where there is none, or it cannot be read."""

    def same_disk(self) -> bool:
        """Whether that lies on the disk that holds the records."""

    def set_second(self, folder: Path | None) -> None:
        """Set it, or have none; PLACE_WITHIN, FOLDER_REFUSED, NOT_ALLOWED. At the desk."""

    def bring(self, steps: Steps) -> AppProblem | None:
        """Make a copy now and bring it to the second place; what stood in the way."""

    def copies(self, folder: Path | None) -> Sequence[CopyFound]:
        """The newest copies here and at the second place, or those in a folder. NO_COPY_THERE."""

    def drill(self, steps: Steps, copy: CopyFound, password: str, paper: str) -> DrillFound:
        """Try a restore and record it. WRONG_LOGIN, WRONG_RECOVERY, SHARE_MISTYPED and the like."""


@dataclass(frozen=True, slots=True)
class BackupsView:
    """What the section shows. ``paper`` is a sheet, ``shares`` a label with the words of each; shown once.

    ``running`` says what goes on; ``problem`` and ``done`` how the last thing ended.
    """

    second: str
    second_tone: str
    drill: str
    drill_tone: str
    keys: str
    has_second: bool = False
    remark: str = ""
    running: str = ""
    problem: str = ""
    done: str = ""
    state: ActState = field(default_factory=ActState)
    paper: Sheet | None = None
    shares: tuple[str, tuple[str, ...]] | None = None
    lines: tuple[LogLine, ...] = ()


class Backups:
    """The presenter. Passwords and paper are handed on and kept no longer than the form is open."""

    def __init__(self, workplace: Workplace, lane: Lane, desk: BackupDesk, papers: Papers) -> None:
        self._at, self._lane, self._desk, self._papers = workplace, lane, desk, papers
        self._show: Callable[[BackupsView], None] = lambda _: None
        self._found: tuple[CopyFound, ...] = ()
        self.view = self._looked_at(BackupsView("", "", "", "", ""))

    def watch(self, show: Callable[[BackupsView], None]) -> None:
        """Have the page told of every change, beginning with how things stand."""
        self._show = show
        show(self.view)

    def refresh(self) -> None:
        """Look again."""
        self._become(self._looked_at(self.view))

    def set_second(self, folder: Path | None) -> None:
        """Set the second place and bring a copy there at once, or have none any more."""
        if self.view.running:
            return
        try:
            self._desk.set_second(folder)
        except AppProblem as problem:
            self._ended(problem=" ".join(problem_text(problem, self._at.texts)))
            return
        self.refresh()
        if folder is not None:
            self.bring()
        else:
            self._ended(done=self._at.texts("There is no second place any more. What lies there stays."))

    def bring(self) -> None:
        """Make a copy now, here and at the second place."""
        if self.view.running:
            return
        say = self._at.texts
        words = say("copying and checking every link")
        self._become(replace(self.view, running=words, problem="", done=""))
        self._lane.start(self._desk.bring, done=self._brought, failed=self._brought, title=say("Backup"))

    def begin_drill(self, folder: Path | None = None) -> None:
        """Ask which copy is tried, and what opens it; with a folder, of those in it."""
        say = self._at.texts
        try:
            self._found = tuple(self._desk.copies(folder))[:_MOST]
        except AppProblem as problem:
            self._ended(problem=" ".join(problem_text(problem, say)))
            return
        choices = tuple(
            (str(n + 1), copy_words(self._at, copy.place, copy.day or copy.name))
            for n, copy in enumerate(self._found)
        )
        self._ask(ActState(act=drill_act(say, choices)))

    def begin_rules(self) -> None:
        """Open the form that changes after how many days something is said."""
        self._ask(ActState(act=rules_act(self._at.texts, rules_of(self._at.tables))))

    def begin_sheet(self) -> None:
        """Draw another recovery sheet and show it."""
        self._ask(ActState(act=sheet_act(self._at.texts)), paper=self._papers.new_sheet())

    def begin_shares(self) -> None:
        """Ask how many shares there are to be."""
        self._ask(ActState(act=numbers_act(self._at.texts)))

    def put_away(self) -> None:
        """Close the form; paper that was not typed back never counted."""
        self._become(replace(self.view, state=ActState(), paper=None, shares=None))

    def carry_out(self, values: Mapping[str, str]) -> None:
        """Do what the open form asks for; what is wrong is said at its field."""
        act = self.view.state.act
        if act is None or self.view.state.busy:
            return
        do = {"drill": self._drill, "rules": self._rules, "sheet": self._sheet, "numbers": self._numbers,
              "shares": self._shares}[act.key]  # fmt: skip
        try:
            do(values)
        except AppProblem as problem:
            self._refused(problem)

    def _drill(self, values: Mapping[str, str]) -> None:
        say, password, paper = self._at.texts, values.get("password", ""), values.get("paper", "").strip()
        if bool(password) == bool(paper):
            self._problem("password", say("Type either your password or what stands on paper."))
            return
        copy = self._found[int(values.get("copy") or "1") - 1]
        self._become(replace(self.view, state=replace(self.view.state, busy=True, problems=())))

        def work(steps: Steps) -> DrillFound:
            steps.step(0, 0, say("opening the backup and checking every link"))
            return self._desk.drill(steps, copy, password, paper)

        self._lane.start(work, done=self._drilled, failed=self._refused, title=say("Trying a restore"))

    def _rules(self, values: Mapping[str, str]) -> None:
        numbers = {name: number(values.get(name, ""), name, LIMITS[name]) for name in RULE_WORDS}
        self._at.send(SetBackupRules(**numbers, reason=values.get("reason", "").strip()))
        self._ended(done=self._at.texts("The rules are in force."))

    def _sheet(self, values: Mapping[str, str]) -> None:
        self._papers.sheet_typed(values.get("typed", ""))
        say = self._at.texts
        self._ended(
            done=say("The new recovery sheet opens the records; the earlier one opens nothing any more.")
        )

    def _numbers(self, values: Mapping[str, str]) -> None:
        limits = (SHARES[0], SHARES[-1])
        needed, made = (number(values.get(name, ""), name, limits) for name in ("needed", "made"))
        shares = self._papers.new_shares(needed, made)
        self._ask(ActState(act=shares_act(self._at.texts, needed)), shares=shares)

    def _shares(self, values: Mapping[str, str]) -> None:
        empty = [name for name, text in sorted(values.items()) if not text.strip()]
        if empty:
            have, needed = len(values) - len(empty), len(values)
            raise RefusedError(Code.SHARES_TOO_FEW, have=str(have), needed=needed, rule=empty[0])
        self._papers.shares_typed("\n\n".join(text for _, text in sorted(values.items())))
        self._ended(done=self._at.texts("The shares open the records; none of an earlier set does."))

    def _brought(self, problem: AppProblem | None) -> None:
        say = self._at.texts
        self.view = replace(self.view, running="")
        if problem is not None:
            self._ended(problem=" ".join(problem_text(problem, say)))
        else:
            self._ended(done=say("The backup was made, opened and checked."))

    def _drilled(self, found: DrillFound) -> None:
        say = self._at.texts
        if found.problem is not None:
            self._ended(problem=" ".join(problem_text(found.problem, say)))
        else:
            self._ended(done=drill_words(found, say))

    def _refused(self, problem: AppProblem) -> None:
        act, rule = self.view.state.act, str(problem.facts.get("rule", ""))
        asked = {one.key for one in act.fields} if act is not None else set()
        place = rule if rule in asked else place_of(problem.code, act, PLACES)
        if not place and act is not None and PLACES.get(problem.code) == "paper":
            place = TYPED_BACK.get(act.key, "")
        self._problem(place, act_sentence(problem, self._at.texts))

    def _problem(self, place: str, words: str) -> None:
        state = replace(self.view.state, problems=((place, words),), busy=False)
        self._become(replace(self.view, state=state))

    def _ask(self, state: ActState, paper: Sheet | None = None,
             shares: tuple[str, tuple[str, ...]] | None = None) -> None:  # fmt: skip
        self._become(replace(self.view, state=state, paper=paper, shares=shares, problem="", done=""))

    def _ended(self, *, done: str = "", problem: str = "") -> None:
        view = replace(self.view, state=ActState(), paper=None, shares=None, running="")
        self._become(self._looked_at(replace(view, done=done, problem=problem)))

    def _become(self, view: BackupsView) -> None:
        self.view = view
        self._show(view)

    def _looked_at(self, view: BackupsView) -> BackupsView:
        """How things stand now."""
        at, place = self._at, self._desk.place()
        old = ages(at.tables, at.desk.node, at.now.utc, self._desk.newest())
        second, drill = second_words(at.texts, old.second, place), drill_standing(at, old.drill)
        return replace(
            view,
            second=second,
            second_tone="warn" if not place or old.second_old else "ok",
            has_second=bool(place),
            remark=same_disk_words(at.texts) if place and self._desk.same_disk() else "",
            drill=drill,
            drill_tone="warn" if old.drill_due else "ok" if old.drill is not None else "muted",
            keys=keys_words(at),
            lines=log_lines(at),
        )

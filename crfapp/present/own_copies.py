"""The site's own certified copies: making one, the code that opens them, and the investigator's review."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from crfapp.base.problems import AppProblem
from crfapp.ledger.state import CopyRow
from crfapp.present.acts import Act, ActState, AskedField, act_sentence
from crfapp.present.export_history import short_hash
from crfapp.present.package_words import moment_words, person_words
from crfapp.present.peers import waiting_words
from crfapp.present.recount import Recount
from crfapp.present.texts import isolated
from crfapp.work.own_copies import newest_copy
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from crfapp.present.lane import Lane, Steps
    from crfapp.present.package_desk import Waiting
    from crfapp.present.workplace import Workplace


class CopyCode(NamedTuple):
    """The code that opens the copies of this workstation, and the name that tells it from others."""

    code: str
    name: str


class CopyDesk(Protocol):
    """Copies of an open site; ``bootstrap`` carries it out."""

    def make(self, folder: Path, language: str, steps: Steps) -> str:
        """Make one in a folder and put it on record; the name of its file. For the lane."""

    def review(self, file: Path, sha256: str, secret: str, steps: Steps) -> None:
        """Open the copy with this sum, prove every part, and record that it was looked through.

        For the lane. NOT_ALLOWED, COPY_UNKNOWN for another file, COPY_SECRET_WRONG, COPY_DAMAGED.
        """

    def code(self) -> CopyCode:
        """What opens them. NOT_ALLOWED for whoever does not oversee."""

    def since(self, stamp: str) -> Waiting:
        """What was recorded since a moment; for the lane."""


@dataclass(frozen=True, slots=True)
class CopyLine:
    """A copy that was made. ``reviewed`` is by whom; ``icon`` shows whether it was."""

    sha256: str
    when: str
    by: str
    file: str
    hash: str
    reviewed: str
    icon: str


@dataclass(frozen=True, slots=True)
class CopyCard:
    """The card of one copy."""

    sha256: str
    title: str
    facts: tuple[tuple[str, str], ...]
    acts: tuple[Act, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class CopiesView:
    """The section. ``age`` says how old the newest copy is and what came since, in ``tone``."""

    may_make: bool
    may_see_code: bool
    age: str = ""
    tone: str = "text"
    lines: tuple[CopyLine, ...] = ()
    chosen: CopyCard | None = None
    state: ActState = field(default_factory=ActState)
    running: str = ""
    done: str = ""
    problem: str = ""
    code: CopyCode | None = None


class OwnCopies:
    """The presenter. The code is shown while somebody looks at it, and kept nowhere here."""

    def __init__(self, workplace: Workplace, lane: Lane, desk: CopyDesk) -> None:
        self._at, self._lane, self._desk = workplace, lane, desk
        self._show: Callable[[CopiesView], None] = lambda _: None
        self._sha256, self._file = "", Path()
        self._counting = Recount(lane, self._find_since, self._counted, self._uncounted)
        self._since: tuple[str, Waiting] | None = None
        may = workplace.actor.may
        self.view = CopiesView(may(Right.SEND), may(Right.OVERSEE))

    def watch(self, show: Callable[[CopiesView], None]) -> None:
        """Have the page told of every change, beginning with how things stand."""
        self._show = show
        show(self.view)

    def refresh(self) -> None:
        """Look again at the copies, and at what was recorded since the newest."""
        age, tone = self._age()
        rows = sorted(self._at.tables.find(CopyRow), key=lambda row: row.at, reverse=True)
        self._become(age=age, tone=tone, lines=tuple(map(self._line, rows)), chosen=self._card())
        if rows:
            self._counting.ask()

    def make(self, folder: Path) -> None:
        """Make one; everything is deciphered again before it counts."""
        if self.view.running or not self.view.may_make:
            return
        say, language = self._at.texts, self._at.texts.language
        step = say("writing everything, and reading it back")

        def work(steps: Steps) -> str:
            steps.step(0, 0, step)
            return self._desk.make(folder, language, steps)

        self._become(running=step, done="", problem="")
        self._lane.start(work, done=self._made, failed=self._failed, title=say("Certified copy"))

    def choose(self, sha256: str) -> None:
        """Open the card of a copy; an empty one closes it."""
        self._sha256 = sha256
        self._become(chosen=self._card(), state=ActState(), done="", problem="")

    def begin(self, key: str, file: Path) -> None:
        """Open an act of the card, about the file that the copy is in."""
        self._file, chosen = file, self.view.chosen
        act = next((act for act in chosen.acts if act.key == key), None) if chosen is not None else None
        if act is not None:
            self._become(state=ActState(act=act))

    def put_away(self) -> None:
        """Close the act."""
        self._become(state=ActState())

    def carry_out(self, values: Mapping[str, str]) -> None:
        """Have the copy opened and every part of it proven; then the review is on record."""
        state, say = self.view.state, self._at.texts
        if state.act is None or self.view.running:
            return
        secret = values.get("secret", "")
        if not secret.strip():
            self._become(state=replace(state, problems=(("secret", say("Type what opens the copy.")),)))
            return
        file, sha256, step = self._file, self._sha256, say("proving every part of it")

        def work(steps: Steps) -> None:
            steps.step(0, 0, step)
            self._desk.review(file, sha256, secret, steps)

        self._become(state=replace(state, problems=()), running=step, done="", problem="")
        self._lane.start(work, done=self._reviewed, failed=self._not_reviewed, title=say("Certified copy"))

    def show_code(self, *, shown: bool) -> None:
        """Show the code that opens the copies, or take it away."""
        try:
            self._become(code=self._desk.code() if shown else None, problem="")
        except AppProblem as problem:
            self._become(code=None, problem=act_sentence(problem, self._at.texts))

    def _find_since(self) -> Callable[[], tuple[str, Waiting]]:
        """Counted beside the window: a long record takes a while to look through."""
        newest, desk = newest_copy(self._at.tables), self._desk
        stamp = newest.at if newest is not None else ""
        return lambda: (stamp, desk.since(stamp))

    def _counted(self, told: tuple[str, Waiting]) -> None:
        self._since = told
        age, tone = self._age()
        self._become(age=age, tone=tone)

    def _uncounted(self, problem: AppProblem) -> None:
        self._become(problem=act_sentence(problem, self._at.texts))

    def _made(self, file: str) -> None:
        done = self._at.texts("Made and checked: {file}", file=isolated(file))
        self._become(running="", done=done, problem="")
        self.refresh()

    def _reviewed(self, _nothing: None) -> None:
        act, say = self.view.state.act, self._at.texts
        self._become(running="", state=ActState(done=say("Done: {act}.", act=act.title if act else "")))
        self.refresh()

    def _not_reviewed(self, problem: AppProblem) -> None:
        said = (("", act_sentence(problem, self._at.texts)),)
        self._become(running="", state=replace(self.view.state, problems=said))

    def _failed(self, problem: AppProblem) -> None:
        self._become(running="", done="", problem=act_sentence(problem, self._at.texts))
        self.refresh()

    def _age(self) -> tuple[str, str]:
        say, newest = self._at.texts, newest_copy(self._at.tables)
        if newest is None:
            return say("The site has no copy of its own yet."), "warn"
        when = isolated(moment_words(self._at, newest.at))
        stamp, since = self._since or ("", None)
        if since is None or stamp != newest.at:
            return say("The newest copy is of {when}.", when=when), "text"
        if not since.events:
            return say("The newest copy of {when} holds everything.", when=when), "ok"
        told = waiting_words(since, say)
        return say("Since the newest copy of {when}: {what}.", when=when, what=told), "text"

    def _line(self, row: CopyRow) -> CopyLine:
        return CopyLine(
            sha256=row.sha256,
            when=moment_words(self._at, row.at),
            by=person_words(self._at, row.login),
            file=row.file,
            hash=short_hash(row.sha256),
            reviewed=person_words(self._at, row.reviewed) if row.reviewed else self._at.texts("nobody yet"),
            icon="complete" if row.reviewed else "expected",
        )

    def _card(self) -> CopyCard | None:
        row = self._at.tables.get(CopyRow, self._sha256) if self._sha256 else None
        if row is None:
            return None
        say, line, half = self._at.texts, self._line(row), len(row.sha256) // 2
        facts = (
            (say("Made"), say.listed((isolated(line.when), line.by))),
            (say("Looked through by"), line.reviewed),
            # two halves, because words without a gap cannot be broken where the window is narrow
            (say("SHA-256"), isolated(f"{row.sha256[:half]} {row.sha256[half:]}")),
        )
        waits = row.whole and not row.reviewed
        acts = (self._review_act(),) if self.view.may_see_code and waits else ()
        note = ""
        if not row.whole:
            note = say(
                "The program made it before a package: the record alone, with nothing to look through."
            )
        elif waits and not acts:
            note = say("The investigator opens it once and confirms that all is in it.")
        return CopyCard(row.sha256, isolated(row.file), facts, acts, note)

    def _review_act(self) -> Act:
        say = self._at.texts
        note = say(
            "Open the copy on any computer, with the page that lies beside it and the code of the site. Look"
            " at a casebook, at the trail and at the list of what is in it. Then confirm it here: the program"
            " opens it once more and proves every part."
        )
        asked = AskedField("secret", say("Code of the site, or the password of this copy"), "secret")
        return Act("review", say("I have looked through it"), say("Everything is in it"), (asked,), note)

    def _become(self, **changes: object) -> None:
        self.view = replace(self.view, **changes)  # type: ignore[arg-type]  # fields of many kinds
        self._show(self.view)

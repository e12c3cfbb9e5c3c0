"""Packages that come: taken in from files, a drop or the routes; what came of each, what was set aside."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger import events as ev
from crfapp.ledger.state import ReceiptRow, RefusedRow, RouteRow
from crfapp.present.package_words import moment_words, peer_words
from crfapp.present.packages_view import ArrivedLine, ArrivingView, AsideLine, ResultLine
from crfapp.present.problem_texts import code_text, problem_text
from crfapp.present.texts import isolated
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from crfapp.base.problems import AppProblem
    from crfapp.present.lane import Lane, Steps, Stop
    from crfapp.present.package_desk import IntakeDesk, Taken
    from crfapp.present.texts import Texts
    from crfapp.present.workplace import Workplace

_MOST = 20


class Arriving:
    """The presenter. One file that is wrong stops none of the others; each has its own result."""

    def __init__(self, workplace: Workplace, lane: Lane, desk: IntakeDesk) -> None:
        self._at, self._lane, self._desk = workplace, lane, desk
        self._show: Callable[[ArrivingView], None] = lambda _: None
        self._stop: Stop | None = None
        self.view = ArrivingView(workplace.actor.may(Right.RECEIVE))

    def watch(self, show: Callable[[ArrivingView], None]) -> None:
        """Have the page told of every change, beginning with how things stand."""
        self._show = show
        show(self.view)

    def refresh(self) -> None:
        """Look again at what came and what was set aside."""
        self._become(routes=self._routes(), arrived=self._arrived(), aside=self._aside())

    def take_in(self, files: Sequence[Path]) -> None:
        """Take in files, one after the other."""
        wanted = tuple(files)
        if wanted and self._free():
            self._begin(lambda _steps: wanted)

    def look(self) -> None:
        """Look on the routes, and take in what is new there."""
        if self._free():
            self._begin(self._desk.look)

    def take_again(self, sha256: str) -> None:
        """Try once more with a file that was set aside, after its cause was mended."""
        found = self._desk.set_aside(sha256)
        if found is None:
            self._become(problem=self._at.texts("This file is not in the quarantine any more."))
        else:
            self.take_in((found,))

    def cancel(self) -> None:
        """Stop before the next file."""
        if self._stop is not None:
            self._stop()

    def _free(self) -> bool:
        return not self.view.running and self.view.may_receive

    def _begin(self, find: Callable[[Steps], Sequence[Path]]) -> None:
        say, desk = self._at.texts, self._desk
        first = say("looking for packages")

        def work(steps: Steps) -> list[Taken]:
            steps.step(0, 0, first)
            files, found = find(steps), []
            for number, file in enumerate(files):
                steps.step(number, len(files), say("examining {file}", file=isolated(file.name)))
                found.append(desk.take_in(file, steps))
            return found

        self._become(running=first, problem="", results=())
        self._stop = self._lane.start(work, done=self._done, failed=self._failed, title=say("Taking in"))

    def _done(self, taken: list[Taken]) -> None:
        say = self._at.texts
        nothing = ResultLine("", "info", say("There was nothing new."))
        self._ended(results=tuple(result_line(self._at, one) for one in taken) or (nothing,))

    def _failed(self, problem: AppProblem) -> None:
        self._ended(problem=" ".join(problem_text(problem, self._at.texts)))

    def _ended(self, **changes: object) -> None:
        self._stop = None
        self._become(running="", **changes)
        self.refresh()

    def _routes(self) -> bool:
        return any(row.url for row in self._at.tables.find(RouteRow))

    def _arrived(self) -> tuple[ArrivedLine, ...]:
        at = self._at
        rows = sorted(at.tables.find(ReceiptRow, node=at.desk.node), key=lambda row: row.at, reverse=True)
        return tuple(
            ArrivedLine(
                when=moment_words(at, row.at),
                sender=peer_words(at, row.sender),
                number=isolated(str(row.number)),
                events=at.texts.number(row.events),
            )
            for row in rows[:_MOST]
        )

    def _aside(self) -> tuple[AsideLine, ...]:
        """What was set aside on this workstation and not taken in since; a file stands there once."""
        at, say = self._at, self._at.texts
        came = {row.sha256 for row in at.tables.find(ReceiptRow, node=at.desk.node)}
        rows = sorted(at.tables.find(RefusedRow, node=at.desk.node), key=lambda row: row.at, reverse=True)
        newest = {row.sha256: row for row in reversed(rows) if row.sha256 not in came}
        kept = sorted(newest.values(), key=lambda row: row.at, reverse=True)
        return tuple(
            AsideLine(
                sha256=row.sha256,
                file=row.file,
                code=row.code,
                why=why_aside(row.code, say),
                came=_came(at, row),
                is_there=self._desk.set_aside(row.sha256) is not None,
            )
            for row in kept[:_MOST]
        )

    def _become(self, **changes: object) -> None:
        self.view = replace(self.view, **changes)  # type: ignore[arg-type]  # fields of many kinds
        self._show(self.view)


def result_line(at: Workplace, taken: Taken) -> ResultLine:
    """What came of one file, in words."""
    say = at.texts
    if taken.problem is not None:
        what, todo = problem_text(taken.problem, say)
        code = say("Code {code}", code=isolated(taken.problem.code.value))
        title = say("Set aside: {file}", file=isolated(taken.file))
        return ResultLine(taken.file, "error", title, (what, todo, code))
    told = {"number": isolated(str(taken.number)), "sender": isolated(peer_words(at, taken.sender))}
    if not taken.new:
        title = say("Nothing new: package {number} of {sender} was here before.", **told)
        return ResultLine(taken.file, "info", title, tuple(_order(taken, say)))
    title = say("Taken in: package {number} of {sender}.", **told)
    events = say.many("{count} new event", "{count} new events", taken.new)
    subjects = say.many("{count} subject", "{count} subjects", taken.subjects) if taken.subjects else ""
    answered = say.listed(_answered(taken, say))
    notes = (say.listed((events, subjects)), say.listed(_kinds(taken, say)), answered, *_order(taken, say))
    return ResultLine(taken.file, "ok", title, tuple(note for note in notes if note))


def _kinds(taken: Taken, say: Texts) -> list[str]:
    """What somebody should look at first of what came."""
    count = taken.kinds.get
    found = []
    if number := count(ev.QueryRaised.kind, 0):
        found.append(say.many("{count} new query", "{count} new queries", number))
    if number := count(ev.QueryAnswered.kind, 0):
        found.append(say.many("{count} query answered", "{count} queries answered", number))
    if number := count(ev.QueryClosed.kind, 0):
        found.append(say.many("{count} query closed", "{count} queries closed", number))
    if number := count(ev.QueryReopened.kind, 0):
        found.append(say.many("{count} query reopened", "{count} queries reopened", number))
    if number := count(ev.LockAsked.kind, 0):
        found.append(say.many("{count} wish to lock", "{count} wishes to lock", number))
    if number := count(ev.UnlockAsked.kind, 0):
        found.append(say.many("{count} wish to unlock", "{count} wishes to unlock", number))
    if number := count(ev.PackageTakenIn.kind, 0):
        found.append(say.many("{count} receipt", "{count} receipts", number))
    return found


def _answered(taken: Taken, say: Texts) -> list[str]:
    """What the site made of the centre's wishes, right after they came."""
    found = []
    if taken.locked:
        found.append(say.many("{count} form or scope locked", "{count} forms or scopes locked", taken.locked))
    if taken.declined:
        found.append(say.many("{count} wish declined", "{count} wishes declined", taken.declined))
    return found


def _order(taken: Taken, say: Texts) -> list[str]:
    """What is to be known of the package's place among the others; nothing of it is a fault in what came."""
    found = []
    if taken.missing:
        numbers = isolated(say.listed(str(number) for number in taken.missing))
        found.append(say("Never came: {numbers}. Nothing that was in them is missing.", numbers=numbers))
    if taken.late:
        found.append(say("A later package was here before it."))
    if not taken.follows:
        found.append(say("It names another package before it than the one that came. Tell its sender."))
    return found


def _came(at: Workplace, row: RefusedRow) -> str:
    say, when = at.texts, isolated(moment_words(at, row.at))
    if not row.sender:
        return say("{when}, sender not known", when=when)
    return say("{when}, from {sender}", when=when, sender=isolated(peer_words(at, row.sender)))


def why_aside(code: str, say: Texts) -> str:
    """Why a file was set aside, and what to do, by its code."""
    try:
        known = Code(code)
    except ValueError:  # written by a newer version of the program
        return say("See the code.")
    return " ".join(code_text(known, RefusedError(known).facts, say))

"""Packages that leave: whom they go to, making and sending them, and the outbox."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crfapp.base.problems import AppProblem
from crfapp.ledger.state import PackageRow, RouteRow
from crfapp.present.package_words import file_words, moment_words
from crfapp.present.packages_view import ChosenPackage, PackagesView
from crfapp.present.peers import outbox_line, outbox_lines, peer_line, peers_of, silences
from crfapp.present.problem_texts import problem_text
from crfapp.present.recount import Recount
from crfapp.present.texts import isolated
from crfapp.work.confirmations import posted
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from crfapp.present.lane import Lane, Steps, Stop
    from crfapp.present.package_desk import PackageDesk, Waiting
    from crfapp.present.packages_view import OutboxLine, PeerLine
    from crfapp.present.workplace import Workplace

_MOST = 30
"""So many packages are listed; the older ones are counted."""
_HALF = 32


class Packages:
    """The presenter. What was made stays in the outbox, also where sending it fails or is cancelled."""

    def __init__(self, workplace: Workplace, lane: Lane, desk: PackageDesk) -> None:
        self._at, self._lane, self._desk = workplace, lane, desk
        self._show: Callable[[PackagesView], None] = lambda _: None
        self._stop: Stop | None = None
        self._waits: dict[str, Waiting] = {}
        self._counting = Recount(lane, self._find_waits, self._counted, self._uncounted)
        self.view = PackagesView(workplace.actor.may(Right.SEND))

    def watch(self, show: Callable[[PackagesView], None]) -> None:
        """Have the page told of every change, beginning with how things stand."""
        self._show = show
        show(self.view)

    def refresh(self) -> None:
        """Look again at what was made, sent and confirmed."""
        chosen = self.view.chosen
        self._become(
            peers=self._peers(),
            outbox=outbox_lines(self._at, self._desk, _MOST),
            older=self._older(),
            chosen=self._card(chosen.package, chosen.inside) if chosen is not None else None,
        )
        self._counting.ask()

    def alarms(self) -> int:
        """How many have not answered for too long."""
        return len(silences(self._at))

    def send_now(self, peer: str, *, full: bool = False) -> None:
        """Make a package, and put it where they look; without a place its card opens to carry it."""
        if self.view.running or not self.view.may_send:
            return
        say, desk = self._at.texts, self._desk
        route = self._at.tables.get(RouteRow, peer)
        goes = route is not None and bool(route.url)

        def work(steps: Steps) -> tuple[str, AppProblem | None]:
            steps.step(0, 2, say("making and checking the package"))
            package = desk.make(peer, full=full, steps=steps)
            try:
                if goes:
                    steps.step(1, 2, say("sending"))
                    desk.send(package, steps)
            except AppProblem as problem:
                return package, problem
            return package, None

        self._begin(work, lambda made: self._made(*made, sent=goes), say("making and checking the package"))

    def send_again(self) -> None:
        """Put the chosen package on its route once more."""
        chosen, say = self.view.chosen, self._at.texts
        if chosen is None or not chosen.can_send or self.view.running:
            return
        self._begin(
            lambda steps: self._desk.send(chosen.package, steps),
            lambda _: self._finished(say("Sent: {package}.", package=chosen.title)),
            say("sending"),
        )

    def carry(self, folder: Path) -> None:
        """Copy the chosen package to a stick or folder."""
        chosen, say = self.view.chosen, self._at.texts
        if chosen is None or self.view.running or not self.view.may_send:
            return
        self._begin(
            lambda steps: self._desk.carry(chosen.package, folder, steps),
            lambda file: self._finished(say("Copied: {file}", file=isolated(str(file)))),
            say("copying and comparing"),
        )

    def look_inside(self) -> None:
        """Say what is in the chosen package."""
        chosen, say = self.view.chosen, self._at.texts
        if chosen is None or self.view.running:
            return

        def seen(parts: Sequence[tuple[str, str]]) -> None:
            self._become(running="", chosen=replace(chosen, inside=tuple(parts)))

        self._begin(lambda steps: self._desk.inside(chosen.package, steps), seen, say("opening the package"))

    def choose(self, package: str) -> None:
        """Open the card of a package; an empty one closes it."""
        self._become(chosen=self._card(package) if package else None, done="", problem="")

    def cancel(self) -> None:
        """Stop at the next step."""
        if self._stop is not None:
            self._stop()

    def _begin(self, work: Callable[[Steps], object], done: Callable[..., None], step: str) -> None:
        self._become(running=step, done="", problem="")
        title = self._at.texts("Package")
        self._stop = self._lane.start(work, done=done, failed=self._failed, title=title)

    def _made(self, package: str, problem: AppProblem | None, *, sent: bool) -> None:
        say = self._at.texts
        card = self._card(package)
        title = card.title if card is not None else package
        if problem is not None:
            words = say("Made, but not sent: {package} waits in the outbox.", package=title)
            self._finished("", " ".join((words, *problem_text(problem, say))), card)
        elif sent:
            self._finished(say("Made and sent: {package}.", package=title))
        else:
            words = say("Made: {package}. No place is set for it, so save it to a stick.", package=title)
            self._finished(words, chosen=card)

    def _finished(self, done: str, problem: str = "", chosen: ChosenPackage | None = None) -> None:
        self._stop = None
        self._become(running="", done=done, problem=problem, chosen=chosen or self.view.chosen)
        self.refresh()

    def _failed(self, problem: AppProblem) -> None:
        self._finished("", " ".join(problem_text(problem, self._at.texts)))

    def _find_waits(self) -> Callable[[], dict[str, Waiting]]:
        """Counted beside the window: a long record takes a while to look through."""
        desk, peers = self._desk, tuple(peer.peer for peer in peers_of(self._at))
        return lambda: {peer: desk.waiting(peer) for peer in peers}

    def _counted(self, waits: dict[str, Waiting]) -> None:
        self._waits = waits
        self._become(peers=self._peers())

    def _uncounted(self, problem: AppProblem) -> None:
        self._become(problem=" ".join(problem_text(problem, self._at.texts)))

    def _peers(self) -> tuple[PeerLine, ...]:
        at, waits = self._at, self._waits
        return tuple(peer_line(at, self._desk, peer, waits.get(peer.peer)) for peer in peers_of(at))

    def _older(self) -> str:
        more = len(self._at.tables.find(PackageRow, node=self._at.desk.node)) - _MOST
        say = self._at.texts
        return say.many("{count} older package", "{count} older packages", more) if more > 0 else ""

    def _card(self, package: str, inside: tuple[tuple[str, str], ...] = ()) -> ChosenPackage | None:
        mine = posted(self._at.tables, self._at.desk.node)
        one = next((one for one in mine if one.row.package == package), None)
        if one is None:
            return None
        say, row, line = self._at.texts, one.row, outbox_line(self._at, self._desk, one)
        title = say("Package {number} for {peer}", number=line.number, peer=isolated(line.peer))
        route = self._at.tables.get(RouteRow, row.peer)
        can_send = self.view.may_send and route is not None and bool(route.url)
        return ChosenPackage(package, title, self._facts(row, line), can_send, inside)

    def _facts(self, row: PackageRow, line: OutboxLine) -> tuple[tuple[str, str], ...]:
        say = self._at.texts
        events = say.many("{count} event", "{count} events", row.events)
        scope = say("from the beginning") if row.full else say("since what they confirmed")
        return (
            (say("Made"), say.listed((isolated(moment_words(self._at, row.made)), line.by))),
            (say("Sent"), say.listed((isolated(line.sent), line.route))),
            (say("Confirmed"), line.confirmed),
            (say("Holds"), say.listed((events, scope))),
            (say("File"), say.listed((file_words(row.file), line.size))),
            # two halves, because words without a gap cannot be broken where the window is narrow
            (say("SHA-256"), isolated(f"{row.sha256[:_HALF]} {row.sha256[_HALF:]}")),
        )

    def _become(self, **changes: object) -> None:
        self.view = replace(self.view, **changes)  # type: ignore[arg-type]  # fields of many kinds
        self._show(self.view)

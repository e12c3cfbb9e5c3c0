"""The Centre page: how every site stands, and one of them from near."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from crfapp.present.centre_order import FILTERS, ORDERS, SiteOrder
from crfapp.present.centre_view import CentreView, DeltaView, SiteCardView
from crfapp.present.centre_words import DetailWords, SiteWords
from crfapp.present.problem_texts import problem_text
from crfapp.present.texts import isolated
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from crfapp.base.problems import AppProblem
    from crfapp.exchange.centre_views import Standing
    from crfapp.exchange.delta import Changed
    from crfapp.present.centre_desk import CentreDesk, Details, Reply
    from crfapp.present.lane import Lane, Steps, Stop
    from crfapp.present.workplace import Workplace

T = TypeVar("T")


class CentrePage:
    """The presenter. Everything is read on the lane, site after site; the list fills while it is read."""

    def __init__(self, workplace: Workplace, lane: Lane, desk: CentreDesk) -> None:
        self._at, self._lane, self.desk = workplace, lane, desk
        self._show: Callable[[CentreView], None] = lambda _: None
        self._stop: Stop | None = None
        self._found: list[Standing] = []
        self._details: Details | None = None
        self._delta = DeltaView()
        self._chosen, self._order = "", SiteOrder()
        say, may = workplace.texts, workplace.actor.may
        self.view = CentreView(
            may_send=may(Right.SEND),
            may_lock=may(Right.LOCK),
            filters=tuple((key, say(words)) for key, words in FILTERS),
            orders=tuple((key, say(words)) for key, words in ORDERS),
        )

    @property
    def workplace(self) -> Workplace:
        """Whoever looks."""
        return self._at

    def watch(self, show: Callable[[CentreView], None]) -> None:
        """Have the page told of every change, beginning with how things stand."""
        self._show = show
        show(self.view)

    def alarms(self) -> int:
        """How many sites need a call."""
        return sum(one.overdue or bool(one.wrong) for one in self._found)

    def refresh(self, *, walk: bool = False) -> None:
        """Look again at every site; ``walk`` goes through all chains, which takes as long as there are."""
        if self.view.running:
            return
        sites, desk, say = self.desk.sites(), self.desk, self._at.texts

        def work(steps: Steps) -> list[Standing]:
            found = []
            for number, site in enumerate(sites):
                steps.step(number, len(sites), site.code)
                found.append(desk.standing(site, walk=walk, steps=steps))
            return found

        running = say("checking every record") if walk else say("looking at the sites")
        self._begin(work, self._looked, running, title=say("Checking the records") if walk else "")

    def narrow(self, *, typed: str | None = None, only: str = "", order: str = "") -> None:
        """List fewer sites, or in another order."""
        before = self._order
        self._order = SiteOrder(
            before.typed if typed is None else typed, only or before.only, order or before.order
        )
        self._become(narrowed=self._order.only, order=self._order.order)
        self._list()

    def choose(self, site: str) -> None:
        """Look at one site from near; none where it is empty."""
        self._chosen, self._details, self._delta = site, None, DeltaView()
        self._become(done="", problem="")
        self._list()
        if site and not self.view.running:
            desk = self.desk
            self._begin(lambda steps: desk.details(site, steps), self._near, self._opening())

    def compare(self, first: str, second: str) -> None:
        """Say what changed from one package to another; empty: from the beginning, up to now."""
        if self.view.running or not self._chosen:
            return
        site, desk = self._chosen, self.desk

        def done(found: Sequence[tuple[str, Changed]]) -> None:
            if self._details is not None:
                words = DetailWords(self._at, self._details)
                self._delta = words.delta(self._delta, (first, second), found)
            self._list()

        running = self._at.texts("comparing two packages")
        self._begin(lambda steps: desk.delta(site, first, second, steps), done, running)

    def reply(self, folder: Path | None) -> None:
        """Make a package for the chosen site; bring it to a folder, or to the route of its workstation."""
        if self.view.running or not (self._chosen and self.view.may_send):
            return
        site, desk, say = self._chosen, self.desk, self._at.texts

        def done(made: Reply) -> None:
            told = {"number": isolated(str(made.number)), "place": isolated(made.where)}
            said = (
                say("Package {number} is made and was brought to {place}.", **told)
                if made.sent
                else say("Package {number} is made. Nobody brought it yet; it lies here: {place}", **told)
            )
            self._become(done=said)
            self.refresh()

        self._begin(
            lambda steps: desk.reply(site, folder, steps), done, say("making the reply"), title=say("Reply")
        )

    def ask_lock(self) -> None:
        """Ask the chosen site to lock all it has recorded."""
        if self.view.running or not (self._chosen and self.view.may_lock):
            return
        site, desk, say = self._chosen, self.desk, self._at.texts

        def done(_: None) -> None:
            self._become(done=say("Asked. It goes to the site with the next reply."))
            self.refresh()

        self._begin(lambda steps: desk.ask_lock(site, steps), done, say("asking to lock"))

    def cancel(self) -> None:
        """Stop at the next step."""
        if self._stop is not None:
            self._stop()

    # ---- inside

    def _begin(
        self, work: Callable[[Steps], T], done: Callable[[T], None], running: str, *, title: str = ""
    ) -> None:
        def ended(found: T) -> None:
            self._stop = None
            self._become(running="")
            done(found)

        self._become(running=running, problem="")
        self._stop = self._lane.start(work, done=ended, failed=self._failed, title=title)

    def _opening(self) -> str:
        return self._at.texts("opening the site")

    def _failed(self, problem: AppProblem) -> None:
        self._stop = None
        self._become(running="", problem=" ".join(filter(None, problem_text(problem, self._at.texts))))

    def _looked(self, found: list[Standing]) -> None:
        """What was checked stays checked until something more came."""
        before = {one.site.site: one for one in self._found if one.walked}
        self._found = [_as_checked(one, before.get(one.site.site)) for one in found]
        self._list()
        site, desk = self._chosen, self.desk
        if site:
            self._begin(lambda steps: desk.details(site, steps), self._near, self._opening())

    def _near(self, details: Details | None) -> None:
        self._details = details
        if details is not None and details.receipts and not self._delta.choices:
            words = DetailWords(self._at, details)
            choices = tuple(words.choice(row) for row in details.receipts)
            since = choices[1][0] if len(choices) > 1 else ""
            self._delta = DeltaView(choices=choices, first=since, second=choices[0][0])
        self._list()

    def _list(self) -> None:
        say = self._at.texts
        lines = tuple(SiteWords(self._at, one).line() for one in self._order.listed(self._found))
        nothing = say("No site is registered yet. Add one from its card.")
        empty = say("No site is like that.") if self._found else nothing
        self._become(
            lines=lines,
            counted=say.many("{count} site", "{count} sites", len(self._found)),
            empty="" if lines else empty,
            chosen=self._card(),
        )

    def _card(self) -> SiteCardView | None:
        one = next((one for one in self._found if one.site.site == self._chosen), None)
        if one is None:
            return None
        words = SiteWords(self._at, one)
        details = self._details if self._details is not None and self._details.site == self._chosen else None
        near = DetailWords(self._at, details) if details is not None else None
        return SiteCardView(
            site=one.site.site,
            title=f"{isolated(one.site.code)} {one.site.name}",
            facts=words.facts(),
            alarms=words.alarms(),
            opens=bool(one.last),
            packages=tuple(near.package(row) for row in near.found.receipts[:20]) if near else (),
            locks=tuple(near.lock(row) for row in near.found.locks[:20]) if near else (),
            delta=self._delta,
        )

    def _become(self, **changes: object) -> None:
        self.view = replace(self.view, **changes)  # type: ignore[arg-type]  # fields of many kinds
        self._show(self.view)


def _as_checked(one: Standing, before: Standing | None) -> Standing:
    if one.walked or before is None or before.packages != one.packages:
        return one
    return replace(one, walked=True, wrong=before.wrong)

"""The site's other workstations: how each stands, and the rounds that keep them up to date meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from crfapp.base.problems import AppProblem
from crfapp.present.problem_texts import problem_text
from crfapp.work.cases import Topic

if TYPE_CHECKING:
    from crfapp.base.problems import Code
    from crfapp.present.lane import Lane, Steps, Stop
    from crfapp.present.texts import Texts
    from crfapp.work.outcome import Outcome

EVERY_MINUTES = 3
RAREST_MINUTES = 30
_DOUBLINGS = 4
_REACHED = ("same", "waiting")


@dataclass(frozen=True, slots=True)
class Standing:
    """One other workstation. ``changes``: what it has not confirmed yet; ``code``: what stood in the way.

    ``same``: it confirmed everything. ``waiting``: it has not. ``apart``: the place could not be reached.
    ``refused``: a package of it was set aside, or none can be made for it. ``unheard``: nothing came from it
    yet, so nothing is sent either.
    """

    node: str
    label: str
    state: Literal["same", "waiting", "apart", "refused", "unheard"]
    changes: int = 0
    code: Code | None = None


CarryOut = Callable[["Steps", bool], Sequence[Standing]]
"""One round with every other workstation that has a route; the flag says that the program is being closed."""


@dataclass(frozen=True, slots=True)
class StandingLine:
    """What the status bar says of one; ``hint`` is the whole of it."""

    text: str
    hint: str
    tone: Literal["muted", "warn", "error"]


def standing_line(standing: Standing, say: Texts) -> StandingLine:
    """In words: the state is never told by its tone alone."""
    label = standing.label
    waiting = say.many(
        "{label}: {count} change waiting", "{label}: {count} changes waiting", standing.changes, label=label
    )
    code = standing.code
    hint = waiting if code is None else " ".join(problem_text(AppProblem(code), say))
    match standing.state:
        case "same":
            text = say("{label}: up to date", label=label)
            return StandingLine(text, text, "muted")
        case "unheard":
            text = say("{label}: nothing came from it yet", label=label)
            return StandingLine(text, text, "muted")
        case "waiting":
            return StandingLine(waiting, hint, "muted")
        case "apart":
            return StandingLine(
                say("{label}: place not reachable", label=label), f"{waiting}. {hint}", "warn"
            )
        case "refused":
            return StandingLine(say("{label}: a package was set aside", label=label), hint, "error")


class Rounds:
    """Asks for one round after the other while somebody is in, beside the window; never two at once.

    ``carry_out`` does one, on the lane (``leaving``: the program is about to be closed). A round that fails
    changes nothing of what is shown, and the next one tries again, later each time a place is not reached.
    """

    def __init__(self, lane: Lane, carry_out: CarryOut, say: Texts) -> None:
        self._lane, self._carry_out, self._say = lane, carry_out, say
        self._show: Callable[[tuple[StandingLine, ...]], None] = lambda _lines: None
        self._stop: Stop | None = None
        self._then: Callable[[], None] | None = None
        self._failed = 0
        self._heard = self._left = False
        self.over = False
        """Whether whoever was in has gone: no round begins any more."""
        self.standings: tuple[Standing, ...] = ()

    def watch(self, show: Callable[[tuple[StandingLine, ...]], None]) -> None:
        """Have the status bar told of every change."""
        self._show = show

    def begin(self) -> None:
        """Begin a round, unless one is under way or these are over."""
        if self._stop is None and not self.over:
            self._start(leaving=False)

    def leave(self, then: Callable[[], None]) -> bool:
        """Begin a last round where something was said since the one before; ``then`` is called after it.

        False where there is no cause: nothing is begun, and nobody called.
        """
        reached = [standing for standing in self.standings if standing.state in _REACHED]
        if self.over or self._left or self._stop is not None or not (reached and self._heard):
            return False
        self._then, self._left = then, True
        self._start(leaving=True)
        return True

    def stop(self) -> None:
        """Whoever is in goes: nothing more is recorded in their name, and no other round begins."""
        self.over = True
        if self._stop is not None:
            self._stop()

    def heed(self, outcome: Outcome) -> None:
        """Something was recorded: before the program is closed it is to have left."""
        self._heard = self._heard or bool(outcome.topics - {Topic.PACKAGES, Topic.SESSION})

    @property
    def minutes(self) -> int:
        """How long until the next round; longer each time a place was not reached."""
        return min(EVERY_MINUTES << min(self._failed, _DOUBLINGS), RAREST_MINUTES)

    def _start(self, *, leaving: bool) -> None:
        self._heard = False
        title = self._say("Exchanging with the other workstation") if leaving else ""
        self._stop = self._lane.start(
            lambda steps: tuple(self._carry_out(steps, leaving)),
            done=self._done,
            failed=self._not_done,
            title=title,
        )

    def _done(self, standings: tuple[Standing, ...]) -> None:
        self._failed = self._failed + 1 if any(one.state == "apart" for one in standings) else 0
        self.standings = standings
        self._show(tuple(standing_line(standing, self._say) for standing in standings))
        self._end()

    def _not_done(self, _problem: AppProblem) -> None:
        self._failed += 1
        self._end()

    def _end(self) -> None:
        self._stop, then, self._then = None, self._then, None
        if then is not None:
            then()

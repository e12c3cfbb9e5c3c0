"""How the site's other workstations stand: up to date, changes waiting, or their place not reachable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from crfapp.base.problems import AppProblem
from crfapp.present.problem_texts import problem_text

if TYPE_CHECKING:
    from crfapp.base.problems import Code
    from crfapp.present.texts import Texts


@dataclass(frozen=True, slots=True)
class Standing:
    """One other workstation. ``changes``: what it has not confirmed yet; ``code``: what stood in the way.

    ``same``: it confirmed everything. ``waiting``: it has not. ``apart``: the place could not be reached.
    ``refused``: a package of it was set aside, or none can be made for it.
    """

    node: str
    label: str
    state: Literal["same", "waiting", "apart", "refused"]
    changes: int = 0
    code: Code | None = None


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
        case "waiting":
            return StandingLine(waiting, hint, "muted")
        case "apart":
            return StandingLine(
                say("{label}: place not reachable", label=label), f"{waiting}. {hint}", "warn"
            )
        case "refused":
            return StandingLine(say("{label}: a package was set aside", label=label), hint, "error")

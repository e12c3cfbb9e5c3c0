"""What a command led to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from crfapp.base.problems import AppProblem
    from crfapp.ledger.events import Event
    from crfapp.work.cases import Topic


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command led to: its events in order, what kinds of things they touch, when it was stored.

    ``trouble`` is to be said although all went well: what the disk did meanwhile, or before.
    """

    events: tuple[Event, ...]
    topics: frozenset[Topic]
    stored: datetime
    trouble: AppProblem | None = None

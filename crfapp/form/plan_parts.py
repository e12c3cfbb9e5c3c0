"""The parts of a form's plan: slots, compiled rules, and what depends on what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from crfapp.study.types import ItemType, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crfapp.study.checks import Check
    from crfapp.study.language import Ref
    from crfapp.study.model import Form, Item

Meaning = Callable[[Any], Any]
"""A compiled expression: takes the scope of a row, gives a value, a truth or None."""


class Reach(Enum):
    """Which rows of a dependent are touched by a change in one row: the same, the one below, or all."""

    SAME = auto()
    NEXT = auto()
    ALL = auto()


@dataclass(frozen=True, slots=True)
class Compiled:
    """An expression ready to run, with what it reads."""

    text: str
    run: Meaning
    reads: frozenset[Ref]


@dataclass(frozen=True, slots=True)
class Band:
    """A range with compiled ends; None leaves an end open."""

    low: Compiled | None
    high: Compiled | None


@dataclass(frozen=True, slots=True)
class PlanRule:
    """A ``must`` or ``should``: the finding appears where ``that`` is certainly false."""

    that: Compiled
    say: str | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What an item's own answer is held against, hard or soft; ``check`` is its id (``HARD:ITEM``)."""

    check: str
    level: str
    band: Band | None
    codes: tuple[str, ...]
    rules: tuple[PlanRule, ...]


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One item with its place. ``slot`` counts within its row group; ``order`` is the form's order.

    ``judgements`` come hard before soft and only where there is something to hold an answer against.
    """

    oid: str
    item: Item
    type: ItemType
    section: str
    group: str
    slot: int
    order: int
    when: Compiled | None
    value: Compiled | None
    required: bool | Compiled
    judgements: tuple[Judgement, ...]

    @property
    def hard(self) -> Band | None:
        """The range outside which nothing is possible."""
        return self._band("H")

    @property
    def soft(self) -> Band | None:
        """The range that is expected."""
        return self._band("Q")

    def _band(self, level: str) -> Band | None:
        return next((one.band for one in self.judgements if one.level == level), None)


@dataclass(frozen=True, slots=True)
class PlanCheck:
    """One check of the form: run once a row of ``group``; the finding stands at item ``on``.

    Where ``on`` stands in other rows, the check speaks there as soon as it fires in any row.
    ``version`` changes with what the check says (REQ-405); ``due`` and ``draft`` belong to a task.
    """

    check: Check
    fires: Compiled
    group: str
    on: str
    version: str
    due: Compiled | None = None
    draft: Mapping[str, Compiled] = field(default_factory=dict)


@dataclass(slots=True)
class Edges:
    """What must be worked out again when an item changes: cores (visibility, value) and leaves."""

    cores: dict[str, Reach] = field(default_factory=dict)
    leaves: dict[str, Reach] = field(default_factory=dict)
    checks: dict[int, Reach] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FormPlan:
    """A form, ready to be filled.

    ``rank`` orders the items for working out; ``above`` are those that read the row above, which has to be
    worked out before them. ``outside``: what depends on each reference that points out of the form.
    """

    form: Form
    items: Mapping[str, PlanItem]
    groups: Mapping[str, tuple[PlanItem, ...]]
    checks: tuple[PlanCheck, ...]
    check_order: Mapping[str, int]
    rank: Mapping[str, int]
    above: tuple[str, ...]
    edges: Mapping[str, Edges]
    outside: Mapping[Ref, Edges]


def is_computed(planned: PlanItem) -> bool:
    """Whether the item's value comes from a rule and not from a person."""
    return planned.value is not None or planned.type.kind is Kind.NOTE

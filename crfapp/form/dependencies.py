"""Who depends on whom in a form. Edges come from the expressions alone, never from hand-kept lists."""

from __future__ import annotations

from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, Any

from crfapp.form.plan_parts import Compiled, Edges, PlanCheck, PlanItem, Reach
from crfapp.study.language import RefKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from crfapp.study.language import Ref


class Dependencies:
    """Edges between the items and checks of one form, and towards what lies outside it.

    ``edges``: what is worked out again when an item changes; ``outside``: when what a reference out of the
    form points at does.
    """

    def __init__(
        self, items: Mapping[str, PlanItem], checks: tuple[PlanCheck, ...], sections: set[str]
    ) -> None:
        self._items = items
        self._sections = sections
        self.edges = {oid: Edges() for oid in items}
        self.outside: dict[Ref, Edges] = {}
        for oid, planned in items.items():
            for ref in _reads(_cores(planned)):
                self._connect(ref, planned.group, lambda e: e.cores, oid)
            for ref in _reads(_leaves(planned)):
                self._connect(ref, planned.group, lambda e: e.leaves, oid)
        for number, check in enumerate(checks):
            together = check.group == items[check.on].group
            # a hidden item has no finding
            self.edges[check.on].checks[number] = Reach.SAME if together else Reach.ALL
            for ref in check.fires.reads | (check.due.reads if check.due else frozenset()):
                self._connect(ref, check.group, lambda e: e.checks, number)

    def rank(self) -> dict[str, int]:
        """Order of working out; the row above is no cycle, for rows go from top to bottom."""
        before = {
            oid: {
                ref.item
                for ref in _reads(_cores(planned))
                if ref.kind is RefKind.ITEM and ref.item in self._items and not self._is_outside(ref)
            }
            for oid, planned in self._items.items()
        }
        return {oid: place for place, oid in enumerate(TopologicalSorter(before).static_order())}

    def above(self) -> tuple[str, ...]:
        """The items whose visibility or value reads the row above."""
        return tuple(
            oid
            for oid, planned in self._items.items()
            if any(ref.kind is RefKind.ABOVE for ref in _reads(_cores(planned)))
        )

    def _connect(
        self, ref: Ref, group: str, table: Callable[[Edges], dict[Any, Reach]], dependent: str | int
    ) -> None:
        """Enter one edge: from an item of the form, or from what lies outside."""
        if self._is_outside(ref):
            table(self.outside.setdefault(ref, Edges()))[dependent] = Reach.ALL
        elif ref.kind in (RefKind.ITEM, RefKind.ABOVE) and ref.item in self._items:
            reaches = table(self.edges[ref.item])
            reach = self._reach(ref, group)
            reaches[dependent] = Reach.ALL if reaches.get(dependent, reach) is not reach else reach

    def _is_outside(self, ref: Ref) -> bool:
        if ref.kind in (RefKind.VISIT, RefKind.CLOCK):
            return True
        if ref.kind is RefKind.ITEM and ref.form:
            return True
        return ref.source is not None and (bool(ref.source.visit) or ref.source.name not in self._sections)

    def _reach(self, ref: Ref, group: str) -> Reach:
        if ref.kind is RefKind.ABOVE:
            return Reach.NEXT
        return Reach.ALL if ref.row or self._items[ref.item].group != group else Reach.SAME


def _reads(compiled: list[Compiled]) -> frozenset[Ref]:
    return frozenset(ref for one in compiled for ref in one.reads)


def _cores(planned: PlanItem) -> list[Compiled]:
    return [one for one in (planned.when, planned.value) if one is not None]


def _leaves(planned: PlanItem) -> list[Compiled]:
    found = [] if isinstance(planned.required, bool) else [planned.required]
    for judgement in planned.judgements:
        if judgement.band is not None:
            found += [end for end in (judgement.band.low, judgement.band.high) if end is not None]
        found += [rule.that for rule in judgement.rules]
    return found

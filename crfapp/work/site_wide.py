"""Rules that ask about the rows of all subjects (``@SITE``), and whom a change at one subject concerns.

Where a rule looks for rows that hold the same as its own form (``r.ECREFID == ECREFID``), only forms that
hold the changed value, or in which it fired before, can come out otherwise. All other forms are left alone:
else one answer would cost the square of the site.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.form.plan import tree_of
from crfapp.ledger.state import FindingRow, ItemRow
from crfapp.study.language import SITE_WIDE, RefKind, walk
from crfapp.study.language.tree import Aggregate, Comparison, Junction, Reference
from crfapp.work.begun import forms_begun, is_begun
from crfapp.work.overlay import Overlay

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crfapp.form.plan_parts import Compiled, FormPlan
    from crfapp.ledger.keys import FormKey
    from crfapp.study.language import Node, Ref
    from crfapp.study.study import Study
    from crfapp.work.desk import Desk

Link = tuple[str, str]
"""An item of the asking form, and the item of the rows that has to hold the same."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A form that asks about another one of all subjects.

    ``checks`` that ask; ``links`` that every such rule demands, or empty where a rule demands none.
    """

    form: str
    checks: frozenset[str]
    links: frozenset[Link]


class SiteWide:
    """Answers who asks about a form of all subjects. ``plan`` gives a form's plan at a visit."""

    def __init__(self, study: Study, plan: Callable[[str, str], FormPlan]) -> None:
        self._study, self._plan = study, plan
        self._asking: dict[str, dict[str, Asking]] | None = None

    def concerned(self, desk: Desk, key: FormKey) -> Iterator[FormKey]:
        """The begun forms of other subjects that a change in this form can concern."""
        if self._asking is None:
            self._asking = self._all()
        for asking in self._asking.get(key.form, {}).values():
            keys = _linked(desk, key, asking) if asking.links else _begun(desk, asking.form)
            yield from (other for other in keys if other.subject != key.subject)

    def _all(self) -> dict[str, dict[str, Asking]]:
        found: dict[str, dict[str, Asking]] = {}
        for visit in self._study.head.visits:
            for held in visit.forms:
                for name, rule, check in _rules(self._plan(held.form, visit.visit)):
                    of_form = found.setdefault(name, {})
                    links, checks = links_of(tree_of(rule.text)), frozenset({check} if check else ())
                    known = of_form.get(held.form)
                    if known is not None:
                        links = links | known.links if links and known.links else frozenset()
                        checks |= known.checks
                    of_form[held.form] = Asking(held.form, checks, links)
        return found


def is_site_wide(ref: Ref) -> bool:
    """Whether a reference asks about the rows of all subjects."""
    return ref.source is not None and ref.source.visit == SITE_WIDE


def links_of(tree: Node) -> frozenset[Link]:
    """What rows and form have in common where a rule counts a row; empty where one count demands nothing."""
    found: frozenset[Link] = frozenset()
    for node in walk(tree):
        if isinstance(node, Aggregate) and node.source.visit == SITE_WIDE:
            asked = (node.where, node.element) if node.function == "any" else (node.where,)
            links = frozenset(link for condition in asked for link in _links(condition))
            if not links:
                return frozenset()
            found |= links
    return found


def _links(condition: Node | None) -> Iterator[Link]:
    if isinstance(condition, Junction) and condition.word == "and":
        for part in condition.parts:
            yield from _links(part)
    if isinstance(condition, Comparison) and condition.signs == ("==",):
        sides = [part.ref for part in condition.parts if isinstance(part, Reference)]
        rows = [ref.item for ref in sides if ref.row and ref.kind is RefKind.ITEM and not ref.form]
        own = [ref.item for ref in sides if not ref.row and ref.kind is RefKind.ITEM and not ref.form]
        yield from zip(own, rows, strict=False)


def _rules(plan: FormPlan) -> Iterator[tuple[str, Compiled, str]]:
    """Every rule of a form that asks about everybody: about which form, the rule, the check's id."""
    rules: list[tuple[Compiled, str]] = [(check.fires, check.check.check) for check in plan.checks]
    for planned in plan.items.values():
        own = [planned.when, planned.value, planned.required]
        own += [rule.that for judgement in planned.judgements for rule in judgement.rules]
        rules += [(one, "") for one in own if one is not None and not isinstance(one, bool)]
    for rule, check in rules:
        for name in {ref.source.name for ref in rule.reads if ref.source is not None and is_site_wide(ref)}:
            yield name, rule, check


def _values(desk: Desk, key: FormKey, item: str) -> set[str]:
    """What stands in an item of a form, and what stood there before the act that is being carried out."""
    tables = desk.tables
    views = (tables, tables.beneath) if isinstance(tables, Overlay) else (tables,)
    found = (row.value for view in views for row in view.find(ItemRow, **key._asdict(), item=item))
    return {value for value in found if value is not None}


def _begun(desk: Desk, form: str) -> list[FormKey]:
    return [row.key for row in forms_begun(desk, form=form)]


def _linked(desk: Desk, key: FormKey, asking: Asking) -> list[FormKey]:
    """The begun forms that hold what a form tells or told, or in which one of the checks has fired."""
    tables, found = desk.tables, set()
    for own, item in asking.links:
        for value in _values(desk, key, item):
            found |= {row.key.of for row in tables.holding(asking.form, own, value)}
    for check in asking.checks:
        fired = tables.find(FindingRow, form=asking.form, check=check)
        found |= {row.key.of for row in fired if row.state != "settled"}
    return [other for other in sorted(found) if is_begun(desk, other)]

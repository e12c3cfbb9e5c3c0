"""How one form behaves, worked out once when the pack loads: slots, compiled rules, and who depends on whom.

Edges come from the expressions alone. Visibility and calculations are worked out in dependency order;
what is required and what is found are leaves and never feed back.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from crfapp.base.canonical import canonical, sha256
from crfapp.form.dependencies import Dependencies
from crfapp.form.plan_parts import (
    Band,
    Compiled,
    FormPlan,
    Judgement,
    Meaning,
    PlanCheck,
    PlanItem,
    PlanRule,
)
from crfapp.study.generic import generic_checks
from crfapp.study.language import Fault, Ref, RefKind, Source, compile_expression, needs, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from crfapp.study.checks import Check
    from crfapp.study.language import Bind, Node
    from crfapp.study.model import Form, Item
    from crfapp.study.study import Study
    from crfapp.study.types import ItemType


class _Compiler:
    """Compiles the expressions of one form; same-form items become direct slot reads."""

    def __init__(self, study: Study, form: Form) -> None:
        self._study = study
        self._form = form.form
        self._groups = study.groups_of(form.form)
        self._trees: dict[str, Node] = {}
        self._slots: dict[str, int] = {}
        self._sections: dict[str, str] = {}
        counts: dict[str, int] = {}
        for section in form.sections:
            for item in section.items:
                group = self._sections[section.section] = self._groups[item.item]
                self._slots[item.item] = counts.get(group, 0)
                counts[group] = counts.get(group, 0) + 1

    @property
    def form(self) -> str:
        return self._form

    def group(self, item: str) -> str:
        return self._groups[item]

    def slot(self, item: str) -> int:
        return self._slots[item]

    def type(self, item: str) -> ItemType:
        return self._study.field(self._form, item)

    def tree(self, text: str) -> Node:
        """The tree of an expression; many items of a form say the same."""
        if text not in self._trees:
            self._trees[text] = tree_of(text)
        return self._trees[text]

    def compile(self, text: str, group: str) -> Compiled:
        tree = self.tree(text)
        run = compile_expression(tree, bind=lambda ref: self.bind(ref, group))
        return Compiled(text, run, frozenset(own_ref(ref, self._form) for ref in refs_of(tree)))

    def bind(self, ref: Ref, group: str) -> Meaning | None:
        """A constant or a slot to read directly; None for what the scope must be asked."""
        if ref.kind is RefKind.PARAMETER:
            constant = self._study.parameter(ref.item)
            return lambda _scope: constant
        ref = own_ref(ref, self._form)
        if ref.kind is not RefKind.ITEM or ref.form or ref.item not in self._slots:
            return None
        if ref.row and (ref.source is None or ref.source.visit or ref.source.name not in self._sections):
            return None
        slot = self._slots[ref.item]
        if self._groups[ref.item] == (self._sections[ref.source.name] if ref.source else group):
            return lambda scope: scope.values[slot]
        return lambda scope: scope.once.values[slot]


def plan_form(study: Study, oid: str, visit: str) -> FormPlan:
    """Work out one form of a study that loaded without errors, with the checks that hold at a visit."""
    form = study.form(oid)
    compiler = _Compiler(study, form)
    items: dict[str, PlanItem] = {}
    for section in form.sections:
        for item in section.items:
            items[item.item] = _plan_item(compiler, item, section.section, len(items))
    groups: dict[str, list[PlanItem]] = {"": []}
    for planned in items.values():
        groups.setdefault(planned.group, []).append(planned)
    checks = tuple(
        _plan_check(compiler, check, items)
        for check in (*form.checks, *generic_checks(study, oid))
        if not check.at or visit in check.at
    )
    sections = {section.section for section in form.sections}
    graph = Dependencies(items, checks, sections)
    return FormPlan(
        form=form,
        items=items,
        groups={group: tuple(members) for group, members in groups.items()},
        checks=checks,
        check_order={check.check.check: number for number, check in enumerate(checks)},
        rank=graph.rank(),
        above=graph.above(),
        edges=graph.edges,
        outside=graph.outside,
    )


def _plan_item(compiler: _Compiler, item: Item, section: str, order: int) -> PlanItem:
    group = compiler.group(item.item)

    def compiled(text: str | None) -> Compiled | None:
        return None if text is None else compiler.compile(text, group)

    return PlanItem(
        oid=item.item,
        item=item,
        type=compiler.type(item.item),
        section=section,
        group=group,
        slot=compiler.slot(item.item),
        order=order,
        when=compiled(item.when),
        value=compiled(item.is_),
        required=item.required if isinstance(item.required, bool) else compiler.compile(item.required, group),
        judgements=tuple(_judgements(compiler, item, group)),
    )


def _judgements(compiler: _Compiler, item: Item, group: str) -> Iterator[Judgement]:
    """What the item's answer is held against: first what must be, then what is expected."""
    given = item.range
    sides = (
        ("HARD", "H", given.hard if given else None, item.allows, item.must),
        ("SOFT", "Q", given.soft if given else None, item.expects, item.should),
    )
    for name, level, ends, codes, rules in sides:
        if ends or codes or rules:
            low, high = [
                None if end is None else compiler.compile(end, group) for end in ends or (None, None)
            ]
            band = None if ends is None else Band(low, high)
            planned = tuple(PlanRule(compiler.compile(rule.that, group), rule.say) for rule in rules)
            yield Judgement(f"{name}:{item.item}", level, band, codes, planned)


def _plan_check(compiler: _Compiler, check: Check, items: Mapping[str, PlanItem]) -> PlanCheck:
    """A check runs once a row where it names a row's items plainly or stands at one, else once."""
    form = compiler.form
    tree_reads = {own_ref(ref, form) for ref in refs_of(compiler.tree(check.fires))}
    own = [
        ref.item
        for ref in tree_reads
        if ref.kind is RefKind.ITEM and not ref.form and not ref.row and ref.item in items
    ]
    own += [ref.item for ref in tree_reads if ref.kind is RefKind.ABOVE and ref.item in items]
    group = next((items[name].group for name in own if items[name].group), "")
    on = check.on
    if on is None:
        candidates = [name for name in own if items[name].group == group] or own
        on = min(candidates, key=lambda name: items[name].order) if candidates else next(iter(items))
    group = group or items[on].group

    def compiled(text: str) -> Compiled:
        return compiler.compile(text, group)

    due = None if check.due is None else compiled(check.due)
    draft = {item: compiled(text) for item, text in check.draft.set.items()} if check.draft else {}
    return PlanCheck(check, compiled(check.fires), group, on, version_of(check), due, draft)


def version_of(check: Check) -> str:
    """Twelve signs that change with what a check says; its tries do not count."""
    said = check.model_dump(mode="json", exclude={"vectors"}, exclude_defaults=True)
    return sha256(canonical(said))[:12]


def binding(study: Study, form: str, group: str) -> Bind:
    """How the plan of a form reads names in rows of a group: whoever explains a rule reads as it does."""
    compiler = _Compiler(study, study.form(form))
    return lambda ref: compiler.bind(ref, group)


@lru_cache(maxsize=4096)
def tree_of(text: str) -> Node:
    """The tree of an expression of a pack that loaded; ValueError where it cannot be read.

    Forms are planned for each of their visits and say the same at most of them: a text is read once.
    """
    tree = parse(text)
    if isinstance(tree, Fault):
        raise ValueError(tree.sentence)
    return tree


def own_ref(ref: Ref, form: str) -> Ref:
    """The reference as the form itself would write it, where it names its own form at no visit."""
    own = ref.form == form and not ref.visit and not ref.row
    return replace(ref, form="") if own else ref


@lru_cache(maxsize=4096)
def refs_of(tree: Node) -> frozenset[Ref]:
    """Everything an expression reads; rows that are only counted stand as their keys."""
    return frozenset(
        Ref(RefKind.ROW, "KEY", row="_", source=need) if isinstance(need, Source) else need
        for need in needs(tree)
    )

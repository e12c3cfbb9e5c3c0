"""Every expression of a pack, with where it stands and what is wanted of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from crfapp.study.language import Node, RefKind, Type, TypeInfo, needs, parse, type_of_item
from crfapp.study.language.faults import Fault
from crfapp.study.language.references import Ref
from crfapp.study.lint.figures import RANGED
from crfapp.study.lint.report import At, Report, forms_of, items_in, sections_in
from crfapp.study.names import StandsIn, log_group
from crfapp.study.types import Kind, parse_type

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.study.checks import Check
    from crfapp.study.definition import Definition
    from crfapp.study.faults import Path
    from crfapp.study.model import Item
    from crfapp.study.study import Study

Wanted = TypeInfo | Type | None

_RANGE_ENDS = {Kind.DATE: Type.DATE, Kind.PARTIALDATE: Type.PDATE, Kind.DATETIME: Type.MOMENT}


@dataclass(frozen=True, slots=True)
class Written:
    """One expression as the pack holds it; ``item`` where it is an item's."""

    path: Path
    text: str
    stands_in: StandsIn
    want: Wanted = Type.TRUTH
    item: str = ""

    @property
    def key(self) -> str:
        """The key it is written under."""
        return next(step for step in reversed(self.path) if isinstance(step, str))


def all_written(report: Report) -> Iterator[Written]:
    """Every expression of the forms that count and of the head."""
    for at, item in items_in(report):
        yield from _of_item(report, at, item)
    yield from _of_rows(report)
    for path, form, check in all_checks(report):
        here = StandsIn(form, check_group(report.study, form, check))
        yield Written((*path, "fires"), check.fires, here)
        yield from _of_task(report, path, check, here)
    for number, visit in enumerate(report.pack.head.visits):
        for place, held in enumerate(visit.forms):
            if held.when is not None:
                yield Written(("head", "visits", number, "forms", place, "when"), held.when, StandsIn())
    yield from _of_head(report)
    yield from _of_targets(report)


def _of_head(report: Report) -> Iterator[Written]:
    """What ends the visits, and what the generic checks ask."""
    for number, end in enumerate(report.pack.head.ends):
        if end.keeps is not None:
            yield Written(("head", "ends", number, "keeps"), end.keeps, StandsIn())
    for key in ("consent", "end", "death", "withdrawn", "data_use"):
        text = getattr(report.pack.head.generic, key, None)
        if text is not None:
            yield Written(("head", "generic", key), text, StandsIn(), None)


def _of_targets(report: Report) -> Iterator[Written]:
    """What the head binds to the program's own work: conditions over rows, and figures."""
    head = report.pack.head
    if head.targets is not None:
        row = _in_rows_of(report, head.targets.form)
        yield from _held(("head", "targets"), head.targets, ("treated", "control"), row, Type.TRUTH)
        yield from _figures(("head", "targets", "measure"), head.targets.measure, ("apart",))
        if head.photographs is not None:
            yield from _held(("head", "photographs"), head.photographs, ("of",), row, Type.TRUTH)
    if head.photographs is not None:
        limits = ("pixels", "sharp", "dark", "bright")
        yield from _figures(("head", "photographs"), head.photographs, limits)
    for number, dosing in enumerate(head.dosing):
        yield from _figures(("head", "dosing", number), dosing, ("fresh",))
    for number, observed in enumerate(head.observation):
        yield from _figures(("head", "observation", number), observed, ("minutes",))
    for number, notice in enumerate(head.notices):
        row = _in_rows_of(report, notice.arises or notice.form)
        yield from _held(("head", "notices", number), notice, ("owed",), row, Type.TRUTH)


def _figures(path: Path, part: Definition, keys: tuple[str, ...]) -> Iterator[Written]:
    return _held(path, part, keys, StandsIn(), Type.NUMBER)


def _held(
    path: Path, part: Definition, keys: tuple[str, ...], here: StandsIn, want: Type
) -> Iterator[Written]:
    """The expressions of one part that are given."""
    for key in keys:
        text = getattr(part, key)
        if text is not None:
            yield Written((*path, key), text, here, want)


def _in_rows_of(report: Report, form: str) -> StandsIn:
    return StandsIn(form, log_group(report.study, form) if form in report.study.forms else "")


def _of_task(report: Report, path: Path, check: Check, here: StandsIn) -> Iterator[Written]:
    """By when a task is owed, and the answers of the row that a check proposes."""
    if check.due is not None:
        yield Written((*path, "due"), check.due, here, None)
    if check.draft is None:
        return
    known = report.study.items(check.draft.form) if check.draft.form in report.study.forms else {}
    for item, text in check.draft.set.items():
        place = known.get(item)
        # which row or visit is meant is said as text
        named = place is None or parse_type(place.item.type).kind is Kind.ROWREF
        want = None if place is None or named else _answer_type(report, place.item)
        yield Written((*path, "draft", "set", item), text, here, want)


def _of_rows(report: Report) -> Iterator[Written]:
    """Which rows of the other form have a row here: asked in those rows."""
    for at in sections_in(report):
        rows = at.section.rows if at.section else None
        if rows is not None and rows.where is not None:
            source = StandsIn(rows.each or "", log_group(report.study, rows.each or ""))
            if source.group:
                yield Written((*at.path, "rows", "where"), rows.where, source)


def all_checks(report: Report) -> Iterator[tuple[Path, str, Check]]:
    """Every check with its path and its form; the form is empty for those over the whole study."""
    for number, check in enumerate(report.pack.head.checks):
        yield ("head", "checks", number), "", check
    for at in forms_of(report):
        for number, check in enumerate(at.form.checks):
            yield (*at.path, "checks", number), at.form.form, check


@lru_cache(maxsize=2000)
def parsed(text: str) -> Node | Fault:
    """The tree of an expression; the rules of the lint ask for the same ones again and again."""
    return parse(text)


def check_group(study: Study, form: str, check: Check) -> str:
    """The rows a check runs once for: those of the items that it names plainly; empty for none."""
    tree = parsed(check.fires)
    if isinstance(tree, Fault) or form not in study.forms:
        return ""
    items = study.items(form)
    own = sorted(
        ref.item
        for ref in needs(tree)
        if isinstance(ref, Ref) and ref.kind in (RefKind.ITEM, RefKind.ABOVE) and not ref.form and not ref.row
    )
    return next((items[item].group for item in own if item in items and items[item].group), "")


def _of_item(report: Report, at: At, item: Item) -> Iterator[Written]:
    here = StandsIn(at.form.form, report.study.items(at.form.form)[item.item].group)
    if item.when is not None:
        yield Written((*at.path, "when"), item.when, here, item=item.item)
    if item.is_ is not None:
        yield Written((*at.path, "is"), item.is_, here, _answer_type(report, item), item.item)
    if isinstance(item.required, str):
        yield Written((*at.path, "required"), item.required, here, item=item.item)
    for key in ("must", "should"):
        for number, rule in enumerate(getattr(item, key)):
            yield Written((*at.path, key, number, "that"), rule.that, here, item=item.item)
    yield from _range_ends(at, item, here)


def _range_ends(at: At, item: Item, here: StandsIn) -> Iterator[Written]:
    kind = parse_type(item.type).kind
    if item.range is None or kind not in RANGED:
        return
    for key in ("hard", "soft"):
        for number, end in enumerate(getattr(item.range, key) or ()):
            if end is not None:
                want = _RANGE_ENDS.get(kind, Type.NUMBER)
                yield Written((*at.path, "range", key, number), end, here, want, item.item)


def _answer_type(report: Report, item: Item) -> TypeInfo | None:
    codes = report.study.codes(item.codes) if item.codes else None
    known = None if codes is None else frozenset(codes)
    return type_of_item(parse_type(item.type), item.codes or "", known)

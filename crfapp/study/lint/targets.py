"""What the head binds to the program's own work: forms, items, sections and codes that it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.study.faults import PackCode, Path
from crfapp.study.lint.definitions import meant, unknown_codes
from crfapp.study.lint.head import known_form, known_item
from crfapp.study.study import sections_of
from crfapp.study.targets import REGIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crfapp.study.definition import Definition
    from crfapp.study.lint.report import Report
    from crfapp.study.model import StudyHead

_ITEMS = {
    "targets": ("site", "side", "landmark", "map", "parent", "merged"),
    "measure": ("status", "into", "method", "outline", "length", "width", "area", "change"),
    "scores": ("item", "of_class"),
    "photographs": ("done", "target", "view", "image", "taken", "device", "scale", "private", "quality"),
    "dosing": ("given", "number", "start", "end", "lot", "container", "expiry", "thawed", "today", "total"),
    "amounts": ("given", "planned"),
    "observation": ("after", "started", "measured", "ended", "early"),
    "checklist": ("done", "when"),
    "events": (
        *("term", "category", "target", "start", "start_time", "ongoing", "end", "grade", "serious"),
        *("causality", "outcome", "recurs", "recurs_of"),
    ),
    "notices": ("about", "aware", "sent", "how"),
}
"""Keys of each part that name an item of its form, or another form's as FORM.ITEM."""


def check_targets(report: Report) -> None:
    """Every part that is there."""
    head = report.pack.head
    for path, part in _parts(head):
        key = next(step for step in reversed(path) if isinstance(step, str))
        form = part.form if hasattr(part, "form") else _form_around(head, path)
        if not known_form(report, form, (*path, "form")):
            continue
        for name in _ITEMS[key]:
            _item(report, form, getattr(part, name), (*path, name))
        _sections(report, form, getattr(part, "rows", None), (*path, "rows"))
    _codes(report, head)
    _forms(report, head)


def _parts(head: StudyHead) -> Iterator[tuple[Path, Definition]]:
    """Each part with its place, the parts within parts after them."""
    for key in ("targets", "photographs", "checklist", "events"):
        part = getattr(head, key)
        if part is not None:
            yield ("head", key), part
    if head.targets is not None:
        yield ("head", "targets", "measure"), head.targets.measure
        yield from _each(("head", "targets", "scores"), head.targets.scores)
    for key in ("dosing", "observation", "notices"):
        yield from _each(("head", key), getattr(head, key))
    for number, dosing in enumerate(head.dosing):
        yield from _each(("head", "dosing", number, "amounts"), dosing.amounts)


def _each(path: Path, parts: Iterable[Definition]) -> Iterator[tuple[Path, Definition]]:
    for number, part in enumerate(parts):
        yield (*path, number), part


def _form_around(head: StudyHead, path: Path) -> str:
    """The form of the dose that an amount belongs to."""
    number = path[2]
    return head.dosing[number].form if isinstance(number, int) else ""


def _item(report: Report, form: str, name: str | None, path: Path) -> None:
    if name is None:
        return
    if "." in name:
        known_item(report, name, path)
        return
    known = report.study.items(form)
    if name not in known:
        text = f"{form} has no item {name}{meant(name, known)}"
        report.error(PackCode.UNKNOWN_ITEM, path, text, name)


def _sections(report: Report, form: str, section: str | None, path: Path) -> None:
    known = sections_of(report.study.form(form))
    if section is not None and section not in known:
        text = f"{form} has no section {section}{meant(section, known)}"
        report.error(PackCode.UNKNOWN_SECTION, path, text, section)


def _codes(report: Report, head: StudyHead) -> None:
    """Codes that are given a meaning are codes of the item."""
    if head.targets is not None:
        targets, measure, path = head.targets, head.targets.measure, ("head", "targets")
        _of_list(report, targets.form, targets.site, targets.regions, (*path, "regions"))
        _of_list(report, measure.form, measure.status, measure.states, (*path, "measure", "states"))
        for code, regions in targets.regions.items():
            drawn, at = REGIONS[targets.figure], (*path, "regions", code)
            for region in regions:
                if region not in drawn:
                    text = f"The figure {targets.figure} has no region {region}{meant(region, drawn)}"
                    report.error(PackCode.UNKNOWN_REGION, at, text, region)
        methods = (measure.traced, measure.ruler)
        _of_list(report, measure.form, measure.method, methods, (*path, "measure", "method"))
    if head.photographs is not None:
        photographs = head.photographs
        path = ("head", "photographs")
        _of_list(report, photographs.form, photographs.view, photographs.views, (*path, "views"))
    if head.checklist is not None and head.checklist.when is not None:
        checklist, path = head.checklist, ("head", "checklist")
        _of_list(report, checklist.form, head.checklist.when, checklist.before, (*path, "before"))
    if head.events is not None and head.events.category is not None and head.events.local is not None:
        events = head.events
        _of_list(report, events.form, head.events.category, (head.events.local,), ("head", "events", "local"))


def _of_list(report: Report, form: str, item: str, codes: Iterable[str], path: Path) -> None:
    place = report.study.items(form).get(item) if form in report.study.forms else None
    if place is not None:
        listed = place.item.codes or ""
        unknown_codes(report, path, codes, report.study.codes(listed) if listed else (), listed or item)


def _forms(report: Report, head: StudyHead) -> None:
    """Forms that are named besides, and the signs of the checklist."""
    for number, notice in enumerate(head.notices):
        for place, form in enumerate(notice.forms):
            known_form(report, form, ("head", "notices", number, "forms", place))
        if notice.arises is not None:
            known_form(report, notice.arises, ("head", "notices", number, "arises"))
    for number, dosing in enumerate(head.dosing):
        if dosing.check is not None:
            known_form(report, dosing.check, ("head", "dosing", number, "check"))
    if head.checklist is not None and head.checklist.form in report.study.forms:
        for sign in head.checklist.signs:
            _item(report, head.checklist.form, sign, ("head", "checklist", "signs", sign))

"""The schedule: what visits hold, what they count from, windows that overlap, and the visit's own items."""

from __future__ import annotations

from crfapp.study.faults import PackCode, Path
from crfapp.study.lint.definitions import meant, unknown_codes
from crfapp.study.lint.report import Report, forms_of
from crfapp.study.model import Anchor, Visit
from crfapp.study.types import Kind

_OWN_ITEMS = ("date", "status", "reason")


def check_schedule(report: Report) -> None:
    """Visits, anchors, windows, and the code lists the head names."""
    _head(report)
    for number, visit in enumerate(report.pack.head.visits):
        _visit(report, visit, ("head", "visits", number))
    _circles(report)
    _windows(report)
    for at in forms_of(report):
        if not report.study.visits_of(at.form.form):
            report.warning(PackCode.FORM_NOT_USED, at.path, "No visit holds the form.", at.form.form)


def _head(report: Report) -> None:
    head = report.pack.head
    _known_visit(report, head.anchor, ("head", "anchor"))
    for key in ("missing", "reasons"):
        name = str(getattr(head, key))
        if name not in report.study.codelists:
            text = f"'{key}' names a code list {name}, which is not there{meant(name, report.pack.codelists)}"
            report.error(PackCode.UNKNOWN_CODELIST, ("head", key), text, name)
    for key in _OWN_ITEMS:
        kind = Kind.DATE if key == "date" else None
        _known_item(report, str(getattr(head.visit_items, key)), ("head", "visit_items", key), kind)
    form, _, item = head.visit_items.status.partition(".")
    if form in report.study.forms and item in report.study.items(form):
        codelist = report.study.place(form, item).item.codes or ""
        for key in ("done", "missed"):
            used = (str(getattr(head.visit_items, key)),)
            unknown_codes(report, ("head", "visit_items", key), used, report.study.codes(codelist), codelist)


def _known_visit(report: Report, visit: str, path: Path) -> None:
    if visit not in report.study.visits:
        text = f"There is no visit {visit}{meant(visit, report.study.visits)}"
        report.error(PackCode.UNKNOWN_VISIT, path, text, visit)


def _known_form(report: Report, form: str, path: Path) -> bool:
    if form in report.study.forms:
        return True
    text = f"There is no form {form}{meant(form, report.study.forms)}"
    report.error(PackCode.UNKNOWN_FORM, path, text, form)
    return False


def _known_item(report: Report, name: str, path: Path, kind: Kind | None = None) -> None:
    """Report an item that is not there, or that cannot hold what is read from it."""
    form, dot, item = name.partition(".")
    if not dot:
        report.error(PackCode.UNKNOWN_ITEM, path, f"'{name}' should be written FORM.ITEM.", name)
    elif not _known_form(report, form, path):
        return
    elif item not in report.study.items(form):
        text = f"{form} has no item {item}{meant(item, report.study.items(form))}"
        report.error(PackCode.UNKNOWN_ITEM, path, text, name)
    elif kind is not None and (found := report.study.field(form, item)).kind is not kind:
        text = f"{name} is of type {found}; visits count from it, so it must be of type {kind.value}."
        report.error(PackCode.CONTRADICTION, path, text, name)


def _visit(report: Report, visit: Visit, path: Path) -> None:
    for number, held in enumerate(visit.forms):
        _known_form(report, held.form, (*path, "forms", number, "form"))
    if visit.anchor is not None:
        _anchor(report, visit.anchor, (*path, "anchor"))
    if visit.window is not None and visit.window[0] > visit.window[1]:
        text = f"The window ends ({visit.window[1]}) before it begins ({visit.window[0]})."
        report.error(PackCode.RANGE_WITHOUT_ORDER, (*path, "window"), text)


def _anchor(report: Report, anchor: Anchor, path: Path) -> None:
    _known_visit(report, anchor.visit, (*path, "visit"))
    if anchor.form is not None and anchor.item is not None:
        _known_item(report, f"{anchor.form}.{anchor.item}", (*path, "item"), Kind.DATETIME)
    elif anchor.form is not None or anchor.item is not None:
        report.error(PackCode.CONTRADICTION, path, "An anchor names both 'form' and 'item', or neither.")


def _circles(report: Report) -> None:
    """Visits that count from one another have no day at all."""
    reported: set[str] = set()
    for number, visit in enumerate(report.pack.head.visits):
        way: list[str] = []
        here: Visit | None = visit
        while here is not None and here.visit not in way:
            way.append(here.visit)
            here = report.study.visits.get(here.anchor.visit) if here.anchor else None
        if here is not None and here.visit == visit.visit and not reported & set(way):
            reported |= set(way)
            text = f"Visits count from one another: {' -> '.join([*way, visit.visit])}."
            report.error(PackCode.CIRCLE, ("head", "visits", number, "anchor"), text)


def _windows(report: Report) -> None:
    planned: dict[str, list[tuple[int, int, int, Visit]]] = {}
    for number, visit in enumerate(report.pack.head.visits):
        if visit.kind == "scheduled" and visit.day is not None and visit.hours is None:
            early, late = visit.window or (0, 0)
            anchor = visit.anchor or Anchor(visit=report.pack.head.anchor)
            key = f"{anchor.visit} {anchor.form} {anchor.item}"
            planned.setdefault(key, []).append((visit.day + early, visit.day + late, number, visit))
    for windows in planned.values():
        windows.sort(key=lambda window: window[:3])
        before = windows[0]
        for after in windows[1:]:
            if after[0] <= before[1]:
                text = (
                    f"The window of {after[3].visit} begins on day {after[0]}, "
                    f"that of {before[3].visit} ends on day {before[1]}."
                )
                path = ("head", "visits", after[2], "window")
                report.warning(PackCode.WINDOWS_OVERLAP, path, text, f"{before[3].visit} {after[3].visit}")
            before = max(before, after, key=lambda window: window[1])

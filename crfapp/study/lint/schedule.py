"""The schedule: what visits hold, what they count from, and windows that overlap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.study.faults import PackCode, Path
from crfapp.study.lint.head import known_form, known_item, known_visit
from crfapp.study.lint.report import Report, forms_of
from crfapp.study.lint.windows import check_windows
from crfapp.study.types import Kind

if TYPE_CHECKING:
    from crfapp.study.model import Anchor, Visit


def check_schedule(report: Report) -> None:
    """Visits, anchors and windows."""
    for number, visit in enumerate(report.pack.head.visits):
        _visit(report, visit, ("head", "visits", number))
    _circles(report)
    check_windows(report)
    for at in forms_of(report):
        if not report.study.visits_of(at.form.form):
            report.warning(PackCode.FORM_NOT_USED, at.path, "No visit holds the form.", at.form.form)


def _visit(report: Report, visit: Visit, path: Path) -> None:
    for number, held in enumerate(visit.forms):
        known_form(report, held.form, (*path, "forms", number, "form"))
    _times(report, visit, path)
    if visit.anchor is not None:
        _anchor(report, visit.anchor, (*path, "anchor"))
    if visit.window is not None and visit.window[0] > visit.window[1]:
        text = f"The window ends ({visit.window[1]}) before it begins ({visit.window[0]})."
        report.error(PackCode.RANGE_WITHOUT_ORDER, (*path, "window"), text)


def _times(report: Report, visit: Visit, path: Path) -> None:
    if visit.times is not None and (visit.kind != "repeating" or not visit.day):
        text = "'times' says how often a repeating visit is planned, every so many days: it needs 'day'."
        report.error(PackCode.CONTRADICTION, (*path, "times"), text)


def _anchor(report: Report, anchor: Anchor, path: Path) -> None:
    known_visit(report, anchor.visit, (*path, "visit"))
    if anchor.form is not None and anchor.item is not None:
        known_item(report, f"{anchor.form}.{anchor.item}", (*path, "item"), frozenset({Kind.DATETIME}))
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

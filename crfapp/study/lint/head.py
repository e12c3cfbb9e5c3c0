"""The head of the pack: code lists and items that it names, what ends visits, the generic checks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from crfapp.study.faults import PackCode, Path
from crfapp.study.language import Type
from crfapp.study.lint.definitions import meant, unknown_codes
from crfapp.study.lint.tasks import wanted_day
from crfapp.study.names import StandsIn
from crfapp.study.types import Kind, parse_type

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crfapp.study.language import Node
    from crfapp.study.lint.report import Report
    from crfapp.study.model import Generic

_OWN_ITEMS = ("date", "status", "reason", "into")
_STATES = ("done", "missed", "partly", "merged", "cancelled")
_DAYS = frozenset({Kind.DATE, Kind.PARTIALDATE, Kind.DATETIME})


def check_head(report: Report) -> None:
    """The names in ``study.yaml`` outside the visits."""
    head = report.pack.head
    known_visit(report, head.anchor, ("head", "anchor"))
    for key in ("missing", "reasons"):
        name = str(getattr(head, key))
        if name not in report.study.codelists:
            text = f"'{key}' names a code list {name}, which is not there{meant(name, report.pack.codelists)}"
            report.error(PackCode.UNKNOWN_CODELIST, ("head", key), text, name)
    _visit_items(report)
    for number, end in enumerate(head.ends):
        known_item(report, end.date, ("head", "ends", number, "date"), _DAYS)
    if head.generic is not None:
        _generic(report, head.generic)
    _verification(report)


def check_head_days(report: Report, sound: Mapping[Path, Node]) -> None:
    """What must be a day, once the expressions are known to be sound."""
    for key in ("consent", "end", "death", "withdrawn"):
        path = ("head", "generic", key)
        if path in sound:
            wanted_day(report, path, sound[path], StandsIn(), frozenset({Type.DATE}))


def _visit_items(report: Report) -> None:
    own = report.pack.head.visit_items
    for key in _OWN_ITEMS:
        name = getattr(own, key)
        if name is not None:
            kinds = frozenset({Kind.DATE}) if key == "date" else frozenset(Kind)
            known_item(report, str(name), ("head", "visit_items", key), kinds)
    form, _, item = own.status.partition(".")
    if form in report.study.forms and item in report.study.items(form):
        codelist = report.study.place(form, item).item.codes or ""
        for key in _STATES:
            used = filter(None, (getattr(own, key),))
            unknown_codes(report, ("head", "visit_items", key), used, report.study.codes(codelist), codelist)


def _generic(report: Report, generic: Generic) -> None:
    for key in ("after_end", "after_death"):
        for number, form in enumerate(getattr(generic, key)):
            known_form(report, form, ("head", "generic", key, number))
    for number, name in enumerate(generic.names):
        known_item(report, name, ("head", "generic", "names", number))
    if generic.workdays < 1:
        text = f"A form cannot be complete {generic.workdays} working days after its visit."
        report.error(PackCode.WRONG_VALUE, ("head", "generic", "workdays"), text)


def _verification(report: Report) -> None:
    """Plans begin on days, each later than the one before."""
    before = ""
    for number, plan in enumerate(report.pack.head.verification):
        path = ("head", "verification", number, "from")
        if not _is_day(plan.from_):
            text = f"'{plan.from_}' is not a day such as 2024-12-01."
            report.error(PackCode.WRONG_VALUE, path, text)
            return
        if plan.from_ <= before:
            text = f"The plan from {plan.from_} stands behind the one from {before}: each begins later."
            report.error(PackCode.WRONG_VALUE, path, text)
        before = plan.from_


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def known_visit(report: Report, visit: str, path: Path) -> None:
    """Report a visit that is not in the schedule."""
    if visit not in report.study.visits:
        text = f"There is no visit {visit}{meant(visit, report.study.visits)}"
        report.error(PackCode.UNKNOWN_VISIT, path, text, visit)


def known_form(report: Report, form: str, path: Path) -> bool:
    """Report a form that is not there; whether it is."""
    if form in report.study.forms:
        return True
    text = f"There is no form {form}{meant(form, report.study.forms)}"
    report.error(PackCode.UNKNOWN_FORM, path, text, form)
    return False


def known_item(report: Report, name: str, path: Path, kinds: frozenset[Kind] = frozenset(Kind)) -> None:
    """Report what is not FORM.ITEM, not there, or not of one of the kinds that are needed."""
    form, dot, item = name.partition(".")
    if not dot:
        report.error(PackCode.UNKNOWN_ITEM, path, f"'{name}' should be written FORM.ITEM.", name)
    elif known_form(report, form, path):
        known = report.study.items(form)
        if item not in known:
            text = f"{form} has no item {item}{meant(item, known)}"
            report.error(PackCode.UNKNOWN_ITEM, path, text, name)
        elif parse_type(known[item].item.type).kind not in kinds:
            needed = " or ".join(sorted(kind.value for kind in kinds))
            found = known[item].item.type
            text = f"{name} is of type {found}; visits count from it, so it must be of type {needed}."
            report.error(PackCode.CONTRADICTION, path, text, name)

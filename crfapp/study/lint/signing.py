"""The signing plan: forms, visits and items that it names, and meanings that are told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.study.faults import PackCode, Path
from crfapp.study.lint.definitions import meant
from crfapp.study.lint.head import known_form, known_visit
from crfapp.study.types import Kind, parse_type

if TYPE_CHECKING:
    from crfapp.study.lint.report import Report
    from crfapp.study.signing import SignaturePlan, SignOff

_SIGNERS = ("investigator",)
"""The roles that hold the right to sign for data."""
_KINDS: dict[str, frozenset[Kind]] = {
    "signature": frozenset({Kind.SIGNATURE}),
    "at": frozenset({Kind.DATETIME}),
    "queries": frozenset({Kind.INTEGER}),
    "incomplete": frozenset({Kind.INTEGER}),
}


def check_signing(report: Report) -> None:
    """Every plan of the head."""
    plans = report.pack.head.signing
    for number, plan in enumerate(plans):
        path: Path = ("head", "signing", number)
        if plan.meaning in {one.meaning for one in plans[:number]}:
            text = f"The meaning {plan.meaning} is given twice."
            report.error(PackCode.DUPLICATE_OID, (*path, "meaning"), text, plan.meaning)
        if plan.casebook is not None:
            _sign_off(report, plan.casebook, (*path, "casebook"))
            if any(one.casebook is not None for one in plans[:number]):
                report.error(PackCode.CONTRADICTION, (*path, "casebook"), "A casebook is signed in one way.")
        _names(report, plan, path)


def _names(report: Report, plan: SignaturePlan, path: Path) -> None:
    for place, form in enumerate(plan.forms):
        known_form(report, form, (*path, "forms", place))
    for place, visit in enumerate(plan.visits):
        known_visit(report, visit, (*path, "visits", place))
    for place, role in enumerate(plan.by):
        if role not in _SIGNERS:
            text = f"'{role}' does not sign for data; {' or '.join(_SIGNERS)} does."
            report.error(PackCode.NOT_ONE_OF, (*path, "by", place), text, role)


def _sign_off(report: Report, found: SignOff, path: Path) -> None:
    if not known_form(report, found.form, (*path, "form")):
        return
    known = report.study.items(found.form)
    for key, kinds in _KINDS.items():
        item = getattr(found, key)
        if item is None:
            continue
        if item not in known:
            text = f"{found.form} has no item {item}{meant(item, known)}"
            report.error(PackCode.UNKNOWN_ITEM, (*path, key), text, item)
        elif parse_type(known[item].item.type).kind not in kinds:
            needed = " or ".join(sorted(kind.value for kind in kinds))
            text = f"{item} is of type {known[item].item.type}; here it must be of type {needed}."
            report.error(PackCode.CONTRADICTION, (*path, key), text, item)

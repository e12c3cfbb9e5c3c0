"""Expressions that cannot be read, name what is not there, mix types, or can never be true."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.study.faults import PackCode, Path
from crfapp.study.language import (
    Fault,
    FaultKind,
    Node,
    check,
    parse,
)
from crfapp.study.lint.definitions import meant
from crfapp.study.lint.possible import never
from crfapp.study.lint.report import Report, items_in
from crfapp.study.lint.written import Written, all_checks, all_written, check_group, parsed
from crfapp.study.names import StandsIn, StudyNames
from crfapp.study.types import Kind, parse_type

if TYPE_CHECKING:
    from crfapp.study.checks import Check
    from crfapp.study.study import Study

Readable = list[tuple[Written, Node]]

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_CODES = {FaultKind.UNKNOWN_CODE: PackCode.UNKNOWN_CODE, FaultKind.UNKNOWN_NAME: PackCode.UNKNOWN_ITEM}


@dataclass(frozen=True, slots=True)
class Expressions:
    """Those that can be read, with their trees; and the trees without any fault by their path."""

    readable: Readable
    sound: dict[Path, Node]


def check_expressions(report: Report) -> Expressions:
    """Look at every expression."""
    found = Expressions([], {})
    for written in all_written(report):
        tree = parsed(written.text)
        if isinstance(tree, Fault):
            _note(report, written, tree, PackCode.UNREADABLE_EXPRESSION)
            continue
        found.readable.append((written, tree))
        faults = check(tree, StudyNames(report.study, written.stands_in), written.want)
        if not faults:
            found.sound[written.path] = tree
        for fault in faults:
            _note(report, written, fault, _CODES.get(fault.kind, PackCode.WRONG_EXPRESSION))
        if written.key == "when" and not faults:
            why = never(report.study, written.stands_in, tree)
            if why:
                report.warning(PackCode.NEVER_SHOWN, written.path, why, written.text)
    _notes_have_no_value(report)
    for path, form, one in all_checks(report):
        _check(report, path, form, one)
    _rules(report)
    return found


def _note(report: Report, written: Written, fault: Fault, code: PackCode) -> None:
    spot = written.text[fault.start : fault.end][:40]
    at = f"in '{written.key}' at character {fault.start + 1}" + (f" ('{spot}')" if spot else "")
    about = f"{written.stands_in.form} {written.text}"
    report.error(code, written.path, f"{at[0].upper()}{at[1:]}: {fault}", about)


def _notes_have_no_value(report: Report) -> None:
    for at, item in items_in(report):
        if item.is_ is not None and parse_type(item.type).kind is Kind.NOTE:
            report.error(PackCode.CONTRADICTION, (*at.path, "is"), "A note cannot be calculated.")


def _check(report: Report, path: Path, form: str, one: Check) -> None:
    here = StandsIn(form, check_group(report.study, form, one))
    check_placeholders(report, (*path, "say"), one.say, here, one.fires)
    if form and one.on is not None and one.on not in report.study.items(form):
        text = f"{form} has no item {one.on}{meant(one.on, report.study.items(form))}"
        report.error(PackCode.UNKNOWN_ITEM, (*path, "on"), text, one.on)
    for number, visit in enumerate(one.at):
        if visit not in report.study.visits:
            text = f"There is no visit {visit}{meant(visit, report.study.visits)}"
            report.error(PackCode.UNKNOWN_VISIT, (*path, "at", number), text, visit)
        elif form and visit not in report.study.visits_of(form):
            text = f"Visit {visit} does not hold form {form}."
            report.error(PackCode.UNKNOWN_VISIT, (*path, "at", number), text, f"{visit} {form}")


def _rules(report: Report) -> None:
    for at, item in items_in(report):
        here = StandsIn(at.form.form, report.study.items(at.form.form)[item.item].group)
        for key in ("must", "should"):
            for number, rule in enumerate(getattr(item, key)):
                if rule.say is not None:
                    check_placeholders(report, (*at.path, key, number, "say"), rule.say, here, item.item)


def check_placeholders(report: Report, path: Path, say: str, here: StandsIn, about: str) -> None:
    """Report every ``{NAME}`` that names nothing at this place, and braces that do not close."""
    for name in _PLACEHOLDER.findall(say):
        reason = _means_nothing(report.study, name, here)
        if reason:
            text = f"'{{{name}}}' cannot be filled in: {reason}"
            report.error(PackCode.UNKNOWN_PLACEHOLDER, path, text, f"{name} {about}")
    if set("{}") & set(_PLACEHOLDER.sub("", say)):
        report.error(PackCode.UNKNOWN_PLACEHOLDER, path, "The text has a brace without its partner.", about)


def _means_nothing(study: Study, name: str, here: StandsIn) -> str:
    """Why a name or an expression has no value at a place; empty where it has one."""
    tree = parse(name)
    faults = [tree] if isinstance(tree, Fault) else check(tree, StudyNames(study, here))
    return str(faults[0]) if faults else ""

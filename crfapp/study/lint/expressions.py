"""Expressions that cannot be read, name what is not there, mix types, or can never be true."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from crfapp.study.faults import PackCode, Path
from crfapp.study.language import (
    Fault,
    FaultKind,
    Node,
    Scope,
    check,
    compile_expression,
    needs,
    parse,
)
from crfapp.study.lint.definitions import meant
from crfapp.study.lint.report import Report, items_in
from crfapp.study.lint.written import Written, all_checks, all_written, check_group
from crfapp.study.names import StandsIn, StudyNames
from crfapp.study.types import Kind, parse_type

if TYPE_CHECKING:
    from crfapp.study.checks import Check
    from crfapp.study.study import Study

Readable = list[tuple[Written, Node]]

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_CODES = {FaultKind.UNKNOWN_CODE: PackCode.UNKNOWN_CODE, FaultKind.UNKNOWN_NAME: PackCode.UNKNOWN_ITEM}


def check_expressions(report: Report) -> Readable:
    """Look at every expression; returns those that can be read, with their trees."""
    readable: Readable = []
    for written in all_written(report):
        tree = parse(written.text)
        if isinstance(tree, Fault):
            _note(report, written, tree, PackCode.UNREADABLE_EXPRESSION)
            continue
        readable.append((written, tree))
        for fault in check(tree, StudyNames(report.study, written.stands_in), written.want):
            _note(report, written, fault, _CODES.get(fault.kind, PackCode.WRONG_EXPRESSION))
        if written.key == "when" and _never(tree):
            text = "The condition is never true, so that this is never shown."
            report.warning(PackCode.NEVER_SHOWN, written.path, text, written.text)
    _notes_have_no_value(report)
    for path, form, one in all_checks(report):
        _check(report, path, form, one)
    _rules(report)
    return readable


def _note(report: Report, written: Written, fault: Fault, code: PackCode) -> None:
    spot = written.text[fault.start : fault.end][:40]
    at = f"in '{written.key}' at character {fault.start + 1}" + (f" ('{spot}')" if spot else "")
    about = f"{written.stands_in.form} {written.text}"
    report.error(code, written.path, f"{at[0].upper()}{at[1:]}: {fault}", about)


def _never(tree: Node) -> bool:
    """Whether a condition that reads nothing is not true; one that reads a figure may be a switch."""
    return not needs(tree) and compile_expression(tree)(cast("Scope", None)) is not True


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
    if one.vectors is None or not (one.vectors.fires and one.vectors.passes):
        text = "No answers are given on which the check fires and passes."
        report.warning(PackCode.NO_VECTORS, path, text)
    else:
        _vectors(report, path, one, here)


def _vectors(report: Report, path: Path, one: Check, here: StandsIn) -> None:
    for key, vectors in (("fires", one.vectors.fires), ("passes", one.vectors.passes)) if one.vectors else ():
        for number, vector in enumerate(vectors):
            for name in vector.answers:
                own = here.form in report.study.forms and name in report.study.items(here.form)
                reason = "" if own else _means_nothing(report.study, name, here)
                if reason:
                    place = (*path, "vectors", key, number, name)
                    report.error(PackCode.UNKNOWN_ITEM, place, reason, f"{name} {one.fires}")


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

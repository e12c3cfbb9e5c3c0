"""Tasks: by when they are owed, and the rows that they propose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.study.faults import PackCode, Path
from crfapp.study.language import Node, Type, type_of
from crfapp.study.lint.definitions import meant
from crfapp.study.lint.written import all_checks, check_group
from crfapp.study.names import StandsIn, StudyNames
from crfapp.study.types import Kind, parse_type

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crfapp.study.checks import Draft
    from crfapp.study.lint.report import Report

DAYS = frozenset({Type.DATE, Type.MOMENT})


def check_tasks(report: Report, sound: Mapping[Path, Node]) -> None:
    """``due`` of every task, and every draft."""
    for path, form, check in all_checks(report):
        due = sound.get((*path, "due"))
        if due is not None:
            here = StandsIn(form, check_group(report.study, form, check))
            wanted_day(report, (*path, "due"), due, here)
        if check.draft is not None:
            _draft(report, (*path, "draft"), check.draft)


def wanted_day(report: Report, path: Path, tree: Node, here: StandsIn, kinds: frozenset[Type] = DAYS) -> None:
    """Report an expression that gives none of the kinds of day that are needed."""
    found = type_of(tree, StudyNames(report.study, here)).type
    if found not in kinds and found is not Type.UNKNOWN:
        hint = "; write lo(...) or hi(...)" if found is Type.PDATE else ""
        text = f"'{path[-1]}' must be {' or '.join(sorted(kinds))}; this is {found}{hint}."
        report.error(PackCode.WRONG_EXPRESSION, path, text)


def _draft(report: Report, path: Path, draft: Draft) -> None:
    if draft.form not in report.study.forms:
        text = f"There is no form {draft.form}{meant(draft.form, report.study.forms)}"
        report.error(PackCode.UNKNOWN_FORM, (*path, "form"), text, draft.form)
        return
    logs = {s.section for s in report.study.form(draft.form).sections if s.rows is not None and s.rows.log}
    if not logs:
        text = f"A row is proposed for form {draft.form}, which has no log."
        report.error(PackCode.NO_ROWS, (*path, "form"), text, draft.form)
    known = report.study.items(draft.form)
    for item in draft.set:
        place, at = known.get(item), (*path, "set", item)
        if place is None:
            text = f"{draft.form} has no item {item}{meant(item, known)}"
            report.error(PackCode.UNKNOWN_ITEM, at, text, item)
        elif place.item.is_ is not None or parse_type(place.item.type).kind is Kind.NOTE:
            report.error(PackCode.CONTRADICTION, at, f"{item} is not answered by anybody.", item)
        elif logs and place.group not in logs:
            report.error(PackCode.CONTRADICTION, at, f"{item} does not stand in the rows of the log.", item)

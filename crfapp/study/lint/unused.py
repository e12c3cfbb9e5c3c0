"""Code lists and parameters that nothing in the pack uses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crfapp.study.faults import PackCode
from crfapp.study.lint.report import items_in
from crfapp.study.lint.written import all_checks, all_written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.study.lint.report import Report

_FIGURE = re.compile(r"\bP\.([A-Z0-9_]+)")


def check_unused(report: Report) -> None:
    """Code lists that no item has, and parameters that no expression and no text names."""
    used = {item.codes for _, item in items_in(report)} | {report.pack.head.missing, report.pack.head.reasons}
    for oid in report.pack.codelists:
        if oid not in used:
            text = f"No item has the code list {oid}."
            report.warning(PackCode.CODELIST_NOT_USED, ("codelists", oid), text, oid)
    named = {name for text in _texts(report) for name in _FIGURE.findall(text)}
    for name in report.pack.head.parameters:
        if name not in named:
            text = f"Nothing reads the parameter {name}."
            report.warning(PackCode.PARAMETER_NOT_USED, ("head", "parameters", name), text, name)


def _texts(report: Report) -> Iterator[str]:
    """Wherever a parameter can be named."""
    yield from (written.text for written in all_written(report))
    yield from (check.say for _, _, check in all_checks(report))
    for _, item in items_in(report):
        yield from (item.ask, item.help or "")
        yield from (rule.say or "" for rule in (*item.must, *item.should))

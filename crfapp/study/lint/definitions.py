"""Names that are given twice, and names that are used but given nowhere."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from crfapp.study.faults import PackCode, Path, likely
from crfapp.study.lint.report import At, Report, forms_of, items_in
from crfapp.study.types import Kind, parse_type

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crfapp.study.model import Item

_ROWS_ELSEWHERE = ("VISIT", "STAFF")


def check_definitions(report: Report) -> None:
    """Doubles, code lists, codes and the targets of row references."""
    _doubles_in_head(report)
    _doubles_in_forms(report)
    for at, item in items_in(report):
        _codelist(report, at, item)
        _missing_codes(report, at, item)
        _row_reference(report, at, item)


def meant(wrong: str, known: Iterable[str]) -> str:
    """``; did you mean 'X'?`` where a known name is close, else a full stop."""
    close = difflib.get_close_matches(wrong[:64], likely(wrong, known), n=1)
    return f"; did you mean '{close[0]}'?" if close else "."


def _twice(report: Report, what: str, named: Iterable[tuple[str, Path]]) -> None:
    first: dict[str, Path] = {}
    for name, path in named:
        if name in first:
            file, line = report.where(first[name])
            text = f"There are two {what} {name}; the first stands in {file}, line {line}."
            report.error(PackCode.DUPLICATE_OID, path, text, name)
        first.setdefault(name, path)


def _doubles_in_head(report: Report) -> None:
    head = report.pack.head
    _twice(report, "visits", ((v.visit, ("head", "visits", n)) for n, v in enumerate(head.visits)))
    for number, visit in enumerate(head.visits):
        path: Path = ("head", "visits", number, "forms")
        _twice(report, "entries for form", ((f.form, (*path, n)) for n, f in enumerate(visit.forms)))
    for oid, codelist in report.pack.codelists.items():
        path = ("codelists", oid, "codes")
        _twice(report, "codes", ((c.code, (*path, n)) for n, c in enumerate(codelist.codes)))
    checks: list[tuple[str, Path]] = [(c.check, ("head", "checks", n)) for n, c in enumerate(head.checks)]
    for at in forms_of(report):
        checks += [(check.check, (*at.path, "checks", n)) for n, check in enumerate(at.form.checks)]
    _twice(report, "checks", checks)


def _doubles_in_forms(report: Report) -> None:
    _twice(report, "forms", ((form.form, ("forms", n)) for n, form in enumerate(report.pack.forms)))
    for at in forms_of(report):
        path = (*at.path, "sections")
        _twice(report, "sections", ((s.section, (*path, n)) for n, s in enumerate(at.form.sections)))
        _twice(
            report, "items", ((item.item, one.path) for one, item in items_in(report) if one.form is at.form)
        )


def _codelist(report: Report, at: At, item: Item) -> None:
    if item.codes is not None and item.codes not in report.study.codelists:
        text = f"There is no code list {item.codes}{meant(item.codes, report.pack.codelists)}"
        report.error(PackCode.UNKNOWN_CODELIST, (*at.path, "codes"), text, item.codes)
        return
    yes_no = parse_type(item.type).kind is Kind.YESNO
    codes = report.study.codes(item.codes) if item.codes else ("Y", "N") if yes_no else ()
    for key in ("allows", "expects"):
        unknown_codes(report, (*at.path, key), getattr(item, key), codes, item.codes or item.type)


def _missing_codes(report: Report, at: At, item: Item) -> None:
    name = report.pack.head.missing
    if name in report.study.codelists:
        unknown_codes(report, (*at.path, "missing"), item.missing or (), report.study.codes(name), name)


def unknown_codes(report: Report, path: Path, used: Iterable[str], known: Iterable[str], name: str) -> None:
    """Report the codes that a list has not; every one by itself."""
    for code in used:
        if code not in tuple(known):
            text = f"'{code}' is not a code of {name}{meant(code, known)}"
            report.error(PackCode.UNKNOWN_CODE, path, text, f"{code} {name}")


def _row_reference(report: Report, at: At, item: Item) -> None:
    target = parse_type(item.type).rows_of
    if target is not None and target not in _ROWS_ELSEWHERE and target not in report.study.forms:
        text = (
            f"The type refers to rows of form {target}, which is not there{meant(target, report.study.forms)}"
        )
        report.error(PackCode.UNKNOWN_FORM, (*at.path, "type"), text, target)

"""Repeating sections: what they continue, whose rows they follow, how their rows are named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.study.faults import PackCode
from crfapp.study.lint.definitions import meant, unknown_codes
from crfapp.study.lint.report import At, Report, sections_in
from crfapp.study.names import log_group
from crfapp.study.study import row_group, sections_of
from crfapp.study.types import Kind, parse_type

if TYPE_CHECKING:
    from crfapp.study.model import RowLabel, Rows, Section


def check_rows(report: Report) -> None:
    """All sections of all forms."""
    for at in sections_in(report):
        if at.section is not None:
            _continues(report, at, at.section)
            if at.section.rows is not None:
                _each(report, at, at.section.rows)
                if at.section.rows.label is not None:
                    _label(report, at, at.section.rows.label)


def _continues(report: Report, at: At, section: Section) -> None:
    path = (*at.path, "continues")
    if section.continues is None:
        return
    known = sections_of(at.form)
    if section.rows is not None:
        text = f"Section {section.section} has rows of its own and continues {section.continues}."
        report.error(PackCode.CONTRADICTION, path, text)
    elif section.continues not in known:
        text = f"The form has no section {section.continues}{meant(section.continues, known)}"
        report.error(PackCode.UNKNOWN_SECTION, path, text, section.continues)
    elif not row_group(at.form, section.continues):
        report.error(
            PackCode.UNKNOWN_SECTION, path, f"Section {section.continues} has no rows.", section.continues
        )


def _each(report: Report, at: At, rows: Rows) -> None:
    path = (*at.path, "rows", "each")
    if rows.each is None:
        return
    if rows.each not in report.study.forms:
        text = f"There is no form {rows.each}{meant(rows.each, report.study.forms)}"
        report.error(PackCode.UNKNOWN_FORM, path, text, rows.each)
    elif not log_group(report.study, rows.each):
        report.error(PackCode.NO_ROWS, path, f"Form {rows.each} has no section with rows.", rows.each)


def _label(report: Report, at: At, label: RowLabel) -> None:
    items = report.study.items(at.form.form)
    for key, name in (("item", label.item), ("by", label.by), ("parent", label.parent)):
        if name is not None and name not in items:
            text = f"The rows are named by item {name}, which {at.form.form} has not{meant(name, items)}"
            report.error(PackCode.UNKNOWN_ITEM, (*at.path, "rows", "label", key), text, name)
    named = items.get(label.item)
    if named is not None and parse_type(named.item.type).kind is not Kind.TEXT:
        text = f"{label.item} is of type {named.item.type}; a label is a text such as T01."
        report.error(PackCode.CONTRADICTION, (*at.path, "rows", "label", "item"), text, label.item)
    parent = items.get(label.parent or "")
    if parent is not None and parse_type(parent.item.type).rows_of != at.form.form:
        text = f"{label.parent} is of type {parent.item.type}; it names the row that another came from."
        report.error(PackCode.CONTRADICTION, (*at.path, "rows", "label", "parent"), text, parent.item.item)
    by = items.get(label.by or "")
    if by is not None:
        path = (*at.path, "rows", "label", "prefixes")
        codes = by.item.codes or ""
        unknown_codes(report, path, label.prefixes, report.study.codes(codes), codes or by.item.item)

"""Finding what a journey means: a row by its label (``T01``), its key or its number; the place of a log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.work.rows import labels_of_form

if TYPE_CHECKING:
    from crfapp.ledger.keys import FormKey
    from crfapp.study.study import Study
    from crfapp.work.desk import Desk


def row_of(desk: Desk, key: FormKey, name: str, item: str = "", section: str = "") -> tuple[str, str | None]:
    """Section and key of a row; None for the key where a log has no such row yet.

    UNKNOWN_ROW where the form's rows are fixed or given by another form and this is none of them.
    """
    graph = desk.forms.get(key)
    groups = [group for group in graph.plan.groups if group]
    if item in graph.plan.items and graph.plan.items[item].group:
        groups = [graph.plan.items[item].group]
    if section:
        groups = [section]
    labels = labels_of_form(desk, key)
    rows = [(group, row.info) for group in groups for row in graph.rows_in(group)]
    for called in (lambda info: labels.get(info.key), lambda info: info.key, lambda info: str(info.number)):
        for group, info in rows:
            if called(info) == name:
                return group, info.key
    for group in groups:
        rows = desk.study.section(key.form, group).rows
        if rows is not None and rows.log:
            return group, None
    raise RefusedError(Code.UNKNOWN_ROW, form=key.form)


def log_of(study: Study, form: str) -> str:
    """The visit that holds the running logs, where the form is one of them; else empty.

    A log is open always and is one form, also where a visit of the schedule lists it.
    """
    for visit in study.head.visits:
        if visit.kind == "log" and form in {held.form for held in visit.forms}:
            return visit.visit
    return ""

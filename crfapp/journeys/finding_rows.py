"""Finding the row that a journey means: by its label (``T01``), its key or its number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.work.rows import labels_of_form

if TYPE_CHECKING:
    from crfapp.ledger.keys import FormKey
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
    known = [(group, row.info) for group in groups for row in graph.rows_in(group)]
    for called in (lambda info: labels.get(info.key), lambda info: info.key, lambda info: str(info.number)):
        for group, info in known:
            if called(info) == name:
                return group, info.key
    for group in groups:
        rows = desk.study.section(key.form, group).rows
        if rows is not None and rows.log:
            return group, None
    raise RefusedError(Code.UNKNOWN_ROW, form=key.form)

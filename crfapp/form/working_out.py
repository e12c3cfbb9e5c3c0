"""Working out one item or one check in one row. Each says whether anything changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.form.findings import item_findings
from crfapp.form.rounding import fitted
from crfapp.form.row_state import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crfapp.form.findings import Finding
    from crfapp.form.plan_parts import PlanCheck, PlanItem
    from crfapp.form.row_state import RowState
    from crfapp.study.types import Value


def work_out_core(planned: PlanItem, row: RowState) -> bool:
    """Visibility, and the value where a rule gives it; a hidden item reads as blank but keeps its answer."""
    slot = planned.slot
    visible = planned.when is None or planned.when.run(row) is True
    value: Value = None
    if planned.value is not None:
        value, text = fitted(planned.value.run(row), planned.type) if visible else (None, None)
        row.answers[slot] = None if value is None else Answer(value, text)
    elif visible and (answer := row.answers[slot]) is not None:
        value = answer.value
    moved = visible != row.visible[slot] or value != row.values[slot]
    row.visible[slot], row.values[slot] = visible, value
    return moved


def work_out_leaf(planned: PlanItem, row: RowState) -> bool:
    """Whether it is required, and what its own range, codes and rules find."""
    slot = planned.slot
    required = row.visible[slot] and (
        planned.required if isinstance(planned.required, bool) else planned.required.run(row) is True
    )
    before = row.findings[slot]
    own = item_findings(planned, row, row.answers[slot]) if row.visible[slot] else ()
    moved = required != row.required[slot]
    if own or before:
        after = (*own, *(finding for finding in before if finding.of_check))
        moved = moved or after != before
        row.findings[slot] = after
    row.required[slot] = required
    return moved


def work_out_check(
    check: PlanCheck, slot: int, row: RowState, found: Finding | None, order: Mapping[str, int]
) -> bool:
    """Put what a check found, or nothing, at an item of a row; findings stand in the order of the checks."""
    before = row.findings[slot]
    if not before and found is None:
        return False
    name = check.check.check
    after = [finding for finding in before if finding.check != name]
    if found is not None and row.visible[slot]:
        after.append(found)
        after.sort(key=lambda finding: order[finding.check] if finding.of_check else -1)
    row.findings[slot] = tuple(after)
    return before != row.findings[slot]

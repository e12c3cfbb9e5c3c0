"""What a form finds in its answers: ranges, expected codes, rules and checks.

A finding's sentence is made when it is shown or recorded; here are its kind and its facts.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from crfapp.base.times import Moment, utc_stamp
from crfapp.study.language.comparing import less

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crfapp.form.plan_parts import Band, Judgement, PlanCheck, PlanItem
    from crfapp.form.row_state import Answer, RowState
    from crfapp.study.types import Value


class Finding(NamedTuple):
    """One thing found at a cell.

    ``check`` is the check's id, or ``HARD:ITEM``, ``SOFT:ITEM``, ``MISSING:ITEM``. ``level`` is H, Q, W
    or T. ``kind``: range, code, rule, missing or check. ``say`` is the pack's own sentence where it has
    one; ``low`` and ``high`` are the ends of the range that was left. ``due``: by when a task is owed, an
    ISO day or an instant in UTC.
    """

    check: str
    level: str
    kind: str
    say: str | None = None
    low: str | None = None
    high: str | None = None
    due: str | None = None

    @property
    def of_check(self) -> bool:
        """Whether a check of the pack found it."""
        return self.kind == "check"


def must_answer(answer: Answer | None) -> bool:
    """Whether there is neither a value nor a missing code."""
    return answer is None or (answer.value is None and answer.missing is None)


def item_findings(planned: PlanItem, row: RowState, answer: Answer | None) -> tuple[Finding, ...]:
    """What the item's own range, codes and rules find; a hard finding silences the soft ones."""
    if answer is None or must_answer(answer):
        return ()  # never answered, or the answer was taken away
    if answer.missing is not None:
        critical = planned.item.sdv == "critical"
        return (Finding(f"MISSING:{planned.oid}", "Q", "missing"),) if critical else ()
    for judgement in planned.judgements:
        found = _offence(judgement, row.values[planned.slot], row)
        if found is not None:
            return (found,)
    return ()


def _offence(judgement: Judgement, value: Value, row: RowState) -> Finding | None:
    check, level, band = judgement.check, judgement.level, judgement.band
    if band is not None and value is not None:
        low, high = _ends(band, row)
        if less(value, low) or less(high, value):  # of a partly known date: certainly so
            return Finding(check, level, "range", None, _text(low), _text(high))
    if judgement.codes and value is not None and not _among(value, judgement.codes):
        return Finding(check, level, "code")
    for rule in judgement.rules:
        if rule.that.run(row) is False:
            return Finding(check, level, "rule", rule.say)
    return None


def _ends(band: Band, row: RowState) -> tuple[Value, Value]:
    low = band.low.run(row) if band.low else None
    high = band.high.run(row) if band.high else None
    return low, high


def _text(end: Value) -> str | None:
    """An end as people read it."""
    match end:
        case None:
            return None
        case int() | Decimal():
            return format(Decimal(end), "f")
        case Moment():
            return f"{end.local:%Y-%m-%d %H:%M}"
        case _:
            return str(end)


def _among(value: object, codes: tuple[str, ...]) -> bool:
    return all(one in codes for one in value) if isinstance(value, tuple) else str(value) in codes


def check_finding(check: PlanCheck, rows: Iterable[RowState]) -> Finding | None:
    """The finding of a check, if it fires in any of these rows."""
    for row in rows:
        if check.fires.run(row) is True:
            due = _due(check.due.run(row)) if check.due else None
            return Finding(check.check.check, check.check.level, "check", check.check.say, due=due)
    return None


def _due(limit: Value) -> str | None:
    if limit is None:
        return None
    return utc_stamp(limit.utc) if isinstance(limit, Moment) else str(limit)

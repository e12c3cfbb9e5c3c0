"""Consent that was withdrawn: no new data from that day on, and what was recorded before stays (REQ-931).

Whether the earlier data may be used is the subject's word; nothing is deleted for it, but exports say so.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from crfapp.base.problems import Code, RefusedError
from crfapp.form.plan import tree_of
from crfapp.ledger.keys import FormKey
from crfapp.study.language import Source, compile_expression, needs
from crfapp.work.outside import ElsewhereScope, OutsideForm

if TYPE_CHECKING:
    from crfapp.work.desk import Desk


class Withdrawal(NamedTuple):
    """The day after which nothing more is recorded; whether earlier data may be used (a code, or empty)."""

    day: date
    use: str


def withdrawal_of(desk: Desk, subject: str) -> Withdrawal | None:
    """What a subject withdrew; None while the consent holds, or where the study does not ask."""
    generic = desk.study.head.generic
    if generic is None or generic.withdrawn is None:
        return None
    scope = ElsewhereScope(OutsideForm(desk, FormKey(subject, "", 0, "", 0)))
    day = compile_expression(tree_of(generic.withdrawn))(scope)
    if not isinstance(day, date):
        return None
    use = compile_expression(tree_of(generic.data_use))(scope) if generic.data_use else None
    return Withdrawal(day, use if isinstance(use, str) else "")


def refuse_withdrawn(desk: Desk, key: FormKey) -> None:
    """Refuse a form of a visit after the day on which consent was withdrawn (CONSENT_WITHDRAWN).

    The visit's own form says that it did not take place. That stays open, as does the consent itself, what
    ends the study, and what goes on after its end, such as the report of a serious event.
    """
    generic, day = desk.study.head.generic, desk.visit_date(key)
    if generic is None or generic.withdrawn is None or day is None:
        return
    ends = {end.date.partition(".")[0] for end in desk.study.head.ends}
    own = desk.study.head.visit_items.status.partition(".")[0]
    said = {need.name for need in needs(tree_of(generic.withdrawn)) if isinstance(need, Source)}
    if key.form in ends | {own} | said | set(generic.after_end):
        return
    withdrawn = withdrawal_of(desk, key.subject)
    if withdrawn is not None and day > withdrawn.day:
        raise RefusedError(Code.CONSENT_WITHDRAWN, form=key.form, day=withdrawn.day.isoformat())

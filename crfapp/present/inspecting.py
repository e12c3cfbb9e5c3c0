"""The inspector: what a question means, what happened to it, what it was at earlier visits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger.keys import ItemKey, Scope
from crfapp.present.earlier import earlier_answers
from crfapp.present.form_view import Inspection, ReasonLine
from crfapp.present.item_history import item_history
from crfapp.present.joined import JoinedWords
from crfapp.present.reasons import Reasons
from crfapp.present.threads import asked_at
from crfapp.study.verification import Offer, verification_plan
from crfapp.work.outlines import bound_measure, in_force
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from crfapp.form.graph import Cell
    from crfapp.form.plan_parts import PlanItem
    from crfapp.ledger.keys import FormKey
    from crfapp.present.form_view import FindingView
    from crfapp.present.workplace import Workplace


def inspect_cell(
    at: Workplace, key: FormKey, cell: Cell, name: str, findings: tuple[FindingView, ...]
) -> Inspection:
    """Everything about one question; ``name`` is what it is called, with the row it stands in."""
    planned = at.desk.forms.plan(key).items[cell.item]
    unit = f" ({planned.item.unit})" if planned.item.unit else ""
    history = item_history(at, key, cell, planned)
    return Inspection(
        title=name + unit,
        facts=_facts(at, key, planned),
        help=at.texts_at(key).help(key.form, cell.item),
        history=history,
        earlier=_earlier(at, key, cell, planned),
        findings=findings,
        reasons=_reasons(at, key, cell, planned),
        verified=tuple(line for line in history if line.kind in ("verification", "changed")),
        asking=asked_at(at, Scope(*key), cell),
        answers=JoinedWords(at).answers_at(ItemKey(*key, *cell)),
        may_decide=at.actor.may(Right.RECORD),
        traced=_traced(at, ItemKey(*key, *cell)),
    )


def _traced(at: Workplace, place: ItemKey) -> str:
    """What the button says that leads to the outline on the photograph; empty where no area is traced."""
    if bound_measure(at.desk, place) is None:
        return ""
    if in_force(at.desk, place) is not None:
        return at.texts("Outline on the photograph")
    return at.texts("Trace on a photograph") if at.actor.may(Right.RECORD) else ""


def _reasons(at: Workplace, key: FormKey, cell: Cell, planned: PlanItem) -> tuple[ReasonLine, ...]:
    """Why a question is shown that does not always apply."""
    reason = Reasons(at, key).shown(cell) if planned.when is not None else None
    return () if reason is None else (ReasonLine("shown", reason.text, reason.expression),)


def _facts(at: Workplace, key: FormKey, planned: PlanItem) -> str:
    say = at.texts
    parts = [f"{key.form}.{planned.oid}"]
    if planned.value is not None:
        parts.append(say("calculated"))
    if planned.required is not False:
        parts.append(say("required"))
    if planned.item.sdv == "critical":
        parts.append(say("critical for the study"))
    elif verification_plan(at.study_at(key)).offer(key.form, planned.oid) is Offer.SAMPLED:
        parts.append(say("compared in a sample"))
    if verification_plan(at.study_at(key)).offer(key.form, planned.oid) is Offer.HERE_FIRST:
        parts.append(say("first recorded here"))
    if planned.item.site_only or at.study_at(key).form(key.form).site_only:
        parts.append(say("stays at the site"))
    return " · ".join(parts)


def _earlier(at: Workplace, key: FormKey, cell: Cell, planned: PlanItem) -> tuple[tuple[str, str], ...]:
    """The same item at the visits before this one: (visit, value), the first visit first."""
    found = earlier_answers(at, key, cell, planned)
    return tuple((at.study_texts.visit(one.visit), one.text) for one in found)

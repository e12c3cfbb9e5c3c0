"""The plan of verification in words: from which day on what is compared with the source, of whom."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from crfapp.study.model import Sample

if TYPE_CHECKING:
    from crfapp.present.texts import Texts
    from crfapp.study.model import StudyHead, Verification


def plan_words(head: StudyHead, say: Texts) -> str:
    """All plans, the first first; critical items are compared under each."""
    plans = [
        say("from {day}: {what}", day=say.date(date.fromisoformat(plan.from_)), what=_what(plan, say))
        for plan in head.verification
    ]
    return "; ".join(plans) or say("critical items of everybody")


def _what(plan: Verification, say: Texts) -> str:
    if plan.sampled == "all":
        return say("critical and sampled items of everybody")
    if not isinstance(plan.sampled, Sample):
        return say("critical items of everybody")
    first, then = plan.sampled.first, plan.sampled.then
    if then is None:
        return say("critical items of everybody, sampled items of the first {first} subjects", first=first)
    return say(
        "critical items of everybody, sampled items of the first {first} subjects, then of 1 in {then}",
        first=first,
        then=then,
    )

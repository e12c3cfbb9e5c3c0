"""Which answers are compared with their source: what the pack says of items, subjects and days (REQ-606).

Offered are the items that the pack marks ``critical`` or ``sampled``, but for what is first written down
in this program (``recorded: esource``, REQ-410), what a rule works out, notes, signatures and the labels
that rows are given. Critical items count for everybody, sampled ones for the subjects of the plan that is
in force on the day of the visit; what has no visit day, such as a log, goes by the day of enrolment.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from crfapp.study.model import Sample
from crfapp.study.types import Kind

if TYPE_CHECKING:
    from crfapp.study.study import Study

_WORKED_OUT = frozenset({Kind.NOTE, Kind.SIGNATURE})


class Offer(StrEnum):
    """Whether an item is ever compared with a source, and why not."""

    CRITICAL = "critical"
    SAMPLED = "sampled"
    NOT_ASKED = "none"
    HERE_FIRST = "esource"
    WORKED_OUT = "worked out"


OFFERED = frozenset({Offer.CRITICAL, Offer.SAMPLED})


class VerificationPlan:
    """The plan of one version of a study."""

    def __init__(self, study: Study) -> None:
        self._study = study
        self._offers: dict[tuple[str, str], Offer] = {}
        self._plans = sorted(study.head.verification, key=lambda plan: plan.from_)

    def offer(self, form: str, item: str) -> Offer:
        """What the pack says of an item; UNKNOWN_FORM or UNKNOWN_ITEM where there is none such."""
        found = self._offers.get((form, item))
        if found is None:
            found = self._offers[form, item] = self._look(form, item)
        return found

    def wants(self, number: str, day: str, offer: Offer) -> bool:
        """Whether items of this offer are compared, of a subject (by its number) on an ISO day."""
        if offer is not Offer.SAMPLED:
            return offer is Offer.CRITICAL
        plan = next((plan for plan in reversed(self._plans) if plan.from_ <= day), None)
        if plan is None or not isinstance(plan.sampled, Sample):
            return plan is not None and plan.sampled == "all"
        place = place_at_site(self._study.head.subjects.pattern, number)
        return place > 0 and in_sample(plan.sampled, place)

    def _look(self, form: str, item: str) -> Offer:
        place = self._study.place(form, item)
        if place.item.sdv == "none":
            return Offer.NOT_ASKED
        if place.item.is_ is not None or self._study.field(form, item).kind in _WORKED_OUT:
            return Offer.WORKED_OUT
        rows = self._study.section(form, place.group).rows if place.group else None
        if rows is not None and rows.label is not None and rows.label.item == item:
            return Offer.WORKED_OUT
        recorded = place.item.recorded or self._study.form(form).recorded
        return Offer.HERE_FIRST if recorded == "esource" else Offer(place.item.sdv)


@lru_cache(maxsize=32)
def verification_plan(study: Study) -> VerificationPlan:
    """The plan of a study, made once."""
    return VerificationPlan(study)


def in_sample(sample: Sample, place: int) -> bool:
    """Whether the subject at this place of a site, counted from 1, belongs to a sample."""
    if place <= sample.first:
        return True
    return sample.then is not None and (place - sample.first) % sample.then == 0


def place_at_site(pattern: str, number: str) -> int:
    """The number in a subject number, as the pattern of the pack writes it; 0 where it does not fit."""
    found = _reader(pattern).fullmatch(number)
    return int(found["number"]) if found else 0


@lru_cache(maxsize=16)
def _reader(pattern: str) -> re.Pattern[str]:
    escaped = re.sub(r"\\\{site\\\}|\\\{number(:[^}]*)?\\\}", _group, re.escape(pattern), count=0)
    return re.compile(escaped)


def _group(found: re.Match[str]) -> str:
    return r"(?P<number>\d+)" if "number" in found[0] else ".*?"

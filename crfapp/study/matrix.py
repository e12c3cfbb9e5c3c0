"""The schedule at a glance: which visit holds which form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from crfapp.study.model import VisitForm
    from crfapp.study.study import Study

Mark = Literal["", "X", "C", "O"]
"""Nothing, always (X), under a condition (C), optional (O)."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Visits x forms: ``marks[row][column]`` for ``forms[row]`` at ``visits[column]``."""

    visits: tuple[str, ...]
    forms: tuple[str, ...]
    marks: tuple[tuple[Mark, ...], ...]


def summary(study: Study) -> Matrix:
    """Which visit holds which form; forms in the order in which the schedule first names them."""
    visits = tuple(study.visits)
    named = [held.form for visit in study.visits.values() for held in visit.forms]
    forms = tuple(form for form in dict.fromkeys([*named, *study.forms]) if form in study.forms)
    held = {(visit.visit, one.form): _mark(one) for visit in study.visits.values() for one in visit.forms}
    marks = tuple(tuple(held.get((visit, form), "") for visit in visits) for form in forms)
    return Matrix(visits, forms, marks)


def _mark(held: VisitForm) -> Mark:
    if held.when is not None:
        return "C"
    return "O" if held.optional else "X"

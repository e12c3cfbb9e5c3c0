"""How far the two readers of a reading agree, over the cases that both judged."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from crfapp.planimetry.agreement import Estimate, icc_agreement, icc_consistency, weighted_kappa
from crfapp.work.readings import Reading, class_of, classes_of, judged

if TYPE_CHECKING:
    from crfapp.work.desk import Desk

ICC_AGREEMENT, ICC_CONSISTENCY = "ICC(2,1)", "ICC(3,1)"
LINEAR, QUADRATIC = "kappa, linear weights", "kappa, quadratic weights"


class Agreed(NamedTuple):
    """One figure of agreement; ``estimate`` is None where nothing can be said."""

    figure: str
    estimate: Estimate | None


def agreement_of(desk: Desk, reading: Reading) -> tuple[Agreed, ...]:
    """Intraclass correlation of percents; weighted kappa of classes, told or fallen into."""
    both = [(one, other) for one, other in _answers(desk, reading) if one is not None and other is not None]
    found: list[Agreed] = []
    if reading.question == "percent":
        ratings = [[float(one), float(other)] for one, other in both]
        found.append(Agreed(ICC_AGREEMENT, icc_agreement(ratings)))
        found.append(Agreed(ICC_CONSISTENCY, icc_consistency(ratings)))
        put = [(class_of(desk, one), class_of(desk, other)) for one, other in both]
        pairs = [(one, other) for one, other in put if one is not None and other is not None]
    else:
        pairs = both
    classes = classes_of(desk)
    if classes:
        found.append(Agreed(LINEAR, weighted_kappa(pairs, classes, "linear")))
        found.append(Agreed(QUADRATIC, weighted_kappa(pairs, classes, "quadratic")))
    return tuple(found)


def _answers(desk: Desk, reading: Reading) -> list[tuple[str | None, str | None]]:
    return [(one.answers[0], one.answers[1]) for one in judged(desk, reading)]

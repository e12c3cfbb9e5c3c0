"""The schedule of one subject where the study was amended: what began stays as it was planned then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger.state import MadeUnderRow

if TYPE_CHECKING:
    from crfapp.study.model import StudyHead
    from crfapp.work.desk import Desk


def head_of(desk: Desk, subject: str) -> StudyHead:
    """What a subject's visits are planned by.

    It is the head of the subject's own version, in which each visit that began under another one stands as
    that one plans it: its window is judged by it, and it is not lost where the amendment drops it. Of a visit
    that repeats the next occurrence is the subject's own version's.
    """
    if len(desk.study.versions) == 1:
        return desk.study.head
    own = desk.versions.of_subject(subject)
    visits = dict(own.visits)
    for row in desk.tables.find(MadeUnderRow, subject=subject):
        if not row.visit or row.pack == own.hash:
            continue
        stays = row.visit in visits and visits[row.visit].kind in ("repeating", "log")
        if stays or (row.form and row.visit in visits):
            continue
        began = desk.versions.named(row.pack).visits.get(row.visit)
        if began is not None:
            visits[row.visit] = began
    order = desk.study.visit_order
    planned = sorted(visits.values(), key=lambda visit: order.get(visit.visit, len(order)))
    return own.head.model_copy(update={"visits": tuple(planned)})

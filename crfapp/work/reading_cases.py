"""Which photographs a reading can be made of: those of later visits, each beside the one of the baseline."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from crfapp.ledger.state import FormRowRow, PhotographRow, SubjectRow
from crfapp.work.photo_protocol import said
from crfapp.work.reading_desk import Chosen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crfapp.study.targets import PhotoProtocol
    from crfapp.work.desk import Desk


class _Shot(NamedTuple):
    """A photograph of a lesion in a view at a visit."""

    subject: str
    target: str
    view: str
    visit: str
    photograph: str
    at: str


class Offered(NamedTuple):
    """A visit from which photographs can be judged, by one view, and of how many lesions there are some."""

    visit: str
    view: str
    cases: int


def offered(desk: Desk) -> tuple[Offered, ...]:
    """What there is to judge, in the order of the schedule; nothing at the baseline itself."""
    counted: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for shot in _shots(desk):
        if shot.visit != baseline(desk):
            counted.setdefault((shot.visit, shot.view), set()).add((shot.subject, shot.target))
    order = desk.study.visit_order
    keys = sorted(counted, key=lambda key: (order[key[0]], key[1]))
    return tuple(Offered(visit, view, len(counted[visit, view])) for visit, view in keys)


def chosen_at(desk: Desk, visits: Sequence[str], view: str) -> tuple[Chosen, ...]:
    """A case for each lesion at each of these visits, beside its baseline photograph where there is one."""
    newest: dict[tuple[str, str, str], _Shot] = {}
    for shot in sorted(_shots(desk), key=lambda shot: shot.at):
        if shot.view == view:
            newest[shot.subject, shot.target, shot.visit] = shot
    first = baseline(desk)
    found = []
    for (subject, target, visit), shot in sorted(newest.items()):
        if visit in visits and visit != first:
            earlier = newest.get((subject, target, first))
            found.append(Chosen(subject, target, earlier.photograph if earlier else "", shot.photograph))
    return tuple(found)


def baseline(desk: Desk) -> str:
    """The visit with which everything is compared; empty where the study has none."""
    return next((visit.visit for visit in desk.study.head.visits if visit.baseline), "")


def _shots(desk: Desk) -> Iterator[_Shot]:
    protocol = desk.study.head.photographs
    if protocol is None:
        return
    for subject in desk.tables.find(SubjectRow):
        for row in desk.tables.find(PhotographRow, subject=subject.subject):
            shot = _shot(desk, protocol, row)
            if shot is not None:
                yield shot


def _shot(desk: Desk, protocol: PhotoProtocol, row: PhotographRow) -> _Shot | None:
    """What a photograph shows; None where it was taken out again, or nobody said what it shows."""
    if (row.form, row.item) != (protocol.form, protocol.image):
        return None
    if desk.tables.find(FormRowRow, **row.place.of._asdict(), row=row.row, voided=1):
        return None
    there = desk.stored(row.place)
    if there is None or there.value != row.photograph or there.hidden == 1:
        return None
    target, view = (said(desk, row.place.of, row.row, item) for item in (protocol.target, protocol.view))
    if target is None or view is None:
        return None
    return _Shot(row.subject, target, view, row.visit, row.photograph, row.at)

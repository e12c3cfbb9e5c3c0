"""The lesions or wounds of a subject, and what became of each: from what the pack binds, nothing else.

``study.yaml`` says in which items they are registered, measured and judged
(:mod:`crfapp.study.targets`); here those items are read, in a handful of queries, and never written.
Percentages are the pack's own items: nothing is worked out a second time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from crfapp.form.plan import tree_of
from crfapp.ledger.keys import FormKey, ItemKey, VisitKey
from crfapp.ledger.origins import outline_in
from crfapp.study.language import compile_expression
from crfapp.study.names import log_group
from crfapp.study.targets import TargetState
from crfapp.work.rows import StoredRow, rows_of_form, single_instance
from crfapp.work.target_answers import Answers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from crfapp.study.targets import Measure, PhotoProtocol, Targets
    from crfapp.study.types import Value
    from crfapp.work.desk import Desk

State = TargetState | Literal["new"]
"""What is the case at a visit; ``new``: first seen after others had been measured, and no part of one."""
How = Literal["outline", "typed", "ruler", ""]
"""Where an area comes from: an outline kept here, a figure typed in from elsewhere, the diameters."""


class Target(NamedTuple):
    """One lesion or wound as it is registered.

    ``row`` is the key of its row, which every other form uses too; ``label`` what people call it (T01).
    ``site`` and ``side`` are codes, ``map`` is ``x,y,view``; None while not answered. ``parent`` is the row
    that it split off from, ``merged`` the one that it became part of. ``form`` is where it is registered.
    """

    row: str
    label: str
    treated: bool
    control: bool
    site: str | None
    side: str | None
    landmark: str | None
    map: str | None
    parent: str | None
    merged: str | None
    form: FormKey


class Judged(NamedTuple):
    """A score given at a visit, at ``place``, with the code of the class that follows from it."""

    place: ItemKey
    value: Value
    of_class: str | None


class Picture(NamedTuple):
    """A photograph of a target: the SHA-256 of its bytes, the code of its view, when it was taken, and
    the item that shows it.
    """

    photograph: str
    view: str | None
    taken: str | None
    place: ItemKey


class Seen(NamedTuple):
    """A target at one visit.

    ``area`` is the area used, in ``unit``, and ``change`` the percent of the baseline, both as the pack's
    items hold them; ``outline`` is the id of the outline that gave the area. ``status`` is the code that
    was answered. ``together`` are the rows that count with this one: the parts of one that has split,
    those that merged into it; ``parts`` is the sum of the parts' areas, where every one was measured.
    ``form`` is where it was measured; None where there are only photographs or scores.
    """

    visit: VisitKey
    date: date | None
    state: State | None
    area: Decimal | None
    unit: str
    change: Decimal | None
    outline: str | None
    length: Decimal | None
    width: Decimal | None
    scores: tuple[Judged, ...]
    photographs: tuple[Picture, ...]
    status: str | None = None
    how: How = ""
    together: tuple[str, ...] = ()
    parts: Decimal | None = None
    form: FormKey | None = None


def targets_of(desk: Desk, subject: str) -> tuple[Target, ...]:
    """The lesions or wounds of a subject, in the order of the registry; none where the study has no such.

    Rows that were taken out with a reason are not among them.
    """
    bound = desk.study.head.targets
    key = None if bound is None else single_instance(desk, subject, bound.form)
    if bound is None or key is None:
        return ()
    treated = compile_expression(tree_of(bound.treated))
    control = compile_expression(tree_of(bound.control)) if bound.control else None
    answers = Answers(desk, subject, bound.form)
    rows = rows_of_form(desk, key, desk.forms.plan(key))
    found = []
    for info in rows.get(log_group(desk.study, bound.form) or "", ()):
        row = StoredRow(desk, key, info)
        site, side, landmark, at, parent, merged = (
            answers.text(key, info.key, item) for item in _where(bound)
        )
        roles = treated(row) is True, control is not None and control(row) is True
        where = site, side, landmark, at
        found.append(Target(info.key, info.label, *roles, *where, parent, merged, key))
    return tuple(_with_merges(desk, subject, bound.measure, found))


def courses_of(desk: Desk, subject: str) -> Mapping[str, tuple[Seen, ...]]:
    """What was seen of every target of a subject, by its row, from the earliest visit to the latest.

    A target has an entry for every visit at which something was recorded of it: a state, a score or a
    photograph.
    """
    bound, targets = desk.study.head.targets, targets_of(desk, subject)
    return {} if bound is None or not targets else _Course(desk, subject, bound, targets).all()


def course_of(desk: Desk, subject: str, row: str) -> tuple[Seen, ...]:
    """What was seen of one target, from the earliest visit to the latest."""
    return courses_of(desk, subject).get(row, ())


def became(targets: Sequence[Target], row: str) -> tuple[str, ...]:
    """The rows that a target became part of, one after the other; a chain that returns to itself ends."""
    merged = {target.row: target.merged for target in targets}
    chain: list[str] = []
    at = merged.get(row)
    while at is not None and at != row and at not in chain:
        chain.append(at)
        at = merged.get(at)
    return tuple(chain)


def parts_of(targets: Sequence[Target], row: str) -> tuple[str, ...]:
    """The rows that split off from a target, directly."""
    return tuple(target.row for target in targets if target.parent == row and target.row != row)


def _where(bound: Targets) -> tuple[str | None, ...]:
    return (bound.site, bound.side, bound.landmark, bound.map, bound.parent, bound.merged)


def _with_merges(desk: Desk, subject: str, measure: Measure, targets: list[Target]) -> Iterator[Target]:
    """Where the registry does not say yet into what one merged, the measurement that found it does."""
    if measure.into is None or all(target.merged for target in targets):
        yield from targets
        return
    answers = Answers(desk, subject, measure.form)
    for target in targets:
        told = [text for key in answers.forms if (text := answers.text(key, target.row, measure.into))]
        yield target._replace(merged=target.merged or (told[-1] if told else None))


class _Course:
    """The visits of all targets of one subject; every form that says something of them is read once."""

    def __init__(self, desk: Desk, subject: str, bound: Targets, targets: tuple[Target, ...]) -> None:
        self._desk = desk
        self._bound = bound
        self._targets = targets
        self._measured = Answers(desk, subject, bound.measure.form)
        self._scores = {s.form: Answers(desk, subject, s.form) for s in bound.scores}
        self._taken = _pictures(desk, subject, desk.study.head.photographs)
        self._unit = desk.study.place(bound.measure.form, bound.measure.area).item.unit or ""

    def all(self) -> Mapping[str, tuple[Seen, ...]]:
        """The course of every target."""
        courses = {target.row: tuple(self._course(target)) for target in self._targets}
        return {row: tuple(self._together(row, course, courses)) for row, course in courses.items()}

    def _course(self, target: Target) -> Iterator[Seen]:
        places = {key.at: key for key in self._measured.forms}
        judged = [key.at for answers in self._scores.values() for key in answers.forms]
        visits = {*places, *judged, *(visit for row, visit in self._taken if row == target.row)}
        before: State | None = None
        others = False
        for visit in sorted(visits, key=self._when):
            seen = self._seen(target, visit, places.get(visit))
            if seen.status is not None:
                seen = seen._replace(state=_state(seen.state, before, others and target.parent is None))
                before = seen.state if seen.state != "unknown" else before
            others = others or self._measured_at(places.get(visit))
            if seen.status is not None or seen.photographs or seen.scores:
                yield seen

    def _seen(self, target: Target, visit: VisitKey, key: FormKey | None) -> Seen:
        date = self._desk.visit_date(FormKey(*visit, "", 0))
        scores = tuple(self._judged(target.row, visit))
        photographs = tuple(self._taken.get((target.row, visit), ()))
        if key is None:
            return Seen(visit, date, None, None, self._unit, None, None, None, None, scores, photographs)
        m, read = self._bound.measure, self._measured
        status = read.text(key, target.row, m.status)
        outline = outline_in(read.origin(key, target.row, m.outline)) or None
        area, change, length, width = (
            read.number(key, target.row, item) for item in (m.area, m.change, m.length, m.width)
        )
        state = m.states.get(status or "")
        told = Seen(visit, date, state, area, self._unit, change, outline, length, width, scores, photographs)
        return told._replace(status=status, how=self._how(target.row, key, area, outline), form=key)

    def _how(self, row: str, key: FormKey, area: Decimal | None, outline: str | None) -> How:
        """A lesion that is gone has an area of 0 that nobody measured."""
        if area is None or self._measured.text(key, row, self._bound.measure.method) is None:
            return ""
        typed = self._measured.text(key, row, self._bound.measure.outline)
        return "outline" if outline else "typed" if typed else "ruler"

    def _judged(self, row: str, visit: VisitKey) -> Iterator[Judged]:
        for score in self._bound.scores:
            answers = self._scores[score.form]
            for key in answers.at(visit):
                value = answers.value(key, row, score.item)
                if value is not None:
                    of_class = answers.text(key, row, score.of_class) if score.of_class else None
                    yield Judged(ItemKey(*key, row, score.item), value, of_class)

    def _together(
        self, row: str, course: tuple[Seen, ...], courses: Mapping[str, tuple[Seen, ...]]
    ) -> Iterator[Seen]:
        """The same visits, each with the rows that count together with this one there."""
        parts = parts_of(self._targets, row)
        into = [target.row for target in self._targets if target.merged == row]
        for seen in course:
            beside = {
                other: next((s for s in courses[other] if s.visit == seen.visit), None)
                for other in (*parts, *into)
            }
            if seen.state == "split":
                areas = [part.area for other in parts if (part := beside[other]) is not None]
                known = [area for area in areas if area is not None]
                whole = sum(known[1:], known[0]) if known and len(known) == len(parts) else None
                yield seen._replace(together=parts, parts=whole)
            else:
                gone = tuple(o for o in into if (other := beside[o]) is not None and other.state == "merged")
                yield seen._replace(together=gone)

    def _measured_at(self, key: FormKey | None) -> bool:
        status = self._bound.measure.status
        rows = [target.row for target in self._targets]
        return key is not None and any(self._measured.text(key, row, status) for row in rows)

    def _when(self, visit: VisitKey) -> tuple[str, int, int]:
        day = self._desk.visit_date(FormKey(*visit, "", 0))
        # a visit without a day has not begun yet
        return (day.isoformat() if day else "9", self._desk.study.visit_order[visit.visit], visit.visit_n)


def _state(told: State | None, before: State | None, new: bool) -> State | None:
    """A status code says what is seen at the visit; what was seen before makes more of it."""
    if told != "present":
        return told
    if before == "healed":
        return "reopened"
    return "new" if before is None and new else "present"


def _pictures(
    desk: Desk, subject: str, protocol: PhotoProtocol | None
) -> Mapping[tuple[str, VisitKey], list[Picture]]:
    """The photographs by the row of their target and the visit."""
    found: dict[tuple[str, VisitKey], list[Picture]] = {}
    if protocol is None:
        return found
    answers = Answers(desk, subject, protocol.form)
    for key, row in answers.rows(protocol.image):
        image, target = answers.text(key, row, protocol.image), answers.text(key, row, protocol.target)
        if image and target:
            view, taken = (answers.text(key, row, item) for item in (protocol.view, protocol.taken))
            place = ItemKey(*key, row, protocol.image)
            found.setdefault((target, key.at), []).append(Picture(image, view, taken, place))
    return found

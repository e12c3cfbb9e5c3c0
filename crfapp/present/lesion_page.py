"""The page of a lesion: where it is, its photographs, its area over time, and where figures come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger.state import SubjectRow
from crfapp.present.address import Address
from crfapp.present.body_map import ROLES, map_of_subject, map_view, mark_view, place_words, regions_of
from crfapp.present.lesion_plot import lesion_plot
from crfapp.present.lesion_view import LesionLine, LesionList, LesionView
from crfapp.present.lesion_visits import LesionVisits
from crfapp.present.lesion_words import area_words, dated, figure, state_words
from crfapp.present.palette import CASEBOOK
from crfapp.present.texts import isolated
from crfapp.work.targets import became, courses_of, parts_of, targets_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crfapp.ledger.keys import FormKey
    from crfapp.present.workplace import Workplace
    from crfapp.study.targets import Targets
    from crfapp.work.targets import Seen, Target

COMPARE = "compare"


def follows_lesions(at: Workplace) -> bool:
    """Whether the study registers lesions or wounds at all."""
    return at.study.head.targets is not None


class LesionPage:
    """The presenter; ``room`` of photographs is the view's affair."""

    def __init__(self, workplace: Workplace) -> None:
        self._at = workplace

    @property
    def title(self) -> str:
        """What the study calls them, in the plural that the list has."""
        return self._at.texts("Lesions")

    def number(self, subject: str) -> str:
        """What people call a subject."""
        row = self._at.tables.get(SubjectRow, subject)
        return row.number if row is not None else ""

    def list(self, subject: str) -> LesionList:
        """All lesions of a subject."""
        say, bound = self._at.texts, self._bound
        targets = targets_of(self._at.desk, subject)
        courses = courses_of(self._at.desk, subject)
        lines = tuple(self._line(target, courses.get(target.row, ())) for target in targets)
        title = say("Lesions of {subject}", subject=isolated(self.number(subject)))
        none = (
            ""
            if lines
            else say(
                "Nothing is registered yet. It is done in the form {form}.",
                form=isolated(self._at.study_texts.form(bound.form)),
            )
        )
        return LesionList(
            subject, title, map_of_subject(self._at, subject), lines, none, self._registry(subject, targets)
        )

    def view(self, subject: str, row: str) -> LesionView | None:
        """One lesion; None where the subject has no such."""
        at, bound = self._at, self._bound
        targets = targets_of(at.desk, subject)
        target = next((one for one in targets if one.row == row), None)
        if target is None:
            return None
        course = courses_of(at.desk, subject).get(row, ())
        visits = LesionVisits(at, subject, target, targets)
        place = [one.row for one in targets].index(row)
        last = next((seen.state for seen in reversed(course) if seen.state), None)
        shown = map_view(
            at,
            bound,
            chosen=regions_of(bound, target.site, target.side),
            here=mark_view(at, bound, target),
        )
        return LesionView(
            subject=subject,
            number=self.number(subject),
            row=row,
            title=target.label,
            role=self._role(target),
            place=place_words(at, bound, target.site, target.side),
            landmark=target.landmark or "",
            state=state_words(at.texts, last),
            relatives=tuple(self._relatives(target, targets)),
            map=shown,
            views=visits.views(course),
            strip=tuple(visits.strip(course)),
            plot=lesion_plot(at, subject, target, course),
            visits=tuple(visits.lines(course)),
            compare=self._compare(subject, row, course),
            registry=_form_address(target.form, row, bound.site),
            before=targets[place - 1].row if place else "",
            after=targets[place + 1].row if place + 1 < len(targets) else "",
        )

    # ---- inside

    @property
    def _bound(self) -> Targets:
        bound = self._at.study.head.targets
        if bound is None:
            raise RuntimeError("the study follows no lesions")
        return bound

    def _line(self, target: Target, course: Sequence[Seen]) -> LesionLine:
        say = self._at.texts
        told = [seen for seen in course if seen.state is not None]
        last = told[-1] if told else None
        return LesionLine(
            target.row,
            target.label,
            self._role(target),
            place_words(self._at, self._bound, target.site, None),
            place_words(self._at, self._bound, None, target.side),
            state_words(say, last.state if last else None),
            area_words(say, last) if last else "",
            figure(last.change, "%") if last else "",
            dated(say, last) if last else "",
        )

    def _role(self, target: Target) -> str:
        kind = "treated" if target.treated else "control" if target.control else "other"
        return self._at.texts(ROLES[kind])  # type: ignore[index]

    def _relatives(self, target: Target, targets: Sequence[Target]) -> Iterator[tuple[str, str]]:
        say, names = self._at.texts, {one.row: isolated(one.label) for one in targets}
        if target.parent in names:
            yield target.parent, say("split off from {lesion}", lesion=names[target.parent])
        for row in parts_of(targets, target.row):
            yield row, say("split into {lesion}", lesion=names[row])
        for row in became(targets, target.row):
            if row in names:
                yield row, say("became part of {lesion}", lesion=names[row])
        for one in targets:
            if one.merged == target.row:
                yield one.row, say("{lesion} became part of it", lesion=names[one.row])

    def _compare(self, subject: str, row: str, course: Sequence[Seen]) -> Address | None:
        pictures = sum(len(seen.photographs) for seen in course)
        return Address(COMPARE, subject, row=row) if pictures else None

    def _registry(self, subject: str, targets: Sequence[Target]) -> Address | None:
        """Where lesions are registered: the form that was begun, else its first place in the schedule."""
        if targets:
            return _form_address(targets[0].form)
        visits = self._at.study.visits_of(self._bound.form)
        return Address(CASEBOOK, subject, visits[0], 1, self._bound.form) if visits else None


def _form_address(key: FormKey, row: str = "", item: str = "") -> Address:
    return Address(CASEBOOK, key.subject, key.visit, key.visit_n, key.form, key.form_n, row, item)

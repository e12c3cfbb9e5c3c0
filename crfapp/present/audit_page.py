"""Looking through the audit trail: filters, ready questions, and the record that it was looked through."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crfapp.base.problems import AppProblem
from crfapp.ledger.events import KINDS
from crfapp.ledger.state import PersonRow, ReviewRow, SubjectRow
from crfapp.ledger.trail import TrailFilter
from crfapp.present.audit_filter import AuditFilter
from crfapp.present.audit_lines import AuditLines
from crfapp.present.audit_view import AuditView, AuditWish, QuestionView, ReviewLine, UnreadableWishError
from crfapp.present.event_words import instant_words
from crfapp.present.problem_texts import problem_text
from crfapp.present.trail_sorting import Spot, groups_of, sorted_page
from crfapp.present.trail_words import GUIDE, QUESTIONS
from crfapp.work.reviewing import ReviewTrail
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.ledger.trail import By, Counted, Direction, Place
    from crfapp.present.audit_view import AuditChoices
    from crfapp.present.lane import Lane, Steps
    from crfapp.present.trail_port import Trail
    from crfapp.present.workplace import Workplace

    Walked = dict[str, frozenset[Place]]

PAGE = 50
"""Events on one page."""
_REVIEWS = 20


class AuditPage:
    """The presenter of the Audit page. Questions that walk the trail are walked on the lane."""

    def __init__(self, workplace: Workplace, lane: Lane, trail: Trail) -> None:
        self._at, self._lane, self._trail = workplace, lane, trail
        self._filter = AuditFilter(workplace, trail)
        self._lines = AuditLines(workplace, trail)
        self._show: Callable[[AuditView], None] = lambda _: None
        self._walked: Walked = {}
        self._spots: list[Spot] = [Spot()]
        self._further: Spot | None = None
        self.wanted = TrailFilter()
        say = workplace.texts
        self.view = AuditView(questions=tuple(QuestionView(one.key, say(one.title)) for one in QUESTIONS))

    def watch(self, show: Callable[[AuditView], None]) -> None:
        """Have the page told of every change, beginning with how things stand."""
        self._show = show
        show(self.view)

    def refresh(self) -> None:
        """Look anew: events were added."""
        self._lines = AuditLines(self._at, self._trail)
        self._turn_to(self._spots[-1])
        self._become(reviews=self._reviews())
        self._count_questions()

    def choices(self) -> AuditChoices:
        """What the filters offer."""
        return self._filter.choices()

    def items(self, form: str) -> tuple[tuple[str, str], ...]:
        """The questions of a form, for its filter."""
        return self._filter.items(form)

    def guide(self) -> tuple[str, ...]:
        """How to read the trail."""
        return tuple(self._at.texts(sentence) for sentence in GUIDE)

    def look_for(self, wish: AuditWish) -> None:
        """Another filter; what cannot be read is refused at its field, and the list stays."""
        try:
            self._filter.read(wish)
        except UnreadableWishError as refused:
            self._become(problem=refused.words, where=refused.where, wish=wish)
            return
        self._become(wish=wish, problem="", where="", recorded="")
        self._begin()

    def ask(self, key: str) -> None:
        """One of the ready questions; the same again asks none."""
        self._become(question="" if key == self.view.question else key, recorded="")
        self._begin()

    def sort(self, by: By, direction: Direction) -> None:
        """Another order."""
        self._become(by=by, direction=direction)
        self._begin()

    def further(self) -> None:
        """The next page, or the search goes on."""
        if self._further is not None:
            self._spots.append(self._further)
            self._turn_to(self._further)

    def back(self) -> None:
        """The page before."""
        if len(self._spots) > 1:
            self._spots.pop()
            self._turn_to(self._spots[-1])

    def scope(self) -> str:
        """What is looked for, in words."""
        asked = next((one.title for one in QUESTIONS if one.key == self.view.question), "")
        return self._filter.words(self.view.wish, self._at.texts(asked) if asked else "")

    def review(self, finding: str) -> None:
        """Record that what is listed was looked through, and what was found."""
        try:
            self._at.send(ReviewTrail(scope=self.scope(), finding=finding))
        except AppProblem as problem:
            words = " ".join(problem_text(problem, self._at.texts))
            self._become(problem=words, where="finding", recorded="")
            return
        self._become(
            problem="", where="", recorded=self._at.texts("Your review is recorded."), reviews=self._reviews()
        )

    # ---- inside

    def _begin(self) -> None:
        self._spots = [Spot()]
        self._turn_to(Spot())

    def _turn_to(self, spot: Spot) -> None:
        if not self._at.actor.may(Right.REVIEW):
            return
        self.wanted = self._read()
        wishes = groups_of(self.wanted, self.view.by, self._values())
        found = sorted_page(self._trail, wishes, self.view.direction, spot, PAGE)
        self._further = found.further
        searched = ""
        if found.further is not None and len(found.rows) < PAGE:
            searched = self._at.texts("More was looked through than one page takes; it may go on.")
        self._become(
            lines=self._lines.of(found.rows),
            further=found.further is not None,
            back=len(self._spots) > 1,
            searched=searched,
            count=self._counted(self._trail.count(self.wanted)),
            scope=self.scope(),
        )

    def _read(self) -> TrailFilter:
        wish, asked = self._filter.read(self.view.wish), self.view.question
        question = next((one for one in QUESTIONS if one.key == asked), None)
        if question is None:
            return wish
        if question.walks:
            return replace(wish, among=self._walked.get(question.walks, frozenset()))
        return replace(wish, kinds=question.wish.kinds or wish.kinds, mark=question.wish.mark)

    def _values(self) -> tuple[str, ...]:
        """The groups of the chosen order, as people would order them."""
        match self.view.by:
            case "login":
                names = {row.login: row.name for row in self._at.tables.find(PersonRow)}
                return tuple(sorted(self._trail.logins(), key=lambda login: (names.get(login, login), login)))
            case "subject":
                rows = sorted(self._at.tables.find(SubjectRow), key=lambda row: row.number)
                return ("", *(row.subject for row in rows))
            case "kind":
                return tuple(sorted(KINDS, key=self._lines.words.kind))
            case _:
                return ()

    def _count_questions(self) -> None:
        """Walk the trail for those that need it, count all, and tell; not on the window's thread."""

        def work(_steps: Steps) -> tuple[Walked, dict[str, Counted]]:
            walked = {one.walks: self._trail.walked(one.walks) for one in QUESTIONS if one.walks}
            counts = {}
            for one in QUESTIONS:
                wish = replace(one.wish, among=walked[one.walks]) if one.walks else one.wish
                counts[one.key] = self._trail.count(wish)
            return walked, counts

        def done(found: tuple[Walked, dict[str, Counted]]) -> None:
            self._walked, counts = found
            self._become(
                questions=tuple(
                    replace(one, count=self._number(counts[one.key])) for one in self.view.questions
                )
            )
            if any(one.key == self.view.question and one.walks for one in QUESTIONS):
                self._turn_to(self._spots[-1])

        if self._at.actor.may(Right.REVIEW):
            self._lane.start(work, done=done, failed=lambda _problem: None)

    def _counted(self, counted: Counted) -> str:
        say = self._at.texts
        if counted.whole:
            return say.many("{count} event", "{count} events", counted.number)
        return say("more than {number} events", number=say.number(counted.number))

    def _number(self, counted: Counted) -> str:
        say = self._at.texts
        number = say.number(counted.number)
        return number if counted.whole else say("more than {number}", number=number)

    def _reviews(self) -> tuple[ReviewLine, ...]:
        at = self._at
        rows = sorted(at.tables.find(ReviewRow), key=lambda row: (row.at, row.node, row.seq), reverse=True)
        offset = at.now.offset_minutes
        return tuple(
            ReviewLine(
                instant_words(at, row.at, offset, at.desk.zone), row.name, row.scope, row.finding or ""
            )
            for row in rows[:_REVIEWS]
        )

    def _become(self, **changes: object) -> None:
        self.view = replace(self.view, **changes)  # type: ignore[arg-type]  # fields of many kinds
        self._show(self.view)

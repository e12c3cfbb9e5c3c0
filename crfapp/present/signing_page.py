"""The Signing page: what waits to be signed, what changed since, what may be signed, who asks to unlock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.problems import AppProblem
from crfapp.ledger.signing import content_hash
from crfapp.ledger.state import FindingRow, QueryRow, SubjectRow
from crfapp.present.asking_signature import ToSign, ask_for
from crfapp.present.problem_texts import problem_text
from crfapp.present.reviewing import Reviewing
from crfapp.present.signing_view import SigningView, SignLine
from crfapp.present.texts import isolated
from crfapp.present.today_view import TileView
from crfapp.present.unlocks_waiting import unlock_wishes
from crfapp.work.hindrances import in_the_way_of_signing
from crfapp.work.locking import AgreeUnlock, DeclineUnlock
from crfapp.work.roles import Right
from crfapp.work.sign_plan import CURRENT, OUTDATED, UNSIGNED, statement_of, study_in, wanted
from crfapp.work.signing import SeeForm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.ledger.keys import Scope
    from crfapp.present.asking_signature import SignatureRequest
    from crfapp.present.signing_view import Review, ReviewedForm, UnlockLine
    from crfapp.present.workplace import Workplace
    from crfapp.work.cases import Command
    from crfapp.work.sign_plan import Wanted

MOST_LINES, MOST_OFFERED = 100, 20
_ORDER = {OUTDATED: 0, UNSIGNED: 1}


class SigningPage:
    """The presenter of the Signing page."""

    def __init__(self, workplace: Workplace) -> None:
        self._at = workplace
        self._reviewing = Reviewing(workplace)

    def view(self) -> SigningView:
        """Everything the page lists, as of now."""
        found = list(wanted(self._at.desk, offers=True))
        waiting = [one for one in found if self._waits(one)]
        with self._at.desk.reading(self._at.tables, self._at.desk.head):  # schedules are worked out once
            offered = self._offered(found)
        waiting.sort(key=self._order)
        lines = tuple(map(self._line, waiting[:MOST_LINES]))
        return SigningView(
            tiles=self._tiles(waiting),
            lines=lines,
            offered=tuple(map(self._line, offered)),
            unlocks=self.unlocks(),
            may_sign=self._at.actor.may(Right.SIGN),
            more=len(waiting) - len(lines),
        )

    def waiting_count(self) -> int:
        """What waits for this person: the number on the rail."""
        waiting = sum(self._waits(one) for one in wanted(self._at.desk))
        return waiting + len(self.unlocks()) if self._at.actor.may(Right.SIGN) else 0

    def unlocks(self) -> tuple[UnlockLine, ...]:
        """Wishes to open what is locked, for whoever may agree."""
        return unlock_wishes(self._at)

    # ---- going through

    def review(self, line: SignLine) -> Review:
        """What is about to be signed."""
        return self._reviewing.review(line.scope, line.meaning)

    def see(self, form: ReviewedForm) -> str:
        """The signer went through a form to its end; the sentence that says why not, or empty."""
        return self._do(SeeForm(key=form.key, content=form.content))

    def request(self, lines: Sequence[SignLine]) -> SignatureRequest:
        """Ask for the signatures of these; all have the meaning of the first."""
        at = self._at
        what = [ToSign(one.scope, one.meaning, content_hash(at.tables, at.study, one.scope)) for one in lines]
        named = [f"{isolated(one.subject)} · {one.what}" for one in lines]
        return ask_for(
            at,
            what,
            named,
            statement_of(study_in(at.desk, lines[0].scope), lines[0].meaning, at.texts.language),
        )

    def agree(self, line: UnlockLine) -> str:
        """Open it again."""
        return self._do(AgreeUnlock(scope=line.scope))

    def decline(self, line: UnlockLine, reason: str) -> str:
        """Leave it locked."""
        return self._do(DeclineUnlock(scope=line.scope, reason=reason))

    # ---- inside

    def _do(self, command: Command) -> str:
        try:
            self._at.send(command)
        except AppProblem as problem:
            return " ".join(part for part in problem_text(problem, self._at.texts) if part)
        return ""

    def _waits(self, one: Wanted) -> bool:
        return one.state == OUTDATED or (one.state == UNSIGNED and one.plan.required)

    def _offered(self, found: list[Wanted]) -> list[Wanted]:
        """Of the latest that may be signed without anybody waiting: those with nothing in the way."""
        offers = [one for one in found if one.state == UNSIGNED and not one.plan.required]
        offers.sort(key=lambda one: one.due.isoformat() if one.due else "", reverse=True)
        desk = self._at.desk
        return [
            one for one in offers[:MOST_OFFERED] if next(in_the_way_of_signing(desk, one.scope), None) is None
        ]

    def _order(self, one: Wanted) -> tuple[bool, int, str, str]:
        late = one.late(self._at.today)
        due = one.due.isoformat() if one.due else ""
        return not late, _ORDER[one.state], due, self._number(one.scope)

    def _tiles(self, waiting: Sequence[Wanted]) -> tuple[TileView, ...]:
        """The numbers of the investigator's review (REQ-610)."""
        say, today = self._at.texts, self._at.today
        unsigned = sum(one.state == UNSIGNED for one in waiting)
        outdated = sum(one.state == OUTDATED for one in waiting)
        late = sum(one.late(today) for one in waiting)
        queries = self._open_queries()
        return (
            TileView("unsigned", say("Not signed yet"), unsigned),
            TileView("outdated", say("Changed since"), outdated, "warn" if outdated else "text"),
            TileView("late", say("Overdue"), late, "error" if late else "text"),
            TileView("queries", say("Open queries"), queries, "query" if queries else "text"),
        )

    def _open_queries(self) -> int:
        of_checks = self._at.tables.find(FindingRow, state="open", level="Q")
        of_people = (row for row in self._at.tables.find(QueryRow) if row.state != "closed")
        return len(of_checks) + sum(1 for _ in of_people)

    def _line(self, one: Wanted) -> SignLine:
        say, texts, scope = self._at.texts, self._at.study_texts, one.scope
        late = one.late(self._at.today)
        words = {
            OUTDATED: say("changed since signed"),
            UNSIGNED: say("not signed yet") if one.plan.required else say("may be signed"),
            CURRENT: say("signed"),
        }
        return SignLine(
            scope=scope,
            meaning=one.plan.meaning,
            subject=self._number(scope),
            what=self._reviewing.name(scope),
            where=texts.visit(scope.visit) if scope.form else "",
            meaning_words=texts.meaning(one.plan.meaning),
            state=words[one.state],
            pill="warn" if one.state == OUTDATED else "muted" if not one.plan.required else "primary",
            icon="outdated" if one.state == OUTDATED else "pen",
            due=self._due(one, late=late),
            late=late,
        )

    def _due(self, one: Wanted, *, late: bool) -> str:
        say = self._at.texts
        if one.due is None or not one.plan.required:
            return ""
        if late:
            days = (self._at.today - one.due).days
            return say.many("overdue {count} day", "overdue {count} days", days)
        return say("until {day}", day=say.short_date(one.due))

    def _number(self, scope: Scope) -> str:
        row = self._at.tables.get(SubjectRow, scope.subject)
        return row.number if row is not None else ""

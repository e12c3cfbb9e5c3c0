"""The reading desk: what is to be judged, one case after the other, and what came of it.

While a reading goes on, nothing that is said here names a subject, a visit or a side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from crfapp.base.problems import AppProblem
from crfapp.ledger.state import PersonRow
from crfapp.present.acts import act_sentence
from crfapp.present.reading_results import results_of
from crfapp.present.reading_sitting import Counted, answer_words, sit
from crfapp.present.reading_view import DeskView, ReadingLine, ResultsView, SittingView
from crfapp.present.texts import isolated
from crfapp.work.handing_over import NoteFiles
from crfapp.work.reading_desk import CloseReading, ReadCase, SettleCase
from crfapp.work.readings import (
    Reading,
    has_seen,
    is_blind,
    judged,
    next_for,
    order_for,
    reading_of,
    readings,
    score_of,
    to_settle,
)
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.present.photo_room import PhotoRoom
    from crfapp.present.workplace import Workplace
    from crfapp.work.cases import Command
    from crfapp.work.readings import Judged

READ, SETTLE, RESULTS, CLOSE, EXPORT = "read", "settle", "results", "close", "export"


class ReadingFiles(Protocol):
    """Writes a closed reading down; ``bootstrap`` carries it out."""

    def data(self, reading: Reading, target: Path) -> tuple[str, str, int]:
        """Its cases and its agreement as CSV; gives file name, SHA-256, rows."""
        ...


class ReadingPage:
    """The presenter; ``room`` has the photographs."""

    def __init__(self, workplace: Workplace, room: PhotoRoom | None, files: ReadingFiles) -> None:
        self.room = room
        self._at, self._files = workplace, files

    # ---- what it shows

    def view(self) -> DeskView:
        """The readings that wait for this person; all of them for the overseer."""
        oversees = self._at.actor.may(Right.OVERSEE)
        lines = [self._line(one) for one in readings(self._at.desk)]
        shown = tuple(line for line in lines if line.acts or oversees)
        hint = (
            ""
            if score_of(self._at.desk)
            else self._at.texts("This study binds no score that readers could give.")
        )
        return DeskView(shown, oversees and not hint, hint)

    def waiting(self) -> int:
        """How many cases wait for this person."""
        return sum(self._unread(one) + len(self._to_settle(one)) for one in readings(self._at.desk))

    def sitting(self, reading: str, *, again: bool = False) -> SittingView | None:
        """The case that this reader sees next, or ``again`` the one that was just read; None at the end."""
        opened = reading_of(self._at.desk, reading)
        if opened is None or not self._reads(opened):
            return None
        login = self._at.actor.login
        order, found = order_for(opened, login), next_for(self._at.desk, opened, login)
        done = len(order) if found is None else found[1] - 1
        at = done - 1 if again else done
        if not 0 <= at < len(order):
            return None
        place = self._at.texts("Case {number} of {all}", number=at + 1, all=len(order))
        before = order[done - 1] if done else ""
        return sit(self._at, opened, order[at], place, Counted(done, len(order)), before=before)

    def may_correct(self, reading: str) -> bool:
        """Whether there is a case that this reader has just read and can still say otherwise."""
        return self.sitting(reading, again=True) is not None

    def deciding(self, reading: str) -> SittingView | None:
        """The next case on which both readers differ, with what they said; None where nothing waits."""
        opened = reading_of(self._at.desk, reading)
        waiting = self._to_settle(opened) if opened is not None else ()
        if opened is None or not waiting:
            return None
        say, one = self._at.texts, waiting[0]
        place = say.many("{count} case to decide", "{count} cases to decide", len(waiting))
        answers = [answer_words(self._at, opened, answer) for answer in one.answers if answer is not None]
        said = say("The readers said: {answers}", answers=say.listed(map(isolated, answers)))
        return sit(self._at, opened, one.case.case, place, Counted(0, len(waiting)), said=said)

    def results(self, reading: str) -> ResultsView | None:
        """What came of a closed reading; None while it goes on, and for whoever is kept blind."""
        found = reading_of(self._at.desk, reading)
        if found is None or not found.closed or not self._at.actor.may(Right.OVERSEE):
            return None
        return results_of(self._at, found)

    # ---- what happens; each gives the sentence of a refusal, or nothing

    def answer(self, reading: str, case: str, text: str) -> str:
        """A reader's answer."""
        return self._send(ReadCase(reading=reading, case=case, answer=text))

    def settle(self, reading: str, case: str, text: str, reason: str) -> str:
        """What counts where two readers differ."""
        return self._send(SettleCase(reading=reading, case=case, answer=text, reason=reason))

    def close(self, reading: str, reason: str = "") -> str:
        """Nothing more is judged."""
        return self._send(CloseReading(reading=reading, reason=reason))

    def left_open(self, reading: str) -> str:
        """What would stay open if the reading were closed now, in words; empty where nothing would."""
        opened, say = reading_of(self._at.desk, reading), self._at.texts
        if opened is None:
            return ""
        unread = sum(answer is None for one in judged(self._at.desk, opened) for answer in one.answers)
        parts = []
        if unread:
            parts.append(say.many("{count} judgement is missing.", "{count} judgements are missing.", unread))
        if open_now := len(to_settle(self._at.desk, opened)):
            parts.append(say.many("{count} case is not decided.", "{count} cases are not decided.", open_now))
        return " ".join(parts)

    @property
    def may_take(self) -> bool:
        """Whether this person may take data out."""
        return self._at.actor.may(Right.EXPORT)

    def suggested_name(self, reading: str) -> str:
        """A file name with study, site, and day."""
        at, found = self._at, reading_of(self._at.desk, reading)
        opened = found.at[:10].replace("-", "") if found else ""
        return f"{at.study.head.study}_{at.site.code}_reading-{opened}_{at.now.local:%Y%m%d-%H%M}.csv"

    def export_to(self, reading: str, target: Path) -> str:
        """Put the results down as CSV and on record; the sentence that says so. Raises AppProblem."""
        found = reading_of(self._at.desk, reading)
        if found is None or not found.closed:
            return ""
        file, sha256, count = self._files.data(found, target)
        self._at.send(NoteFiles(what="reading", file=file, sha256=sha256, count=count))
        return self._at.texts("Written: {file}", file=isolated(file))

    # ---- inside

    def _line(self, one: Reading) -> ReadingLine:
        say = self._at.texts
        every = judged(self._at.desk, one)
        said = sum(answer is not None for case in every for answer in case.answers)
        names = say.listed(isolated(self._name(login)) for login in one.readers)
        cases = say.many("{count} case", "{count} cases", len(one.cases))
        detail = " · ".join((cases, names)) if self._at.actor.may(Right.OVERSEE) else cases
        waits = len(to_settle(self._at.desk, one))
        if one.closed:
            state, grade = say("closed"), "ok"
        elif said < len(one.cases) * len(one.readers):
            done = say("{said} of {all} judgements", said=said, all=len(one.cases) * len(one.readers))
            state, grade = done, "muted"
        elif waits:
            state, grade = say.many("{count} case to decide", "{count} cases to decide", waits), "warn"
        else:
            state, grade = say("everything is judged"), "primary"
        return ReadingLine(one.reading, one.title, state, detail, grade, self._acts(one))

    def _acts(self, one: Reading) -> tuple[tuple[str, str], ...]:
        say, acts = self._at.texts, []
        if unread := self._unread(one):
            acts.append((READ, say.many("Judge {count} case", "Judge {count} cases", unread)))
        if waits := len(self._to_settle(one)):
            acts.append((SETTLE, say.many("Decide {count} case", "Decide {count} cases", waits)))
        if self._at.actor.may(Right.OVERSEE):
            acts.append((RESULTS, say("Results")) if one.closed else (CLOSE, say("Close…")))
        return tuple(acts)

    def _reads(self, one: Reading) -> bool:
        login = self._at.actor.login
        return not one.closed and login in one.readers and self._at.actor.may(Right.RATE)

    def _unread(self, one: Reading) -> int:
        if not self._reads(one) or not is_blind(self._at.desk, self._at.actor.login, one):
            return 0
        found = next_for(self._at.desk, one, self._at.actor.login)
        return 0 if found is None else len(one.cases) - found[1] + 1

    def _to_settle(self, one: Reading) -> tuple[Judged, ...]:
        login = self._at.actor.login
        if one.closed or login in one.readers or not self._at.actor.may(Right.RATE):
            return ()
        desk = self._at.desk
        return tuple(case for case in to_settle(desk, one) if not has_seen(desk, login, case.case))

    def _name(self, login: str) -> str:
        row = self._at.tables.get(PersonRow, login)
        return row.name if row is not None else login

    def _send(self, command: Command) -> str:
        try:
            self._at.send(command)
        except AppProblem as problem:
            return act_sentence(problem, self._at.texts)
        return ""

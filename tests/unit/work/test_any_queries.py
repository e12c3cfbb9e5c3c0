"""Whatever people try with queries, in any order: every one stands where the rules say (REQ-601)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.chain import first_break
from crfapp.ledger.keys import Scope
from crfapp.ledger.state import QueryNoteRow, QueryRow
from crfapp.work import queries
from crfapp.work.entry import RecordAnswer
from crfapp.work.queries import AnswerQuery, CloseQuery, RaiseQuery, ReopenQuery
from crfapp.work.roles import Actor, Role
from tests.support.ward import Ward

if TYPE_CHECKING:
    from crfapp.work.cases import Command

PEOPLE = (
    Actor("rania", "Rania", Role.NURSE, "CTC"),
    Actor("haddad", "Haddad", Role.INVESTIGATOR, "CTC"),
    Actor("weber", "Weber", Role.MONITOR, "CRO"),
    Actor("kern", "Kern", Role.MONITOR, "CRO"),
    Actor("brandt", "Brandt", Role.DATA_MANAGER, "Sponsor"),
    Actor("audit", "Audit", Role.AUDITOR, "Authority"),
    Actor("admin", "Admin", Role.ADMINISTRATOR, "CTC"),
)
ASKS = {"weber", "kern", "brandt"}
ANSWERS = {"rania", "haddad"}
reached: set[str] = set()
"""States that queries were seen in during a search."""
people = st.sampled_from(PEOPLE)
number = st.integers(0, 3)
text = st.sampled_from(["Source says 65.1", "كما في المصدر", "ok", "  ", "?!?!"])


class Asking(RuleBasedStateMachine):
    """Several queries about one weight, and a model of where each of them stands."""

    def __init__(self) -> None:
        super().__init__()
        self.ward = Ward()
        self.model: list[dict[str, str]] = []
        self.threads: list[list[str]] = []
        self.weight = 60

    @initialize()
    def a_weight_is_there(self) -> None:
        self.ward.enter(self.ward.dm, W="60")
        self.ask(PEOPLE[2], "Source says 65.1")

    @rule(who=people, text=text)
    def someone_asks(self, who: Actor, text: str) -> None:
        self.ask(who, text)

    def ask(self, who: Actor, text: str) -> None:
        known = {row.query for row in self._rows()}
        command = RaiseQuery(scope=Scope(*self.ward.dm), item="W", text=text)
        if self.tried(command, who, self.unless((who.login not in ASKS, Code.NOT_ALLOWED), text=text)):
            (query,) = {row.query for row in self._rows()} - known
            self.model.append({"query": query, "state": "open", "by": who.login})
            self.threads.append(["raised"])

    @rule(who=people, text=text, of=number)
    def answer(self, who: Actor, text: str, of: int) -> None:
        if (one := self._one(of)) is None:
            return
        expected = self.unless(
            (who.login not in ANSWERS, Code.NOT_ALLOWED),
            (one["state"] == "closed", Code.QUERY_CLOSED),
            (one["state"] == "answered", Code.QUERY_ANSWERED),
            text=text,
        )
        if self.tried(AnswerQuery(query=one["query"], text=text), who, expected):
            self._became(one, "answered", "answered")

    @rule(who=people, of=number)
    def correct(self, who: Actor, of: int) -> None:
        if (one := self._one(of)) is None:
            return
        expected = self.unless(
            (who.login not in ANSWERS, Code.NOT_ALLOWED), (one["state"] == "closed", Code.QUERY_CLOSED)
        )
        self.weight += 1
        told = {"key": self.ward.dm, "item": "W", "typed": str(self.weight), "reason": "read again"}
        if self.tried(RecordAnswer(**told, query=one["query"]), who, expected) and one["state"] == "open":  # type: ignore[arg-type]
            self._became(one, "answered", "answered")

    @rule(who=people, text=st.sampled_from(["", "asked in error", "ok"]), of=number)
    def close(self, who: Actor, text: str, of: int) -> None:
        if (one := self._one(of)) is None:
            return
        expected = self.unless(
            (not self._settles(who, one), Code.NOT_ALLOWED),
            (one["state"] == "closed", Code.QUERY_CLOSED),
            (one["state"] == "open" and not text, Code.QUERY_UNANSWERED),
            text=text or "nothing",
        )
        if self.tried(CloseQuery(query=one["query"], text=text), who, expected):
            self._became(one, "closed", "closed")

    @rule(who=people, text=text, of=number)
    def ask_again(self, who: Actor, text: str, of: int) -> None:
        if (one := self._one(of)) is None:
            return
        expected = self.unless(
            (not self._settles(who, one), Code.NOT_ALLOWED),
            (one["state"] == "open", Code.QUERY_OPEN),
            text=text,
        )
        if self.tried(ReopenQuery(query=one["query"], text=text), who, expected):
            self._became(one, "open", "reopened")

    @rule(who=people, what=st.sampled_from([AnswerQuery, CloseQuery, ReopenQuery]))
    def name_a_query_that_there_is_not(self, who: Actor, what: type[AnswerQuery]) -> None:
        asks = what is not AnswerQuery
        entitled = who.login in (ASKS if asks else ANSWERS)
        expected = Code.UNKNOWN_QUERY if entitled else Code.NOT_ALLOWED
        self.tried(what(query="none", text="Where is it?"), who, expected)

    @invariant()
    def every_query_stands_where_the_model_says(self) -> None:
        found = [{"query": r.query, "state": r.state, "by": r.raised_by} for r in self._rows()]
        assert found == self.model
        notes = sorted(self.ward.ledger.tables.find(QueryNoteRow), key=lambda note: note.seq)
        reached.update(one["state"] for one in self.model)
        threads = [[n.what for n in notes if n.query == one["query"]] for one in self.model]
        assert threads == self.threads

    def teardown(self) -> None:
        assert first_break(self.ward.ledger.links) is None

    # ---- inside

    def tried(self, command: Command, who: Actor, expected: Code | None) -> bool:
        """Send it; whether it was carried out, which must be so exactly where nothing speaks against it."""
        code = None
        try:
            self.ward.bus.send(command, who)
        except RefusedError as problem:
            code = problem.code
        assert code is expected
        return code is None

    def unless(self, *against: tuple[bool, Code], text: str = "enough") -> Code | None:
        """The first refusal that holds; last comes a text that says nothing."""
        nothing = text.strip() in ("ok", "", "?!?!")
        held = [code for holds, code in (*against, (nothing, Code.QUERY_SAYS_NOTHING)) if holds]
        return held[0] if held else None

    def _settles(self, who: Actor, one: dict[str, str]) -> bool:
        return who.login in ASKS and (who.login == one["by"] or who.login == "brandt")

    def _one(self, of: int) -> dict[str, str] | None:
        return self.model[of] if of < len(self.model) else None

    def _became(self, one: dict[str, str], state: str, note: str) -> None:
        one["state"] = state
        self.threads[self.model.index(one)].append(note)

    def _rows(self) -> list[QueryRow]:
        return sorted(self.ward.ledger.tables.find(QueryRow), key=lambda row: row.seq)


STEPS = settings(max_examples=40, stateful_step_count=30, deadline=None, derandomize=True)
"""The same search each time: whether it reaches every state must not be a matter of luck."""


@pytest.mark.req("REQ-601")
def test_queries_follow_their_rules_whatever_is_tried() -> None:
    reached.clear()
    run_state_machine_as_test(Asking, settings=STEPS)
    assert reached == {"open", "answered", "closed"}  # the search went where it is meant to go


@pytest.mark.req("REQ-601")
def test_the_same_search_finds_a_monitor_who_closes_for_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: without the rule, that search must fail."""
    monkeypatch.setattr(queries, "may_settle", lambda _row, _actor: True)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Asking, settings=settings(STEPS, phases=[Phase.generate]))

"""The delegation log gives duties from day to day, and the bus holds everybody whom it names to it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.events import ActRefused
from crfapp.ledger.state import DutyRow
from crfapp.work import standing
from crfapp.work.cases import USE_CASES, Command
from crfapp.work.delegation import DelegateDuties, EndDelegation, duties_for
from crfapp.work.entry import RecordAnswer
from crfapp.work.handing_over import NoteWorkbook
from crfapp.work.notices import NoticeKind, notices_for
from crfapp.work.people import OpenSession
from crfapp.work.roles import DUTIES, Actor, Right, Role
from crfapp.work.subjects import EnrolSubject
from tests.support.clinic import ADMIN
from tests.support.examples.people import hire
from tests.support.ward import Ward

WORKBOOK = NoteWorkbook(file="a.xlsx", sha256="0" * 64, sheets=1, rows=2, cells=3, subjects=1)


class Trial(Ward):
    """A ward with its people on record: an investigator, a second one, two nurses."""

    def __init__(self) -> None:
        super().__init__()
        hire(self, ADMIN.login, Role.ADMINISTRATOR, ADMIN.name)
        self.haddad, self.odeh = (hire(self, login, Role.INVESTIGATOR) for login in ("haddad", "odeh"))
        self.samia, self.omar = (hire(self, login, Role.NURSE) for login in ("samia", "omar"))

    def delegate(self, login: str, *duties: str, start: str = "2025-01-05", end: str = "") -> str:
        before = {row.delegation for row in self.ledger.tables.find(DutyRow)}
        command = DelegateDuties(login=login, duties=duties, start=start, end=end)
        self.bus.send(command, self.haddad)
        return next(
            row.delegation for row in self.ledger.tables.find(DutyRow) if row.delegation not in before
        )

    def refusal(self, command: Command, actor: Actor) -> Code | None:
        try:
            self.bus.send(command, actor)
        except RefusedError as refused:
            return refused.code
        return None

    def records_answer(self) -> Command:
        return RecordAnswer(key=self.dm, item="AGE", typed="29")


@pytest.fixture
def ward() -> Trial:
    return Trial()


@pytest.mark.req("REQ-206")
def test_one_second_after_the_last_day_at_the_site_a_duty_is_refused_and_that_is_kept(ward: Trial) -> None:
    ward.delegate("samia", "ENROL", "RECORD", start="2025-01-06", end="2025-01-10")
    assert ward.refusal(EnrolSubject(), ward.samia) is Code.NOT_DELEGATED  # the day before
    ward.clock.at = datetime(2025, 1, 5, 21, 0, 0, tzinfo=UTC)  # midnight in Amman
    assert ward.refusal(EnrolSubject(), ward.samia) is None
    ward.clock.at = datetime(2025, 1, 10, 20, 59, 59, tzinfo=UTC)
    assert ward.refusal(ward.records_answer(), ward.samia) is None
    ward.clock.at = datetime(2025, 1, 10, 21, 0, 0, tzinfo=UTC)
    assert ward.refusal(EnrolSubject(), ward.samia) is Code.NOT_DELEGATED
    record = ward.records()[-1]
    assert record.event == ActRefused(command="EnrolSubject", code=Code.NOT_DELEGATED.value)
    assert record.envelope.login == "samia"


def test_without_the_log_the_same_acts_are_let_through(ward: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin without the safeguard."""
    monkeypatch.setattr(standing, "_refuse_undelegated", lambda *_: None)
    ward.delegate("samia", "ENROL", end="2025-01-05")
    ward.clock.later(days=9)
    assert ward.refusal(EnrolSubject(), ward.samia) is None


@pytest.mark.req("REQ-206")
def test_whom_the_log_names_has_the_duties_that_it_gives_and_no_others(ward: Trial) -> None:
    ward.delegate("samia", "RECORD")
    assert ward.refusal(ward.records_answer(), ward.samia) is None
    assert ward.refusal(EnrolSubject(), ward.samia) is Code.NOT_DELEGATED
    assert ward.refusal(WORKBOOK, ward.samia) is Code.NOT_DELEGATED
    assert ward.refusal(OpenSession(), ward.samia) is None
    ward.delegate("samia", "EXPORT")  # two lines are two duties
    assert ward.refusal(WORKBOOK, ward.samia) is None
    assert ward.refusal(EnrolSubject(), ward.omar) is None  # nobody's line: his role decides


@pytest.mark.req("REQ-206", "REQ-216")
@pytest.mark.parametrize("command", USE_CASES, ids=lambda command: command.__name__)
def test_no_command_that_needs_a_duty_passes_the_log_by(command: type[Command]) -> None:
    ward = Trial()
    ward.delegate("odeh", "ENROL", end="2025-01-05")
    ward.clock.later(days=1)
    case = USE_CASES[command]
    with ward.desk.reading(ward.ledger.tables):
        if case.needs not in {*DUTIES, Right.OVERSEE}:
            if ward.odeh.may(case.needs):
                standing.refuse_unfit(case, ward.desk, ward.odeh)
            return
        with pytest.raises(RefusedError) as refused:
            standing.refuse_unfit(case, ward.desk, ward.odeh)
    assert refused.value.code is Code.NOT_DELEGATED


def test_a_duty_is_given_only_to_a_role_that_holds_it_and_to_nobody_by_themselves(ward: Trial) -> None:
    assert Right.SIGN in duties_for(Role.INVESTIGATOR)
    assert Right.SIGN not in duties_for(Role.NURSE)
    assert duties_for(Role.AUDITOR) == ()
    cases = {
        DelegateDuties(login="samia", duties=("SIGN",), start="2025-01-05"): Code.DUTY_OUTSIDE_ROLE,
        DelegateDuties(login="samia", duties=("OVERSEE",), start="2025-01-05"): Code.DUTY_OUTSIDE_ROLE,
        DelegateDuties(login="samia", duties=(), start="2025-01-05"): Code.DUTY_OUTSIDE_ROLE,
        DelegateDuties(login="haddad", duties=("SIGN",), start="2025-01-05"): Code.DUTY_OUTSIDE_ROLE,
        DelegateDuties(login="nobody", duties=("RECORD",), start="2025-01-05"): Code.UNKNOWN_PERSON,
        DelegateDuties(login="samia", duties=("RECORD",), start=""): Code.NOT_A_DATE,
        DelegateDuties(login="samia", duties=("RECORD",), start="5 Jan"): Code.NOT_A_DATE,
        DelegateDuties(
            login="samia", duties=("RECORD",), start="2025-01-05", end="2025-01-04"
        ): Code.DAYS_CROSSED,
    }
    assert {command: ward.refusal(command, ward.haddad) for command in cases} == cases


def test_who_was_delegated_to_delegates_to_nobody_so_that_one_overseer_is_left(ward: Trial) -> None:
    ward.delegate("odeh", "SIGN", "RECORD")
    back = DelegateDuties(login="haddad", duties=("SIGN",), start="2025-01-05")
    assert ward.refusal(back, ward.odeh) is Code.NOT_DELEGATED


@pytest.mark.req("REQ-206")
def test_a_line_ends_at_once_or_later_but_never_later_than_it_was(ward: Trial) -> None:
    line = ward.delegate("samia", "ENROL", end="2025-01-31")
    refused = {
        EndDelegation(delegation="none", end="2025-01-10"): Code.UNKNOWN_DELEGATION,
        EndDelegation(delegation=line, end=""): Code.NOT_A_DATE,
        EndDelegation(delegation=line, end="2025-01-03"): Code.DAYS_CROSSED,
        EndDelegation(delegation=line, end="2025-02-28"): Code.DAYS_CROSSED,
    }
    assert {command: ward.refusal(command, ward.haddad) for command in refused} == refused
    assert ward.refusal(EndDelegation(delegation=line, end="2025-01-20"), ward.haddad) is None
    assert ward.refusal(EnrolSubject(), ward.samia) is None
    assert ward.refusal(EndDelegation(delegation=line, end="2025-01-04"), ward.haddad) is None
    assert ward.refusal(EnrolSubject(), ward.samia) is Code.NOT_DELEGATED


def test_the_investigator_is_told_of_what_ends_within_a_week(ward: Trial) -> None:
    ward.delegate("samia", "ENROL", end="2025-01-12")
    ward.delegate("omar", "ENROL", end="2025-01-13")
    told = [n for n in notices_for(ward.desk, ward.haddad) if n.kind is NoticeKind.DELEGATION_ENDS]
    assert [(notice.login, notice.day) for notice in told] == [("samia", "2025-01-12")]
    assert NoticeKind.DELEGATION_ENDS not in {n.kind for n in notices_for(ward.desk, ward.samia)}


class Counted:
    """Counts what is asked of the tables."""

    def __init__(self, tables: object) -> None:
        self._tables, self.asked = tables, 0

    def get(self, *given: object) -> object:
        self.asked += 1
        return self._tables.get(*given)  # type: ignore[attr-defined]  # the tables of a memory ledger

    def find(self, *given: object, **equal: object) -> object:
        self.asked += 1
        return self._tables.find(*given, **equal)  # type: ignore[attr-defined]  # as above


@pytest.mark.parametrize(("delegated", "reads"), [(False, 1), (True, 2)])
def test_whether_somebody_is_fit_costs_one_look_and_a_second_one_for_whom_the_log_names(
    ward: Trial, *, delegated: bool, reads: int
) -> None:
    if delegated:
        ward.delegate("samia", "ENROL")
    counted = Counted(ward.ledger.tables)
    with ward.desk.reading(counted):  # type: ignore[arg-type]  # counts what is asked
        standing.refuse_unfit(USE_CASES[EnrolSubject], ward.desk, ward.samia)
    assert counted.asked == reads

"""Every write is a command: what each one yields, who may send it, and what a failure leaves behind."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import pytest

import crfapp.work.amendment
import crfapp.work.backups
import crfapp.work.handing_over
import crfapp.work.joining
import crfapp.work.outlines
import crfapp.work.packages
import crfapp.work.people
import crfapp.work.reading_desk
import crfapp.work.redaction
import crfapp.work.row_work
import crfapp.work.subjects
import crfapp.work.verification
import crfapp.work.visits  # noqa: F401 - every module that declares commands
from crfapp.base.problems import Code, EnvironmentProblem, RefusedError
from crfapp.ledger.chain import first_break
from crfapp.ledger.state import FormRowRow, ItemRow, SubjectRow, VisitRow
from crfapp.work.bus import Bus, Workstation
from crfapp.work.cases import USE_CASES, Command
from crfapp.work.entry import RecordAnswer
from crfapp.work.people import (
    AddPerson,
    FoundSite,
    GivePassword,
)
from crfapp.work.roles import RIGHTS, Actor, Right, Role
from tests.support.examples import EXAMPLES
from tests.support.examples.conduct import Unfounded
from tests.support.memory_ledger import MemoryLedger
from tests.support.ward import Ward, ward_study

if TYPE_CHECKING:
    from collections.abc import Iterator

READERS = (Role.MONITOR, Role.DATA_MANAGER, Role.AUDITOR, Role.ADMINISTRATOR)


def an(role: Role) -> Actor:
    return Actor(role.value, role.value.capitalize(), role, "CTC")


def test_every_command_there_is_has_an_example() -> None:
    assert set(EXAMPLES) == set(USE_CASES)


@pytest.mark.req("REQ-101")
@pytest.mark.parametrize("command", EXAMPLES, ids=lambda command: command.__name__)
def test_every_command_leaves_its_events_and_nothing_changes_without_one(command: type[Command]) -> None:
    make, role, expected = EXAMPLES[command]
    ward = Unfounded() if command is FoundSite else Ward()
    example = make(ward)
    before = len(ward.ledger.links)
    ward.actor = an(role)
    outcome = ward.send(example)
    assert [event.kind for event in outcome.events] == expected
    assert [link.kind for link in ward.ledger.links[before:]] == expected
    assert outcome.topics == USE_CASES[command].touches
    assert len({record.envelope.act for record in ward.records()[before:]}) == 1
    own = [link for link in ward.ledger.links if link.node == "ws-test"]
    assert first_break(own, witness=ward.ledger) is None


@pytest.mark.req("REQ-101", "REQ-216")
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("command", EXAMPLES, ids=lambda command: command.__name__)
def test_nobody_does_what_the_role_does_not_hold(command: type[Command], role: Role) -> None:
    ward = Unfounded() if command is FoundSite else Ward()
    example = EXAMPLES[command][0](ward)
    before = len(ward.ledger.links)
    ward.actor = an(role)
    if USE_CASES[command].needs in RIGHTS[role]:
        assert ward.send(example).events
        return
    with pytest.raises(RefusedError) as refused:
        ward.send(example)
    assert refused.value.code is Code.NOT_ALLOWED
    assert [link.kind for link in ward.ledger.links[before:]] == ["act-refused"]


@pytest.mark.req("REQ-216", "REQ-504", "REQ-505")
@pytest.mark.parametrize("role", READERS)
def test_who_only_reads_changes_no_answer_row_visit_or_subject_by_any_command(role: Role) -> None:
    for command, (make, _role, _events) in EXAMPLES.items():
        ward = Unfounded() if command is FoundSite else Ward()
        example = make(ward)
        tables = ward.ledger.tables.rows
        watched = (ItemRow, FormRowRow, VisitRow, SubjectRow)
        before = [dict(tables[table]) for table in watched]
        ward.actor = an(role)
        with suppress(RefusedError):
            ward.send(example)
        assert [tables[table] for table in watched] == before


def test_rights_to_write_data_lie_with_those_who_conduct_the_study() -> None:
    writing = {Right.ENROL, Right.SCHEDULE, Right.RECORD}
    assert {role for role in Role if RIGHTS[role] & writing} == {Role.NURSE, Role.INVESTIGATOR}
    assert not RIGHTS[Role.ADMINISTRATOR] & writing


def test_a_login_is_never_given_twice_and_a_site_founded_once() -> None:
    ward = Ward()
    ward.actor = an(Role.ADMINISTRATOR)
    person = AddPerson(login="omar", name="Omar", role=Role.MONITOR, organisation="CRO")
    ward.send(person)
    with pytest.raises(RefusedError) as refused:
        ward.send(person)
    assert refused.value.code is Code.LOGIN_TAKEN
    with pytest.raises(EnvironmentProblem) as standing:
        ward.send(EXAMPLES[FoundSite][0](ward))
    assert standing.value.code is Code.SITE_EXISTS


def test_subjects_are_numbered_on_and_never_anew() -> None:
    ward = Ward()
    ward.enrol()
    ward.enrol()
    numbers = [row.number for row in ward.ledger.tables.find(SubjectRow)]
    assert sorted(numbers) == ["JO01-001", "JO01-002", "JO01-003"]


# ---- refusals and failures


def test_a_refusal_writes_nothing_and_work_goes_on() -> None:
    ward = Ward()
    ward.enter(ward.dm, SEX="F", CB="no", W="61.5", H="164")
    graph = ward.desk.forms.get(ward.dm)
    with pytest.raises(RefusedError):
        ward.enter(ward.dm, W="70")
    assert ward.desk.forms.get(ward.dm) is graph  # asking for a reason closes nothing
    with pytest.raises(RefusedError):
        ward.enter(ward.dm, W="heavy")
    ward.enter(ward.dm, W="70", reason="typing error")
    assert ward.value(ward.dm, "BMI") == "26.0"


class FailingLedger(MemoryLedger):
    """A ledger whose disk fails when it is told to: while appending, or as it commits."""

    fails = ""

    @contextmanager
    def transaction(self) -> Iterator[MemoryLedger]:
        kept = len(self.links), self.head
        yield self
        if self.fails == "commit":
            del self.links[kept[0] :]
            self.head = kept[1]
            raise EnvironmentProblem(Code.DISK_FULL)

    def append(self, links: Any, changes: Any, hybrid: str) -> None:
        if self.fails == "append":
            raise EnvironmentProblem(Code.DISK_FAILS)
        if self.fails == "commit":
            return
        super().append(links, changes, hybrid)


@pytest.mark.parametrize("moment", ["append", "commit"])
def test_a_failing_disk_leaves_nothing_and_forms_are_opened_fresh(moment: str) -> None:
    ward = Ward()
    failing = FailingLedger()
    failing.links, failing.tables, failing.head = ward.ledger.links, ward.ledger.tables, ward.ledger.head
    station = Workstation("ws-test", "0.1.0")
    bus = Bus(failing, ward.desk, ward.clock, entropy=lambda n: b"x" * n, workstation=station)
    bus.send(RecordAnswer(key=ward.dm, item="SEX", typed="F"), ward.actor)
    told: list[object] = []
    bus.listen(told.append)
    failing.fails = moment
    with pytest.raises(EnvironmentProblem):
        bus.send(RecordAnswer(key=ward.dm, item="CB", typed="no"), ward.actor)
    assert (ward.value(ward.dm, "CB"), told) == (None, [])
    failing.fails = ""
    state = ward.desk.forms.get(ward.dm).state(RecordAnswer(key=ward.dm, item="CB").cell)
    assert state is not None
    assert state.value is None
    bus.send(RecordAnswer(key=ward.dm, item="CB", typed="no"), ward.actor)
    assert (ward.value(ward.dm, "CB"), len(told)) == ("no", 1)
    assert first_break(failing.links) is None


@pytest.mark.req("REQ-404")
def test_a_clock_set_back_is_noted_and_order_is_kept() -> None:
    ward = Ward()
    ward.enter(ward.dm, AGE="29")
    ward.clock.later(hours=-5)
    outcome = ward.enter(ward.dm, H="164")
    assert [event.kind for event in outcome.events] == ["clock-noticed", "value-recorded"]
    assert getattr(outcome.events[0], "behind_seconds", 0) == 5 * 3600
    hybrids = [record.envelope.hybrid for record in ward.records()]
    assert hybrids == sorted(hybrids)
    assert len(set(hybrids)) == len(hybrids)
    ward.clock.later(hours=5, minutes=1)
    assert {event.kind for event in ward.enter(ward.dm, W="60").events} == {"value-recorded"}


@pytest.mark.req("REQ-403")
def test_the_offset_in_force_at_the_site_is_recorded() -> None:
    ward = Ward()
    offsets = {(record.envelope.offset, record.envelope.zone) for record in ward.records()}
    assert offsets == {(180, "Asia/Amman")}
    assert ward_study().hash == ward.records()[-1].envelope.pack


@pytest.mark.req("REQ-201")
def test_nobody_gets_a_password_without_an_account() -> None:
    ward = Ward()
    ward.actor = an(Role.ADMINISTRATOR)
    with pytest.raises(RefusedError) as refused:
        ward.send(GivePassword(login="omar"))
    assert refused.value.code is Code.WRONG_LOGIN

"""Two workstations of one site: what each says is joined, nothing is lost, and they come to rest (TC49)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from crfapp.base.problems import Code, RefusedError
from crfapp.journeys import memory_ledger
from crfapp.ledger import merge
from crfapp.ledger.chain import open_sealed
from crfapp.ledger.events import ItemVerified, Locked, NodeRegistered, NodeRevoked, SubjectEnrolled
from crfapp.ledger.keys import EventId, FormKey, Scope
from crfapp.ledger.state import FormRow, ItemRow, LateRow, LockRow, RivalRow, SubjectRow, VerifiedRow
from crfapp.work.conflicts import Conflict, conflicts
from crfapp.work.deciding import ResolveConflict
from crfapp.work.doubt import in_doubt
from crfapp.work.entry import CompleteForm
from crfapp.work.hindrances import CONTRADICTION, in_the_way_of_signing
from crfapp.work.late import DecideLate, waiting_late
from crfapp.work.lock_conditions import in_the_way_of_locking
from crfapp.work.locking import Freeze, Unfreeze
from crfapp.work.numbers import RenumberSubject, clashes
from crfapp.work.roles import Actor, Role
from crfapp.work.row_labels import named_alike
from crfapp.work.row_work import VoidRow
from crfapp.work.subjects import EnrolSubject
from tests.support.another import another_says
from tests.support.clinic import RANIA
from tests.support.permission_states import happen
from tests.support.ward import ward_study
from tests.support.workstations import Workstation, exchange, rows

if TYPE_CHECKING:
    from crfapp.ledger.events import Event
    from crfapp.work.cases import Command
    from tests.support.memory_ledger import MemoryTables

HADDAD = Actor("haddad", "Dr Omar Haddad", Role.INVESTIGATOR, "Cell Therapy Center")
MONITOR = Actor("weber", "Greta Weber", Role.MONITOR, "CRO")


def two() -> tuple[Workstation, Workstation, FormKey]:
    """The ward and its second workstation, with one subject who was screened and weighed."""
    ward = Workstation(ward_study(), "ws-a")
    subject = ward.enrol()
    key = FormKey(*ward.start(subject, "V_SCR"), "DM", 1)
    ward.enter(key, SEX="F", W="80", H="180")
    return ward, Workstation(ward_study(), "ws-b", ward), key


def contradiction() -> tuple[Workstation, Workstation, FormKey, Conflict]:
    """Both recorded another age without knowing of each other, and know it now."""
    ward, office, key = two()
    office.later()
    office.enter(key, AGE="44")
    ward.enter(key, AGE="45")
    exchange(ward, office)
    (one,) = conflicts(ward.ledger.tables)
    return ward, office, key, one


def too_late(first: str = "lock", **answer: str) -> tuple[Workstation, Workstation, FormKey, EventId]:
    """The form was frozen or locked at the ward, while somebody answered in the office; both know it now."""
    ward, office, key = two()
    ward.enter(key, AGE="44")
    exchange(ward, office)
    (office if first == "lock" else ward).later(30)
    (item, typed) = next(iter(answer.items()), ("AGE", "45"))
    office.enter(key, reason="misread", **{item: typed})
    late = next(
        record.envelope.id
        for record in map(open_sealed, reversed(office.links()))
        if record.envelope.node == "ws-b" and getattr(record.event, "item", "") == item
    )
    happen(ward, [knowing(ward, key)], node="ws-a")
    exchange(ward, office)
    return ward, office, key, late


def knowing(ward: Workstation, key: FormKey) -> Event:
    """A lock that knows what the ward knows of the office."""
    ends = [EventId(end.node, end.seq) for end in ward.ledger.ends() if end.node != "ws-a"]
    return Locked(**key._asdict(), knows=tuple(ends), reason="done")


def row_at(here: Workstation, table: type[Any], *key: str | int) -> Any:
    """A row that must be there."""
    row = here.ledger.tables.get(table, *key)
    assert row is not None
    return row


def decide(ward: Workstation, command: Command) -> None:
    ward.bus.send(command, HADDAD)


def verified(ward: Workstation, key: FormKey, item: str) -> None:
    """The monitor compared an answer with its source."""
    row = row_at(ward, ItemRow, *key, "", item)
    told = {"value": row.value, "missing": row.missing, "head": row.head}
    happen(ward, [ItemVerified(**row.key._asdict(), **told)], node="ws-a")


def number(here: Workstation) -> str:
    """The number of one more subject."""
    (event,) = here.send(EnrolSubject()).events
    assert isinstance(event, SubjectEnrolled)
    return event.number


def registered(node: str, place: int, after: int) -> list[Event]:
    told = {"label": node, "certificate": "", "fingerprint": ""}
    return [NodeRegistered(node=node, sort="site", place=place, numbers_after=after, **told)]


def test_what_one_says_the_other_knows_after_a_package() -> None:
    ward, office, key = two()
    office.later()
    office.enter(key, AGE="44")
    arrived = ward.hear(office)
    assert arrived.new == len([link for link in office.links() if link.node == "ws-b"])
    assert arrived.subjects == {key.subject}
    assert ward.value(key, "AGE") == "44"
    assert ward.hear(office).new == 0  # once more changes nothing


@pytest.mark.req("REQ-609")
def test_two_answers_that_did_not_know_of_each_other_both_stay() -> None:
    ward, office, key = two()
    office.later()
    office.enter(key, AGE="44")
    ward.enter(key, AGE="45")
    exchange(ward, office)
    assert rows(ward) == rows(office)
    assert {ward.value(key, "AGE"), *(row.value for row in ward.ledger.tables.find(RivalRow))} >= {"44", "45"}
    assert [one.key.item for one in conflicts(ward.ledger.tables)] == ["AGE"]


def test_what_is_worked_out_follows_from_what_was_joined() -> None:
    ward, office, key = two()
    office.later()
    office.enter(key, W="90", reason="misread")
    ward.enter(key, H="200", reason="misread")
    exchange(ward, office)
    assert ward.value(key, "BMI") == office.value(key, "BMI") == "22.5"
    assert conflicts(ward.ledger.tables) == []


@pytest.mark.req("REQ-609")
def test_the_same_answer_given_twice_is_no_contradiction_and_the_next_names_both() -> None:
    ward, office, key = two()
    office.later()
    office.enter(key, AGE="44")
    ward.enter(key, AGE="44")
    exchange(ward, office)
    assert conflicts(ward.ledger.tables) == []
    assert len(ward.ledger.tables.find(RivalRow, item="AGE")) == 1
    ward.later(10)
    ward.enter(key, AGE="45", reason="misread")
    exchange(ward, office)
    assert office.value(key, "AGE") == "45"
    assert not office.ledger.tables.find(RivalRow, item="AGE")


@pytest.mark.req("REQ-609")
def test_a_contradiction_is_decided_by_a_person_for_both_workstations() -> None:
    ward, office, key, one = contradiction()
    place, rival = one.key, one.rivals[0]
    with pytest.raises(RefusedError) as refused:
        ward.send(ResolveConflict(place=place, take=rival.head))
    assert refused.value.code is Code.REASON_NEEDED
    with pytest.raises(RefusedError) as refused:
        ward.send(ResolveConflict(place=place, take=EventId("ws-a", 1), reason="her passport"))
    assert refused.value.code is Code.NOT_IN_CONFLICT
    ward.send(ResolveConflict(place=place, take=rival.head, reason="her passport says so"))
    exchange(ward, office)
    for here in (ward, office):
        assert conflicts(here.ledger.tables) == []
        assert here.value(key, "AGE") == rival.value
    assert rows(ward) == rows(office)


def test_neither_answer_may_be_right() -> None:
    ward, office, key, one = contradiction()
    ward.send(ResolveConflict(place=one.key, typed="46", reason="both misread"))
    exchange(ward, office)
    assert office.value(key, "AGE") == "46"
    assert conflicts(office.ledger.tables) == []


def test_to_type_the_answer_that_stands_decides_too() -> None:
    """It says the same as is recorded already, and still it is what a person decided."""
    ward, office, key, one = contradiction()
    ward.send(ResolveConflict(place=one.key, typed=str(one.stands.value), reason="her passport says so"))
    exchange(ward, office)
    for here in (ward, office):
        assert here.value(key, "AGE") == one.stands.value
        assert conflicts(here.ledger.tables) == []


def test_both_decide_without_knowing_of_each_other_and_it_is_asked_again() -> None:
    ward, office, _key, one = contradiction()
    ward.send(ResolveConflict(place=one.key, typed="46", reason="both misread"))
    office.send(ResolveConflict(place=one.key, typed="47", reason="both misread"))
    exchange(ward, office)
    (again,) = conflicts(ward.ledger.tables)
    assert {again.stands.value, *(rival.value for rival in again.rivals)} == {"46", "47"}
    assert rows(ward) == rows(office)


@pytest.mark.req("REQ-609")
def test_a_form_with_a_contradiction_is_not_complete_not_signed_and_not_locked() -> None:
    ward, office, key = two()
    for here in (ward, office):
        here.enter(key, CB="no", AGE="44" if here is ward else "45", LEN="3")
    ward.send(CompleteForm(key=key))
    exchange(ward, office)
    assert row_at(ward, FormRow, *key).status == "open"
    with pytest.raises(RefusedError) as refused:
        ward.send(CompleteForm(key=key))
    assert refused.value.code is Code.IN_CONFLICT
    found = {one.what for one in in_the_way_of_signing(ward.desk, Scope(*key))}
    assert CONTRADICTION in found
    assert CONTRADICTION in {one.what for one in in_the_way_of_locking(ward.desk, Scope(*key))}
    (one,) = conflicts(ward.ledger.tables)
    ward.send(ResolveConflict(place=one.key, take=one.stands.head, reason="her passport says so"))
    ward.send(CompleteForm(key=key))


@pytest.mark.req("REQ-609")
def test_last_writer_wins_would_lose_one_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sabotaged twin: whoever wrote last takes the place of whatever stands there."""

    def overwrite(tables: MemoryTables, row: ItemRow, _replaced: object) -> None:
        tables._put(ItemRow, tuple(row.key), row)

    monkeypatch.setattr(memory_ledger.MemoryTables, "_follow", overwrite)
    ward, office, key = two()
    office.later()
    office.enter(key, AGE="44")
    ward.enter(key, AGE="45")
    exchange(ward, office)
    assert conflicts(ward.ledger.tables) == []
    assert not ward.ledger.tables.find(RivalRow)  # what the tests above would notice


# ---- marks that fall because of what others wrote


@pytest.mark.req("REQ-605")
def test_a_verification_falls_when_another_workstation_changed_the_answer() -> None:
    ward, office, key = two()
    verified(ward, key, "W")
    office.hear(ward)
    office.later()
    office.enter(key, W="81", reason="misread")
    ward.hear(office)
    assert row_at(ward, VerifiedRow, *key, "", "W").state == "changed"
    exchange(ward, office)
    assert rows(ward) == rows(office)


@pytest.mark.req("REQ-604")
def test_a_verification_of_an_answer_that_had_changed_elsewhere_does_not_count() -> None:
    ward, office, key = two()
    office.enter(key, W="81", reason="misread")
    ward.later(1)
    verified(ward, key, "W")  # without knowing
    arrived = office.hear(ward)
    assert [event.kind for event in arrived.outcome.events] == ["package-taken-in", "verification-dropped"]


def test_the_same_value_once_more_leaves_a_verification_standing() -> None:
    ward, office, key = two()
    verified(ward, key, "W")
    office.enter(key, AGE="44")
    arrived = ward.hear(office)
    assert "verification-dropped" not in [event.kind for event in arrived.outcome.events]


# ---- what came too late for a lock


@pytest.mark.req("REQ-608")
@pytest.mark.parametrize("first", ["lock", "answer"])
def test_an_answer_that_did_not_know_of_the_lock_waits_for_the_investigator(first: str) -> None:
    ward, office, key, late = too_late(first)
    for here in (ward, office):
        assert here.value(key, "AGE") == "44"
        (row,) = waiting_late(here.ledger.tables, key.subject)
        assert (row.value, row.item, row.name, row.state) == ("45", "AGE", RANIA.name, "waiting")
    assert rows(ward) == rows(office)
    assert late == EventId("ws-b", late.seq)


@pytest.mark.req("REQ-608")
def test_what_is_declined_stays_readable_and_the_form_locked() -> None:
    ward, office, key, late = too_late()
    decide(ward, DecideLate(of=late, take=False, reason="the passport says 44"))
    exchange(ward, office)
    row = row_at(office, LateRow, *late)
    assert (row.state, row.value, row.decided_by) == ("declined", "45", HADDAD.login)
    assert office.value(key, "AGE") == "44"
    assert row_at(office, LockRow, *key).state == "locked"
    with pytest.raises(RefusedError) as refused:
        decide(ward, DecideLate(of=late, take=True, reason="now it does"))
    assert refused.value.code is Code.NOT_LATE


@pytest.mark.req("REQ-608")
def test_what_is_taken_opens_the_form_and_is_recorded_with_what_follows() -> None:
    ward, office, key, late = too_late(W="90")
    decide(ward, DecideLate(of=late, take=True, reason="she was weighed again"))
    exchange(ward, office)
    for here in (ward, office):
        assert (here.value(key, "W"), here.value(key, "BMI")) == ("90.0", "27.8")
        assert row_at(here, LockRow, *key).state == "open"
        assert row_at(here, LateRow, *late).state == "taken"
        assert conflicts(here.ledger.tables) == []
    assert rows(ward) == rows(office)


@pytest.mark.req("REQ-608")
def test_only_the_investigator_decides_and_says_why() -> None:
    ward, _office, _key, late = too_late()
    with pytest.raises(RefusedError) as refused:
        ward.send(DecideLate(of=late, take=True, reason="she was weighed again"))
    assert refused.value.code is Code.NOT_ALLOWED
    with pytest.raises(RefusedError) as refused:
        decide(ward, DecideLate(of=late, take=True))
    assert refused.value.code is Code.REASON_NEEDED


@pytest.mark.req("REQ-608")
def test_what_was_written_after_the_form_was_opened_again_is_not_late() -> None:
    ward, office, key = two()
    ward.enter(key, AGE="44")
    exchange(ward, office)
    ward.bus.send(Freeze(scope=Scope(*key), reason="to be looked at"), MONITOR)
    ward.later(5)
    ward.bus.send(Unfreeze(scope=Scope(*key), reason="looked at"), MONITOR)
    office.later(30)
    office.enter(key, AGE="45", reason="misread")
    exchange(ward, office)
    assert waiting_late(ward.ledger.tables) == []
    assert ward.value(key, "AGE") == "45"


@pytest.mark.req("REQ-608")
def test_what_time_and_joining_bring_about_stays_out_of_a_locked_form() -> None:
    ward, office, key, _late = too_late(W="90")
    assert ward.value(key, "BMI") == office.value(key, "BMI") == "24.7"
    assert [row.item for row in waiting_late(ward.ledger.tables)] == ["W"]  # nobody decides about a BMI


@pytest.mark.req("REQ-608")
def test_without_what_the_lock_knew_a_late_answer_would_slip_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sabotaged twin: nothing is ever late."""
    monkeypatch.setattr(merge.Windows, "late", lambda _self, _record: False)
    ward, _office, key, _late = too_late()
    assert waiting_late(ward.ledger.tables) == []
    assert ward.value(key, "AGE") == "45"  # in a locked form: what the tests above would notice


# ---- numbers


def test_one_workstation_counts_on_and_two_count_in_blocks() -> None:
    ward, office, _key = two()
    assert number(ward) == "JO01-002"
    another_says(ward, *registered("ws-a", 0, 2), *registered("ws-b", 1, 2), node="ws-adm")
    another_says(office, *registered("ws-a", 0, 2), *registered("ws-b", 1, 2), node="ws-adm")
    office.hear(ward)
    assert [number(ward) for _ in range(21)] == [f"JO01-{n:03d}" for n in [*range(3, 23), 163]]
    assert [number(office) for _ in range(2)] == ["JO01-023", "JO01-024"]


def test_a_number_given_twice_is_found_and_one_of_them_gets_another() -> None:
    ward, office, _key = two()
    first, second = number(ward), number(office)
    assert first == second
    exchange(ward, office)
    (clash,) = clashes(ward.ledger.tables)
    assert (clash.number, len(clash.subjects)) == (first, 2)
    whose = clash.subjects[1].subject
    for wrong, code in ((clash.number, Code.NUMBER_TAKEN), ("JO01-001", Code.NUMBER_TAKEN)):
        with pytest.raises(RefusedError) as refused:
            ward.send(RenumberSubject(subject=whose, number=wrong, reason="both counted on"))
        assert refused.value.code is code
    ward.send(RenumberSubject(subject=whose, reason="both counted on"))
    exchange(ward, office)
    assert clashes(office.ledger.tables) == []
    assert row_at(office, SubjectRow, whose).number == "JO01-003"
    with pytest.raises(RefusedError) as refused:
        ward.send(RenumberSubject(subject=whose, reason="I like another one"))
    assert refused.value.code is Code.NOT_IN_CONFLICT


# ---- a workstation that was lost


@pytest.mark.req("REQ-214")
def test_what_a_lost_workstation_wrote_after_it_was_revoked_is_marked_and_what_came_before_is_not() -> None:
    ward, office, key = two()
    office.enter(key, AGE="44")
    ward.hear(office)
    last = max(link.seq for link in office.links() if link.node == "ws-b")
    told = NodeRevoked(node="ws-b", last=last)
    another_says(ward, *registered("ws-b", 1, 1), told, node="ws-adm")
    office.enter(key, AGE="45", reason="misread")
    ward.hear(office)
    row = row_at(ward, ItemRow, *key, "", "AGE")
    assert row.value == "45"
    assert in_doubt(ward.ledger.tables, row.head)
    assert not in_doubt(ward.ledger.tables, EventId("ws-b", last))
    assert not in_doubt(ward.ledger.tables, EventId("ws-a", 99))


@pytest.mark.req("REQ-404")
def test_a_clock_that_is_behind_another_workstation_is_noted_once_and_not_with_every_answer() -> None:
    ward, office, key = two()
    office.later(30)
    office.enter(key, AGE="44")
    ward.hear(office)
    ward.enter(key, CB="no")
    ward.enter(key, LEN="3")
    own = [link.kind for link in ward.links() if link.node == "ws-a"]
    assert own.count("clock-noticed") == 1


def test_two_rows_that_were_named_alike_are_found_and_one_gets_another_name() -> None:
    ward, office, key = two()
    areas = key._replace(form="LD")
    added = []
    for here in (ward, office):
        added.append(here.add_row(areas, "AREAS"))
        here.enter(areas, added[-1], ROLE="TREATED")
    exchange(ward, office)
    study = ward.desk.study
    assert named_alike(ward.ledger.tables, study, areas) == ["T01"]
    ward.send(VoidRow(key=areas, section="AREAS", row=added[1], reason="the same name twice"))
    again = ward.add_row(areas, "AREAS")
    ward.enter(areas, again, ROLE="TREATED")
    exchange(ward, office)
    assert named_alike(office.ledger.tables, study, areas) == []
    assert office.value(areas, "AREAID", again) == "T02"

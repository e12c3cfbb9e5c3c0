"""Accounts on record: who may hold which roles, from when to when, under which rules of the site."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crfapp.base.problems import Code, RefusedError
from crfapp.base.times import Moment
from crfapp.ledger.chain import open_sealed
from crfapp.ledger.state import DutyRow, PersonRow, PolicyRow
from crfapp.work import standing
from crfapp.work.accounts import (
    ChangePerson,
    CheckIdentity,
    EndPerson,
    ResetPassword,
    UnlockAccount,
)
from crfapp.work.delegation import DelegateDuties, EndDelegation
from crfapp.work.notices import REVIEW_DAYS, NoticeKind, letter_filed, notices_for, review_due
from crfapp.work.own_account import AcceptStatement, NoteTraining, SetOwnPassword
from crfapp.work.people import AddPerson, GivePassword, OpenSession
from crfapp.work.people_then import PEOPLE_KINDS, people_at
from crfapp.work.policy import LIMITS, FileLetter, ReviewAccess, SetPolicy, policy_of
from crfapp.work.roles import RIGHTS, Actor, Right, Role, go_together
from crfapp.work.subjects import EnrolSubject
from tests.support.clinic import ADMIN, Clinic
from tests.support.examples.people import hire
from tests.support.ward import ward_study

if TYPE_CHECKING:
    from crfapp.work.cases import Command

SITE = {Role.NURSE, Role.INVESTIGATOR}
SPONSOR = {Role.MONITOR, Role.DATA_MANAGER}


class Site(Clinic):
    """A founded site with its administrator on record."""

    def __init__(self) -> None:
        super().__init__(ward_study())
        hire(self, ADMIN.login, Role.ADMINISTRATOR, ADMIN.name)

    def refusal(self, command: Command, actor: Actor = ADMIN) -> Code | None:
        try:
            self.bus.send(command, actor)
        except RefusedError as refused:
            return refused.code
        return None

    def row(self, login: str) -> PersonRow:
        row = self.ledger.tables.get(PersonRow, login)
        assert row is not None
        return row


@pytest.fixture
def site() -> Site:
    return Site()


def person(login: str, role: Role = Role.NURSE, name: str = "Lina Odeh", **days: str) -> AddPerson:
    return AddPerson(login=login, name=name, role=role, organisation="CTC", **days)


# ---- roles


@pytest.mark.req("REQ-215", "REQ-508")
@pytest.mark.parametrize(("one", "other"), list(product(Role, Role)))
def test_one_person_holds_two_roles_only_where_both_are_of_one_side(one: Role, other: Role) -> None:
    allowed = one is other or {one, other} == SITE or {one, other} == SPONSOR
    assert go_together(one, other) == go_together(other, one) == allowed
    site = Site()
    site.bus.send(person("lina", one), ADMIN)
    second = person("lina2", other, "  lina   ODEH ")
    assert site.refusal(second) is (None if allowed else Code.ROLES_CONFLICT)
    assert site.refusal(person("salma", other, "Salma Nasser")) is None  # somebody else
    if not allowed:
        site.bus.send(person("boss", Role.ADMINISTRATOR, "The other one"), ADMIN)
        site.bus.send(EndPerson(login="lina", reason="another task now"), ADMIN)
        assert site.refusal(second) is None  # one after the other


@pytest.mark.req("REQ-215")
def test_whoever_administers_has_no_right_of_conduct_nor_of_the_sponsor() -> None:
    conduct = {Right.ENROL, Right.SCHEDULE, Right.RECORD, Right.ANSWER, Right.SIGN, Right.OVERSEE}
    sponsor = {Right.ASK, Right.VERIFY, Right.FREEZE, Right.LOCK}
    assert not RIGHTS[Role.ADMINISTRATOR] & (conduct | sponsor)
    assert {role for role in Role if Right.ADMINISTER in RIGHTS[role]} == {Role.ADMINISTRATOR}


@pytest.mark.req("REQ-206", "REQ-215")
def test_a_role_changes_within_its_side_and_what_was_done_before_keeps_the_old_one(site: Site) -> None:
    nurse = hire(site, "lina", Role.NURSE, "Lina Odeh")
    site.bus.send(EnrolSubject(), nurse)
    told = {"login": "lina", "name": "Dr Lina Odeh", "organisation": "CTC", "reason": "finished training"}
    change = ChangePerson(**told, role=Role.INVESTIGATOR)
    for role in (Role.MONITOR, Role.AUDITOR, Role.ADMINISTRATOR):
        refused = ChangePerson(**told, role=role)
        assert site.refusal(refused) is Code.ROLES_CONFLICT
    site.bus.send(change, ADMIN)
    assert site.refusal(EnrolSubject(), nurse) is Code.NOT_ALLOWED  # the session of the old role
    doctor = Actor("lina", "Dr Lina Odeh", Role.INVESTIGATOR, "CTC")
    assert site.refusal(EnrolSubject(), doctor) is Code.NOT_TRAINED  # for the new role
    site.bus.send(NoteTraining(), doctor)
    site.bus.send(EnrolSubject(), doctor)
    kept = [r.envelope for r in map(open_sealed, site.ledger.links) if r.event.kind == "subject-enrolled"]
    assert [(one.role, one.name) for one in kept] == [
        ("nurse", "Lina Odeh"),
        ("investigator", "Dr Lina Odeh"),
    ]


# ---- accounts


@pytest.mark.req("REQ-201")
@pytest.mark.parametrize("again", ["lina", "LINA", "\uff4c\uff49\uff4e\uff41"])
def test_a_login_is_never_given_again_however_it_is_written(site: Site, again: str) -> None:
    site.bus.send(person("lina"), ADMIN)
    site.bus.send(EndPerson(login="lina", reason="left the clinic"), ADMIN)
    assert site.refusal(person(again, name="Somebody Else")) is Code.LOGIN_TAKEN
    assert site.refusal(GivePassword(login="lina")) is Code.WRONG_LOGIN
    assert site.refusal(ResetPassword(login="lina", reason="forgot it")) is Code.UNKNOWN_PERSON


def test_nobody_does_to_their_own_account_what_others_are_there_for(site: Site) -> None:
    own = (
        ChangePerson(login="admin", name="Boss", role=Role.ADMINISTRATOR, organisation="", reason="my name"),
        EndPerson(login="admin", reason="I leave"),
        ResetPassword(login="admin", reason="forgot it"),
        UnlockAccount(login="admin"),
        CheckIdentity(login="admin", how="I know myself"),
    )
    assert [site.refusal(command) for command in own] == [Code.SOMEBODY_ELSE] * len(own)


def test_no_day_comes_on_which_nobody_administers(site: Site) -> None:
    boss = hire(site, "boss", Role.ADMINISTRATOR, "The Boss")
    facts = {"name": "The Boss", "organisation": "CTC", "reason": "her contract", "valid_to": "2025-06-30"}
    limited = ChangePerson(login="boss", role=Role.ADMINISTRATOR, **facts)
    site.bus.send(limited, ADMIN)
    assert site.refusal(EndPerson(login="admin", reason="left"), boss) is Code.LAST_ADMINISTRATOR
    also = ChangePerson(login="admin", role=Role.ADMINISTRATOR, **{**facts, "name": ADMIN.name})
    assert site.refusal(also, boss) is Code.LAST_ADMINISTRATOR
    site.bus.send(EndPerson(login="boss", reason="left the clinic"), ADMIN)
    assert site.refusal(EndPerson(login="admin", reason="left"), boss) is Code.ACCOUNT_ENDED


@pytest.mark.req("REQ-204")
def test_days_are_days_and_follow_each_other(site: Site) -> None:
    assert site.refusal(person("lina", valid_from="1.2.2025")) is Code.NOT_A_DATE
    crossed = person("lina", valid_from="2025-02-01", valid_to="2025-01-31")
    assert site.refusal(crossed) is Code.DAYS_CROSSED
    site.bus.send(person("lina", valid_from="2025-01-06", valid_to="2025-01-06"), ADMIN)
    lina = Actor("lina", "Lina Odeh", Role.NURSE, "CTC")
    said = []
    for _ in range(3):
        said.append(site.refusal(OpenSession(), lina))
        site.clock.later(days=1)
    assert said == [Code.ACCOUNT_ENDED, None, Code.ACCOUNT_ENDED]


# ---- rules, letter, review


@pytest.mark.req("REQ-208", "REQ-212")
def test_the_rules_of_the_site_have_limits_and_each_version_is_kept(site: Site) -> None:
    assert policy_of(site.ledger.tables) == PolicyRow("site", "")
    for name, (low, high) in LIMITS.items():
        for value in (low - 1, high + 1):
            wrong = SetPolicy(**cast("Any", {name: value}), reason="a try")
            assert site.refusal(wrong) is Code.OFF_SCALE
    site.bus.send(SetPolicy(password_days=365, idle_minutes=15, reason="sponsor's rule"), ADMIN)
    assert site.bus.send(SetPolicy(password_days=365, idle_minutes=15, reason="again"), ADMIN).events == ()
    site.bus.send(SetPolicy(password_days=0, sign_both=False, reason="rule given up"), ADMIN)
    rules = policy_of(site.ledger.tables)
    assert (rules.password_days, rules.idle_minutes, rules.sign_both) == (0, 10, 0)
    kept = [
        record.event for record in map(open_sealed, site.ledger.links) if record.event.kind == "policy-set"
    ]
    assert [getattr(event, "password_days", None) for event in kept] == [365, 0]
    assert site.refusal(SetPolicy(password_days=90)) is Code.REASON_NEEDED


@pytest.mark.req("REQ-203", "REQ-204")
def test_the_letter_and_the_review_are_asked_for_until_they_are_done(site: Site) -> None:
    def kinds() -> set[NoticeKind]:
        return {notice.kind for notice in notices_for(site.desk, ADMIN)}

    assert NoticeKind.LETTER_OPEN in kinds()
    assert site.refusal(FileLetter(date="2025-01-06")) is Code.NOT_A_DATE  # tomorrow
    assert letter_filed(site.desk) == ""
    site.bus.send(FileLetter(date="2025-01-02"), ADMIN)
    assert letter_filed(site.desk) == "2025-01-02"
    assert NoticeKind.LETTER_OPEN not in kinds()

    first = site.desk.today
    assert review_due(site.desk) == first + timedelta(days=REVIEW_DAYS)
    site.clock.later(days=REVIEW_DAYS - 1)
    assert NoticeKind.REVIEW_DUE not in kinds()
    site.clock.later(days=1)
    assert NoticeKind.REVIEW_DUE in kinds()
    site.bus.send(ReviewAccess(finding="as it should be"), ADMIN)
    assert NoticeKind.REVIEW_DUE not in kinds()


@pytest.mark.req("REQ-202")
def test_a_site_where_one_person_alone_can_vouch_is_told_so(site: Site) -> None:
    haddad = hire(site, "haddad", Role.INVESTIGATOR)
    samia = hire(site, "samia", Role.NURSE)
    kinds = [notice.kind for notice in notices_for(site.desk, haddad)]
    assert kinds == [NoticeKind.FEW_VOUCHERS]
    open_ones = [n.login for n in notices_for(site.desk, samia) if n.kind is NoticeKind.IDENTITY_OPEN]
    assert open_ones == ["haddad"]  # she signs nothing herself, so nobody is asked about her
    site.bus.send(CheckIdentity(login="haddad", how="passport"), samia)
    site.bus.send(CheckIdentity(login="samia", how="passport"), haddad)
    assert notices_for(site.desk, haddad) == ()


# ---- who could do what, then


ACTS = st.sampled_from(["add", "change", "end", "check", "reset", "own", "delegate", "cease", "come in"])
PEOPLE = ("lina", "omar", "samia")


@pytest.mark.req("REQ-204")
@settings(max_examples=40, deadline=None)
@given(plan=st.lists(st.tuples(ACTS, st.sampled_from(PEOPLE), st.integers(0, 40)), max_size=25))
def test_who_had_what_on_a_day_is_what_the_ledger_told_up_to_it(plan: list[tuple[str, str, int]]) -> None:
    site = Site()
    overseer = hire(site, "haddad", Role.INVESTIGATOR)
    site.bus.send(CheckIdentity(login="haddad", how="passport"), ADMIN)
    seen: list[tuple[Moment, dict[str, PersonRow], set[DutyRow]]] = []
    for act, login, hours in plan:
        site.clock.later(hours=hours, seconds=1)
        _act(site, overseer, act, login)
        tables = site.ledger.tables
        rows = {row.login: row for row in tables.find(PersonRow)}
        seen.append((site.desk.now, rows, set(tables.find(DutyRow))))
    records = [record for record in map(open_sealed, site.ledger.links) if record.event.kind in PEOPLE_KINDS]
    for moment, rows, duties in seen:
        then = people_at(records, moment)
        assert {one.row.login: one.row for one in then} == rows
        day = moment.local.date().isoformat()
        for one in then:
            in_force = {d for d in duties if d.login == one.row.login and d.start <= day <= (d.end or day)}
            assert set(one.duties) == in_force
            assert one.valid == (not one.row.ended and one.row.valid_from <= day <= (one.row.valid_to or day))


def _act(site: Site, overseer: Actor, act: str, login: str) -> None:
    row = site.ledger.tables.get(PersonRow, login)
    own = Actor(login, login.capitalize(), Role(row.role) if row else Role.NURSE, "CTC")
    day = site.desk.today.isoformat()
    lines = [duty.delegation for duty in site.ledger.tables.find(DutyRow, login=login)]
    told = {"login": login, "name": login.capitalize(), "organisation": "CTC"}
    commands: dict[str, tuple[Command, Actor]] = {
        "add": (AddPerson(**told, role=Role.NURSE, valid_from=day), ADMIN),
        "change": (
            ChangePerson(**told, role=Role.INVESTIGATOR, valid_to=day, reason="other days"),
            ADMIN,
        ),
        "end": (EndPerson(login=login, reason="left the clinic"), ADMIN),
        "check": (CheckIdentity(login=login, how="passport"), overseer),
        "reset": (ResetPassword(login=login, reason="forgot it"), ADMIN),
        "own": (SetOwnPassword(), own),
        "delegate": (DelegateDuties(login=login, duties=("RECORD",), start=day, end=day), overseer),
        "cease": (EndDelegation(delegation=lines[0] if lines else "", end=day), overseer),
        "come in": (AcceptStatement(), own),
    }
    site.refusal(*commands[act])


@pytest.mark.req("REQ-204")
def test_the_rights_then_are_those_that_the_bus_gave_then(site: Site) -> None:
    haddad = hire(site, "haddad", Role.INVESTIGATOR)
    site.bus.send(person("lina"), ADMIN)
    before = site.desk.now
    site.clock.later(hours=1)
    lina = Actor("lina", "Lina Odeh", Role.NURSE, "CTC")
    for command in (SetOwnPassword(), AcceptStatement(), NoteTraining()):
        site.bus.send(command, lina)
    working = site.desk.now
    site.clock.later(hours=1)
    site.bus.send(DelegateDuties(login="lina", duties=("RECORD",), start="2025-01-05"), haddad)
    delegated = site.desk.now
    site.clock.later(hours=1)
    site.bus.send(EndPerson(login="lina", reason="left the clinic"), ADMIN)

    records = [open_sealed(link) for link in site.ledger.links]

    def rights(moment: Moment) -> frozenset[Right]:
        return next(one.rights for one in people_at(records, moment) if one.row.login == "lina")

    assert rights(before) == {Right.ENTER}
    assert rights(working) == RIGHTS[Role.NURSE]
    assert rights(delegated) == {Right.ENTER, Right.RECORD, Right.RECEIVE, Right.REVIEW, Right.VOUCH}
    assert rights(site.desk.now) == frozenset()
    assert {
        one.row.login for one in people_at(records, Moment.at(site.clock.at - timedelta(days=1), "UTC"))
    } == set()


@pytest.mark.req("REQ-205")
def test_without_the_question_for_training_work_would_go_on(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin without the safeguard."""
    site.bus.send(person("lina"), ADMIN)
    lina = Actor("lina", "Lina Odeh", Role.NURSE, "CTC")
    assert site.refusal(EnrolSubject(), lina) is Code.OWN_PASSWORD_NEEDED
    site.bus.send(SetOwnPassword(), lina)
    assert site.refusal(EnrolSubject(), lina) is Code.NOT_TRAINED
    monkeypatch.setattr(standing, "steps_of", lambda *_: ())
    assert site.refusal(EnrolSubject(), lina) is None

"""What an administrator, an investigator and a nurse can do about the people of their site."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crfapp.base.problems import Code, EnvironmentProblem
from crfapp.base.times import Moment
from crfapp.present.access_words import rights_words
from crfapp.present.address import Address
from crfapp.present.notice_lines import NoticeLines
from crfapp.work.accounts import EndPerson
from crfapp.work.delegation import DelegateDuties
from crfapp.work.people_then import PEOPLE_KINDS, people_at
from crfapp.work.roles import RIGHTS, Right, Role
from tests.support.clinic import ADMIN
from tests.support.examples.people import hire
from tests.support.paper_vault import SECRET
from tests.support.staff import Staff, refused_at

if TYPE_CHECKING:
    from crfapp.present.people import People

REASON = {"reason": "forgot it over the holidays"}


@pytest.fixture
def staff() -> Staff:
    return Staff()


def offered(people: People, login: str) -> list[str]:
    people.choose(login)
    assert people.view.chosen is not None
    return [act.key for act in people.view.chosen.acts]


def changed(people: People, **other: str) -> dict[str, str]:
    """The answers of the open form, some of them changed."""
    assert people.view.state.act is not None
    return {field.key: field.value for field in people.view.state.act.fields} | other


def test_who_looks_decides_what_is_offered(staff: Staff) -> None:
    by = {actor.login: staff.people(actor) for actor in (staff.admin, staff.lina, staff.omar)}
    assert offered(by["admin"], "omar") == ["identity", "change", "reset", "end"]
    assert offered(by["lina"], "omar") == ["identity"]
    assert [offered(by[login], login) for login in by] == [[], [], []]
    staff.vault.kept_out = {"omar", "admin"}
    assert offered(by["admin"], "omar")[0] == "unlock"
    assert "unlock" not in offered(by["lina"], "omar")
    assert "unlock" in offered(by["lina"], "admin")


def test_ones_own_card_says_who_does_what_is_to_be_done(staff: Staff) -> None:
    people = staff.people(staff.admin)
    people.choose("admin")
    assert people.view.chosen is not None
    assert "your own account" in people.view.chosen.note


@pytest.mark.req("REQ-211")
def test_a_reset_shows_its_secret_once_and_the_investigators_are_told(staff: Staff) -> None:
    people = staff.people(staff.admin)
    people.choose("omar")
    people.begin("reset")
    people.carry_out({"reason": " "})
    assert set(refused_at(people.view.state)) == {"reason"}
    assert staff.vault.passwords["omar"] == "known"
    people.carry_out(REASON)
    assert people.view.state.secret == SECRET
    assert staff.kinds()[-1] == "password-set"
    people.refresh()
    assert people.view.state.secret == SECRET
    people.put_away()
    assert SECRET not in repr(people.view) + repr(vars(people))
    told = NoticeLines(staff.at(staff.lina), staff.vault.locked)()
    assert any("Omar Aziz" in line.text and line.address.row == "omar" for line in told)
    assert not any(
        "was reset" in line.text for line in NoticeLines(staff.at(staff.sara), staff.vault.locked)()
    )


def test_where_the_vault_takes_no_secret_that_is_said_and_can_be_asked_for_again(staff: Staff) -> None:
    people = staff.people(staff.admin)
    people.choose("omar")
    people.begin("reset")
    staff.vault.problem = EnvironmentProblem(Code.DISK_FULL)
    people.carry_out(REASON)
    assert "full" in refused_at(people.view.state)[""]
    assert (people.view.state.busy, people.view.state.secret) == (False, "")
    staff.vault.problem = None
    people.carry_out(REASON)
    assert people.view.state.secret == SECRET


@pytest.mark.req("REQ-207")
def test_somebody_who_is_locked_out_stands_on_today_and_is_let_in_from_the_card(staff: Staff) -> None:
    staff.vault.kept_out = {"omar"}
    (line,) = [
        line for line in NoticeLines(staff.at(staff.admin), staff.vault.locked)() if "locked" in line.text
    ]
    assert line.address == Address("administration", row="omar", item="people")
    people = staff.people(staff.admin)
    assert [one.state for one in people.view.lines if one.login == "omar"] == ["locked out"]
    people.choose("omar")
    people.begin("unlock")
    people.carry_out({"reason": "it was him, with the caps-lock key"})
    assert staff.vault.kept_out == set()
    assert staff.kinds()[-1] == "account-unlocked"
    assert people.view.chosen is not None
    assert "unlock" not in [act.key for act in people.view.chosen.acts]


@pytest.mark.req("REQ-201")
def test_a_closed_account_stays_on_the_list_and_nothing_can_be_done_about_it(staff: Staff) -> None:
    people = staff.people(staff.admin)
    people.choose("omar")
    people.begin("end")
    people.carry_out({"reason": "left the clinic"})
    assert people.view.lines[-1].login == "omar"
    assert people.view.lines[-1].state == "closed"
    assert "omar" not in staff.vault.passwords
    assert offered(people, "omar") == []


@pytest.mark.req("REQ-215")
def test_an_account_that_administers_is_offered_no_other_role_and_says_so(staff: Staff) -> None:
    hire(staff, "zain", Role.ADMINISTRATOR, "Zain Odeh", by=staff.admin)
    people = staff.people(staff.admin)
    people.choose("zain")
    assert people.view.chosen is not None
    assert "can be given no other role" in people.view.chosen.note
    people.begin("change")
    assert people.view.state.act is not None
    role = next(field for field in people.view.state.act.fields if field.key == "role")
    assert [code for code, _ in role.choices] == ["administrator"]
    people.carry_out(changed(people, role="nurse", reason="helps out at the bedside"))
    assert set(refused_at(people.view.state)) == {"role"}
    assert staff.row("zain").role == "administrator"


@pytest.mark.req("REQ-204")
def test_validity_is_typed_as_people_write_days_and_refused_where_it_crosses(staff: Staff) -> None:
    people = staff.people(staff.admin)
    people.choose("omar")
    people.begin("change")
    people.carry_out(changed(people, valid_from="1 Feb 2025", valid_to="2025-01-31", reason="a new contract"))
    assert set(refused_at(people.view.state)) == {"valid_to"}
    people.carry_out(changed(people, valid_from="neverday", reason="a new contract"))
    assert refused_at(people.view.state)
    people.carry_out(
        changed(people, valid_from="1 Jan 2025", valid_to="31 Jan 2025", reason="a new contract")
    )
    assert (staff.row("omar").valid_from, staff.row("omar").valid_to) == ("2025-01-01", "2025-01-31")
    (line,) = [line for line in people.view.lines if line.login == "omar"]
    assert line.valid == "1 Jan 2025 to 31 Jan 2025"


@pytest.mark.req("REQ-202")
def test_an_identity_is_confirmed_with_how_and_by_whom(staff: Staff) -> None:
    people = staff.people(staff.lina)
    people.choose("omar")
    people.begin("identity")
    people.carry_out({"reason": ""})
    assert set(refused_at(people.view.state)) == {"reason"}
    people.carry_out({"reason": "passport seen"})
    (line,) = [line for line in people.view.lines if line.login == "omar"]
    assert "Dr Lina Haddad" in line.identity


@pytest.mark.req("REQ-216")
def test_what_is_not_offered_is_refused_by_the_bus_all_the_same(staff: Staff) -> None:
    people = staff.people(staff.lina)
    people.choose("omar")
    people.begin("reset")
    assert people.view.state.act is None
    people.carry_out(REASON)
    assert staff.row("omar").password == "own"


def test_a_damaged_vault_accuses_nobody(staff: Staff) -> None:
    staff.vault.damaged = True
    people = staff.people(staff.admin)
    assert people.view.problem
    assert all(line.has_password for line in people.view.lines)
    assert staff.administration().waiting_count() == 0


# ---- who could do what on a day


@pytest.mark.req("REQ-204")
def test_users_on_a_day_stand_as_they_stood_at_its_end(staff: Staff) -> None:
    staff.clock.later(days=10)
    staff.bus.send(EndPerson(login="omar", reason="left the clinic"), staff.admin)
    access = staff.access(staff.lina)
    assert [(line.login, line.valid) for line in access.view.lines][-1] == ("omar", False)
    access.choose("6 Jan 2025")
    (omar,) = [line for line in access.view.lines if line.login == "omar"]
    assert omar.valid
    assert "record answers" in omar.rights
    assert "6 January 2025" in access.view.title
    access.choose("4 Jan 2025")
    assert access.view.lines == ()
    access.choose("2031-01-01")
    assert "still to come" in access.view.problem
    access.choose("not a day")
    assert access.view.problem
    access.choose("")
    assert (access.view.title, access.view.problem) == ("Today", "")


@pytest.mark.req("REQ-204")
@settings(max_examples=20, deadline=None)
@given(
    acts=st.lists(
        st.tuples(st.integers(0, 3), st.sampled_from(("end", "delegate")), st.integers(0, 2)),
        max_size=6,
    ),
    day=st.integers(0, 20),
)
def test_the_report_of_any_day_is_what_the_ledger_replayed_to_its_end_says(
    acts: list[tuple[int, str, int]], day: int
) -> None:
    staff = Staff()
    begun = staff.desk.today
    for later, what, whom in acts:
        staff.clock.later(days=later)
        login = ("omar", "samir", "sara")[whom]
        if staff.row(login).ended:
            continue
        if what == "end":
            staff.bus.send(EndPerson(login=login, reason="left the clinic"), staff.admin)
        elif login != "sara":
            start = staff.desk.today.isoformat()
            staff.bus.send(
                DelegateDuties(login=login, duties=("RECORD",), start=start, end=start), staff.lina
            )
    access, shown = staff.access(staff.lina), begun.replace(day=begun.day + day)
    access.choose(shown.isoformat())
    if shown > staff.desk.today:
        assert access.view.problem
        return
    moment = staff.desk.now if shown == staff.desk.today else _end_of(staff, shown.isoformat())
    records = staff.at(staff.lina).events.records(kinds=PEOPLE_KINDS)
    replayed = {one.row.login: one for one in people_at(records, moment)}
    assert {line.login for line in access.view.lines} == set(replayed)
    for line in access.view.lines:
        then = replayed[line.login]
        said = " ".join((line.rights.rstrip(","), line.more)).replace(",", "").split()
        assert line.valid == then.valid
        assert said == rights_words(then.rights, staff.at(staff.lina).texts).replace(",", "").split()


def _end_of(staff: Staff, day: str) -> Moment:
    return Moment.at(
        datetime.fromisoformat(f"{day}T23:59:59.999999").replace(tzinfo=ZoneInfo(staff.desk.zone)),
        staff.desk.zone,
    )


@pytest.mark.req("REQ-204")
def test_a_review_that_is_due_says_so_until_it_is_recorded(staff: Staff) -> None:
    assert staff.access(staff.admin).view.due == ""
    staff.clock.later(days=91)
    access = staff.access(staff.admin)
    assert "looked through again" in access.view.due
    assert any(
        "looked through" in line.text for line in NoticeLines(staff.at(staff.admin), staff.vault.locked)()
    )
    access.begin()
    access.carry_out({"finding": "two people left, their accounts are closed"})
    assert access.view.due == ""
    assert staff.kinds()[-1] == "access-reviewed"


# ---- rules and letter


@pytest.mark.req("REQ-208")
def test_rules_have_versions_that_say_who_changed_what_and_why(staff: Staff) -> None:
    rules = staff.rules()
    rules.begin()
    assert rules.view.state.act is not None
    values = {field.key: field.value for field in rules.view.state.act.fields}
    rules.carry_out(values | {"password_days": "365", "reason": "the sponsor insists"})
    rules.begin()
    rules.carry_out(values | {"password_days": "365", "idle_minutes": "5", "reason": "a busy corridor"})
    newest, first = rules.view.versions
    assert (newest.number, newest.why, newest.who) == ("2", "a busy corridor", ADMIN.name)
    assert "5" in newest.what
    assert "365" in first.what
    assert "365" not in newest.what + newest.more
    rules.begin()
    rules.carry_out(values | {"password_days": "365", "idle_minutes": "5", "reason": "a busy corridor"})
    assert rules.view.state.done == "Nothing was changed."
    assert len(rules.view.versions) == 2


@pytest.mark.req("REQ-208", "REQ-212")
@pytest.mark.parametrize(
    ("field", "typed"),
    [("idle_minutes", "16"), ("shortest", "7"), ("attempts", "many"), ("session_hours", "")],
)
def test_a_rule_out_of_range_is_refused_at_its_field(staff: Staff, field: str, typed: str) -> None:
    rules = staff.rules()
    rules.begin()
    assert rules.view.state.act is not None
    values = {one.key: one.value for one in rules.view.state.act.fields}
    rules.carry_out(values | {field: typed, "reason": "as somebody wished"})
    assert set(refused_at(rules.view.state)) == {field}
    assert rules.view.versions == ()


@pytest.mark.req("REQ-203")
def test_the_letter_names_who_may_sign_and_stays_not_filed_until_a_day_is_on_record(staff: Staff) -> None:
    rules = staff.rules()
    assert (rules.view.filed, rules.view.is_filed) == ("Not filed.", False)
    assert "Dr Lina Haddad" in rules.view.letter
    assert "Omar Aziz" not in rules.view.letter
    rules.begin_letter()
    for typed in ("", "soon", "2031-01-01"):
        rules.file_letter({"day": typed})
        assert set(refused_at(rules.view.letter_state)) == {"day"}
    rules.file_letter({"day": "4 Jan 2025"})
    assert (rules.view.filed, rules.view.is_filed) == ("Filed on 4 Jan 2025.", True)


# ---- the delegation log


@pytest.mark.req("REQ-206")
def test_the_investigator_delegates_and_the_log_says_what_holds_when(staff: Staff) -> None:
    log = staff.log(staff.lina)
    log.begin()
    assert log.view.state.act is not None
    assert [code for code, _ in log.view.state.act.fields[0].choices] == ["samir", "omar"]
    log.carry_out({"login": ""})
    assert set(refused_at(log.view.state)) == {"login"}
    log.carry_out({"login": "omar"})
    log.carry_out({"duties": "", "start": "2025-01-05", "end": ""})
    assert set(refused_at(log.view.state)) == {"duties"}
    log.carry_out({"duties": "RECORD;ENROL", "start": "2025-01-05", "end": "4 Jan 2025"})
    assert set(refused_at(log.view.state)) == {"end"}
    log.carry_out({"duties": "RECORD;ENROL", "start": "5 Jan 2025", "end": "10 Jan 2025"})
    (line,) = log.view.lines
    assert (line.name, line.duties, line.state) == (
        "Omar Aziz",
        "enrol subjects, record answers",
        "ends soon",
    )
    told = NoticeLines(staff.at(staff.lina), staff.vault.locked)()
    assert any("10 Jan 2025" in one.text for one in told)
    log.begin_end(line.delegation)
    log.carry_out({"end": "2025-01-04", "reason": "on leave"})
    assert log.view.lines[0].state == "ended"
    staff.clock.later(days=20)
    log.refresh()
    log.begin_end(line.delegation)
    assert log.view.state.act is None


@pytest.mark.req("REQ-206")
def test_whoever_does_not_oversee_reads_the_log_and_begins_nothing(staff: Staff) -> None:
    staff.bus.send(DelegateDuties(login="omar", duties=("RECORD",), start="2025-01-05"), staff.lina)
    log = staff.log(staff.omar)
    assert not log.view.may
    log.begin()
    log.begin_end(log.view.lines[0].delegation)
    assert log.view.state.act is None


def test_rights_have_words_each_its_own(staff: Staff) -> None:
    say = staff.at(staff.lina).texts
    words = [rights_words({right}, say) for right in Right]
    assert len({word for word in words if word != "–"}) == len(Right) - 3
    assert all(rights_words(rights, say) != "–" for rights in RIGHTS.values())

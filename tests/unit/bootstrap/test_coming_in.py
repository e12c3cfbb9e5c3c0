"""Coming in at a real site: wrong passwords, an own password, what comes first, how long it lasts."""

from __future__ import annotations

import shutil
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from crfapp.base.problems import AppProblem, Code
from crfapp.bootstrap.keeping import SiteKeys
from crfapp.bootstrap.letting_in import LettingIn
from crfapp.cli.parts import Credentials
from crfapp.ledger.state import PersonRow
from crfapp.present.arrival import Attempt
from crfapp.store.attempts import LIMIT
from crfapp.store.recovery import new_secret, sheet_text
from crfapp.work.accounts import (
    ChangePerson,
    EndPerson,
    ResetPassword,
    UnlockAccount,
    UnlockAdministrator,
)
from crfapp.work.own_account import AcceptStatement, NoteTraining, Step, steps_of
from crfapp.work.people import AddPerson, CloseSession, OpenSession
from crfapp.work.policy import SetPolicy
from crfapp.work.roles import Role
from crfapp.work.subjects import EnrolSubject
from tests.support.quick_site import ADMIN_PASSWORD, OWN, QUICK, QuickSite, password_of

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.present.workplace import Workplace

FIRST = "four cups of mint tea"


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CRFAPP_STATE", str(tmp_path / "state"))
    return tmp_path / "state"


@pytest.fixture
def site(tmp_path: Path) -> QuickSite:
    site = QuickSite(tmp_path / "site")
    site.settle("haddad", "rania")
    return site


def code_of(act: Any, *given: Any, **named: Any) -> Code | None:
    try:
        act(*given, **named)
    except AppProblem as problem:
        return problem.code
    return None


def tries(site: QuickSite, login: str, password: str) -> Code | None:
    """One attempt at the door; whoever comes in leaves again."""
    code = code_of(site.door.log_in, login, password, language="en")
    site.door.leave("quit")
    return code


def lock_out(site: QuickSite, login: str) -> None:
    for _ in range(LIMIT):
        assert tries(site, login, "a wrong one") is Code.WRONG_LOGIN
    assert tries(site, login, password_of(login)) is Code.LOCKED_OUT


def hired(at: Workplace, site: QuickSite, login: str, role: Role = Role.NURSE) -> None:
    """A new account with a first password that the administrator chose."""
    assert site.door.site is not None
    at.send(AddPerson(login=login, name=login.capitalize(), role=role, organisation="CTC"))
    SiteKeys(site.door.site, site.door.cost).give(login, FIRST)


# ---- locked out


@pytest.mark.req("REQ-207")
def test_the_attempts_stand_in_the_ledger_and_are_told_to_whom_they_concern(site: QuickSite) -> None:
    site.clock.later(minutes=5)
    for login in ("rania", "rania", "haddad", "rannia"):
        tries(site, login, "a wrong one")
    at = site.clock.now()
    site.restart()
    site.clock.later(hours=3)
    with site.as_person("haddad") as haddad:
        assert haddad.arrival.attempts == (Attempt(f"{at:%Y-%m-%dT%H:%M:%S}.000000Z"),)
        refused = [record.event for record in haddad.events.records(kinds={"session-refused"})]
        assert [getattr(event, "tried", "") for event in refused] == ["rania", "rania", "haddad", None]
    with site.as_person("rania") as rania:
        assert len(rania.arrival.attempts) == 2
        assert len(list(rania.events.records(kinds={"session-refused"}))) == 4
    with site.as_person("rania") as rania:
        assert rania.arrival.attempts == ()


@pytest.mark.req("REQ-207", "REQ-404")
def test_a_clock_set_back_for_the_attempts_does_not_hide_them(site: QuickSite) -> None:
    with site.as_person("rania"):
        pass
    site.clock.later(days=-30)
    tries(site, "rania", "a wrong one")
    with site.as_person("haddad"):
        pass
    site.clock.later(days=30)
    with site.as_person("rania") as rania:
        assert len(rania.arrival.attempts) == 1


@pytest.mark.req("REQ-207")
def test_a_database_that_is_put_back_takes_no_lock_out_away(site: QuickSite, tmp_path: Path) -> None:
    shutil.copytree(site.folder, tmp_path / "kept")
    lock_out(site, "rania")
    for file in ("ledger.db", "vault.json", "vault.json.bak"):
        shutil.copy(tmp_path / "kept" / file, site.folder / file)
    site.restart()
    assert tries(site, "rania", password_of("rania")) is Code.LOCKED_OUT


@pytest.mark.req("REQ-207")
def test_only_somebody_else_lets_a_person_in_again(site: QuickSite) -> None:
    lock_out(site, "rania")
    with site.as_person("admin") as admin:
        assert site.door.site is not None
        keys = SiteKeys(site.door.site, site.door.cost)
        assert keys.locked() == {"rania"}
        admin.send(UnlockAccount(login="rania"))
        keys.unlock("rania")
        assert code_of(admin.send, UnlockAccount(login="admin")) is Code.SOMEBODY_ELSE
    with site.as_person("rania") as rania:
        assert len(rania.arrival.attempts) == LIMIT + 1


@pytest.mark.req("REQ-207")
def test_an_investigator_lets_the_only_administrator_in_again_and_nobody_else(site: QuickSite) -> None:
    lock_out(site, "admin")
    with site.as_person("haddad") as haddad:
        assert code_of(haddad.send, UnlockAccount(login="rania")) is Code.NOT_ALLOWED
        assert code_of(haddad.send, UnlockAdministrator(login="rania")) is Code.NOT_ALLOWED
        haddad.send(UnlockAdministrator(login="admin"))
        assert site.door.site is not None
        SiteKeys(site.door.site, site.door.cost).unlock("admin")
    assert tries(site, "admin", ADMIN_PASSWORD) is None


@pytest.mark.req("REQ-207", "REQ-904")
def test_the_sheet_in_the_safe_lets_an_administrator_in_and_nobody_else(site: QuickSite) -> None:
    lock_out(site, "admin")
    by_sheet = LettingIn(QUICK).by_sheet
    sheet = sheet_text(site.secret)
    assert code_of(by_sheet, site.folder, sheet, "rania", reset=True) is Code.NOT_ALLOWED
    assert code_of(by_sheet, site.folder, sheet_text(new_secret()), "admin", reset=False)
    assert tries(site, "admin", ADMIN_PASSWORD) is Code.LOCKED_OUT
    assert by_sheet(site.folder, sheet, "admin", reset=False) == ""
    with site.as_person("admin") as admin:
        opened = [record.event for record in admin.events.records(kinds={"session-opened"})]
        assert [getattr(event, "how", "") for event in opened] == ["recovery", "login"]

    secret = by_sheet(site.folder, sheet, "admin", reset=True)
    assert tries(site, "admin", ADMIN_PASSWORD) is Code.WRONG_LOGIN
    with site.as_person("admin", secret) as admin:
        assert Step.PASSWORD in admin.arrival.steps


def test_an_administrator_resets_and_unlocks_at_the_command_line(site: QuickSite) -> None:
    from crfapp.cli.parts import Credentials

    who = Credentials("admin", ADMIN_PASSWORD)
    lock_out(site, "rania")
    assert LettingIn(QUICK).by_administrator(site.folder, who, "rania", reset=False) == ""
    assert tries(site, "rania", password_of("rania")) is None
    secret = LettingIn(QUICK).by_administrator(site.folder, who, "rania", reset=True)
    with site.as_person("rania", secret) as rania:
        assert rania.arrival.reset_by == "Site administrator"
    nurse = Credentials("haddad", password_of("haddad"))
    refused = code_of(LettingIn(QUICK).by_administrator, site.folder, nurse, "rania", reset=True)
    assert refused is Code.NOT_ALLOWED


# ---- before work


@pytest.mark.req("REQ-205", "REQ-211", "REQ-309")
def test_whoever_comes_in_first_chooses_a_password_accepts_and_confirms_before_any_work(
    site: QuickSite,
) -> None:
    with site.as_person("admin") as admin:
        hired(admin, site, "samia")
    with site.as_person("samia", FIRST) as samia:
        assert list(samia.arrival.steps) == [Step.PASSWORD, Step.STATEMENT, Step.TRAINING]
        assert code_of(samia.send, EnrolSubject()) is Code.OWN_PASSWORD_NEEDED
        assert code_of(site.door.set_own_password, "a wrong one", OWN) is Code.WRONG_LOGIN
        for weak in ("short", FIRST, "Cell Therapy Center 2025"):
            assert code_of(site.door.set_own_password, FIRST, weak) is not None
        site.door.set_own_password(FIRST, OWN)
        assert list(samia.arrival.steps) == [Step.STATEMENT, Step.TRAINING]
        assert code_of(samia.send, EnrolSubject()) is Code.NOT_TRAINED
        assert code_of(samia.send, AcceptStatement(statement="0")) is Code.NOT_TRAINED
        samia.send(AcceptStatement())
        samia.send(NoteTraining())
        assert samia.send(EnrolSubject()).events
    assert tries(site, "samia", FIRST) is Code.WRONG_LOGIN
    with site.as_person("samia", OWN) as samia:
        assert samia.arrival.steps == ()
        refused = [record.event for record in samia.events.records(kinds={"act-refused"})]
        assert [getattr(event, "command", "") for event in refused] == [
            "EnrolSubject",
            "EnrolSubject",
            "AcceptStatement",
        ]


@pytest.mark.req("REQ-205")
def test_another_version_of_the_program_asks_again_a_correction_of_it_does_not(site: QuickSite) -> None:
    with site.open() as opened:
        row = opened.desk.tables.get(PersonRow, "rania")
    assert row is not None
    assert steps_of(row, "0.1.9") == ()
    assert steps_of(row, "0.2.0") == (Step.TRAINING,)
    assert steps_of(row._replace(role="investigator"), "0.1.0") == (Step.TRAINING,)
    assert steps_of(row._replace(statement="0"), "0.1.0") == (Step.STATEMENT,)


@pytest.mark.req("REQ-201", "REQ-204")
def test_an_account_outside_its_days_or_closed_opens_nothing_and_its_key_goes(site: QuickSite) -> None:
    with site.as_person("admin") as admin:
        admin.send(
            ChangePerson(
                login="rania",
                name="Rania Khalil",
                role=Role.NURSE,
                organisation="CTC",
                valid_to="2025-01-06",
                reason="her contract",
            )
        )
    assert tries(site, "rania", password_of("rania")) is None
    site.clock.later(days=1, hours=14, minutes=49)  # 23:59 on the last day, at the site
    assert tries(site, "rania", password_of("rania")) is None
    site.clock.later(minutes=1)
    assert tries(site, "rania", password_of("rania")) is Code.ACCOUNT_ENDED
    with site.as_person("admin") as admin:
        admin.send(EndPerson(login="rania", reason="she left the clinic"))
    assert tries(site, "rania", password_of("rania")) is Code.ACCOUNT_ENDED
    with site.as_person("admin"):  # whoever comes in next finishes what the program could not
        assert site.door.site is not None
        assert "rania" not in SiteKeys(site.door.site).holders()
    assert tries(site, "rania", password_of("rania")) is Code.WRONG_LOGIN


@pytest.mark.req("REQ-201")
def test_a_login_is_given_once_also_after_the_site_was_put_back_from_an_older_copy(
    site: QuickSite, tmp_path: Path
) -> None:
    shutil.copytree(site.folder, tmp_path / "kept")
    with site.as_person("admin") as admin:
        hired(admin, site, "samia")
        admin.send(EndPerson(login="samia", reason="she left the clinic"))
        again = AddPerson(login="Samia", name="Samia Other", role=Role.NURSE, organisation="CTC")
        assert code_of(admin.send, again) is Code.LOGIN_TAKEN
    shutil.rmtree(site.folder)
    shutil.copytree(tmp_path / "kept", site.folder)
    site.restart()
    who = Credentials("admin", password_of("admin"))
    LettingIn(QUICK).from_older_copy(site.folder, who, "the disk broke")
    with site.as_person("admin") as admin:
        assert admin.tables.get(PersonRow, "samia") is None
        assert code_of(admin.send, again) is Code.LOGIN_TAKEN
        other = AddPerson(login="salma", name="Salma", role=Role.NURSE, organisation="CTC")
        assert code_of(admin.send, other) is None


@pytest.mark.req("REQ-208")
@pytest.mark.parametrize(("days", "asked"), [(0, False), (365, True)])
def test_a_password_ages_only_where_the_rules_of_the_site_say_so(
    site: QuickSite, days: int, *, asked: bool
) -> None:
    with site.as_person("admin") as admin:
        if days:
            admin.send(SetPolicy(password_days=days, reason="the sponsor insists"))
    site.clock.later(days=364)
    with site.as_person("rania") as rania:
        assert not rania.arrival.aged
    site.clock.later(days=2)
    with site.as_person("rania") as rania:
        assert rania.arrival.aged == asked
        assert (Step.PASSWORD in rania.arrival.steps) == asked
        if asked:
            site.door.set_own_password(password_of("rania"), OWN)
            assert rania.arrival.steps == ()


@pytest.mark.req("REQ-208", "REQ-209")
def test_the_shortest_password_is_what_the_rules_say(site: QuickSite) -> None:
    with site.as_person("admin") as admin:
        admin.send(SetPolicy(shortest=24, attempts=3, reason="the sponsor insists"))
    with site.as_person("rania"):
        now = password_of("rania")
        assert code_of(site.door.set_own_password, now, "six quiet lanterns") is Code.PASSWORD_TOO_SHORT
        site.door.set_own_password(now, OWN)
    for _ in range(3):
        assert tries(site, "rania", "a wrong one") is Code.WRONG_LOGIN
    assert tries(site, "rania", OWN) is Code.LOCKED_OUT


@pytest.mark.req("REQ-212")
def test_a_session_ends_after_so_many_hours_however_often_it_is_locked(site: QuickSite) -> None:
    rania = site.door.log_in("rania", password_of("rania"), language="en")
    site.clock.later(hours=11)
    assert rania.send(EnrolSubject()).events
    site.door.leave("idle")
    rania = site.door.log_in("rania", password_of("rania"), language="en", unlock=True)
    site.clock.later(hours=1)
    assert code_of(rania.send, EnrolSubject()) is Code.SESSION_OVER
    assert code_of(rania.send, OpenSession()) is Code.SESSION_OVER
    assert rania.send(CloseSession(how="logout")).events
    site.door.leave("logout")
    with site.as_person("rania", unlock=True) as rania:  # the session was over: a new one begins
        assert rania.arrival.until == site.clock.now() + timedelta(hours=12)
        assert rania.send(EnrolSubject()).events


def test_an_own_password_that_was_kept_before_the_power_went_is_recorded_by_the_next_login(
    site: QuickSite,
) -> None:
    with site.as_person("admin") as admin:
        hired(admin, site, "samia")
        assert site.door.site is not None
        site.door.site.gate.change_password("samia", FIRST, OWN)
    with site.as_person("samia", OWN) as samia:
        assert samia.arrival.steps == (Step.STATEMENT, Step.TRAINING)


def test_a_reset_that_was_recorded_before_the_power_went_is_done_again(site: QuickSite) -> None:
    with site.as_person("admin") as admin:
        admin.send(ResetPassword(login="rania", reason="forgot it"))
    with site.as_person("rania") as rania:  # her own password still opens what it opened
        assert rania.arrival.steps == ()
        row = rania.tables.get(PersonRow, "rania")
        assert row is not None
        assert (row.identity, row.key) == ("", "")

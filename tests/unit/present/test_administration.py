"""An administrator gives accounts, as far as the page decides about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import AppProblem, Code, EnvironmentProblem
from crfapp.present.administration import Administration
from crfapp.present.new_person import NewPerson
from crfapp.present.people import People
from crfapp.work.backups import NoteBackup
from tests.support.clinic import ADMIN, RANIA, Clinic
from tests.support.paper_vault import HereAndNow, PaperVault
from tests.support.playing import shipped_study
from tests.support.site_of import workplace

if TYPE_CHECKING:
    from crfapp.work.roles import Actor

PASSWORD = "four cups of mint tea"
SAMIA = NewPerson("Samia Aziz", "samia", "Cell Therapy Center", "nurse", PASSWORD, PASSWORD)


@dataclass
class Shelf:
    """Copies, or the reason why there is none."""

    clinic: Clinic
    made: datetime | None = None
    problem: AppProblem | None = None

    def newest(self) -> datetime | None:
        return self.made

    def make(self) -> NoteBackup:
        if self.problem is not None:
            raise self.problem
        self.made = self.clinic.clock.now()
        return NoteBackup(place="here", file="by-hand.db", sha256="ab" * 32, events=3, head="")


class Office:
    """The page with what it stands on."""

    def __init__(self, actor: Actor = ADMIN, language: str = "en") -> None:
        self.clinic = Clinic(shipped_study("nct06813027"))
        self.lane, self.vault, self.shelf = HereAndNow(), PaperVault(self.clinic), Shelf(self.clinic)
        at = workplace(self.clinic, language, actor)
        self.page = Administration(at, self.lane, self.vault, self.shelf)
        self.people = People(at, self.lane, self.vault)
        self.page.watch(lambda _: self.people.refresh())

    def kinds(self) -> list[str]:
        return [link.kind for link in self.clinic.ledger.links]


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.mark.req("REQ-201")
def test_a_nurse_gets_an_account_that_is_on_record_before_it_opens(office: Office) -> None:
    office.page.add(SAMIA)
    assert office.kinds()[-2:] == ["person-added", "password-set"]
    assert office.vault.passwords["samia"] == PASSWORD
    (line,) = office.people.view.lines
    assert (line.name, line.login, line.role, line.has_password) == ("Samia Aziz", "samia", "nurse", True)
    assert "Samia Aziz" in office.page.view.done


@pytest.mark.req("REQ-201")
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": "  "}, "name"),
        ({"login": "Samia A"}, "login"),
        ({"login": ""}, "login"),
        ({"organisation": ""}, "organisation"),
        ({"role": ""}, "role"),
        ({"role": "surgeon"}, "role"),
        ({"password": "short", "again": "short"}, "password"),
        ({"password": "passwordpassword", "again": "passwordpassword"}, "password"),
        ({"password": "samia walks home late", "again": "samia walks home late"}, "password"),
        ({"again": PASSWORD + "!"}, "again"),
    ],
)
def test_what_is_not_in_order_is_said_beside_its_field(
    office: Office, wrong: dict[str, str], field: str
) -> None:
    before = len(office.kinds())
    office.page.add(replace(SAMIA, **wrong))
    assert list(office.page.view.problems) == [field]
    assert len(office.kinds()) == before
    assert set(office.vault.passwords) == {"admin"}


def test_an_empty_form_is_refused_at_every_field_at_once(office: Office) -> None:
    office.page.add(NewPerson())
    assert set(office.page.view.problems) == {"name", "login", "organisation", "role", "password"}


@pytest.mark.req("REQ-201")
def test_a_login_is_never_given_twice(office: Office) -> None:
    office.page.add(SAMIA)
    office.page.add(
        replace(SAMIA, name="Samir Nasser", password="six cups of mint tea!", again="six cups of mint tea!")
    )
    assert list(office.page.view.problems) == ["login"]
    assert office.vault.passwords["samia"] == PASSWORD


@pytest.mark.req("REQ-201")
def test_where_the_disk_is_full_the_account_waits_for_its_password(office: Office) -> None:
    office.vault.problem = EnvironmentProblem(Code.DISK_FULL)
    office.page.add(SAMIA)
    view = office.page.view
    assert (view.waiting, view.adding, view.done) == ("samia", False, "")
    assert "samia" in view.problems[""]
    assert [line.has_password for line in office.people.view.lines] == [False]

    office.vault.problem = None
    office.page.add(NewPerson(password="x", again="x"))
    assert list(office.page.view.problems) == ["password"]
    office.page.add(NewPerson(password=PASSWORD, again=PASSWORD))
    assert office.kinds()[-1] == "password-set"
    assert office.vault.passwords["samia"] == PASSWORD
    assert (office.page.view.waiting, dict(office.page.view.problems)) == ("", {})


def test_only_an_account_without_a_password_can_be_chosen(office: Office) -> None:
    office.vault.problem = EnvironmentProblem(Code.DISK_FULL)
    office.page.add(SAMIA)
    office.page.choose("")
    assert office.page.view.waiting == ""
    office.page.choose("samia")
    assert office.page.view.waiting == "samia"
    office.vault.problem = None
    office.page.add(NewPerson(password=PASSWORD, again=PASSWORD))
    office.page.choose("samia")
    assert office.page.view.waiting == ""


def test_while_the_key_is_wrapped_nothing_is_added_a_second_time(office: Office) -> None:
    office.lane.later = True
    office.page.add(SAMIA)
    adding = [office.page.view.adding]
    office.page.add(replace(SAMIA, login="samia2"))
    office.page.refresh()
    assert len(office.lane.waiting) == 1
    office.lane.waiting[0]()
    assert [*adding, office.page.view.adding] == [True, False]
    assert [line.login for line in office.people.view.lines] == ["samia"]


@pytest.mark.req("REQ-216")
def test_a_nurse_gives_no_account() -> None:
    nurses = Office(actor=RANIA)
    before = len(nurses.kinds())
    nurses.page.add(SAMIA)
    nurses.page.copy_now()
    assert len(nurses.kinds()) == before
    assert set(nurses.vault.passwords) == {"admin"}
    assert nurses.shelf.made is None


def test_no_word_of_the_password_is_kept(office: Office) -> None:
    office.page.add(SAMIA)
    assert PASSWORD not in repr(office.page.view) + repr(vars(office.page))
    assert PASSWORD.encode() not in b"".join(link.body + link.told for link in office.clinic.ledger.links)


def test_rules_are_ticked_while_typing(office: Office) -> None:
    kept = [
        [rule.kept for rule in office.page.rules(replace(SAMIA, password=typed, again=again))]
        for typed, again in (("", ""), ("passwordpassword", ""), (PASSWORD, PASSWORD))
    ]
    assert kept == [[False, False, False], [True, False, False], [True, True, True]]


def test_a_login_is_taken_with_ascii_digits_and_without_room_around(office: Office) -> None:
    office.page.add(replace(SAMIA, login=" samia٢ ", name="  Samia   Aziz "))
    assert [(line.login, line.name) for line in office.people.view.lines] == [("samia2", "Samia Aziz")]


def test_a_damaged_vault_is_said_and_nobody_is_shown_without_a_password(office: Office) -> None:
    office.page.add(SAMIA)
    office.vault.damaged = True
    office.people.refresh()
    assert office.people.view.problem
    assert [line.has_password for line in office.people.view.lines] == [True]


@pytest.mark.req("REQ-403")
def test_a_copy_is_made_and_its_age_follows(office: Office) -> None:
    assert (office.page.view.copy, office.page.view.copy_tone) == ("There is no verified copy yet.", "warn")
    office.page.copy_now()
    assert "just now" in office.page.view.copy
    ages = []
    for hours in (0.5, 1, 24, 48):
        office.clinic.clock.later(hours=hours)
        office.page.refresh()
        ages.append((office.page.view.copy.rsplit(", ", 1)[1], office.page.view.copy_tone))
    assert ages == [
        ("30 minutes ago.", "ok"),
        ("1 hour ago.", "ok"),
        ("1 day ago.", "ok"),
        ("3 days ago.", "warn"),
    ]


def test_a_copy_that_fails_says_why_and_can_be_tried_again(office: Office) -> None:
    office.shelf.problem = EnvironmentProblem(Code.DISK_FULL)
    office.page.copy_now()
    assert "full" in office.page.view.copy_problem
    assert not office.page.view.copying
    office.shelf.problem = None
    office.page.copy_now()
    assert office.page.view.copy_problem == ""
    assert office.shelf.made == office.clinic.clock.now()


def test_a_copy_in_the_future_is_no_age_below_nothing(office: Office) -> None:
    office.shelf.made = datetime(2030, 1, 1, tzinfo=UTC)
    office.page.refresh()
    assert "just now" in office.page.view.copy


def test_a_vault_before_the_record_would_be_noticed(office: Office) -> None:
    """The twin: the vault of these tests refuses a login that the ledger does not know."""
    with pytest.raises(AssertionError, match="without a record"):
        office.vault.give("stranger", PASSWORD)

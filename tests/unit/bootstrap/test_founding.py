"""Founding a site and passing its door: the assistant's other half and the login's, on a real folder."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from crfapp.base.problems import AppProblem, Code
from crfapp.bootstrap.door import SiteDoor
from crfapp.bootstrap.founding import SiteFounder
from crfapp.bootstrap.ground import forms_folder
from crfapp.ledger.state import PersonRow, SiteRow
from crfapp.present.entrance import NewSite
from crfapp.store.recovery import new_secret, read_sheet, sheet_text
from crfapp.store.site_folder import SiteFolder
from crfapp.store.vault import Vault
from crfapp.store.wrapping import Cost
from tests.support.clinic import SetClock
from tests.support.tiny import FOLDER as TINY

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from crfapp.ledger.chain import Record
    from crfapp.present.entrance import Sheet

QUICK = Cost(passes=1, memory_kib=8, lanes=1)
PASSWORD = "nine olive trees in the yard"


@pytest.fixture
def new(tmp_path: Path) -> NewSite:
    return NewSite(
        folder=tmp_path / "kept" / "site",
        pack=TINY,
        code="JO01",
        name="Cell Therapy Center",
        zone="Asia/Amman",
        login="omar",
        person="Omar Nasser",
        password=PASSWORD,
    )


@pytest.fixture
def founder() -> SiteFounder:
    return SiteFounder(forms_folder(), SetClock(), cost=QUICK)


class FailingClock(SetClock):
    """Answers so often, then the machine gives no time any more."""

    def __init__(self, answers: int) -> None:
        super().__init__()
        self.answers = answers

    def now(self) -> datetime:
        if self.answers == 0:
            raise OSError("no clock")
        self.answers -= 1
        return super().now()


def typed_back(sheet: Sheet) -> str:
    return "\n".join(sheet.lines)


def is_refused(code: Code, act: Any, *arguments: Any, **named: Any) -> None:
    with pytest.raises(AppProblem) as caught:
        act(*arguments, **named)
    assert caught.value.code is code


def found(founder: SiteFounder, new: NewSite) -> SiteDoor:
    return founder.finish(typed_back(founder.prepare(new)))


def events(door: SiteDoor, *kinds: str) -> list[Record]:
    assert door.site is not None
    return list(door.site.events.records(kinds=kinds or None))


def test_the_studies_that_come_with_the_program_are_offered(founder: SiteFounder) -> None:
    offered = {pack.study: pack for pack in founder.packs()}
    assert "nct06813027" in offered
    assert set(offered["nct06813027"].languages) >= {"en", "ar", "de"}


@pytest.mark.req("REQ-209")
def test_a_password_made_of_the_site_s_own_names_is_named_before_anything_else(
    founder: SiteFounder, new: NewSite
) -> None:
    assert founder.password_problem(new) == ""
    weak = replace(new, password="Cell Therapy Center 2025")
    assert founder.password_problem(weak) == Code.PASSWORD_FROM_NAMES.value


def test_until_the_sheet_is_typed_back_nothing_is_on_disk(founder: SiteFounder, new: NewSite) -> None:
    sheet = founder.prepare(new)
    assert len(sheet.lines) == 4
    assert "<svg" in sheet.qr_svg
    assert not new.folder.exists()


@pytest.mark.req("REQ-904")
def test_another_sheet_or_a_slip_of_the_pen_founds_nothing_and_the_right_one_still_does(
    founder: SiteFounder, new: NewSite
) -> None:
    sheet = founder.prepare(new)
    first = sheet.lines[0]
    slipped = ("B" if first[0] != "B" else "C") + first[1:]
    is_refused(Code.WRONG_RECOVERY, founder.finish, sheet_text(new_secret()))
    is_refused(Code.WRONG_RECOVERY, founder.finish, "\n".join([slipped, *sheet.lines[1:]]))
    is_refused(Code.WRONG_RECOVERY, founder.finish, "")
    assert not new.folder.exists()

    founder.finish(typed_back(sheet))
    assert SiteFolder.open(new.folder).card.code == "JO01"


def test_without_a_sheet_there_is_nothing_to_finish(founder: SiteFounder) -> None:
    is_refused(Code.WRONG_RECOVERY, founder.finish, sheet_text(new_secret()))


def test_the_sheet_and_the_password_open_the_same_site(founder: SiteFounder, new: NewSite) -> None:
    sheet = founder.prepare(new)
    founder.finish(typed_back(sheet))
    vault = Vault.load(new.folder, QUICK)
    assert vault.logins == ("omar",)
    assert vault.open_with_recovery(read_sheet(typed_back(sheet))) == vault.open("omar", PASSWORD)


@pytest.mark.req("REQ-109", "REQ-201")
def test_the_first_events_say_who_founded_what(founder: SiteFounder, new: NewSite) -> None:
    door = found(founder, new)
    work = door.log_in("omar", PASSWORD, language="en")
    assert [record.event.kind for record in events(door)] == [
        "site-founded",
        "pack-installed",
        "recovery-sheet-made",
        "person-added",
        "password-set",
        "password-set",
        "session-opened",
    ]
    assert {record.envelope.login for record in events(door)} == {"omar"}
    assert [row.zone for row in work.tables.find(SiteRow)] == ["Asia/Amman"]
    assert [row.login for row in work.tables.find(PersonRow)] == ["omar"]
    door.leave("quit")


@pytest.mark.req("REQ-404")
def test_whoever_comes_in_brings_the_latest_instant_that_was_known_before(
    founder: SiteFounder, new: NewSite
) -> None:
    door = found(founder, new)
    door.log_in("omar", PASSWORD, language="en")
    assert door.known is not None
    assert door.known.timestamp() >= (new.folder / "ledger.db").stat().st_ctime - 60  # files of today
    door.leave("logout")
    late = door.known.timestamp() + 400 * 86_400
    os.utime(new.folder / "site.json", (late, late))
    door.log_in("omar", PASSWORD, language="en")
    assert door.known.timestamp() == late


def test_a_folder_with_other_things_in_it_is_refused_and_left_as_it_is(
    founder: SiteFounder, new: NewSite
) -> None:
    new.folder.mkdir(parents=True)
    letter = new.folder / "letter.txt"
    letter.write_text("to the ethics committee", encoding="utf-8")
    is_refused(Code.FOLDER_REFUSED, founder.prepare, new)
    assert letter.read_text(encoding="utf-8") == "to the ethics committee"


def test_what_appeared_in_the_folder_while_the_sheet_was_printed_is_not_removed(
    founder: SiteFounder, new: NewSite
) -> None:
    sheet = founder.prepare(new)
    new.folder.mkdir(parents=True)
    (new.folder / "letter.txt").write_text("to the ethics committee", encoding="utf-8")
    is_refused(Code.FOLDER_REFUSED, founder.finish, typed_back(sheet))
    assert [path.name for path in new.folder.iterdir()] == ["letter.txt"]


def test_a_site_is_not_founded_over_another(founder: SiteFounder, new: NewSite) -> None:
    found(founder, new)
    before = (new.folder / "vault.json").read_bytes()
    is_refused(Code.SITE_EXISTS, founder.prepare, new)
    assert (new.folder / "vault.json").read_bytes() == before


@pytest.mark.parametrize("answers", [1, 2, 3])
def test_a_founding_that_fails_half_way_leaves_nothing(new: NewSite, answers: int) -> None:
    founder = SiteFounder(forms_folder(), FailingClock(answers), cost=QUICK)
    sheet = founder.prepare(new)
    with pytest.raises(OSError, match="no clock"):
        founder.finish(typed_back(sheet))
    assert not new.folder.exists()


def test_in_front_of_the_door_only_study_and_site_can_be_read(founder: SiteFounder, new: NewSite) -> None:
    found(founder, new)
    door = SiteDoor(new.folder, SetClock(), cost=QUICK)
    assert door.label == "tiny · JO01"
    assert door.site is None


@pytest.mark.req("REQ-109", "REQ-217")
def test_refused_attempts_stand_in_the_ledger_after_the_next_login(
    founder: SiteFounder, new: NewSite
) -> None:
    door = found(founder, new)
    is_refused(Code.WRONG_LOGIN, door.log_in, "omar", "wrong", language="en")
    is_refused(Code.WRONG_LOGIN, door.log_in, "nobody", PASSWORD, language="en")
    assert door.site is None

    door.log_in("omar", PASSWORD, language="en")
    tried = [getattr(record.event, "tried", "") for record in events(door, "session-refused")]
    assert tried == ["omar", "nobody"]
    door.leave("logout")

    door.log_in("omar", PASSWORD, language="en", unlock=True)
    assert len(events(door, "session-refused")) == 2
    door.leave("logout")


def test_leaving_is_recorded_closes_the_store_and_forgets_it(founder: SiteFounder, new: NewSite) -> None:
    door = found(founder, new)
    door.log_in("omar", PASSWORD, language="de")
    folder = SiteFolder.open(new.folder)
    is_refused(Code.SITE_OPEN, folder.held().__enter__)

    door.leave("lock")
    assert door.site is None
    with folder.held():
        pass
    door.leave("lock")  # nobody is in: nothing to record

    door.log_in("omar", PASSWORD, language="de", unlock=True)
    [opened, again] = events(door, "session-opened")
    [closed] = events(door, "session-closed")
    assert (getattr(opened.event, "how", ""), getattr(closed.event, "how", "")) == ("login", "lock")
    assert getattr(again.event, "how", "") == "unlock"
    door.leave("quit")


def test_a_damaged_vault_is_not_taken_for_a_wrong_password(founder: SiteFounder, new: NewSite) -> None:
    door = found(founder, new)
    vault = new.folder / "vault.json"
    whole = vault.read_bytes()
    vault.write_bytes(whole[:-20])
    is_refused(Code.VAULT_DAMAGED, door.log_in, "omar", PASSWORD, language="en")
    vault.write_bytes(whole)
    door.log_in("omar", PASSWORD, language="en")
    assert events(door, "session-refused") == []
    door.leave("quit")

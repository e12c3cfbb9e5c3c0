"""Recipients on the Exchange page: both codes side by side, and the end of a code heard by telephone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import Code, EnvironmentProblem
from crfapp.ledger.state import RecipientRow, RecipientWishRow, RouteRow
from crfapp.present.recipients_page import Recipients
from crfapp.present.route_setting import RouteSetting
from crfapp.work.roles import Actor, Role
from tests.support.clinic import ADMIN
from tests.support.examples.recipients import KHALIL, OURS, SWAPPED, agreed, proposed
from tests.support.fake_packages import HOST_KEY, FakePackages, FakeRoutes
from tests.support.here_and_now import HereAndNow
from tests.support.site_of import workplace
from tests.support.ward import Ward

if TYPE_CHECKING:
    from pathlib import Path

SAMAR = Actor("samar", "Dr Samar", Role.INVESTIGATOR, "CTC")


def page(ward: Ward, actor: Actor = ADMIN, routes: FakeRoutes | None = None) -> Recipients:
    at = workplace(ward, actor=actor)
    setting = RouteSetting(at, HereAndNow(), routes or FakeRoutes(ward))
    made = Recipients(at, FakePackages(ward), setting)
    made.refresh()
    return made


def certificate(folder: Path, fingerprint: str) -> Path:
    file = folder / "key.asc"
    file.write_text(fingerprint)
    return file


@pytest.mark.req("REQ-810")
def test_read_proposed_compared_and_agreed(tmp_path: Path) -> None:
    ward = Ward()
    admin = page(ward)
    admin.read(certificate(tmp_path, OURS))
    assert admin.view.chosen is not None
    assert admin.view.chosen.code == "A1A1 A1A1 A1A1 A1A1 A1A1"
    admin.carry_out({"name": " ", "profile": "sponsor"})
    assert dict(admin.view.state.problems)["name"]
    admin.carry_out({"name": "Evia  data centre", "profile": "sponsor"})
    assert admin.view.state.done == "Done: Propose this recipient."
    assert [(line.name, line.state, line.tone) for line in admin.view.lines] == [
        ("Evia data centre", "waits", "warn")
    ]
    assert (admin.waiting(), page(ward, SAMAR).waiting()) == (0, 1)
    samar = page(ward, SAMAR)
    samar.choose(samar.view.lines[0].recipient)
    samar.begin("agree")
    samar.carry_out({"heard": "a1 a2"})
    assert "not the last signs" in dict(samar.view.state.problems)["heard"]
    assert ward.ledger.tables.find(RecipientRow) == []
    samar.carry_out({"heard": "a1 a1"})
    assert [row.fingerprint for row in ward.ledger.tables.find(RecipientRow)] == [OURS]
    assert [line.state for line in samar.view.lines] == ["in force"]


@pytest.mark.req("REQ-810")
def test_a_changed_key_shows_both_codes_and_warns_before_and_after_it_is_proposed(tmp_path: Path) -> None:
    ward = Ward()
    recipient = agreed(ward)
    admin = page(ward)
    admin.choose(recipient)
    admin.read(certificate(tmp_path, SWAPPED))
    shown = admin.view.chosen
    assert shown is not None
    assert (shown.code[:4], shown.before[:4]) == ("B2B2", "A1A1")
    assert "second person" in shown.warning
    admin.carry_out({"name": "Evia data centre", "profile": "sponsor"})
    khalil = page(ward, KHALIL)
    khalil.choose(recipient)
    waits = khalil.view.chosen
    assert waits is not None
    assert (waits.code[:4], waits.before[:4], bool(waits.warning)) == ("B2B2", "A1A1", True)
    assert [line.state for line in khalil.view.lines] == ["new key waits"]
    khalil.begin("decline")
    khalil.carry_out({"reason": "their code is another one"})
    assert khalil.view.chosen is not None
    assert (khalil.view.chosen.code[:4], khalil.view.chosen.before) == ("A1A1", "")
    assert [row.state for row in ward.ledger.tables.find(RecipientWishRow)] == ["declined"]


@pytest.mark.req("REQ-810")
def test_whoever_proposed_it_is_not_offered_to_agree() -> None:
    ward = Ward()
    recipient = proposed(ward)
    turned = page(ward, Actor(ADMIN.login, ADMIN.name, Role.INVESTIGATOR, "CTC"))
    turned.choose(recipient)
    assert turned.view.chosen is not None
    assert [act.key for act in turned.view.chosen.acts] == ["decline"]
    assert "a second person" in turned.view.chosen.note
    assert turned.waiting() == 0


def test_a_folder_is_set_and_tried_and_a_password_in_an_address_is_refused_at_its_line() -> None:
    ward = Ward()
    recipient = agreed(ward)
    admin = page(ward)
    admin.choose(recipient)
    admin.begin("route")
    admin.carry_out({"url": "sftp://jo01:secret@data.example.org/in"})
    assert dict(admin.view.state.problems)["url"]
    admin.carry_out({"url": "/media/share"})
    assert admin.view.state.done == "Set, and the place can be reached."
    assert [row.url for row in ward.ledger.tables.find(RouteRow)] == ["/media/share"]
    admin.begin("route")
    admin.carry_out({"url": ""})
    assert admin.view.state.done == "Set: packages are carried by hand."
    admin.begin("end")
    admin.carry_out({"reason": "the trial moved"})
    assert [line.state for line in admin.view.lines] == ["ended"]


def test_the_key_of_a_server_is_shown_and_compared_before_anything_goes_there(tmp_path: Path) -> None:
    ward = Ward()
    routes = FakeRoutes(ward, failing={"host_key": EnvironmentProblem(Code.ROUTE_FAILS)})
    admin = page(ward, routes=routes)
    admin.choose(agreed(ward))
    admin.begin("route")
    answers = {"url": "sftp://jo01@data.example.org/in", "password": "salt lake at noon"}
    admin.carry_out(answers)
    assert "cannot be reached" in dict(admin.view.state.problems)[""]
    routes.failing = {"check_route": EnvironmentProblem(Code.ROUTE_FAILS)}
    (tmp_path / "id").write_text("-----BEGIN OPENSSH PRIVATE KEY-----")
    admin.carry_out({**answers, "private_key": str(tmp_path / "id")})
    act = admin.view.state.act
    assert act is not None
    assert HOST_KEY in act.note
    assert ward.ledger.tables.find(RouteRow) == []
    admin.carry_out({})
    [row] = ward.ledger.tables.find(RouteRow)
    assert row.url == f"sftp://jo01@data.example.org/in?host-key={HOST_KEY}"
    assert "salt lake" not in row.url
    [secret] = routes.secrets
    assert secret is not None
    assert (secret.password, secret.private_key[:10]) == ("salt lake at noon", "-----BEGIN")
    assert admin.view.state.done == "Set, but the place cannot be used yet."
    assert "cannot be reached" in dict(admin.view.state.problems)[""]


def test_whoever_does_not_agree_to_the_key_of_a_server_sets_nothing() -> None:
    ward = Ward()
    admin = page(ward)
    admin.choose(agreed(ward))
    admin.begin("route")
    admin.carry_out({"url": "sftp://jo01@data.example.org/in", "password": "salt lake at noon"})
    admin.put_away()
    admin.carry_out({})
    assert ward.ledger.tables.find(RouteRow) == []


def test_what_is_no_certificate_and_a_card_that_cannot_be_written_are_said(tmp_path: Path) -> None:
    ward = Ward()
    admin = page(ward)
    admin.read(certificate(tmp_path, "nonsense"))
    assert "not an OpenPGP certificate" in admin.view.problem
    assert admin.view.chosen is None
    desk = FakePackages(ward, failing={"give_card": EnvironmentProblem(Code.DISK_FULL)})
    at = workplace(ward, actor=ADMIN)
    full = Recipients(at, desk, RouteSetting(at, HereAndNow(), FakeRoutes(ward)))
    full.give_card(tmp_path / "card.json")
    assert full.view.problem
    admin.give_card(tmp_path / "card.json")
    assert "card.json" in admin.view.done


def test_a_nurse_has_nothing_to_do_with_keys() -> None:
    nurse = page(Ward(), Actor("rania", "Rania Haddad", Role.NURSE, "CTC"))
    assert (nurse.sees, nurse.view.own_code, nurse.view.may_propose) == (False, "", False)

"""Workstations and copies in Administration: invited with a code shown once, revoked with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import AppProblem, Code, RefusedError
from crfapp.ledger import events as ev
from crfapp.ledger.state import NodeRow
from crfapp.present.route_setting import RouteSetting
from crfapp.present.workstations import InvitationMade, Workstations
from tests.support.clinic import ADMIN
from tests.support.examples.nodes import two_workstations, workstation
from tests.support.examples.recipients import CERTIFICATE, OURS
from tests.support.fake_packages import FakeRoutes, receipt
from tests.support.here_and_now import HereAndNow
from tests.support.staff import Staff
from tests.support.telling import tell

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.ledger.events import Sort
    from crfapp.present.lane import Steps
    from crfapp.work.roles import Actor


class Inviter:
    """Implements :class:`crfapp.present.workstations.Inviting`; the new workstation is on record at once."""

    def __init__(self, staff: Staff) -> None:
        self.staff = staff
        self.copies: list[str] = []
        self.problem: AppProblem | None = None

    def invite(self, target: Path, label: str, *, copy_of: str, steps: Steps) -> InvitationMade:
        """Register it."""
        steps.step(0, 1, target.name)
        if self.problem is not None:
            raise self.problem
        self.copies.append(copy_of)
        sort: Sort = "monitor" if copy_of else "site"
        self.staff.bus.send(workstation("ws-new", "C", label=label, sort=sort), ADMIN)
        return InvitationMade(label, "k7qd-2mxw", self.code("C" * 40))

    def code(self, fingerprint: str) -> str:
        """The first twenty digits in fours."""
        return " ".join(fingerprint[at : at + 4] for at in range(0, 20, 4))


def page(staff: Staff, actor: Actor | None = None) -> tuple[Workstations, Inviter]:
    at, inviter = staff.at(actor or staff.admin), Inviter(staff)
    made = Workstations(at, HereAndNow(), inviter, RouteSetting(at, HereAndNow(), FakeRoutes(staff)))
    made.refresh()
    return made, inviter


@pytest.fixture
def staff() -> Staff:
    made = Staff()
    two_workstations(made)
    return made


@pytest.mark.req("REQ-214")
def test_a_second_workstation_is_invited_and_its_code_shown_once(staff: Staff, tmp_path: Path) -> None:
    admin, inviter = page(staff)
    admin.begin_invitation(tmp_path / "a.crfapp-invitation", copy=False)
    admin.carry_out({"label": "  "})
    assert dict(admin.view.state.problems)["label"]
    inviter.problem = RefusedError(Code.EXPORT_EXISTS)
    admin.carry_out({"label": "Laptop"})
    assert (admin.view.state.secret, bool(admin.view.state.problems)) == ("", True)
    inviter.problem = None
    admin.carry_out({"label": "Laptop  of the ward"})
    assert admin.view.state.secret == "k7qd-2mxw"
    assert "CCCC CCCC CCCC CCCC CCCC" in admin.view.state.done
    assert [line.label for line in admin.view.lines] == ["Clinic", "Ward", "Laptop of the ward"]
    admin.put_away()
    assert admin.view.state.secret == ""


@pytest.mark.req("REQ-505")
def test_a_copy_is_offered_for_a_monitor_who_has_a_key_and_for_nobody_else(
    staff: Staff, tmp_path: Path
) -> None:
    admin, inviter = page(staff)
    offered = [admin.view.copies]
    for login in ("sara", "omar"):
        tell(staff, ev.KeyRegistered(login=login, public="ab" * 32))
    admin.refresh()
    offered.append(admin.view.copies)
    assert offered == [False, True]
    admin.begin_invitation(tmp_path / "sara.crfapp-invitation", copy=True)
    act = admin.view.state.act
    assert act is not None
    assert [code for code, _ in act.fields[0].choices] == ["sara"]
    admin.carry_out({"login": ""})
    assert dict(admin.view.state.problems)["login"]
    admin.carry_out({"login": "sara"})
    assert inviter.copies == ["sara"]
    assert "Sara Khoury" in [line.label for line in admin.view.lines]


@pytest.mark.req("REQ-214")
def test_a_lost_workstation_is_revoked_with_a_reason_and_this_one_never(staff: Staff) -> None:
    tell(staff, receipt("p-1", 3, sender="ws-ward"))
    admin, _ = page(staff)
    own, ward = admin.view.lines
    assert (own.state, ward.state) == ("this one", "heard")
    assert "package" in ward.package
    admin.choose(own.node)
    assert admin.view.chosen is not None
    assert admin.view.chosen.acts == ()
    admin.choose(ward.node)
    admin.begin("revoke")
    admin.carry_out({"reason": ""})
    assert dict(admin.view.state.problems)["reason"]
    admin.carry_out({"reason": "left in a taxi"})
    assert [line.state for line in admin.view.lines] == ["this one", "revoked"]
    row = staff.ledger.tables.get(NodeRow, ward.node)
    assert row is not None
    assert row.revoked
    assert admin.view.chosen is not None
    assert admin.view.chosen.acts == ()


def test_a_place_is_set_for_a_workstation_and_for_a_centre_only_with_its_recipient(staff: Staff) -> None:
    certificate = CERTIFICATE.format(OURS)
    tell(
        staff,
        ev.NodeRegistered(
            node="ctr-1", sort="centre", label="Evia", certificate=certificate, fingerprint=OURS
        ),
    )
    admin, _ = page(staff)
    acts = {}
    for line in admin.view.lines:
        admin.choose(line.node)
        assert admin.view.chosen is not None
        acts[line.node] = [act.key for act in admin.view.chosen.acts]
    assert acts == {"ws-test": [], "ws-ward": ["route", "revoke"], "ctr-1": ["revoke"]}
    admin.choose("ws-ward")
    admin.begin("route")
    admin.carry_out({"url": "/media/share"})
    assert admin.view.state.done == "Set, and the place can be reached."
    admin.choose("ws-ward")
    assert admin.view.chosen is not None
    assert ("Where packages go", "\u2068/media/share\u2069") in admin.view.chosen.facts


def test_whoever_does_not_administer_invites_and_revokes_nothing(staff: Staff, tmp_path: Path) -> None:
    lina, inviter = page(staff, staff.lina)
    lina.begin_invitation(tmp_path / "x", copy=False)
    lina.carry_out({"label": "Laptop"})
    lina.choose("ws-ward")
    assert lina.view.chosen is not None
    assert (lina.view.chosen.acts, inviter.copies) == ((), [])

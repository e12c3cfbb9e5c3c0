"""Where packages go is not one person's to decide: a swapped key needs a second one to agree."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.state import NodeRow, RecipientRow, RecipientWishRow, RouteRow
from crfapp.work import recipients
from crfapp.work.recipients import (
    AgreeRecipient,
    DeclineRecipient,
    EndRecipient,
    ProposeRecipient,
    SetRoute,
)
from crfapp.work.roles import Actor, Role
from tests.support.clinic import ADMIN
from tests.support.examples.nodes import two_workstations
from tests.support.examples.people import hire
from tests.support.examples.recipients import CERTIFICATE, KHALIL, OURS, SWAPPED, agreed, proposal, proposed
from tests.support.ward import Ward

if TYPE_CHECKING:
    from crfapp.work.cases import Command

TURNCOAT = Actor("admin", "Site administrator", Role.INVESTIGATOR, "Cell Therapy Center")
"""Whoever proposed, later in the role that agrees."""


def in_force(ward: Ward) -> list[tuple[str, str]]:
    """Names and fingerprints that packages are encrypted to."""
    rows = ward.ledger.tables.find(RecipientRow, ended=0)
    return [(row.name, row.fingerprint) for row in rows]


def refusal(ward: Ward, command: Command, actor: Actor) -> Code:
    with pytest.raises(RefusedError) as refused:
        ward.bus.send(command, actor)
    return refused.value.code


def swap_alone(ward: Ward) -> None:
    """One person puts another key in the place of the sponsor's, in whichever role they can get."""
    recipient = agreed(ward)
    proposed(ward, SWAPPED, recipient)
    assert in_force(ward) == [("Evia data centre", OURS)]
    refused = refusal(ward, AgreeRecipient(recipient=recipient, fingerprint=SWAPPED), TURNCOAT)
    assert refused is Code.SECOND_PERSON
    assert in_force(ward) == [("Evia data centre", OURS)]


@pytest.mark.req("REQ-810")
def test_nothing_is_encrypted_to_anybody_before_a_second_person_agrees() -> None:
    ward = Ward()
    recipient = proposed(ward)
    assert in_force(ward) == []
    ward.bus.send(AgreeRecipient(recipient=recipient, fingerprint=OURS), KHALIL)
    assert in_force(ward) == [("Evia data centre", OURS)]
    [row] = ward.ledger.tables.find(RecipientRow)
    assert (row.agreed_by, ward.ledger.tables.find(RecipientWishRow)[0].asked_by) == ("khalil", "admin")


@pytest.mark.req("REQ-810")
def test_a_swapped_key_changes_nothing_while_one_person_wants_it() -> None:
    swap_alone(Ward())


@pytest.mark.req("REQ-810")
def test_the_same_check_fails_where_one_person_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sabotaged twin: nobody looks whether whoever agrees is another person."""
    monkeypatch.setattr(recipients, "is_same_person", lambda *_: False)
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        swap_alone(Ward())


@pytest.mark.req("REQ-810")
def test_two_persons_change_the_key_and_both_are_on_record() -> None:
    ward = Ward()
    recipient = agreed(ward)
    proposed(ward, SWAPPED, recipient)
    ward.bus.send(AgreeRecipient(recipient=recipient, fingerprint=SWAPPED.lower()), KHALIL)
    assert in_force(ward) == [("Evia data centre", SWAPPED)]


@pytest.mark.req("REQ-810")
def test_what_is_agreed_to_is_what_was_compared() -> None:
    """Between looking at the code and agreeing another certificate was proposed."""
    ward = Ward()
    recipient = proposed(ward)
    proposed(ward, SWAPPED, recipient)
    assert refusal(ward, AgreeRecipient(recipient=recipient, fingerprint=OURS), KHALIL) is Code.NOT_WAITING
    assert in_force(ward) == []


@pytest.mark.req("REQ-810")
def test_an_earlier_account_of_the_same_person_is_no_second_person() -> None:
    ward = Ward()
    hire(ward, ADMIN.login, Role.ADMINISTRATOR, ADMIN.name)
    recipient = proposed(ward)
    again = hire(ward, "khalil2", Role.INVESTIGATOR, "Khalil Odeh")
    renamed = replace(again, name="site  ADMINISTRATOR")
    agree = AgreeRecipient(recipient=recipient, fingerprint=OURS)
    assert refusal(ward, agree, renamed) is Code.SECOND_PERSON
    assert ward.bus.send(agree, again).events


def test_declined_leaves_the_key_before_it_and_nobody_decides_twice() -> None:
    ward = Ward()
    recipient = agreed(ward)
    proposed(ward, SWAPPED, recipient)
    ward.bus.send(DeclineRecipient(recipient=recipient, reason="the code differs"), KHALIL)
    assert in_force(ward) == [("Evia data centre", OURS)]
    for late in (
        AgreeRecipient(recipient=recipient, fingerprint=SWAPPED),
        DeclineRecipient(recipient=recipient, reason="once more"),
    ):
        assert refusal(ward, late, KHALIL) is Code.NOT_WAITING


def test_one_who_ended_gets_nothing_until_two_persons_say_so_again() -> None:
    ward = Ward()
    recipient = agreed(ward)
    end = EndRecipient(recipient=recipient, reason="the trial moved")
    ward.bus.send(end, ADMIN)
    assert in_force(ward) == []
    assert refusal(ward, end, ADMIN) is Code.RECIPIENT_UNKNOWN
    proposed(ward, OURS, recipient)
    ward.bus.send(AgreeRecipient(recipient=recipient, fingerprint=OURS), KHALIL)
    assert in_force(ward) == [("Evia data centre", OURS)]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": "  "}, Code.NOT_NAMED),
        ({"profile": ""}, Code.NOT_NAMED),
        ({"certificate": "age1qqq"}, Code.CERTIFICATE_WRONG),
        ({"certificate": CERTIFICATE.format("BEGIN PGP PRIVATE KEY BLOCK")}, Code.CERTIFICATE_WRONG),
        ({"certificate": CERTIFICATE.format("x" * 70_000)}, Code.CERTIFICATE_WRONG),
        ({"fingerprint": "A1"}, Code.CERTIFICATE_WRONG),
        ({"fingerprint": "Z9" * 20}, Code.CERTIFICATE_WRONG),
        ({"recipient": "nobody"}, Code.RECIPIENT_UNKNOWN),
    ],
)
def test_what_is_no_recipient_is_refused_by_name(changes: dict[str, str], code: Code) -> None:
    wish: ProposeRecipient = replace(proposal(), **changes)
    assert refusal(Ward(), wish, ADMIN) is code


@pytest.mark.req("REQ-214", "REQ-810")
def test_a_centre_is_heard_from_the_moment_two_persons_agreed() -> None:
    ward = Ward()
    recipient = proposed(ward, node="ctr-1")
    assert ward.ledger.tables.find(NodeRow) == []
    ward.bus.send(AgreeRecipient(recipient=recipient, fingerprint=OURS), KHALIL)
    [row] = ward.ledger.tables.find(NodeRow)
    assert (row.node, row.sort, row.fingerprint, row.place) == ("ctr-1", "centre", OURS, -1)


@pytest.mark.req("REQ-214", "REQ-810")
@pytest.mark.parametrize("node", ["ws-test", "ws-ward"])
def test_no_recipient_comes_to_speak_for_a_workstation_of_the_site(node: str) -> None:
    ward = Ward()
    two_workstations(ward)
    assert refusal(ward, proposal(node=node), ADMIN) is Code.NODE_KNOWN


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/media/stick/out",
        "E:\\packages",
        "\\\\server\\share\\in",
        "file:///srv/out",
        "sftp://jo01@data.example.org:2222/in",
        "s3://bucket/jo01",
        "webdavs://cloud.example.org/remote.php/dav",
    ],
)
def test_a_place_for_packages_is_taken_as_it_is(url: str) -> None:
    ward = Ward()
    peer = agreed(ward)
    ward.bus.send(SetRoute(peer=peer, url=f" {url} "), ADMIN)
    [row] = ward.ledger.tables.find(RouteRow)
    assert (row.peer, row.url) == (peer, url)


@pytest.mark.parametrize(
    "url",
    [
        "out",
        "ftp://data.example.org/in",
        "http://data.example.org/in",
        "sftp:///in",
        "s3://",
        "sftp://jo01:salt-lake@data.example.org/in",
        "sftp://jo01:@data.example.org/in",
        "webdavs://cloud.example.org/dav?token=abc",
        "webdavs://cloud.example.org/dav#abc",
        "sftp://[half/in",
        "/media/stick\n/out",
    ],
)
def test_a_secret_or_a_riddle_is_no_place_for_packages(url: str) -> None:
    ward = Ward()
    assert refusal(ward, SetRoute(peer=agreed(ward), url=url), ADMIN) is Code.ROUTE_WRONG
    assert ward.ledger.tables.find(RouteRow) == []


def test_a_route_leads_to_somebody_who_is_known() -> None:
    ward = Ward()
    assert refusal(ward, SetRoute(peer="nobody", url="/out"), ADMIN) is Code.RECIPIENT_UNKNOWN
    ward.bus.send(SetRoute(peer=two_workstations(ward), url="/out"), ADMIN)
    assert len(ward.ledger.tables.find(RouteRow)) == 1

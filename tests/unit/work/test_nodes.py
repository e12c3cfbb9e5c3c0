"""Workstations of a site are registered one by one, share out the numbers, and are revoked when lost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.events import End
from crfapp.ledger.state import NodeRow
from crfapp.work.nodes import PLACES, RevokeNode
from tests.support.clinic import ADMIN, Clinic
from tests.support.examples.nodes import two_workstations, workstation
from tests.support.memory_ledger import MemoryLedger
from tests.support.ward import Ward, ward_study

if TYPE_CHECKING:
    from crfapp.work.cases import Command


def refusal(ward: Clinic, command: Command) -> Code:
    with pytest.raises(RefusedError) as refused:
        ward.bus.send(command, ADMIN)
    return refused.value.code


@pytest.mark.req("REQ-214")
def test_places_count_on_and_numbers_are_shared_out_above_the_highest_one() -> None:
    ward = Ward()
    ward.enrol()
    two_workstations(ward)
    ward.enrol()
    ward.bus.send(workstation("ws-lab", "C"), ADMIN)
    rows = ward.ledger.tables.find(NodeRow)
    places = {row.node: (row.place, row.numbers_after) for row in rows}
    assert places == {"ws-test": (0, 2), "ws-ward": (1, 2), "ws-lab": (2, 2)}


@pytest.mark.req("REQ-214")
def test_a_place_is_not_given_again_and_there_are_eight() -> None:
    ward = Ward()
    ward.bus.send(RevokeNode(node=two_workstations(ward), reason="stolen"), ADMIN)
    for number in range(2, PLACES):
        ward.bus.send(workstation(f"ws-{number}", str(number)), ADMIN)
    places = sorted(row.place for row in ward.ledger.tables.find(NodeRow))
    assert places == list(range(PLACES))
    assert refusal(ward, workstation("ws-9", "9")) is Code.NODES_FULL
    ward.bus.send(workstation("mon-1", "D", sort="monitor"), ADMIN)
    monitor = ward.ledger.tables.get(NodeRow, "mon-1")
    assert monitor is not None
    assert (monitor.place, monitor.numbers_after) == (-1, 0)


def test_the_first_workstation_registers_itself_first_and_again_changes_nothing() -> None:
    ward = Ward()
    assert refusal(ward, workstation("ws-ward", "B")) is Code.NODE_UNKNOWN
    two_workstations(ward)
    known = ward.ledger.tables.find(NodeRow)
    assert ward.bus.send(workstation("ws-ward", "B", label="Renamed"), ADMIN).events == ()
    assert refusal(ward, workstation("ws-ward", "E")) is Code.NODE_KNOWN
    assert ward.ledger.tables.find(NodeRow) == known


class Neighbours(MemoryLedger):
    """A ledger that knows the ward's chain up to its 41st event."""

    def ends(self) -> tuple[End, ...]:
        return (*super().ends(), End("ws-ward", 41, "f" * 64))


@pytest.mark.req("REQ-214")
def test_a_lost_workstation_keeps_what_it_said_up_to_the_last_event_known() -> None:
    ward = Clinic(ward_study(), ledger=Neighbours())
    second = two_workstations(ward)
    revoke = RevokeNode(node=second, reason="left in a taxi")
    ward.bus.send(revoke, ADMIN)
    row = ward.ledger.tables.get(NodeRow, second)
    assert row is not None
    assert (bool(row.revoked), row.last) == (True, 41)
    assert refusal(ward, revoke) is Code.NODE_REVOKED
    assert refusal(ward, workstation(second, "B")) is Code.NODE_KNOWN


@pytest.mark.parametrize(
    ("node", "reason", "code"),
    [
        ("ws-none", "stolen", Code.NODE_UNKNOWN),
        ("ws-test", "stolen", Code.OWN_NODE),
        ("ws-ward", "", Code.REASON_NEEDED),
    ],
)
def test_who_is_not_there_or_is_oneself_is_not_revoked(node: str, reason: str, code: Code) -> None:
    ward = Ward()
    two_workstations(ward)
    assert refusal(ward, RevokeNode(node=node, reason=reason)) is code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"label": " "}, Code.NOT_NAMED),
        ({"node": ""}, Code.NOT_NAMED),
        ({"fingerprint": "12"}, Code.CERTIFICATE_WRONG),
        ({"certificate": "ssh-ed25519 AAAA"}, Code.CERTIFICATE_WRONG),
    ],
)
def test_what_is_no_workstation_is_refused_by_name(changes: dict[str, Any], code: Code) -> None:
    assert refusal(Ward(), replace(workstation("ws-test", "A"), **changes)) is code

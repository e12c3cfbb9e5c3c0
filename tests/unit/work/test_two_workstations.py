"""Two workstations of one site: what each says is joined, nothing is lost, and they come to rest (TC49)."""

from __future__ import annotations

import pytest

from crfapp.ledger.keys import FormKey
from crfapp.ledger.state import RivalRow
from crfapp.work.conflicts import conflicts
from tests.support.ward import ward_study
from tests.support.workstations import Workstation, exchange, rows


def two() -> tuple[Workstation, Workstation, FormKey]:
    """The ward and its second workstation, with one subject who was screened and weighed."""
    ward = Workstation(ward_study(), "ws-a")
    subject = ward.enrol()
    key = FormKey(*ward.start(subject, "V_SCR"), "DM", 1)
    ward.enter(key, SEX="F", W="80", H="180")
    return ward, Workstation(ward_study(), "ws-b", ward), key


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

"""What is on record of packages and copies: in order, to whom two people agreed, of what is here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import AppProblem, Code
from crfapp.ledger.events import End
from crfapp.ledger.state import CopyRow, PackageRow, RefusedRow
from crfapp.work.packages import NoteRefused, NoteSent, ReviewCopy, last_package, peer_of
from crfapp.work.recipients import EndRecipient
from tests.support.clinic import ADMIN, RANIA
from tests.support.examples.packages import COPY_SHA, copied, packed, to_send_to
from tests.support.examples.recipients import KHALIL, OURS, SWAPPED, agreed, proposed
from tests.support.ward import Ward

if TYPE_CHECKING:
    from crfapp.work.cases import Command


def refused(ward: Ward, command: Command) -> Code:
    with pytest.raises(AppProblem) as problem:
        ward.bus.send(command, RANIA)
    return problem.value.code


@pytest.mark.req("REQ-402", "REQ-805")
def test_packages_to_somebody_are_numbered_without_gaps_and_each_names_the_one_before() -> None:
    ward = Ward()
    peer = to_send_to(ward)
    first = packed(ward, peer)
    ward.bus.send(first, RANIA)
    assert refused(ward, packed(ward, peer)) is Code.PACKAGE_GAP
    assert refused(ward, packed(ward, peer, 3, first.sha256)) is Code.PACKAGE_GAP
    assert refused(ward, packed(ward, peer, 2, "f" * 64)) is Code.PACKAGE_GAP
    ward.bus.send(packed(ward, peer, 2, first.sha256), RANIA)
    assert last_package(ward.ledger.tables, ward.desk.node, peer) == (2, f"{2:064x}")
    assert last_package(ward.ledger.tables, "ws-other", peer) == (0, "")


@pytest.mark.req("REQ-810")
def test_nothing_goes_on_record_for_whom_nobody_agreed_to() -> None:
    ward = Ward()
    waiting = proposed(ward)
    assert refused(ward, packed(ward, waiting)) is Code.RECIPIENT_WAITS
    assert refused(ward, packed(ward, "nobody")) is Code.RECIPIENT_UNKNOWN


@pytest.mark.req("REQ-810")
def test_a_swapped_key_that_waits_for_a_second_person_changes_nothing() -> None:
    ward = Ward()
    peer = to_send_to(ward)
    before = packed(ward, peer)
    proposed(ward, SWAPPED, peer)
    assert peer_of(ward.ledger.tables, peer).fingerprint == OURS
    assert refused(ward, replace(before, fingerprint=SWAPPED)) is Code.RECIPIENT_WAITS
    ward.bus.send(before, RANIA)


def test_who_was_ended_gets_nothing_any_more() -> None:
    ward = Ward()
    peer = to_send_to(ward)
    ward.bus.send(EndRecipient(recipient=peer, reason="the trial moved"), ADMIN)
    assert refused(ward, packed(ward, peer)) is Code.RECIPIENT_UNKNOWN


@pytest.mark.req("REQ-512")
def test_nothing_is_said_to_be_sent_or_copied_that_is_not_here() -> None:
    ward = Ward()
    peer = to_send_to(ward)
    package, copy = packed(ward, peer), copied(ward)
    [stretch] = package.stretches
    beyond = replace(package, stretches=(stretch._replace(last=stretch.last + 99),))
    assert refused(ward, beyond) is Code.CHAIN_FORKED
    elsewhere = replace(copy, ends=(End("ws-unheard", 1, "0" * 64),))
    assert refused(ward, elsewhere) is Code.CHAIN_FORKED


@pytest.mark.req("REQ-402")
def test_when_and_where_it_was_put_stands_with_the_package() -> None:
    ward = Ward()
    note = packed(ward, to_send_to(ward))
    ward.bus.send(note, RANIA)
    ward.clock.later(hours=2)
    ward.bus.send(NoteSent(package=note.package, route="by hand"), RANIA)
    row = ward.ledger.tables.get(PackageRow, note.package)
    assert row is not None
    assert (row.made[:16], row.sent[:16], row.route) == ("2025-01-05T06:10", "2025-01-05T08:10", "by hand")
    assert refused(ward, NoteSent(package="unheard of", route="by hand")) is Code.PACKAGE_UNKNOWN


@pytest.mark.req("REQ-110")
def test_a_file_that_was_set_aside_is_on_record_with_why() -> None:
    ward = Ward()
    ward.bus.send(NoteRefused(file="reply.pgp", sha256="d" * 64, code=Code.PACKAGE_DAMAGED.value), RANIA)
    [row] = ward.ledger.tables.find(RefusedRow)
    assert (row.file, row.code, row.sender) == ("reply.pgp", "R-606", "")


@pytest.mark.req("REQ-506")
def test_the_investigator_confirms_a_copy_that_is_on_record_and_no_other() -> None:
    ward = Ward()
    ward.bus.send(copied(ward), RANIA)
    with pytest.raises(AppProblem) as problem:
        ward.bus.send(ReviewCopy(sha256="e" * 64), KHALIL)
    assert problem.value.code is Code.PACKAGE_UNKNOWN
    ward.bus.send(ReviewCopy(sha256=COPY_SHA), KHALIL)
    [row] = ward.ledger.tables.find(CopyRow)
    assert row.reviewed == "khalil"


@pytest.mark.req("REQ-503")
def test_nobody_outside_gets_the_data_before_the_site_has_its_own_copy_of_them() -> None:
    ward = Ward()
    peer = agreed(ward)
    assert refused(ward, packed(ward, peer)) is Code.COPY_FIRST
    ward.bus.send(replace(copied(ward), state="6" * 64), RANIA)  # of yesterday
    assert refused(ward, packed(ward, peer)) is Code.COPY_FIRST
    ward.bus.send(copied(ward), RANIA)
    ward.bus.send(packed(ward, peer), RANIA)
    kinds = [record.event.kind for record in ward.records()]
    assert kinds.index("copy-made") < kinds.index("package-made")

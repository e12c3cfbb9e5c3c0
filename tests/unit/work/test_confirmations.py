"""Only the recipient's own receipt confirms, and silence is told after the days that the rules allow."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from crfapp.base.times import utc_stamp
from crfapp.ledger.changes import Put
from crfapp.ledger.state import NodeRow, PackageRow, PolicyRow, ReceiptRow, RecipientRow
from crfapp.work.confirmations import (
    Silence,
    days_since,
    last_confirmed,
    overdue,
    posted,
)
from tests.support.memory_ledger import MemoryLedger

if TYPE_CHECKING:
    from crfapp.work.ports import Tables

pytestmark = pytest.mark.req("REQ-402", "REQ-806")

NOW = datetime(2025, 3, 1, 9, 0, tzinfo=UTC)


def ago(**time: float) -> str:
    return utc_stamp(NOW - timedelta(**time))


def recipient(name: str = "Evia", node: str = "ctr-1", at: str = "", ended: int = 0) -> RecipientRow:
    return RecipientRow(name.lower(), name, "sponsor", "", "", node, "haddad", at or ago(days=100), ended)


def package(number: int, peer: str = "evia", sent: str = "") -> PackageRow:
    made = (f"{number}.pgp", f"sha{number}", 0, 5, 0, "", ago(days=50), "rania", sent, "")
    return PackageRow(f"{peer}-{number}", "w1", peer, number, "", *made)


def receipt(of: PackageRow, at: str, node: str = "ctr-1") -> ReceiptRow:
    return ReceiptRow(of.package, node, of.node, of.number, of.sha256, of.made, at, of.events)


def tables(*rows: RecipientRow | PackageRow | ReceiptRow | NodeRow | PolicyRow) -> Tables:
    ledger = MemoryLedger()
    ledger.tables.apply([Put(row) for row in rows])
    return ledger.tables


def test_each_package_stands_at_its_stage() -> None:
    one, two, three = package(1, sent=ago(days=3)), package(2, sent=ago(days=2)), package(3)
    stood = posted(tables(recipient(), one, two, three, receipt(one, ago(days=1))))
    assert [(each.row.number, each.stage) for each in stood] == [(1, "confirmed"), (2, "sent"), (3, "made")]


def test_what_is_not_this_recipients_receipt_for_this_package_confirms_nothing() -> None:
    one = package(1, sent=ago(days=3))
    true = receipt(one, ago(days=1))
    for false in (true._replace(node="mon-1"), true._replace(sha256="other"), true._replace(number=7)):
        [stood] = posted(tables(recipient(), one, false))
        assert stood.stage == "sent"


def test_another_workstation_confirms_by_its_own_chain() -> None:
    node = NodeRow("w2", "site", "Ward 2", "", "", 1, 0, ago(days=90))
    one = package(1, peer="w2")
    assert [each.stage for each in posted(tables(node, one, receipt(one, ago(days=1), "w2")))] == [
        "confirmed"
    ]


def test_the_last_confirmed_is_the_one_whose_receipt_is_newest_and_no_copy_of_the_site() -> None:
    node = NodeRow("w2", "site", "Ward 2", "", "", 1, 0, ago(days=90))
    one, two, own = package(1), package(2), package(3, peer="w2")
    receipts = (receipt(one, ago(days=5)), receipt(two, ago(days=2)), receipt(own, ago(days=1), "w2"))
    found = last_confirmed(tables(recipient(), node, one, two, own, *receipts))
    assert found is not None
    assert (found.row.number, found.confirmed) == (2, ago(days=2))
    assert last_confirmed(tables(recipient(), one)) is None


@pytest.mark.parametrize(("days", "told"), [(13.99, []), (14, [14]), (30, [30])])
def test_silence_is_told_from_the_fourteenth_day_on(days: float, told: list[int]) -> None:
    one = package(1, sent=ago(days=60))
    found = overdue(tables(recipient(), one, receipt(one, ago(days=days))), NOW)
    assert [(each.of, each.days) for each in found] == [("receipts", count) for count in told]


def test_where_no_receipt_ever_came_it_counts_from_when_the_recipient_was_agreed() -> None:
    sent = package(1, sent=ago(days=1))
    assert overdue(tables(recipient(at=ago(days=13)), sent), NOW) == ()
    [found] = overdue(tables(recipient(at=ago(days=15)), sent), NOW)
    assert found == Silence("receipts", "Evia", ago(days=15), 15)


def test_of_one_who_only_reads_it_is_told_that_nothing_was_sent() -> None:
    reader = recipient("Reader", node="")
    [found] = overdue(tables(reader, package(1, peer="reader", sent=ago(days=20))), NOW)
    assert (found.of, found.days) == ("sending", 20)
    assert overdue(tables(reader, package(1, peer="reader", sent=ago(days=2))), NOW) == ()


def test_nobody_is_missed_who_was_ended_and_the_rules_say_how_long() -> None:
    assert overdue(tables(recipient(ended=1)), NOW) == ()
    rules = PolicyRow("site", ago(days=200), silent_days=30)
    assert overdue(tables(rules, recipient(at=ago(days=29))), NOW) == ()
    assert len(overdue(tables(rules, recipient(at=ago(days=30))), NOW)) == 1


def test_a_clock_that_runs_ahead_makes_no_negative_days() -> None:
    assert days_since(utc_stamp(NOW + timedelta(days=2)), NOW) == 0

"""The status bar and Today say what was confirmed, and who was not heard of for too long."""

from __future__ import annotations

from datetime import timedelta

import pytest

from crfapp.base.times import utc_stamp
from crfapp.ledger.changes import Put
from crfapp.ledger.state import NodeRow, PackageRow, ReceiptRow, RecipientRow
from crfapp.present.notice_lines import NoticeLines
from crfapp.present.post_line import PostLine, post_line
from tests.support.site_of import workplace
from tests.support.ward import Ward

pytestmark = pytest.mark.req("REQ-402", "REQ-806")


def spoken(text: str) -> str:
    """Without the signs that keep the direction of a part."""
    return text.translate(dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069")))


class Sending(Ward):
    """A ward with two recipients."""

    def ago(self, days: float) -> str:
        return utc_stamp(self.clock.now() - timedelta(days=days))

    def recipient(self, name: str, node: str, days: float) -> None:
        row = RecipientRow(name, name, "sponsor", "", "", node, "haddad", self.ago(days), 0)
        self.ledger.tables.apply([Put(row)])

    def confirmed(self, number: int, days: float, name: str = "Evia") -> None:
        made = (f"{number}.pgp", "aa", 0, 5, 0, "", self.ago(days), "rania", self.ago(days), "")
        receipt = ReceiptRow(f"p{number}", "ctr-1", "w1", number, "aa", self.ago(days), self.ago(days), 5)
        package = PackageRow(f"p{number}", "w1", name, number, "", *made)
        self.ledger.tables.apply([Put(package), Put(receipt)])

    def line(self) -> PostLine | None:
        return post_line(workplace(self))

    def on_today(self) -> list[str]:
        return [spoken(line.text) for line in NoticeLines(workplace(self), frozenset)()]


def test_where_nobody_gets_packages_nothing_is_said() -> None:
    assert Sending().line() is None


def test_before_the_first_receipt_its_absence_is_said_without_alarm() -> None:
    ward = Sending()
    ward.recipient("Evia", "ctr-1", days=1)
    assert ward.line() == PostLine("No package confirmed yet")
    assert ward.on_today() == []


def test_the_last_confirmed_package_is_named_in_the_time_of_the_site() -> None:
    ward = Sending()
    ward.recipient("Evia", "ctr-1", days=30)
    ward.confirmed(11, days=3)
    ward.confirmed(12, days=1)
    line = ward.line()
    assert line is not None
    assert spoken(line.text) == "Package 12 confirmed 4 Jan 09:10"
    assert not line.is_alarm


def test_two_weeks_of_silence_are_an_alarm_that_names_everybody() -> None:
    ward = Sending()
    ward.recipient("Evia", "ctr-1", days=60)
    ward.recipient("Reader", "", days=16)
    ward.confirmed(12, days=14)
    line = ward.line()
    assert line is not None
    assert line.is_alarm
    assert spoken(line.text) == "Nothing sent for 16 days"
    told = ["Evia confirmed nothing for 14 days.", "Nothing was sent to Reader for 16 days."]
    assert spoken(line.more).splitlines() == told
    assert ward.on_today() == told


def test_a_monitors_copy_raises_no_alarm_about_what_it_does_not_see() -> None:
    ward = Sending()
    ward.recipient("Evia", "ctr-1", days=60)
    assert ward.on_today() == ["Evia confirmed nothing for 60 days."]
    copy = NodeRow(ward.desk.node, "monitor", "Weber", "", "", -1, 0, ward.ago(50))
    ward.ledger.tables.apply([Put(copy)])
    assert ward.line() is None
    assert ward.on_today() == []

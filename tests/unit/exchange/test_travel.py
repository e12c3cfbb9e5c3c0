"""When an event was told, stored, exported and taken in, from the receipts alone (REQ-402)."""

from __future__ import annotations

import pytest

from crfapp.exchange.travel import Crossings, Travelled, minutes, pace_of, travelled
from crfapp.ledger.events import End, PackageTakenIn
from tests.support.written_chain import WrittenChain


def receipt(number: int, seq: int, made: str, node: str = "ws-test") -> PackageTakenIn:
    return PackageTakenIn(
        package=f"p{number}",
        sender=node,
        number=number,
        sha256="a" * 64,
        made_at=made,
        events=1,
        ends=(End(node, seq, "b" * 64),),
    )


@pytest.mark.req("REQ-402")
def test_each_event_came_with_the_first_package_that_reached_as_far() -> None:
    site, centre = WrittenChain(), WrittenChain("ctr-1")
    site.founded()
    site.answer("one")
    site.answer("two")
    site.answer("after the last package")
    centre.write(receipt(1, 7, "2025-01-05T08:00:00.000000Z"))
    centre.write(receipt(3, 8, "2025-01-07T08:00:00.000000Z"))
    centre.write(receipt(2, 7, "2025-01-06T08:00:00.000000Z"))  # late: it brought nothing
    crossings = Crossings(centre.records(), "ctr-1")
    one, two, left = list(travelled(site.records(), crossings))[-3:]
    assert (one.package, one.exported) == ("p1", "2025-01-05T08:00:00.000000Z")
    assert one.captured == "2025-01-05T06:00:00Z"
    assert one.stored == site.links[6].at
    assert one.imported == centre.links[0].at
    assert two.package == "p3"
    assert (left.exported, left.imported, left.package) == ("", "", "")


@pytest.mark.req("REQ-402")
def test_receipts_of_others_say_nothing_about_what_came_here() -> None:
    site = WrittenChain()
    site.write(receipt(1, 5, "2025-01-05T08:00:00.000000Z", node="ctr-1"))
    assert Crossings(site.records(), "ctr-1").of("ctr-1", 1) is None


@pytest.mark.req("REQ-402")
def test_the_pace_is_that_of_answers_which_came() -> None:
    def answer(captured: str, imported: str, kind: str = "value-recorded") -> Travelled:
        return Travelled("ws-1", 1, kind, "s", captured, captured, imported, imported, "p")

    day = "2025-01-0{}T00:00:00Z"
    events = [answer(day.format(1), day.format(day_)) for day_ in (2, 3, 9)]
    others = [answer(day.format(1), ""), answer(day.format(1), day.format(9), "subject-enrolled")]
    assert pace_of([*events, *others]) == (3, 2 * 24 * 60, 8 * 24 * 60)
    assert pace_of(others) is None
    assert minutes("2025-01-01T00:00:00.000000Z", "2025-01-01T01:30:00+00:00") == 90

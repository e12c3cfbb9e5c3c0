"""What arrives from other chains is told from what is known, and what does not fit is refused by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from crfapp.base.canonical import canonical
from crfapp.base.problems import Code, IntegrityProblem, RefusedError
from crfapp.ledger.chain import GENESIS, Envelope, Sealed, open_sealed, seal
from crfapp.ledger.events import (
    FormStarted,
    Locked,
    PackageRefused,
    PackageTakenIn,
    Unlocked,
    ValueRecorded,
    VisitStarted,
)
from crfapp.ledger.events.exchange import End
from crfapp.ledger.fold import decided_by
from crfapp.ledger.keys import EventId, FormKey
from crfapp.ledger.merge import Arriving, Known, Received, Windows, folded

if TYPE_CHECKING:
    from crfapp.ledger.chain import Record
    from crfapp.ledger.events import Event

FORM = {"subject": "s1", "visit": "V", "visit_n": 1, "form": "F", "form_n": 1}
DAY = "2025-01-05T06:10:00.000000Z"


def link(event: Event, node: str = "ws-b", seq: int = 1, prev: str = GENESIS, *, hour: int = 1) -> Sealed:
    who = ("a", "rania", "Rania", "nurse", "CTC", "p" * 64, "0.1.0")
    envelope = Envelope(node, seq, prev, DAY, 180, "Asia/Amman", f"{hour:02d}", *who)
    return seal(envelope, event, lambda size: b"s" * size)


def answer() -> ValueRecorded:
    return ValueRecorded(**FORM, row="", item="I", value="5", typed="5", captured_at=DAY)


def two_links() -> list[Sealed]:
    first = link(FormStarted(**FORM))
    return [first, link(answer(), seq=2, prev=first.hash, hour=2)]


def arriving(*known: Sealed, own: str = "") -> Arriving:
    ends = {one.node: Known(one.seq, one.hash, open_sealed(one).envelope.hybrid) for one in known}
    here = {EventId(one.node, one.seq): one.hash for one in known}
    return Arriving(ends, here.get, own=own)


def refused(arrived: Arriving, *links: Sealed) -> tuple[Code, dict[str, Any]]:
    with pytest.raises((RefusedError, IntegrityProblem)) as problem:
        list(arrived.new(links))
    return problem.value.code, dict(problem.value.facts)


def test_what_is_new_is_taken_in_order_and_what_is_known_passed_over() -> None:
    first, second = two_links()
    assert [new.seq for new, _ in arriving().new([first, second])] == [1, 2]
    assert [new.seq for new, _ in arriving(first).new([first, second])] == [2]
    seen = [told for _, told in arriving().new([first, second])]
    forms = {FormKey("s1", "V", 1, "F", 1)}
    assert Received.of(seen) == Received(2, frozenset({"s1"}), frozenset(forms), frozenset())
    visit = record(link(VisitStarted(subject="s1", visit="V", visit_n=2, date="2025-01-05")))
    assert Received.of([visit]).forms == {FormKey("s1", "V", 2, "", 0)}


def test_what_no_lock_holds_is_folded_as_it_is_and_what_is_late_waits() -> None:
    told = record(link(answer(), seq=1, hour=6))
    assert list(folded([told], Windows([]))) == list(decided_by(told))
    held = Windows([record(link(Locked(**FORM, knows=(), reason="done"), "ws-a", 5, hour=5))])
    assert list(folded([told], held)) == list(decided_by(told, late=True))  # the lock knew nothing of ws-b
    assert (
        held.late(record(link(PackageRefused(file="f", sha256="x", code="R-1", sender=""), hour=6))) is False
    )


@pytest.mark.req("REQ-107")
def test_what_does_not_fit_its_chain_is_refused_by_name() -> None:
    first, second = two_links()
    other = link(answer(), hour=1)
    assert refused(arriving(first), other) == (Code.CHAIN_FORKED, {"node": "ws-b", "seq": 1})
    assert refused(arriving(other), second) == (Code.CHAIN_FORKED, {"node": "ws-b", "seq": 2})
    assert refused(arriving(own="ws-b"), first) == (Code.CHAIN_FORKED, {"node": "ws-b", "seq": 1})
    assert refused(arriving(), second) == (Code.PACKAGE_GAP, {"node": "ws-b", "has": 0, "next": 2})
    broken = (Code.CHAIN_BROKEN, {"node": "ws-b", "seq": 1})
    assert refused(arriving(), first._replace(body=canonical({}))) == broken
    for other in (first._replace(kind="a"), first._replace(subject="a"), first._replace(at="a")):
        assert refused(arriving(), other) == broken
    back = link(answer(), seq=2, prev=first.hash, hour=1)  # time does not run forward
    assert refused(arriving(first), back) == (Code.CHAIN_BROKEN, {"node": "ws-b", "seq": 2})


@pytest.mark.req("REQ-608")
def test_an_answer_is_late_for_a_lock_that_did_not_know_it_and_only_while_it_lasts() -> None:
    lock = record(link(Locked(**FORM, knows=(EventId("ws-b", 1),), reason="done"), "ws-a", 5, hour=5))
    unlock = record(link(Unlocked(**FORM, reason="open"), "ws-a", 6, hour=8))
    held = Windows([unlock, lock])
    assert not held.late(record(link(answer(), seq=1, hour=4)))  # the lock knew of it
    assert held.late(record(link(answer(), seq=2, hour=4)))
    assert held.late(record(link(answer(), seq=2, hour=7)))
    assert not held.late(record(link(answer(), seq=2, hour=9)))
    assert not held.late(record(link(answer(), "ws-a", 7, hour=6)))  # who locked knew of the lock
    assert not Windows([]).late(record(link(answer(), seq=2, hour=6)))


@pytest.mark.req("REQ-608")
def test_who_had_heard_of_the_lock_is_not_late() -> None:
    lock = record(link(Locked(**FORM, knows=(), reason="done"), "ws-a", 5, hour=5))
    for heard, late in ((4, True), (5, False), (6, False)):
        package = {"package": "p", "sender": "ws-a", "number": 1, "sha256": "x", "made_at": DAY, "events": 1}
        told = PackageTakenIn(**package, ends=(End("ws-a", heard, ""),))
        held = Windows([lock, record(link(told, seq=3, hour=6))])
        assert held.late(record(link(answer(), seq=4, hour=7))) is late
        assert held.late(record(link(answer(), seq=2, hour=7)))  # written before it heard


def record(sealed: Sealed) -> Record:
    return open_sealed(sealed)

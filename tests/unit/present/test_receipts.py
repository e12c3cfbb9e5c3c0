"""What the centre confirmed stands on the monitor's paper: neither side can rewrite what it said then."""

from __future__ import annotations

import pytest

from crfapp.present.monitoring_view import VisitRecord
from crfapp.present.paper.blocks import Words
from crfapp.present.paper.monitoring_record import record_booklet
from crfapp.present.receipts import confirmed_ends, confirmed_sentences
from crfapp.work.roles import Actor, Role
from tests.support.examples.recipients import agreed
from tests.support.fake_packages import hear, receipt
from tests.support.site_of import workplace
from tests.support.ward import Ward

WEBER = Actor("weber", "Greta Weber", Role.MONITOR, "CRO")


def on_paper(ward: Ward) -> str:
    at = workplace(ward, actor=WEBER)
    told = ("m1", "Monitoring visit 1", (), "Open points", "None", (), "c0ffeec0ffee")
    record = VisitRecord(*told, confirmed=confirmed_sentences(at))
    (chapter,) = record_booklet(at, record).chapters
    words = [block for block in chapter.blocks if isinstance(block, Words)]
    return "\n".join("".join(run.text for run in block.runs) for block in words)


@pytest.mark.req("REQ-512")
def test_the_code_of_the_last_confirmed_event_is_printed_and_moves_on_with_the_next_receipt() -> None:
    ward = Ward()
    recipient = agreed(ward, node="ctr-1")
    assert "Nobody outside the site has confirmed any of its records yet." in on_paper(ward)
    hear(ward, "ctr-1", receipt(f"{recipient}-1", 1, seq=10))
    [end] = confirmed_ends(workplace(ward))
    assert (end.name, end.seq, end.code) == ("Evia data centre", 10, "f" * 12)
    assert "records up to event \u206810\u2069, code \u2068ffffffffffff\u2069" in on_paper(ward)
    ward.clock.later(days=1)
    hear(ward, "ctr-1", receipt(f"{recipient}-2", 2, seq=14))
    assert [one.seq for one in confirmed_ends(workplace(ward))] == [14]


@pytest.mark.req("REQ-512")
def test_whoever_only_reads_confirms_nothing_and_nothing_is_claimed() -> None:
    ward = Ward()
    agreed(ward)
    assert confirmed_sentences(workplace(ward)) == ()

"""A centre and its sites: what travels there and back, what is refused, and what each can see of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crfapp.ledger.keys import FormKey, Scope, VisitKey
from crfapp.ledger.state import ItemRow, LockAskedRow, QueryRow, ReceiptRow, SubjectRow
from crfapp.work.entry import RecordAnswer
from crfapp.work.lock_requests import AskLock
from crfapp.work.queries import AnswerQuery, RaiseQuery
from crfapp.work.subjects import EnrolSubject
from crfapp.work.visits import StartVisit
from tests.support.centre_and_sites import JoinedSite, RealCentre
from tests.support.quick_site import QuickSite

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def centre(tmp_path: Path) -> RealCentre:
    return RealCentre(tmp_path / "centre")


@pytest.fixture
def site(tmp_path: Path, centre: RealCentre) -> JoinedSite:
    return JoinedSite(QuickSite(tmp_path / "site"), centre)


def subject(site: JoinedSite, sex: str = "F") -> FormKey:
    """The nurse enrols somebody and begins the first visit; the form with the answer."""
    with site.site.open() as opened:
        rania = opened.actor("rania")
        opened.bus.send(EnrolSubject(), rania)
        known = max(opened.desk.tables.find(SubjectRow), key=lambda row: row.number).subject
        opened.bus.send(StartVisit(key=VisitKey(known, "V_SCR", 1), date="2025-01-05"), rania)
        key = FormKey(known, "V_SCR", 1, "DM", 1)
        opened.bus.send(RecordAnswer(key=key, item="SEX", typed=sex), rania)
    return key


@pytest.mark.req("REQ-501", "REQ-601", "REQ-607", "REQ-806")
def test_answers_reach_the_centre_and_questions_and_wishes_come_back(
    site: JoinedSite, centre: RealCentre
) -> None:
    key = subject(site)
    with centre.open() as at:
        taken = at.take_in(site.pack())
        assert (taken.outcome, taken.number, taken.missing) == ("new", 1, ())
        with at.part(site.id) as part:
            row = part.desk.tables.get(ItemRow, *key, "", "SEX")
            assert row is not None
            assert row.value == "F"
            assert part.store.verify().breaks == ()
            part.bus.send(RaiseQuery(scope=Scope(*key), item="SEX", text="Is this right?"), at.actor)
            part.bus.send(AskLock(scope=Scope(*key)), at.actor)
        reply = at.reply(site.id)[0].path
    came = site.receive(reply)
    assert (came.outcome, came.locked, came.declined) == ("new", 0, 1)
    with site.site.open() as opened:
        (query,) = opened.desk.tables.find(QueryRow)
        assert query.state == "open"
        (wish,) = opened.desk.tables.find(LockAskedRow)
        assert (wish.state, wish.code) == ("refused", "incomplete")
        answer = AnswerQuery(query=query.query, text="Yes, it is.")
        opened.bus.send(answer, opened.actor("rania"))
        (receipt,) = [row for row in opened.desk.tables.find(ReceiptRow) if row.sender.startswith("ws-")]
        assert receipt.node.startswith("ctr-")
    with centre.open() as at:
        assert at.take_in(site.pack()).outcome == "new"
        with at.part(site.id) as part:
            assert [row.state for row in part.desk.tables.find(QueryRow)] == ["answered"]
            assert [row.state for row in part.desk.tables.find(LockAskedRow)] == ["refused"]
            assert part.store.compare() == []

"""The state that site and centre share: the same at both, whatever stays at the site (REQ-501, REQ-806)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crfapp.exchange.confidential import Confidential
from crfapp.exchange.site_data import Snapshot
from crfapp.exchange.state import SHARED, hash_of, state_hash, state_rows
from crfapp.journeys.memory_ledger import MemoryEvents, MemoryLedger
from crfapp.ledger.chain import open_sealed
from crfapp.ledger.events import FindingRaised, FormEvent
from crfapp.ledger.fold import changes_of
from crfapp.ledger.merge import when
from crfapp.ledger.redacting import without
from crfapp.ledger.state import ItemRow
from tests.support.site_of import example_site

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.ledger.events import Event

CLINIC = example_site()
STUDY = CLINIC.desk.study
STAYS = Confidential(STUDY)


def site() -> Snapshot:
    return Snapshot(CLINIC.ledger.tables, MemoryEvents(CLINIC.ledger))


def centre(kept_back: Callable[[Event], bool]) -> Snapshot:
    """What a centre folds out of the same events, not having been given some of their told texts."""
    ledger = MemoryLedger()
    links = [
        without(link, record.event.told_fields) if kept_back(record.event) else link
        for link, record in ((link, open_sealed(link)) for link in CLINIC.ledger.links)
    ]
    for record in sorted(map(open_sealed, links), key=when):
        ledger.tables.apply(list(changes_of(record)))
    return Snapshot(ledger.tables, MemoryEvents(ledger))


def withheld(event: Event) -> bool:
    """What stays at the site: answers of site_only places, and findings that quote one."""
    if isinstance(event, FindingRaised) and STAYS.keeps_sentence(event.check):
        return True
    return isinstance(event, FormEvent) and STAYS.keeps(event.form, getattr(event, "item", ""))


@pytest.mark.req("REQ-501", "REQ-806")
def test_a_centre_that_never_had_what_stays_at_the_site_has_the_same_state() -> None:
    there = centre(withheld)
    assert any(row.value for row in CLINIC.ledger.tables.find(ItemRow, form="SUBJ"))
    assert not any(row.value for row in there.tables.find(ItemRow, form="SUBJ"))
    assert state_hash(there, STUDY) == state_hash(site(), STUDY)


@pytest.mark.req("REQ-501")
def test_a_text_that_should_have_left_and_did_not_is_seen() -> None:
    """The twin: were one shared answer withheld too, the hash would say so."""
    lost = centre(lambda event: withheld(event) or getattr(event, "item", "") == "SEX")
    assert state_hash(lost, STUDY) != state_hash(site(), STUDY)


@pytest.mark.req("REQ-808")
def test_nothing_of_what_stays_is_in_the_rows() -> None:
    rows = list(state_rows(site(), STUDY))
    told = b"\n".join(row.line for row in rows)
    names = [row.value for row in CLINIC.ledger.tables.find(ItemRow, item="KFULLNM") if row.value]
    assert names
    assert not any(getattr(row.row, "form", "") == "SUBJ" for row in rows)
    assert not any(name.encode() in told for name in names)


def test_rows_come_in_one_order_and_each_counts() -> None:
    rows = list(state_rows(site(), STUDY))
    places = [row.place for row in rows]
    assert places == sorted(places)
    assert len(set(places)) == len(places)
    assert {row.table for row in rows} <= set(SHARED)
    whole = hash_of(rows)
    assert all(hash_of(rows[:at] + rows[at + 1 :]) != whole for at in range(0, len(rows), 97))

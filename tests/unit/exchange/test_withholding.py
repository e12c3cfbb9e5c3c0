"""REQ-808: of every kind of event, what is told about an answer that stays does not leave; all else does."""

from __future__ import annotations

import json
from typing import Any

import pytest

from crfapp.exchange.package.lines import check_links
from crfapp.exchange.withholding import Withholding
from crfapp.ledger.chain import open_sealed
from crfapp.ledger.changes import Put
from crfapp.ledger.events import (
    KINDS,
    Event,
    FormEvent,
    LateDecided,
    QueryEvent,
    Redacted,
    RedactionAsked,
    RedactionDeclined,
    ScopeEvent,
    SessionRefused,
    Signed,
    Stretch,
)
from crfapp.ledger.keys import EventId
from crfapp.ledger.state import QueryRow, RedactionRow
from crfapp.study.model import Pack
from crfapp.study.study import Study
from tests.support.memory_ledger import MemoryTables
from tests.support.playing import shipped_study
from tests.support.tiny import tiny_study
from tests.support.written_chain import WrittenChain

CANARY = "Canary-4711"
KEPT, LEAVES = ("SUBJ", "KFULLNM"), ("DM", "BRTHDAT")
STUDY = shipped_study("nct06813027")
ANSWER, OTHER = EventId("ws-test", 1), EventId("ws-test", 2)
PLACED = (FormEvent, ScopeEvent, QueryEvent, RedactionAsked, RedactionDeclined, Redacted, LateDecided)


def an_event(kind: type[Event], **facts: Any) -> Event:
    """An event of a kind whose told fields all hold the canary, and whose other facts are of no matter."""
    told = dict.fromkeys(kind.told_fields, CANARY)
    given = {name: value for name, value in facts.items() if name in kind.model_fields}
    if kind is Signed:
        del given["of"]  # there it is what is signed
    needed = {
        name: _anything(field.annotation)
        for name, field in kind.model_fields.items()
        if field.is_required() and name not in given
    }
    return kind.model_validate(needed | told | given)


def _anything(annotation: Any) -> Any:
    plain = {int: 1, bool: True, EventId: ANSWER}
    if annotation in plain:
        return plain[annotation]
    if getattr(annotation, "__origin__", None) is tuple:
        return ()
    choices = getattr(annotation, "__args__", ())
    return choices[0] if choices else "x"


def about(place: tuple[str, str]) -> dict[str, Any]:
    """Where an event stands: in the key list, which stays, or at the date of birth of the demography."""
    kept = place is KEPT
    return {
        "subject": "s1",
        "visit": "V_SCR",
        "visit_n": 1,
        "form": place[0],
        "form_n": 1,
        "row": "",
        "item": place[1],
        "query": "kept" if kept else "other",
        "redaction": "kept" if kept else "other",
        "of": ANSWER if kept else OTHER,
    }


def outside() -> tuple[Withholding, WrittenChain]:
    """What stays of a chain in which a name and a birthday were recorded, asked about and redacted."""
    chain, tables = WrittenChain(), MemoryTables()
    for place, of in ((KEPT, ANSWER), (LEAVES, OTHER)):
        chain.write(an_event(KINDS["value-recorded"], **about(place)))
        where = about(place)
        asked = _row(QueryRow, query=where["query"], form=place[0], item=place[1], subject="s1")
        wished = _row(RedactionRow, redaction=where["redaction"], of_node=of.node, of_seq=of.seq)
        tables.apply([Put(asked), Put(wished)])
    events = {EventId(link.node, link.seq): open_sealed(link).event for link in chain.links}
    return Withholding([STUDY], tables, events.get), chain


def nothing_known(_of: EventId) -> None:
    return None


def _row(table: Any, **facts: Any) -> Any:
    return table(**(dict.fromkeys(table._fields, "") | facts))


@pytest.mark.req("REQ-808")
@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if issubclass(kind, PLACED)])
def test_no_told_text_about_an_answer_that_stays_leaves(kind: type[Event]) -> None:
    withholding, chain = outside()
    link = chain.write(an_event(kind, **about(KEPT)))
    left = withholding.outside(link)
    assert CANARY.encode() not in left.told + left.body
    assert (left.hash, left.body) == (link.hash, link.body)
    assert withholding.withheld == len(kind.told_fields)


@pytest.mark.req("REQ-808")
@pytest.mark.parametrize("kind", KINDS.values())
def test_what_is_told_about_anything_else_leaves_whole(kind: type[Event]) -> None:
    withholding, chain = outside()
    link = chain.write(an_event(kind, **about(LEAVES)))
    expected = set() if kind is SessionRefused else set(kind.told_fields)
    assert set(json.loads(withholding.outside(link).told)) == expected


@pytest.mark.req("REQ-808")
def test_what_was_tried_at_a_refused_login_stays_for_it_may_be_a_password() -> None:
    withholding, chain = outside()
    left = withholding.outside(chain.write(SessionRefused(tried=CANARY)))
    assert CANARY.encode() not in left.told
    assert withholding.withheld == 1


@pytest.mark.req("REQ-808", "REQ-107")
def test_the_chain_still_verifies_where_nobody_may_read_all_of_it() -> None:
    withholding, chain = outside()
    left = [withholding.outside(link) for link in chain.links]

    assert CANARY.encode() not in left[0].told
    check_links(iter(left), [Stretch(chain.node, 1, len(left), left[-1].hash)])


def flagship_checking(change: dict[str, Any]) -> Study:
    """The flagship with check DM-01 changed."""
    data = STUDY.pack.model_dump(by_alias=True)
    [found] = [one for form in data["forms"] for one in form["checks"] if one["check"] == "DM-01"]
    found.update(change)
    return Study(Pack.model_validate(data))


@pytest.mark.req("REQ-808")
@pytest.mark.parametrize("kind", ["finding-raised", "finding-confirmed", "finding-settled"])
def test_a_finding_whose_words_tell_what_stays_leaves_without_them(kind: str) -> None:
    said = {"say": "In the key list stands {SUBJ.KDOB}."}
    telling = Withholding([flagship_checking(said)], MemoryTables(), nothing_known)
    link = WrittenChain().write(an_event(KINDS[kind], **about(LEAVES), check="DM-01"))
    left = json.loads(telling.outside(link).told)
    assert not {"text", "reason"} & set(left)
    assert json.loads(outside()[0].outside(link).told).keys() >= {"reason"}


@pytest.mark.req("REQ-808")
def test_what_an_older_version_of_the_study_kept_stays_when_the_new_one_has_no_such_item() -> None:
    """The sabotaged twin is the new version alone: it would let the name go."""
    link = WrittenChain().write(an_event(KINDS["value-recorded"], **about(KEPT)))
    newer = tiny_study()
    both = Withholding([newer, STUDY], MemoryTables(), nothing_known)
    alone = Withholding([newer], MemoryTables(), nothing_known)
    assert CANARY.encode() not in both.outside(link).told
    assert CANARY.encode() in alone.outside(link).told

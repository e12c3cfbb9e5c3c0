"""The chain: every kind of event comes back as it was sealed, and whatever is touched is found and named."""

from __future__ import annotations

import json
import random
import typing
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crfapp.base.canonical import canonical, sha256
from crfapp.base.problems import Code, EnvironmentProblem
from crfapp.ledger import chain
from crfapp.ledger.chain import GENESIS, Break, Envelope, Sealed, first_break, open_sealed, read_event, seal
from crfapp.ledger.events import KINDS, Event, ValueRecorded
from crfapp.ledger.keys import EventId
from tests.support.any_events import ANY_EVENT, events

if TYPE_CHECKING:
    from collections.abc import Collection

    from crfapp.ledger.chain import Body


def envelope(seq: int = 1, prev: str = GENESIS) -> Envelope:
    return Envelope(
        node="ws-1",
        seq=seq,
        prev=prev,
        at="2025-01-05T06:10:00.000000Z",
        offset=180,
        zone="Asia/Amman",
        hybrid=f"{seq:013d}.00000",
        act="a1",
        login="rania",
        name="Rania Haddad",
        role="nurse",
        organisation="CTC",
        pack="p" * 64,
        software="0.1.0",
    )


def chained(events: list[Event], seed: int = 1) -> list[Sealed]:
    chance = random.Random(seed)  # noqa: S311 - salts of a test need to be the same each time
    links: list[Sealed] = []
    for event in events:
        prev = links[-1].hash if links else GENESIS
        links.append(seal(envelope(len(links) + 1, prev), event, chance.randbytes))
    return links


def answer(value: str, **more: Any) -> ValueRecorded:
    place = {"subject": "s1", "visit": "V", "visit_n": 1, "form": "F", "form_n": 1, "row": "", "item": "I"}
    return ValueRecorded(**place, value=value, typed=value, captured_at="2025-01-05T06:10:00Z", **more)


@pytest.fixture
def links() -> list[Sealed]:
    return chained([answer("61.5"), answer("62.0", reason="typing error"), answer("63.0")])


# ---- there and back


@pytest.mark.req("REQ-101", "REQ-102")
@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_every_kind_of_event_comes_back_as_it_was_sealed(kind: type[Event], data: st.DataObject) -> None:
    event = data.draw(events(kind))
    (link,) = chained([event])
    record = open_sealed(link)
    assert (record.event, record.envelope, record.redacted) == (event, envelope(), frozenset())
    assert first_break([link]) is None


@settings(deadline=None)
@given(ANY_EVENT)
def test_what_was_told_stands_in_the_hashed_body_as_a_commitment_only(event: Event) -> None:
    told = {name: getattr(event, name) for name in event.told_fields if getattr(event, name) is not None}
    (link,) = chained([event])
    (twin,) = chained([event.model_copy(update=dict.fromkeys(told, "another text"))])
    without = dict(pairs(link))
    assert set(without["told"]) == set(told)
    assert {**without, "told": {}} == {**pairs(twin), "told": {}}


def pairs(link: Sealed) -> dict[str, Any]:
    return typing.cast("dict[str, Any]", json.loads(link.body))


@pytest.mark.req("REQ-108")
def test_the_same_answer_twice_is_committed_to_differently() -> None:
    one, other = chained([answer("61.5"), answer("61.5")])
    assert pairs(one)["told"]["value"] != pairs(other)["told"]["value"]


def test_a_told_field_taken_away_is_named_as_redacted(links: list[Sealed]) -> None:
    told = json.loads(links[1].told)
    del told["value"]
    record = open_sealed(links[1]._replace(told=canonical(told)))
    assert (record.redacted, getattr(record.event, "value", "")) == (frozenset({"value"}), None)


# ---- whatever is touched is found


@pytest.mark.req("REQ-107")
@pytest.mark.parametrize("part", ["body", "told"])
@pytest.mark.parametrize("bit", [0x01, 0x20, 0x80])
def test_every_flipped_byte_is_found(links: list[Sealed], part: str, bit: int) -> None:
    raw: bytes = getattr(links[1], part)
    missed = []
    for place in range(len(raw)):
        flipped = raw[:place] + bytes([raw[place] ^ bit]) + raw[place + 1 :]
        link = links[1]._replace(body=flipped) if part == "body" else links[1]._replace(told=flipped)
        found = first_break([links[0], link, links[2]])
        if found is None or found.seq != 2:
            missed.append(place)
    assert missed == []


@pytest.mark.req("REQ-107")
@pytest.mark.parametrize("column", Sealed._fields)
def test_every_changed_column_is_found(links: list[Sealed], column: str) -> None:
    old = getattr(links[1], column)
    changes: list[Any] = [old + 1] if isinstance(old, int) else [old + old[:1], old[1:], old[:0]]
    for new in changes:
        found = first_break([links[0], links[1]._replace(**{column: new}), links[2]])
        assert found is not None
        assert found.seq in (2, links[1].seq + 1)


@pytest.mark.req("REQ-107")
@pytest.mark.parametrize(
    ("order", "seq", "what"),
    [
        ((1, 2), 2, "event 1 is missing"),
        ((0, 2), 3, "event 2 is missing"),
        ((1, 0, 2), 2, "event 1 is missing"),
        ((0, 2, 1), 3, "event 2 is missing"),
        ((0, 0, 1, 2), 1, "event 2 is missing"),
    ],
)
def test_gaps_repeats_and_another_order_are_found(
    links: list[Sealed], order: tuple[int, ...], seq: int, what: str
) -> None:
    assert first_break([links[place] for place in order]) == Break("ws-1", seq, what)


@pytest.mark.req("REQ-107")
def test_a_forged_link_with_a_right_hash_of_its_own_is_found(links: list[Sealed]) -> None:
    body = canonical({**pairs(links[1]), "who": ["mallory", "M", "nurse", "CTC"]})
    forged = links[1]._replace(body=body, hash=sha256(body))
    assert first_break([links[0], forged, links[2]]) == Break(
        "ws-1", 3, "it does not follow the event before it"
    )


@pytest.mark.req("REQ-107")
def test_a_value_moved_into_its_salt_is_found() -> None:
    (link,) = chained([answer("x|value|y")])
    told = json.loads(link.told)
    salt = told["value"][0]
    told["value"] = [f"{salt}|value|x", "y"]
    assert first_break([link._replace(told=canonical(told))]) == Break(
        "ws-1", 1, "its value differs from what was recorded"
    )


def test_a_number_in_the_place_of_a_told_text_is_found() -> None:
    (link,) = chained([answer("5")])
    told = json.loads(link.told)
    told["value"][1] = 5
    assert first_break([link._replace(told=canonical(told))]) is not None


def test_an_answer_taken_away_without_a_redaction_is_found(links: list[Sealed]) -> None:
    found = first_break([links[0]._replace(told=b"{}")])
    assert found is not None
    assert "taken away" in found.what


def test_an_inspector_reads_what_is_wrong_with_a_link(links: list[Sealed]) -> None:
    first = links[0]
    told = json.loads(first.told)
    words = {
        "its content does not match its hash": first._replace(hash="0" * 64),
        "its columns differ from its content": first._replace(subject="s2"),
        "its told texts are not as they were written": first._replace(told=first.told + b" "),
        "its value was taken away without a redaction": first._replace(
            told=canonical({name: pair for name, pair in told.items() if name != "value"})
        ),
    }
    assert {what: first_break([link]) for what, link in words.items()} == {
        what: Break("ws-1", 1, what) for what in words
    }


class Redacting:
    """A redaction of one event's value, as the store would find it; nothing else is wrong."""

    def redacted(self, of: EventId) -> Collection[str]:
        return ("value",) if of == EventId("ws-1", 2) else ()

    def wrong_with(self, _link: Sealed, _body: Body) -> str | None:
        return None


def test_a_redaction_excuses_the_answer_of_its_own_event_and_no_other(links: list[Sealed]) -> None:
    bare = [
        link._replace(told=canonical({k: pair for k, pair in json.loads(link.told).items() if k != "value"}))
        for link in links
    ]
    assert first_break([links[0], bare[1], links[2]], witness=Redacting()) is None
    what = "its value was taken away without a redaction"
    assert first_break([links[0], links[1], bare[2]], witness=Redacting()) == Break("ws-1", 3, what)
    nothing_told = bare[1]._replace(told=b"{}")  # its reason is gone too, which nobody redacted
    assert first_break([links[0], nothing_told, links[2]], witness=Redacting()) is not None


def test_a_link_has_the_same_bytes_in_every_release() -> None:
    (link,) = chained([answer("61.5")])
    assert open_sealed(link).envelope.id == EventId("ws-1", 1)
    assert link.hash == "dfbd32c52655888ce0f1394f28846477ea842ba71629d36b088ca3895c2927c1"


def test_a_whole_chain_has_no_break_and_may_be_walked_from_the_middle(links: list[Sealed]) -> None:
    assert first_break(links) is None
    assert first_break(links[1:], start=(1, links[0].hash)) is None
    assert first_break(links[1:], start=(1, GENESIS)) is not None


@pytest.mark.parametrize("body", [b"[]", b"{}", b"null", b"[" * 20_000, b"\xff\xfe"])
def test_whatever_stands_in_the_place_of_a_body_is_a_break_and_no_crash(body: bytes) -> None:
    link = Sealed("ws-1", 1, sha256(body), "value-recorded", None, "", body, b"{}")
    assert first_break([link]) == Break("ws-1", 1, "it cannot be read")


# ---- old versions


@pytest.fixture
def third_version(monkeypatch: pytest.MonkeyPatch) -> type[Event]:
    """A kind of event whose shape has changed twice since it was first recorded."""

    class DoseGiven(Event):
        kind = "dose-given"
        version = 3
        millilitres: str
        by: str

    def with_unit(facts: dict[str, Any]) -> dict[str, Any]:
        amount = facts.pop("amount")
        return {**facts, "millilitres": amount}

    def with_giver(facts: dict[str, Any]) -> dict[str, Any]:
        return {**facts, "by": "unknown"}

    monkeypatch.setitem(KINDS, "dose-given", DoseGiven)
    monkeypatch.setitem(chain.LIFTS, ("dose-given", 1), with_unit)
    monkeypatch.setitem(chain.LIFTS, ("dose-given", 2), with_giver)
    return DoseGiven


def test_old_versions_are_lifted_step_by_step_when_they_are_read(third_version: type[Event]) -> None:
    expected = third_version(subject="s1", millilitres="0.4", by="unknown")  # type: ignore[call-arg]
    assert read_event("dose-given", 1, {"subject": "s1", "amount": "0.4"}) == expected
    assert read_event("dose-given", 2, {"subject": "s1", "millilitres": "0.4"}) == expected
    assert read_event("dose-given", 3, {"subject": "s1", "millilitres": "0.4", "by": "unknown"}) == expected


@pytest.mark.parametrize(("kind", "version"), [("dose-given", 4), ("unheard-of", 1)])
def test_what_a_newer_program_wrote_is_refused_by_its_code(
    third_version: type[Event], kind: str, version: int
) -> None:
    with pytest.raises(EnvironmentProblem) as refused:
        read_event(kind, version, {"millilitres": "0.4", "by": third_version.kind})
    assert refused.value.code is Code.TOO_NEW

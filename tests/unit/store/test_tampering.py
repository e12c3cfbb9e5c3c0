"""With the key, and another tool: whatever is done to the records is found, and its first place named.

T-30 exhaustively on a small ledger (every column, every field inside), T-32 by people's signatures.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from crfapp.base.canonical import canonical, sha256
from crfapp.ledger.chain import GENESIS, Sealed, first_break
from crfapp.ledger.events import KeyRegistered, Redacted, RedactionAsked
from crfapp.ledger.keys import EventId
from crfapp.ledger.redacting import without
from crfapp.store.engine import reading, writing
from crfapp.store.migrations import EVIDENCE
from crfapp.store.rebuild import compare
from crfapp.store.verify import verify, verify_recent
from tests.support.written_chain import INVESTIGATOR, NURSE, SUBJECT, WrittenChain, store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Engine

    from crfapp.ledger.chain import Break
    from crfapp.store.verify import Verification

EVENTS = 200


def working_chain(count: int = EVENTS) -> WrittenChain:
    chain = WrittenChain()
    chain.founded()
    while len(chain.links) < count:
        number = len(chain.links)
        chain.answer(f"answer {number}", reason="misread" if number % 3 else None)
        if number % 10 == 0:
            chain.finding(f"{number} is large.")
        if number % 25 == 0:
            chain.sign(number=str(number))
    return chain


@pytest.fixture(scope="module")
def links() -> list[Sealed]:
    found = working_chain().links
    assert first_break(found) is None
    return found


def found_near(links: list[Sealed], at: int, forged: list[Sealed]) -> Break | None:
    """What the walk finds that has come soundly to place ``at`` and meets ``forged`` in place of the rest."""
    before = (links[at - 1].seq, links[at - 1].hash) if at else (0, GENESIS)
    return first_break(forged, before)


def other_values(value: Any) -> Iterator[Any]:
    """Values like this one that are not it."""
    match value:
        case str():
            yield from (value + "x", value[:-1] if value else "y", value.swapcase())
        case int():
            yield from (value + 1, -value - 1, str(value))
        case bytes():
            yield from (value + b" ", value[:-1], b"{}", b"null", b"[]", b"\xff")
        case None:
            yield from ("", "x")
        case list():
            yield from (value[:-1], [*value, "x"], [])
        case dict():
            yield from ({**value, "x": "y"}, None)
        case _:
            raise AssertionError(f"no idea how to forge {value!r}")
    yield None if value is not None else 0


def forged_fields(link: Sealed) -> Iterator[tuple[str, Sealed]]:
    """The link with one field inside changed, added or taken away, written as the program would write it."""
    for column in ("body", "told"):
        content: dict[str, Any] = json.loads(getattr(link, column))
        for path, inside in _places(content):
            was = inside[path[-1]]
            for value in (*other_values(was), _GONE):
                if value == was and type(value) is type(was):
                    continue
                if value is _GONE:
                    del inside[path[-1]]
                else:
                    inside[path[-1]] = value
                yield f"{column} {path} {value!r}", _with(link, column, content)
                inside[path[-1]] = was
        content["added"] = ["00" * 16, "x"]
        yield f"{column} added", _with(link, column, content)


def _with(link: Sealed, column: str, content: Any) -> Sealed:
    changed: dict[str, Any] = {column: canonical(content)}
    return link._replace(**changed)


_GONE: Any = object()


def _places(content: dict[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name in list(content):
        yield (*above, name), content
        if isinstance(content[name], dict):
            yield from _places(content[name], (*above, name))


@pytest.mark.req("REQ-107")
def test_every_column_of_every_event_changed_is_found_and_named(links: list[Sealed]) -> None:
    tried = 0
    for at, link in enumerate(links):
        for column, was in link._asdict().items():
            for value in other_values(was):
                if value == was:
                    continue
                forged = link._replace(**{column: value})
                found = found_near(links, at, [forged, *links[at + 1 : at + 2]])
                assert found is not None, (link.seq, column, value)
                assert found[:2] == (forged.node, forged.seq), (link.seq, column, value)
                tried += 1
    assert tried > EVENTS * 8 * 2


@pytest.mark.req("REQ-107")
def test_every_field_inside_every_event_changed_added_or_taken_is_found_and_named(
    links: list[Sealed],
) -> None:
    """Also where the event is given a hash that fits: then the one behind it does not follow."""
    tried = 0
    for at, link in enumerate(links[:-1]):
        for what, forged in forged_fields(link):
            found = found_near(links, at, [forged, links[at + 1]])
            assert found is not None, (link.seq, what)
            assert found[:2] == (link.node, link.seq), (link.seq, what)
            if forged.body != link.body:
                rehashed = forged._replace(hash=sha256(forged.body))
                found = found_near(links, at, [rehashed, links[at + 1]])
                assert found is not None, (link.seq, what)
                assert found.seq in (link.seq, link.seq + 1)
            tried += 1
    assert tried > EVENTS * 40


@pytest.mark.req("REQ-107")
def test_events_taken_out_put_in_or_moved_are_found_at_the_first(links: list[Sealed]) -> None:
    for at, link in enumerate(links[:-1]):
        assert found_near(links, at, links[at + 1 :])[:2] == (link.node, link.seq + 1)  # type: ignore[index]
        copy = link._replace(seq=link.seq + 1)
        assert found_near(links, at + 1, [copy]) == (
            link.node,
            copy.seq,
            "it does not follow the event before it",
        )
        for other in links[at + 1 :]:
            moved = other._replace(seq=link.seq)
            found = found_near(links, at, [moved])
            assert found is not None
            assert found[:2] == (link.node, link.seq)
        turned = [other._replace(seq=link.seq + n) for n, other in enumerate(reversed(links[at : at + 5]))]
        assert found_near(links, at, turned) is not None


def test_a_walk_that_looks_at_hashes_alone_misses_what_stands_beside_them(links: list[Sealed]) -> None:
    """Sabotaged twin: the columns and the told texts are no part of what is hashed."""

    def hashes_alone(forged: list[Sealed]) -> bool:
        prevs = [json.loads(link.body)["prev"] for link in forged]
        return all(sha256(link.body) == link.hash for link in forged) and prevs == [
            GENESIS,
            *(link.hash for link in forged[:-1]),
        ]

    missed = 0
    for at, link in enumerate(links[:20]):
        for forged in (link._replace(told=b"{}"), link._replace(at="2020"), link._replace(subject="other")):
            if forged != link:
                missed += hashes_alone([*links[:at], forged, *links[at + 1 :]])
    assert missed > 20 * 2


# ---------------------------------------------------------------- in the database


@pytest.fixture
def chain() -> WrittenChain:
    return working_chain(40)


def verified(engine: Engine, links: list[Sealed], *, withheld: bool = False) -> Verification:
    with writing(engine) as db:
        for name in ("event_stays", "event_keeps"):
            db.execute(f"DROP TRIGGER {name}")
        db.execute("DELETE FROM event")
        for table in ("trail", "redaction", "signature", "item", "finding", "person"):
            db.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
        store(db, links)
        for name in ("event_stays", "event_keeps"):
            db.execute(EVIDENCE[name])
    with reading(engine) as db:
        found = verify(db, withheld=withheld)
        assert verify_recent(db, withheld=withheld) == found
        return found


def broken(engine: Engine, links: list[Sealed]) -> tuple[int, str]:
    """The first event that is wrong."""
    found = verified(engine, links).breaks
    assert found
    return found[0].seq, found[0].what


@pytest.mark.req("REQ-107", "REQ-302")
def test_whoever_recomputes_the_chain_with_the_key_meets_the_signatures(engine: Engine) -> None:
    """T-32: a value is changed and every later hash made to fit; the signature behind it tells."""
    assert verified(engine, working_chain(40).links).breaks == ()
    forged = working_chain(10)
    forged.answer("forged")
    honest = working_chain(40)
    first_signed = next(link.seq for link in honest.links if link.kind == "signed")
    for link in honest.records()[len(forged.links) :]:
        forged.write(link.event, _who(link.envelope.login), link.envelope.act)
    assert first_break(forged.links) is None  # the chain itself is sound again
    assert broken(engine, forged.links) == (
        first_signed,
        "its signature was given at another place of the chain",
    )


@pytest.mark.req("REQ-107", "REQ-302")
def test_a_forger_without_a_persons_password_cannot_sign_again(engine: Engine) -> None:
    """The signature is made to name the new place; what was signed by the person's key does not fit it."""
    forged = WrittenChain()
    forged.founded()
    forged.answer("forged")
    honest = forged.signature(INVESTIGATOR, "1")
    stranger = WrittenChain(seed=8)
    stranger.keys["khalil"] = stranger.keys["rania"]
    for signed, what in (
        (
            honest.model_copy(update={"after": "b" * 64}),
            "its signature was given at another place of the chain",
        ),
        (honest.model_copy(update={"content": "b" * 64}), "its signature is not its signer's over this"),
        (honest.model_copy(update={"signed": "00" * 64}), "its signature is not its signer's over this"),
        (honest.model_copy(update={"signed": "no hex"}), "its signature is not its signer's over this"),
        (
            stranger.signature(INVESTIGATOR, "1", after=forged.head),
            "its signature is by a key that its signer had not registered",
        ),
    ):
        twin = WrittenChain()
        twin.links = list(forged.links)
        link = twin.write(signed, INVESTIGATOR)
        assert broken(engine, twin.links) == (link.seq, what)


@pytest.mark.req("REQ-302")
def test_a_signature_copied_moved_or_exchanged_fails_by_name(engine: Engine) -> None:
    """To another form, subject, person, study or site, or the signatures of two exchanged."""

    def begun(site: str = "s1") -> WrittenChain:
        chain = WrittenChain(site=site)
        chain.founded()
        return chain

    chain = begun()
    one, other = chain.signature(INVESTIGATOR, "1"), chain.signature(INVESTIGATOR, "2")
    not_over_this = "its signature is not its signer's over this"
    for moved in (
        one.model_copy(update={"visit": "V_SCR", "visit_n": 1, "form": "DM", "form_n": 1}),
        one.model_copy(update={"subject": "subject-2"}),
        one.model_copy(update={"meaning": "approved"}),
        one.model_copy(update={"statement": "I agree."}),
        one.model_copy(update={"signed_at": "2025-01-06T06:00:00Z"}),
        one.model_copy(update={"signed": other.signed}),
        one.model_copy(update={"signature": other.signature}),
    ):
        twin = begun()
        link = twin.write(moved, INVESTIGATOR)
        assert broken(engine, twin.links) == (link.seq, not_over_this)
    elsewhere = begun(site="s2")
    link = elsewhere.write(one.model_copy(update={"after": elsewhere.head}), INVESTIGATOR)
    assert broken(engine, elsewhere.links) == (link.seq, not_over_this)
    by_another = begun()
    link = by_another.write(one, NURSE)
    assert broken(engine, by_another.links)[0] == link.seq
    again = begun()
    again.write(one, INVESTIGATOR)
    link = again.write(one, INVESTIGATOR)
    assert broken(engine, again.links) == (link.seq, "its signature was given at another place of the chain")


@pytest.mark.req("REQ-302", "REQ-808")
def test_a_signature_over_what_stays_at_the_site_passes_outside_and_never_there(engine: Engine) -> None:
    """The sabotaged twin is the copy outside: were the site as lenient, nothing would be named."""
    chain = WrittenChain()
    chain.founded()
    link = chain.sign()
    chain.answer("after it")
    whole = list(chain.links)
    without_any = [without(one, ("content", "signed")) if one is link else one for one in whole]
    assert verified(engine, without_any, withheld=True).breaks == ()
    for fields in (("content",), ("signed",), ("content", "signed")):
        left = [without(one, fields) if one is link else one for one in whole]
        assert broken(engine, left) == (link.seq, f"its {fields[0]} was taken away without a redaction")
    chain.redact(link, "content", "signed")
    assert verified(engine, chain.links, withheld=True).breaks == ()
    assert broken(engine, chain.links) == (link.seq, "its signature is not its signer's over this")


@pytest.mark.req("REQ-302", "REQ-808")
def test_outside_the_site_every_other_signature_is_verified_and_of_one_that_stays_place_and_key(
    engine: Engine,
) -> None:
    begun = WrittenChain()
    begun.founded()
    stays = ("content", "signed")
    begun.links[-1] = without(begun.sign(), stays)
    good = begun.signature(INVESTIGATOR, "2")
    for signed, kept, what in (
        (good, (), ""),
        (good, stays, ""),
        (good.model_copy(update={"signed": "00" * 64}), (), "its signature is not its signer's over this"),
        (good.model_copy(update={"signed": ""}), (), "its signature is not its signer's over this"),
        (
            good.model_copy(update={"after": "b" * 64}),
            stays,
            "its signature was given at another place of the chain",
        ),
        (
            good.model_copy(update={"public": "ab" * 32}),
            stays,
            "its signature is by a key that its signer had not registered",
        ),
    ):
        twin = WrittenChain()
        twin.links = list(begun.links)
        link = twin.write(signed, INVESTIGATOR)
        twin.links[-1] = without(link, kept)
        breaks = verified(engine, twin.links, withheld=True).breaks
        assert [(one.seq, one.what) for one in breaks] == ([(link.seq, what)] if what else [])


@pytest.mark.req("REQ-302")
def test_signatures_of_one_act_all_name_the_event_before_it(engine: Engine) -> None:
    """Two forms signed at once, after the clock gave cause to note something: still one place."""
    chain = WrittenChain()
    chain.founded()
    before = chain.head
    chain.write(KeyRegistered(login="omar", public="0" * 64), INVESTIGATOR, "one act")
    for number in ("1", "2"):
        chain.write(chain.signature(INVESTIGATOR, number, after=before), INVESTIGATOR, "one act")
    assert verified(engine, chain.links).breaks == ()


def test_a_key_counts_from_when_it_was_registered(engine: Engine) -> None:
    chain = WrittenChain()
    chain.founded()
    chain.links = chain.links[:3]
    link = chain.sign()
    chain.write(KeyRegistered(login="khalil", public=chain.signature(INVESTIGATOR, "1").public))
    assert broken(engine, chain.links) == (
        link.seq,
        "its signature is by a key that its signer had not registered",
    )


# ---------------------------------------------------------------- redactions


@pytest.mark.req("REQ-108", "REQ-107")
def test_a_redaction_leaves_a_chain_that_verifies_and_tables_as_they_fold(
    engine: Engine, chain: WrittenChain, tmp_path: Path
) -> None:
    link = chain.answer("Ahmad Haddad", reason="seen on the letter")
    chain.redact(link, "value", "typed")
    assert verified(engine, chain.links).breaks == ()
    assert compare(engine, tmp_path) == []


@pytest.mark.req("REQ-108", "REQ-107")
def test_what_was_taken_away_without_a_redaction_is_named(engine: Engine, chain: WrittenChain) -> None:
    """Sabotaged twins: no event; an event that names less, or another event; one person alone."""
    link = chain.answer("Ahmad Haddad", reason="seen on the letter")
    gone = link._replace(told=b"{}")
    at = link.seq - 1
    without = "was taken away without a redaction"

    assert broken(engine, [*chain.links[:at], gone]) == (link.seq, f"its reason {without}")
    chain.redact(link, "value", "typed")
    assert broken(engine, [*chain.links[:at], gone, *chain.links[at + 1 :]]) == (
        link.seq,
        f"its reason {without}",
    )
    other = working_chain(40)
    mine, theirs = other.answer("Ahmad Haddad"), other.answer("a remark")
    other.redact(theirs, "typed", "value")
    other.links[mine.seq - 1] = mine._replace(told=b"{}")
    assert broken(engine, other.links) == (mine.seq, f"its typed {without}")
    alone = working_chain(40)
    link = alone.answer("Ahmad Haddad")
    alone.redact(link, "value", by=NURSE)
    assert broken(engine, alone.links) == (link.seq, f"its value {without}")


@pytest.mark.req("REQ-108")
def test_a_redaction_nobody_asked_for_or_that_was_not_carried_out_is_named(
    engine: Engine, chain: WrittenChain
) -> None:
    link = chain.answer("Ahmad Haddad")
    of = EventId(link.node, link.seq)
    stray = WrittenChain()
    stray.links = list(chain.links)
    done = stray.write(Redacted(subject=SUBJECT, redaction="r", of=of, fields=("value",)), INVESTIGATOR)
    assert broken(engine, stray.links) == (
        done.seq,
        "it takes away what nobody else had asked to be taken away",
    )
    chain.write(RedactionAsked(subject=SUBJECT, redaction="r", of=of, fields=("value",)), NURSE)
    done = chain.write(Redacted(subject=SUBJECT, redaction="r", of=of, fields=("value",)), INVESTIGATOR)
    assert broken(engine, chain.links) == (done.seq, f"value of event {link.seq} is there still")


def _who(login: str) -> tuple[str, str, str]:
    return {who[0]: who for who in (NURSE, INVESTIGATOR)}[login]

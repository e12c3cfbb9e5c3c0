"""What comes is looked at whole before anything of it is written; each thing that is wrong has its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import crfapp.exchange.intake as intake_module
from crfapp.base.canonical import canonical, sha256
from crfapp.base.problems import Code, RefusedError
from crfapp.exchange.intake import examine
from crfapp.exchange.intake_ports import Receipt
from crfapp.ledger.events import (
    KINDS,
    End,
    LockAsked,
    NodeRegistered,
    PackageTakenIn,
    PackInstalled,
    QueryRaised,
    Redacted,
)
from crfapp.ledger.keys import EventId
from crfapp.ledger.redacting import without
from crfapp.ledger.speaking import SAID_BY, may_say
from tests.support.any_events import events
from tests.support.parcels import PRINTS, Parcel, Place, heard
from tests.support.written_chain import INVESTIGATOR, SUBJECT, WrittenChain

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.ledger.chain import Sealed


def refusal(parcel: Parcel, place: Place) -> RefusedError:
    with pytest.raises(RefusedError) as caught:
        examine(parcel, place)
    return caught.value


@pytest.fixture
def chain() -> WrittenChain:
    """A site's chain with answers and a signature."""
    chain = WrittenChain()
    chain.founded()
    for value in ("one", "two", "three"):
        chain.answer(value)
    chain.sign()
    chain.answer("four")
    return chain


# ---- what is taken


@pytest.mark.req("REQ-805")
def test_a_whole_package_is_taken_and_its_new_events_are_counted(chain: WrittenChain) -> None:
    assert examine(Parcel.of("ws-test", chain.links), Place()).new == len(chain.links)
    here = Place(chain.links[:7])
    assert examine(Parcel.of("ws-test", chain.links), here).new == len(chain.links) - 7
    assert examine(Parcel.of("ws-test", chain.links[7:]), here).new == len(chain.links) - 7


@pytest.mark.req("REQ-805")
def test_what_is_here_already_is_a_success_that_says_so(chain: WrittenChain) -> None:
    parcel = Parcel.of("ws-test", chain.links[3:])
    before = [Receipt(parcel.manifest.package, 1, "a" * 64)]
    found = examine(parcel, Place(chain.links, before=before))
    assert (found.new, found.again, found.late) == (0, True, False)


@pytest.mark.req("REQ-805", "REQ-806")
def test_numbers_that_never_came_came_late_or_name_another_package_before_are_told(
    chain: WrittenChain,
) -> None:
    before = [Receipt("p1", 1, "a" * 64), Receipt("p2", 2, "b" * 64)]
    here = Place(chain.links[:7], before=before)
    parcel = Parcel.of("ws-test", chain.links)
    found = examine(parcel.saying(number=5, previous="c" * 64), here)
    assert (found.missing, found.late, found.follows) == ((3, 4), False, True)
    found = examine(parcel.saying(number=3, previous="b" * 64), here)
    assert (found.missing, found.follows) == ((), True)
    assert not examine(parcel.saying(number=3, previous="a" * 64), here).follows
    late = Place(chain.links[:7], before=[before[1]])
    assert examine(parcel.saying(number=1), late).late


@pytest.mark.req("REQ-214")
def test_a_second_workstation_comes_with_its_registration(chain: WrittenChain) -> None:
    second = WrittenChain("ws-two", seed=8)
    second.answer("five")
    registered = NodeRegistered(
        node="ws-two", sort="site", label="Second", certificate="c", fingerprint=PRINTS["ws-two"]
    )
    chain.write(registered)
    assert examine(Parcel.of("ws-test", second.links, chain.links), Place()).new == len(chain.links) + 1


@pytest.mark.req("REQ-808")
def test_texts_that_were_withheld_may_be_missing_outside_the_site_and_not_inside(chain: WrittenChain) -> None:
    chain.links[6] = without(chain.links[6], ("value", "typed"))
    parcel = Parcel.of("ws-test", chain.links)
    assert examine(parcel, Place(whole=False)).new == len(chain.links)
    assert refusal(parcel, Place()).facts["what"] == "texts"


def test_texts_that_two_people_made_unreadable_may_be_missing_everywhere(chain: WrittenChain) -> None:
    chain.redact(chain.links[6], "value", "typed")
    assert examine(Parcel.of("ws-test", chain.links), Place()).new == len(chain.links)
    first, then = Parcel.of("ws-test", chain.links[:7]), Parcel.of("ws-test", chain.links[7:])
    assert examine(then, Place(chain.links[:7])).new == len(chain.links) - 7
    assert refusal(first, Place()).code is Code.PACKAGE_DAMAGED  # whatever comes later does not show yet


def test_a_study_version_comes_with_the_package_or_is_here(chain: WrittenChain) -> None:
    chain.write(PackInstalled(site="s1", study="tiny", pack_version="2", content="e" * 64))
    parcel = Parcel.of("ws-test", chain.links)
    assert refusal(parcel, Place()).code is Code.PACKAGE_GAP
    assert examine(parcel, Place(kept={"e" * 64})).new == len(chain.links)


# ---- whose it is


@pytest.mark.req("REQ-805", "REQ-504")
def test_whose_package_it_is_decides_first(chain: WrittenChain) -> None:
    parcel = Parcel.of("ws-test", chain.links)
    assert refusal(parcel.saying(site="s2"), Place()).code is Code.PACKAGE_OTHER_SITE
    assert refusal(parcel.saying(study="other"), Place()).code is Code.PACKAGE_OTHER_SITE
    assert refusal(parcel, Place(nodes=[])).code is Code.PACKAGE_UNKNOWN_SIGNER
    stranger = Place(nodes=[heard("ws-test", "site", "E" * 40)])
    assert refusal(parcel, stranger).code is Code.PACKAGE_UNKNOWN_SIGNER


@pytest.mark.req("REQ-214")
def test_a_revoked_workstation_is_heard_for_what_it_packed_before(chain: WrittenChain) -> None:
    parcel = Parcel.of("ws-test", chain.links)  # made at 07:00 UTC

    def revoked(at: str) -> Place:
        return Place(nodes=[heard("ws-test", "site", revoked=at)])

    assert refusal(parcel, revoked("2025-02-01T06:59:00.000000Z")).code is Code.PACKAGE_REVOKED_SIGNER
    assert examine(parcel, revoked("2025-02-01T07:01:00.000000Z")).new
    assert refusal(parcel.saying(made_at="soon"), revoked("2025")).code is Code.PACKAGE_DAMAGED


# ---- what may be said


SENDERS = {"centre": "ctr-1", "monitor": "mon-1"}


@pytest.mark.req("REQ-504")
@pytest.mark.parametrize("sort", SENDERS)
@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=3)
@given(data=st.data())
def test_no_kind_of_event_comes_from_the_sponsors_side_but_those_of_its_list(
    kind: str, sort: str, data: st.DataObject
) -> None:
    """Correctly signed, in a sound chain: what is refused is refused for what it says (T-21)."""
    event = data.draw(events(KINDS[kind]))
    node = SENDERS[sort]
    chain = WrittenChain(node)
    chain.write(QueryRaised(subject=SUBJECT, query="q1", text="Please look again."))
    chain.write(event)
    here = Place(nodes=[heard(node, sort)], whole=False)
    parcel = Parcel.of(node, chain.links)
    if not may_say(sort, event):  # type: ignore[arg-type]
        found = refusal(parcel, here)
        assert found.code is Code.PACKAGE_WRONG_ROLE
        assert found.facts["kind"] == kind
    elif kind != "signed":  # a visit record that nobody signed is found another way
        assert examine(parcel, here).new == 2


@pytest.mark.req("REQ-504")
def test_without_its_closed_list_the_sponsors_side_would_write_answers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The sabotaged twin: the same package passes where nobody asks what its chain may say."""
    chain = WrittenChain("ctr-1")
    chain.answer("from the sponsor")
    here = Place(nodes=[heard("ctr-1", "centre")])
    assert refusal(Parcel.of("ctr-1", chain.links), here).code is Code.PACKAGE_WRONG_ROLE
    monkeypatch.setattr(intake_module, "may_say", lambda _sort, _event: True)
    assert examine(Parcel.of("ctr-1", chain.links), here).new == 1


@pytest.mark.req("REQ-504")
def test_a_centre_carries_its_own_chain_and_no_other(chain: WrittenChain) -> None:
    own = WrittenChain("ctr-1")
    own.write(QueryRaised(subject=SUBJECT, query="q1", text="Please look again."))
    both = [heard("ctr-1", "centre"), heard("ws-test", "site")]
    found = refusal(Parcel.of("ctr-1", own.links, chain.links), Place(nodes=both))
    assert (found.code, found.facts["node"]) == (Code.PACKAGE_WRONG_ROLE, "ws-test")
    assert examine(Parcel.of("ws-test", own.links, chain.links), Place(nodes=both)).new


@pytest.mark.req("REQ-504")
def test_a_site_does_not_put_words_into_the_centres_chain(chain: WrittenChain) -> None:
    forged = WrittenChain("ctr-1")
    forged.answer("as if the centre had entered it")
    found = refusal(Parcel.of("ws-test", chain.links, forged.links), Place())
    assert (found.code, found.facts["node"]) == (Code.PACKAGE_WRONG_ROLE, "ctr-1")
    assert LockAsked in SAID_BY["centre"]


# ---- whether it joins


@pytest.mark.req("REQ-805")
def test_what_is_missing_between_is_named(chain: WrittenChain) -> None:
    found = refusal(Parcel.of("ws-test", chain.links[8:]), Place(chain.links[:5]))
    assert found.code is Code.PACKAGE_GAP
    assert (found.facts["node"], found.facts["first"], found.facts["last"]) == ("ws-test", 6, 8)


def grown_twice() -> tuple[list[Sealed], list[Sealed]]:
    """The same workstation went on twice from one copy: two chains that are alike up to the eighth event."""
    one, other = WrittenChain(), WrittenChain()
    for chain in (one, other):
        chain.founded()
        chain.answer("before the copy")
        chain.answer("still before")
    one.answer("in the records that were lost")
    other.answer("after the copy was put back")
    for chain in (one, other):
        chain.answer("later")
    return one.links, other.links


@pytest.mark.req("REQ-805", "REQ-902")
def test_two_futures_of_one_workstation_are_named_wherever_the_package_begins() -> None:
    ours, theirs = grown_twice()
    assert ours[7].hash == theirs[7].hash
    for first in range(len(theirs) + 1):
        part = theirs[first:]
        if not part:
            continue
        found = refusal(Parcel.of("ws-test", part), Place(ours[: max(first, 9)]))
        assert found.code is Code.CHAIN_FORKED, first
        assert found.facts["node"] == "ws-test"


@pytest.mark.req("REQ-512")
def test_a_history_that_was_rewritten_here_is_named_by_whoever_saw_the_former_one() -> None:
    """T-33: the centre's receipt says what it saw; the site went on from an older copy as if nothing was."""
    seen, rewritten = grown_twice()
    centre = WrittenChain("ctr-1")
    centre.write(receipt(End("ws-test", 9, seen[8].hash)))
    parcel = Parcel.of("ctr-1", centre.links)
    nodes = [heard("ctr-1", "centre")]
    found = refusal(parcel, Place(rewritten, nodes=nodes, node="ws-test"))
    assert (found.code, found.facts["node"], found.facts["seq"]) == (Code.CHAIN_FORKED, "ws-test", 9)
    assert examine(parcel, Place(seen, nodes=nodes, node="ws-test")).ahead == 0
    cut = examine(parcel, Place(seen[:8], nodes=nodes, node="ws-test"))
    assert (cut.new, cut.ahead) == (1, 9)  # cut off: nothing contradicts it, but somebody knows more


@pytest.mark.req("REQ-512")
def test_what_the_maker_of_a_package_saw_of_a_chain_is_compared_too(chain: WrittenChain) -> None:
    parcel = Parcel.of("ws-test", chain.links)
    true, other = End("ws-test", 7, chain.links[6].hash), End("ws-test", 7, "f" * 64)
    assert examine(parcel.saying(ends=(true,)), Place(chain.links)).new == 0
    assert refusal(parcel.saying(ends=(other,)), Place(chain.links)).code is Code.CHAIN_FORKED
    last = End("ws-test", len(chain.links), "f" * 64)
    assert refusal(parcel.saying(ends=(last,)), Place()).code is Code.CHAIN_FORKED


def receipt(*ends: End) -> PackageTakenIn:
    told = {"package": "p1", "sender": "ws-test", "sha256": "a" * 64, "made_at": "2025-01-05T08:00:00Z"}
    return PackageTakenIn(**told, number=1, events=1, ends=ends)


DAMAGE: dict[str, Callable[[list[Sealed]], list[Sealed]]] = {
    "an event lost": lambda links: [*links[:7], *links[8:]],
    "two exchanged": lambda links: [*links[:7], links[8], links[7], *links[9:]],
    "one twice": lambda links: [*links[:8], *links[7:]],
    "the end lost": lambda links: links[:-1],
    "another value": lambda links: _told(links, b'"two"', b'"six"'),
    "another salt": lambda links: [*links[:7], links[7]._replace(told=b"{}"), *links[8:]],
    "another body": lambda links: _body(links, b"value-recorded", b"item-hidden"),
    "no body": lambda links: [*links[:7], links[7]._replace(body=b"{"), *links[8:]],
    "another column": lambda links: [*links[:7], links[7]._replace(subject="somebody"), *links[8:]],
}


def _told(links: list[Sealed], old: bytes, new: bytes) -> list[Sealed]:
    return [*links[:7], links[7]._replace(told=links[7].told.replace(old, new)), *links[8:]]


def _body(links: list[Sealed], old: bytes, new: bytes) -> list[Sealed]:
    body = links[7].body.replace(old, new)
    return [*links[:7], links[7]._replace(body=body, hash=sha256(body)), *links[8:]]


@pytest.mark.req("REQ-805")
@pytest.mark.parametrize("what", DAMAGE)
def test_a_chain_that_is_not_sound_is_refused_whole(chain: WrittenChain, what: str) -> None:
    whole = Parcel.of("ws-test", chain.links)
    hurt = Parcel(whole.manifest, tuple(DAMAGE[what](list(chain.links))), whole.signer)
    assert refusal(hurt, Place()).code is Code.PACKAGE_DAMAGED


def test_an_event_that_no_stretch_announces_is_refused(chain: WrittenChain) -> None:
    own = WrittenChain("ws-two", seed=9)
    own.answer("not announced")
    whole = Parcel.of("ws-test", chain.links)
    more = Parcel(whole.manifest, (*whole.sealed, *own.links), whole.signer)
    assert refusal(more, Place()).facts["what"] == "untold"


def test_an_event_of_a_newer_program_asks_for_that_program(chain: WrittenChain) -> None:
    body = chain.links[-1].body.replace(b'"version":1', b'"version":99')
    newer = chain.links[-1]._replace(body=body, hash=sha256(body))
    assert newer.body != chain.links[-1].body
    links = [*chain.links[:-1], newer]
    assert refusal(Parcel.of("ws-test", links), Place()).code is Code.PACKAGE_TOO_NEW


# ---- what people signed


@pytest.mark.req("REQ-302")
def test_a_signature_by_another_key_or_at_another_place_is_refused() -> None:
    chain = WrittenChain()
    chain.founded()
    chain.answer("one")
    forged = chain.signature(INVESTIGATOR, "1").model_copy(update={"public": "ab" * 32})
    chain.write(forged, INVESTIGATOR)
    assert refusal(Parcel.of("ws-test", chain.links), Place()).facts["what"] == "signature"

    moved = WrittenChain()
    moved.founded()
    signed = moved.signature(INVESTIGATOR, "1")
    moved.answer("changed before the signature was put in")
    moved.write(signed, INVESTIGATOR)
    assert refusal(Parcel.of("ws-test", moved.links), Place()).facts["what"] == "signature"


@pytest.mark.req("REQ-302")
def test_a_signature_is_verified_by_a_key_that_was_registered_in_an_earlier_package(
    chain: WrittenChain,
) -> None:
    assert examine(Parcel.of("ws-test", chain.links[6:]), Place(chain.links[:6])).new
    unknown = [link for link in chain.links[:6] if link.kind != "key-registered"]
    here = Place(chain.links[:6])
    here.records = lambda kinds: Place(unknown).records(kinds)  # type: ignore[method-assign]
    assert refusal(Parcel.of("ws-test", chain.links[6:]), here).facts["what"] == "signature"


@pytest.mark.req("REQ-302", "REQ-808")
def test_a_signature_over_what_stays_at_the_site_is_taken_outside_and_never_at_the_site() -> None:
    """The sabotaged twin is the place outside: the same package is taken there, and refused here."""
    chain = WrittenChain()
    chain.founded()
    link = chain.sign()
    whole, stays = list(chain.links), ("content", "signed")
    left = [without(one, stays) if one is link else one for one in whole]
    assert examine(Parcel.of("ws-test", left), Place(whole=False)).new == len(whole)
    assert refusal(Parcel.of("ws-test", left), Place()).code is Code.PACKAGE_DAMAGED
    chain.redact(link, *stays)
    assert refusal(Parcel.of("ws-test", chain.links), Place()).facts["what"] == "signature"
    for change in ({"public": "ab" * 32}, {"after": "b" * 64}):
        forged = WrittenChain()
        forged.founded()
        signed = forged.signature(INVESTIGATOR, "1").model_copy(update=change)
        forged.links[-1] = without(forged.write(signed, INVESTIGATOR), stays)
        parcel = Parcel.of("ws-test", forged.links)
        assert refusal(parcel, Place(whole=False)).facts["what"] == "signature"
    for signature in ("00" * 64, ""):
        forged = WrittenChain()
        forged.founded()
        forged.write(
            forged.signature(INVESTIGATOR, "1").model_copy(update={"signed": signature}), INVESTIGATOR
        )
        parcel = Parcel.of("ws-test", forged.links)
        assert refusal(parcel, Place(whole=False)).facts["what"] == "signature"


def test_what_one_person_alone_took_away_is_damage(chain: WrittenChain) -> None:
    of = EventId("ws-test", 7)
    chain.write(Redacted(subject=SUBJECT, redaction="r7", of=of, fields=("value", "typed")), INVESTIGATOR)
    chain.links[6] = without(chain.links[6], ("value", "typed"))
    assert refusal(Parcel.of("ws-test", chain.links), Place()).facts["what"] == "texts"


def test_no_fact_of_a_refusal_tells_an_answer(chain: WrittenChain) -> None:
    for change in DAMAGE.values():
        whole = Parcel.of("ws-test", chain.links)
        hurt = Parcel(whole.manifest, tuple(change(list(chain.links))), whole.signer)
        facts = canonical(refusal(hurt, Place()).facts).decode()
        assert not any(value in facts for value in ("one", "two", "three", "four", "six")), facts

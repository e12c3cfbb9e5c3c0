"""What changed between two packages, answer by answer, and what of it had been verified or signed before."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crfapp.exchange.delta import Answer, changes_since
from crfapp.ledger.events import ItemVerified, SignatureOutdated
from crfapp.ledger.keys import EventId
from crfapp.ledger.redacting import without
from tests.support.written_chain import INVESTIGATOR, SUBJECT, WrittenChain, place


def begun() -> WrittenChain:
    chain = WrittenChain()
    chain.founded()
    return chain


def test_a_first_answer_is_new_and_a_second_one_a_change_with_its_reason() -> None:
    chain = begun()
    chain.answer("one")
    known = len(chain.links)
    chain.answer("two", reason="misread")
    chain.answer("first", item="SEX")
    new, changed = sorted(changes_since(chain.records(), {"ws-test": known}), key=lambda one: one.what)[::-1]
    assert (new.key.item, new.what, new.before, new.after) == ("SEX", "new", Answer(), Answer("first"))
    assert (changed.what, changed.before, changed.after) == ("changed", Answer("one"), Answer("two"))
    assert (changed.reason, changed.login) == ("misread", "rania")
    assert not changed.verified
    assert not changed.signed


def test_what_was_compared_or_signed_before_it_was_changed_is_said_also_after_the_marks_fell() -> None:
    chain = begun()
    first = chain.answer("one")
    chain.write(ItemVerified(**place(), value="one", head=EventId(first.node, first.seq)))
    chain.sign()
    known = len(chain.links)
    chain.answer("two")
    chain.write(SignatureOutdated(subject=SUBJECT, signature="signature-1", because="changed"))
    chain.answer("three")
    (changed,) = changes_since(chain.records(), {"ws-test": known})
    assert (changed.verified, changed.signed, changed.changes) == (True, True, 2)
    assert (changed.before, changed.after) == (Answer("one"), Answer("three"))
    before_marks = changes_since(chain.records(), {"ws-test": first.seq - 1})
    assert [one.what for one in before_marks] == ["new"]


def test_what_is_not_told_here_and_what_came_too_late_is_passed_over() -> None:
    chain = begun()
    chain.answer("stays at the site")
    chain.links[-1] = without(chain.links[-1], ("value", "typed"))
    chain.answer("too late", item="SEX")
    late = EventId("ws-test", len(chain.links))
    assert changes_since(chain.records(), {}, lambda record: record.envelope.id == late) == []


@given(st.lists(st.sampled_from(["a", "b"]), max_size=6), st.integers(0, 12))
def test_whatever_is_beyond_what_was_known_is_told_and_nothing_else(values: list[str], known: int) -> None:
    chain = begun()
    for value in values:
        chain.answer(value)
    told = changes_since(chain.records(), {"ws-test": known})
    beyond = [link for link in chain.links if link.kind == "value-recorded" and link.seq > known]
    assert sum(one.changes for one in told) == len(beyond)
    assert all(one.after.value == values[-1] for one in told)
    assert INVESTIGATOR[0] not in {one.login for one in told}

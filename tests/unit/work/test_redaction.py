"""A patient's name stands in a casebook: one person asks, another agrees, and nobody reads it any more."""

from __future__ import annotations

import json

import pytest

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.chain import first_break, open_sealed
from crfapp.ledger.events import ValueRecorded
from crfapp.ledger.fold import changes_of
from crfapp.ledger.keys import EventId
from crfapp.ledger.redacting import told_texts
from crfapp.ledger.state import TABLES, FindingRow, ItemRow, RedactionRow, TrailRow
from crfapp.work.entry import ConfirmFinding
from crfapp.work.redaction import ApproveRedaction, AskRedaction, DeclineRedaction, is_redacted
from crfapp.work.roles import Actor, Role
from crfapp.work.row_work import VoidRow
from tests.support.clinic import RANIA
from tests.support.examples.redaction import NAME, WHY, asked, wish
from tests.support.memory_ledger import MemoryTables
from tests.support.ward import Ward

KHALIL = Actor("khalil", "Dr Khalil", Role.INVESTIGATOR, "Cell Therapy Center")


def texts_kept(ward: Ward) -> str:
    """Everything that can be read of the ledger and its tables."""
    links = b"\n".join(link.body + link.told for link in ward.ledger.links).decode()
    return links + "\n".join(str(row) for rows in ward.ledger.tables.rows.values() for row in rows.values())


def folded(ward: Ward) -> MemoryTables:
    tables = MemoryTables()
    for record in ward.records():
        tables.apply(list(changes_of(record)))
    return tables


def approve(ward: Ward, wished: str = "") -> None:
    ward.bus.send(ApproveRedaction(wish=wished or wish(ward), reason="it is a name"), KHALIL)


def refused(ward: Ward, command: object, actor: Actor = RANIA) -> Code:
    before = len(ward.ledger.links)
    with pytest.raises(RefusedError) as problem:
        ward.bus.send(command, actor)  # type: ignore[arg-type]
    assert len(ward.ledger.links) == before
    return problem.value.code


@pytest.mark.req("REQ-108")
def test_a_name_is_gone_from_events_and_tables_and_who_when_and_why_stay() -> None:
    ward = Ward()
    approve(ward)
    assert NAME not in texts_kept(ward)
    asking, agreeing = ward.records()[-2:]
    assert (asking.envelope.login, asking.event.reason) == ("rania", WHY)
    assert (agreeing.envelope.login, agreeing.event.reason) == ("khalil", "it is a name")
    [row] = ward.ledger.tables.find(RedactionRow)
    assert (row.state, row.asked_by, row.decided_by, row.fields) == ("done", "rania", "khalil", "typed,value")


@pytest.mark.req("REQ-108")
def test_the_answer_reads_as_redacted_not_as_never_given() -> None:
    ward = Ward()
    approve(ward)
    row = ward.ledger.tables.get(ItemRow, *ward.dm, "", "CB")
    assert row is not None
    assert (row.value, row.typed, row.missing) == (None, None, None)
    assert is_redacted(ward.ledger.tables, row.head, "value")
    assert not is_redacted(ward.ledger.tables, row.head, "reason")
    record = next(r for r in ward.records() if r.envelope.id == row.head)
    assert record.redacted == {"value", "typed"}


@pytest.mark.req("REQ-108")
def test_the_tables_after_it_are_those_that_what_is_left_folds_into() -> None:
    ward = Ward()
    approve(ward)
    again = folded(ward)
    for table in TABLES:
        assert ward.ledger.tables.rows[table] == again.rows[table]


@pytest.mark.req("REQ-108", "REQ-107")
def test_the_hashes_stay_as_they_were_and_the_chain_alone_says_that_a_text_is_missing() -> None:
    ward = Ward()
    wished = wish(ward)
    before = [link.hash for link in ward.ledger.links]
    approve(ward, wished)
    assert [link.hash for link in ward.ledger.links][: len(before)] == before
    found = first_break(ward.ledger.links)  # without whoever knows of the redaction
    assert found is not None
    assert found.what.endswith("was taken away without a redaction")


@pytest.mark.req("REQ-108")
def test_every_event_of_the_subject_that_holds_the_text_is_found() -> None:
    """The correction, its reason, the confirmation of a finding, a row's reason; not another subject's."""
    ward = Ward()
    row = ward.area()
    ward.enter(ward.dm, SEX="F")
    ward.enter(ward.dm, CB="asked AHMAD  HADDAD")
    ward.enter(ward.dm, CB="pill", reason="Áhmad Haddad is the brother")
    ward.enter(ward.dm, AGE="70")
    ward.send(ConfirmFinding(key=ward.dm, item="AGE", check="SOFT:AGE", reason="Ahmad Haddad said so"))
    ward.send(VoidRow(key=ward.ld, section="AREAS", row=row, reason="see Ahmad Haddad"))
    other = ward.enrol()
    visit = ward.start(other, "V_SCR")
    theirs = ward.form("DM", visit)
    ward.enter(theirs, SEX="F")
    ward.enter(theirs, CB="Ahmad Haddad")
    first = next(
        r
        for r in ward.records()
        if isinstance(r.event, ValueRecorded) and r.event.value == "asked AHMAD  HADDAD"
    )
    ward.send(
        AskRedaction(
            subject=ward.subject, of=first.envelope.id, field="value", text="ahmad haddad", reason=WHY
        )
    )
    rows = ward.ledger.tables.find(RedactionRow)
    assert sorted(one.fields for one in rows) == ["reason", "reason", "reason", "typed,value"]
    assert len({one.wish for one in rows}) == 1
    approve(ward, rows[0].wish)
    mine = [link for link in ward.ledger.links if link.subject == ward.subject]
    assert not any(
        "haddad" in text.lower() for link in mine for text in told_texts(open_sealed(link)).values()
    )
    reasons = [row.reason for row in ward.ledger.tables.find(TrailRow, subject=ward.subject)]
    assert not any("haddad" in (reason or "").lower() for reason in reasons)
    [confirmed] = ward.ledger.tables.find(FindingRow, subject=ward.subject, item="AGE")
    assert (confirmed.state, confirmed.reason) == ("confirmed", None)
    assert ward.value(ward.dm, "CB") == "pill"
    assert ward.value(theirs, "CB") == "Ahmad Haddad"
    assert ward.ledger.tables.rows == folded(ward).rows


@pytest.mark.req("REQ-108")
def test_a_short_text_is_looked_for_at_its_own_item_alone() -> None:
    ward = Ward()
    ward.enter(ward.dm, AGE="29")
    ward.enter(ward.dm, W="29")
    row = ward.ledger.tables.get(ItemRow, *ward.dm, "", "AGE")
    assert row is not None
    ward.send(AskRedaction(subject=ward.subject, of=row.head, field="value", reason=WHY))
    assert [one.of for one in ward.ledger.tables.find(RedactionRow)] == [row.head]


@pytest.mark.req("REQ-108")
def test_nobody_agrees_to_their_own_wish_and_nobody_decides_twice() -> None:
    ward = Ward()
    command = asked(ward)
    ward.bus.send(command, KHALIL)
    wished = ward.ledger.tables.find(RedactionRow)[0].wish
    agree = ApproveRedaction(wish=wished, reason="it is a name")
    decline = DeclineRedaction(wish=wished, reason="a brand after all")
    assert refused(ward, agree, KHALIL) is Code.SECOND_PERSON
    assert refused(ward, decline, KHALIL) is Code.SECOND_PERSON
    second = Actor("samar", "Dr Samar", Role.INVESTIGATOR, "CTC")
    ward.bus.send(agree, second)
    assert refused(ward, agree, second) is Code.NOT_WAITING
    assert refused(ward, decline, second) is Code.NOT_WAITING


@pytest.mark.req("REQ-108")
def test_declined_leaves_everything_as_it_is() -> None:
    ward = Ward()
    wished = wish(ward)
    before = dict(ward.ledger.tables.rows[ItemRow])
    ward.bus.send(DeclineRedaction(wish=wished, reason="it is a brand"), KHALIL)
    assert ward.ledger.tables.rows[ItemRow] == before
    [row] = ward.ledger.tables.find(RedactionRow)
    assert row.state == "declined"
    ward.send(AskRedaction(subject=ward.subject, of=row.of, field="value", reason=WHY))
    assert len(ward.ledger.tables.find(RedactionRow, state="asked")) == 1


@pytest.mark.req("REQ-108")
def test_a_reason_that_repeats_the_text_is_refused() -> None:
    ward = Ward()
    command = asked(ward)
    again = AskRedaction(
        subject=command.subject, of=command.of, field="value", reason=f"the name {NAME.upper()} stands there"
    )
    assert refused(ward, again) is Code.REPEATS_TEXT
    ward.send(command)
    wished = ward.ledger.tables.find(RedactionRow)[0].wish
    assert refused(ward, ApproveRedaction(wish=wished, reason=f"{NAME} it is"), KHALIL) is Code.REPEATS_TEXT


@pytest.mark.parametrize(
    ("field", "text", "reason", "code"),
    [
        ("value", "somebody else", WHY, Code.NOTHING_THERE),
        ("reason", "", WHY, Code.NOTHING_THERE),
        ("nonsense", "", WHY, Code.NOTHING_THERE),
        ("value", "   ", WHY, Code.NOTHING_THERE),
        ("value", "", "", Code.REASON_NEEDED),
        ("value", "", "x", Code.REASON_TOO_SHORT),
    ],
)
def test_what_is_not_there_or_has_no_reason_is_refused(
    field: str, text: str, reason: str, code: Code
) -> None:
    ward = Ward()
    of = asked(ward).of
    wanted = AskRedaction(subject=ward.subject, of=of, field=field, text=text, reason=reason)
    assert refused(ward, wanted) is code
    elsewhere = AskRedaction(subject=ward.subject, of=EventId("ws-9", 1), field="value", reason=WHY)
    assert refused(ward, elsewhere) is Code.NOTHING_THERE


def test_a_new_answer_takes_the_place_of_what_was_redacted() -> None:
    ward = Ward()
    approve(ward)
    outcome = ward.enter(ward.dm, CB="condom", reason="what was meant")
    assert [event.kind for event in outcome.events] == ["value-recorded"]
    assert ward.value(ward.dm, "CB") == "condom"
    assert ward.ledger.tables.rows == folded(ward).rows


def test_what_is_left_of_an_event_still_says_that_something_was_told() -> None:
    """Sabotaged twin: a redaction that took the commitments too would leave nothing to hold against it."""
    ward = Ward()
    approve(ward)
    link = next(link for link in ward.ledger.links if link.told == b"{}" and link.kind == "value-recorded")
    body = json.loads(link.body)
    assert set(body["told"]) == {"value", "typed"}
    body["told"] = {}
    assert open_sealed(link._replace(body=json.dumps(body).encode())).redacted == frozenset()

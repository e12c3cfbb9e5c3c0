"""All that happened to one question stands in one list of plain words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from crfapp.form.graph import Cell
from crfapp.ledger.chain import open_sealed
from crfapp.ledger.events import (
    Frozen,
    ItemVerified,
    LateDecided,
    Locked,
    NodeRegistered,
    NodeRevoked,
    QueryAnswered,
    QueryClosed,
    QueryRaised,
    Redacted,
    RedactionAsked,
    Signed,
    UnlockAsked,
    Unlocked,
    VerificationTaken,
)
from crfapp.ledger.state import ItemRow, PersonRow
from crfapp.present.form_page import FormPage
from crfapp.present.item_history import item_history as history_of
from crfapp.work.people import AddPerson
from crfapp.work.roles import Actor, Role
from crfapp.work.row_work import VoidRow
from tests.support.another import OTHER
from tests.support.clinic import ADMIN
from tests.support.examples.joined import contradicted, too_late
from tests.support.permission_states import happen
from tests.support.site_of import workplace
from tests.support.telling import tell
from tests.support.ward import Ward

if TYPE_CHECKING:
    from crfapp.present.form_view import HistoryLine

GRETA = Actor("weber", "Greta Weber", Role.MONITOR, "CRO")
OMAR = Actor("omar", "Omar Haddad", Role.INVESTIGATOR, "CTC")


def ages(ward: Ward) -> tuple[HistoryLine, ...]:
    """What happened to the age."""
    at = workplace(ward)
    return history_of(at, ward.dm, Cell("", "AGE"), at.desk.forms.plan(ward.dm).items["AGE"])


def reasons(ward: Ward) -> str:
    """Why, all of it together."""
    return " ".join(line.why for line in ages(ward))


def signed(ward: Ward, **scope: object) -> Signed:
    return Signed.model_validate(
        {
            "subject": ward.subject,
            "signature": "g1",
            "of": "casebook",
            "meaning": "I have reviewed the data",
            "statement": "…",
            "language": "en",
            "content": "0" * 64,
            "signed_at": "2025-01-05T06:30:00.000000Z",
            "after": "0" * 64,
            "public": "00",
            "signed": "00",
            **scope,
        }
    )


@pytest.fixture
def ward() -> Ward:
    """One weight: typed, asked about, corrected, verified, signed, changed, frozen, locked."""
    ward = Ward()
    dm = ward.dm._asdict()
    weight = {**dm, "row": "", "item": "W"}
    step = ward.clock.later
    ward.enter(ward.dm, W="61.5", H="164")
    step(minutes=1)
    tell(ward, QueryRaised(**weight, query="q1", text="Is this with shoes?"), GRETA)
    step(minutes=1)
    tell(ward, QueryAnswered(subject=ward.subject, query="q1", text="Yes, weighed again"))
    ward.enter(ward.dm, W="60", reason="weighed without shoes")
    step(minutes=1)
    tell(ward, QueryClosed(subject=ward.subject, query="q1", text="Thank you"), GRETA)
    stored = ward.ledger.tables.get(ItemRow, *ward.dm, "", "W")
    assert stored is not None
    tell(ward, ItemVerified(**weight, value=stored.value, head=stored.head), GRETA)
    step(minutes=1)
    tell(ward, signed(ward), OMAR)
    step(minutes=1)
    ward.enter(ward.dm, W="60.5", reason="read again")  # the bus lets the two marks fall
    step(minutes=1)
    tell(ward, VerificationTaken(**weight, reason="wrong page"), GRETA)
    tell(ward, Frozen(subject=ward.subject, visit=ward.dm.visit, visit_n=1), GRETA)
    tell(ward, Locked(**dm), OMAR)
    tell(ward, UnlockAsked(**dm, reason="one more correction"), GRETA)
    tell(ward, Unlocked(**dm), OMAR)
    return ward


def history(ward: Ward, language: str = "en", item: str = "W") -> tuple[HistoryLine, ...]:
    return FormPage(workplace(ward, language), ward.dm).inspect(Cell("", item)).history


@pytest.mark.req("REQ-111")
def test_answers_queries_verification_signatures_and_locks_stand_in_one_list(ward: Ward) -> None:
    lines = history(ward)
    told = [(line.kind, line.what) for line in reversed(lines) if line.kind != "finding"]
    assert told == [
        ("value", "61.5"),
        ("query", "Query: Is this with shoes?"),
        ("query", "Answer to the query: Yes, weighed again"),
        ("value", "60.0"),
        ("query", "Query closed. Thank you"),
        ("verification", "Verified against the source: \u206860.0\u2069"),
        ("signature", "Signed: the casebook (I have reviewed the data)"),
        ("value", "60.5"),
        ("changed", "Changed since it was verified"),
        ("signature", "The signature of the casebook is outdated by a change"),
        ("changed", "Verification taken back"),
        ("lock", "Frozen: the visit"),
        ("lock", "Locked: the form"),
        ("lock", "Unlocking asked for: the form"),
        ("lock", "Unlocked: the form"),
    ]
    whys = {line.what: line.why for line in lines}
    assert whys["60.0"] == "weighed without shoes"
    assert whys["Verification taken back"] == "wrong page"
    assert whys["Unlocking asked for: the form"] == "one more correction"
    by = {line.what: line.who for line in lines}
    assert by["Query: Is this with shoes?"] == "Greta Weber, monitor"
    assert by["Signed: the casebook (I have reviewed the data)"] == "Omar Haddad, investigator"


@pytest.mark.req("REQ-111")
@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_no_line_says_an_id_or_the_name_of_an_event(ward: Ward, language: str) -> None:
    for line in history(ward, language):
        said = f"{line.what} {line.who} {line.when} {line.why}"
        assert "Asia/Amman" in line.when
        assert line.moment.startswith("ws-test:")
        for sign in ("{", "}", "item-verified", ward.subject, "q1", "g1", "2025-01-05T", "None"):
            assert sign not in said, said


@pytest.mark.req("REQ-111")
def test_what_was_said_of_another_question_does_not_stand_here(ward: Ward) -> None:
    kinds = {line.kind for line in history(ward, item="H")}
    assert kinds == {"value", "signature", "lock"}


@pytest.mark.req("REQ-108", "REQ-111")
def test_what_was_made_unreadable_says_so_with_who_asked_and_who_agreed() -> None:
    ward = Ward()
    for who in (GRETA, OMAR):
        ward.bus.send(AddPerson(login=who.login, name=who.name, role=who.role, organisation="x"), ADMIN)
    visit = ward.start(ward.subject, "V_UNS", "2025-01-05")
    form = ward.form("UNS", visit)
    ward.enter(form, WHY="Mrs Rania Haddad, 079 555")
    gone = next(r.envelope.id for r in ward.records() if getattr(r.event, "item", "") == "WHY")
    fields = ("value", "typed")
    tell(ward, RedactionAsked(redaction="x1", of=gone, fields=fields, reason="a name"), GRETA)
    tell(ward, Redacted(redaction="x1", of=gone, fields=fields), OMAR)
    links = ward.ledger.links
    place = next(n for n, link in enumerate(links) if (link.node, link.seq) == gone)
    links[place] = links[place]._replace(told=json.dumps({}).encode())
    assert open_sealed(links[place]).redacted == set(fields)
    [line] = FormPage(workplace(ward), form).inspect(Cell("", "WHY")).history
    assert line.what == "redacted"
    assert line.why == "made unreadable: asked by Greta Weber, agreed by Omar Haddad. a name"
    assert ward.ledger.tables.find(PersonRow)


def test_the_end_of_a_row_stands_in_the_history_of_its_questions() -> None:
    ward = Ward()
    row = ward.area()
    ward.enter(ward.ld, row, DEPTH="3")
    ward.send(VoidRow(key=ward.ld, section="AREAS", row=row, reason="counted twice"))
    lines = item_history(ward, row)
    assert [(line.what, line.why) for line in lines] == [("The row was voided", "counted twice"), ("3", "")]


def item_history(ward: Ward, row: str) -> tuple[HistoryLine, ...]:
    at = workplace(ward)
    planned = at.desk.forms.plan(ward.ld).items["DEPTH"]
    return history_of(at, ward.ld, Cell(row, "DEPTH"), planned)


def test_that_the_whole_site_is_locked_stands_there_too() -> None:
    ward = Ward()
    ward.enter(ward.dm, W="61.5")
    ward.clock.later(minutes=1)
    tell(ward, Locked(reason="database lock"), OMAR)
    first, second = history(ward)
    assert (first.what, first.who) == ("Locked: the site", "Omar Haddad, investigator")
    assert (first.why, second.what) == ("database lock", "61.5")


@pytest.mark.req("REQ-608")
def test_an_answer_that_came_too_late_says_so_and_what_became_of_it() -> None:
    ward = Ward()
    of = too_late(ward)
    assert "waits for the investigator" in reasons(ward)
    happen(ward, [LateDecided(subject=ward.subject, of=of, taken=False, reason="no source")])
    assert "does not count" in reasons(ward)


@pytest.mark.req("REQ-609")
def test_an_answer_that_stands_beside_another_one_says_so() -> None:
    ward = Ward()
    contradicted(ward)
    assert "neither knew of the other" in reasons(ward)


@pytest.mark.req("REQ-214")
def test_what_a_revoked_workstation_wrote_afterwards_says_so() -> None:
    ward = Ward()
    contradicted(ward)
    told = {"label": "tablet", "certificate": "", "fingerprint": ""}
    happen(ward, [NodeRegistered(node=OTHER, sort="site", place=1, **told), NodeRevoked(node=OTHER, last=0)])
    lines = [line.who for line in ages(ward)]
    assert sum("revoked" in who for who in lines) == 1

"""REQ-808: whoever gets a package cannot guess what stays at the site and find out that the guess is right.

A hash of answers, or a signature over one, says of any guess whether it is the right one. Names and birth
dates are few, so whoever has one of these needs no key.
"""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from crfapp.base.canonical import canonical, sha256
from crfapp.exchange.audit_sheet import audit_sheet
from crfapp.exchange.audit_words import REDACTED, STAYS, detail_of
from crfapp.exchange.confidential import Confidential, covered
from crfapp.exchange.site_data import Snapshot
from crfapp.exchange.state import state_rows
from crfapp.exchange.withholding import Withholding
from crfapp.journeys.memory_ledger import MemoryEvents
from crfapp.ledger.chain import open_sealed
from crfapp.ledger.events import FindingRaised, FormSeen, Signed
from crfapp.ledger.keys import Scope
from crfapp.ledger.signing import content_of, hash_of, paper_of
from crfapp.store.witness import is_signature
from crfapp.study.model import Pack
from crfapp.study.study import Study
from crfapp.work.sentences import plain
from tests.support.signing_ward import SigningWard, signing_study
from tests.support.site_of import site_data
from tests.support.written_chain import WrittenChain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crfapp.exchange.sheets import Cell
    from crfapp.ledger.chain import Sealed

SECRET = "1991-04-07"
DAYS = [str(date(1991, 1, 1) + timedelta(days=day)) for day in range(200)]
"""The dictionary of whoever knows from somewhere in which months the person was born."""


@cache
def study_with_birth_dates(*, kept: bool = True) -> Study:
    """The ward's study, that asks when people were born, and keeps it or does not."""
    data: dict[str, Any] = signing_study().pack.model_dump(mode="json", by_alias=True)
    [form] = [one for one in data["forms"] if one["form"] == "DM"]
    form["sections"][0]["items"].append({"item": "BORN", "ask": "Born", "type": "date", "site_only": kept})
    return Study(Pack.model_validate(data))


class GuessedWard(SigningWard):
    """A subject with a date of birth, whose form, visit and casebook are signed."""

    study = staticmethod(study_with_birth_dates)

    def __init__(self) -> None:
        super().__init__()
        self.enter(self.dm, BORN=SECRET)
        self.fill()
        self.scopes = (
            (Scope(*self.dm), "REVIEWED"),
            (Scope(*self.scr), "VISIT"),
            (Scope(self.subject), "CASEBOOK"),
        )
        for scope, meaning in self.scopes:
            self.sign(scope, meaning)

    def outside(self, *, kept: bool = True) -> list[Sealed]:
        """The links as a package for outside holds them."""
        by = [study_with_birth_dates(kept=kept)]
        withholding = Withholding(by, self.ledger.tables, lambda _of: None)
        return [withholding.outside(link) for link in self.ledger.links]


@pytest.fixture(scope="module")
def ward() -> GuessedWard:
    return GuessedWard()


def audit_details(ward: SigningWard) -> dict[tuple[Cell, Cell], str]:
    """What the workbook's Audit sheet says further of each event."""
    sheet = audit_sheet(site_data(ward))
    names = [column.name for column in sheet.columns]
    rows = [dict(zip(names, row, strict=True)) for row in sheet.rows()]
    return {(row["KIND"], row["SEQ"]): str(row["DETAIL"]) for row in rows}


def found_out(ward: GuessedWard, links: Iterable[Sealed]) -> set[str]:
    """The guesses that something in the links confirms, with everything else known that was recorded."""
    whole = list(links)
    bytes_of_all = b"".join(link.body + link.told for link in whole)
    signed = [record for record in map(open_sealed, whole) if isinstance(record.event, Signed)]
    found = set()
    for guess, scope, content in _guesses(ward):
        if content.encode() in bytes_of_all:
            found.add(guess)
        for record in signed:
            event = record.event
            assert isinstance(event, Signed)
            if event.signed and event.scope == scope:
                retold = event.model_copy(update={"content": content})
                paper = paper_of(type(record)(record.envelope, retold), "s1")
                if is_signature(event.public, event.signed, paper):
                    found.add(guess)
    return found


def _guesses(ward: GuessedWard) -> Iterator[tuple[str, Scope, str]]:
    for scope, _meaning in ward.scopes:
        content = deepcopy(content_of(ward.ledger.tables, ward.desk.study, scope))
        [item] = [item for form in content for item in form["items"] if item["item"] == "BORN"]
        for guess in DAYS:
            item["value"] = guess
            yield guess, scope, hash_of(content)


def in_the_old_shape(link: Sealed, *fields: str) -> Sealed:
    """The link as it was written when these fields stood in the hashed body."""
    body, told = json.loads(link.body), json.loads(link.told)
    for name in set(fields) & set(told):
        body["facts"][name] = told.pop(name)[1]
        del body["told"][name]
    raw = canonical(body)
    return link._replace(body=raw, hash=sha256(raw), told=canonical(told))


@pytest.mark.req("REQ-808")
def test_no_guess_of_a_birth_date_is_confirmed_by_a_package(ward: GuessedWard) -> None:
    left = ward.outside()
    assert sum(link.kind == Signed.kind for link in left) == 3
    assert found_out(ward, left) == set()
    assert [link.hash for link in left] == [link.hash for link in ward.ledger.links]


@pytest.mark.req("REQ-808")
@pytest.mark.parametrize("field", ["content", "signed"])
def test_in_the_old_shape_the_right_one_was_found_at_once(ward: GuessedWard, field: str) -> None:
    """The sabotaged twin: the hash alone tells it, and the signature alone tells it."""
    old = Withholding([ward.desk.study], ward.ledger.tables, lambda _of: None)
    left = [old.outside(in_the_old_shape(link, field)) for link in ward.ledger.links]
    assert found_out(ward, left) == {SECRET}


@pytest.mark.req("REQ-808")
def test_an_event_of_the_old_shape_opens_as_the_same(ward: GuessedWard) -> None:
    for link in ward.ledger.links:
        if link.kind in (Signed.kind, FormSeen.kind):
            old = open_sealed(in_the_old_shape(link, "content", "signed"))
            assert old == open_sealed(link)


@pytest.mark.req("REQ-808")
def test_neither_the_audit_sheet_nor_the_shared_state_holds_a_hash_over_what_stays(ward: GuessedWard) -> None:
    proofs = {
        proof
        for record in ward.records()
        if covered(Confidential(ward.desk.study), record.event)
        for proof in (getattr(record.event, name) for name in record.event.proof_fields)
    }
    assert len(proofs) == 6, "three contents, one of them also seen, and three signatures"
    details = audit_details(ward)
    told = "\n".join(details.values())
    snapshot = Snapshot(ward.ledger.tables, MemoryEvents(ward.ledger))
    told += b"\n".join(row.line for row in state_rows(snapshot, ward.desk.study)).decode()
    assert not any(proof in told for proof in proofs)
    assert [text for (kind, _), text in details.items() if kind == Signed.kind and STAYS not in text] == []
    # the twin: of forms without such an answer the sheet does tell the hash
    seen = [record.event for record in ward.records() if isinstance(record.event, FormSeen)]
    assert all(event.content in told for event in seen if event.form != "DM")


@pytest.mark.req("REQ-808")
def test_where_the_hash_never_came_the_audit_sheet_says_that_it_stays_at_the_site(ward: GuessedWard) -> None:
    for link in ward.outside():
        if link.kind == Signed.kind:
            said = detail_of(open_sealed(link), plain)
            assert f"content: {STAYS}; signed: {STAYS}" in said
            assert REDACTED not in said


@pytest.mark.req("REQ-808")
def test_when_a_task_is_owed_stays_with_the_answer_from_which_that_follows(ward: GuessedWard) -> None:
    raised = FindingRaised(
        **{**ward.dm._asdict(), "row": "", "item": "BORN"}, check="C1", level="T", task="CALL", due=SECRET
    )
    link = WrittenChain().write(raised)
    assert SECRET.encode() not in link.body
    withholding = Withholding([ward.desk.study], ward.ledger.tables, lambda _of: None)
    assert SECRET.encode() not in withholding.outside(link).told
    assert open_sealed(link).event == raised


@pytest.mark.req("REQ-808", "REQ-302")
def test_where_nothing_stays_signatures_leave_whole(ward: GuessedWard) -> None:
    assert ward.outside(kept=False) == ward.ledger.links


@pytest.mark.req("REQ-808")
def test_a_form_without_such_an_answer_leaves_with_its_hash(ward: GuessedWard) -> None:
    seen = [record.event for record in map(open_sealed, ward.outside()) if isinstance(record.event, FormSeen)]
    assert {event.form for event in seen if event.content == ""} == {"DM"}
    assert {event.form for event in seen if event.content} >= {"SV", "DOSE"}

"""Signing: who, what, in which order, and what a later change does to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.chain import Record
from crfapp.ledger.changes import Put
from crfapp.ledger.events import Signed
from crfapp.ledger.keys import FormKey, Scope
from crfapp.ledger.signing import paper_of
from crfapp.ledger.state import FormRow, PolicyRow, QueryRow, SessionRow, SignatureRow
from crfapp.work.differences import Told, differences
from crfapp.work.entry import CompleteForm, RecordAnswer, ReopenForm
from crfapp.work.row_work import AddRow, VoidRow
from crfapp.work.sign_plan import statement_of, wanted
from crfapp.work.signing import SeeForm, Sign, hindered
from tests.support.clinic import RANIA
from tests.support.signers import password_of
from tests.support.signing_ward import HADDAD, MANAGER, MONITOR, ODEH, SigningWard

if TYPE_CHECKING:
    from crfapp.work.roles import Actor


def refused(
    ward: SigningWard, scope: Scope, meaning: str = "REVIEWED", who: Actor = HADDAD, **more: str
) -> Code:
    """With which code signing is refused."""
    before = len(ward.ledger.links)
    with pytest.raises(RefusedError) as caught:
        ward.sign(scope, meaning, who, **more)
    kinds = {link.kind for link in ward.ledger.links[before:]}
    assert kinds <= {"form-seen", "act-refused"}, "a refusal signs nothing"
    return caught.value.code


def signed_records(ward: SigningWard) -> list[Record]:
    return [record for record in ward.records() if isinstance(record.event, Signed)]


def verifies(record: Record, site: str = "s1") -> bool:
    """Whether a signature of the ledger verifies with the key it names."""
    assert isinstance(record.event, Signed)
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(record.event.public))
    try:
        key.verify(bytes.fromhex(record.event.signed), paper_of(record, site))
    except InvalidSignature:
        return False
    return True


@pytest.fixture
def ward() -> SigningWard:
    ward = SigningWard()
    ward.enter(ward.dm, SEX="M", W="61.5")
    return ward


# ---- what a signature is


@pytest.mark.req("REQ-301", "REQ-302", "REQ-310")
def test_a_signature_says_who_when_what_and_verifies(ward: SigningWard) -> None:
    ward.sign(Scope(*ward.dm), "REVIEWED")
    (row,) = ward.signatures("valid")
    assert (row.name, row.role, row.meaning, row.zone) == (
        "Dr Omar Haddad",
        "investigator",
        "REVIEWED",
        "Asia/Amman",
    )
    (record,) = signed_records(ward)
    assert verifies(record)
    assert not verifies(record, "elsewhere")
    before = next(n for n, link in enumerate(ward.ledger.links) if link.kind == "signed") - 1
    assert isinstance(record.event, Signed)
    assert record.event.after == ward.ledger.links[before].hash


@pytest.mark.req("REQ-302")
def test_a_signature_moved_or_swapped_does_not_verify(ward: SigningWard) -> None:
    ward.sign(Scope(*ward.dm), "REVIEWED")
    row = ward.add_row(FormKey(ward.subject, "V_LOG", 1, "AE", 1), "EVENTS")
    ae = FormKey(ward.subject, "V_LOG", 1, "AE", 1)
    ward.enter(ae, row, AETERM="rash")
    ward.sign(Scope(*ae), "REVIEWED")
    first, second = signed_records(ward)
    assert isinstance(first.event, Signed)
    assert isinstance(second.event, Signed)
    moved = first.event.model_copy(update={"form": "AE"})
    swapped = first.event.model_copy(update={"signed": second.event.signed})
    altered = first.event.model_copy(update={"content": "0" * 64})
    for event in (moved, swapped, altered):
        assert not verifies(Record(first.envelope, event))
    assert first.event.after != second.event.after, "set down elsewhere in the chain, it names another place"


@pytest.mark.req("REQ-304")
def test_the_statement_kept_is_the_one_shown(ward: SigningWard) -> None:
    ward.sign(Scope(*ward.dm), "REVIEWED", language="de")
    (row,) = ward.signatures("valid")
    assert row.statement == statement_of(ward.desk.study, "REVIEWED", "de")


# ---- who may


@pytest.mark.req("REQ-304")
@pytest.mark.parametrize("who", [RANIA, MONITOR, MANAGER], ids=lambda who: who.role.value)
def test_only_an_investigator_signs_and_others_who_try_are_on_record(ward: SigningWard, who: Actor) -> None:
    ward.known(RANIA)
    told = {"login": who.login, "password": password_of(who.login), "content": ward.content(Scope(*ward.dm))}
    with pytest.raises(RefusedError) as caught:
        ward.bus.send(Sign(scope=Scope(*ward.dm), meaning="REVIEWED", **told), who)
    assert caught.value.code is Code.NOT_ALLOWED
    assert ward.ledger.links[-1].kind == "act-refused"


@pytest.mark.req("REQ-202", "REQ-309")
@pytest.mark.parametrize("lacks", ["identity", "key"])
def test_nobody_signs_before_identity_and_key_are_on_record(ward: SigningWard, lacks: str) -> None:
    ward.known(HADDAD, **{lacks: ""})
    assert refused(ward, Scope(*ward.dm)) is Code.SIGN_NOT_READY
    ward.known(HADDAD)
    assert ward.sign(Scope(*ward.dm), "REVIEWED").events


@pytest.mark.req("REQ-310")
def test_another_key_than_the_registered_one_signs_nothing(ward: SigningWard) -> None:
    ward.known(HADDAD, key="00" * 32)
    assert refused(ward, Scope(*ward.dm)) is Code.SIGN_NOT_READY


@pytest.mark.req("REQ-303")
def test_login_and_password_are_typed_anew_each_time_and_are_the_signers_own(ward: SigningWard) -> None:
    scope = Scope(*ward.dm)
    assert refused(ward, scope, login="") is Code.SIGN_LOGIN
    assert refused(ward, scope, login="odeh", password=password_of("odeh")) is Code.SIGN_LOGIN
    assert refused(ward, scope, password="not mine") is Code.WRONG_LOGIN
    assert ward.signer.wrong == ["haddad"], "the wrong password was counted"
    ward.sign(scope, "REVIEWED")


@pytest.mark.req("REQ-303")
def test_within_a_session_the_password_alone_does_only_where_the_rules_say_so(ward: SigningWard) -> None:
    scope, tables = Scope(*ward.dm), ward.ledger.tables

    def again() -> None:
        ward.enter(ward.dm, W=f"{60 + len(ward.ledger.links)}", reason="weighed again")

    tables.apply([Put(SessionRow("haddad", "login", "", 1, 0))])
    ward.sign(scope, "REVIEWED")
    again()
    assert refused(ward, scope, login="") is Code.SIGN_LOGIN, "both by default"
    tables.apply([Put(PolicyRow("site", "", sign_both=0))])
    ward.sign(scope, "REVIEWED", login="")
    again()
    tables.apply([Put(SessionRow("haddad", "unlock", "", 1, 0))])
    assert refused(ward, scope, login="") is Code.SIGN_LOGIN, "a new session asks for both again"


def test_a_password_shows_nowhere(ward: SigningWard) -> None:
    command = Sign(scope=Scope(*ward.dm), meaning="REVIEWED", content="", login="haddad", password="figs")
    assert "figs" not in repr(command)
    ward.sign(Scope(*ward.dm), "REVIEWED")
    secret = password_of("haddad").encode()
    assert not any(secret in link.body or secret in link.told for link in ward.ledger.links)


# ---- in which order


@pytest.mark.req("REQ-307")
def test_what_is_open_is_listed_and_keeps_from_signing(ward: SigningWard) -> None:
    scope = Scope(*ward.dm)
    ward.enter(ward.dm, SEX="F", AGE="80", H="50", reason="typing error")
    found = [
        (one.what, one.cell.item if one.cell else "", one.about)
        for one in hindered(ward.desk, scope, "haddad")
    ]
    assert found == [
        ("empty", "CB", ""),
        ("hard", "W", "DM-01"),
        ("query", "", "SOFT:AGE"),
        ("unseen", "", ""),
    ]
    assert refused(ward, scope) is Code.SIGN_HINDERED
    ward.enter(ward.dm, CB="no", AGE="29", H="170", reason="typing error")
    place = (*ward.dm, "", "W")
    row = QueryRow("q1", *place, "answered", "weber", "monitor", "", "", "ws-test", 1)
    ward.ledger.tables.apply([Put(row)])
    assert refused(ward, scope) is Code.SIGN_HINDERED
    ward.ledger.tables.apply([Put(row._replace(state="closed"))])
    ward.sign(scope, "REVIEWED")


@pytest.mark.req("REQ-311", "REQ-307")
def test_nothing_is_signed_that_was_not_seen_as_it_is(ward: SigningWard) -> None:
    scope = Scope(*ward.dm)
    told = {"login": "haddad", "password": password_of("haddad")}
    with pytest.raises(RefusedError) as caught:
        ward.bus.send(Sign(scope=scope, meaning="REVIEWED", content=ward.content(scope), **told), HADDAD)
    assert caught.value.code is Code.SIGN_UNSEEN
    ward.see(scope)
    shown = ward.content(scope)
    ward.enter(ward.dm, W="62", reason="weighed again")
    for content, code in ((shown, Code.SIGN_STALE), (ward.content(scope), Code.SIGN_UNSEEN)):
        with pytest.raises(RefusedError) as caught:
            ward.bus.send(Sign(scope=scope, meaning="REVIEWED", content=content, **told), HADDAD)
        assert caught.value.code is code
    with pytest.raises(RefusedError) as caught:
        ward.bus.send(SeeForm(key=ward.dm, content=shown), HADDAD)
    assert caught.value.code is Code.SIGN_STALE
    ward.see(scope, ODEH)
    with pytest.raises(RefusedError) as caught:
        ward.bus.send(Sign(scope=scope, meaning="REVIEWED", content=ward.content(scope), **told), HADDAD)
    assert caught.value.code is Code.SIGN_UNSEEN, "what a colleague saw is not what the signer saw"


def test_what_the_plan_does_not_name_is_not_signed_and_nothing_twice(ward: SigningWard) -> None:
    assert refused(ward, Scope(*ward.sv)) is Code.NOT_IN_PLAN
    assert refused(ward, Scope(*ward.dm), "VISIT") is Code.NOT_IN_PLAN
    assert refused(ward, Scope(ward.subject, "V_LOG", 1, "AE", 1)) is Code.NOTHING_TO_SIGN
    ward.sign(Scope(*ward.dm), "REVIEWED")
    assert refused(ward, Scope(*ward.dm)) is Code.SIGNED_ALREADY
    assert ward.sign(Scope(*ward.dm), "REVIEWED", ODEH).events, "a colleague may sign it too"


@pytest.mark.req("REQ-407")
def test_signing_the_casebook_fills_its_form_and_nobody_types_there(ward: SigningWard) -> None:
    scope = Scope(ward.subject)
    assert refused(ward, scope, "CASEBOOK") is Code.VISIT_NOT_STARTED
    last = ward.fill()
    form = ward.form("SIGN", last)
    for item in ("OPENQ", "SIG"):
        with pytest.raises(RefusedError):
            ward.bus.send(RecordAnswer(key=form, item=item, typed="1"), HADDAD)
    ward.sign(scope, "CASEBOOK")
    assert [ward.value(form, item) for item in ("OPENQ", "MISS", "SIG")] == ["0", "0", "haddad"]
    assert (ward.value(form, "AT") or "").endswith("[Asia/Amman]")
    row = ward.ledger.tables.get(FormRow, *form)
    assert row is not None
    assert row.status == "complete"
    assert [one.state for one in ward.signatures("valid")] == ["valid"], "its own form outdates nothing"


def test_a_casebook_with_a_form_not_complete_is_not_signed(ward: SigningWard) -> None:
    ward.fill()
    ward.send(ReopenForm(key=ward.dm, reason="more to say"))
    assert refused(ward, Scope(ward.subject), "CASEBOOK") is Code.SIGN_HINDERED
    ward.send(CompleteForm(key=ward.dm))
    ward.sign(Scope(ward.subject), "CASEBOOK")


# ---- afterwards


@pytest.mark.req("REQ-305")
@pytest.mark.parametrize("change", ["value", "missing", "calculated", "row", "void", "reopen"])
def test_any_later_change_outdates_the_signature_which_stays(change: str) -> None:
    ward = SigningWard()
    last = ward.fill()
    ae = FormKey(ward.subject, "V_LOG", 1, "AE", 1)
    row = ward.add_row(ae, "EVENTS")
    ward.enter(ae, row, AETERM="rash")
    ward.sign(Scope(ward.subject), "CASEBOOK")
    acts = {
        "value": lambda: ward.enter(ward.dm, W="62", reason="weighed again"),
        "missing": lambda: ward.send(
            RecordAnswer(key=ward.dm, item="W", missing="ND", reason="scales were broken")
        ),
        "calculated": lambda: ward.enter(ward.form("SV", last), VISDAT="2025-01-13", reason="misread"),
        "row": lambda: ward.send(AddRow(key=ae, section="EVENTS")),
        "void": lambda: ward.send(VoidRow(key=ae, section="EVENTS", row=row, reason="entered twice")),
        "reopen": lambda: ward.send(ReopenForm(key=ward.dm, reason="more to say")),
    }
    outcome = acts[change]()
    assert outcome.events[-1].kind == "signature-outdated"
    (old,) = ward.signatures("outdated")
    assert old.because
    assert old.statement == "I approve the casebook."
    assert verifies(signed_records(ward)[0]), "what was signed was signed"


@pytest.mark.req("REQ-305")
def test_differences_are_exactly_what_changed_since(ward: SigningWard) -> None:
    scope = Scope(*ward.dm)
    ward.enter(ward.dm, H="170")
    ward.sign(scope, "REVIEWED")
    ward.enter(ward.dm, W="62", reason="weighed again")
    ward.enter(ward.dm, W="63", reason="and again")
    ward.enter(ward.dm, H="171", reason="misread")
    ward.enter(ward.dm, H="170", reason="it was right")
    ward.send(RecordAnswer(key=ward.dm, item="AGE", missing="UNK", reason="no papers"))
    (row,) = ward.signatures("outdated")
    since = ward.records()[row.seq - 1].envelope.id
    found = differences(iter(ward.records()), ward.desk.study, scope, since)
    told = {one.item: (one.then, one.now, one.by.login, one.why) for one in found}
    assert told["W"] == (Told("61.5"), Told("63.0"), "rania", "and again")
    assert told["H"] == (Told("170.0"), Told("170.0"), "rania", "it was right")
    assert told["AGE"] == (Told(), Told(None, "UNK"), "rania", "no papers")
    assert set(told) == {"W", "H", "AGE", "BMI"}, "with what is worked out from them"


@pytest.mark.req("REQ-305")
def test_differences_hold_whatever_the_order_of_changes_and_nothing_else(ward: SigningWard) -> None:
    """Checked against the hash: no difference means the same content, and the reverse."""
    scope = Scope(*ward.dm)
    ward.sign(scope, "REVIEWED")
    row: SignatureRow = ward.signatures("valid")[0]
    since = ward.records()[row.seq - 1].envelope.id
    for typed in ("62", "61.5", "63", "61.5"):
        ward.enter(ward.dm, W=typed, reason="weighed again")
        found = differences(iter(ward.records()), ward.desk.study, scope, since)
        same = all(one.then == one.now for one in found)
        assert same is (ward.content(scope) == row.content)


@pytest.mark.req("REQ-306")
def test_what_waits_is_late_after_the_days_that_the_site_gives(ward: SigningWard) -> None:
    (one,) = [one for one in wanted(ward.desk, ward.subject) if one.scope.form == "DM"]
    assert (one.state, str(one.due)) == ("unsigned", "2025-01-19")
    assert not one.late(one.due)  # type: ignore[arg-type]
    ward.clock.later(days=15)
    assert one.late(ward.desk.today)
    ward.ledger.tables.apply([Put(PolicyRow("site", "", sign_days=30))])
    (one,) = [one for one in wanted(ward.desk, ward.subject) if one.scope.form == "DM"]
    assert not one.late(ward.desk.today)
    ward.sign(one.scope, "REVIEWED")
    ward.enter(ward.dm, W="62", reason="weighed again")
    (one,) = [one for one in wanted(ward.desk, ward.subject) if one.scope.form == "DM"]
    assert one.state == "outdated"

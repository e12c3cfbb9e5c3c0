"""A centre and its sites: what travels there and back, what is refused, and what each can see of it."""

from __future__ import annotations

import shutil
from itertools import permutations
from typing import TYPE_CHECKING

import pytest

import crfapp.exchange.intake as intake_module
from crfapp.base.problems import Code, RefusedError
from crfapp.bootstrap.centre.asking import ask
from crfapp.bootstrap.centre.exporting import hand_out, write_transit
from crfapp.bootstrap.centre.standing import delta_of, overview, standing_of
from crfapp.bootstrap.comparing_copies import compare_with
from crfapp.bootstrap.exporting import snapshot_of
from crfapp.bootstrap.taking_in import take_in_all
from crfapp.cli.centre_parts import Asked
from crfapp.exchange.cards import read_centre_card, read_site_card, write_card
from crfapp.exchange.centre_views import Handed, HandingWish
from crfapp.exchange.quarantine import quarantined
from crfapp.exchange.state import state_hash
from crfapp.ledger.events import (
    Event,
    FormCompleted,
    Locked,
    NodeRegistered,
    PersonAdded,
    QueryRaised,
    Unlocked,
    ValueRecorded,
)
from crfapp.ledger.keys import FormKey, Scope, VisitKey
from crfapp.ledger.state import (
    ItemRow,
    LockAskedRow,
    PackageRow,
    QueryRow,
    ReceiptRow,
    RefusedRow,
    SubjectRow,
)
from crfapp.work.entry import RecordAnswer
from crfapp.work.lock_requests import AskLock
from crfapp.work.nodes import RevokeNode
from crfapp.work.queries import AnswerQuery, RaiseQuery
from crfapp.work.recipients import SetRoute
from crfapp.work.roles import Actor, Role
from crfapp.work.subjects import EnrolSubject
from crfapp.work.visits import StartVisit
from tests.support.centre_and_sites import JoinedSite, RealCentre, forged
from tests.support.quick_site import QuickSite
from tests.support.written_chain import INVESTIGATOR, SUBJECT, WrittenChain, place

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.exchange.comparing import Difference


CANARY = "canary-81f2"


def form() -> dict[str, str | int]:
    """A form that is not there."""
    return {name: told for name, told in place().items() if name not in ("row", "item")}


@pytest.fixture
def centre(tmp_path: Path) -> RealCentre:
    return RealCentre(tmp_path / "centre")


@pytest.fixture
def site(tmp_path: Path, centre: RealCentre) -> JoinedSite:
    return JoinedSite(QuickSite(tmp_path / "site"), centre)


def subject(site: JoinedSite, sex: str = "F") -> FormKey:
    """The nurse enrols somebody and begins the first visit; the form with the answer."""
    with site.site.open() as opened:
        rania = opened.actor("rania")
        opened.bus.send(EnrolSubject(), rania)
        known = max(opened.desk.tables.find(SubjectRow), key=lambda row: row.number).subject
        opened.bus.send(StartVisit(key=VisitKey(known, "V_SCR", 1), date="2025-01-05"), rania)
        key = FormKey(known, "V_SCR", 1, "DM", 1)
        opened.bus.send(RecordAnswer(key=key, item="SEX", typed=sex), rania)
    return key


@pytest.mark.req("REQ-501", "REQ-601", "REQ-607", "REQ-806")
def test_answers_reach_the_centre_and_questions_and_wishes_come_back(
    site: JoinedSite, centre: RealCentre
) -> None:
    key = subject(site)
    with centre.open() as at:
        taken = at.take_in(site.pack())
        assert (taken.outcome, taken.number, taken.missing) == ("new", 1, ())
        with at.part(site.id) as part:
            row = part.desk.tables.get(ItemRow, *key, "", "SEX")
            assert row is not None
            assert row.value == "F"
            assert part.store.verify().breaks == ()
            part.bus.send(RaiseQuery(scope=Scope(*key), item="SEX", text="Is this right?"), at.actor)
            part.bus.send(AskLock(scope=Scope(*key)), at.actor)
        reply = at.reply(site.id)[0].path
    came = site.receive(reply)
    assert (came.outcome, came.locked, came.declined) == ("new", 0, 1)
    with site.site.open() as opened:
        (query,) = opened.desk.tables.find(QueryRow)
        assert query.state == "open"
        (wish,) = opened.desk.tables.find(LockAskedRow)
        assert (wish.state, wish.code) == ("refused", "incomplete")
        answer = AnswerQuery(query=query.query, text="Yes, it is.")
        opened.bus.send(answer, opened.actor("rania"))
        (receipt,) = [row for row in opened.desk.tables.find(ReceiptRow) if row.sender.startswith("ws-")]
        assert receipt.node.startswith("ctr-")
    with centre.open() as at:
        assert at.take_in(site.pack()).outcome == "new"
        with at.part(site.id) as part:
            assert [row.state for row in part.desk.tables.find(QueryRow)] == ["answered"]
            assert [row.state for row in part.desk.tables.find(LockAskedRow)] == ["refused"]
            assert part.store.compare() == []


def state_of(opened: OpenSite) -> str:
    """The shared state, as whoever has these records tells it."""
    with snapshot_of(opened) as snapshot:
        return state_hash(snapshot, opened.desk.study)


def change(site: JoinedSite, key: FormKey, sex: str) -> None:
    """The nurse corrects an answer."""
    with site.site.open() as opened:
        command = RecordAnswer(key=key, item="SEX", typed=sex, reason="misread")
        opened.bus.send(command, opened.actor("rania"))


# ---- whatever comes, in whatever order


@pytest.mark.req("REQ-805", "REQ-806")
def test_packages_in_any_order_and_twice_lead_to_the_same_records(
    site: JoinedSite, centre: RealCentre, tmp_path: Path
) -> None:
    """T-13: three packages, all six orders, each of them twice."""
    key = subject(site)
    files = [site.pack()]
    for sex in ("M", "F"):
        change(site, key, sex)
        files.append(site.pack())
    with site.site.open() as opened:
        wanted = state_of(opened)
    empty = tmp_path / "empty"
    shutil.copytree(centre.folder, empty)
    for order in permutations(files):
        shutil.rmtree(centre.folder)
        shutil.copytree(empty, centre.folder)
        with centre.open() as at:
            outcomes = [at.take_in(file).outcome for file in (*order, *order)]
            assert outcomes[0] == "new"
            assert outcomes[3:] == ["known"] * 3
            with at.part(site.id) as part:
                assert state_of(part) == wanted
                assert len(part.desk.tables.find(ReceiptRow)) == 3


@pytest.mark.req("REQ-805", "REQ-806")
def test_a_lost_package_is_named_and_the_next_one_brings_what_was_in_it(
    site: JoinedSite, centre: RealCentre
) -> None:
    key = subject(site)
    site.pack().unlink()  # the stick was lost
    change(site, key, "M")
    with centre.open() as at:
        taken = at.take_in(site.pack())
        assert (taken.outcome, taken.number, taken.missing) == ("new", 2, (1,))
        standing = standing_of(at, at.site("JO01"), walk=True)
        assert [number for _, number in standing.missing] == [1]
        assert (standing.packages, standing.refused, standing.wrong) == (1, 0, "")


@pytest.mark.req("REQ-512", "REQ-805")
def test_a_centre_that_lost_records_is_told_so_by_the_next_packages(
    site: JoinedSite, centre: RealCentre, tmp_path: Path
) -> None:
    """T-33 at the centre: a gap first, and by a full package that its own history is another one now."""
    key = subject(site)
    shutil.copytree(centre.folder, tmp_path / "backup")
    with centre.open() as at:
        at.take_in(site.pack())
        reply, _ = at.reply(site.id)
    site.receive(reply.path)  # from here on only what is new is sent
    change(site, key, "M")
    shutil.rmtree(centre.folder)
    shutil.copytree(tmp_path / "backup", centre.folder)
    with centre.open() as at:
        gap = at.take_in(site.pack())
        assert (gap.outcome, gap.code) == ("refused", Code.PACKAGE_GAP)
        forked = at.take_in(site.pack(full=True))
        assert (forked.outcome, forked.code) == ("refused", Code.CHAIN_FORKED)
        assert str(forked.facts["node"]).startswith("ctr-")
        assert {one.report.number for one in quarantined(centre.folder)} == {2, 3}
        with at.part(site.id) as part:
            assert part.desk.tables.find(SubjectRow) == []


# ---- what is refused


@pytest.mark.req("REQ-805", "REQ-806")
def test_what_comes_of_a_site_before_its_card_waits_in_quarantine(tmp_path: Path, centre: RealCentre) -> None:
    site = JoinedSite(QuickSite(tmp_path / "site"), centre, known=False)
    subject(site)
    with centre.open("admin") as at:
        taken = at.take_in(site.pack())
        assert (taken.outcome, taken.code) == ("refused", Code.PACKAGE_UNKNOWN_SIGNER)
        (kept,) = quarantined(centre.folder)
        assert at.take_in(kept.path).code is Code.PACKAGE_UNKNOWN_SIGNER
        assert len(at.home.desk.tables.find(RefusedRow)) == 1  # the same refusal is on record once
        at.add(read_site_card(site.card))
        assert at.take_in(kept.path).outcome == "new"
        assert quarantined(centre.folder) == []


@pytest.mark.req("REQ-804")
def test_another_centre_cannot_open_it_and_a_card_is_not_taken_for_another(
    tmp_path: Path, centre: RealCentre, site: JoinedSite
) -> None:
    other, target = RealCentre(tmp_path / "other"), tmp_path / "centre.json"
    with other.open("admin") as at:
        at.add(read_site_card(site.card))
        assert at.take_in(site.pack()).code is Code.PACKAGE_NOT_FOR_US
        write_card(at.card, target)
        assert read_centre_card(target) == at.card
    target.write_text(target.read_text().replace("centre", "site", 1))
    for wrong in (target, site.card):
        with pytest.raises(RefusedError) as refused:
            read_centre_card(wrong)
        assert refused.value.code is Code.CERTIFICATE_WRONG
    with centre.open() as at, pytest.raises(RefusedError) as unknown:
        at.site("XX99")
    assert unknown.value.code is Code.SITE_UNKNOWN


@pytest.mark.req("REQ-805", "REQ-807")
def test_a_file_that_is_no_package_holds_up_no_other(
    site: JoinedSite, centre: RealCentre, tmp_path: Path
) -> None:
    subject(site)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "a.txt").write_text("not a package")
    shutil.copy(site.pack(), inbox / "b.pgp")
    hurt = bytearray((inbox / "b.pgp").read_bytes())
    hurt[len(hurt) // 2] ^= 1
    (inbox / "c.pgp").write_bytes(hurt)
    with centre.open() as at:
        done = at.take_in_all(inbox)
        assert [one.outcome for one in done] == ["refused", "new", "refused"]
        assert sorted(path.name for path in inbox.iterdir()) == ["b.pgp"]
        assert len(quarantined(centre.folder)) == 2
        found = overview(at)
        assert (found.aside, found.sites[0].packages) == (2, 1)


@pytest.mark.req("REQ-214")
def test_a_revoked_workstation_is_refused_at_the_centre(site: JoinedSite, centre: RealCentre) -> None:
    subject(site)
    with centre.open("admin") as at:
        (known,) = at.sites()
        at.home.bus.send(RevokeNode(node=known.nodes[0], reason="stolen"), at.actor)
    centre.clock.later(hours=1)
    site.site.clock.later(hours=2)
    with centre.open() as at:
        taken = at.take_in(site.pack())
        assert (taken.outcome, taken.code) == ("refused", Code.PACKAGE_REVOKED_SIGNER)
        with at.part(site.id) as part:
            assert [row.code for row in part.desk.tables.find(RefusedRow)] == ["R-604"]
            assert part.desk.tables.find(SubjectRow) == []


@pytest.mark.req("REQ-504", "REQ-216")
def test_only_who_may_takes_in_and_that_says_nothing_about_the_file(
    site: JoinedSite, centre: RealCentre
) -> None:
    subject(site)
    file = site.pack()
    stranger = Actor("audra", "Audra Auditor", Role.AUDITOR, "Agency")
    with centre.open() as at:
        at.actor = stranger
        with pytest.raises(RefusedError) as refused:
            at.take_in(file)
    assert refused.value.code is Code.NOT_ALLOWED
    with site.site.open() as opened, pytest.raises(RefusedError):
        take_in_all(opened, stranger, file.parent)
    assert quarantined(centre.folder) == quarantined(site.site.folder) == []


FORGED: dict[str, Event] = {
    "an answer": ValueRecorded(
        **place("SEX"), value=CANARY, typed=CANARY, captured_at="2025-01-05T06:00:00Z"
    ),
    "a form completed": FormCompleted(**form(), answers=1),
    "a lock": Locked(subject=SUBJECT, knows=()),
    "an unlock": Unlocked(subject=SUBJECT, reason=CANARY),
    "a signature": WrittenChain().signature(INVESTIGATOR, "1"),
    "an account": PersonAdded(login="mallory", name=CANARY, role="investigator", organisation="Sponsor"),
    "another workstation": NodeRegistered(
        node="ws-evil", sort="site", label="x", certificate="x", fingerprint="F" * 40
    ),
}


@pytest.mark.req("REQ-504", "REQ-806")
def test_a_package_that_the_centre_signed_writes_no_data_at_the_site(site: JoinedSite) -> None:
    """T-21 through the whole way in: a right signature does not make it right."""
    subject(site)
    with site.site.open() as opened:
        before = opened.store.ledger.tables.find(ItemRow), state_of(opened)
    for number, (what, event) in enumerate(FORGED.items(), start=1):
        taken = site.receive(forged(site, [QueryRaised(subject=SUBJECT, query="q1", text=CANARY), event]))
        assert (taken.outcome, taken.code) == ("refused", Code.PACKAGE_WRONG_ROLE), what
        assert taken.facts["kind"] == event.kind
        with site.site.open() as opened:
            assert (opened.store.ledger.tables.find(ItemRow), state_of(opened)) == before
            assert [row.code for row in opened.desk.tables.find(RefusedRow)] == ["R-605"] * number
    kept = quarantined(site.site.folder)
    assert len(kept) == len(FORGED)
    files = {one.path for one in kept}
    reports = [path for path in kept[0].path.parent.iterdir() if path not in files]
    assert len(reports) == 2 * len(FORGED)
    assert not any(CANARY in path.read_text() for path in reports)


@pytest.mark.req("REQ-504")
def test_a_site_that_does_not_ask_what_the_centre_may_say_takes_the_answer(
    site: JoinedSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sabotaged twin of the test above."""
    monkeypatch.setattr(intake_module, "may_say", lambda _sort, _event: True)
    assert site.receive(forged(site, [FORGED["an answer"]])).outcome == "new"


# ---- what the centre sees and hands out


@pytest.mark.req("REQ-402", "REQ-610")
def test_the_centre_sees_how_a_site_stands_and_when_it_has_to_be_called(
    site: JoinedSite, centre: RealCentre, tmp_path: Path
) -> None:
    key = subject(site)
    with centre.open() as at:
        empty = standing_of(at, at.site("JO01"))
        assert (empty.packages, empty.overdue) == (0, False)
    centre.clock.later(days=2)
    with centre.open() as at:
        at.take_in(site.pack())
        change(site, key, "M")
        at.take_in(site.pack())
        standing = standing_of(at, at.site("JO01"))
        assert (standing.subjects, standing.forms, standing.complete) == (1, 2, 0)
        assert standing.pace is not None
        assert standing.pace.longest == pytest.approx(2 * 24 * 60, abs=5)
        with at.part(site.id) as part:
            (number, changed), *more = [one for one in delta_of(part) if one[1].key.item == "SEX"]
            assert (number, changed.before.value, changed.after.value, more) == ("JO01-001", "F", "M", [])
            count = write_transit(at, part, tmp_path / "transit.csv")
        lines = (tmp_path / "transit.csv").read_text("utf-8-sig").splitlines()
        assert len(lines) == count + 1
        assert lines[0].startswith("node,seq,kind,subject,captured,stored,exported,imported")
    centre.clock.later(days=14)
    with centre.open() as at:
        assert standing_of(at, at.site("JO01")).overdue


@pytest.mark.req("REQ-501", "REQ-512")
def test_the_site_compares_what_the_centre_holds_without_its_help(
    site: JoinedSite, centre: RealCentre, tmp_path: Path
) -> None:
    key = subject(site)
    with centre.open() as at:
        at.take_in(site.pack())
        for form in (Handed.STATE, Handed.ODM, Handed.CSV):
            (one,) = hand_out(at, at.sites(), HandingWish(tmp_path / "out", form))
            assert one.path.exists()
    change(site, key, "M")  # what the centre does not know yet is no difference
    found: list[Difference] = []
    with site.site.open() as opened:
        compared = compare_with(
            opened, opened.actor("haddad"), tmp_path / "out" / "tiny-JO01.state.jsonl", found.append
        )
    assert found == []
    assert not any(chain.rewritten for chain in compared.chains)


@pytest.mark.req("REQ-601", "REQ-607")
def test_the_centre_asks_by_the_names_that_people_use(site: JoinedSite, centre: RealCentre) -> None:
    subject(site)
    with centre.open() as at:
        at.take_in(site.pack())
        ask(at, Asked("query", "JO01", "JO01-001", "V_SCR", "DM", item="SEX", text="Is this right?"))
        ask(at, Asked("lock", "JO01", "JO01-001"))
        for wrong, code in (
            (Asked("lock", "JO01", "JO01-099"), Code.UNKNOWN_SUBJECT),
            (Asked("lock", "JO01", "JO01-001", "V_NONE"), Code.UNKNOWN_VISIT),
            (Asked("lock", "JO01", "JO01-001", "V_SCR/x"), Code.UNKNOWN_VISIT),
            (Asked("lock", "JO01", "JO01-001", "V_SCR", "NONE"), Code.UNKNOWN_FORM),
            (Asked("unlock", "JO01", "JO01-001", text="to correct the date"), Code.NOT_HELD),
        ):
            with pytest.raises(RefusedError) as refused:
                ask(at, wrong)
            assert refused.value.code is code
        with at.part(site.id) as part:
            (query,) = part.desk.tables.find(QueryRow)
            assert (query.form, query.item, query.raised_by) == ("DM", "SEX", "keller")
            (wish,) = part.desk.tables.find(LockAskedRow)
            assert (wish.scope.level, wish.by) == ("casebook", "keller")


@pytest.mark.req("REQ-805", "REQ-806")
def test_what_lies_on_a_route_is_fetched_once_and_a_reply_is_put_there(
    site: JoinedSite, centre: RealCentre, tmp_path: Path
) -> None:
    subject(site)
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    shutil.copy(site.pack(), shelf)
    (shelf / "note.txt").write_text("not a package")
    with centre.open("admin") as at:
        (known,) = at.sites()
        at.home.bus.send(SetRoute(peer=known.nodes[0], url=str(shelf)), at.actor)
        outcomes = {one.file: one.outcome for one in at.look()}
        assert sorted(outcomes.values()) == ["new", "refused"]
        assert at.look() == []
        assert len(quarantined(centre.folder)) == 1
        made, node = at.reply("JO01")
        assert at.bring("JO01", made, node, None) == str(shelf)
        assert (shelf / made.path.name).is_file()
        assert at.look() == []  # what the centre put there is its own
        with at.part(site.id) as part:
            (row,) = part.desk.tables.find(PackageRow, node=part.desk.node)
            assert (row.number, row.route) == (1, str(shelf))

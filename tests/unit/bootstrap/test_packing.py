"""What goes to the data centre: numbered, chained, from where they know the site, and on record."""

from __future__ import annotations

import hashlib
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

import pytest

from crfapp.base.problems import AppProblem, Code, IntegrityProblem
from crfapp.bootstrap.packing import make_package
from crfapp.exchange.openpgp import new_key
from crfapp.exchange.package import lines, writing
from crfapp.exchange.package.ports import Photograph
from crfapp.ledger.events import End, PackageTakenIn
from crfapp.ledger.state import CopyRow, NodeRow, PackageRow
from crfapp.store.engine import writing as writing_to
from crfapp.work.nodes import RevokeNode
from crfapp.work.people import AddPerson
from crfapp.work.recipients import EndRecipient
from crfapp.work.roles import Role
from crfapp.work.subjects import EnrolSubject
from tests.support.senders import CENTRE, Sender, sender_at
from tests.support.written_chain import WrittenChain, store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PICTURE = bytes(range(256)) * 40


@pytest.fixture
def sender(tmp_path: Path) -> Sender:
    sender = sender_at(tmp_path / "clinic")
    with sender.site.as_person("rania") as at:
        at.send(EnrolSubject())
    return sender


@pytest.mark.req("REQ-402", "REQ-801", "REQ-803")
def test_the_data_centre_opens_what_the_site_recorded(sender: Sender) -> None:
    made = sender.make()
    with sender.opened(made.path) as package:
        kinds = [link.kind for link in package.links()]
        assert kinds[0] == "site-founded"
        assert "subject-enrolled" in kinds
        assert package.manifest.events == len(kinds) == made.events
        assert package.manifest.counts == {"subject": 1}
        certificate = package.open("certificate.txt").read().decode()
        assert package.manifest.state in certificate
        assert "+03:00[Asia/Amman]" in certificate
    with sender.site.open() as opened:
        row = opened.desk.tables.get(PackageRow, made.package)
    assert row is not None
    assert (row.number, row.sha256, row.file) == (1, package.sha256, made.path.name)


@pytest.mark.req("REQ-810")
def test_nothing_is_packed_for_somebody_nobody_compared_the_code_of(sender: Sender) -> None:
    waiting = sender.propose("statistician")
    with pytest.raises(AppProblem) as refused:
        sender.make(waiting)
    assert refused.value.code is Code.RECIPIENT_WAITS
    assert list((sender.site.folder / "outbox").glob("*")) == []


def confirm(sender: Sender, chain: WrittenChain, *ends: End) -> None:
    """The centre's receipt is known at the site: how far the site's chains have come there."""
    receipt = PackageTakenIn(
        package="p", sender="ws", number=1, sha256="0" * 64, made_at="", events=1, ends=ends
    )
    link = chain.write(receipt)
    with sender.site.open() as opened, writing_to(opened.store.engine) as db:
        store(db, [link])


def whole_chain(sender: Sender) -> End:
    """Where the site's own chain ends."""
    with sender.site.open() as opened, opened.store.ledger.transaction() as transaction:
        return next(end for end in transaction.ends() if end.node == opened.store.workstation.node)


@pytest.mark.req("REQ-801", "REQ-805")
def test_packages_are_numbered_and_each_names_the_one_before(sender: Sender) -> None:
    first, second = sender.make(), sender.make()
    other = sender.make(sender.agree("statistician"))
    with sender.opened(second.path) as package:
        assert (package.manifest.number, package.manifest.previous) == (2, first.sha256)
        assert next(link.seq for link in package.links()) == 1  # nothing is confirmed yet
    with sender.opened(other.path) as package:
        assert (package.manifest.number, package.manifest.previous) == (1, "")


@pytest.mark.req("REQ-801", "REQ-512")
def test_what_is_sent_begins_where_the_centre_confirmed_to_be(sender: Sender) -> None:
    centre = WrittenChain(CENTRE)
    known = whole_chain(sender)
    confirm(sender, centre, known)
    with sender.site.as_person("rania") as at:
        at.send(EnrolSubject())
    made = sender.make()
    with sender.opened(made.path) as package:
        [stretch] = package.manifest.stretches
        assert (stretch.node, stretch.first) == (known.node, known.seq + 1)
        assert not package.manifest.full
        assert CENTRE not in {link.node for link in package.links()}
        assert CENTRE in {end.node for end in package.manifest.ends}  # their last end, held by the site
        assert package.contents == frozenset()  # they have the study version already
    whole = sender.make(full=True)
    with sender.opened(whole.path) as package:
        assert package.manifest.full
        assert [part.first for part in package.manifest.stretches] == [1]
        assert len(package.contents) == 1


@pytest.mark.req("REQ-512")
def test_a_centre_that_knows_another_chain_of_this_name_gets_it_whole_to_see_so(sender: Sender) -> None:
    known = whole_chain(sender)
    confirm(sender, WrittenChain(CENTRE), known._replace(hash="f" * 64))
    with sender.opened(sender.make().path) as package:
        assert [part.first for part in package.manifest.stretches] == [1]


@pytest.mark.req("REQ-803")
def test_each_profile_gets_its_parts_and_no_other(sender: Sender) -> None:
    parts = {}
    for profile in ("sponsor", "safety-board", "statistician", "monitor", "workstation"):
        made = sender.make(sender.agree_to(new_key(profile).certificate, profile))
        with sender.site.open() as opened:
            nodes = opened.desk.tables.find(NodeRow)
        assert made.path.exists()
        assert nodes
        parts[profile] = made.events
    assert parts["safety-board"] == parts["statistician"] == 0
    assert min(parts[name] for name in ("sponsor", "monitor", "workstation")) > 20


def test_a_statistician_gets_data_and_no_names_of_whoever_entered_them(sender: Sender) -> None:
    with sender.opened(sender.make(sender.agree("statistician")).path) as package:
        names = [part.name for part in package.manifest.parts]
        assert names == ["data.xlsx", "data.odm.xml", "certificate.json", "certificate.txt"]
        assert package.manifest.stretches == ()
        assert len(package.manifest.state) == 64


@pytest.mark.req("REQ-810")
def test_nobody_who_was_ended_or_revoked_gets_a_package(sender: Sender) -> None:
    ward = sender.agree_to(new_key("ward").certificate, "workstation")
    with sender.site.open() as opened:
        gone = EndRecipient(recipient=sender.recipient, reason="the trial moved")
        opened.bus.send(gone, opened.actor("admin"))
        opened.bus.send(RevokeNode(node=ward, reason="stolen"), opened.actor("admin"))
    for peer, code in (
        (sender.recipient, Code.RECIPIENT_UNKNOWN),
        (ward, Code.NODE_REVOKED),
        ("nobody", Code.RECIPIENT_UNKNOWN),
    ):
        with pytest.raises(AppProblem) as refused:
            sender.make(peer)
        assert refused.value.code is code


@pytest.mark.req("REQ-803")
def test_what_does_not_open_again_in_the_test_is_no_package(
    sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The safeguard is tried by breaking what writes: one event falls out between counting and writing."""
    line_of = lines.line_of
    monkeypatch.setattr(
        writing, "line_of", lambda link: b"" if link.kind == "subject-enrolled" else line_of(link)
    )
    with pytest.raises(IntegrityProblem) as differs:
        sender.make()
    assert differs.value.code is Code.COPY_DIFFERS
    assert list((sender.site.folder / "outbox").iterdir()) == []
    with sender.site.open() as opened:
        assert opened.desk.tables.find(PackageRow) == []


@pytest.mark.req("REQ-110")
def test_a_package_that_cannot_be_put_on_record_does_not_stay(sender: Sender) -> None:
    """While it is packed, somebody else ends the recipient."""
    with sender.site.open() as opened:

        def meanwhile() -> BinaryIO:
            gone = EndRecipient(recipient=sender.recipient, reason="the trial moved")
            opened.bus.send(gone, opened.actor("admin"))
            return BytesIO(PICTURE)

        with pytest.raises(AppProblem) as refused:
            make_package(opened, opened.actor("rania"), sender.recipient, photographs=[photograph(meanwhile)])
        assert refused.value.code is Code.RECIPIENT_UNKNOWN
        assert opened.desk.tables.find(PackageRow) == []
    assert list((sender.site.folder / "outbox").iterdir()) == []


@pytest.mark.req("REQ-110", "REQ-205")
def test_who_was_not_trained_makes_no_package(sender: Sender) -> None:
    with sender.site.open() as opened:
        new = AddPerson(login="nour", name="Nour Saleh", role=Role.NURSE, organisation="CTC")
        opened.bus.send(new, opened.actor("admin"))
        with pytest.raises(AppProblem) as refused:
            make_package(opened, opened.actor("nour"), sender.recipient)
    assert refused.value.code in {Code.NOT_TRAINED, Code.OWN_PASSWORD_NEEDED}


def photograph(open_it: Callable[[], BinaryIO], content: bytes = b"") -> Photograph:
    digest = hashlib.sha256(content or PICTURE).hexdigest()
    return Photograph(f"{digest}.jpg", digest, len(content or PICTURE), open_it)


@pytest.mark.req("REQ-801")
def test_photographs_come_out_byte_by_byte_and_one_that_changed_on_the_disk_does_not_leave(
    sender: Sender,
) -> None:
    with sender.site.open() as opened:
        rania = opened.actor("rania")
        pictures = [photograph(lambda: BytesIO(PICTURE))]
        made = make_package(opened, rania, sender.recipient, photographs=pictures)
        with sender.opened(made.path) as package:
            assert package.manifest.photographs == 1
            assert package.open(f"photos/{pictures[0].name}").read() == PICTURE
        changed = [photograph(lambda: BytesIO(PICTURE[:-1] + b"!"))]
        with pytest.raises(IntegrityProblem) as differs:
            make_package(opened, rania, sender.recipient, photographs=changed)
        assert differs.value.code is Code.COPY_DIFFERS
        assert len(opened.desk.tables.find(PackageRow)) == 1


@pytest.mark.req("REQ-503")
def test_the_site_gets_its_own_copy_of_the_same_state_before_anything_leaves(sender: Sender) -> None:
    ward = sender.agree_to(new_key("ward").certificate, "workstation")
    sender.make(ward)
    with sender.site.open() as opened:
        assert opened.desk.tables.find(CopyRow) == []  # another workstation of the site is not outside
    made = sender.make()
    sender.make()
    with sender.site.open() as opened:
        [copy] = opened.desk.tables.find(CopyRow)  # nothing changed in between
        package = opened.desk.tables.get(PackageRow, made.package)
        assert package is not None
        assert copy.state == package.state
        written = [record.event.kind for record in opened.events.records(kinds={"copy-made", "package-made"})]
    assert written == ["package-made", "copy-made", "package-made", "package-made"]


def test_nothing_plain_is_left_of_a_program_that_was_killed_while_it_packed(sender: Sender) -> None:
    outbox = sender.site.folder / "outbox"
    outbox.mkdir()
    left = outbox / ".0123456789abcdef.plain"
    left.write_bytes(b"answers")
    sender.make()
    assert not left.exists()

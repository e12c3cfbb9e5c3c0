"""Packages wait, leave, and stay until they are confirmed: whatever becomes of sticks, servers and people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import AppProblem, Code
from crfapp.base.routes import RouteSecret
from crfapp.bootstrap import outbox
from crfapp.bootstrap.exporting import export_from
from crfapp.bootstrap.outbox import bring, carry, replies, send, tidy, waiting
from crfapp.bootstrap.package_files import inbox_of, outbox_of
from crfapp.bootstrap.routing import needs_secret, peer_called, route_to, set_route
from crfapp.ledger.events import PackageSent
from crfapp.ledger.state import PackageRow
from crfapp.work.accounts import EndPerson
from crfapp.work.confirmations import BY_HAND, posted
from crfapp.work.recipients import EndRecipient
from tests.support.outgoing import OutgoingSite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.work.roles import Actor

pytestmark = pytest.mark.req("REQ-806")


@pytest.fixture
def site(tmp_path: Path) -> OutgoingSite:
    (tmp_path / "stick").mkdir()
    return OutgoingSite(tmp_path / "site")


@pytest.fixture
def opened(site: OutgoingSite, tmp_path: Path) -> Iterator[OpenSite]:
    with site.quick.open() as at_work:
        site.route(at_work, str(tmp_path / "stick"))
        yield at_work


def rania(opened: OpenSite) -> Actor:
    return opened.actor("rania")


def code_of(act: Callable[[], object]) -> Code:
    with pytest.raises(AppProblem) as caught:
        act()
    return caught.value.code


def notes(opened: OpenSite) -> list[tuple[str, str]]:
    """What is on record as sent, and how."""
    events = (record.event for record in opened.events.records(kinds={PackageSent.kind}))
    return [(event.package, event.route) for event in events if isinstance(event, PackageSent)]


def stages(opened: OpenSite) -> list[str]:
    return [one.stage for one in posted(opened.desk.tables, opened.desk.node)]


def test_a_package_waits_is_sent_and_is_confirmed(
    site: OutgoingSite, opened: OpenSite, tmp_path: Path
) -> None:
    row = site.make(opened)
    assert stages(opened) == ["made"]
    send(opened, rania(opened), row.package)
    assert (tmp_path / "stick" / row.file).read_bytes() == (outbox_of(opened) / row.file).read_bytes()
    assert stages(opened) == ["sent"]
    assert notes(opened) == [(row.package, str(tmp_path / "stick"))]
    site.confirm(opened, row)
    assert stages(opened) == ["confirmed"]


def test_a_receipt_for_other_bytes_confirms_nothing(site: OutgoingSite, opened: OpenSite) -> None:
    row = site.make(opened)
    site.confirm(opened, row, digest="f" * 64)
    assert stages(opened) == ["made"]


def test_where_nothing_can_be_put_it_stays_and_nothing_is_said_of_it(
    site: OutgoingSite, opened: OpenSite, tmp_path: Path
) -> None:
    row = site.make(opened)
    (tmp_path / "stick").rmdir()
    assert code_of(lambda: send(opened, rania(opened), row.package)) is Code.ROUTE_FAILS
    assert (stages(opened), notes(opened)) == (["made"], [])
    assert (outbox_of(opened) / row.file).is_file()
    (tmp_path / "stick").mkdir()
    send(opened, rania(opened), row.package)
    assert stages(opened) == ["sent"]


def test_a_power_cut_between_upload_and_note_is_made_good_by_the_next_send(
    site: OutgoingSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class PowerCut(BaseException):
        """Nothing runs on."""

    def cut(*_: object) -> None:
        raise PowerCut

    with site.quick.open() as opened:
        site.route(opened, str(tmp_path / "stick"))
        row = site.make(opened)
        with monkeypatch.context() as broken:
            broken.setattr(outbox, "_note", cut)
            with pytest.raises(PowerCut):
                send(opened, rania(opened), row.package)
    assert (tmp_path / "stick" / row.file).is_file()
    with site.quick.open() as opened:
        assert stages(opened) == ["made"]
        assert send(opened, rania(opened), row.package).already
        assert notes(opened) == [(row.package, str(tmp_path / "stick"))]
        send(opened, rania(opened), row.package)
        assert len(notes(opened)) == 1


def test_it_is_carried_by_hand_where_there_is_no_route(
    site: OutgoingSite, opened: OpenSite, tmp_path: Path
) -> None:
    site.route(opened, "")
    row = site.make(opened)
    assert waiting(opened) == []
    assert code_of(lambda: send(opened, rania(opened), row.package)) is Code.NO_ROUTE
    copy = carry(opened, rania(opened), row.package, tmp_path / "stick")
    assert copy.read_bytes() == (outbox_of(opened) / row.file).read_bytes()
    assert notes(opened) == [(row.package, BY_HAND)]


def test_a_file_that_is_not_the_package_never_leaves(
    site: OutgoingSite, opened: OpenSite, tmp_path: Path
) -> None:
    row = site.make(opened)
    (outbox_of(opened) / row.file).write_bytes(b"something else")
    assert code_of(lambda: send(opened, rania(opened), row.package)) is Code.OUTBOX_DIFFERS
    (outbox_of(opened) / row.file).unlink()
    assert code_of(lambda: send(opened, rania(opened), row.package)) is Code.OUTBOX_DIFFERS
    assert list((tmp_path / "stick").iterdir()) == []
    assert code_of(lambda: send(opened, rania(opened), "p9")) is Code.PACKAGE_UNKNOWN


def test_nothing_goes_to_a_recipient_that_was_ended(site: OutgoingSite, opened: OpenSite) -> None:
    row = site.make(opened)
    opened.bus.send(EndRecipient(recipient=site.recipient, reason="the trial moved"), opened.actor("admin"))
    assert waiting(opened) == []
    assert code_of(lambda: send(opened, rania(opened), row.package)) is Code.RECIPIENT_UNKNOWN
    assert (outbox_of(opened) / row.file).is_file()


# ---- nothing unconfirmed is ever lost (T-14, T-14b)


def test_what_is_not_confirmed_stays_and_of_the_confirmed_the_newest_three(
    site: OutgoingSite, opened: OpenSite
) -> None:
    rows = [site.make(opened) for _ in range(7)]
    for row in rows:
        send(opened, rania(opened), row.package)
    for row in rows[1:6]:
        site.confirm(opened, row)
    gone = tidy(opened)
    assert gone == (rows[1].file, rows[2].file)
    left = {file.name for file in outbox_of(opened).iterdir()}
    assert left == {rows[0].file, *(row.file for row in rows[3:])}


def test_the_check_above_would_see_a_hasty_broom(site: OutgoingSite, opened: OpenSite) -> None:
    """Sabotage: sent counts as good as confirmed, as in programs that lost what they had sent in vain."""
    rows = [site.make(opened) for _ in range(7)]
    for row in rows:
        send(opened, rania(opened), row.package)
    hasty = [one.row.file for one in posted(opened.desk.tables) if one.stage != "made"][: -outbox.KEPT]
    assert rows[0].file in hasty


@pytest.mark.req("REQ-806")
def test_whoever_is_ended_leaves_the_unsent_behind_and_others_send_and_export_it(
    site: OutgoingSite, opened: OpenSite, tmp_path: Path
) -> None:
    """An account that is closed takes nothing with it."""
    row, actor = site.make(opened), rania(opened)
    opened.bus.send(EndPerson(login="rania", reason="left the clinic"), opened.actor("admin"))
    with pytest.raises(AppProblem):
        send(opened, actor, row.package)
    tidy(opened)
    assert (outbox_of(opened) / row.file).is_file()
    assert [one.package for one in waiting(opened)] == [row.package]
    haddad = opened.actor("haddad")
    send(opened, haddad, row.package)
    assert (tmp_path / "stick" / row.file).is_file()
    report = export_from(opened, haddad, tmp_path / "data.xlsx", "figs and thyme at noon", "en")
    assert report.rows > 0


# ---- what comes back


def test_replies_are_fetched_once_and_none_of_our_own(
    site: OutgoingSite, opened: OpenSite, tmp_path: Path
) -> None:
    send(opened, rania(opened), site.make(opened).package)
    (tmp_path / "stick" / "reply-0001.pgp").write_bytes(b"one")
    (tmp_path / "stick" / ".reply-0002.pgp.part").write_bytes(b"half")
    actor = rania(opened)
    assert replies(opened, actor, site.recipient) == ("reply-0001.pgp",)
    assert [file.name for file in bring(opened, actor, site.recipient)] == ["reply-0001.pgp"]
    assert (inbox_of(opened) / "reply-0001.pgp").read_bytes() == b"one"
    (inbox_of(opened) / "reply-0001.pgp").unlink()  # taken in, and put away
    assert bring(opened, actor, site.recipient) == ()


def test_a_reply_never_takes_the_place_of_one_that_waits(
    site: OutgoingSite, opened: OpenSite, tmp_path: Path
) -> None:
    (inbox_of(opened) / "reply.pgp").write_bytes(b"of another")
    (tmp_path / "stick" / "reply.pgp").write_bytes(b"one")
    [brought] = bring(opened, rania(opened), site.recipient)
    assert (brought.name, brought.read_bytes()) == ("reply-1.pgp", b"one")
    assert (inbox_of(opened) / "reply.pgp").read_bytes() == b"of another"


# ---- setting routes


@pytest.mark.req("REQ-801", "REQ-802")
def test_what_opens_a_route_is_in_neither_the_ledger_nor_the_folder(
    site: OutgoingSite, opened: OpenSite
) -> None:
    admin = opened.actor("admin")
    url = "webdavs://jo01@cloud.example.org/in"
    set_route(opened, admin, site.recipient, url, RouteSecret(password="cedar wood and rain"))
    assert route_to(opened, site.recipient).secret.password == "cedar wood and rain"
    files = [file for file in site.folder.rglob("*") if file.is_file() and file.name != "lock"]
    assert not [file.name for file in files if b"cedar wood" in file.read_bytes()]
    told = [record.event for record in opened.events.records(kinds={"route-set"})]
    assert "cedar" not in repr(told)
    set_route(opened, admin, site.recipient, "webdavs://jo01@thief.example.org/in", None)
    assert needs_secret(opened, site.recipient)


@pytest.mark.req("REQ-802")
def test_a_password_in_the_address_is_refused_and_nothing_is_recorded(
    site: OutgoingSite, opened: OpenSite
) -> None:
    admin, url = opened.actor("admin"), "sftp://jo01:cedar@data.example.org/in"
    assert code_of(lambda: set_route(opened, admin, site.recipient, url, None)) is Code.ROUTE_WRONG
    agreed_to_nothing = "sftp://jo01@data.example.org/in"
    assert code_of(lambda: set_route(opened, admin, site.recipient, agreed_to_nothing, None)) is (
        Code.HOST_NOT_AGREED
    )
    assert len(list(opened.events.records(kinds={"route-set"}))) == 1


def test_a_recipient_is_found_by_name(site: OutgoingSite, opened: OpenSite) -> None:
    assert peer_called(opened, "evia data centre") == peer_called(opened, site.recipient) == site.recipient
    assert code_of(lambda: peer_called(opened, "somebody")) is Code.RECIPIENT_UNKNOWN
    assert opened.desk.tables.find(PackageRow) == []

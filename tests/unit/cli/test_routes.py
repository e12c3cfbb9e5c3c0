"""``crfapp send`` and ``crfapp route``: what whoever looks after a site types, and what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crfapp.bootstrap.routing import route_to
from crfapp.ledger.state import PackageRow, RouteRow
from tests.support.centre_and_sites import JoinedSite, RealCentre
from tests.support.outgoing import OutgoingSite
from tests.support.quick_site import ADMIN_PASSWORD, QuickSite, password_of
from tests.unit.cli.test_commands import NOT_WELL, WELL, WRONG_CALL, crfapp

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

pytestmark = pytest.mark.req("REQ-801", "REQ-806")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OutgoingSite:
    monkeypatch.setenv("CRFAPP_STATE", str(tmp_path / "state"))
    (tmp_path / "stick").mkdir()
    return OutgoingSite(tmp_path / "site")


def by_nurse(*words: object, **more: str) -> Result:
    return crfapp(*words, CRFAPP_LOGIN="rania", CRFAPP_PASSWORD=password_of("rania"), **more)


def by_admin(*words: object, **more: str) -> Result:
    return crfapp(*words, CRFAPP_LOGIN="admin", CRFAPP_PASSWORD=ADMIN_PASSWORD, **more)


def test_a_route_is_set_and_tried_and_what_waits_is_sent(site: OutgoingSite, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    done = by_admin("route", "set", site.folder, "Evia data centre", stick)
    assert (done.exit_code, done.stderr) == (WELL, "")
    assert str(stick) in done.stdout
    assert by_nurse("route", "check", site.folder, "evia data centre").stdout == "0 files lie there.\n"
    assert "No package" in by_nurse("send", site.folder).stdout
    with site.quick.open() as opened:
        rows = [site.make(opened) for _ in range(2)]
    sent = by_nurse("send", site.folder)
    assert sent.exit_code == WELL, sent.stderr
    assert sent.stdout.splitlines() == [f"{row.file} sent and compared: {stick}" for row in rows]
    again = by_nurse("send", site.folder, "--package", rows[0].package)
    assert again.stdout == f"{rows[0].file} lay there already: {stick}\n"
    (stick / "reply.pgp").write_bytes(b"one")
    assert by_nurse("route", "fetch", site.folder, site.recipient).stdout.strip().endswith("reply.pgp")
    assert "Nothing new" in by_nurse("route", "fetch", site.folder, site.recipient).stdout


def test_a_package_is_carried_by_hand(site: OutgoingSite, tmp_path: Path) -> None:
    with site.quick.open() as opened:
        row = site.make(opened)
    stick = tmp_path / "stick"
    for unclear in (("--by-hand", stick), ("--package", row.package, "--to", "Evia data centre")):
        assert by_nurse("send", site.folder, *unclear).exit_code == WRONG_CALL
    done = by_nurse("send", site.folder, "--package", row.package, "--by-hand", stick)
    assert done.exit_code == WELL, done.stderr
    assert (stick / row.file).is_file()
    with site.quick.open() as opened:
        noted = opened.desk.tables.get(PackageRow, row.package)
        assert noted is not None
        assert noted.route == "by hand"


@pytest.mark.req("REQ-802")
def test_a_password_is_asked_for_apart_and_never_taken_in_the_address(site: OutgoingSite) -> None:
    inside = by_admin(
        "route", "set", site.folder, site.recipient, "webdavs://jo01:cedar@cloud.example.org/in"
    )
    assert inside.exit_code == NOT_WELL
    assert "R-617" in inside.stderr
    assert "cedar" not in inside.stderr + inside.stdout
    apart = by_admin(
        "route",
        "set",
        site.folder,
        site.recipient,
        "webdavs://jo01@cloud.example.org/in",
        CRFAPP_ROUTE_PASSWORD="cedar wood and rain",
    )
    assert apart.exit_code == WELL, apart.stderr
    with site.quick.open() as opened:
        assert route_to(opened, site.recipient).secret.password == "cedar wood and rain"


@pytest.mark.req("REQ-802")
def test_an_sftp_route_needs_the_agreed_key_and_takes_a_key_file(site: OutgoingSite, tmp_path: Path) -> None:
    key, agreed = tmp_path / "id_ed25519", "SHA256:" + "aZ0+/" * 8 + "abc"
    key.write_text("-----BEGIN OPENSSH PRIVATE KEY-----\n")
    url = "sftp://jo01@data.example.org/in"
    wrong = by_admin("route", "set", site.folder, site.recipient, url, "--host-key", "MD5:aa", "--key", key)
    assert "R-617" in wrong.stderr
    missing = by_admin(
        "route", "set", site.folder, site.recipient, url, "--host-key", agreed, "--key", tmp_path / "no"
    )
    assert missing.exit_code == WRONG_CALL
    done = by_admin("route", "set", site.folder, site.recipient, url, "--host-key", agreed, "--key", key)
    assert done.exit_code == WELL, done.stderr
    with site.quick.open() as opened:
        route = route_to(opened, site.recipient)
        [row] = opened.desk.tables.find(RouteRow)
    assert (route.address.host_key, route.secret.private_key) == (agreed, key.read_text())
    assert "PRIVATE" not in row.url


def test_whoever_may_not_is_refused_before_anything_is_sent(site: OutgoingSite, tmp_path: Path) -> None:
    refused = by_nurse("route", "set", site.folder, site.recipient, tmp_path / "stick")
    assert "R-201" in refused.stderr
    unknown = by_admin("route", "set", site.folder, "nobody", tmp_path / "stick")
    assert "R-614" in unknown.stderr


def test_a_package_is_made_and_sent_in_one_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRFAPP_STATE", str(tmp_path / "state"))
    joined = JoinedSite(QuickSite(tmp_path / "site"), RealCentre(tmp_path / "centre"))
    stick = tmp_path / "stick"
    stick.mkdir()
    folder = joined.site.folder
    assert by_admin("route", "set", folder, "Evia data centre", stick).exit_code == WELL
    done = by_nurse("send", folder, "--to", "Evia data centre")
    assert done.exit_code == WELL, done.stderr
    [file] = stick.iterdir()
    assert done.stdout == f"{file.name} sent and compared: {stick}\n"
    by_hand = by_nurse("send", folder, "--to", "Evia data centre", "--by-hand", stick)
    assert by_hand.stdout.endswith(": by hand\n")
    assert len(list(stick.iterdir())) == 2

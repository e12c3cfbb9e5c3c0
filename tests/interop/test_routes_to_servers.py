"""Packages travel to servers that others wrote (OpenSSH, S3, WebDAV), and over lines that break."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import asyncssh
import pytest
from fsspec.asyn import get_loop, sync
from typer.testing import CliRunner

from crfapp.base.problems import AppProblem, Code
from crfapp.base.routes import RouteSecret
from crfapp.bootstrap.outbox import bring, send
from crfapp.bootstrap.packing import make_package
from crfapp.bootstrap.parts import AppParts
from crfapp.bootstrap.routing import set_route
from crfapp.bootstrap.taking_in import take_in
from crfapp.cli.commands import build
from crfapp.exchange.transport import Laid, Patience, Route, fetch, host_key, look, put, route_of
from crfapp.exchange.transport import sftp as over_sftp
from crfapp.exchange.transport.laying import part_name
from crfapp.exchange.transport.s3 import PART
from crfapp.work.confirmations import posted
from tests.support.centre_and_sites import JoinedSite, RealCentre
from tests.support.outgoing import OutgoingSite
from tests.support.quick_site import QuickSite, password_of
from tests.support.servers import (
    BUCKET,
    HERE,
    Authority,
    cable,
    free_port,
    s3_server,
    ssh_server,
    under_tls,
    webdav_server,
)
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from typer.testing import Result

    from tests.support.servers import S3Server, SshServer, WebdavServer

    Server = SshServer | S3Server | WebdavServer

pytestmark = [
    pytest.mark.interop,
    pytest.mark.req("REQ-801", "REQ-806"),
    # WsgiDAV forgets the file of an upload that broke off
    pytest.mark.filterwarnings(r"ignore:Exception ignored in. <_io.FileIO name=.*\.part:Warning"),
]

NAME = "JO01-sponsor-0012.pgp"
LONG = 1_500_000
IN_PARTS = 2 * PART + 4321
"""S3 goes on from whole parts alone."""
PATIENCE = Patience(connect=5, stall=3)


@pytest.fixture(scope="module")
def ssh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshServer]:
    with ssh_server(tmp_path_factory.mktemp("ssh") / "home") as server:
        yield server


@pytest.fixture(scope="module")
def s3() -> Iterator[S3Server]:
    with s3_server() as server:
        yield server


@pytest.fixture(scope="module")
def webdav(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebdavServer]:
    with webdav_server(tmp_path_factory.mktemp("dav") / "home") as server:
        yield server


@pytest.fixture(params=["ssh", "s3", "webdav"])
def server(request: pytest.FixtureRequest) -> Server:
    """Each of them, emptied."""
    found: Server = request.getfixturevalue(request.param)
    if hasattr(found, "folder"):
        for file in found.folder.iterdir():
            file.unlink()
    else:
        for one in found.client.list_objects_v2(Bucket=BUCKET).get("Contents", []):
            found.client.delete_object(Bucket=BUCKET, Key=one["Key"])
    return found


@pytest.fixture
def package(tmp_path: Path) -> Path:
    file = tmp_path / NAME
    file.write_bytes(os.urandom(100_000))
    return file


@pytest.fixture
def long_package(server: Server, tmp_path: Path) -> Path:
    file = tmp_path / NAME
    file.write_bytes(os.urandom(IN_PARTS if server.url().startswith("s3") else LONG))
    return file


def route_to(server: Server, port: int = 0, secret: RouteSecret | None = None) -> Route:
    return Route(route_of(server.url(port)).address, secret or server.secret, PATIENCE)


def refused(act: Callable[[], object]) -> AppProblem:
    with pytest.raises(AppProblem) as caught:
        act()
    return caught.value


def fetched(route: Route, folder: Path) -> bytes:
    fetch(NAME, route, folder / "fetched")
    return (folder / "fetched").read_bytes()


def test_a_package_arrives_whole_and_only_once(server: Server, package: Path, tmp_path: Path) -> None:
    route = route_to(server)
    assert look(route) == ()
    assert put(package, route) == Laid()
    assert look(route) == (NAME,)
    assert fetched(route, tmp_path) == package.read_bytes()
    assert put(package, route) == Laid(already=True)
    assert look(route) == (NAME,)


def test_another_file_of_the_same_name_is_left_as_it_is(
    server: Server, package: Path, tmp_path: Path
) -> None:
    route = route_to(server)
    put(package, route)
    before = package.read_bytes()
    package.write_bytes(before[:-1] + bytes([before[-1] ^ 1]))
    assert refused(lambda: put(package, route)).code is Code.ROUTE_TAKEN
    assert fetched(route, tmp_path) == before


def test_a_line_that_breaks_leaves_no_half_package_and_the_next_try_brings_it(
    server: Server, long_package: Path, tmp_path: Path
) -> None:
    with cable(server.port) as line:
        over = route_to(server, line.port)
        line.left = long_package.stat().st_size * 2 // 3
        assert refused(lambda: put(long_package, over)).code is Code.ROUTE_FAILS
        assert look(route_to(server)) == ()
        line.plug_in()
        laid = put(long_package, over)
    appends = not server.url().startswith("webdav")
    assert (laid.resumed > 0) is appends
    assert fetched(route_to(server), tmp_path) == long_package.read_bytes()


def test_what_another_package_left_half_done_is_not_gone_on_from(server: Server, long_package: Path) -> None:
    with cable(server.port) as line:
        line.left = long_package.stat().st_size * 2 // 3
        refused(lambda: put(long_package, route_to(server, line.port)))
    long_package.write_bytes(os.urandom(long_package.stat().st_size))
    assert put(long_package, route_to(server)).resumed == 0
    assert put(long_package, route_to(server)) == Laid(already=True)


def test_where_nobody_answers_the_package_stays(server: Server, package: Path) -> None:
    problem = refused(lambda: put(package, route_to(server, free_port())))
    assert problem.code is Code.ROUTE_FAILS
    assert package.exists()


def test_whoever_is_not_let_in_is_told_so_and_never_the_secret(server: Server, package: Path) -> None:
    if server.url().startswith("s3"):  # the test server lets everybody in
        assert look(route_to(server)) == ()
        return
    wrong = RouteSecret(password="salt lake at noon")
    problem = refused(lambda: put(package, route_to(server, secret=wrong)))
    assert problem.code is Code.ROUTE_LOGIN
    assert "salt" not in repr(problem)


@contextmanager
def silent_server() -> Iterator[int]:
    """Takes connections and never says a word."""
    with socket.create_server((HERE, 0)) as listening:
        yield int(listening.getsockname()[1])


def test_a_server_that_says_nothing_is_not_waited_for_for_ever(server: Server, package: Path) -> None:
    with silent_server() as port:
        address = route_of(server.url(port)).address
        short = Route(address, server.secret, Patience(connect=0.5, stall=0.5))
        assert refused(lambda: put(package, short)).code is Code.ROUTE_FAILS


# ---- the server's key


def test_the_key_that_is_shown_at_set_up_is_the_servers(ssh: SshServer) -> None:
    scanned = subprocess.run(
        ["ssh-keygen", "-lf", ssh.folder.parent / "host"], capture_output=True, text=True, check=True
    )
    assert host_key(route_of(ssh.url(host_key="").rstrip("?host-key="))) in scanned.stdout
    assert host_key(route_to(ssh)) == ssh.host_key


@pytest.mark.req("REQ-802")
def test_nothing_is_sent_before_somebody_agreed_to_the_key(ssh: SshServer, package: Path) -> None:
    url = ssh.url().partition("?")[0]
    assert refused(lambda: put(package, route_of(url, ssh.secret))).code is Code.HOST_NOT_AGREED


class Thief(asyncssh.SSHServer):
    """A server in the place of the real one: takes every password, and notes it."""

    heard: list[str] = []  # noqa: RUF012 - one for the test

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        self.heard.append(f"{username} {password}")
        return True


@contextmanager
def thief(folder: Path) -> Iterator[int]:
    """It listens with a key of its own, and gives access to a folder."""
    key = asyncssh.generate_private_key("ssh-ed25519")
    Thief.heard.clear()

    def in_folder(channel: asyncssh.SSHServerChannel[bytes]) -> asyncssh.SFTPServer:
        return asyncssh.SFTPServer(channel, chroot=str(folder).encode())

    listening = sync(
        get_loop(),
        asyncssh.listen,
        HERE,
        0,
        server_factory=Thief,
        server_host_keys=[key],
        sftp_factory=in_folder,
        config=None,
    )
    try:
        yield listening.get_port()
    finally:
        get_loop().call_soon_threadsafe(listening.close)
        sync(get_loop(), listening.wait_closed)


@pytest.mark.req("REQ-802")
def test_a_server_with_another_key_hears_no_name_and_no_password(
    ssh: SshServer, package: Path, tmp_path: Path
) -> None:
    with thief(tmp_path) as port:
        route = Route(route_of(ssh.url(port)).address, RouteSecret(password="cedar wood"), PATIENCE)
        problem = refused(lambda: put(package, route))
    assert (problem.code, Thief.heard) == (Code.HOST_UNKNOWN, [])
    assert problem.facts["shown"] != ssh.host_key


@pytest.mark.req("REQ-802")
def test_without_the_comparison_it_would_have_heard_both(
    ssh: SshServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sabotage: whatever key a server shows is taken for the agreed one."""
    monkeypatch.setattr(over_sftp._Watching, "validate_host_public_key", lambda *_: True)
    with thief(tmp_path) as port:
        address = route_of(f"sftp://amman@{HERE}:{port}/?host-key={ssh.host_key}").address
        look(Route(address, RouteSecret(password="cedar wood"), PATIENCE))
    assert Thief.heard == ["amman cedar wood"]


def test_a_password_opens_where_it_is_asked_for(package: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with thief(tmp_path) as port:
        shown = host_key(route_of(f"sftp://amman@{HERE}:{port}/in"))
        route = route_of(
            f"sftp://amman@{HERE}:{port}/in?host-key={shown}", RouteSecret(password="cedar wood")
        )
        assert put(package, route) == Laid()
        assert look(route) == (NAME,)
    assert (tmp_path / "in" / NAME).read_bytes() == package.read_bytes()


@pytest.mark.req("REQ-802")
@pytest.mark.parametrize("sort", ["s3", "webdav"])
def test_a_server_that_nobody_certified_gets_nothing_and_one_of_the_hospitals_authority_does(
    sort: str, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: S3Server | WebdavServer = request.getfixturevalue(sort)
    authority = Authority.made(tmp_path)
    with under_tls(found.port, authority) as port:
        url = found.url(port, {"s3": "https", "webdav": "webdavs"}[sort])
        route = Route(route_of(url).address, found.secret, PATIENCE)
        problem = refused(lambda: look(route))
        assert problem.code is Code.ROUTE_FAILS
        assert re.search("certificate|CertVerification", str(problem.facts["why"]))
        monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
        assert isinstance(look(route), tuple)


@pytest.mark.req("REQ-802")
def test_nothing_of_whoever_is_logged_in_at_the_computer_is_used(
    server: Server, package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their profiles, proxies, passwords and keys belong to them, and lead elsewhere."""
    home = tmp_path / "home"
    (home / ".ssh").mkdir(parents=True)
    (home / ".ssh" / "config").write_text("Host *\n  Port 1\n  ProxyCommand /bin/false\n")
    (home / ".netrc").write_text(f"machine {HERE} login thief password thief\n")
    elsewhere = {
        "AWS_PROFILE": "nobody",
        "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
        "SSH_AUTH_SOCK": "/nowhere",
    }
    elsewhere |= dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), "http://127.0.0.1:9")
    for name, value in {**elsewhere, "HOME": str(home)}.items():
        monkeypatch.setenv(name, value)
    assert put(package, route_to(server)) == Laid()
    assert look(route_to(server)) == (NAME,)


# ---- what breaks elsewhere than on the line


def test_a_server_process_killed_in_the_middle_is_gone_on_from(ssh: SshServer, package: Path) -> None:
    for file in ssh.folder.iterdir():
        file.unlink()
    package.write_bytes(os.urandom(8 * LONG))
    part = ssh.folder / part_name(NAME)
    with cable(ssh.port) as line:
        killing = _Killing(ssh, part)
        problem = refused(lambda: killing.during(lambda: put(package, route_to(ssh, line.port))))
    assert problem.code is Code.ROUTE_FAILS
    left = part.stat().st_size
    assert 0 < left < 8 * LONG
    assert put(package, route_to(ssh)).resumed == left
    assert (ssh.folder / NAME).read_bytes() == package.read_bytes()


class _Killing:
    """Kills the children of a server as soon as something of a file has arrived."""

    def __init__(self, ssh: SshServer, part: Path) -> None:
        self._ssh, self._part = ssh, part

    def during(self, act: Callable[[], object]) -> object:
        watching = threading.Thread(target=self._watch)
        watching.start()
        try:
            return act()
        finally:
            watching.join(10)

    def _watch(self) -> None:
        wait_until(lambda: self._part.exists() and self._part.stat().st_size, what="something arrived")
        found = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self._ssh.process.pid)],
            capture_output=True,
            text=True,
            check=False,
        )
        for pid in map(int, found.stdout.split()):
            os.kill(pid, signal.SIGKILL)


def test_an_upload_to_s3_is_never_in_the_place_of_one_that_came_meanwhile(
    s3: S3Server, package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another one is laid between the look and the upload; the server itself refuses."""
    from crfapp.exchange.transport.s3 import S3Place

    honest, key = S3Place._whole, f"in/{NAME}"

    def late(place: S3Place, file: Path) -> None:
        s3.client.put_object(Bucket=BUCKET, Key=key, Body=b"another one")
        honest(place, file)

    monkeypatch.setattr(S3Place, "_whole", late)
    s3.client.delete_object(Bucket=BUCKET, Key=key)
    assert refused(lambda: put(package, route_to(s3))).code is Code.ROUTE_TAKEN
    assert s3.client.get_object(Bucket=BUCKET, Key=key)["Body"].read() == b"another one"


@pytest.mark.parametrize("missing", ["ssh", "s3", "webdav"])
def test_a_folder_or_bucket_that_is_not_there_is_named(
    missing: str, request: pytest.FixtureRequest, package: Path
) -> None:
    found: Server = request.getfixturevalue(missing)
    elsewhere = (
        found.url().replace("incoming", "nowhere").replace(BUCKET, "no-bucket").replace("/in/", "/no/")
    )
    route = Route(route_of(elsewhere).address, found.secret, PATIENCE)
    assert refused(lambda: put(package, route)).code is Code.ROUTE_FAILS
    assert refused(lambda: look(route)).code is Code.ROUTE_FAILS


# ---- the whole way


@pytest.mark.req("REQ-402", "REQ-806")
def test_a_package_reaches_the_centre_over_sftp_and_its_receipt_comes_back(
    ssh: SshServer, tmp_path: Path
) -> None:
    for file in ssh.folder.iterdir():
        file.unlink()
    centre = RealCentre(tmp_path / "centre")
    joined = JoinedSite(QuickSite(tmp_path / "site"), centre)
    with joined.site.open() as opened:
        node, rania = opened.store.workstation.node, opened.actor("rania")
        set_route(opened, opened.actor("admin"), joined.recipient, ssh.url(), ssh.secret)
        send(opened, rania, make_package(opened, rania, joined.recipient).package)
    with centre.open("admin") as at:
        set_route(at.home, at.actor, node, ssh.url(), ssh.secret)
    with centre.open() as at:
        assert [taken.outcome for taken in at.look()] == ["new"]
        reply, to = at.reply(joined.id)
        at.bring(joined.id, reply, to, None)
        assert at.look() == []
    with joined.site.open() as opened:
        assert [one.stage for one in posted(opened.desk.tables, node)] == ["sent"]
        [came] = bring(opened, rania, joined.recipient)
        assert take_in(opened, rania, came).outcome == "new"
        assert [one.stage for one in posted(opened.desk.tables, node)] == ["confirmed"]
        assert bring(opened, rania, joined.recipient) == ()


# ---- as an administrator does it


@pytest.mark.req("REQ-802")
def test_the_key_is_shown_and_agreed_to_once_and_then_packages_go(
    ssh: SshServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRFAPP_STATE", str(tmp_path / "state"))
    site, key = OutgoingSite(tmp_path / "site"), tmp_path / "id_ed25519"
    key.write_text(ssh.secret.private_key)
    url = ssh.url().partition("?")[0]
    asked = ("route", "set", site.folder, site.recipient, url, "--key", key, "--login", "admin")
    refused = typed(*asked, login="admin", answers="n\n")
    assert refused.exit_code == 1
    assert ssh.host_key in refused.stdout
    agreed = typed(*asked, login="admin", answers="y\n")
    assert agreed.exit_code == 0, agreed.stderr
    with site.quick.open() as opened:
        row = site.make(opened)
    sent = typed("send", site.folder, "--login", "rania", login="rania")
    assert sent.stdout.startswith(f"{row.file} sent and compared: {url}?host-key={ssh.host_key}"), sent.stderr
    assert (ssh.folder / row.file).is_file()


def typed(*words: object, login: str, answers: str = "") -> Result:
    """What somebody types at the command line, and answers there."""
    known = {"CRFAPP_PASSWORD": password_of(login), "CRFAPP_LANGUAGE": "en"}
    return CliRunner().invoke(build(AppParts()), [str(word) for word in words], input=answers, env=known)

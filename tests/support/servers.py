"""Real servers that packages are sent to, on free ports of this machine, and a cable that can be cut."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import ssl
import struct
import subprocess
import threading
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.request import Request, urlopen

import asyncssh
from cheroot import wsgi
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from moto.server import ThreadedMotoServer
from wsgidav.wsgidav_app import WsgiDAVApp

from crfapp.base.routes import RouteSecret
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = "127.0.0.1"
USER, PASSWORD = "amman", "cedar wood and rain"
BUCKET = "trial-packages"
_SSHD = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin") or "sshd"


def free_port() -> int:
    """A port that nothing listens at."""
    with socket.socket() as one:
        one.bind((HERE, 0))
        return int(one.getsockname()[1])


@dataclass
class SshServer:
    """OpenSSH as Debian ships it, with files below ``folder``."""

    port: int
    folder: Path
    process: subprocess.Popen[bytes]
    host_key: str
    secret: RouteSecret

    @property
    def user(self) -> str:
        return pwd.getpwuid(os.getuid()).pw_name

    def url(self, port: int = 0, host_key: str | None = None) -> str:
        agreed = self.host_key if host_key is None else host_key
        return f"sftp://{self.user}@{HERE}:{port or self.port}{self.folder}?host-key={agreed}"


@contextmanager
def ssh_server(home: Path) -> Iterator[SshServer]:
    """One that lets one key in and gives files alone, no shell."""
    home.mkdir(parents=True)
    folder, port = home / "incoming", free_port()
    folder.mkdir()
    keys = {name: asyncssh.generate_private_key("ssh-ed25519") for name in ("host", "client")}
    (home / "host").write_bytes(keys["host"].export_private_key())
    (home / "host").chmod(0o600)
    (home / "let-in").write_bytes(keys["client"].export_public_key())
    config = {
        "Port": port,
        "ListenAddress": HERE,
        "HostKey": home / "host",
        "AuthorizedKeysFile": home / "let-in",
        "PidFile": "none",
        "UsePAM": "no",
        "StrictModes": "no",
        "PasswordAuthentication": "no",
        "KbdInteractiveAuthentication": "no",
        "PermitRootLogin": "yes",
        "MaxStartups": 100,
        "Subsystem": "sftp internal-sftp",
        "ForceCommand": "internal-sftp",
    }
    (home / "sshd").write_text("".join(f"{name} {value}\n" for name, value in config.items()))
    if os.getuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    with (home / "log").open("wb") as log:
        process = subprocess.Popen([_SSHD, "-D", "-e", "-f", home / "sshd"], stderr=log)
    try:
        wait_until(lambda: _answers(port), what="sshd answers")
        secret = RouteSecret(private_key=keys["client"].export_private_key().decode())
        yield SshServer(port, folder, process, str(keys["host"].get_fingerprint("sha256")), secret)
    finally:
        process.terminate()
        process.wait(10)


@dataclass
class S3Server:
    """A bucket; ``client`` asks it what it holds."""

    port: int
    client: Any
    secret: RouteSecret

    def url(self, port: int = 0, scheme: str = "http") -> str:
        return f"s3://{BUCKET}/in?endpoint={scheme}://{HERE}:{port or self.port}"


@contextmanager
def s3_server() -> Iterator[S3Server]:
    """Moto's server with one empty bucket."""
    import boto3

    server = ThreadedMotoServer(ip_address=HERE, port=0, verbose=False)
    server.start()
    try:
        port = int(server.get_host_and_port()[1])
        secret = RouteSecret(user="AKIDJO01", password="a secret of forty letters")
        client = boto3.client(
            "s3",
            endpoint_url=f"http://{HERE}:{port}",
            aws_access_key_id=secret.user,
            aws_secret_access_key=secret.password,
            region_name="us-east-1",
        )
        # what moto keeps outlives its server: another test of this process may have used it
        urlopen(Request(f"http://{HERE}:{port}/moto-api/reset", method="POST")).close()
        client.create_bucket(Bucket=BUCKET)
        yield S3Server(port, client, secret)
    finally:
        server.stop()


@dataclass
class WebdavServer:
    """WsgiDAV with files below ``folder``."""

    port: int
    folder: Path
    secret: RouteSecret

    def url(self, port: int = 0, scheme: str = "webdav") -> str:
        return f"{scheme}://{USER}@{HERE}:{port or self.port}/in/"


@contextmanager
def webdav_server(home: Path) -> Iterator[WebdavServer]:
    """One that lets one user in with one password."""
    folder = home / "in"
    folder.mkdir(parents=True)
    told = {
        "provider_mapping": {"/": str(home)},
        "simple_dc": {"user_mapping": {"*": {USER: {"password": PASSWORD}}}},
        "verbose": 0,
        "logging": {"enable": False},
    }
    server = wsgi.Server((HERE, 0), WsgiDAVApp(told))
    server.prepare()
    running = threading.Thread(target=server.serve, daemon=True)
    running.start()
    try:
        yield WebdavServer(int(server.bind_addr[1]), folder, RouteSecret(password=PASSWORD))
    finally:
        server.stop()
        running.join(10)


@contextmanager
def server_of(sort: str, home: Path) -> Iterator[SshServer | S3Server | WebdavServer]:
    """One of them by the name of its protocol."""
    with ExitStack() as running:
        match sort:
            case "sftp":
                yield running.enter_context(ssh_server(home))
            case "s3":
                yield running.enter_context(s3_server())
            case _:
                yield running.enter_context(webdav_server(home))


@dataclass
class Authority:
    """Whoever certifies servers here; ``file`` is what a computer has to trust."""

    file: Path
    proof: Path

    @classmethod
    def made(cls, folder: Path) -> Authority:
        """A new one, with a certificate for this machine (both in one: it certifies itself)."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Hospital authority")])
        begin = datetime(2020, 1, 1, tzinfo=UTC)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(begin)
            .not_valid_after(begin.replace(year=2090))
            .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(HERE))]), critical=False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(key, hashes.SHA256())
        )
        found = cls(folder / "authority.pem", folder / "server.pem")
        found.file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        found.proof.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        return found


@contextmanager
def under_tls(to: int, authority: Authority) -> Iterator[int]:
    """A port at which a plain server speaks TLS with the authority's certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority.file, authority.proof)
    laid = Cable(to, context)
    try:
        yield laid.port
    finally:
        laid.close()


class Cable:
    """A connection to a server that breaks after so many bytes, until it is plugged in again."""

    def __init__(self, to: int, tls: ssl.SSLContext | None = None) -> None:
        self._to, self._tls = to, tls
        self._listening = socket.create_server((HERE, 0))
        self.port = int(self._listening.getsockname()[1])
        self.left: int | None = None
        self._ends: list[socket.socket] = []
        self._carrying = [threading.Thread(target=self._listen)]
        self._carrying[0].start()

    @property
    def is_cut(self) -> bool:
        return self.left is not None and self.left <= 0

    def plug_in(self) -> None:
        """From now on it holds."""
        self.left = None

    def close(self) -> None:
        """Put it away."""
        self.left = 0
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._break()
        for one in self._carrying:
            one.join(10)
        for end in self._ends:
            end.close()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                self._ends.append(near)
                if self.is_cut:
                    near.close()
                    continue
                if self._tls is not None:
                    try:
                        near = self._tls.wrap_socket(near, server_side=True)
                    except OSError:  # whoever came does not trust us
                        continue
                    self._ends.append(near)
                far = socket.create_connection((HERE, self._to))
                self._ends.append(far)
                for pair in ((near, far, True), (far, near, False)):
                    self._carrying.append(threading.Thread(target=self._carry, args=pair))
                    self._carrying[-1].start()

    def _carry(self, source: socket.socket, sink: socket.socket, counted: bool) -> None:
        with suppress(OSError):
            while block := source.recv(1 << 14):
                if counted and self.left is not None:
                    self.left -= len(block)
                if self.is_cut:
                    self._break()
                    return
                sink.sendall(block)
            sink.shutdown(socket.SHUT_WR)

    def _break(self) -> None:
        for end in self._ends:
            with suppress(OSError):
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                end.shutdown(socket.SHUT_RDWR)
            end.close()


@contextmanager
def cable(to: int) -> Iterator[Cable]:
    """A cable to a port here."""
    laid = Cable(to)
    try:
        yield laid
    finally:
        laid.close()


def _answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection((HERE, port), 1):
        return True
    return False

"""SFTP: the server's key is the one that was agreed, or nothing is said to it, not even a name."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, BinaryIO

import asyncssh
from fsspec.asyn import get_loop, sync
from sshfs import SSHFileSystem

from crfapp.base.problems import Code, RefusedError
from crfapp.exchange.transport.failures import named_failures, not_let_in, route_fails
from crfapp.exchange.transport.laying import BLOCK, is_shown, lay

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sshfs.file import SSHFile

    from crfapp.exchange.transport.route import Laid, Readable, Route

USUAL_PORT = 22
KEY_KINDS = ("ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "rsa-sha2-512", "rsa-sha2-256")
"""In this order, whatever the library prefers: the key that is asked for later is the one that was shown."""
_ALIVE_EVERY = 15
_ALIVE_MISSES = 2


def shown_host_key(route: Route) -> str:
    """The fingerprint of the key that the server shows now, as ``ssh`` writes it (``SHA256:...``)."""
    address = route.address
    asking = {"server_host_key_algs": list(KEY_KINDS), "config": None}
    with named_failures(route, asyncssh.Error):
        key = sync(
            get_loop(),
            asyncssh.get_server_host_key,
            address.host,
            address.port or USUAL_PORT,
            timeout=route.patience.connect,
            **asking,
        )
    return str(key.get_fingerprint("sha256")) if key is not None else ""


@contextmanager
def open_sftp(route: Route) -> Iterator[SftpPlace]:
    """Log in at a server that shows the agreed key; HOST_NOT_AGREED, HOST_UNKNOWN, ROUTE_LOGIN."""
    if not route.address.host_key:
        raise RefusedError(Code.HOST_NOT_AGREED, host=route.address.host)
    with named_failures(route, asyncssh.Error):
        system = _connected(route)
        try:
            yield SftpPlace(system, route)
        finally:
            with suppress(OSError, asyncssh.Error):
                sync(get_loop(), _leave, system.client, timeout=route.patience.connect)


def _connected(route: Route) -> SSHFileSystem:
    watched = _watching(route.address.host_key)
    try:
        return SSHFileSystem(
            route.address.host,
            port=route.address.port or USUAL_PORT,
            timeout=route.patience.connect,
            client_factory=watched,
            known_hosts=([], [], []),
            server_host_key_algs=list(KEY_KINDS),
            # nothing of the person who happens to be logged in at this computer
            config=None,
            agent_path=None,
            gss_kex=False,
            gss_auth=False,
            keepalive_interval=_ALIVE_EVERY,
            keepalive_count_max=_ALIVE_MISSES,
            skip_instance_cache=True,
            **_proof(route),
        )
    except asyncssh.HostKeyNotVerifiable:
        raise RefusedError(Code.HOST_UNKNOWN, host=route.address.host, shown=watched.shown) from None
    except (asyncssh.PermissionDenied, PermissionError) as error:
        raise not_let_in(error, route) from error


def _proof(route: Route) -> dict[str, object]:
    """A key where there is one, else the password; it is shown after the server's key was compared."""
    secret = route.secret
    proof: dict[str, object] = {"username": route.address.user or secret.user}
    if not secret.private_key:
        return {**proof, "client_keys": None, "password": secret.password or None}
    try:
        key = asyncssh.import_private_key(secret.private_key, secret.password or None)
    except (asyncssh.KeyImportError, asyncssh.KeyEncryptionError) as error:
        raise not_let_in(error, route) from error
    return {**proof, "client_keys": [key], "password": None}


def _watching(agreed: str) -> type[_Watching]:
    class Watching(_Watching):
        fingerprint = agreed

    return Watching


class _Watching(asyncssh.SSHClient):
    """Compares the server's key; ``shown`` is the one that it showed last."""

    fingerprint = ""
    shown = ""

    def validate_host_public_key(self, _host: str, _addr: str, _port: int, key: asyncssh.SSHKey) -> bool:
        """Whether the key is the agreed one."""
        type(self).shown = key.get_fingerprint("sha256")
        return bool(self.fingerprint) and self.shown == self.fingerprint


async def _leave(client: asyncssh.SSHClientConnection) -> None:
    client.close()
    await client.wait_closed()


class SftpPlace:
    """An open folder on a server; both a place and the shelf that files are laid on."""

    resumes = True

    def __init__(self, system: SSHFileSystem, route: Route) -> None:
        self._system, self._route = system, route
        self._stall = route.patience.stall
        path = route.address.path
        self._folder = path.removeprefix("/~/") if path.startswith("/~/") else path

    def names(self) -> tuple[str, ...]:
        """The files in it."""
        found = self._system.ls(self._folder, detail=True, timeout=self._stall)
        names = [str(one["name"]).rpartition("/")[2] for one in found if one["type"] == "file"]
        return tuple(sorted(name for name in names if is_shown(name)))

    def lay(self, file: Path) -> Laid:
        """Put a file into it."""
        return lay(self, file)

    def size(self, name: str) -> int | None:
        """How long a file is; None where there is none."""
        try:
            return int(self._system.info(self._path(name), timeout=self._stall)["size"])
        except FileNotFoundError:
            return None

    @contextmanager
    def read(self, name: str) -> Iterator[Readable]:
        """A file, block by block."""
        with self._system.open(self._path(name), "rb") as file:
            yield _Patient(file, self._stall)

    def write(self, name: str, begin: int, source: BinaryIO) -> None:
        """Write behind the first ``begin`` bytes; the server has them on its disk, where it can say so."""
        with self._system.open(self._path(name), "r+b" if begin else "wb") as file:
            file.seek(begin, timeout=self._stall)
            while block := source.read(BLOCK):
                file.write(block, timeout=self._stall)
            with suppress(asyncssh.SFTPOpUnsupported):
                file.fsync(timeout=self._stall)

    def rename(self, name: str, to: str) -> None:
        """By the protocol's own rename, which overwrites nothing."""
        try:
            sync(get_loop(), self._renamed, self._path(name), self._path(to), timeout=self._stall)
        except asyncssh.SFTPError as error:
            if self.size(to) is not None:
                raise FileExistsError(to) from error
            raise route_fails(error, self._route) from error

    def remove(self, name: str) -> None:
        """Take a file away."""
        self._system.rm_file(self._path(name), timeout=self._stall)

    async def _renamed(self, name: str, to: str) -> None:
        async with self._system.client.start_sftp_client() as session:
            await session.rename(name, to)

    def _path(self, name: str) -> str:
        return f"{self._folder.rstrip('/')}/{name}" if self._folder else name


class _Patient:
    """Reads with patience, and no more."""

    def __init__(self, file: SSHFile, seconds: float) -> None:
        self._file, self._seconds = file, seconds

    def read(self, most: int, /) -> bytes:
        """At most so many bytes."""
        return self._file.read(most, timeout=self._seconds)

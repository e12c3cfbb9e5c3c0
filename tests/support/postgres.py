"""A real PostgreSQL server that the tests start for themselves, and throw away."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from crfapp.store.migrations import migrate
from crfapp.store.postgres.engine import open_schema
from crfapp.store.postgres.schema import PART_STEPS
from crfapp.store.rebuild import remake

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.store.postgres.engine import PostgresEngine

PASSWORD = "only for tests"
USER = "crfapp"
_DEBIAN = Path("/usr/lib/postgresql")
_IN_MEMORY = Path("/dev/shm")  # noqa: S108 - where Linux keeps a disk in memory
_NUMBERS = count(1)


class Cluster:
    """A running server; its socket lies in a folder of its own, its password in the environment."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.port = port

    @property
    def url(self) -> str:
        """Where it is, without the password."""
        return f"postgresql://{USER}@/postgres?host={self.folder}&port={self.port}"

    @property
    def url_by_network(self) -> str:
        """The same by TCP."""
        return f"postgresql://{USER}@127.0.0.1:{self.port}/postgres"

    def new_schema(self) -> str:
        """An empty schema; it goes with the server."""
        name = f"site_{next(_NUMBERS)}"
        with psycopg.connect(self.url, autocommit=True) as raw:
            raw.execute(f"CREATE SCHEMA {name}")
        return name

    def new_database(self) -> str:
        """The address of an empty database beside the others."""
        name = f"trial_{next(_NUMBERS)}"
        with psycopg.connect(self.url, autocommit=True) as raw:
            raw.execute(f"CREATE DATABASE {name}")
        return self.url.replace("/postgres?", f"/{name}?")

    def new_part(self) -> PostgresEngine:
        """A schema with the newest tables."""
        engine = open_schema(self.url, self.new_schema())
        migrate(engine, _nothing_to_back_up, remake, PART_STEPS)
        return engine


@contextmanager
def running_cluster(where: Path | None = None) -> Iterator[Cluster]:
    """Start a server under another user than root, whom PostgreSQL refuses; fail where there is none.

    It keeps its promises about the disk, which is one in memory unless ``where`` names another.
    """
    in_memory = _IN_MEMORY if _IN_MEMORY.is_dir() and os.access(_IN_MEMORY, os.W_OK) else None
    folder = Path(tempfile.mkdtemp(prefix="crfapp-pg-", dir=where or in_memory))
    as_user = _as_another_user(folder) if os.geteuid() == 0 else []
    secret = folder / "password"
    secret.write_text(PASSWORD, encoding="utf-8")
    secret.chmod(0o644)
    data, port = folder / "data", _free_port()
    run = [*as_user, str(_program("initdb")), "-D", str(data), "-U", USER, "-A", "scram-sha-256"]
    _run([*run, f"--pwfile={secret}", "--no-sync", "--locale=C.UTF-8", "-E", "UTF8"], folder)
    options = (
        f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c shared_buffers=64MB"
        f" -c max_connections=40 -c max_wal_size={'4GB' if where else '128MB'}"
    )
    control = [*as_user, str(_program("pg_ctl")), "-D", str(data), "-w"]
    _run([*control, "-l", str(folder / "log"), "-o", options, "start"], folder)
    try:
        with pytest.MonkeyPatch.context() as surroundings:
            surroundings.setenv("PGPASSWORD", PASSWORD)
            yield Cluster(folder, port)
    finally:
        _run([*control, "-m", "immediate", "stop"], folder)
        shutil.rmtree(folder, ignore_errors=True)


def _as_another_user(folder: Path) -> list[str]:
    try:
        other = pwd.getpwnam("postgres")
    except KeyError:
        other = pwd.getpwnam("nobody")
    os.chown(folder, other.pw_uid, other.pw_gid)
    return ["runuser", "-u", other.pw_name, "--"]


def _program(name: str) -> Path:
    """Debian keeps them off the path, by version."""
    found = [Path(known) for known in [shutil.which(name)] if known] or sorted(
        _DEBIAN.glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3])
    )
    if not found:
        pytest.fail(f"PostgreSQL's {name} is not on this machine: tools/system-packages interop installs it")
    return found[-1]


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        log = folder / "log"
        said = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
        pytest.fail(f"PostgreSQL did not do {command[-1]}: {done.stdout}{done.stderr}{said}")


def _nothing_to_back_up(have: int) -> None:
    raise AssertionError(f"nothing to back up at {have}")

"""One LibreOffice for a test module: own profile, own port, ended with everything it started."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SYSTEM_PYTHON = "/usr/bin/python3"
DUMPER = Path(__file__).with_name("libreoffice_cells.py")
START_SECONDS = 60
OPEN_SECONDS = 120
REFUSED = 4

Cells = dict[str, list[list[list[object] | None]]]


def why_absent() -> str | None:
    """What is missing to run LibreOffice from a program, in words; None if it is all there."""
    if shutil.which("soffice") is None:
        return "LibreOffice (soffice) is not installed"
    asked = subprocess.run([SYSTEM_PYTHON, "-c", "import uno"], capture_output=True, check=False)
    return None if asked.returncode == 0 else f"{SYSTEM_PYTHON} has no UNO (python3-uno)"


class RefusedToOpenError(Exception):
    """LibreOffice did not open the file."""


class LibreOffice:
    """A running office that opens workbooks for us."""

    def __init__(self, port: int, folder: Path) -> None:
        self._port, self._folder = port, folder

    def cells(self, path: Path, password: str, *sheets: str) -> Cells:
        """Every cell of these sheets, or of all, as ``libreoffice_cells.py`` says; RefusedToOpenError."""
        out = self._folder / "cells.json"
        out.unlink(missing_ok=True)
        asked = subprocess.run(
            [SYSTEM_PYTHON, str(DUMPER), str(self._port), str(path), str(out), *sheets],
            input=password.encode(),
            capture_output=True,
            timeout=OPEN_SECONDS,
            check=False,
        )
        if asked.returncode == REFUSED:
            raise RefusedToOpenError(path.name)
        assert asked.returncode == 0, asked.stderr.decode()
        found: Cells = json.loads(out.read_text(encoding="utf-8", errors="surrogatepass"))
        return found


@contextmanager
def running_libreoffice(folder: Path) -> Iterator[LibreOffice]:
    """Start an office with a fresh profile in ``folder``, and end it with its children afterwards."""
    port = _free_port()
    process = subprocess.Popen(
        [
            "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--nologo",
            "--nodefault",
            "--nolockcheck",
            f"--accept=socket,host=127.0.0.1,port={port};urp;",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait_until_it_listens(process, port)
        yield LibreOffice(port, folder)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(10)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_it_listens(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            try:
                process.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
            raise RuntimeError("LibreOffice ended before it listened") from None
        else:
            return
    raise RuntimeError(f"LibreOffice did not listen within {START_SECONDS} s")

"""A namespace in which file systems are mounted that nobody else sees, and that goes with its holder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Self

import pytest

if TYPE_CHECKING:
    from pathlib import Path

_HOLD = "import sys; sys.stdout.write('held\\n'); sys.stdout.flush(); sys.stdin.read()"


def why_not() -> str:
    """Why nothing can be mounted here; empty where it can."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        return "mounting asks for root on Linux"
    if shutil.which("unshare") is None or shutil.which("nsenter") is None:
        return "util-linux is not here"
    tried = subprocess.run(
        ["unshare", "-m", "--propagation", "private", "mount", "-t", "tmpfs", "tmpfs", "/mnt"],
        capture_output=True,
        text=True,
        check=False,
    )
    return tried.stderr.strip() and f"mounting is not allowed here: {tried.stderr.strip()}"


def need_mounts() -> None:
    """Skip and say why where nothing can be mounted; on a build server that is a failure."""
    reason = why_not()
    if reason and os.environ.get("CI"):
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)


class OwnMounts:
    """Mounts of a test's own. Programs that shall see them are started with ``prefix``.

    What lies on them is looked at from outside through :meth:`seen`, by plain file calls; whoever resolves
    links in such a path leaves the namespace.
    """

    def __init__(self) -> None:
        self._holder = subprocess.Popen(
            ["unshare", "-m", "--propagation", "private", sys.executable, "-c", _HOLD],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._holder.stdout is not None
        assert self._holder.stdout.readline() == "held\n"

    @property
    def prefix(self) -> tuple[str, ...]:
        return ("nsenter", "-m", "-t", str(self._holder.pid), "--wd=.")

    def run(self, *command: str | Path) -> None:
        done = subprocess.run([*self.prefix, *map(str, command)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    def small_disk(self, at: Path, size: int) -> None:
        """A disk in memory with so many bytes, or the one that is there with so many from now on."""
        how = f"size={size}"
        if at.is_dir() and self.seen(at).is_mount():
            self.run("mount", "-o", f"remount,{how}", at)
            return
        at.mkdir(exist_ok=True)
        self.run("mount", "-t", "tmpfs", "-o", how, "tmpfs", at)

    def take_away(self, at: Path) -> None:
        """The disk is pulled; whoever has files open on it keeps them."""
        self.run("umount", "-l", at)

    def seen(self, path: Path) -> Path:
        """Where this process finds what lies at a path there."""
        return type(path)(f"/proc/{self._holder.pid}/root{path}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._holder.stdin is not None
        assert self._holder.stdout is not None
        self._holder.stdin.close()
        self._holder.wait()
        self._holder.stdout.close()

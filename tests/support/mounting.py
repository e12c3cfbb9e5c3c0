"""Whether this machine lets a test mount file systems of its own, in a namespace that nobody else sees."""

from __future__ import annotations

import os
import subprocess

import pytest

_TRIED = "mount --make-rprivate / && mount -t tmpfs tmpfs /mnt"


def needs_mounts(*systems: str) -> None:
    """Skip where nothing may be mounted or a file system cannot be made, and say why; in CI fail instead."""
    reason = _in_the_way(systems)
    if reason and os.environ.get("CI"):
        pytest.fail(f"CI must not skip this: {reason}")
    if reason:
        pytest.skip(reason)


def _in_the_way(systems: tuple[str, ...]) -> str:
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return "mounting file systems needs root"
    try:
        tried = subprocess.run(
            ["unshare", "-m", "sh", "-c", _TRIED], capture_output=True, text=True, check=False
        )
        for system in systems:
            subprocess.run([f"mkfs.{system}", "-V"], capture_output=True, check=False)
    except FileNotFoundError as missing:
        return f"{missing.filename} is not there (tools/system-packages run display interop)"
    return f"nothing may be mounted here: {tried.stderr.strip()}" if tried.returncode else ""

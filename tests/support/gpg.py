"""Debian's gpg as the data team uses it: a keyring of its own, and what it says."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Gpg:
    """One keyring; ``gpg`` comes with the system packages of the interop tests."""

    home: Path

    def run(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[bytes]:
        """Call it without questions."""
        command = ["gpg", "--homedir", str(self.home), "--batch", "--yes", "--no-tty", *arguments]
        done = subprocess.run(command, capture_output=True, check=False)
        assert done.returncode == 0 or not check, done.stderr.decode()
        return done

    def new_key(self, name: str, *more: str) -> bytes:
        """A key without a passphrase on Curve25519; its public half, armored."""
        self.run(*more, "--passphrase", "", "--quick-gen-key", name, "future-default", "default", "0")
        return self.export(name)

    def export(self, name: str) -> bytes:
        """The public half of a key, armored."""
        return self.run("--armor", "--export", name).stdout

    def learn(self, armored: str, folder: Path) -> None:
        """Take somebody's public key into the keyring."""
        file = folder / "certificate.asc"
        file.write_text(armored, encoding="utf-8")
        self.run("--import", str(file))

    def decrypt(self, file: Path, out: Path) -> str:
        """Decrypt a file; what gpg says about it, for programs."""
        done = self.run("--status-fd", "2", "--output", str(out), "--decrypt", str(file))
        return done.stderr.decode(errors="replace")


def keyring() -> TemporaryDirectory[str]:
    """A folder short enough for gpg's own socket, which goes with the block."""
    return TemporaryDirectory(prefix="gpg-", dir="/tmp")

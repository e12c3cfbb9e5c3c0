"""The built program as one file to hand out: ``crfapp-VERSION-linux-x86_64.tar.xz`` and its sum.

The same folder gives the same file: names in order, nobody's name, the time of the commit.
"""

from __future__ import annotations

import argparse
import hashlib
import lzma
import platform
import stat
import sys
import tarfile
from pathlib import Path

from crfapp import __version__
from tools.bundle import ROOT, sources


def write_archive(folder: Path, target: Path, at: int) -> str:
    """Write it; its SHA-256, which stands beside it as ``sha256sum`` writes it."""
    top = target.name.removesuffix(".tar.xz")
    with lzma.open(target, "wb", preset=6) as packed, tarfile.open(fileobj=packed, mode="w") as tar:
        for path in sorted((folder, *folder.rglob("*"))):
            name = Path(top, path.relative_to(folder)).as_posix()
            entry = tar.gettarinfo(path, name)
            entry.uid = entry.gid = 0
            entry.uname = entry.gname = ""
            entry.mtime = at
            entry.mode = 0o755 if entry.isdir() or path.stat().st_mode & stat.S_IXUSR else 0o644
            if entry.isreg():
                with path.open("rb") as file:
                    tar.addfile(entry, file)
            else:
                tar.addfile(entry)
    with target.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    target.with_name(target.name + ".sha256").write_text(f"{digest}  {target.name}\n", encoding="utf-8")
    return digest


def main() -> None:
    """Pack what ``make build`` left."""
    asked = argparse.ArgumentParser(description="Pack the built program.")
    asked.add_argument("--dist", type=Path, default=ROOT / "dist")
    dist = asked.parse_args().dist
    name = f"crfapp-{__version__}-{platform.system().lower()}-{platform.machine()}.tar.xz"
    digest = write_archive(dist / "crfapp", dist / name, int(sources().at.timestamp()))
    sys.stdout.write(f"{dist / name}: {(dist / name).stat().st_size / 2**20:.0f} MB, SHA-256 {digest}\n")


if __name__ == "__main__":
    main()

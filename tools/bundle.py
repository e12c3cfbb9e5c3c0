"""The built program finished: which build it is, what it is made of, the sum of each file.

``python -m tools.bundle`` builds into ``dist/`` (``make build``). All that is written hangs on the sources
alone: times are those of the commit, so that the same sources give the same files.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from crfapp import __version__
from crfapp.base.build import FILE
from crfapp.qualify.files import MANIFEST, PARTS, manifest_of
from tools.sbom import write_sbom

ROOT = Path(__file__).parents[1]
_BESIDE = {"linux": ROOT / "packaging" / "linux", "win32": ROOT / "packaging" / "windows"}
_NOT_CARRIED = {".ps1", ".iss"}


class Sources(NamedTuple):
    """What is built: the commit (with ``-changed`` where files differ from it), and when it was made."""

    commit: str
    at: datetime


def sources(root: Path = ROOT) -> Sources:
    """Of a checkout; elsewhere the commit is unknown, and the time that of ``SOURCE_DATE_EPOCH`` or 1980."""
    try:
        commit = _git(root, "rev-parse", "HEAD")
        when = int(_git(root, "show", "--no-patch", "--format=%ct", "HEAD"))
        changed = "-changed" if _git(root, "status", "--porcelain") else ""
    except (OSError, subprocess.CalledProcessError):
        commit, changed = "unknown", ""
        when = int(os.environ.get("SOURCE_DATE_EPOCH", "315532800"))
    return Sources(commit + changed, datetime.fromtimestamp(when, UTC))


def _git(root: Path, *words: str) -> str:
    command = ["git", "-C", str(root), *words]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603


def build(dist: Path, work: Path) -> Path:
    """Have PyInstaller make the folder, and finish it."""
    from_ = sources()
    environment = {
        **os.environ,
        "PYTHONHASHSEED": "1",
        "SOURCE_DATE_EPOCH": str(int(from_.at.timestamp())),
    }
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--distpath", str(dist), "--workpath", str(work), str(ROOT / "build.spec")]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)  # noqa: S603 - our own words
    folder = dist / "crfapp"
    finish(folder, from_)
    return folder


def finish(folder: Path, from_: Sources) -> None:
    """Write what a built program says of itself; the sums come last."""
    built = from_.at.isoformat(timespec="seconds").replace("+00:00", "Z")
    told = {"version": __version__, "commit": from_.commit, "built": built}
    place = folder / "_internal" / "crfapp"
    place.mkdir(exist_ok=True)
    (place / FILE).write_text(json.dumps(told) + "\n", encoding="utf-8", newline="\n")
    for path in sorted(_BESIDE[sys.platform].iterdir()) if sys.platform in _BESIDE else ():
        if path.suffix not in _NOT_CARRIED:
            shutil.copy2(path, folder / path.name)
    write_sbom(folder, from_.commit, from_.at)
    (folder / MANIFEST).write_text(manifest_of(folder), encoding="utf-8", newline="\n")


def main() -> None:
    """Build; say where."""
    asked = argparse.ArgumentParser(description="Build the program as one folder.")
    asked.add_argument("--dist", type=Path, default=ROOT / "dist")
    asked.add_argument("--work", type=Path, default=ROOT / "build")
    wish = asked.parse_args()
    folder = build(wish.dist, wish.work)
    files = len((folder / MANIFEST).read_text(encoding="utf-8").splitlines())
    sys.stdout.write(f"{folder}: {files} files, listed in {MANIFEST}; what they are made of in {PARTS}\n")


if __name__ == "__main__":
    main()

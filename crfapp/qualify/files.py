"""Whether the installed files are, byte for byte, those that were built.

A built program carries ``MANIFEST.sha256``: one line a file, as ``sha256sum -c`` reads it. A checkout has its
commit instead, and Git says what differs from it.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING

from crfapp.base.marking import N_
from crfapp.qualify.findings import judged, noted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.cli.qualify_parts import Finding

MANIFEST = "MANIFEST.sha256"
PARTS = "sbom.cdx.json"
_FILES = N_("Installed files, byte for byte")
_SHOWN = 20
_GIT_SECONDS = 60


def installed_files() -> Iterator[Finding]:
    """The lines about the files of this very program."""
    if getattr(sys, "frozen", False):
        yield from manifest_lines(Path(sys.executable).resolve().parent)
    else:
        yield from checkout_lines(Path(__file__).resolve().parents[2])


def listed_versions() -> dict[str, set[str]]:
    """Part -> the versions of it that the built program is made of, by its list of parts; empty elsewhere."""
    place = Path(sys.executable).resolve().parent / PARTS
    if not getattr(sys, "frozen", False) or not place.is_file():
        return {}
    found: dict[str, set[str]] = {}
    for part in json.loads(place.read_text(encoding="utf-8"))["components"]:
        found.setdefault(part["name"], set()).add(str(part.get("version", "")))
    return found


def manifest_lines(folder: Path) -> Iterator[Finding]:
    """What a program's folder is, against the manifest in it."""
    try:
        listed = read_manifest(folder)
        told = hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest()
    except (OSError, ValueError) as error:
        yield judged("files", _FILES, MANIFEST, type(error).__name__, well=False)
        return
    wrong = list(differences(folder, listed))
    seen = f"{len(listed) - sum(what != 'not in it' for _, what in wrong)} of {len(listed)} as listed"
    yield judged("files", _FILES, f"all {len(listed)} files as listed, and no other", seen, well=not wrong)
    for name, what in wrong[:_SHOWN]:
        yield judged("files.differ", N_("File"), name, what, well=False)
    yield noted("manifest", N_("SHA-256 of the list of files"), told, "as it was published with this version")


def read_manifest(folder: Path) -> dict[str, str]:
    """File -> SHA-256; OSError where there is none, ValueError where a line is not of its form."""
    listed = {}
    for line in (folder / MANIFEST).read_text(encoding="utf-8").splitlines():
        digest, mark, name = line[:64], line[64:66], line[66:]
        if len(digest) != 64 or mark != "  " or not name:  # noqa: PLR2004 - 64 digits
            raise ValueError(MANIFEST)
        listed[name] = digest
    return listed


def differences(folder: Path, listed: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Each file that is not as listed, and how: ``missing``, ``other bytes``, ``not in it``."""
    there = {name: path for name, path in _files_below(folder) if name != MANIFEST}
    for name, digest in listed.items():
        if name not in there:
            yield name, "missing"
        elif _digest(there[name]) != digest:
            yield name, "other bytes"
    for name in sorted(there.keys() - listed.keys()):
        yield name, "not in it"


def manifest_of(folder: Path) -> str:
    """The manifest of a folder, as a build writes it."""
    return "".join(f"{_digest(path)}  {name}\n" for name, path in _files_below(folder) if name != MANIFEST)


def _files_below(folder: Path) -> list[tuple[str, Path]]:
    """Every file; a link counts as the file that it leads to."""
    files = ((path.relative_to(folder).as_posix(), path) for path in folder.rglob("*") if path.is_file())
    return sorted(files)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def checkout_lines(root: Path) -> Iterator[Finding]:
    """What a checkout is, against its commit."""
    git = which("git")
    told = _said_by(git, root, "rev-parse", "HEAD") if git else None
    if git is None or told is None:
        yield judged("files", _FILES, "a built program or a checkout", "neither", well=False)
        return
    changed = (_said_by(git, root, "status", "--porcelain") or "").splitlines()
    seen = (
        "nothing" if not changed else f"{len(changed)} files: {', '.join(line[3:] for line in changed[:5])}"
    )
    yield noted("commit", N_("Commit of the sources"), told.strip())
    yield judged("files", _FILES, "nothing differs from the commit", seen + " differs", well=not changed)


def _said_by(git: str, root: Path, *words: str) -> str | None:
    try:
        done = subprocess.run(  # noqa: S603 - our own words
            [git, "-C", str(root), "--no-optional-locks", *words],
            capture_output=True,
            text=True,
            timeout=_GIT_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout

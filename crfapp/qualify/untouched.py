"""Whether the real records are, byte for byte, what they were before the made-up ones were worked on."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from crfapp.base.canonical import canonical, sha256
from crfapp.base.marking import N_
from crfapp.cli.qualify_parts import Finding
from crfapp.qualify.findings import with_evidence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SHOWN = "REQ-711"


class Untouched:
    """The bytes of a folder at one time, to be compared with those at a later time. Nothing is opened."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._before = _bytes_of(folder)

    def findings(self) -> Iterator[Finding]:
        """The line of the report."""
        name = N_("The real records are what they were, byte for byte")
        if not self._before:
            yield Finding("real", SHOWN, name, "", "there are none here", "note")
            return
        after = _bytes_of(self._folder)
        told = [f"{len(each)} files, {sha256(canonical(each))}" for each in (self._before, after)]
        same = self._before == after
        line = Finding("real", SHOWN, name, told[0], told[1], "pass" if same else "fail")
        yield with_evidence(line, {"before": self._before, "after": after})


def _bytes_of(folder: Path) -> dict[str, str]:
    if not folder.is_dir():
        return {}
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): _digest(path) for path in files}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

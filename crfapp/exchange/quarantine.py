"""Where files lie that came and could not be taken in: whole, with a report beside each that holds no answer.

Nothing that came is ever dropped. Once the cause is mended, the file is taken in from here like any other;
then what stands here is told by the records and goes.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from crfapp.base.told import told_json
from crfapp.exchange.whole_file import beside, disk_named, give_name, write_durably

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FOLDER = "quarantine"
FORMAT = 1
_REPORT, _WORDS = ".report.json", ".report.txt"
_STRANGE = re.compile(r"[^A-Za-z0-9._-]+")
_DIGITS = 12
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Report:
    """Why a file was set aside. ``facts`` name chains, numbers and kinds of events, not what stands in them.

    ``file`` is what it was called, ``at`` when (UTC) and ``by`` by whose hands it came; ``sender``,
    ``package`` and ``number`` are known where the file could be opened.
    """

    file: str
    sha256: str
    size: int
    code: str
    facts: Mapping[str, str | int]
    at: str
    by: str
    sender: str = ""
    package: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class SetAside:
    """A file that lies in quarantine, and why."""

    path: Path
    report: Report


def fingerprint_of(file: Path) -> tuple[str, int]:
    """SHA-256 and size of a file; FOLDER_REFUSED, DISK_FAILS where it cannot be read."""
    with disk_named(file.parent), file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest(), opened.tell()


def lies_in(folder: Path, file: Path) -> bool:
    """Whether a file lies in this quarantine already."""
    return file.resolve().parent == (folder / FOLDER).resolve()


def set_aside(folder: Path, file: Path, report: Report, words: str) -> SetAside:
    """Bring a file into the quarantine of a site's folder with its report, also in ``words``.

    The file is copied and synced before anything else; whoever moves it in removes the original then. The
    same content is kept once, under its newest report.
    """
    place = folder / FOLDER
    with disk_named(folder):
        place.mkdir(exist_ok=True, mode=0o700)
    kept = file if lies_in(folder, file) else place / _name(report)
    if not kept.exists():
        with beside(kept) as part:
            with disk_named(place), file.open("rb") as source, part.open("xb") as copy:
                shutil.copyfileobj(source, copy, 1 << 20)
                copy.flush()
                os.fsync(copy.fileno())
            give_name(part, kept)
    told = json.dumps({"format": FORMAT, **asdict(report)}, indent=1, ensure_ascii=False)
    for suffix, content in ((_REPORT, told), (_WORDS, words)):
        _put(kept.with_name(kept.name + suffix), content.encode())
    return SetAside(kept, report)


def quarantined(folder: Path) -> list[SetAside]:
    """What lies there, the oldest first; a report that cannot be read leaves its file unexplained."""
    place = folder / FOLDER
    if not place.is_dir():
        return []
    files = (path for path in place.iterdir() if path.suffix != ".part" and not _is_report(path))
    found = [SetAside(path, _read(path)) for path in files if path.is_file()]
    return sorted(found, key=lambda one: (one.report.at, one.path.name))


def release(kept: Path) -> None:
    """Remove a file and its reports: all that is in it stands in the records now."""
    with disk_named(kept.parent):
        kept.unlink(missing_ok=True)
        for suffix in (_REPORT, _WORDS):
            with suppress(FileNotFoundError):
                kept.with_name(kept.name + suffix).unlink()


def _name(report: Report) -> str:
    """Begins with the hash, so that no two contents have one name, whatever they were called."""
    return f"{report.sha256[:_DIGITS]}-{_STRANGE.sub('-', report.file)[-_LONGEST:]}"


def _is_report(path: Path) -> bool:
    return path.name.endswith((_REPORT, _WORDS))


def _put(path: Path, content: bytes) -> None:
    with beside(path) as part:
        write_durably(part, content)
        give_name(part, path)


def _read(path: Path) -> Report:
    try:
        told = told_json(path.with_name(path.name + _REPORT).read_bytes())
        return Report(**{name: told[name] for name in Report.__slots__})
    except (OSError, ValueError, KeyError, TypeError):
        return Report(path.name, "", 0, "", {}, "", "")

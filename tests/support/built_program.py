"""The program as it is handed out, built once for everything that looks at it."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from crfapp.store.file_lock import file_lock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import CodeType

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "build" / "built-program"
BUILD_SECONDS = 3_600
SOURCES = ("crfapp", "forms", "resources", "docs/validation")
HOOKS = ("tests", "pytest", "_pytest", "hypothesis", "faketime", "xdist", "moto")
"""Packages that only tests need."""
WORDS = ("sabotage", "CRFAPP_FAULTS", "tests.support", "tests.faults", "PYTEST_CURRENT_TEST", "unsynced")
"""What only tests say: the manners of a program without a safeguard, and how they are asked for."""


def built_program(folder: Path) -> Path:
    """The program of these sources, carried to a folder where it was not built; linked where that can be."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with file_lock(KEPT / "lock", wait=True):
        made = KEPT / _hash()
        if not made.is_dir():
            for old in KEPT.iterdir():
                if old.is_dir():
                    shutil.rmtree(old)
            _build(made)
        return Path(shutil.copytree(made, folder / "carried away", symlinks=True, copy_function=_linked))


def _linked(source: str, target: str) -> str:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target


def _build(made: Path) -> None:
    place = KEPT / "making"
    command = [sys.executable, "-m", "tools.bundle"]
    command += ["--dist", str(place / "dist"), "--work", str(place / "work")]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=BUILD_SECONDS, check=False
    )
    assert done.returncode == 0, done.stderr[-4000:]
    shutil.move(place / "dist" / "crfapp", made)
    shutil.rmtree(place)


def _hash() -> str:
    told = hashlib.sha256()
    files = [ROOT / "build.spec", ROOT / "LICENSE", *(ROOT / "requirements").glob("*.txt")]
    folders = (ROOT / name for name in SOURCES)
    files += [path for folder in folders for path in folder.rglob("*") if "__pycache__" not in path.parts]
    for path in sorted(files):
        if path.is_file():
            told.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return told.hexdigest()[:16]


def hooks_in(built: Path) -> list[str]:
    """What of the tests is in a built program: folders, modules, and words in the program's own code."""
    found = [f"folder {path.name}" for path in built.rglob("*") if path.is_dir() and path.name in HOOKS]
    found += [f"file {path.name}" for path in built.rglob("*.py") if _says(path.read_bytes())]
    for name, code in _modules(built):
        if name.partition(".")[0] in HOOKS:
            found.append(f"module {name}")
        elif name.partition(".")[0] == "crfapp" and (words := _words_in(code)):
            found.append(f"module {name} says {', '.join(words)}")
    return found


def _says(content: bytes) -> bool:
    return any(word.encode() in content for word in WORDS)


def _modules(built: Path) -> Iterator[tuple[str, CodeType | None]]:
    """The modules in the program's own archive, with their code; without where there is none."""
    from PyInstaller.archive.readers import CArchiveReader

    outer = CArchiveReader(str(built / "crfapp"))  # type: ignore[no-untyped-call]
    archive = outer.open_embedded_archive("PYZ.pyz")  # type: ignore[no-untyped-call]
    for name in archive.toc:
        yield name, archive.extract(name) if name.partition(".")[0] == "crfapp" else None


def _words_in(code: CodeType | None) -> list[str]:
    told = repr(_texts(code))
    return [word for word in WORDS if word in told]


def _texts(code: object) -> list[object]:
    """Every text and name in code, also in what it defines."""
    names: list[object] = list(getattr(code, "co_names", ()))
    for one in getattr(code, "co_consts", ()):
        names += _texts(one) if hasattr(one, "co_consts") else [one]
    return names

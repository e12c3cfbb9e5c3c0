"""The files of a pack folder, read with limits: nothing outside the folder, nothing too large."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from crfapp.study.faults import TODO, PackCode, PackFault

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_BYTES = 2_000_000
LARGEST_TOTAL_BYTES = 20_000_000
MOST_FILES = 500
FOLDERS = ("forms", "i18n")


class _Fault(Protocol):
    """How a refused file is noted."""

    def __call__(self, name: str, code: PackCode, text: str, line: int = 0) -> None: ...


@dataclass(frozen=True)
class PackFiles:
    """Texts by their name inside the pack (``forms/AE.yaml``), and what was refused."""

    texts: dict[str, str]
    faults: tuple[PackFault, ...]


def read_files(folder: Path) -> PackFiles:
    """All YAML texts of a pack; every file that cannot be taken is a fault."""
    faults: list[PackFault] = []

    def fault(name: str, code: PackCode, text: str, line: int = 0) -> None:
        faults.append(PackFault(name, line, code, "", text, TODO[code]))

    if not folder.is_dir():
        fault(folder.name, PackCode.MISSING_FILE, f"There is no folder '{folder.name}'.")
        return PackFiles({}, tuple(faults))
    names = [name for name in ("study.yaml", "codelists.yaml") if (folder / name).exists()]
    faults += _absent(names)
    names += _listed(folder, fault)
    if len(names) > MOST_FILES:
        fault("", PackCode.TOO_MANY, f"The pack has {len(names)} files; at most {MOST_FILES} are read.")
        return PackFiles({}, tuple(faults))
    texts: dict[str, str] = {}
    left = LARGEST_TOTAL_BYTES
    for name in names:
        text = _read(folder / name, name, fault)
        left -= len(text or "")
        if left < 0:
            fault(name, PackCode.TOO_LARGE, f"With this file the pack exceeds {LARGEST_TOTAL_BYTES} bytes.")
            break
        if text is not None:
            texts[name] = text
    return PackFiles(texts, tuple(faults))


def _absent(names: list[str]) -> list[PackFault]:
    todo = TODO[PackCode.MISSING_FILE]
    return [
        PackFault(name, 0, PackCode.MISSING_FILE, "", "The pack has no such file.", todo)
        for name in ("study.yaml", "codelists.yaml")
        if name not in names
    ]


def _listed(folder: Path, fault: _Fault) -> list[str]:
    names = []
    for part in FOLDERS:
        if (folder / part).is_symlink():
            fault(part, PackCode.STRAY_FILE, "The folder is a link to another place.")
            continue
        for path in sorted((folder / part).iterdir()) if (folder / part).is_dir() else ():
            name = f"{part}/{path.name}"
            if path.suffix == ".yaml":
                names.append(name)
            elif not path.name.startswith("."):
                fault(name, PackCode.STRAY_FILE, "Only files ending in .yaml are read here.")
    if not any(name.startswith("forms/") for name in names):
        fault("forms", PackCode.MISSING_FILE, "The pack has no form.")
    return names


def _read(path: Path, name: str, fault: _Fault) -> str | None:
    if path.is_symlink() or not path.is_file():
        fault(name, PackCode.STRAY_FILE, "This is a link or not a plain file; it is not followed.")
        return None
    with path.open("rb") as file:
        data = file.read(LARGEST_BYTES + 1)
    if len(data) > LARGEST_BYTES:
        fault(name, PackCode.TOO_LARGE, f"The file is larger than {LARGEST_BYTES} bytes.")
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        fault(name, PackCode.NOT_UTF8, "A character here is not UTF-8.", line)
        return None

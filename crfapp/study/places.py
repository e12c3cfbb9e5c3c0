"""Where something stands in a pack: in words for people, and the nearest line of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crfapp.study.faults import Path

_NAMED_BY = {
    "forms": ("form", "form"),
    "sections": ("section", "section"),
    "items": ("item", "item"),
    "checks": ("check", "check"),
    "visits": ("visit", "visit"),
    "codes": ("code", "code"),
}
_NAMED_BY_KEY = {"codelists": "codelist", "parameters": "parameter", "translations": "language"}


def step_into(holder: Any, step: str | int) -> Any:
    """One step of a path, through plain data or through definitions; None where nothing is there."""
    if isinstance(holder, dict):
        return holder.get(step)
    if isinstance(holder, list | tuple):
        return holder[step] if isinstance(step, int) and step < len(holder) else None
    return getattr(holder, "is_" if step == "is" else str(step), None)


def place_of(root: Any, path: Path) -> str:
    """Words for a path: ``form LESM, item LMLEN``. ``root`` is a Pack or the same as plain data."""
    named: dict[str, str] = {}
    holder, before = root, ""
    for step in path:
        holder = step_into(holder, step)
        if isinstance(step, int) and before in _NAMED_BY:
            word, key = _NAMED_BY[before]
            named[word] = str(step_into(holder, key) or f"number {step + 1}")
        elif before in _NAMED_BY_KEY:
            named[_NAMED_BY_KEY[before]] = str(step)
        before = str(step) if isinstance(step, str) else ""
    if "item" in named:
        named.pop("section", None)
    return ", ".join(f"{word} {name[:64]}" for word, name in named.items())


class Lines:
    """The file and line of every path of a pack that was read from files."""

    def __init__(self) -> None:
        self._lines: dict[Path, int] = {}
        self._files: dict[Path, str] = {}

    def add(self, prefix: Path, file: str, lines: dict[Path, int]) -> None:
        """Take up one file, whose content stands below ``prefix``."""
        self._files[prefix] = file
        self._lines.update({prefix + path: line for path, line in lines.items()})

    def where(self, path: Path) -> tuple[str, int]:
        """File and line of a path, or of the nearest path around it; line 0 where none is known."""
        line = 0
        for length in range(len(path), -1, -1):
            line = line or self._lines.get(path[:length], 0)
            if path[:length] in self._files:
                return self._files[path[:length]], line
        return "", line


def nowhere(_path: Path) -> tuple[str, int]:
    """The lookup for a pack that was not read from files."""
    return "", 0

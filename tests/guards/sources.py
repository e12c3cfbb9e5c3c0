"""The project's own source as syntax trees: what the guards read."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Source:
    """One parsed file; ``name`` is its path from the project's folder."""

    name: str
    text: str
    tree: ast.Module


def read_source(path: Path, root: Path = ROOT) -> Source:
    """Parse one file; SyntaxError if it is none."""
    text = path.read_text(encoding="utf-8")
    return Source(path.relative_to(root).as_posix(), text, ast.parse(text, filename=str(path)))


def sources_under(*folders: str, root: Path = ROOT) -> list[Source]:
    """Every Python file below the folders, in a stable order."""
    return [read_source(path, root) for folder in folders for path in sorted((root / folder).rglob("*.py"))]


def modules_under(*packages: str, root: Path = ROOT) -> list[str]:
    """Dotted names of every module of the packages (or of the one module so named), themselves included."""
    names = []
    for package in packages:
        place = root / package.replace(".", "/")
        for path in [*place.parent.glob(f"{place.name}.py"), *sorted(place.rglob("*.py"))]:
            parts = path.relative_to(root).with_suffix("").parts
            names.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return names

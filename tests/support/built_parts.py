"""What a built program really holds: the packages that its starter and its folder have anything of."""

from __future__ import annotations

import re
import sys
from importlib import metadata
from typing import TYPE_CHECKING, NamedTuple

from PyInstaller.archive.readers import CArchiveReader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_OF_PYINSTALLER = {"_pyi_rth_utils", "pyimod01_archive", "pyimod02_importers", "pyimod03_ctypes"}


class Held(NamedTuple):
    """Packages by name with what is held of them, and modules that belong to none."""

    packages: dict[str, set[str]]
    strange: set[str]


def held_by(folder: Path) -> Held:
    """Look into the starter's archive and at the files beside it, and ask every installed package."""
    starter = CArchiveReader(str(folder / "crfapp"))  # type: ignore[no-untyped-call]
    modules = set(starter.open_embedded_archive("PYZ.pyz").toc)  # type: ignore[no-untyped-call]
    inside = folder / "_internal"
    files = {path.relative_to(inside).as_posix() for path in inside.rglob("*") if path.is_file()}
    found: dict[str, set[str]] = {}
    owned: set[str] = set()
    for package in metadata.distributions():
        name = re.sub(r"[-_.]+", "-", package.metadata["Name"]).lower()
        here = {one for one in _of(package) if one in modules or one in files}
        if here and name != "crfapp":
            found[name] = here
            owned |= here
    first = {module.split(".")[0] for module in modules - owned}
    ours = {"crfapp", *sys.stdlib_module_names, *_OF_PYINSTALLER}
    return Held(found, {one for one in first - ours if not one.startswith("_sysconfigdata")})


def _of(package: metadata.Distribution) -> Iterator[str]:
    """Modules and files of a package, as a built program names them."""
    for file in package.files or ():
        name = str(file)
        if ".dist-info" in name:
            continue
        yield name
        if name.endswith(".py"):
            yield name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        elif ".libs/" in name:
            yield file.name

"""The catalogues as gettext reads them, made from the written ones: no test leans on an earlier build."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.messages.mofile import write_mo

from tools.messages import PLURALS, read_catalogue

if TYPE_CHECKING:
    from pathlib import Path


def compiled_catalogues(folder: Path) -> Path:
    """Compile every language into a folder, which it gives back for ``Texts``."""
    for language in PLURALS:
        place = folder / language / "LC_MESSAGES" / "crfapp.mo"
        place.parent.mkdir(parents=True)
        with place.open("wb") as file:
            write_mo(file, read_catalogue(language))
    return folder

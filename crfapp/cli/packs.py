"""Study packs as the command line names, reads and judges them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crfapp.cli.study_findings import in_words

if TYPE_CHECKING:
    from crfapp.cli.parts import Parts
    from crfapp.study.pack import Loaded

PackFolder = Annotated[
    Path, typer.Argument(help="Folder of the study pack, or the name of one that comes with the program.")
]


def load(path: Path, parts: Parts) -> Loaded:
    """Reading a pack takes the whole study language with it, which no other command waits for."""
    from crfapp.study.pack import load_pack

    return load_pack(path if path.is_dir() else parts.pack_folder(str(path)))


def say_faults(loaded: Loaded, parts: Parts) -> None:
    """Everything that is wrong with a pack, with file and line, and how much it is."""
    typer.echo("\n".join(in_words(loaded, parts.texts)))

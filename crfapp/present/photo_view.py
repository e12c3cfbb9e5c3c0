"""What is shown of a photograph, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from crfapp.form.graph import Cell


Grade = Literal["info", "warn", "error"]


@dataclass(frozen=True, slots=True)
class PhotoNote:
    """A sentence about a photograph, with its figure and threshold. ``error`` hinders completing the form."""

    text: str
    grade: Grade = "warn"


@dataclass(frozen=True, slots=True)
class PhotoView:
    """A photograph as it stands at an item.

    ``photograph`` is its SHA-256, ``facts`` its size, pixels, moment and camera in words, ``notes`` what was
    noticed. ``masked`` says what is blacked out in copies, or is empty.
    """

    photograph: str
    name: str
    facts: str
    notes: tuple[PhotoNote, ...] = ()
    masked: str = ""


@dataclass(frozen=True, slots=True)
class PhotoPlace:
    """Where a photograph can go: the item, in words (``T01 · Visible light``); ``filled``: it has one."""

    cell: Cell
    title: str
    filled: bool = False


@dataclass(frozen=True, slots=True)
class PhotoBoard:
    """What the protocol needs of a form, in a sentence; ``lacking``: so many rows can be added for it."""

    words: str
    lacking: int

"""The first thing that is read of a package: whose it is, for whom, and what has to be in it."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from crfapp.base.canonical import canonical
from crfapp.base.problems import Code, RefusedError
from crfapp.base.told import told_json
from crfapp.ledger.events import End, Sort, Stretch

FORMAT = 1
MANIFEST, EVENTS = "manifest.json", "events.jsonl"
CONTENTS, PHOTOGRAPHS, PHOTOGRAPH_LIST = "contents/", "photos/", "photographs.csv"

Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Word = Annotated[str, Field(max_length=200)]
Count = Annotated[int, Field(ge=0)]


class Part(BaseModel):
    """A file in the package: its name there, its bytes, their SHA-256."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: Word
    size: Count
    sha256: Hash


class Manifest(BaseModel):
    """What a package says of itself; its signature is that of the whole file.

    ``node`` made it and ``sort`` says what may write there; ``peer`` is the recipient or workstation,
    ``to`` the fingerprints it is encrypted to. ``number`` counts the packages of ``node`` to ``peer`` from 1,
    ``previous`` is the SHA-256 of the file before (empty for the first). ``made_at`` is the instant (UTC),
    ``made_local`` what a clock at the site showed, with its offset. ``stretches`` are the events inside,
    ``ends`` how far every chain has come at the maker. ``counts`` are rows by table and ``state`` the hash of
    the shared state, both of the site as it stands. ``withheld`` counts told texts that stayed at the site.
    ``sealed``: a file without a seal is not this one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    format: int = FORMAT
    package: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    profile: Word
    study: Word
    site: Word
    code: Word
    node: Word
    sort: Sort
    peer: Word
    to: tuple[Word, ...]
    number: Annotated[int, Field(ge=1)]
    previous: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]
    made_at: Annotated[str, Field(max_length=40)]
    made_local: Annotated[str, Field(max_length=80)]
    software: Word
    pack: Word
    full: bool
    stretches: tuple[Stretch, ...]
    ends: tuple[End, ...]
    parts: tuple[Part, ...] = ()
    counts: dict[str, int] = {}
    state: Word = ""
    withheld: Count = 0
    sealed: bool = True

    @property
    def events(self) -> int:
        """How many events are inside."""
        return sum(stretch.last - stretch.first + 1 for stretch in self.stretches)

    @property
    def photographs(self) -> int:
        """How many photographs are inside."""
        return sum(part.name.startswith(PHOTOGRAPHS) for part in self.parts)

    @property
    def content(self) -> bytes:
        """As it is written: canonical JSON."""
        return canonical(self.model_dump(mode="json")) + b"\n"


def read_manifest(content: bytes) -> Manifest:
    """PACKAGE_TOO_NEW for a later format, PACKAGE_DAMAGED for anything else that is not a manifest."""
    try:
        told: Any = told_json(content)
        if isinstance(told, dict) and isinstance(told.get("format"), int) and told["format"] > FORMAT:
            raise RefusedError(Code.PACKAGE_TOO_NEW, have=told["format"], newest=FORMAT)
        found = Manifest.model_validate(told)
    except (ValueError, RecursionError, ValidationError):
        raise RefusedError(Code.PACKAGE_DAMAGED, why="manifest") from None
    if any(stretch.first < 1 or stretch.last < stretch.first for stretch in found.stretches):
        raise RefusedError(Code.PACKAGE_DAMAGED, why="manifest")
    return found

"""What somebody had typed and not finished when the window locked: it waits for them and for nobody else."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from crfapp.base.told import told_json
from crfapp.present.address import Address

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A text as it stood in a field, to the character, and where that field is (REQ-212)."""

    at: Address
    typed: str


def written(texts: Iterable[Unfinished]) -> str:
    """The texts as one, to be kept; empty where there is none."""
    told = [asdict(text) for text in texts]
    return json.dumps(told) if told else ""


def read_back(kept: str) -> tuple[Unfinished, ...]:
    """What was written, in its order; nothing where it cannot be read, for it was never an answer."""
    try:
        return tuple(Unfinished(Address(**one["at"]), str(one["typed"])) for one in told_json(kept or "[]"))
    except (ValueError, KeyError, TypeError):
        return ()

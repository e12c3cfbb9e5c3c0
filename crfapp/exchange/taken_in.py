"""What became of a file that came."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crfapp.base.problems import Code


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of a file.

    ``outcome``: ``new`` events were taken in (``events``, by ``kinds``, about ``subjects``), all of it was
    ``known`` here before, or it was ``refused`` (``code``, ``facts``) and is in quarantine. ``missing`` are
    numbers of packages of this ``sender`` that never came although nothing is missing; ``late``, ``follows``
    and ``ahead`` as in :class:`crfapp.exchange.intake.Examined`. ``locked`` and ``declined`` count the
    centre's wishes that were answered.
    """

    file: str
    outcome: Literal["new", "known", "refused"]
    site: str = ""
    package: str = ""
    sender: str = ""
    number: int = 0
    events: int = 0
    kinds: Mapping[str, int] = field(default_factory=dict)
    subjects: frozenset[str] = frozenset()
    missing: tuple[int, ...] = ()
    late: bool = False
    follows: bool = True
    ahead: int = 0
    locked: int = 0
    declined: int = 0
    code: Code | None = None
    facts: Mapping[str, str | int] = field(default_factory=dict)

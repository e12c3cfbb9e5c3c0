"""What the command line needs of the concrete world for copies against loss, and for what opens them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from crfapp.cli.parts import Credentials


@dataclass(frozen=True, slots=True)
class CopiesReport:
    """What was kept just now (``here``, ``second``: files), and for how many days nothing newer was.

    ``days_second`` is None without a copy there, ``place`` is empty without a second place. ``same_disk``:
    that place lies on the disk that holds the records. ``problem`` is the code of what stood in the way.
    """

    here: str
    second: str
    place: str
    days_here: int | None
    days_second: int | None
    same_disk: bool
    problem: str


@dataclass(frozen=True, slots=True)
class CopyWish:
    """Which copy is wanted: its folder and file (empty: the newest), and ``paper`` where that opens it."""

    folder: Path | None
    copy: str = ""
    paper: str = ""


@dataclass(frozen=True, slots=True)
class DrillTold:
    """What a drill found; ``problem`` is a code, empty where all went well.

    ``newer`` events of today are not in the copy, ``lost`` of them nobody else has confirmed.
    """

    copy: str
    opened_by: str
    passed: bool
    problem: str
    events: int
    newer: int
    lost: int
    chains: tuple[tuple[str, int, int, int], ...]
    photographs: int
    seconds: int


@dataclass(frozen=True, slots=True)
class RestoreTold:
    """A site that works again; ``missing`` are (chain, last event here, last one known of)."""

    copy: str
    opened_by: str
    events: int
    node: str
    photographs: int
    missing: tuple[tuple[str, int, int], ...]
    lost_photographs: tuple[str, ...]


class Keeping(Protocol):
    """Copies against loss: what is there, trying a restore, a real one, and paper that opens them."""

    def copies(
        self, site: Path, who: Credentials, *, second: Path | None, end: bool, now: bool
    ) -> CopiesReport:
        """Make what is due, or (``now``) a copy in any case; set or ``end`` the second place before."""

    def drill(self, site: Path, who: Credentials, wish: CopyWish) -> DrillTold:
        """Try out a restore and record it; without a folder of the second place, or of the site's own."""

    def restore(self, target: Path, who: Credentials, wish: CopyWish, reason: str) -> RestoreTold:
        """Put a copy to work in an empty folder."""

    def photographs(self, site: Path, who: Credentials, folder: Path) -> tuple[int, tuple[str, ...]]:
        """Bring damaged and lost photographs back: how many, and which are still not as they were."""

    def sheet(self, site: Path, who: Credentials, show: Callable[[str, Sequence[str]], str]) -> None:
        """Make a new recovery sheet; ``show`` prints it (label, lines) and gives what was typed back."""

    def shares(
        self,
        site: Path,
        who: Credentials,
        numbers: tuple[int, int],
        show: Callable[[str, Sequence[str]], str],
    ) -> None:
        """Make a set of shares, (needed, made) of them, likewise."""

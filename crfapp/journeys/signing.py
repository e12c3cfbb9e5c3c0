"""Steps in which investigators sign and data are frozen, locked and opened again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.journeys.player import Player
    from crfapp.journeys.told import Step

SIGNING: dict[str, Callable[[Player, Step], None]] = {}

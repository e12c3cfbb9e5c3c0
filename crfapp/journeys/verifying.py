"""Steps in which a monitor compares answers with their source."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.journeys.player import Player
    from crfapp.journeys.told import Step

VERIFYING: dict[str, Callable[[Player, Step], None]] = {}

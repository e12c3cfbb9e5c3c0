"""Steps in which people ask and answer: query, answer, close."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.journeys.player import Player
    from crfapp.journeys.told import Step

ASKING: dict[str, Callable[[Player, Step], None]] = {}

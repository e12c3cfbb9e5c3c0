"""Of what settles in several rounds within one act, only the last word is recorded.

Forms that read each other are worked out in turn; a value or finding of a round before was never shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger.events import Event, FindingRaised, FindingSettled, ValueRecorded
from crfapp.ledger.origins import is_told

if TYPE_CHECKING:
    from collections.abc import Iterable


def last_words(events: Iterable[Event]) -> tuple[Event, ...]:
    """The events in order, without calculated values that the same act replaced and findings it took back."""
    kept: list[Event | None] = []
    values: dict[tuple[object, ...], int] = {}
    raised: dict[tuple[object, ...], int] = {}
    for event in events:
        match event:
            case ValueRecorded() if not is_told(event.origin):
                before = values.get(event.place)
                values[event.place] = len(kept)
                kept.append(event if before is None else _instead_of(kept, before, event))
            case FindingSettled() if (*event.place, event.check) in raised:
                kept[raised.pop((*event.place, event.check))] = None
            case FindingRaised():
                raised[*event.place, event.check] = len(kept)
                kept.append(event)
            case _:
                kept.append(event)
    return tuple(event for event in kept if event is not None)


def _instead_of(kept: list[Event | None], place: int, event: ValueRecorded) -> Event:
    """The later value, superseding what the earlier one of the same act would have superseded."""
    earlier = kept[place]
    kept[place] = None
    heads = earlier.supersedes if isinstance(earlier, ValueRecorded) else ()
    return event.model_copy(update={"supersedes": heads})

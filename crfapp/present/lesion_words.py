"""Words of a lesion: its states, its figures, how its area was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.present.address import Address
from crfapp.present.lesion_view import StateWords
from crfapp.present.palette import CASEBOOK
from crfapp.present.texts import LEFT_TO_RIGHT_ISOLATE, N_, POP_ISOLATE, isolated
from crfapp.present.words import UNIT_SIGNS

if TYPE_CHECKING:
    from decimal import Decimal

    from crfapp.ledger.keys import ItemKey
    from crfapp.present.texts import Texts
    from crfapp.work.targets import How, Seen, State

STATES: dict[State, tuple[str, str]] = {
    "present": (N_("present"), "primary"),
    "new": (N_("new"), "warn"),
    "healed": (N_("healed"), "ok"),
    "reopened": (N_("reopened"), "warn"),
    "merged": (N_("merged into another"), "muted"),
    "split": (N_("split"), "muted"),
    "unknown": (N_("not evaluated"), "muted"),
}
HOW: dict[How, str] = {
    "outline": N_("outline"),
    "typed": N_("typed"),
    "ruler": N_("diameters"),
    "": "",
}


def state_words(say: Texts, state: State | None) -> StateWords:
    """A state in words; one that was not recorded is empty."""
    words, tone = STATES[state] if state is not None else ("", "muted")
    return StateWords(say(words) if words else "", tone)


def how_words(say: Texts, how: How) -> str:
    """How an area was found, in short."""
    return say(HOW[how]) if HOW[how] else ""


def figure(value: Decimal | int | None, unit: str = "") -> str:
    """A figure with its unit, which stays together and reads from left to right in every language."""
    if value is None:
        return ""
    text = f"{value}".replace("-", "−")
    sign = UNIT_SIGNS.get(unit, unit)
    return f"{LEFT_TO_RIGHT_ISOLATE}{' '.join(filter(None, (text, sign)))}{POP_ISOLATE}"


def area_words(say: Texts, seen: Seen) -> str:
    """The area used; of one that has split the sum of its parts, said so."""
    if seen.state == "split" and seen.parts is not None:
        return say("{area} in parts", area=figure(seen.parts, seen.unit))
    return figure(seen.area, seen.unit)


def dated(say: Texts, seen: Seen) -> str:
    """The day of a visit; empty before it began."""
    return isolated(say.date(seen.date)) if seen.date is not None else ""


def form_address(place: ItemKey, page: str = CASEBOOK) -> Address:
    """The way to an item, in the casebook or on another page that shows one."""
    return Address(page, *place[:5], place.row, place.item)

"""What can be done to a table: set a row, change some columns of one, or let an answer follow others."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from crfapp.ledger.keys import EventId
    from crfapp.ledger.state import ItemRow, Row


class Put(NamedTuple):
    """Set a row, new or not."""

    row: Row


class Patch(NamedTuple):
    """Change some columns of the row with this key; nothing where there is none."""

    table: type[Row]
    key: tuple[str | int, ...]
    values: dict[str, str | int | None]


class Follow(NamedTuple):
    """An answer takes force in the place of those that it names (DESIGN section 2.4).

    One that is in force and is not named stays beside it as a rival: neither knew of the other. Rivals that
    are named are gone.
    """

    row: ItemRow
    replaced: tuple[EventId, ...]


Change = Put | Patch | Follow

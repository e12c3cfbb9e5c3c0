"""What can be done to a table: set a row, or change some columns of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from crfapp.ledger.state import Row


class Put(NamedTuple):
    """Set a row, new or not."""

    row: Row


class Patch(NamedTuple):
    """Change some columns of the row with this key; nothing where there is none."""

    table: type[Row]
    key: tuple[str | int, ...]
    values: dict[str, str | int | None]


Change = Put | Patch

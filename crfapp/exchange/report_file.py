"""The tables of a report as one CSV file, one below the other where there are several."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from crfapp.exchange.csv_files import BOM, csv_line
from crfapp.exchange.whole_file import put_whole, refuse_existing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class Listed(NamedTuple):
    """A table: the names of its columns, and its rows as canonical texts."""

    names: Sequence[str]
    rows: Sequence[Sequence[str]]


def write_report(tables: Sequence[Listed], target: Path) -> tuple[str, int]:
    """Write them whole or not at all; SHA-256 and the number of rows.

    An empty line stands between two tables. EXPORT_EXISTS, FOLDER_REFUSED, DISK_FULL, DISK_FAILS.
    """
    refuse_existing(target)
    parts = [b"".join((csv_line(table.names), *map(csv_line, table.rows))) for table in tables]
    return put_whole(target, BOM + b"\r\n".join(parts)), sum(len(table.rows) for table in tables)

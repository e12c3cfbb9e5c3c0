"""What a report shows: figures, and the table they are drawn from. Every word is in the person's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from crfapp.present.plot_view import PlotView

Sort = Literal["text", "short", "number", "day"]
"""What stands in a column: words, a few letters, figures, ISO days."""


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """One column: its heading, the name it has in an exported file, and what stands in it."""

    title: str
    name: str
    sort: Sort = "text"


@dataclass(frozen=True, slots=True)
class ReportTable:
    """Rows of canonical texts (ISO days, figures with a point), as they are exported."""

    columns: tuple[ReportColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class ReportView:
    """One report. ``about`` says what it is made of; ``none`` what stands there while there is nothing."""

    key: str
    title: str
    about: str
    plots: tuple[PlotView, ...]
    tables: tuple[ReportTable, ...]
    none: str = ""
    subjects: tuple[tuple[str, str], ...] = ()
    """Whose report can be asked for alone: (id, number); the first stands for everybody."""
    subject: str = ""

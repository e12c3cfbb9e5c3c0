"""A report as a page for people: its plots, and the tables they are drawn from."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from crfapp.present.paper.blocks import Booklet, Cell, Chapter, Drawing, Heading, Run, Table, Words, text
from crfapp.present.reports.view import ReportTable
from crfapp.present.texts import isolated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.present.paper.blocks import Block
    from crfapp.present.reports.view import ReportColumn, ReportView
    from crfapp.present.texts import Texts
    from crfapp.present.workplace import Workplace

_SHARES = {"text": 2.2, "short": 1.3, "number": 1.1, "day": 1.5}
_NUMBERS = "number"


def report_booklet(at: Workplace, view: ReportView) -> Booklet:
    """One chapter with everything that the report shows."""
    say = at.texts
    whose = next((number for subject, number in view.subjects if subject and subject == view.subject), "")
    title = f"{view.title} · {whose}" if whose else view.title
    made = say("Made {day}, {time}", day=say.date(at.now.local.date()), time=say.clock(at.now.local))
    return Booklet(
        title=title,
        author=at.actor.name,
        language=say.language,
        right_to_left=say.right_to_left,
        running=f"{at.study_texts.short} · {isolated(at.site.code)}",
        badge="",
        foot=f"{made} · {isolated(at.actor.name)}",
        paging=lambda page, pages: say("Page {page} of {pages}", page=page, pages=pages),
        chapters=(Chapter(view.key, title, "", tuple(_blocks(view, say))),),
    )


def _blocks(view: ReportView, say: Texts) -> Iterator[Block]:
    yield text(view.about, "muted")
    if not view.tables and not view.plots:
        yield text(view.none)
    for plot in view.plots:
        yield Drawing(plot)
    for table in view.tables:
        if table.title:
            yield Heading((Run(table.title),))
        yield _table(_of_one(table) if view.subject else table, say)


def _of_one(table: ReportTable) -> ReportTable:
    """The page of one subject names the subject above; its column would only take room."""
    places = [place for place, column in enumerate(table.columns) if column.name != "SUBJECT"]
    columns = tuple(table.columns[place] for place in places)
    return ReportTable(columns, tuple(tuple(row[p] for p in places) for row in table.rows), table.title)


def _table(table: ReportTable, say: Texts) -> Table:
    shares = [_SHARES[column.sort] for column in table.columns]
    heads = tuple(Cell((Words((Run(column.title, "strong"),), "small"),)) for column in table.columns)
    rows = tuple(
        tuple(
            _cell(shown(column, value, say), column) for column, value in zip(table.columns, row, strict=True)
        )
        for row in table.rows
    )
    return Table(tuple(share / sum(shares) for share in shares), (heads, *rows), heads=1)


def _cell(words: str, column: ReportColumn) -> Cell:
    return Cell((Words((Run(words, ltr=column.sort == _NUMBERS),), "small"),))


def shown(column: ReportColumn, value: str, say: Texts) -> str:
    """A canonical text as people read it: a day in words, a figure as it is."""
    if column.sort != "day" or not value:
        return value
    if "T" in value:
        moment = datetime.fromisoformat(value)
        return f"{say.date(moment.date())} {isolated(f'{moment:%H:%M}')}"
    return say.date(date.fromisoformat(value))

"""Closed blind readings as sheets: every case with what each reader said, and how far they agreed.

A reading that goes on is not there: whoever reads a workbook would know what a reader must not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.exchange.sheets import Column, Sheet
from crfapp.ledger.state import PhotographRow, SubjectRow
from crfapp.work.reading_agreement import agreement_of
from crfapp.work.readings import class_of, judged, readings
from crfapp.work.targets import targets_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.exchange.sheets import Cell
    from crfapp.exchange.site_data import SiteData
    from crfapp.work.desk import Desk
    from crfapp.work.readings import Judged, Reading
    from crfapp.work.sentences import Say

Row = tuple["Cell", ...]


def reading_sheets(data: SiteData) -> tuple[Sheet, ...]:
    """Both sheets; none where the study has no score that readers could give."""
    targets = data.study.head.targets
    return (readings_sheet(data), agreement_sheet(data)) if targets is not None and targets.scores else ()


def readings_sheet(data: SiteData) -> Sheet:
    """One row a case."""
    return Sheet(
        "Readings", data.say("Blind readings"), case_columns(data.say), lambda: _all_cases(data.desk)
    )


def agreement_sheet(data: SiteData) -> Sheet:
    """One row for each figure of agreement of a reading."""
    title = data.say("Agreement of readers")
    return Sheet("Agreement", title, agreement_columns(data.say), lambda: _all_agreed(data.desk))


def case_columns(say: Say) -> tuple[Column, ...]:
    """The columns of the cases."""
    readers = (
        column
        for number in (1, 2)
        for column in (
            Column(f"READER{number}", say("Login of reader {number}", number=number)),
            Column(f"ANSWER{number}", say("What reader {number} said", number=number)),
            Column(
                f"PLACE{number}", say("At which place reader {number} saw the case", number=number), "number"
            ),
        )
    )
    return (
        Column("READING", say("What was judged"), width=24),
        Column("CASE", say("Name of the case while it was judged")),
        Column("SUBJID", say("Subject number")),
        Column("TARGET", say("Lesion")),
        Column("EARLIER", say("Visit of the earlier photograph")),
        Column("LATER", say("Visit of the later photograph")),
        Column("QUESTION", say("percent, or class")),
        *readers,
        Column("DIFFER", say("Y where both lie too far apart")),
        Column("COUNTS", say("What counts")),
        Column("CLASS", say("Class of what counts")),
        Column("SETTLEDBY", say("Login of who decided")),
        Column("SETTLEDWHY", say("Reason of the decision"), width=30),
    )


def agreement_columns(say: Say) -> tuple[Column, ...]:
    """The columns of the agreement."""
    return (
        Column("READING", say("What was judged"), width=24),
        Column("FIGURE", say("Figure of agreement"), width=26),
        Column("VALUE", say("Its value, four decimals")),
        Column("LOW", say("Lower end of its interval of 95 %")),
        Column("HIGH", say("Upper end of its interval of 95 %")),
        Column("CASES", say("Cases that both judged"), "number"),
    )


def case_rows(desk: Desk, reading: Reading) -> Iterator[Row]:
    """The cases of one reading."""
    for one in judged(desk, reading):
        yield _case(desk, reading, one)


def agreement_rows(desk: Desk, reading: Reading) -> Iterator[Row]:
    """The figures of one reading; empty where nothing can be said."""
    for one in agreement_of(desk, reading):
        found = one.estimate
        told: tuple[Cell, ...] = (None,) * 4
        if found is not None:
            told = (*(f"{part:.4f}" for part in (found.value, found.low, found.high)), found.cases)
        yield (reading.title, one.figure, *told)


def _all_cases(desk: Desk) -> Iterator[Row]:
    for reading in _closed(desk):
        yield from case_rows(desk, reading)


def _all_agreed(desk: Desk) -> Iterator[Row]:
    for reading in _closed(desk):
        yield from agreement_rows(desk, reading)


def _closed(desk: Desk) -> list[Reading]:
    return [reading for reading in readings(desk)[::-1] if reading.closed]


def _case(desk: Desk, reading: Reading, one: Judged) -> Row:
    case = one.case
    subject = desk.tables.get(SubjectRow, case.subject)
    labels = {target.row: target.label for target in targets_of(desk, case.subject)}
    said: list[Cell] = []
    for login, answer, place in zip(reading.readers, one.answers, one.places, strict=True):
        said += (login, answer, place or None)
    in_class = one.counts
    if reading.question == "percent":
        in_class = class_of(desk, one.counts) if one.counts else None
    return (
        *(reading.title, case.case, subject.number if subject else "", labels.get(case.target, "")),
        *(_visit(desk, case.subject, case.earlier), _visit(desk, case.subject, case.later), reading.question),
        *said,
        *("Y" if one.differs else "", one.counts, in_class, one.by or None, one.why or None),
    )


def _visit(desk: Desk, subject: str, photograph: str) -> str:
    row = desk.tables.get(PhotographRow, subject, photograph) if photograph else None
    return row.visit if row is not None else ""

"""Photographs and the outlines drawn on them as sheets: for the workbook, and as a list in a package."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from crfapp.base.problems import RefusedError
from crfapp.exchange.photograph_list import photographs_of, photographs_of_subject
from crfapp.exchange.query_sheets import item_columns
from crfapp.exchange.row_facts import RowBook
from crfapp.exchange.sheets import Column, Sheet
from crfapp.exchange.subject_sheets import local_time
from crfapp.ledger.origins import outline_in
from crfapp.ledger.state import OutlineRow, PersonRow
from crfapp.planimetry.calibration import Line
from crfapp.planimetry.written import from_text, read_figures

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from crfapp.exchange.photograph_list import Listed
    from crfapp.exchange.row_facts import RowFacts
    from crfapp.exchange.sheets import Cell
    from crfapp.exchange.site_data import SiteData
    from crfapp.ledger.keys import FormKey

FILE, ORIGINAL, COPY, HERE = "FILE", "SHA256", "COPY_SHA256", "HERE"
"""Columns by which whoever takes a package in knows which photograph a file is."""


class Left(NamedTuple):
    """How a photograph leaves: the file's SHA-256 and size, and whether it is in this very package."""

    sha256: str
    size: int
    here: bool


def photographs_sheet(data: SiteData) -> Sheet:
    """One row for each photograph, with the hashes of the original and of what left in its place."""
    say = data.say
    columns = (
        *item_columns(data),
        Column("TARGET", say("Lesion or wound"), width=22),
        Column("VIEW", say("View")),
        Column("TAKEN", say("Taken at (local time)"), "datetime"),
        Column(FILE, say("File in a package, below photos"), width=60),
        Column(HERE, say("Y: the file is in this package")),
        Column("STATE", say("REPLACED: another one stands there; PRIVATE: stays until masked or confirmed")),
        Column(ORIGINAL, say("SHA-256 of the photograph"), width=66),
        Column(COPY, say("SHA-256 of the copy made for others"), width=66),
        Column("SIZE", say("Bytes of that file"), "number"),
        Column("WIDTH", say("Pixels across"), "number"),
        Column("HEIGHT", say("Pixels down"), "number"),
        Column("MASKED", say("Rectangles blacked out in the copy"), "number"),
        Column("SHARPNESS", say("Variance of the Laplacian when it was taken in"), "number"),
        Column("DARK", say("Black pixels, percent"), "number"),
        Column("BRIGHT", say("White pixels, percent"), "number"),
    )
    return Sheet("Photographs", say("Photographs"), columns, lambda: _photographs(data))


def _photographs(data: SiteData) -> Iterator[tuple[Cell, ...]]:
    for one in photographs_of(data):
        row, left = one.row, data.left.get(one.row.photograph)
        place: tuple[Cell, ...] = (data.site.code, one.number, row.visit, row.visit_n, row.form, row.form_n)
        taken = one.taken.local.replace(tzinfo=None) if one.taken is not None else None
        yield (
            *(*place, one.label, one.place, row.item, one.target, one.view, taken),
            _file(data, one),
            "Y" if left is not None and left.here else None,
            *(one.state, row.photograph),
            *((left.sha256, left.size) if left is not None else (None, None)),
            *(row.width, row.height, len(one.boxes)),
            *(_figure(row.sharp), _figure(row.dark), _figure(row.bright)),
        )


def _file(data: SiteData, one: Listed) -> str | None:
    """What its file is called; None for one that does not leave."""
    return one.file(original=data.originals) if data.originals or not one.state else None


def _figure(text: str) -> Decimal | None:
    return Decimal(text) if text.replace(".", "", 1).isdigit() else None


def outlines_sheet(data: SiteData) -> Sheet:
    """One row for each outline, also those that another one took the place of."""
    say = data.say
    columns = (
        *item_columns(data),
        Column("OUTLINE", say("Outline: its identifier")),
        Column("PHOTOGRAPH", say("SHA-256 of the photograph it was drawn on"), width=66),
        Column(FILE, say("File in a package, below photos"), width=60),
        Column("TRACER", say("Traced by"), width=24),
        Column("AT", say("Traced at (local time)"), "datetime"),
        Column("PURPOSE", say("value: gives the answer; second: a second person's")),
        Column("BLIND", say("Y: drawn without seeing another outline or its area")),
        Column("IN_FORCE", say("Y: the answer rests on it")),
        Column("SETTLED", say("Y: chosen where two lay too far apart")),
        Column("AREA_MM2", say("Area, square millimetres"), "number"),
        Column("PERIMETER_MM", say("Perimeter, millimetres"), "number"),
        Column("LENGTH_MM", say("Largest length, millimetres"), "number"),
        Column("WIDTH_MM", say("Largest width across it, millimetres"), "number"),
        Column("UNCERTAINTY_MM2", say("Uncertainty of the area from the calibration"), "number"),
        Column("CALIBRATION", say("LINE: two points on a ruler; CARD: four corners")),
        Column("CALIBRATION_MM", say("The length that was set, millimetres"), "number"),
        Column("PARTS", say("Parts and holes"), "number"),
        Column("POINTS", say("Points in all"), "number"),
        Column(
            "DRAWN", say("The outline with its calibration, in pixels of the upright photograph"), width=40
        ),
    )
    return Sheet("Outlines", say("Outlines"), columns, lambda: _outlines(data))


def _outlines(data: SiteData) -> Iterator[tuple[Cell, ...]]:
    names = {row.login: row.name for row in data.desk.tables.find(PersonRow)}
    for subject in data.subjects():
        found = data.desk.tables.find(OutlineRow, subject=subject.subject)
        if not found:
            continue
        files = {one.row.photograph: one for one in photographs_of_subject(data, subject)}
        book, rows = RowBook(data, subject.subject), dict["FormKey", dict[str, "RowFacts"]]()
        for row in sorted(found, key=lambda one: (data.order(one.visit), one.visit_n, one.row, one.at)):
            shown = files.get(row.photograph)
            if data.confidential.keeps(row.form, row.item) or shown is None:
                continue
            key = row.place.of
            if key not in rows:
                rows[key] = {fact.key: fact for fact in book.rows(key)}
            yield (data.site.code, subject.number, *_outline(data, row, rows[key], shown, names))


def _outline(
    data: SiteData,
    row: OutlineRow,
    rows: Mapping[str, RowFacts],
    shown: Listed,
    names: Mapping[str, str],
) -> Iterator[Cell]:
    fact, stored = rows.get(row.row), data.desk.stored(row.place)
    in_force = stored is not None and outline_in(stored.origin) == row.outline
    yield from (row.visit, row.visit_n, row.form, row.form_n)
    yield from (fact.label, fact.number) if fact is not None else ("", None)
    yield from (row.item, row.outline, row.photograph)
    yield _file(data, shown)
    yield names.get(row.login, row.login)
    yield local_time(row.at, data.site.zone)
    yield row.purpose
    yield from ("Y" if true else None for true in (row.blind, in_force, row.settled))
    yield from _measured(row)


def _measured(row: OutlineRow) -> tuple[Cell, ...]:
    """Figures and calibration; blank where they were made unreadable."""
    try:
        drawn, figures = from_text(row.drawn or ""), read_figures(row.figures or "")
    except RefusedError:
        return (None,) * 10
    calibration = drawn.calibration
    line = isinstance(calibration, Line)
    length = calibration.length_mm if isinstance(calibration, Line) else calibration.side_mm
    parts = drawn.outline.parts
    return (
        *(Decimal(f"{figure:.4f}") for figure in figures),
        "LINE" if line else "CARD",
        Decimal(f"{length:.2f}"),
        len(parts),
        sum(len(part.points) for part in parts),
        row.drawn,
    )

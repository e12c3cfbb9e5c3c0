"""How a booklet falls onto pages: headings stay with what they head, heads of tables come again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crfapp.present.paper.blocks import Boxes, Cell, Heading, Lines, Run, Table, Ticks, Words, text
from crfapp.ui.booklet.ink import POINT, Setting, longest_word
from crfapp.ui.booklet.pages import Page, paged
from crfapp.ui.booklet.pieces import pieces_of
from crfapp.ui.booklet.strips import strips_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytestqt.qtbot import QtBot

    from crfapp.present.paper.blocks import Block
    from crfapp.ui.booklet.strips import Strip

WIDTH = 400 * POINT
PAGE = 300 * POINT
LTR, RTL = Setting(False), Setting(True)


def row(words: str) -> tuple[Cell, ...]:
    return (Cell((text(words),)),)


def table(rows: int, *, heads: int = 1) -> Table:
    lines = [row("Head")] * heads + [row(f"Row {number}") for number in range(rows)]
    return Table((1.0,), tuple(lines), heads=heads)


def laid_out(blocks: Sequence[Block]) -> tuple[list[Strip], list[Page]]:
    strips = strips_of(blocks, WIDTH, LTR)
    return strips, paged(strips, PAGE, PAGE)


def used(page: Page) -> float:
    return max(at + piece.height for at, piece in page.placed)


@pytest.mark.parametrize("before", range(0, 30))
def test_no_heading_is_the_last_on_its_page(qtbot: QtBot, before: int) -> None:
    assert qtbot is not None
    strips, pages = laid_out([table(before, heads=0), Heading((Run("Section"),)), table(4)])
    [heading] = [strip.piece for strip in strips if strip.kept]
    for page in pages:
        assert used(page) <= PAGE
        pieces = [piece for _, piece in page.placed]
        assert heading not in pieces or pieces.index(heading) + 2 < len(pieces)


def test_a_heading_that_nothing_follows_is_there(qtbot: QtBot) -> None:
    assert qtbot is not None
    _, pages = laid_out([Heading((Run("Empty section"),))])
    assert len(pages[0].placed) == 1


def test_every_page_of_a_table_begins_with_its_heads(qtbot: QtBot) -> None:
    assert qtbot is not None
    strips, pages = laid_out([table(60)])
    head = strips[0].heads[0].piece
    assert len(pages) > 2
    assert all(page.placed[0][1] is head for page in pages)
    assert sum(len(page.placed) - 1 for page in pages) == 60


def test_a_row_higher_than_a_page_goes_on_over_the_next_without_losing_a_line(qtbot: QtBot) -> None:
    assert qtbot is not None
    long = Words((Run("word " * 3000),))
    lines = len(pieces_of((long,), WIDTH, LTR))
    strips, pages = laid_out([Table((1.0,), (row("Head"), (Cell((long,)),)), heads=1)])
    [tall] = strips
    assert tall.piece.height > 2 * PAGE
    assert all(used(page) <= PAGE for page in pages)
    first = tall.row.cells[0] if tall.row else ()
    assert len(first) >= lines > 100
    assert len(pages) >= tall.piece.height / PAGE


def test_tick_boxes_stand_in_a_line_in_columns_or_below_one_another(qtbot: QtBot) -> None:
    assert qtbot is not None
    short = Ticks(tuple((Run(word),) for word in ("Yes", "No", "Unknown")))
    assert len(pieces_of((short,), WIDTH, LTR)) == 1
    many = Ticks(tuple((Run(f"An answer of some words {number}"),) for number in range(9)))
    assert 1 < len(pieces_of((many,), WIDTH, LTR)) < 9
    narrow = longest_word((Run("INTRAMUSCULAR"),), "body") + 14 * POINT
    whole = Ticks(tuple((Run("INTRAMUSCULAR"),) for _ in range(4)))
    pieces = pieces_of((whole,), narrow, LTR)
    assert len(pieces) == 4
    assert len({piece.height for piece in pieces}) == 1


def test_a_date_and_a_time_stand_side_by_side_where_there_is_room(qtbot: QtBot) -> None:
    assert qtbot is not None
    date, time = Boxes(((2, "day"), (2, "month"), (4, "year")), "/"), Boxes(((2, "hour"), (2, "minute")), ":")
    for setting in (LTR, RTL):
        assert len(pieces_of((date, time), WIDTH, setting)) == 1
        assert len(pieces_of((date, time), 150 * POINT, setting)) == 2


def test_boxes_too_small_to_write_in_become_a_line(qtbot: QtBot) -> None:
    assert qtbot is not None
    date = Boxes(((2, "day"), (2, "month"), (4, "year")), "/")
    [boxes] = pieces_of((date,), WIDTH, LTR)
    [line] = pieces_of((date,), 60 * POINT, LTR)
    [plain] = pieces_of((Lines(),), 60 * POINT, LTR)
    assert line.height > plain.height
    assert boxes.height != line.height

"""A booklet as a PDF: every page with its head and foot, and where each chapter begins."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPageLayout, QPageSize, QPainter, QPdfWriter, QPen

from crfapp.present.paper.blocks import Run
from crfapp.ui.booklet import ink
from crfapp.ui.booklet.ink import MILLIMETRE, POINT, Setting, set_text
from crfapp.ui.booklet.pages import Page, paged
from crfapp.ui.booklet.strips import strips_of
from crfapp.ui.running import application
from crfapp.ui.theme import LIGHT
from crfapp.ui.theme.apply import load_fonts

if TYPE_CHECKING:
    from crfapp.present.paper.blocks import Booklet, Chapter

_WIDTH, _HEIGHT = 210 * MILLIMETRE, 297 * MILLIMETRE
_LEFT = 15 * MILLIMETRE
_ROOM = _WIDTH - 2 * _LEFT
_TOP, _FOOT = 11 * MILLIMETRE, 284 * MILLIMETRE
_BODY_END = _FOOT - 3 * MILLIMETRE
_FIELD_HEIGHT = 25 * POINT
_GAP = 6 * POINT
_LITTLE = 60 * MILLIMETRE
"""Where the last page of a chapter holds less than this, less air is tried so that it need not be."""


@dataclass(frozen=True, slots=True)
class Printed:
    """The file, its number of pages, and the title and page (from 0) of each chapter."""

    pdf: bytes
    bookmarks: tuple[tuple[str, int], ...]
    pages: int


def print_booklet(booklet: Booklet, *more: Booklet) -> Printed:
    """Lay a booklet out on A4 and draw it; ``more`` are the same in other languages, behind it."""
    load_fonts(application())
    chapters = [_LaidOut(one, chapter) for one in (booklet, *more) for chapter in one.chapters]
    if booklet.front is not None:
        ahead = len(_LaidOut(booklet, booklet.front({})).pages)
        starts = _starts(chapters, ahead + 1)
        chapters.insert(0, _LaidOut(booklet, booklet.front(starts)))
    total = sum(len(chapter.pages) for chapter in chapters)
    pages = _starts(chapters, 0)
    marks = tuple((each.name_in_outline, pages[each.chapter.name]) for each in chapters)
    return Printed(_drawn(booklet, chapters, total), marks, total)


def _starts(chapters: list[_LaidOut], first: int) -> dict[str, int]:
    starts, page = {}, first
    for each in chapters:
        starts[each.chapter.name] = page
        page += len(each.pages)
    return starts


def _drawn(booklet: Booklet, chapters: list[_LaidOut], total: int) -> bytes:
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(ink.DOTS_PER_INCH)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    writer.setTitle(booklet.title)
    writer.setAuthor(booklet.author)
    writer.setCreator("crfapp")
    painter = QPainter(writer)
    page = 0
    for chapter in chapters:
        for number in range(len(chapter.pages)):
            if page:
                writer.newPage()
            page += 1
            chapter.draw(painter, number, booklet.paging(page, total))
    painter.end()
    buffer.close()
    return bytes(held.data())


class _LaidOut:
    """A chapter on its pages."""

    def __init__(self, booklet: Booklet, chapter: Chapter) -> None:
        self.chapter, self._booklet = chapter, booklet
        self._setting = Setting(booklet.right_to_left)
        end = Qt.AlignmentFlag.AlignLeft if booklet.right_to_left else Qt.AlignmentFlag.AlignRight
        self._ending = Setting(booklet.right_to_left, end)
        self._head = set_text((Run(booklet.running, "muted"),), "small", _ROOM * 0.8, self._setting)
        oid = (Run(f"   {chapter.oid}", "muted", ltr=True),) if chapter.oid else ()
        title = Run(chapter.title, "strong")
        self._titles = [set_text((title, *oid), size, _ROOM, self._setting) for size in ("title", "heading")]
        self.pages = self._paged(self._setting)
        if len(self.pages) > 1 and self.pages[-1].used < _LITTLE:
            tighter = self._paged(replace(self._setting, tight=True))
            self.pages = min(self.pages, tighter, key=len)

    def _paged(self, setting: Setting) -> list[Page]:
        first, later = (_BODY_END - self._body_top(number) for number in (0, 1))
        return paged(strips_of(self.chapter.blocks, _ROOM, setting), first, later)

    @property
    def name_in_outline(self) -> str:
        """The title with the OID, as people look for either."""
        return f"{self.chapter.title} ({self.chapter.oid})" if self.chapter.oid else self.chapter.title

    def draw(self, painter: QPainter, number: int, paging: str) -> None:
        """One page of the chapter."""
        self._draw_head(painter, number)
        top = self._body_top(number)
        for down, piece in self.pages[number].placed:
            piece.draw(painter, _LEFT, top + down)
        self._draw_foot(painter, paging)

    def _title(self, number: int) -> ink.SetText:
        return self._titles[min(number, 1)]

    def _body_top(self, number: int) -> float:
        fields = _FIELD_HEIGHT + _GAP if self.chapter.fields else 0
        return _TOP + self._head.height + _GAP + self._title(number).height + fields + _GAP

    def _draw_head(self, painter: QPainter, number: int) -> None:
        y = _TOP
        self._at_start(painter, self._head, y)
        badge = set_text((Run(self._booklet.badge, "mark_strong"),), "small", _ROOM, self._ending)
        badge.draw_all(painter, _LEFT, y)
        y += self._head.height
        painter.setPen(QPen(QColor(LIGHT.primary), 1.2 * POINT))
        painter.drawLine(QPointF(_LEFT, y + _GAP / 3), QPointF(_LEFT + _ROOM, y + _GAP / 3))
        y += _GAP
        self._at_start(painter, self._title(number), y)
        self._draw_fields(painter, y + self._title(number).height)

    def _at_start(self, painter: QPainter, words: ink.SetText, y: float) -> None:
        room = words.lines[0].width() if words.lines else _ROOM
        words.draw_all(painter, _LEFT + (_ROOM - room if self._setting.right_to_left else 0), y)

    def _draw_fields(self, painter: QPainter, y: float) -> None:
        count = len(self.chapter.fields)
        for place, name in enumerate(self.chapter.fields):
            width = _ROOM / count
            from_start = count - 1 - place if self._setting.right_to_left else place
            x = _LEFT + from_start * width
            ink.box(painter, QRectF(x, y + _GAP / 2, width, _FIELD_HEIGHT))
            label = set_text((Run(name, "muted"),), "tiny", width - 8 * POINT, self._setting)
            label.draw_all(painter, x + 4 * POINT, y + _GAP / 2 + POINT)

    def _draw_foot(self, painter: QPainter, paging: str) -> None:
        ink.rule(painter, _LEFT, _FOOT, (_LEFT + _ROOM, _FOOT))
        foot = set_text((Run(self._booklet.foot, "muted", ltr=True),), "tiny", _ROOM * 0.82, self._setting)
        self._at_start(painter, foot, _FOOT + 2 * POINT)
        page = set_text((Run(paging, "muted"),), "tiny", _ROOM, self._ending)
        page.draw_all(painter, _LEFT, _FOOT + 2 * POINT)

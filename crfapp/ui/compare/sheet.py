"""A comparison on paper: one A4 page, the pictures as they may leave, what was measured, and their hashes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPageLayout, QPageSize, QPainter, QPdfWriter, QPen

from crfapp.present.paper.blocks import Run
from crfapp.ui.booklet.ink import DOTS_PER_INCH, MILLIMETRE, Setting, set_text
from crfapp.ui.theme import LIGHT
from crfapp.ui.tracer.ink import path_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QImage

    from crfapp.present.compare_view import ComparedVisit, CompareSheet
    from crfapp.present.paper.blocks import Size, Tone
    from crfapp.ui.compare.pane import Lines

_AROUND, _GAP = 12 * MILLIMETRE, 4 * MILLIMETRE
_WIDE, _HIGH = 297 * MILLIMETRE, 210 * MILLIMETRE
_DENSE = 200
"""Pixels an inch at which pictures are put on paper; more is not seen and makes large files."""
_EDGE, _LINE, _FINE = 0.6 * MILLIMETRE, 0.3 * MILLIMETRE, 0.1 * MILLIMETRE
_TWO = 2
_HEADING: tuple[tuple[Tone, Size], ...] = (("strong", "title"), ("muted", "small"))
_LABEL: tuple[tuple[Tone, Size], ...] = (("strong", "body"), ("muted", "tiny"), ("muted", "tiny"))


def sheet_pdf(sheet: CompareSheet, pictures: Sequence[tuple[ComparedVisit, QImage]], lines: Lines) -> bytes:
    """The page as a PDF; pictures in the order of the labels."""
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DOTS_PER_INCH)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageOrientation(QPageLayout.Orientation.Landscape)
    writer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    writer.setTitle("")  # a title would be shown by lists of files
    writer.setCreator("crfapp")
    painter = QPainter(writer)
    _draw(painter, sheet, pictures, lines)
    painter.end()
    buffer.close()
    return bytes(held.data())


def _draw(
    painter: QPainter,
    sheet: CompareSheet,
    pictures: Sequence[tuple[ComparedVisit, QImage]],
    lines: Lines,
) -> None:
    setting, room = Setting(sheet.right_to_left), _WIDE - 2 * _AROUND
    top = _AROUND
    for words, (tone, style) in zip((sheet.heading, sheet.facts), _HEADING, strict=True):
        text = set_text((Run(words, tone),), style, room, setting)
        text.draw_all(painter, _AROUND, top)
        top += text.height
    foot = set_text((Run(sheet.foot, "muted"),), "tiny", room, setting)
    bottom = _HIGH - _AROUND - foot.height
    foot.draw_all(painter, _AROUND, bottom)
    columns = min(_TWO, len(pictures))
    rows = -(-len(pictures) // _TWO)
    size = QSizeF((room - (columns - 1) * _GAP) / columns, (bottom - top - (rows + 1) * _GAP) / rows)
    for number, (visit, image) in enumerate(pictures):
        across = number % _TWO
        place = columns - 1 - across if sheet.right_to_left else across
        x = _AROUND + place * (size.width() + _GAP)
        y = top + _GAP + (number // _TWO) * (size.height() + _GAP)
        _draw_one(painter, QRectF(x, y, size.width(), size.height()), sheet.labels[number], setting)
        _draw_picture(painter, QRectF(x, y, size.width(), size.height()), (visit, image), lines, setting)


def _label_height(setting: Setting) -> float:
    strong = set_text((Run("X", "strong"),), "body", _WIDE, setting).height
    return strong + 2 * set_text((Run("X", "muted"),), "tiny", _WIDE, setting).height


def _draw_one(painter: QPainter, box: QRectF, label: tuple[str, str, str], setting: Setting) -> None:
    """The words below a picture."""
    y = box.bottom() - _label_height(setting)
    for words, (tone, style) in zip(label, _LABEL, strict=True):
        text = set_text((Run(words, tone),), style, box.width(), setting)
        text.draw(painter, box.x(), y, 0)
        y += text.leading


def _draw_picture(
    painter: QPainter, box: QRectF, shown: tuple[ComparedVisit, QImage], lines: Lines, setting: Setting
) -> None:
    """The picture in the room over its words, with the lines that were shown on the screen."""
    visit, image = shown
    from_right = setting.right_to_left
    room = QSizeF(box.width(), box.height() - _label_height(setting) - _GAP / 2)
    size = QSizeF(image.size()).scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
    x = box.right() - size.width() if from_right else box.x()
    place = QRectF(x, box.y(), size.width(), size.height())
    most = round(size.width() / DOTS_PER_INCH * _DENSE)
    small = image
    if image.width() > most:
        small = image.scaledToWidth(most, Qt.TransformationMode.SmoothTransformation)
    painter.drawImage(place, small)
    if visit.size[0]:
        _draw_lines(painter, place, visit, lines)


def _draw_lines(painter: QPainter, place: QRectF, visit: ComparedVisit, lines: Lines) -> None:
    """Lines on paper have widths of paper, whatever the picture's pixels are."""
    painter.save()
    painter.setClipRect(place)
    painter.translate(place.topLeft())
    scale = place.width() / visit.size[0]
    painter.scale(scale, place.height() / visit.size[1])
    painter.setBrush(Qt.BrushStyle.NoBrush)
    solid, dashed = Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine
    if lines.grid:
        pen = QPen(QColor(LIGHT.ink_scale), _FINE / scale)
        painter.strokePath(path_of(visit.grid, closed=False), pen)
    for shown, what, colour, style in (
        (lines.outline, visit.outline, LIGHT.ink, solid),
        (lines.ghost, visit.ghost, LIGHT.ink_ghost, dashed),
    ):
        path = path_of(what if shown else ())
        for width, tone, how in ((_EDGE, LIGHT.ink_edge, solid), (_LINE, colour, style)):
            painter.strokePath(path, QPen(QColor(tone), width / scale, how))
    painter.restore()

"""What goes on paper: rich text written as a PDF that appears whole or not at all."""

from __future__ import annotations

import errno
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QMarginsF, QRectF, QSaveFile, QSizeF, Qt, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextDocument,
    QTextOption,
)
from PySide6.QtSvg import QSvgRenderer

from crfapp.base.problems import Code, EnvironmentProblem
from crfapp.present.texts import isolated
from crfapp.ui.theme import LIGHT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from crfapp.present.entrance import Sheet
    from crfapp.present.texts import Texts

_DOTS_PER_INCH = 300
_QR_PIXELS = 800
_QR_MM = 52
_MARGIN_MM = 20
POINTS_PER_MM = 72 / 25.4
_FULL = {errno.ENOSPC, errno.EDQUOT}


def print_recovery_sheet(sheet: Sheet, target: Path, say: Texts) -> None:
    """Write the sheet as a PDF of one A4 page. FOLDER_REFUSED where the file cannot be written there."""
    document = QTextDocument()
    picture = qr_picture(sheet.qr_svg)
    document.addResource(QTextDocument.ResourceType.ImageResource, QUrl("qr"), picture)
    side = round(_QR_MM * POINTS_PER_MM)
    lines = "".join(
        f'<tr><td style="color:{LIGHT.muted}">{number}&nbsp;&nbsp;</td>'
        f'<td><span style="font-family:monospace;font-size:16px">{escape(line)}</span></td></tr>'
        for number, line in enumerate(sheet.lines, start=1)
    )
    write_pdf(
        document,
        f"<h1>{escape(say('The recovery sheet'))}</h1>"
        f"<p><b>{escape(isolated(sheet.label))}</b></p>"
        f"<p>{escape(say('These lines open the records of this site when every password is lost.'))} "
        f"{escape(say('Whoever has them can read everything: lock this sheet away, and keep no copy.'))}</p>"
        f'<table dir="ltr" cellspacing="6">{lines}</table>'
        f'<p><img src="qr" width="{side}" height="{side}"></p>'
        f"<p>{escape(say('There is no I, L, O or U among the signs; capitals and gaps do not matter.'))}</p>"
        f"<p>{escape(say('Printed on'))} ______________ &nbsp; {escape(say('by'))} ______________</p>",
        target,
        say,
    )


def print_key_shares(label: str, shares: Sequence[str], target: Path, say: Texts) -> None:
    """Write each share on a page of its own: they go to different people. FOLDER_REFUSED, DISK_FULL."""
    pages = []
    alone = say("Alone it opens nothing. Together with others of this set it opens the records.")
    apart = say("Lock it away, and never keep two of one set in the same place.")
    for number, share in enumerate(shares, start=1):
        words = [f"<td>{place}&nbsp;</td><td><b>{escape(word)}</b>&nbsp;&nbsp;</td>"
                 for place, word in enumerate(share.split(), start=1)]  # fmt: skip
        rows = "".join(f"<tr>{''.join(words[at : at + 3])}</tr>" for at in range(0, len(words), 3))
        title = say("Share {number} of {count} of the key", number=number, count=len(shares))
        before = "always" if number > 1 else "auto"
        pages.append(
            f'<h1 style="page-break-before:{before}">{escape(title)}</h1>'
            f"<p><b>{escape(isolated(label))}</b></p>"
            f"<p>{escape(alone)} {escape(apart)}</p>"
            f'<table dir="ltr" cellspacing="6">{rows}</table>'
            f"<p>{escape(say('Four letters of a word are enough. Capitals do not matter.'))}</p>"
            f"<p>{escape(say('Kept by'))} ______________ &nbsp; {escape(say('since'))} ______________</p>"
        )
    write_pdf(QTextDocument(), "".join(pages), target, say)


def write_pdf(document: QTextDocument, html: str, target: Path, say: Texts) -> None:
    """Lay a document out on pages of A4 in the reading direction of its language, and write it.

    FOLDER_REFUSED or DISK_FULL; what stood at ``target`` before is then still there.
    """
    option = QTextOption()
    rtl = say.right_to_left
    option.setTextDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
    document.setDefaultTextOption(option)
    family = ", ".join(f"'{name}'" for name in LIGHT.families)
    document.setDefaultStyleSheet(
        f"body {{ font-family: {family}; font-size: 11px; }} h1 {{ font-size: 18px; }}"
    )
    document.setHtml(f'<body dir="{"rtl" if rtl else "ltr"}">{html}</body>')
    file = QSaveFile(str(target))
    if not file.open(QSaveFile.OpenModeFlag.WriteOnly):
        raise EnvironmentProblem(Code.FOLDER_REFUSED, folder=target.parent.name)
    writer = QPdfWriter(file)
    writer.setResolution(_DOTS_PER_INCH)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    writer.setPageMargins(margins, QPageLayout.Unit.Millimeter)
    writer.setTitle("")  # a title would be shown by lists of files
    room = writer.pageLayout().paintRect(QPageLayout.Unit.Point)
    document.setPageSize(QSizeF(room.width(), room.height()))
    painter = QPainter(writer)
    painter.scale(_DOTS_PER_INCH / 72, _DOTS_PER_INCH / 72)
    for page in range(document.pageCount()):
        if page:
            writer.newPage()
        ink = _ink()
        ink.clip = QRectF(0, page * room.height(), room.width(), room.height())
        painter.save()
        painter.translate(0, -ink.clip.top())
        document.documentLayout().draw(painter, ink)
        painter.restore()
    painter.end()
    if not file.commit():
        raise EnvironmentProblem(Code.DISK_FAILS)


def _ink() -> QAbstractTextDocumentLayout.PaintContext:
    """Paper is white, whatever theme the window wears."""
    context = QAbstractTextDocumentLayout.PaintContext()
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, QColor(LIGHT.text))
    context.palette = palette
    return context


def qr_picture(svg: str) -> QImage:
    """A QR code drawn as SVG, as a picture that a printer does not blur."""
    picture = QImage(_QR_PIXELS, _QR_PIXELS, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(svg.encode())).render(painter)
    painter.end()
    return picture

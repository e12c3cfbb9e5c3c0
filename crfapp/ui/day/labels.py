"""A sheet of labels for the lesions of one subject, as a PDF to print and cut."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument

from crfapp.present.texts import isolated
from crfapp.ui.paper import POINTS_PER_MM, qr_picture, write_pdf
from crfapp.ui.theme import LIGHT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from crfapp.present.lesion_labels import LesionLabel
    from crfapp.present.texts import Texts

_SIDE_MM = 18
_A_ROW = 2
COPIES = 4
"""So many of each stand on the sheet: for the photographs, the tray, the time-out, and one to spare."""


def print_labels(labels: Sequence[LesionLabel], target: Path, say: Texts) -> None:
    """Write the sheet. FOLDER_REFUSED or DISK_FULL where it cannot be written."""
    document = QTextDocument()
    side = round(_SIDE_MM * POINTS_PER_MM)
    cells = []
    for number, label in enumerate(labels):
        name = f"qr{number}"
        document.addResource(QTextDocument.ResourceType.ImageResource, QUrl(name), qr_picture(label.drawing))
        cells += [_cell(label, name, side)] * COPIES
    rows = [cells[place : place + _A_ROW] for place in range(0, len(cells), _A_ROW)]
    table = "".join(f"<tr>{''.join(row)}</tr>" for row in rows)
    write_pdf(
        document,
        f"<h1>{escape(say('Labels of lesions'))}</h1>"
        f'<table cellspacing="0" cellpadding="8" border="1" width="100%" '
        f'style="border-collapse:collapse;border-color:{LIGHT.line}">{table}</table>',
        target,
        say,
    )


def _cell(label: LesionLabel, name: str, side: int) -> str:
    words = (
        f'<span style="font-size:16px;font-weight:600">{escape(isolated(label.code))}</span><br>'
        f"{escape(label.role)}<br>{escape(label.place)}"
    )
    return f'<td width="{side}"><img src="{name}" width="{side}" height="{side}"></td><td>{words}</td>'

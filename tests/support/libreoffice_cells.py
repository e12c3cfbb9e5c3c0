"""Run by the system's Python, which has UNO: open a workbook in LibreOffice, write its cells as JSON.

Usage: libreoffice_cells.py PORT FILE OUT [SHEET ...], the password on standard input. Exit 3: the
office is not there (yet); exit 4: it refuses to open the file. OUT holds
``{sheet: [[cell, ...], ...]}``, where a cell is null, ["text", text], ["number", number, format] or
["formula", formula].
"""

from __future__ import annotations

import json
import sys
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import DisposedException, IllegalArgumentException
from com.sun.star.table.CellContentType import EMPTY, FORMULA, TEXT


def desktop_at(port: str) -> Any:
    """The running office's desktop; exit 3 if nobody answers."""
    here = uno.getComponentContext()
    resolver = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", here)
    try:
        there = resolver.resolve(f"uno:socket,host=127.0.0.1,port={port};urp;StarOffice.ComponentContext")
    except (NoConnectException, DisposedException):
        sys.exit(3)
    return there.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", there)


def opened(desktop: Any, path: str, password: str) -> Any:
    """The document, hidden, without macros; exit 4 if it does not open."""
    wishes = {"Hidden": True, "ReadOnly": True, "MacroExecutionMode": 0, "Password": password}
    properties = tuple(PropertyValue(Name=name, Value=value) for name, value in wishes.items())
    try:
        document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(path), "_blank", 0, properties)
    except IllegalArgumentException:
        document = None
    if document is None:
        sys.exit(4)
    return document


def cell_as_found(cell: Any, formats: Any) -> list[object] | None:
    """One cell as JSON can say it."""
    if cell.Type == EMPTY:
        return None
    if cell.Type == FORMULA:
        return ["formula", cell.Formula]
    if cell.Type == TEXT:
        return ["text", cell.String]
    return ["number", cell.Value, formats.getByKey(cell.NumberFormat).FormatString]


def sheet_as_found(sheet: Any, formats: Any) -> list[list[list[object] | None]]:
    """All rows of the used area."""
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    last = cursor.RangeAddress
    return [
        [cell_as_found(sheet.getCellByPosition(column, row), formats) for column in range(last.EndColumn + 1)]
        for row in range(last.EndRow + 1)
    ]


def main() -> None:
    """Open, dump, close."""
    port, path, out, *wanted = sys.argv[1:]
    document = opened(desktop_at(port), path, sys.stdin.read())
    try:
        formats = document.NumberFormats
        chosen = [sheet for sheet in document.Sheets if not wanted or sheet.Name in wanted]
        found = {sheet.Name: sheet_as_found(sheet, formats) for sheet in chosen}
    finally:
        document.close(True)
    with open(out, "w", encoding="utf-8", errors="surrogatepass") as file:
        json.dump(found, file)


if __name__ == "__main__":
    main()

"""The fixed parts of a workbook file (ECMA-376 part 1, 12.3 and 18): types, relations, styles, properties."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crfapp.exchange.cell_xml import MOST_DECIMALS, Style, column_letters
from crfapp.exchange.workbook_text import to_xml

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from crfapp.exchange.sheets import Column

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_FORMATS = {
    Style.DATE: "yyyy\\-mm\\-dd",
    Style.MOMENT: "yyyy\\-mm\\-dd\\ hh:mm",
    Style.MOMENT_SECONDS: "yyyy\\-mm\\-dd\\ hh:mm:ss",
    Style.MOMENT_MILLIS: "yyyy\\-mm\\-dd\\ hh:mm:ss.000",
    Style.TIME: "hh:mm",
    Style.TIME_SECONDS: "hh:mm:ss",
    Style.TIME_MILLIS: "hh:mm:ss.000",
}
_FIRST_OWN_FORMAT = 164
_FORMAT_TEXT = 49
_FORMAT_INTEGER = 1


@dataclass(frozen=True, slots=True)
class Properties:
    """What the file says about itself. ``created`` is aware; ``version`` is the software's."""

    title: str
    creator: str
    created: datetime
    version: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One sheet of the file as it was written: its name there, its size with the header, its number."""

    name: str
    rows: int
    columns: int


def content_types(sheets: int) -> str:
    """``[Content_Types].xml``."""
    sheet = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for n in range(1, sheets + 1)
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>{sheet}'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
        '<Override PartName="/docProps/core.xml"'
        ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        '<Override PartName="/docProps/app.xml"'
        ' ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>'
    )


def _relations(targets: Iterable[tuple[str, str]]) -> str:
    each = "".join(
        f'<Relationship Id="rId{n}" Type="{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{each}</Relationships>'


def root_relations() -> str:
    """``_rels/.rels``."""
    return _relations(
        (
            (f"{_OFFICE}/relationships/officeDocument", "xl/workbook.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            (f"{_OFFICE}/relationships/extended-properties", "docProps/app.xml"),
        )
    )


def workbook_relations(sheets: int) -> str:
    """``xl/_rels/workbook.xml.rels``: the sheets first, so that sheet n is rIdn."""
    kinds = [(f"{_OFFICE}/relationships/worksheet", f"worksheets/sheet{n}.xml") for n in range(1, sheets + 1)]
    return _relations([*kinds, (f"{_OFFICE}/relationships/styles", "styles.xml")])


def workbook_xml(parts: Sequence[Part]) -> str:
    """``xl/workbook.xml``: the list of sheets, and the hidden names that Excel wants for filters."""
    sheets = "".join(
        f'<sheet name="{_attribute(part.name)}" sheetId="{n}" r:id="rId{n}"/>'
        for n, part in enumerate(parts, start=1)
    )
    filters = "".join(
        f'<definedName name="_xlnm._FilterDatabase" localSheetId="{n}" hidden="1">'
        f"{_absolute(part)}</definedName>"
        for n, part in enumerate(parts)
    )
    return (
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}/relationships"><workbookPr/>'
        f'<bookViews><workbookView activeTab="0"/></bookViews><sheets>{sheets}</sheets>'
        f"<definedNames>{filters}</definedNames></workbook>"
    )


def _absolute(part: Part) -> str:
    quoted = to_xml("'" + part.name.replace("'", "''") + "'")
    return f"{quoted}!$A$1:${column_letters(part.columns)}${part.rows}"


def _attribute(text: str) -> str:
    return to_xml(text).replace('"', "&quot;")


def core_properties(properties: Properties) -> str:
    """``docProps/core.xml``."""
    created = properties.created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{to_xml(properties.title)}</dc:title><dc:creator>{to_xml(properties.creator)}</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{created}</dcterms:created></cp:coreProperties>'
    )


def app_properties(properties: Properties) -> str:
    """``docProps/app.xml``."""
    version = to_xml(properties.version)
    return (
        f'{_HEAD}<Properties xmlns="{_OFFICE}/extended-properties">'
        f"<Application>{to_xml(f'crfapp {version}'.strip())}</Application></Properties>"
    )


def styles_xml() -> str:
    """``xl/styles.xml``: the table that :class:`crfapp.exchange.cell_xml.Style` counts."""
    own = [*_FORMATS.values(), *("0." + "0" * k for k in range(1, MOST_DECIMALS + 1))]
    formats = "".join(
        f'<numFmt numFmtId="{_FIRST_OWN_FORMAT + n}" formatCode="{code}"/>' for n, code in enumerate(own)
    )
    text = [(_FORMAT_TEXT, 0, 0), (_FORMAT_TEXT, 0, 1), (0, 0, 0), (0, 0, 1)]
    moments = [(_FIRST_OWN_FORMAT + n, 0, 0) for n in range(len(_FORMATS))]
    decimals = [(_FIRST_OWN_FORMAT + len(_FORMATS) + k, 0, 0) for k in range(MOST_DECIMALS)]
    table = [(0, 0, 0), (_FORMAT_TEXT, 1, 0), *text, *moments, (_FORMAT_INTEGER, 0, 0), *decimals]
    return (
        f'{_HEAD}<styleSheet xmlns="{_MAIN}"><numFmts count="{len(own)}">{formats}</numFmts>'
        '<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>'
        '<fills count="3"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill>'
        '<fill><patternFill patternType="solid"><fgColor rgb="FFE8EEF4"/><bgColor indexed="64"/>'
        "</patternFill></fill>"
        '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(table)}">{"".join(_style(*each) for each in table)}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def _style(number_format: int, header: int, quoted: int) -> str:
    fill = ' applyFill="1" applyFont="1"' if header else ""
    quote = ' quotePrefix="1"' if quoted else ""
    return (
        f'<xf numFmtId="{number_format}" fontId="{header}" fillId="{2 * header}" borderId="0" xfId="0"'
        f' applyNumberFormat="1"{fill}{quote}/>'
    )


def sheet_head(columns: Sequence[Column], rows: int | None, *, right_to_left: bool, selected: bool) -> str:
    """A worksheet up to its rows: frozen header, widths, and its size if ``rows`` (header too) is known."""
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{column.shown_width}" customWidth="1"/>'
        for n, column in enumerate(columns, start=1)
    )
    mirrored = ' rightToLeft="1"' if right_to_left else ""
    active = ' tabSelected="1"' if selected else ""
    area = f"A1:{column_letters(len(columns))}{rows}"
    size = "" if rows is None else f'<dimension ref="{area}"/>'
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}">{size}<sheetViews>'
        f'<sheetView{mirrored}{active} workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        '<selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{widths}</cols><sheetData>'
    )


def header_row(columns: Sequence[Column]) -> str:
    """Row 1: the names of the columns; their labels stand in the dictionary."""
    cells = "".join(
        f'<c r="{column_letters(n)}1" t="inlineStr" s="{Style.HEADER}">'
        f'<is><t xml:space="preserve">{to_xml(column.name)}</t></is></c>'
        for n, column in enumerate(columns, start=1)
    )
    return f'<row r="1">{cells}</row>'


def sheet_foot(part: Part) -> str:
    """A worksheet behind its rows: the filter, and no green corners on numbers that are text on purpose."""
    area = f"A1:{column_letters(part.columns)}{part.rows}"
    return (
        f'</sheetData><autoFilter ref="{area}"/>'
        f'<ignoredErrors><ignoredError sqref="{area}" numberStoredAsText="1"/></ignoredErrors></worksheet>'
    )

"""The data dictionary of a study pack as a plain workbook: it holds definitions, no answers of anybody."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.exchange.dictionary_sheets import codelists_sheet
from crfapp.exchange.study_sheets import (
    checks_sheet,
    forms_sheet,
    items_sheet,
    order_sheet,
    parameters_sheet,
    study_sheet,
    visits_sheet,
)
from crfapp.exchange.study_words import StudyWords
from crfapp.exchange.workbook import write_workbook
from crfapp.exchange.workbook_check import compare
from crfapp.exchange.workbook_parts import Properties

if TYPE_CHECKING:
    from datetime import datetime

    from crfapp.study.study import Study
    from crfapp.work.sentences import Say

_RIGHT_TO_LEFT = frozenset({"ar"})


@dataclass(frozen=True, slots=True)
class DictionaryFile:
    """The workbook's bytes, and how much it holds."""

    content: bytes
    sheets: int
    rows: int


def dictionary_workbook(
    study: Study, say: Say, language: str, made: datetime, software: str
) -> DictionaryFile:
    """Write the workbook, read it back and compare it with the sheets; IntegrityProblem WORKBOOK_DIFFERS."""
    words = StudyWords(study, language=language, say=say)
    sheets = (
        study_sheet(words),
        parameters_sheet(words),
        visits_sheet(words),
        forms_sheet(words),
        items_sheet(words),
        codelists_sheet(words),
        checks_sheet(words),
        order_sheet(words),
    )
    head, out = study.head, io.BytesIO()
    title = f"{head.registration or head.study} {head.version}"
    properties = Properties(title, head.sponsor or head.study, made, software)
    written = write_workbook(sheets, out, properties=properties, right_to_left=language in _RIGHT_TO_LEFT)
    content = out.getvalue()
    compare(sheets, written, content, on_row=lambda _sheet, _row: None)
    return DictionaryFile(content, len(written.parts), written.rows)

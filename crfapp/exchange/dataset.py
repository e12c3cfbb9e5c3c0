"""The one tabular view of a site (DESIGN section 6): what a workbook, and later other exports, hold.

Everything is read subject by subject and again for each pass, so memory does not grow with the site.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.exchange.audit_sheet import audit_sheet
from crfapp.exchange.dictionary_sheets import codelists_sheet, dictionary_sheet
from crfapp.exchange.form_sheets import form_sheets
from crfapp.exchange.photograph_sheets import outlines_sheet, photographs_sheet
from crfapp.exchange.query_sheets import queries_sheet
from crfapp.exchange.reading_sheets import reading_sheets
from crfapp.exchange.signature_sheet import signatures_sheet
from crfapp.exchange.status_sheets import forms_sheet
from crfapp.exchange.subject_sheets import cover_sheet, subjects_sheet, visits_sheet
from crfapp.exchange.verification_sheet import sdv_sheet

if TYPE_CHECKING:
    from crfapp.exchange.sheets import Sheet
    from crfapp.exchange.site_data import SiteData

WITHOUT_SUBJECTS = frozenset({"Signatures", "Dictionary", "Codelists", "Readings", "Agreement"})
"""Sheets that do not go through the subjects."""


def sheets_of(data: SiteData) -> tuple[Sheet, ...]:
    """All sheets in their order. Nothing is read before a sheet's ``rows`` are asked for."""
    return (
        cover_sheet(data),
        subjects_sheet(data),
        visits_sheet(data),
        forms_sheet(data),
        *form_sheets(data),
        queries_sheet(data),
        sdv_sheet(data),
        signatures_sheet(data),
        audit_sheet(data),
        photographs_sheet(data),
        outlines_sheet(data),
        *reading_sheets(data),
        dictionary_sheet(data),
        codelists_sheet(data),
    )

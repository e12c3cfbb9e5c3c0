"""A study pack on paper and as a data dictionary: content, drawing and file put together."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from crfapp import __version__
from crfapp.bootstrap.ground import SystemClock, translations_folder
from crfapp.cli.parts import DictionaryReport, PaperReport
from crfapp.exchange.whole_file import put_whole, refuse_existing
from crfapp.present.texts import Texts

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.cli.parts import PaperWish
    from crfapp.present.paper.blocks import Booklet
    from crfapp.study.study import Study


def print_crf(study: Study, wish: PaperWish) -> PaperReport:
    """Write the case report form as a PDF; EXPORT_EXISTS and the like before anything is drawn."""
    refuse_existing(wish.out)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from crfapp.exchange.pdf_outline import with_outline
    from crfapp.present.paper.booklet import crf_booklet
    from crfapp.present.paper.questions import Making
    from crfapp.ui.booklet.printing import print_booklet

    say = Texts(wish.language, translations_folder())
    booklet = crf_booklet(Making(study, say, wish.language, wish.annotated), wish.forms)
    printed = print_booklet(booklet)
    pdf = with_outline(
        printed.pdf, printed.bookmarks, language=wish.language, right_to_left=booklet.right_to_left
    )
    return PaperReport(str(wish.out), put_whole(wish.out, pdf), printed.pages)


def put_booklet(booklet: Booklet, out: Path) -> str:
    """Put a booklet down as a PDF; its SHA-256. EXPORT_EXISTS and the like before anything is drawn."""
    return put_pages(booklet, out)[0]


def put_pages(booklet: Booklet, out: Path, *more: Booklet) -> tuple[str, int]:
    """The same, with the number of its pages; ``more`` are the same in other languages, behind it."""
    refuse_existing(out)
    from crfapp.exchange.pdf_outline import with_outline
    from crfapp.ui.booklet.printing import print_booklet

    printed = print_booklet(booklet, *more)
    marks, direction = printed.bookmarks, booklet.right_to_left
    pdf = with_outline(printed.pdf, marks, language=booklet.language, right_to_left=direction)
    return put_whole(out, pdf), printed.pages


def write_dictionary(study: Study, wish: PaperWish) -> DictionaryReport:
    """Write the data dictionary as a workbook; EXPORT_EXISTS and the like before anything is written."""
    refuse_existing(wish.out)
    from crfapp.exchange.study_dictionary import dictionary_workbook

    say = Texts(wish.language, translations_folder())
    made = dictionary_workbook(study, say, wish.language, SystemClock().now(), __version__)
    digest = put_whole(wish.out, made.content)
    return DictionaryReport(str(wish.out), digest, made.sheets, made.rows)

"""Casebooks of an open site as PDFs: one subject after another, each at one instant, and on record."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp import __version__
from crfapp.base.problems import Code, IntegrityProblem, RefusedError
from crfapp.bootstrap.ground import translations_folder
from crfapp.bootstrap.sites import LedgerReader
from crfapp.exchange.confidential import NothingStays
from crfapp.exchange.photograph_list import photographs_of_subject
from crfapp.exchange.site_data import Making, SiteData, Snapshot
from crfapp.exchange.whole_file import refuse_existing
from crfapp.ledger.events import End
from crfapp.ledger.state import SubjectRow
from crfapp.present.paper.blocks import Picture
from crfapp.present.texts import Texts
from crfapp.present.words import ROLES
from crfapp.present.workplace import Workplace
from crfapp.store.engine import reading
from crfapp.store.event_log import EventLog
from crfapp.store.tables import SqlTables
from crfapp.work.handing_over import NoteFiles
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.present.paper.blocks import Booklet
    from crfapp.work.roles import Actor


_SHOWN = 640
"""Pixels along the longer side of a photograph in a casebook."""


@dataclass(frozen=True, slots=True)
class MadeCasebook:
    """A casebook that lies there and is on record."""

    path: Path
    sha256: str
    pages: int
    subject: str


def subjects_named(opened: OpenSite, numbers: Sequence[str]) -> list[SubjectRow]:
    """The subjects of these numbers, everybody where none is named; UNKNOWN_SUBJECT."""
    rows = sorted(opened.desk.tables.find(SubjectRow), key=lambda row: row.number)
    if not numbers:
        return rows
    by_number = {row.number: row for row in rows}
    for number in numbers:
        if number not in by_number:
            raise RefusedError(Code.UNKNOWN_SUBJECT, subject=number)
    return [by_number[number] for number in numbers]


def file_name(opened: OpenSite, subject: SubjectRow, *, whole: bool) -> str:
    """``nct06813027_JO01-003_casebook.pdf``; ``-whole`` where it holds what stays at the site."""
    kind = "casebook-whole" if whole else "casebook"
    return f"{opened.desk.site.study}_{subject.number}_{kind}.pdf"


def may_make(actor: Actor, *, whole: bool) -> bool:
    """Whoever hands data over; with what stays at the site only people of the site."""
    own = actor.may(Right.RECORD) or actor.may(Right.OVERSEE)
    return actor.may(Right.EXPORT) and (own or not whole)


def make_casebook(
    opened: OpenSite,
    actor: Actor,
    subject: SubjectRow,
    out: Path,
    *,
    language: str = "en",
    whole: bool = False,
) -> MadeCasebook:
    """Write one casebook as ``out`` and put it on record; NOT_ALLOWED, EXPORT_EXISTS, DISK_FULL and the like.

    What is not on record has not been handed over: then no file stays.
    """
    if not may_make(actor, whole=whole):
        raise RefusedError(Code.NOT_ALLOWED)
    refuse_existing(out)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from crfapp.bootstrap.papers import put_pages

    digest, pages = put_pages(casebook_of(opened, actor, subject, language=language, whole=whole), out)
    what = f"casebook {subject.number}" + (", whole" if whole else "")
    try:
        opened.bus.send(NoteFiles(what=what, file=out.name, sha256=digest, count=pages), actor)
    except BaseException:
        out.unlink(missing_ok=True)
        raise
    return MadeCasebook(out, digest, pages, subject.number)


def casebook_of(
    opened: OpenSite, actor: Actor, subject: SubjectRow, *, language: str, whole: bool
) -> Booklet:
    """The pages of one casebook, all read at one instant."""
    from crfapp.present.paper.casebook.booklet import casebook_booklet
    from crfapp.present.paper.casebook.reading import Wish

    say, log = Texts(language, translations_folder()), EventLog()
    with reading(opened.store.engine) as db:
        snapshot = Snapshot(SqlTables(db), LedgerReader(opened.store, db))
        making = Making(opened.desk.now, f"{actor.name}, {say(ROLES[actor.role.value])}", __version__)
        data = SiteData(snapshot, opened.study_now(), making, language=language, say=say)
        at = Workplace(opened.bus, data.desk, LedgerReader(opened.store, db), actor=actor, texts=say)
        ends = tuple(End(node, *log.head(db, node)) for node in log.nodes(db))
        picture = _Pictures(opened, data, subject, whole=whole).small
        return casebook_booklet(at, data, subject, Wish(whole=whole, ends=ends, picture=picture))


class _Pictures:
    """A subject's photographs in small: as they are in a casebook that stays, else as they leave."""

    def __init__(self, opened: OpenSite, data: SiteData, subject: SubjectRow, *, whole: bool) -> None:
        self._kept, self._whole = opened.photographs, whole
        if whole:
            data.confidential = NothingStays(data.study)
        self._listed = {one.row.photograph: one for one in photographs_of_subject(data, subject)}

    def small(self, photograph: str) -> Picture | None:
        """One of them; None where it is not here, or may not leave yet."""
        one = self._listed.get(photograph)
        if one is None or (one.state and not self._whole):
            return None
        from crfapp.pictures.showing import upright

        try:
            if self._whole:
                return Picture(self._kept.small(photograph, _SHOWN), one.name)
            return Picture(upright(self._kept.for_others(photograph, one.boxes), _SHOWN), one.name)
        except (IntegrityProblem, RefusedError):
            return None

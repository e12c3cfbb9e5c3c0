"""Handing a workbook over from an open site, and recording that it was, or that it could not be."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from crfapp import __version__
from crfapp.base.passwords import password_problem
from crfapp.base.problems import AppProblem, Code, RefusedError
from crfapp.bootstrap.ground import translations_folder
from crfapp.bootstrap.sites import LedgerReader, OpenSite
from crfapp.cli import parts as cli
from crfapp.exchange.export_workbook import export_workbook
from crfapp.exchange.office_encryption import SHORTEST_PASSWORD
from crfapp.exchange.site_data import Making, SiteData, Snapshot
from crfapp.present.texts import Texts
from crfapp.present.words import ROLES
from crfapp.store.engine import reading
from crfapp.store.tables import SqlTables
from crfapp.work.handing_over import NoteExportFailed, NoteWorkbook
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crfapp.exchange.export_workbook import ExportReport
    from crfapp.work.roles import Actor


@contextmanager
def snapshot_of(opened: OpenSite) -> Iterator[Snapshot]:
    """One unchanging view of the site, on a connection of its own; also for a thread of its own."""
    with reading(opened.store.engine) as db:
        yield Snapshot(SqlTables(db), LedgerReader(opened.store, db))


@contextmanager
def site_data(opened: OpenSite, actor: Actor, language: str) -> Iterator[SiteData]:
    """The site as sheets read it, at one instant."""
    say = Texts(language, translations_folder())
    with snapshot_of(opened) as snapshot:
        making = Making(opened.desk.now, f"{actor.name}, {say(ROLES[actor.role.value])}", __version__)
        yield SiteData(snapshot, opened.study_now(), making, language=language, say=say)


def _refuse_weak(opened: OpenSite, actor: Actor, password: str) -> None:
    site = opened.desk.site
    names = (opened.desk.study.head.study, site.code, site.name, actor.login)
    weak = password_problem(password, forbidden=names, shortest=SHORTEST_PASSWORD)
    if weak is not None:
        raise RefusedError(weak)


def note(opened: OpenSite, actor: Actor, report: ExportReport) -> None:
    """Record a workbook that was handed over."""
    opened.bus.send(
        NoteWorkbook(
            file=report.path.name,
            sha256=report.sha256,
            sheets=report.sheets,
            rows=report.rows,
            cells=report.cells,
            subjects=report.subjects,
        ),
        actor,
    )


def export_from(
    opened: OpenSite, actor: Actor, target: Path, password: str, language: str
) -> cli.ExportReport:
    """Hand a workbook over for the command line, under the conditions that the window sets too.

    NOT_ALLOWED, PASSWORD_TOO_SHORT and the like come before anything is written.
    """
    if not actor.may(Right.EXPORT):
        raise RefusedError(Code.NOT_ALLOWED)
    _refuse_weak(opened, actor, password)
    try:
        with site_data(opened, actor, language) as data:
            report = export_workbook(data, target, password, progress=lambda *_: None)
    except AppProblem as problem:
        opened.bus.send(NoteExportFailed(code=problem.code.value), actor)
        raise
    try:
        note(opened, actor, report)
    except BaseException:
        report.path.unlink(missing_ok=True)  # what is not on record has not been handed over
        raise
    return cli.ExportReport(str(report.path), report.sha256, report.sheets, report.rows, report.cells)

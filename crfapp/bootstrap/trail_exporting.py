"""Taking the trail out of an open site, and recording that it was, or that it could not be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

from crfapp.base.problems import AppProblem, Code, RefusedError
from crfapp.bootstrap.exporting import site_data
from crfapp.bootstrap.ground import translations_folder
from crfapp.bootstrap.sites import LedgerReader
from crfapp.cli.parts import TrailReport
from crfapp.exchange.trail_file import write_trail
from crfapp.ledger.trail import matches, trail_row
from crfapp.present.audit_filter import AuditFilter
from crfapp.present.texts import Texts
from crfapp.present.workplace import Workplace
from crfapp.store.trail import SqlTrail
from crfapp.work.reviewing import NoteTrailExported, NoteTrailFailed
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from crfapp.bootstrap.sites import OpenSite
    from crfapp.cli.parts import TrailWish
    from crfapp.work.roles import Actor


def trail_from(opened: OpenSite, actor: Actor, wish: TrailWish) -> TrailReport:
    """Write the trail for the command line, under the conditions that the window sets too.

    NOT_ALLOWED, and UnreadableWishError where a filter names nothing, come before anything is written.
    """
    if not actor.may(Right.REVIEW):
        raise RefusedError(Code.NOT_ALLOWED)
    texts = Texts(wish.language, translations_folder())
    at = Workplace(opened.bus, opened.desk, LedgerReader(opened.store), actor=actor, texts=texts)
    filters = AuditFilter(at, SqlTrail(opened.store.engine))
    wanted, scope = filters.read(wish.filter), filters.words(wish.filter, "")
    kind = cast("Literal['xlsx', 'csv', 'jsonl']", wish.format)
    try:
        with site_data(opened, actor, wish.language) as data:
            file = write_trail(
                data,
                wish.out,
                kind,
                wanted=lambda record: matches(wanted, trail_row(record)),
                progress=lambda *_: None,
            )
    except AppProblem as problem:
        opened.bus.send(NoteTrailFailed(code=problem.code.value), actor)
        raise
    note = NoteTrailExported(
        file=file.path.name, sha256=file.sha256, format=kind, rows=file.rows, filter=scope
    )
    try:
        opened.bus.send(note, actor)
    except BaseException:
        file.path.unlink(missing_ok=True)  # what is not on record has not left
        raise
    return TrailReport(str(file.path), file.sha256, file.rows)

"""A report to the sponsor at an open site: its PDF, and the encrypted package that carries it (REQ-920)."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from crfapp import __version__
from crfapp.bootstrap.ground import translations_folder
from crfapp.bootstrap.packing import make_package
from crfapp.bootstrap.sites import LedgerReader
from crfapp.exchange.package.ports import View
from crfapp.exchange.site_data import Making, SiteData, Snapshot
from crfapp.exchange.whole_file import refuse_existing
from crfapp.ledger.state import SubjectRow
from crfapp.present.notice_desk import MadeNotice
from crfapp.present.paper.casebook.reading import Reading, Wish
from crfapp.present.paper.notice import notice_booklet
from crfapp.present.texts import Texts
from crfapp.present.words import ROLES
from crfapp.present.workplace import Workplace
from crfapp.store.engine import reading
from crfapp.store.tables import SqlTables
from crfapp.work.handing_over import NoteFiles

if TYPE_CHECKING:
    from typing import BinaryIO

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.present.notice_desk import NoticeWish
    from crfapp.present.paper.blocks import Booklet
    from crfapp.work.roles import Actor


def make_notice(opened: OpenSite, actor: Actor, wish: NoticeWish) -> MadeNotice:
    """Write the PDF as ``wish.target`` and put it on record; then the package, if somebody is to get one.

    EXPORT_EXISTS, DISK_FULL and the like; what is not on record leaves no file. What
    :func:`crfapp.bootstrap.packing.make_package` refuses leaves the PDF, which may be sent by itself.
    """
    refuse_existing(wish.target)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from crfapp.bootstrap.papers import put_pages

    first, *more = [notice_of(opened, actor, wish, language) for language in wish.languages]
    digest, pages = put_pages(first, wish.target, *more)
    one = wish.occasion
    try:
        what = f"report {one.notice} {wish.number}"
        opened.bus.send(NoteFiles(what=what, file=wish.target.name, sha256=digest, count=pages), actor)
    except BaseException:
        wish.target.unlink(missing_ok=True)
        raise
    if not wish.recipient:
        return MadeNotice(wish.target, digest, pages)
    content = wish.target.read_bytes()

    def write(file: BinaryIO) -> None:
        file.write(content)

    view = View(f"reports/{one.notice}-{one.number or '1'}-{wish.number}.pdf", write, stored=True)
    made = make_package(opened, actor, wish.recipient, views=(view,))
    return MadeNotice(wish.target, digest, pages, made.package, made.path.name)


def notice_of(opened: OpenSite, actor: Actor, wish: NoticeWish, language: str) -> Booklet:
    """The pages in one language, all read at one instant; what stays at the site is left out."""
    say = Texts(language, translations_folder())
    with reading(opened.store.engine) as db:
        snapshot = Snapshot(SqlTables(db), LedgerReader(opened.store, db))
        making = Making(opened.desk.now, f"{actor.name}, {say(ROLES[actor.role.value])}", __version__)
        data = SiteData(snapshot, opened.study_now(), making, language=language, say=say)
        at = Workplace(opened.bus, data.desk, LedgerReader(opened.store, db), actor=actor, texts=say)
        row = at.tables.get(SubjectRow, wish.occasion.key.subject)
        if row is None:
            raise RuntimeError("a report is about a subject of the site")
        return notice_booklet(Reading(at, data, row, Wish()), wish.occasion, wish.number)

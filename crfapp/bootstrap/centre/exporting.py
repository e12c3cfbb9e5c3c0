"""What a centre hands out: the data of its sites, each written, read back and compared (REQ-501).

Workbook, CSV and ODM say the same as at the site, made by the same code from the centre's part. The state
file is for the site: with it the site compares, without the centre's help, whether the centre still has what
it got.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, NamedTuple

from crfapp import __version__
from crfapp.base.passwords import password_problem
from crfapp.base.problems import Code, RefusedError
from crfapp.base.times import utc_stamp
from crfapp.bootstrap.centre.standing import travels
from crfapp.bootstrap.exporting import site_data
from crfapp.bootstrap.sites import LedgerReader
from crfapp.exchange.centre_views import Handed, HandedOut
from crfapp.exchange.csv_files import write_csv_folder
from crfapp.exchange.export_workbook import export_workbook
from crfapp.exchange.odm.document import write_odm_file
from crfapp.exchange.office_encryption import SHORTEST_PASSWORD
from crfapp.exchange.quarantine import fingerprint_of
from crfapp.exchange.site_data import Snapshot
from crfapp.exchange.state import state_rows
from crfapp.exchange.state_file import StateHead, write_state_file
from crfapp.exchange.travel import Travelled
from crfapp.exchange.whole_file import disk_named, put_whole
from crfapp.ledger.events import End
from crfapp.store.engine import reading
from crfapp.store.event_log import EventLog
from crfapp.store.tables import SqlTables
from crfapp.work.handing_over import NoteWorkbook
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.bootstrap.centre.home import Centre
    from crfapp.bootstrap.sites import OpenSite
    from crfapp.exchange.centre_views import CentreSite, HandingWish
    from crfapp.exchange.site_data import SiteData


def hand_out(centre: Centre, sites: list[CentreSite], wish: HandingWish) -> list[HandedOut]:
    """Write a file or folder for each site into a new folder; that each was handed out is on record.

    NOT_ALLOWED; PASSWORD_TOO_SHORT and the like, EXPORT_EXISTS where one is there: nothing is overwritten.
    Sites of which nothing came yet are passed over.
    """
    if not centre.actor.may(Right.EXPORT):
        raise RefusedError(Code.NOT_ALLOWED, role=centre.actor.role.value, needs=Right.EXPORT.value)
    if wish.form is Handed.WORKBOOK:
        weak = password_problem(wish.password, forbidden=(centre.mark.name,), shortest=SHORTEST_PASSWORD)
        if weak is not None:
            raise RefusedError(weak)
    with disk_named(wish.out.parent):
        wish.out.mkdir(exist_ok=True, mode=0o700)
    done = []
    for site in sites:
        if centre.parts.has(site.site):
            with centre.part(site.site) as part:
                done.append(_handed(centre, site, part, wish))
    return done


def write_transit(centre: Centre, part: OpenSite, out: Path) -> int:
    """Write when each event was told, stored, exported and taken in, as CSV; how many events (REQ-402).

    NOT_ALLOWED, EXPORT_EXISTS. No answer stands in it; that it was handed out is on record.
    """
    if not centre.actor.may(Right.EXPORT):
        raise RefusedError(Code.NOT_ALLOWED, role=centre.actor.role.value, needs=Right.EXPORT.value)
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\r\n")
    lines.writerow(Travelled._fields)
    count = 0
    for event in travels(part):
        lines.writerow(event)
        count += 1
    digest = put_whole(out, text.getvalue().encode("utf-8-sig"))
    note = NoteWorkbook(file=out.name, sha256=digest, sheets=1, rows=count, cells=0, subjects=0)
    centre.home.bus.send(note, centre.actor)
    return count


class _Written(NamedTuple):
    """A file or folder, its SHA-256, and what is counted of it."""

    path: Path
    sha256: str
    sheets: int = 0
    rows: int = 0
    cells: int = 0
    subjects: int = 0


def _handed(centre: Centre, site: CentreSite, part: OpenSite, wish: HandingWish) -> HandedOut:
    target = wish.out / f"{site.study}-{site.code}"
    if wish.form is Handed.STATE:
        found = _write_state(part, target.with_name(f"{target.name}.state.jsonl"))
    else:
        with site_data(part, centre.actor, wish.language) as data:
            found = _write_data(data, target, wish)
    note = NoteWorkbook(
        file=found.path.name,
        sha256=found.sha256,
        sheets=found.sheets,
        rows=found.rows,
        cells=found.cells,
        subjects=found.subjects,
    )
    centre.home.bus.send(note, centre.actor)
    return HandedOut(site.code, found.path, found.sha256)


def _write_data(data: SiteData, target: Path, wish: HandingWish) -> _Written:
    if wish.form is Handed.WORKBOOK:
        path = target.with_name(f"{target.name}.xlsx")
        book = export_workbook(data, path, wish.password, progress=lambda *_: None)
        return _Written(path, book.sha256, book.sheets, book.rows, book.cells, book.subjects)
    if wish.form is Handed.CSV:
        path = target.with_name(f"{target.name}-csv")
        folder = write_csv_folder(data, path)
        return _Written(path, folder.sha256, len(folder.files))
    path = target.with_name(f"{target.name}.odm.xml")
    return _Written(path, write_odm_file(data, path).sha256)


def _write_state(part: OpenSite, path: Path) -> _Written:
    site, log = part.desk.site, EventLog()
    with reading(part.store.engine) as db:
        ends = tuple(End(node, *log.head(db, node)) for node in log.nodes(db))
        told = (site.study, part.desk.pack_hash, site.site, site.code)
        head = StateHead(*told, ends, utc_stamp(part.clock.now()), __version__)
        snapshot = Snapshot(SqlTables(db), LedgerReader(part.store, db))
        rows = write_state_file(state_rows(snapshot, part.desk.study), head, path).rows
    return _Written(path, fingerprint_of(path)[0], rows=rows)

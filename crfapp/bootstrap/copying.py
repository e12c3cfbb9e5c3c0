"""The certified copy of a site, by one click or by the program before a package leaves (REQ-502, 503)."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from crfapp import __version__
from crfapp.base.passwords import password_problem
from crfapp.base.problems import Code, IntegrityProblem, RefusedError
from crfapp.bootstrap.ground import program_folder, translations_folder
from crfapp.bootstrap.node_keys import node_key
from crfapp.bootstrap.sites import LedgerReader
from crfapp.exchange.confidential import NothingStays
from crfapp.exchange.copy import container
from crfapp.exchange.copy.parts import Source, Written, write_parts
from crfapp.exchange.copy.reading import parts_of
from crfapp.exchange.copy.site_code import site_code
from crfapp.exchange.copy.viewer import viewer_page
from crfapp.exchange.office_encryption import SHORTEST_PASSWORD
from crfapp.exchange.openpgp import sign
from crfapp.exchange.site_data import Making, SiteData, Snapshot
from crfapp.exchange.state import state_hash
from crfapp.exchange.whole_file import beside, disk_named, give_name, put_whole, refuse_existing
from crfapp.ledger.events import End
from crfapp.ledger.state import CopyRow, PhotographRow
from crfapp.present.texts import Texts
from crfapp.present.words import ROLES
from crfapp.store.engine import reading
from crfapp.store.event_log import EventLog
from crfapp.store.plain_copy import plain_database, schema_text
from crfapp.store.tables import SqlTables
from crfapp.work.own_copies import copy_is_fresh
from crfapp.work.packages import NoteCopy, ReviewCopy
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.store.engine import Db
    from crfapp.work.roles import Actor

FOLDER = "copies"
"""Where copies lie that the program makes before a package, inside the site's folder."""
KEPT = 3
"""So many of the copies that the program makes before packages stay; each holds what those before held."""
READER = "open-copy.html"
_ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "image/heic": ".heic"}


@dataclass(frozen=True, slots=True)
class MadeCopy:
    """A copy that was made: the file and its SHA-256, the state it holds, rows by table.

    ``opens_with`` is ``code`` of the sheet named ``key_name``, or ``password``.
    """

    path: Path
    sha256: str
    state: str
    counts: dict[str, int]
    opens_with: str
    key_name: str


def make_copy(
    opened: OpenSite,
    actor: Actor,
    folder: Path | None = None,
    *,
    password: str | None = None,
    language: str = "en",
) -> MadeCopy:
    """Write everything of the site into one encrypted file, decipher it again, and put it on record.

    It opens with the site's code (:func:`copy_code`), or with a password typed now. ``folder``: where it is
    put, beside the page that opens it; the site's own folder of copies where nothing is said. NOT_ALLOWED,
    weak passwords, EXPORT_EXISTS, DISK_FULL and the like, COPY_DIFFERS: then nothing is left and nothing on
    record.
    """
    if not actor.may(Right.SEND) or (password is not None and not actor.may(Right.OVERSEE)):
        raise RefusedError(Code.NOT_ALLOWED)
    secret = _secret(opened, actor, password)
    return _made(opened, actor, _Wanted(folder or _own_folder(opened), secret, language, whole=True))


def copy_first(opened: OpenSite, actor: Actor) -> MadeCopy | None:
    """Make the site's own copy where none of this very state was made; None where there is one (REQ-503).

    It holds the record alone, so that nobody waits long for a package. Of such copies the newest
    :data:`KEPT` stay here; what was made by hand stays for ever.
    """
    if not actor.may(Right.SEND):
        raise RefusedError(Code.NOT_ALLOWED)
    with reading(opened.store.engine) as db:
        state = state_hash(Snapshot(SqlTables(db), LedgerReader(opened.store, db)), opened.study_now())
    if copy_is_fresh(opened.desk.tables, state):
        return None
    wanted = _Wanted(_own_folder(opened), site_code(opened.store.safe), "en", whole=False)
    made = _made(opened, actor, wanted)
    _make_room(opened)
    return made


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Where a copy goes, what opens it, in which language, and whether it holds the views, too."""

    folder: Path
    secret: container.Secret
    language: str
    whole: bool


def _made(opened: OpenSite, actor: Actor, wanted: _Wanted) -> MadeCopy:
    where, secret = wanted.folder, wanted.secret
    with disk_named(where):
        where.mkdir(parents=True, exist_ok=True, mode=0o700)
    site, now = opened.desk.site, opened.desk.now
    stamp = f"{now.local:%Y%m%d-%H%M%S}-{opened.desk.new_id()[:4]}"  # two may be made in one second
    what = "copy" if wanted.whole else "record"
    target = where / f"{site.study}_{site.code}_{what}_{stamp}.crfcopy"
    refuse_existing(target)
    head = container.new_head(site.study, site.code, now.local.isoformat(timespec="seconds"), secret)
    with beside(target) as part:
        with reading(opened.store.engine) as db:
            source = _source(opened, actor, db, wanted.language)
            written = _write(source, part, wanted, head)
        digest = _digest(part)
        give_name(part, target)
    note = NoteCopy(
        file=target.name, sha256=digest, state=written.state, ends=source.ends, whole=wanted.whole
    )
    try:
        _put_reader(where, wanted.language)
        opened.bus.send(note, actor)
    except BaseException:
        target.unlink(missing_ok=True)  # what is not on record is no certified copy
        raise
    return MadeCopy(target, digest, written.state, written.counts, secret.sort, secret.name)


def _own_folder(opened: OpenSite) -> Path:
    return opened.store.folder.path / FOLDER


def _make_room(opened: OpenSite) -> None:
    """Take away older copies of the record alone; the new one was deciphered and is on record already.

    A file that cannot be removed now is removed after the next one.
    """
    rows = sorted(opened.desk.tables.find(CopyRow, whole=0), key=lambda row: (row.at, row.file))
    here = [_own_folder(opened) / Path(row.file).name for row in rows]
    for file in [file for file in here if file.is_file()][:-KEPT]:
        with suppress(OSError):
            file.unlink()


def review_copy(opened: OpenSite, actor: Actor, copy: Path, secret: str, *, sha256: str = "") -> str:
    """Open a copy of this site, prove every part of it, and record that the investigator looked through it.

    Its state, where it is one that is on record and, where ``sha256`` is given, that very one: COPY_UNKNOWN
    otherwise. NOT_ALLOWED for whoever is not the investigator, COPY_SECRET_WRONG, COPY_DAMAGED,
    COPY_NOT_WHOLE (REQ-506).
    """
    if not actor.may(Right.OVERSEE):
        raise RefusedError(Code.NOT_ALLOWED)
    digest = _digest(copy)
    row = opened.desk.tables.get(CopyRow, digest)
    if sha256 not in ("", digest):
        raise RefusedError(Code.COPY_UNKNOWN)
    with parts_of(copy, secret) as parts:
        for name in parts.names():
            parts.prove(name)
        state = parts.state()
    if row is None or row.state != state:
        raise RefusedError(Code.COPY_UNKNOWN)
    opened.bus.send(ReviewCopy(sha256=digest), actor)
    return state


def copy_code(opened: OpenSite, actor: Actor) -> container.Secret:
    """The code that opens the copies of this workstation, for the investigator's own folder. NOT_ALLOWED."""
    if not actor.may(Right.OVERSEE):
        raise RefusedError(Code.NOT_ALLOWED)
    return site_code(opened.store.safe)


def _secret(opened: OpenSite, actor: Actor, password: str | None) -> container.Secret:
    if password is None:
        return site_code(opened.store.safe)
    site = opened.desk.site
    names = (site.study, site.code, site.name, actor.login)
    weak = password_problem(password, forbidden=names, shortest=SHORTEST_PASSWORD)
    if weak is not None:
        raise RefusedError(weak)
    return container.Secret(password, "password")


def _write(source: Source, part: Path, wanted: _Wanted, head: container.Head) -> Written:
    """Write the container, and decipher it again; COPY_DIFFERS where it is not what was put in."""
    with disk_named(part.parent), part.open("xb") as file:
        sealing = container.Sealing(file, wanted.secret, head)
        target: Any = sealing
        with ZipFile(target, "w") as packed:
            written = write_parts(source, packed, whole=wanted.whole)
        digest = sealing.close()
        file.flush()
        os.fsync(file.fileno())
    if container.check(part, wanted.secret.text) != digest:
        raise IntegrityProblem(Code.COPY_DIFFERS)
    return written


def _source(opened: OpenSite, actor: Actor, db: Db, language: str) -> Source:
    store, study = opened.store, opened.study_now()
    say = Texts(language, translations_folder())
    snapshot = Snapshot(SqlTables(db), LedgerReader(store, db))
    making = Making(opened.desk.now, f"{actor.name}, {say(ROLES[actor.role.value])}", __version__)
    data = SiteData(snapshot, study, making, language=language, say=say)
    data.confidential = NothingStays(study)
    log, key = EventLog(), node_key(store, store.folder.card.code)
    return Source(
        data=data,
        snapshot=snapshot,
        node=store.workstation.node,
        ends=tuple(End(node, *log.head(db, node)) for node in log.nodes(db)),
        database=lambda about: plain_database(db, dict(about)),
        schema=schema_text(),
        links=lambda: log.read(db),
        contents=lambda: _contents(db),
        photographs=lambda: _photographs(opened),
        viewer=viewer_page(_template(), say, language),
        certificate=key.certificate.armored,
        sign=lambda content: sign(content, key),
    )


def _contents(db: Db) -> Iterator[tuple[str, bytes]]:
    for digest, content in db.execute("SELECT hash, bytes FROM content ORDER BY hash"):
        yield digest, bytes(content)


def _photographs(opened: OpenSite) -> Iterator[tuple[str, bytes]]:
    """Those that are here bit for bit, each named by its sum and its kind."""
    kept = opened.photographs
    for row in sorted(opened.desk.tables.find(PhotographRow), key=lambda row: row.photograph):
        if kept.has_original(row.photograph):
            yield f"{row.photograph}{_ENDINGS[row.media]}", kept.read(row.photograph)


def _put_reader(folder: Path, language: str) -> None:
    """The page that opens copies, beside them; one that is there already stays."""
    if not (folder / READER).exists():
        put_whole(folder / READER, viewer_page(_template(), Texts(language, translations_folder()), language))


def _template() -> str:
    return (program_folder() / "resources" / "copy" / "reader.html").read_text(encoding="utf-8")


def _digest(path: Path) -> str:
    with disk_named(path.parent), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

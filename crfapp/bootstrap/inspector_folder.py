"""What an inspector asks for, in one folder: casebooks, data, people, versions, validation (REQ-910)."""

from __future__ import annotations

import hashlib
import shutil
from typing import TYPE_CHECKING

from crfapp import __version__
from crfapp.base.problems import Code, RefusedError
from crfapp.bootstrap.casebooks import file_name, make_casebook, may_make, subjects_named
from crfapp.bootstrap.exporting import export_from, site_data
from crfapp.bootstrap.ground import program_folder, translations_folder
from crfapp.cli.casebook_parts import InspectorReport
from crfapp.exchange.csv_files import BOM, csv_line, write_csv_folder
from crfapp.exchange.odm.document import write_odm_file
from crfapp.exchange.whole_file import beside, disk_named, give_name, put_whole, refuse_existing
from crfapp.ledger.events import (
    DelegationEnded,
    DutiesDelegated,
    PackInstalled,
    PersonAdded,
    PersonChanged,
    PersonEnded,
    StudyVersionActivated,
    StudyVersionInstalled,
)
from crfapp.present.texts import Texts
from crfapp.work.handing_over import NoteFiles
from crfapp.work.roles import RIGHTS, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.cli.casebook_parts import CasebookWish
    from crfapp.exchange.site_data import SiteData
    from crfapp.work.roles import Actor

SUMS = "SHA256SUMS"
_PEOPLE = (PersonAdded, PersonChanged, PersonEnded, DutiesDelegated, DelegationEnded)


def write_inspector_folder(
    opened: OpenSite, actor: Actor, wish: CasebookWish, password: str
) -> InspectorReport:
    """Write everything beside, list its sums, then give it its name; all of it is on record.

    What the study keeps at the site is in none of it. NOT_ALLOWED, UNKNOWN_SUBJECT, EXPORT_EXISTS, weak
    passwords for the workbook, DISK_FULL and the like: then no folder is there.
    """
    if not may_make(actor, whole=False):
        raise RefusedError(Code.NOT_ALLOWED)
    subjects_named(opened, wish.subjects)
    refuse_existing(wish.out)
    with beside(wish.out) as part:
        try:
            with disk_named(wish.out.parent):
                part.mkdir(mode=0o700, parents=True)
            _fill(opened, actor, wish, (part, password))
            files, digest = _sums(part)
            refuse_existing(wish.out)
            opened.bus.send(
                NoteFiles(what="inspector", file=wish.out.name, sha256=digest, count=files), actor
            )
            give_name(part, wish.out)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    return InspectorReport(str(wish.out), files, digest)


def _fill(opened: OpenSite, actor: Actor, wish: CasebookWish, to: tuple[Path, str]) -> None:
    folder, password = to
    name = f"{opened.desk.site.study}_{opened.desk.site.code}"
    export_from(opened, actor, folder / f"{name}.xlsx", password, wish.language)
    (folder / "casebooks").mkdir()
    for subject in subjects_named(opened, wish.subjects):
        out = folder / "casebooks" / file_name(opened, subject, whole=False)
        make_casebook(opened, actor, subject, out, language=wish.language)
    with site_data(opened, actor, wish.language) as data:
        write_csv_folder(data, folder / "csv")
        write_odm_file(data, folder / f"{name}.odm.xml")
        _put_rows(folder / "people.csv", _people(data))
        _put_rows(folder / "rights.csv", _rights())
        _put_rows(folder / "study-versions.csv", _versions(data))
    _put_validation(folder / "validation")
    put_whole(folder / "README.txt", _read_me(opened, actor, wish.language).encode())


def _people(data: SiteData) -> Iterator[Sequence[str]]:
    """Who had which role and which duties, from when, given by whom: the events in their order."""
    yield "at_utc", "what", "login", "name", "role", "organisation", "duties", "from", "to", "by", "reason"
    kinds = {kind.kind for kind in _PEOPLE}
    records = sorted(data.events.records(kinds=kinds), key=lambda one: one.envelope.hybrid)
    for record in records:
        told = record.event.model_dump(mode="json", exclude_none=True)
        cells = [str(told.get(name, "")) for name in ("login", "name", "role", "organisation")]
        cells.append(" ".join(told.get("duties", ())))
        cells += [str(told.get("valid_from") or told.get("start", "")),
                  str(told.get("valid_to") or told.get("end", ""))]  # fmt: skip
        by = record.envelope.login
        yield record.envelope.at, record.event.kind, *cells, by, record.event.reason or ""


def _rights() -> Iterator[Sequence[str]]:
    """Which role may do what, in this version of the program."""
    yield "role", "may"
    for role in Role:
        for right in sorted(RIGHTS[role], key=lambda one: one.value):
            yield role.value, right.value


def _versions(data: SiteData) -> Iterator[Sequence[str]]:
    """Which version of the study was installed and in force from when, by which approval; its hash."""
    yield "at_utc", "what", "version", "sha256", "by", "approval", "approved_on", "approved_by", "reason"
    kinds = {event.kind for event in (PackInstalled, StudyVersionInstalled, StudyVersionActivated)}
    for record in data.events.records(kinds=kinds):
        event = record.event
        if isinstance(event, PackInstalled | StudyVersionInstalled | StudyVersionActivated):
            approval = ("", "", "")
            if isinstance(event, StudyVersionActivated):
                approval = (event.approval, event.approved_on, event.approved_by)
            named = (record.envelope.at, event.kind, event.pack_version, event.content)
            yield (*named, record.envelope.login, *approval, event.reason or "")


def _put_rows(target: Path, rows: Iterable[Sequence[str]]) -> None:
    with disk_named(target.parent), target.open("xb") as file:
        file.write(BOM)
        for row in rows:
            file.write(csv_line(row))


def _put_validation(target: Path) -> None:
    """The validation pages as they came with the program."""
    source = program_folder() / "docs" / "validation"
    with disk_named(target.parent):
        if source.is_dir():
            shutil.copytree(source, target)


def _read_me(opened: OpenSite, actor: Actor, language: str) -> str:
    say, now = Texts(language, translations_folder()), opened.desk.now
    lines = (
        f"{opened.desk.study.head.study} {opened.desk.study.head.version} · {opened.desk.site.code}",
        say("Made {when} by {name}, crfapp {version}.", when=now.local.isoformat(timespec="seconds"),
            name=actor.name, version=__version__),
        say("casebooks: one PDF for each subject, with signatures, queries and the whole audit trail."),
        say("csv, odm, xlsx: the data and the trail; the workbook opens with the password agreed on."),
        say("people.csv: who had which role and duties, from when. rights.csv: what each role may do."),
        say("study-versions.csv: which version of the study was in force. validation: how it was validated."),
        say("SHA256SUMS: check with sha256sum -c SHA256SUMS; its own sum is in the site's audit trail."),
    )  # fmt: skip
    return "\n".join(lines) + "\n"


def _sums(folder: Path) -> tuple[int, str]:
    """Write the list of sums; how many files it names, and its own sum."""
    with disk_named(folder):
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        told = "".join(f"{_digest(path)}  {path.relative_to(folder).as_posix()}\n" for path in files)
    return len(files), put_whole(folder / SUMS, told.encode())


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

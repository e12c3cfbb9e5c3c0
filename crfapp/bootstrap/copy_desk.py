"""The site's own copies, comparing, and open formats, for the command line."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

from crfapp.base.problems import Code, RefusedError
from crfapp.cli.copy_parts import CompareReport, CopyReport, FilesReport, Unequal, WorkAgain
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.cli.parts import Credentials
    from crfapp.exchange.comparing import Difference
    from crfapp.work.roles import Actor


class CopyDesk:
    """Implements :class:`crfapp.cli.copy_parts.Copying`; ``enter`` opens a site for who has a password."""

    def __init__(self, enter: Callable[[Path, Credentials], OpenSite]) -> None:
        self._enter = enter

    def make(self, site: Path, who: Credentials, folder: Path, password: str | None) -> CopyReport:
        """Make a certified copy."""
        from crfapp.bootstrap.copying import make_copy

        with closing(self._enter(site, who)) as opened:
            made = make_copy(opened, opened.actor(who.login), folder, password=password)
        return CopyReport(str(made.path), made.sha256, made.state, made.counts["event"], made.key_name)

    def code(self, site: Path, who: Credentials) -> tuple[str, str]:
        """The code that opens the copies, and the name of its sheet."""
        from crfapp.bootstrap.copying import copy_code

        with closing(self._enter(site, who)) as opened:
            secret = copy_code(opened, opened.actor(who.login))
        return secret.text, secret.name

    def review(self, site: Path, who: Credentials, copy: Path, secret: str) -> str:
        """Open a copy, prove every part, and record that it was looked through."""
        from crfapp.bootstrap.copying import review_copy

        with closing(self._enter(site, who)) as opened:
            return review_copy(opened, opened.actor(who.login), copy, secret)

    def compare(self, site: Path, who: Credentials, file: Path) -> CompareReport:
        """Compare what a centre holds with the site's records."""
        from crfapp.bootstrap.comparing_copies import compare_with, place_words

        found: list[Difference] = []
        with closing(self._enter(site, who)) as opened:
            done = compare_with(opened, opened.actor(who.login), file, found.append)
        unequal = tuple(
            Unequal(one.row.table, place_words(one, done.numbers), one.what, _columns(one)) for one in found
        )
        return CompareReport(
            done.tally.equal.total(),
            unequal,
            tuple(chain.node for chain in done.chains if chain.rewritten),
            tuple((chain.node, chain.ahead) for chain in done.chains if chain.ahead),
            tuple((chain.node, chain.behind) for chain in done.chains if chain.behind),
        )

    def csv(self, site: Path, who: Credentials, out: Path, *, exact: bool, language: str) -> FilesReport:
        """Hand a folder of CSV files over."""
        from crfapp.bootstrap.exporting import site_data
        from crfapp.exchange.csv_files import write_csv_folder

        with closing(self._enter(site, who)) as opened:
            actor = _may_export(opened, who)
            with site_data(opened, actor, language) as data:
                made = write_csv_folder(data, out, exact=exact)
            report = FilesReport(str(out), made.sha256, len(made.files))
            _note(opened, actor, "csv", report, out)
        return report

    def odm(self, site: Path, who: Credentials, out: Path, language: str) -> FilesReport:
        """Hand an ODM-XML document over."""
        from crfapp.bootstrap.exporting import site_data
        from crfapp.exchange.odm.document import write_odm_file

        with closing(self._enter(site, who)) as opened:
            actor = _may_export(opened, who)
            with site_data(opened, actor, language) as data:
                made = write_odm_file(data, out)
            report = FilesReport(str(out), made.sha256, made.answers)
            _note(opened, actor, "odm", report, out)
        return report

    def work_again(self, copy: Path, secret: str, folder: Path, login: str) -> WorkAgain:
        """Put a site into work again out of a copy."""
        from crfapp.bootstrap.ground import SystemClock
        from crfapp.bootstrap.recommissioning import recommission

        done = recommission(copy, secret, folder, login, SystemClock())
        return WorkAgain(done.events, done.state, done.sheet, done.secret)


def _may_export(opened: OpenSite, who: Credentials) -> Actor:
    actor = opened.actor(who.login)
    if not actor.may(Right.EXPORT):
        raise RefusedError(Code.NOT_ALLOWED)
    return actor


def _note(opened: OpenSite, actor: Actor, what: str, report: FilesReport, out: Path) -> None:
    """What is not on record has not been handed over."""
    import shutil

    from crfapp.work.handing_over import NoteFiles

    try:
        note = NoteFiles(what=what, file=out.name, sha256=report.sha256, count=report.count)
        opened.bus.send(note, actor)
    except BaseException:
        if out.is_dir():
            shutil.rmtree(out, ignore_errors=True)
        else:
            out.unlink(missing_ok=True)
        raise


def _columns(one: Difference) -> tuple[tuple[str, str, str], ...]:
    if one.there is None:
        return ()
    here: dict[str, Any] = one.row.row._asdict()
    there: dict[str, Any] = one.there.row._asdict()
    return tuple((name, _shown(here[name]), _shown(there[name])) for name in one.columns)


def _shown(cell: object) -> str:
    return "" if cell is None else str(cell)

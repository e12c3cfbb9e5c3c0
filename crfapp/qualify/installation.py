"""Qualification of the installation: everything that must be so before a first subject (REQ-710)."""

from __future__ import annotations

import os
import platform
import tempfile
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from crfapp import __version__
from crfapp.base.marking import N_
from crfapp.base.problems import AppProblem
from crfapp.bootstrap.ground import SystemClock, site_folder, steady_seconds
from crfapp.bootstrap.letting_in import opened_for
from crfapp.present.about import this_build
from crfapp.qualify.drive import is_private, wrong_place
from crfapp.qualify.files import installed_files, listed_versions
from crfapp.qualify.findings import compared, judged, noted
from crfapp.qualify.known_answers import known_answers
from crfapp.qualify.machine import about_clock, about_machine, guessing_cost
from crfapp.store.engine import open_engine, refuse_plain_header
from crfapp.store.known_database import EXPECTED, pages_damaged, settings_of, versions_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.base.build import Build
    from crfapp.bootstrap.sites import OpenSite
    from crfapp.cli.qualify_parts import Finding, QualifyWish
    from crfapp.store.engine import Engine

SHOWN = "REQ-710"
_PLACES = {
    "network": N_("The records lie on a drive of this machine"),
    "cloud": N_("No program carries the records to a cloud"),
    "removable": N_("The records lie on a drive that stays"),
    "memory": N_("The records outlast a shutdown"),
}


@contextmanager
def site_of(wish: QualifyWish) -> Iterator[OpenSite | None]:
    """The site that is named, open for whoever has a password there; None where nobody is named."""
    if wish.site is None or wish.who is None:
        yield None
        return
    opened = opened_for(wish.site, wish.who)
    try:
        yield opened
    finally:
        opened.close()


def installation_findings(site: Path | None, opened: OpenSite | None) -> Iterator[Finding]:
    """Every line, in the order of the report; where no site is open, a scratch database is asked."""
    begun = SystemClock().now(), steady_seconds()
    build = this_build()
    with _scratch(opened) as engine:
        lines = [
            *_program(build, engine),
            *installed_files(),
            *about_machine(_existing(site or site_folder())),
            *_records(site or site_folder()),
            *_database(engine, opened),
            *known_answers(),
            guessing_cost(),
            *about_clock(begun, opened.last_event() if opened else None, build.built),
        ]
    for line in lines:
        yield line if line.requirement else replace(line, requirement=SHOWN)


@contextmanager
def _scratch(opened: OpenSite | None) -> Iterator[Engine]:
    """The open site's database, or a new one in a passing folder."""
    if opened is not None:
        yield opened.store.engine
        return
    with tempfile.TemporaryDirectory(prefix="crfapp-qualify-") as folder:
        engine = open_engine(Path(folder) / "scratch.db", os.urandom(32), create=True)
        try:
            refuse_plain_header(Path(folder) / "scratch.db")
            yield engine
        finally:
            engine.dispose()


def _program(build: Build, engine: Engine) -> Iterator[Finding]:
    from crfapp.ui.versions import qt_versions

    yield compared("version", N_("Version of the program"), __version__, build.version)
    yield noted("build", N_("Build of the program"), f"{build.commit} {build.built}".strip() or "from source")
    listed = listed_versions()
    seen = {"CPython": platform.python_version(), **qt_versions(), **versions_of(engine)}
    for name, version in seen.items():
        known = listed.get(name, ())
        well = version.split()[0] in known if listed else bool(version)
        expected = f"{name} {', '.join(sorted(known))}".strip()
        name_of = N_("Version of a library")
        yield judged(f"version.{name}", name_of, expected, f"{name} {version}", well=well)


def _records(site: Path) -> Iterator[Finding]:
    """Where the records lie, or would lie."""
    place = _existing(site)
    why, seen = wrong_place(place)
    for kind, name in _PLACES.items():
        yield judged(f"place.{kind}", name, f"not {kind}", seen, well=why != kind)
    if why and why not in _PLACES:
        yield judged("place", N_("Kind of drive"), "fixed", seen, well=False)
    if site.is_dir():
        private, rights = is_private(site)
        yield judged("private", N_("Rights of the folder of records"), "0700, own", rights, well=private)
    else:
        yield noted("private", N_("Rights of the folder of records"), "not there yet", "0700, own")


def _existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    folder = folder.absolute()
    return next(each for each in (folder, *folder.parents) if each.is_dir())


def _database(engine: Engine, opened: OpenSite | None) -> Iterator[Finding]:
    which = "the site's database" if opened else "a scratch database"
    for name, value in settings_of(engine).items():
        seen = f"{value} ({which})"
        yield judged(f"pragma.{name}", N_("Setting of the database"), f"{name} = {EXPECTED[name]}", seen,
                     well=value == EXPECTED[name])  # fmt: skip
    wrong = pages_damaged(engine)
    yield judged(
        "pages", N_("Every page of the database"), "0 damaged", f"{wrong} damaged ({which})", well=not wrong
    )
    if opened is not None:
        yield _chains(opened)


def _chains(opened: OpenSite) -> Finding:
    name, expected = N_("Every chain of the audit trail"), "0 breaks"
    try:
        found = opened.store.verify()
    except AppProblem as problem:
        return judged("chains", name, expected, problem.code.value, well=False)
    seen = f"{len(found.wrong)} breaks in {found.events} events"
    return judged("chains", name, expected, seen, well=not found.wrong)

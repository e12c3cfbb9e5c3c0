"""Pictures of every page of the demo site, in every language and look."""

from __future__ import annotations

import json
import os
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from crfapp.bootstrap.ground import SystemClock, forms_folder
from crfapp.bootstrap.playing import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, known_password
from crfapp.bootstrap.window import window_parts
from crfapp.cli.parts import DemoWish
from crfapp.journeys.told import read_mapping
from crfapp.present.address import Address
from crfapp.present.texts import LANGUAGES

if TYPE_CHECKING:
    from crfapp.ui.picturing import Look, Station, Tour
    from crfapp.ui.theme import ThemeName

NURSE, MONITOR, INVESTIGATOR = "rania", "weber", "haddad"
TOURS = "screens.yaml"


def take_screens(out: Path, demo: Path | None, *, few: bool = False) -> list[Path]:
    """Go round the demo in ``demo`` (a new one where None); ``few``: two looks instead of all."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from crfapp.ui.picturing import picture_first_run, picture_site

    with TemporaryDirectory() as scratch:
        site, password = _site(demo, Path(scratch))
        looks = _looks(few)
        parts = window_parts(site, SystemClock())
        taken = picture_first_run(window_parts(Path(scratch) / "none", SystemClock()), looks, out)
        return taken + picture_site(parts, _tours(site, password), looks, out)


def _looks(few: bool) -> list[Look]:
    from crfapp.ui.picturing import Look

    if few:
        return [Look("en", "light", 1.0), Look("ar", "dark", 1.0)]
    themes: tuple[ThemeName, ...] = ("light", "dark")
    return [Look(*look) for look in product(LANGUAGES, themes, (1.0, 1.5))]


def _site(demo: Path | None, scratch: Path) -> tuple[Path, str]:
    from crfapp.bootstrap.demo import SUMMARY, make_demo

    folder = demo
    if folder is None:
        folder = scratch / "demo"
        make_demo(DemoWish(folder, 12, 1, headless=False))
    found = folder / SUMMARY
    site = Path(json.loads(found.read_text(encoding="utf-8"))["site"]) if found.is_file() else folder / "site"
    return site, known_password(NURSE)


def _tours(site: Path, password: str) -> list[Tour]:
    """Each colleague at the page that is theirs alone, then the nurse everywhere else."""
    from crfapp.ui.picturing import Station, Tour

    own = [
        Tour(login, secret, (Station(page, Address(page)),))
        for login, secret, page in (
            (MONITOR, known_password(MONITOR), "monitoring"),
            (INVESTIGATOR, known_password(INVESTIGATOR), "signing"),
            (ADMINISTRATOR, ADMINISTRATOR_PASSWORD, "administration"),
        )
    ]
    return [*own, Tour(NURSE, password, tuple(stations_of(site, password)))]


def stations_of(site: Path, password: str) -> list[Station]:
    """The pages of the rail, and the places that the pack's ``screens.yaml`` names."""
    from crfapp.bootstrap.demo import FLAGSHIP
    from crfapp.ui.picturing import Station

    file = forms_folder() / FLAGSHIP / TOURS
    said = read_mapping(file.read_text(encoding="utf-8"), file.name) if file.is_file() else {}
    known = subjects_of(site, password)
    pages = ("today", "day", "subjects", "queries", "exchange", "safety", "reports", "audit", "study")
    places = [Station(page, Address(page)) for page in pages]
    for name, place in said.items():
        if "subject" not in place:  # a place of no subject is one of the preview
            at = Address("preview", visit=place["visit"], form=place["form"])
            places.append(Station(f"preview-{name}", at))
            continue
        found = known.get(place["subject"])
        if found is not None:
            places.append(Station(f"{place.get('page', 'casebook')}-{name}", _at(place, found)))
    return [
        *places,
        Station("palette", Address("today"), "Ctrl+K"),
        Station("keys", Address("subjects"), "?"),
        Station("help", Address("today"), "F1"),
    ]


def _at(place: dict[str, str], found: Found) -> Address:
    """Where a station is; ``row`` is a row's key, or the label of a lesion."""
    row = str(place.get("row", ""))
    return Address(
        place.get("page", "casebook"),
        found.subject,
        place.get("visit", ""),
        form=place.get("form", ""),
        row=found.lesions.get(row, row),
        item=place.get("item", ""),
    )


class Found(NamedTuple):
    """A subject of the site: internal id, and the rows of its lesions by their labels."""

    subject: str
    lesions: dict[str, str]


def subjects_of(site: Path, password: str) -> dict[str, Found]:
    """Number -> what a station needs to know of everybody at the site."""
    from crfapp.bootstrap.sites import OpenSite
    from crfapp.ledger.state import SubjectRow
    from crfapp.store.site_folder import SiteFolder
    from crfapp.store.vault import Vault
    from crfapp.work.targets import targets_of

    folder = SiteFolder.open(site)
    opened = OpenSite.open(folder, Vault.load(folder.path).open(NURSE, password), SystemClock())
    try:
        return {
            row.number: Found(
                row.subject, {one.label: one.row for one in targets_of(opened.desk, row.subject)}
            )
            for row in opened.desk.tables.find(SubjectRow)
        }
    finally:
        opened.close()

"""The demo: a site with subjects in every state, its workbook, and a centre that got its first package."""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from crfapp.bootstrap.demo_centre import add_centre
from crfapp.bootstrap.exporting import export_from
from crfapp.bootstrap.founding import study_of
from crfapp.bootstrap.ground import JourneyClock, SystemClock, forms_folder
from crfapp.bootstrap.playing import (
    ADMINISTRATOR,
    ADMINISTRATOR_PASSWORD,
    add_people,
    begins,
    known_password,
    new_site,
)
from crfapp.bootstrap.scenes import pictures_of
from crfapp.bootstrap.sites import OpenSite
from crfapp.journeys.demo import DemoPlan, walk_demo
from crfapp.journeys.player import Player
from crfapp.journeys.told import read_journey
from crfapp.journeys.typical import Typical, read_typical
from crfapp.ledger.state import FormRow, ItemRow, SubjectRow, VisitRow
from crfapp.store.site_folder import SiteFolder
from crfapp.store.vault import Vault

if TYPE_CHECKING:
    from crfapp.cli.parts import DemoWish
    from crfapp.journeys.told import Journey

FLAGSHIP = "nct06813027"
SITE = {"code": "JO01", "name": "Cell Therapy Center, Amman", "zone": "Asia/Amman"}
PEOPLE = {
    "rania": ("nurse", "Rania Khalil"),
    "samir": ("nurse", "Samir Nasser"),
    "haddad": ("investigator", "Dr Omar Haddad"),
    "odeh": ("investigator", "Dr Lina Odeh"),
    "weber": ("monitor", "Greta Weber"),
    "keller": ("data-manager", "Iris Keller"),
}
WORKBOOK_PASSWORD = "figs and thyme at noon"  # noqa: S105 - of a demo
SUMMARY = "summary.json"


def make_demo(wish: DemoWish) -> dict[str, object]:
    """Make the demo below ``wish.out``, or say what is there already; nothing there is ever overwritten."""
    summary = wish.out / SUMMARY
    if summary.is_file():
        found: dict[str, object] = json.loads(summary.read_text(encoding="utf-8"))
        return _with_ward(wish, found)
    wish.out.mkdir(parents=True, exist_ok=True)
    said = _site_with_workbook(wish)
    if wish.headless:
        from crfapp.bootstrap.screens import take_screens

        said["screens"] = [str(path) for path in take_screens(wish.out / "screens", wish.out, few=True)]
    _keep(wish, said)
    return _with_ward(wish, said)


def _with_ward(wish: DemoWish, said: dict[str, object]) -> dict[str, object]:
    """Where it is wanted and not there yet, the second workstation."""
    if wish.second and "ward" not in said:
        from crfapp.bootstrap.demo_ward import add_ward

        said["ward"] = str(add_ward(Path(str(said["site"])), wish.out.resolve()))
        _keep(wish, said)
    return said


def _keep(wish: DemoWish, said: dict[str, object]) -> None:
    (wish.out / SUMMARY).write_text(json.dumps(said, ensure_ascii=False, indent=1), encoding="utf-8")


def _site_with_workbook(wish: DemoWish) -> dict[str, object]:
    folder, pack = wish.out.resolve() / "site", forms_folder() / FLAGSHIP
    journeys = _shipped(pack)
    clock = JourneyClock(min(begins(journey) for journey in journeys))
    new_site(folder, study_of(pack), pack, SITE, clock.now())
    key = Vault.load(folder).open(ADMINISTRATOR, ADMINISTRATOR_PASSWORD)
    opened = OpenSite.open(SiteFolder.open(folder), key, clock)
    try:
        add_people(opened, folder, key, PEOPLE)
        _live(opened, clock, journeys, wish, pack)
        workbook = wish.out.resolve() / f"{FLAGSHIP}_{SITE['code']}.xlsx"
        report = export_from(opened, opened.actor("rania"), workbook, WORKBOOK_PASSWORD, "en")
        return {
            "site": str(folder),
            "people": _people(),
            "workbook": report.path,
            "workbook_password": WORKBOOK_PASSWORD,
            **add_centre(opened, pack, wish.out.resolve()),
            **_counts(opened),
        }
    finally:
        opened.close()


def _live(opened: OpenSite, clock: JourneyClock, journeys: list[Journey], wish: DemoWish, pack: Path) -> None:
    """Play what the pack ships, then walk as many more subjects as are wanted up to the present."""
    actors = {login: opened.actor(login) for login in PEOPLE}
    pictures = pictures_of(pack, opened.photographs.keep)
    for journey in journeys[: 1 if wish.subjects > 2 else 0]:  # noqa: PLR2004 - it enrols three
        player = Player(
            opened.bus, opened.desk, clock, actors, journey, password=known_password, pictures=pictures
        )
        player.play()
    already = len(opened.desk.tables.find(SubjectRow))
    now = SystemClock().now().replace(microsecond=0) - timedelta(minutes=2)
    chance = Random(wish.seed)  # noqa: S311 - the same demo each time is what is wanted
    wanted = max(0, wish.subjects - already)
    plan = DemoPlan(wanted, chance, now, actors, _typical(pack), known_password, pictures)
    if plan.subjects:
        walk_demo(opened.bus, opened.desk, clock, plan)
    clock.move(max(clock.now(), now))


def _shipped(pack: Path) -> list[Journey]:
    files = sorted((pack / "journeys").glob("jo*.yaml"))
    return [read_journey(file.read_text(encoding="utf-8"), file.name) for file in files]


def _typical(pack: Path) -> Typical:
    file = pack / "demo.yaml"
    return read_typical(file.read_text(encoding="utf-8"), file.name) if file.is_file() else Typical()


def _people() -> list[dict[str, str]]:
    everybody = [
        {"login": login, "password": known_password(login), "role": role, "name": name}
        for login, (role, name) in PEOPLE.items()
    ]
    admin = {"login": ADMINISTRATOR, "password": ADMINISTRATOR_PASSWORD, "role": "administrator"}
    return [*everybody, {**admin, "name": "Site administrator"}]


def _counts(opened: OpenSite) -> dict[str, object]:
    tables = opened.desk.tables
    kinds = Counter(record.event.kind for record in opened.events.records())
    return {
        "made": f"{SystemClock().now():%Y-%m-%dT%H:%M:%SZ}",
        "subjects": len(tables.find(SubjectRow)),
        "visits": len(tables.find(VisitRow)),
        "forms": len(tables.find(FormRow)),
        "values": sum(1 for row in tables.find(ItemRow) if row.value is not None or row.missing is not None),
        "events": dict(sorted(kinds.items())),
    }

"""Playing journeys at a real site: a new one for each, or one that exists."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from crfapp.base.problems import Code, RefusedError
from crfapp.bootstrap.founding import found_site, study_of
from crfapp.bootstrap.ground import JourneyClock, SystemClock, pack_folder
from crfapp.bootstrap.scenes import pictures_of
from crfapp.bootstrap.sites import OpenSite
from crfapp.journeys.newcomers import settle
from crfapp.journeys.player import Played, Player
from crfapp.ledger.state import PersonRow
from crfapp.present.entrance import NewSite
from crfapp.store.gate import Gate
from crfapp.store.recovery import new_secret
from crfapp.store.site_folder import SiteFolder
from crfapp.store.vault import Vault
from crfapp.work.accounts import CheckIdentity, may_vouch
from crfapp.work.own_account import RegisterKey
from crfapp.work.people import AddPerson
from crfapp.work.roles import Right, Role

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from crfapp.cli.parts import Credentials
    from crfapp.journeys.told import Journey
    from crfapp.store.wrapping import Cost
    from crfapp.study.study import Study
    from crfapp.work.roles import Actor

ADMINISTRATOR = "admin"
ADMINISTRATOR_PASSWORD = "olive press before dawn"  # noqa: S105 - of sites that are made to be tried
_BEFORE = datetime(2025, 1, 1, 5, 0, tzinfo=UTC)


def known_password(login: str) -> str:
    """The password of a person of a journey or of the demo; such sites hold no real data."""
    return f"{login} walks to the clinic"


def play_journeys(
    journeys: Sequence[Journey], site: Path | None, out: Path, who: Credentials | None
) -> list[Played]:
    """Play each journey; every one at a new site of its own unless ``site`` is given."""
    if site is not None:
        if who is None:
            raise RefusedError(Code.WRONG_LOGIN)
        return _play_there(journeys, site, who)
    return [_play_anew(journey, out) for journey in journeys]


def new_site(folder: Path, study: Study, pack: Path, site: Mapping[str, str], begins: datetime) -> None:
    """Found a site that is made to be tried, with an administrator whose password is known."""
    facts = NewSite(
        folder=folder,
        pack=pack,
        code=site.get("code", "S01"),
        name=site.get("name", site.get("code", "S01")),
        zone=site.get("zone", "UTC"),
        login=ADMINISTRATOR,
        person=site.get("administrator", "Site administrator"),
        password=ADMINISTRATOR_PASSWORD,
        accepted=True,
    )
    found_site(facts, study, new_secret(), JourneyClock(begins))


def add_people(
    opened: OpenSite,
    folder: Path,
    key: bytes,
    people: Mapping[str, tuple[str, str]],
    *,
    cost: Cost | None = None,
) -> None:
    """Give accounts to people who have none yet: login -> (role, name). For sites made to be tried.

    They have done what the first login asks, somebody has vouched for them, and their keys are on record.
    """
    vault = Vault.load(folder, cost)
    admin = opened.actor(
        next(row.login for row in opened.desk.tables.find(PersonRow) if row.role == Role.ADMINISTRATOR)
    )
    for login, (role, name) in people.items():
        if opened.desk.tables.get(PersonRow, login) is None:
            command = AddPerson(login=login, name=name, role=Role(role), organisation=opened.desk.site.name)
            opened.bus.send(command, admin)
            vault.add(login, known_password(login), key, own=True)
            actor = opened.actor(login)
            settle(opened.bus, actor)
            opened.bus.send(
                CheckIdentity(login=login, how="a site made to be tried"), _voucher(opened, login)
            )
            opened.bus.send(RegisterKey(public=vault.public_key(login)), actor)


def _voucher(opened: OpenSite, login: str) -> Actor:
    """Whoever may say who a newcomer is."""
    tables = opened.desk.tables
    row = tables.get(PersonRow, login)
    actors = (opened.actor(one.login) for one in tables.find(PersonRow, ended=0))
    return next(
        one for one in actors if row is not None and one.may(Right.VOUCH) and may_vouch(opened.desk, one, row)
    )


def begins(journey: Journey) -> datetime:
    """When a journey's site is founded: an hour before its first step."""
    first = next((str(step.says["at"]) for step in journey.steps if "at" in step.says), None)
    if first is None:
        return _BEFORE
    local = datetime.fromisoformat(first).replace(tzinfo=ZoneInfo(journey.site.get("zone", "UTC")))
    return datetime.fromtimestamp(local.timestamp() - 3600, UTC)


def _play_anew(journey: Journey, out: Path) -> Played:
    pack = pack_folder(journey.pack)
    study = study_of(pack)
    folder = out / (journey.name or "journey") / "site"
    new_site(folder, study, pack, journey.site, begins(journey))
    key = Vault.load(folder).open(ADMINISTRATOR, ADMINISTRATOR_PASSWORD)
    clock = JourneyClock(begins(journey))
    opened = OpenSite.open(SiteFolder.open(folder), key, clock)
    try:
        return play_here(opened, folder, key, clock, journey)
    finally:
        opened.close()


def _play_there(journeys: Sequence[Journey], site: Path, who: Credentials) -> list[Played]:
    """A journey acts in other people's names and adds people: only an administrator may have that done."""
    found, clock = SiteFolder.open(site), JourneyClock(_BEFORE)
    key = Gate(found, SystemClock()).open(who.login, who.password).data_key
    opened = OpenSite.open(found, key, clock)
    try:
        if opened.actor(who.login).role is not Role.ADMINISTRATOR:
            raise RefusedError(Code.NOT_ALLOWED)
        return [play_here(opened, site, key, clock, journey) for journey in journeys]
    finally:
        opened.close()


def play_here(opened: OpenSite, folder: Path, key: bytes, clock: JourneyClock, journey: Journey) -> Played:
    """Play one journey at an open site, adding its people where they are not there yet."""
    people = {login: (role, login.capitalize()) for login, role in journey.people.items()}
    add_people(opened, folder, key, people)
    actors = {login: opened.actor(login) for login in journey.people}
    pictures = pictures_of(pack_folder(journey.pack), opened.photographs.keep)
    player = Player(
        opened.bus, opened.desk, clock, actors, journey, password=known_password, pictures=pictures
    )
    return player.play()

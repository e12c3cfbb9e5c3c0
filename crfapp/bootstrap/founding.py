"""Making a site: keys and recovery sheet first, in memory; the folder only when the sheet has been tried."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from crfapp.base.passwords import password_problem
from crfapp.base.problems import AppProblem, Code, EnvironmentProblem, RefusedError
from crfapp.bootstrap.door import SiteDoor
from crfapp.bootstrap.sites import OpenSite
from crfapp.present.entrance import NewSite, PackOffer, Sheet
from crfapp.store.recovery import new_secret, qr_svg, read_sheet, sheet_text
from crfapp.store.site_folder import CARD, SiteCard
from crfapp.store.vault import Vault
from crfapp.study.pack import load_pack
from crfapp.study.study import Study
from crfapp.work.own_account import AcceptStatement, NoteTraining, SetOwnPassword
from crfapp.work.people import AddPerson, FoundSite, InstallPack, NoteRecoverySheet
from crfapp.work.roles import Actor, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from crfapp.store.wrapping import Cost
    from crfapp.work.ports import Clock


def study_of(folder: Path) -> Study:
    """The study of a pack folder; PACK_NOT_FOUND, PACK_WRONG with the first error's place."""
    if not (folder / "study.yaml").is_file():
        raise RefusedError(Code.PACK_NOT_FOUND, folder=folder.name)
    loaded = load_pack(folder)
    if loaded.pack is None or loaded.errors:
        first = loaded.errors[0]
        raise RefusedError(Code.PACK_WRONG, count=len(loaded.errors), file=first.file, line=first.line)
    return Study(loaded.pack)


class SiteFounder:
    """The first-run assistant's other half."""

    def __init__(
        self,
        forms: Path,
        clock: Clock,
        *,
        cost: Cost | None = None,
        founded: Callable[[SiteDoor], None] = lambda _door: None,
    ) -> None:
        self._founded = founded
        self._forms = forms
        self._clock = clock
        self._cost = cost
        self._new: NewSite | None = None
        self._secret = b""

    def packs(self) -> Sequence[PackOffer]:
        """Study packs that come with the program and have no error."""
        found: list[PackOffer] = []
        for folder in sorted(path for path in self._forms.iterdir() if path.is_dir()):
            try:
                head = study_of(folder).head
            except AppProblem:
                continue
            found.append(PackOffer(folder, head.study, head.version, head.title, head.languages))
        return found

    def password_problem(self, new: NewSite) -> str:
        """The code of what is wrong with the administrator's password, or empty."""
        code = password_problem(new.password, forbidden=(new.login, new.person, new.code, new.name))
        return "" if code is None else code.value

    def prepare(self, new: NewSite) -> Sheet:
        """Draw the recovery secret; nothing is on disk yet. SITE_EXISTS, FOLDER_REFUSED."""
        refuse_occupied(new.folder)
        self._new, self._secret = new, new_secret()
        label = f"{new.code} {self._clock.now():%Y-%m-%d}"
        lines = tuple(sheet_text(self._secret).splitlines())
        return Sheet(label, lines, qr_svg(self._secret, new.code))

    def finish(self, typed: str) -> SiteDoor:
        """Found the site once the sheet typed back is the one that was drawn; it must open the vault."""
        if self._new is None or read_sheet(typed) != self._secret:
            raise RefusedError(Code.WRONG_RECOVERY, line=0)
        new = self._new
        study = study_of(new.pack)
        refuse_occupied(new.folder)  # what is removed below is nobody else's
        try:
            found_site(new, study, self._secret, self._clock, cost=self._cost)
        except BaseException:
            shutil.rmtree(new.folder, ignore_errors=True)
            raise
        self._new, self._secret = None, b""
        door = SiteDoor(new.folder, self._clock, cost=self._cost)
        self._founded(door)
        return door


def refuse_occupied(folder: Path) -> None:
    """A folder in which there is anything is left alone: SITE_EXISTS, FOLDER_REFUSED."""
    if (folder / CARD).exists():
        raise EnvironmentProblem(Code.SITE_EXISTS, folder=folder.name)
    try:
        occupied = folder.exists() and any(folder.iterdir())
    except OSError:
        raise EnvironmentProblem(Code.FOLDER_REFUSED, folder=folder.name, why="not writable") from None
    if occupied:
        raise EnvironmentProblem(Code.FOLDER_REFUSED, folder=folder.name, why="not empty")


def found_site(new: NewSite, study: Study, secret: bytes, clock: Clock, *, cost: Cost | None = None) -> None:
    """Make folder, vault, database and the first events; the sheet must open the vault before any counts."""
    site = os.urandom(8).hex()
    vault, data_key = Vault.create(new.folder, site, cost)
    opened = OpenSite.create(new.folder, SiteCard(site, study.head.study, new.code), data_key, study, clock)
    try:
        vault.add(new.login, new.password, data_key, own=True)
        vault.set_recovery(secret, data_key)
        if Vault.load(new.folder, cost).open_with_recovery(secret) != data_key:
            raise RefusedError(Code.WRONG_RECOVERY, line=0)
        admin = Actor(new.login, new.person, Role.ADMINISTRATOR, new.name)
        opened.desk.zone = new.zone
        opened.desk.was_given = lambda _login: False  # the founder's own wrapping came before the record
        for command in (
            FoundSite(site=site, code=new.code, name=new.name, zone=new.zone, study=study.head.study),
            InstallPack(
                site=site, study=study.head.study, pack_version=study.head.version, content=study.hash
            ),
            NoteRecoverySheet(label=f"{new.code} {clock.now():%Y-%m-%d}"),
            AddPerson(login=new.login, name=new.person, role=Role.ADMINISTRATOR, organisation=new.name),
            SetOwnPassword(),
            *((AcceptStatement(), NoteTraining()) if new.accepted else ()),
        ):
            opened.bus.send(command, admin)
        opened.gate.note_given()
    finally:
        opened.close()

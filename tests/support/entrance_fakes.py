"""A door that opens for two people, and a founder that founds nothing but says so."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from crfapp.base.passwords import password_problem
from crfapp.base.problems import AppProblem, Code, RefusedError
from crfapp.present.arrival import Arrival
from crfapp.present.entrance import Door, NewSite, PackOffer, Sheet
from crfapp.present.texts import Texts
from crfapp.present.workplace import Workplace
from tests.support.clinic import ADMIN, RANIA, Clinic

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from crfapp.ledger.chain import Record
    from crfapp.work.roles import Actor

PASSWORDS = {"rania": "seven green bicycles", "admin": "a door without a house"}
PEOPLE: dict[str, Actor] = {"rania": RANIA, "admin": ADMIN}
SHEET_LINES = ("7KQ2 M0XR 9TBC 41ZD", "H8WE 52PJ V6NA G3QF", "0RTY 8MKX B7C1 D9ZS", "4WQH N2EJ 6PVG A5K8")


class NoEvents:
    """A ledger nobody asks about."""

    def records(
        self,
        *,
        subject: str | None = None,
        kinds: Collection[str] | None = None,
        item: str | None = None,
    ) -> Iterator[Record]:
        del subject, kinds, item
        return iter(())


@dataclass
class FakeDoor:
    """Opens for rania and admin. ``ready`` holds an attempt up until it is set, as Argon2 does."""

    clinic: Clinic
    catalogues: Path
    label: str = "EV in stable non-facial vitiligo · JO01"
    ready: Event = field(default_factory=Event)
    entered: list[tuple[str, str, bool]] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    chosen: list[str] = field(default_factory=list)
    problem: AppProblem | None = None
    arrival: Arrival = field(default_factory=Arrival)
    inside: str = ""
    drawers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.ready.set()

    def log_in(self, login: str, password: str, *, language: str, unlock: bool = False) -> Workplace:
        self.ready.wait(10)
        if self.problem is not None:
            raise self.problem
        if PASSWORDS.get(login) != password:
            raise RefusedError(Code.WRONG_LOGIN)
        self.entered.append((login, language, unlock))
        self.inside = login
        texts = Texts(language, self.catalogues)
        at = Workplace(self.clinic.bus, self.clinic.desk, NoEvents(), actor=PEOPLE[login], texts=texts)
        at.arrival = self.arrival
        return at

    def keep(self, typed: str) -> None:
        self.drawers[self.inside] = typed

    def kept(self) -> str:
        return self.drawers.get(self.inside, "")

    def set_own_password(self, current: str, password: str) -> None:
        if current != PASSWORDS[self.inside]:
            raise RefusedError(Code.WRONG_LOGIN)
        self.chosen.append(password)

    def leave(self, how: str) -> None:
        self.left.append(how)


@dataclass
class FakeFounder:
    """Two studies; a sheet that opens when it is typed back, gaps and capitals aside."""

    door: Door
    offers: tuple[PackOffer, ...] = (
        PackOffer(
            Path("/packs/nct06813027"),
            "nct06813027",
            "1.0.0",
            "Use of Allogeneic Extracellular Secretomes (EV) Derived From Umbilical Cord Mesenchymal Stromal"
            " Cells: a Phase I Open-label Safety Trial",
            ("en", "ar", "de"),
        ),
        PackOffer(Path("/packs/tiny"), "tiny", "1.0", "A small study of patches that fade", ("en", "ar")),
    )
    prepared: list[NewSite] = field(default_factory=list)
    problem: AppProblem | None = None

    def packs(self) -> Sequence[PackOffer]:
        return self.offers

    def password_problem(self, new: NewSite) -> str:
        found = password_problem(new.password, forbidden=(new.code, new.login))
        return found.value if found else ""

    def prepare(self, new: NewSite) -> Sheet:
        self.prepared.append(new)
        svg = (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4">'
            '<path d="M0 0h2v2h-2zM3 1h1v1h-1zM2 2h1v2h-1z"/></svg>'
        )
        return Sheet(f"{new.code}, {new.name}", SHEET_LINES, svg)

    def finish(self, typed: str) -> Door:
        if self.problem is not None:
            raise self.problem
        given = typed.upper().split("\n")
        for number, (line, wanted) in enumerate(zip(given, SHEET_LINES, strict=False), start=1):
            if line.replace(" ", "") != wanted.replace(" ", ""):
                raise RefusedError(Code.WRONG_RECOVERY, line=number)
        if len(given) != len(SHEET_LINES):
            raise RefusedError(Code.WRONG_RECOVERY, line=0)
        return self.door

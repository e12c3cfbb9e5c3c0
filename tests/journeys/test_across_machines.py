"""A month across machines: two workstations, a monitor's copy and a centre, all of them mostly offline.

Every machine is a real folder with an encrypted database of its own, every package a real file. Between them
there is nothing but somebody who carries files, loses some, and brings some late or twice.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from crfapp.bootstrap.centre.exporting import hand_out
from crfapp.bootstrap.comparing_copies import compare_with, place_words
from crfapp.bootstrap.exporting import snapshot_of
from crfapp.bootstrap.ground import pack_folder
from crfapp.bootstrap.joining import Newcomer, invite, join
from crfapp.bootstrap.playing import known_password
from crfapp.exchange.centre_views import Handed, HandingWish
from crfapp.exchange.state import state_hash
from crfapp.journeys.player import Player
from crfapp.journeys.told import read_journey
from crfapp.ledger.keys import EventId, ItemKey, Scope, VisitKey
from crfapp.ledger.state import (
    ItemRow,
    LockAskedRow,
    LockRow,
    PackageRow,
    QueryRow,
    ReceiptRow,
    SubjectRow,
    VerifiedRow,
)
from crfapp.store.engine import writing
from crfapp.store.invitation import open_invitation
from crfapp.store.vault import Vault
from crfapp.work.conflicts import conflicts
from crfapp.work.deciding import ResolveConflict
from crfapp.work.late import DecideLate, waiting_late
from crfapp.work.lock_requests import AskLock
from crfapp.work.queries import RaiseQuery
from tests.support.centre_and_sites import JoinedSite, RealCentre
from tests.support.quick_site import QUICK, password_of
from tests.support.two_workstations import TwoWorkstations, Workstation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.exchange.comparing import Difference
    from tests.support.clinic import SetClock

PEOPLE = {"rania": "nurse", "haddad": "investigator", "weber": "monitor"}
WEBERS = "four red boats before noon"
SCREENING = "V_SCR", 1


@dataclass
class StoryClock:
    """The one clock of all machines, moved by what is told."""

    clock: SetClock

    def now(self) -> datetime:
        return self.clock.at

    def move(self, to: datetime) -> None:
        self.clock.at = to


@dataclass
class Machines:
    """Everything that takes part, and the files that are under way."""

    folder: Path
    subjects: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        pack = pack_folder("nct06813027")
        self.two = TwoWorkstations(self.folder, pack)
        self.clock = self.two.site.clock
        self.clinic, self.ward = self.two.clinic, self.two.ward
        self.centre = RealCentre(self.folder / "centre", self.clock, pack=pack)
        self.known = JoinedSite(self.two.site, self.centre)
        self.copy = self._monitors_copy()

    def _monitors_copy(self) -> Workstation:
        with self.clinic.open() as opened:
            file = self.folder / "weber.crfapp-invitation"
            made = invite(opened, opened.actor("admin"), file, "Weber's copy", copy_of="weber")
        folder = self.folder / "weber"
        newcomer = Newcomer("weber", password_of("weber"), WEBERS)
        join(open_invitation(made.file, made.code), folder, newcomer, self.clock, cost=QUICK)
        return Workstation(self.two.site, folder, Vault.load(folder, QUICK).open("weber", WEBERS))

    def tell(self, at: Workstation, steps: str, subject: str = "") -> None:
        """Let people at one machine do what is told; every expectation in it is met."""
        head = "journey: across\npack: nct06813027\nsite: {code: JO01, zone: Asia/Amman}\n"
        people = ", ".join(f"{login}: {role}" for login, role in PEOPLE.items())
        journey = read_journey(f"{head}people: {{{people}}}\nsteps:\n{steps}", "across.yaml")
        with at.open() as opened:
            actors = {login: opened.actor(login) for login in PEOPLE}
            clock = StoryClock(self.clock)
            player = Player(opened.bus, opened.desk, clock, actors, journey, password=known_password)
            if subject in self.subjects:
                player.subject = self.subjects[subject]
                player.visit = VisitKey(player.subject, *SCREENING)
            played = player.play()
            assert [f"{one.line}: {one.expected}, seen {one.seen}" for one in played.unmet] == []
            if subject and subject not in self.subjects:
                self.subjects[subject] = player.subject

    def place(self, subject: str, form: str, item: str) -> ItemKey:
        return ItemKey(self.subjects[subject], *SCREENING, form, 1, "", item)

    def scope(self, subject: str, form: str) -> Scope:
        return Scope(self.subjects[subject], *SCREENING, form, 1)

    # ---- what is carried

    def pack(self, at: Workstation, to: Workstation | None = None, login: str = "rania") -> Path:
        """The next package of a machine, for another one or for the centre."""
        return at.make(self.known.recipient if to is None else to.node, login=login).path

    def bring(self, at: Workstation, to: Workstation, by: str = "rania", taken_by: str = "rania") -> str:
        """A package from one to the other; what became of it."""
        file = self.pack(at, to, by)
        return to.take(file, taken_by).outcome

    def to_centre(self, file: Path) -> str:
        with self.centre.open() as centre:
            return centre.take_in(file).outcome

    def reply(self) -> Path:
        with self.centre.open() as centre:
            return centre.reply(self.known.id)[0].path

    @contextmanager
    def at_centre(self) -> Iterator[OpenSite]:
        """The site's part at the centre, and who manages data there."""
        with self.centre.open() as centre, centre.part(self.known.id) as part:
            self.keller = centre.actor
            yield part

    def compared(self, name: str) -> tuple[bool, list[str]]:
        """Whether the site finds all of its own in what the centre hands out, and where it does not."""
        with self.centre.open() as centre:
            wish = HandingWish(self.folder / name, Handed.STATE)
            [handed] = hand_out(centre, centre.sites(), wish)
        found: list[Difference] = []
        with self.clinic.open() as opened:
            said = compare_with(opened, opened.actor("haddad"), handed.path, found.append)
        return said.all_equal, [place_words(one, said.numbers) for one in found]

    # ---- how they stand

    def come_to_rest(self) -> None:
        """Everybody brings everybody what they have, until nothing new comes anywhere."""
        for _ in range(3):
            self.clock.later(minutes=5)
            self.bring(self.copy, self.clinic, "weber")
            self.bring(self.ward, self.clinic)
            self.to_centre(self.pack(self.clinic))
            self.clinic.take(self.reply())
            self.bring(self.clinic, self.ward)
            self.bring(self.clinic, self.copy, taken_by="weber")

    def states(self) -> dict[str, str]:
        """The hash of the shared state at each machine; its tables and chains are sound."""
        found = {}
        for name, at in (("clinic", self.clinic), ("ward", self.ward), ("weber", self.copy)):
            with at.open() as opened:
                found[name] = stands(opened)
        with self.at_centre() as part:
            found["centre"] = stands(part)
        return found


def stands(opened: OpenSite) -> str:
    assert opened.store.verify().wrong == ()
    assert opened.store.compare() == []
    assert conflicts(opened.desk.tables) == []
    assert waiting_late(opened.desk.tables) == []
    with snapshot_of(opened) as snapshot:
        return state_hash(snapshot, opened.desk.study)


ENROL = """
  - {at: 2025-01-05T09:15, as: rania, enrol: {}}
  - {visit: V_SCR, date: 2025-01-05}
  - form: IC
    row: 1
    set: {ICTYPE: MAIN, ICVER: V2.1 AR, ICLANG: ar, ICSIGNED: Y, DSSTDAT: 2025-01-05, DSSTTIM: "09:10"}
  - {form: DM, set: {DMDAT: 2025-01-05, BRTHDAT: 1995-06-18, SEX: F}}
  - complete: DM
  - form: VS
    set: {VSPERF: Y, VSTIM: "09:40", SYSBP_VSORRES: "141", DIABP_VSORRES: "72", TEMP_VSORRES: "36.6"}
"""


def value(opened: OpenSite, place: ItemKey) -> str | None:
    row = opened.desk.tables.get(ItemRow, *place)
    return None if row is None else row.value


@pytest.fixture
def machines(tmp_path: Path) -> Machines:
    return Machines(tmp_path)


def first_week(machines: Machines) -> Path:
    """Two subjects on two workstations, and nobody knows of the other; gives the package that comes late."""
    machines.tell(machines.clinic, ENROL, "first")
    machines.tell(machines.ward, ENROL.replace("T09:15", "T11:00"), "second")
    lost = machines.pack(machines.clinic)
    lost.unlink()
    late = machines.pack(machines.clinic)  # lies in somebody's bag for three weeks
    assert machines.bring(machines.ward, machines.clinic) == "new"
    assert machines.bring(machines.clinic, machines.ward) == "new"
    file = machines.pack(machines.clinic)
    assert machines.to_centre(file) == "new"
    assert machines.to_centre(file) == "known"
    with machines.at_centre() as part:
        numbers = {row.number for row in part.desk.tables.find(SubjectRow)}
        assert len(numbers) == 2
    return late


def second_week(machines: Machines) -> None:
    """Both correct the same answer, one as the chart says and one by mistake; a person decides."""
    machines.tell(
        machines.clinic,
        '  - {at: 2025-01-12T09:00, as: rania, form: VS, set: {SYSBP_VSORRES: "114"},'
        " reason: digits swapped}\n",
        "first",
    )
    machines.tell(
        machines.ward,
        '  - {at: 2025-01-12T10:00, as: rania, form: VS, set: {SYSBP_VSORRES: "144"}, reason: misread}\n',
        "first",
    )
    machines.bring(machines.ward, machines.clinic)
    machines.bring(machines.clinic, machines.ward)
    pressure = machines.place("first", "VS", "SYSBP_VSORRES")
    for at in (machines.clinic, machines.ward):
        with at.open() as opened:
            [conflict] = conflicts(opened.desk.tables)
            assert conflict.key == pressure
            assert {answer.value for answer in conflict.answers} == {"114", "144"}
    with machines.clinic.open() as opened:
        [conflict] = conflicts(opened.desk.tables)
        right = next(answer.head for answer in conflict.answers if answer.value == "114")
        decided = ResolveConflict(place=pressure, take=right, reason="the chart says 114")
        opened.bus.send(decided, opened.actor("rania"))


def third_week(machines: Machines) -> None:
    """The monitor compares on a copy of her own; the centre asks, and wishes to lock."""
    machines.bring(machines.clinic, machines.copy, taken_by="weber")
    machines.tell(
        machines.copy,
        """
  - {at: 2025-01-19T14:00, as: weber, verify: {form: DM, items: [BRTHDAT, SEX]}}
  - {query: {form: VS, item: TEMP_VSORRES, text: Which thermometer}, name: q1}
""",
        "first",
    )
    machines.bring(machines.copy, machines.clinic, "weber")
    assert machines.to_centre(machines.pack(machines.clinic)) == "new"
    with machines.at_centre() as part:
        keller = machines.keller
        assert part.desk.tables.get(VerifiedRow, *machines.place("first", "DM", "SEX")) is not None
        part.bus.send(AskLock(scope=machines.scope("first", "DM")), keller)
        part.bus.send(AskLock(scope=machines.scope("second", "DM")), keller)
        part.bus.send(
            RaiseQuery(scope=machines.scope("second", "VS"), item="TEMP_VSORRES", text="Is it 36.6?"), keller
        )


def what_the_site_makes_of_wishes(machines: Machines) -> None:
    """One form is locked; the other was corrected meanwhile, which the centre could not know."""
    machines.tell(
        machines.clinic,
        "  - {at: 2025-01-20T09:00, as: rania, form: DM, set: {BRTHDAT: 1995-06-19},"
        " reason: passport seen}\n",
        "second",
    )
    reply = machines.reply()
    assert machines.clinic.take(reply).outcome == "new"
    assert machines.clinic.take(reply).outcome == "known"
    with machines.clinic.open() as opened:
        tables = opened.desk.tables
        states = {row.subject: (row.state, row.code) for row in tables.find(LockAskedRow)}
        assert states[machines.subjects["first"]][0] == "done"
        assert states[machines.subjects["second"]][0] == "refused"
        lock = tables.get(LockRow, *machines.scope("first", "DM"))
        assert lock is not None
        assert lock.state == "locked"


def late_for_the_lock(machines: Machines) -> None:
    """The ward has not heard of the lock, and changes what is locked; the investigator leaves it as it is."""
    machines.tell(
        machines.ward,
        "  - {at: 2025-01-21T09:00, as: rania, form: DM, set: {SEX: M}, reason: typing error}\n",
        "first",
    )
    machines.bring(machines.ward, machines.clinic)
    sex = machines.place("first", "DM", "SEX")
    with machines.clinic.open() as opened:
        [waits] = waiting_late(opened.desk.tables)
        assert (waits.item, waits.value) == ("SEX", "M")
        assert value(opened, sex) == "F"
        said = DecideLate(of=EventId(waits.node, waits.seq), take=False, reason="the passport says F")
        opened.bus.send(said, opened.actor("haddad"))


def last_week(machines: Machines, late: Path) -> None:
    """What was late comes after all and changes nothing; what is damaged is set aside."""
    assert machines.to_centre(late) == "known"
    torn = machines.folder / "torn.pgp"
    torn.write_bytes(machines.pack(machines.clinic).read_bytes()[:-30])
    assert machines.to_centre(torn) == "refused"


@pytest.mark.req("REQ-501", "REQ-504", "REQ-512", "REQ-608", "REQ-609", "REQ-805", "REQ-806")
def test_a_month_of_offline_work_ends_with_the_same_state_everywhere(machines: Machines) -> None:
    late = first_week(machines)
    second_week(machines)
    third_week(machines)
    what_the_site_makes_of_wishes(machines)
    late_for_the_lock(machines)
    last_week(machines, late)
    machines.come_to_rest()
    states = machines.states()
    assert len(set(states.values())) == 1, states
    clinic = machines.clinic.node
    with machines.clinic.open() as opened:
        receipts = {row.package for row in opened.desk.tables.find(ReceiptRow)}
        own = opened.desk.tables.find(PackageRow, node=clinic, peer=machines.known.recipient)
        assert max(own, key=lambda row: row.number).package in receipts
        assert len(opened.desk.tables.find(QueryRow, state="open")) == 2

    # what the centre holds is what the site sent; a value changed there is found by the site alone
    assert machines.compared("as-sent") == (True, [])
    with machines.at_centre() as part, writing(part.store.engine) as db:
        where = (machines.subjects["second"], "VS", "DIABP_VSORRES")
        db.execute("UPDATE item SET value = '27' WHERE subject = ? AND form = ? AND item = ?", where)
    equal, places = machines.compared("altered")
    assert not equal
    [place] = places
    assert place.endswith("V_SCR / VS / DIABP_VSORRES")

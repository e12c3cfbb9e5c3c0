"""Packages without files: what the Exchange page asks for, carried out on a clinic's memory ledger."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crfapp.base.problems import AppProblem, Code, RefusedError
from crfapp.base.times import utc_stamp
from crfapp.ledger import events as ev
from crfapp.ledger.chain import Envelope, Record
from crfapp.ledger.fold import changes_of
from crfapp.ledger.state import PackageRow
from crfapp.present.package_desk import Offered, Taken, Waiting
from crfapp.work.recipients import SetRoute
from tests.support.clinic import ADMIN
from tests.support.examples.recipients import CERTIFICATE
from tests.support.telling import tell

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from crfapp.base.routes import RouteSecret
    from crfapp.present.lane import Steps
    from tests.support.clinic import Clinic

OWN = "C3" * 20
HOST_KEY = "SHA256:" + "k" * 43


@dataclass
class FakePackages:
    """Implements :class:`crfapp.present.package_desk.PackageDesk`. A problem named beforehand is raised.

    ``routed`` is what lies on the routes, ``quarantine`` what lies set aside, ``comes`` what a file brings.
    """

    clinic: Clinic
    failing: dict[str, AppProblem] = field(default_factory=dict)
    waits: Waiting = field(default_factory=lambda: Waiting(12, 2))
    routed: list[Path] = field(default_factory=list)
    quarantine: dict[str, Path] = field(default_factory=dict)
    comes: dict[str, Taken] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def make(self, peer: str, *, full: bool, steps: Steps) -> str:
        """Note a package of ten events."""
        self._now("make")
        steps.step(0, 1, "making")
        number = len(self.clinic.ledger.tables.find(PackageRow, peer=peer)) + 1
        package = f"{peer}-{number}"
        told = {"package": package, "peer": peer, "number": number, "previous": "", "full": full}
        stretch = ev.Stretch("ws-test", 1, 10, "f" * 64)
        name = f"flagship-JO01-{number:04d}.crfp"
        tell(self.clinic, ev.PackageMade(**told, file=name, sha256="ab" * 32, stretches=(stretch,)))
        return package

    def send(self, package: str, steps: Steps) -> None:
        """Note that it was put somewhere."""
        steps.step(0, 1, "sending")
        self._now("send")
        tell(self.clinic, ev.PackageSent(package=package, route="sftp://data.example.org/in"))

    def carry(self, package: str, folder: Path, steps: Steps) -> Path:
        """Note that it was carried."""
        steps.step(0, 1, "copying")
        self._now("carry")
        tell(self.clinic, ev.PackageSent(package=package, route="by hand"))
        return folder / f"{package}.crfp"

    def inside(self, package: str, steps: Steps) -> Sequence[tuple[str, str]]:
        """Two parts."""
        steps.step(0, 1, package)
        self._now("inside")
        return (("events.jsonl", "10"), ("data.xlsx", "34 kB"))

    def take_in(self, file: Path, steps: Steps) -> Taken:
        """What was prepared for a file of this name."""
        steps.step(0, 1, file.name)
        self._now("take_in")
        return self.comes[file.name]

    def look(self, steps: Steps) -> Sequence[Path]:
        """What lies on the routes."""
        steps.step(0, 0, "looking")
        self._now("look")
        return self.routed

    def set_aside(self, sha256: str) -> Path | None:
        """Where it lies."""
        return self.quarantine.get(sha256)

    def waiting(self, peer: str) -> Waiting:
        """The same for everybody."""
        return self.waits if peer else Waiting(0, 0)

    def size(self, package: str) -> int | None:
        """The same for every package."""
        return 1_240_000 if package else None

    def read(self, file: Path) -> Offered:
        """A certificate whose fingerprint is the file's content."""
        self._now("read")
        fingerprint = file.read_text()
        if len(fingerprint) != len(OWN):
            raise RefusedError(Code.CERTIFICATE_WRONG)
        return Offered(CERTIFICATE.format(fingerprint), fingerprint, "Evia data centre")

    def code(self, fingerprint: str) -> str:
        """The first twenty digits in fours."""
        return " ".join(fingerprint[at : at + 4] for at in range(0, 20, 4))

    def own(self) -> str:
        """This workstation's."""
        return OWN

    def give_card(self, target: Path) -> None:
        """Write something."""
        self._now("give_card")
        target.write_text("{}")

    def _now(self, what: str) -> None:
        self.asked.append(what)
        if what in self.failing:
            raise self.failing[what]


def hear(clinic: Clinic, node: str, event: ev.Event) -> None:
    """Let an event of another chain be known at the clinic, at the present of its clock."""
    envelope = Envelope(
        node=node,
        seq=1,
        prev="0" * 64,
        at=utc_stamp(clinic.clock.now()),
        offset=0,
        zone="UTC",
        hybrid="0",
        act="0" * 16,
        login="weber",
        name="Greta Weber",
        role="data-manager",
        organisation="CRO",
        pack=clinic.desk.pack_hash,
        software="0.1.0",
    )
    clinic.ledger.tables.apply(list(changes_of(Record(envelope, event))))


def receipt(package: str, number: int, *, sender: str = "ws-test", seq: int = 10) -> ev.PackageTakenIn:
    """Somebody says that they took a package in."""
    told = {"package": package, "sender": sender, "number": number, "sha256": "ab" * 32, "events": seq}
    ends = (ev.End("ws-test", seq, "f" * 64),)
    return ev.PackageTakenIn(**told, made_at="2025-01-05T06:00:00.000000Z", ends=ends)


@dataclass
class FakeRoutes:
    """Implements :class:`crfapp.present.route_setting.RouteDesk`. A problem named beforehand is raised."""

    clinic: Clinic
    failing: dict[str, AppProblem] = field(default_factory=dict)
    secrets: list[RouteSecret | None] = field(default_factory=list)

    def host_key(self, url: str, steps: Steps) -> str:
        """Always the same one."""
        steps.step(0, 1, url)
        self._now("host_key")
        return HOST_KEY

    def private_key(self, file: Path) -> str:
        """What stands in the file."""
        self._now("private_key")
        return file.read_text()

    def set_route(self, peer: str, url: str, secret: RouteSecret | None) -> None:
        """Record it; what opens it is noted."""
        self.clinic.bus.send(SetRoute(peer=peer, url=url), ADMIN)
        self.secrets.append(secret)

    def check_route(self, peer: str, steps: Steps) -> None:
        """It can be reached."""
        steps.step(0, 1, peer)
        self._now("check_route")

    def _now(self, what: str) -> None:
        if what in self.failing:
            raise self.failing[what]

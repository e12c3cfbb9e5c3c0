"""A clinic whose study is amended: versions installed, put in force, the program opened again."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from crfapp.ledger.state import StudyVersionRow
from crfapp.ledger.study_versions import in_order
from crfapp.study.model import Pack
from crfapp.study.study import Study
from crfapp.study.versions import read_together
from crfapp.work.amendment import ActivateVersion, InstallVersion, NoteReconsent
from crfapp.work.bus import Bus, Workstation
from crfapp.work.desk import Desk
from crfapp.work.people import InstallPack
from tests.support.clinic import ADMIN, Clinic

if TYPE_CHECKING:
    from collections.abc import Callable

Data = dict[str, Any]


def newer(study: Study, version: str, change: Callable[[Data], object] = lambda _pack: None) -> Study:
    """An amendment: the pack as plain data, changed, under another version."""
    data = study.in_force.pack.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    change(data)
    data["head"]["version"] = version
    return Study(Pack.model_validate(data))


def form_of(pack: Data, form: str) -> Data:
    """A form of a pack as plain data."""
    return next(one for one in pack["forms"] if one["form"] == form)


def item_of(pack: Data, form: str, item: str) -> Data:
    """A question of a pack as plain data."""
    sections = form_of(pack, form)["sections"]
    return next(one for section in sections for one in section["items"] if one["item"] == item)


def visit_of(pack: Data, visit: str) -> Data:
    """A visit of a pack as plain data."""
    return next(one for one in pack["head"]["visits"] if one["visit"] == visit)


class Amended:
    """Amends the study of a clinic; ``kept`` are the versions by their hashes, as a store keeps them."""

    def __init__(self, clinic: Clinic) -> None:
        self.clinic = clinic
        first = clinic.desk.study
        self.kept = {first.hash: first}
        if not clinic.ledger.tables.find(StudyVersionRow):
            told = {"study": first.head.study, "pack_version": first.head.version, "content": first.hash}
            clinic.bus.send(InstallPack(site="s1", **told), ADMIN)

    def install(self, study: Study) -> None:
        """Keep a version; it waits."""
        self.kept[study.hash] = study
        head = study.head
        told = InstallVersion(study=head.study, pack_version=head.version, content=study.hash)
        self.clinic.bus.send(told, ADMIN)

    def activate(self, study: Study, *, consent: bool = True) -> None:
        """Put it in force, and open the program again."""
        command = ActivateVersion(
            content=study.hash,
            approval=f"EC-{study.head.version}",
            approved_on="2025-01-02",
            approved_by="Dr Odeh",
            consent=consent,
        )
        self.clinic.bus.send(command, ADMIN)
        self.reopen()

    def put_in_force(self, study: Study, *, consent: bool = False) -> None:
        """Install and activate."""
        self.install(study)
        self.activate(study, consent=consent)

    def reconsent(self, subject: str, date: str = "2025-01-05") -> None:
        """The subject agrees to the version in force."""
        self.clinic.send(NoteReconsent(subject=subject, date=date))

    def reopen(self) -> None:
        """The program is opened again and reads every version that was put in force."""
        clinic, before = self.clinic, self.clinic.desk
        rows = in_order(clinic.ledger.tables.find(StudyVersionRow))
        study = read_together([self.kept[row.content] for row in rows])
        entropy = random.Random(len(clinic.ledger.links)).randbytes  # noqa: S311 - the same each time
        desk = Desk(study, clinic.ledger.tables, clinic.clock, entropy=entropy, zone=before.zone)
        desk.versions.kept = lambda digest: self.kept[digest].content
        desk.signer = before.signer
        clinic.desk = desk
        clinic.bus = Bus(
            clinic.ledger, desk, clinic.clock, entropy=entropy, workstation=Workstation(before.node, "0.1.0")
        )

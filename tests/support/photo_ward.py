"""The flagship's first visit up to its photographs: three areas registered, nothing photographed yet."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, IntegrityProblem
from crfapp.bootstrap.photo_desk import SitePhotographs
from crfapp.form.graph import Cell
from crfapp.ledger.keys import FormKey, VisitKey
from crfapp.pictures.copies import copy_for_others
from crfapp.pictures.drawn import Scene, draw, truth
from crfapp.pictures.showing import upright
from crfapp.planimetry.calibration import Square
from crfapp.planimetry.shapes import Outline, Part, Point
from crfapp.planimetry.written import to_text
from crfapp.present.form_page import FormPage
from crfapp.present.photo_room import PhotoRoom
from crfapp.work.outlines import DrawOutline
from crfapp.work.photo_protocol import needed
from crfapp.work.photo_rows import AddPhotographRows
from crfapp.work.roles import Role
from crfapp.work.targets import targets_of
from tests.support.here_and_now import HereAndNow
from tests.support.playing import PlayingClinic, shipped_study
from tests.support.site_of import workplace

if TYPE_CHECKING:
    from crfapp.present.form_photographs import FormPhotographs
    from crfapp.present.workplace import Workplace

PACK = "nct06813027"
BASELINE, SECTION = "V_SCR", "AREAS"


class KeptInMemory:
    """The site's store of photographs, without a disk."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.shrunk: dict[tuple[str, int], bytes] = {}

    def keep(self, data: bytes) -> str:
        digest = hashlib.sha256(data).hexdigest()
        self.kept[digest] = data
        return digest

    def read(self, photograph: str) -> bytes:
        if photograph not in self.kept:
            raise IntegrityProblem(Code.PHOTO_LOST, photograph=photograph[:16])
        return self.kept[photograph]

    def small(self, photograph: str, side: int) -> bytes:
        if (photograph, side) not in self.shrunk:  # as the store keeps what it made
            self.shrunk[photograph, side] = upright(self.read(photograph), side)
        return self.shrunk[photograph, side]

    def for_others(self, photograph: str, boxes: object) -> bytes:
        return copy_for_others(self.read(photograph), boxes)  # type: ignore[arg-type]  # boxes as they come


class InMemory:
    """As much of an open site as photographs need."""

    def __init__(self) -> None:
        self.photographs = KeptInMemory()


class PhotoWard:
    """A nurse in front of the form of photographs, and the photographs that were taken."""

    def __init__(self, language: str = "en", lane: object | None = None) -> None:
        self.clinic = PlayingClinic(shipped_study(PACK), "Asia/Amman", {"rania": "nurse"})
        self.clinic.hire("haddad", Role.INVESTIGATOR)
        self.clinic.actor = self.clinic.people["haddad"]
        self.clinic.clock.at = datetime(2025, 1, 5, 7, tzinfo=UTC)
        self.subject = self.clinic.enrol()
        self.clinic.start(self.subject, BASELINE, "2025-01-05")
        self._register("CONTROL", "TREATED", "TREATED")
        self.clinic.actor = self.clinic.people["rania"]
        self.clinic.enter(self.key, PHYN="Y", PHTPT="BL")
        self.at: Workplace = workplace(self.clinic, language)
        self.site = InMemory()
        self.desk = SitePhotographs(self.site)  # type: ignore[arg-type]  # only its photographs are asked
        self.room = PhotoRoom(self.desk, lane or HereAndNow(), self.at.texts)  # type: ignore[arg-type]

    def _register(self, *roles: str) -> None:
        """Areas on the forearm: C01, T01, T02, measured as present."""
        registry, measured = self.form_at(BASELINE, "LESDEF"), self.form_at(BASELINE, "LESM")
        for role in roles:
            row = self.clinic.add_row(registry, SECTION)
            self.clinic.enter(registry, row, LESROLE=role, LESLOC="SKIN OF THE FOREARM", LESLAT="LEFT")
            self.clinic.enter(measured, row, LMSTAT="PRESENT")

    @property
    def key(self) -> FormKey:
        """The form of photographs at the first visit."""
        return self.form_at(BASELINE)

    def form_at(self, visit: str, form: str = "PHOTO") -> FormKey:
        """A form at a visit."""
        return FormKey(*VisitKey(self.subject, visit, 1), form, 1)

    def begin(self, visit: str, day: str) -> None:
        """The subject comes on a day."""
        self.clinic.clock.at = datetime.fromisoformat(f"{day}T07:00").replace(tzinfo=UTC)
        self.clinic.start(self.subject, visit, day)

    def photographs_at(self, visit: str) -> FormPhotographs:
        """The photographs of a visit's form, with a row for each that is needed."""
        page = FormPage(self.at, self.form_at(visit), room=self.room)
        assert page.photographs is not None
        self.clinic.send(AddPhotographRows(key=page.key))
        return page.photographs

    def place(self, visit: str, target: str, view: str) -> Cell:
        """Where the photograph of a lesion by a light goes."""
        needs = needed(self.clinic.desk, self.form_at(visit))
        return Cell(next(one.row for one in needs if (one.label, one.view) == (target, view)), "PHIMG")

    def photograph(self, visit: str, target: str, scene: Scene, view: str = "VIS") -> str:
        """Take a photograph of a lesion; its SHA-256."""
        photographs = self.photographs_at(visit)
        data = draw(scene)
        picture = self.desk.look(data, f"{target}-{view}.jpg")
        self.desk.keep(picture)
        patch = photographs.take(self.place(visit, target, view), picture)
        assert patch.refusal is None, patch.refusal
        return picture.photograph

    def trace(self, visit: str, target: str, scene: Scene, photograph: str) -> None:
        """Trace a lesion as a perfect hand would, calibrated on the card."""
        true = truth(scene)
        outline = Outline(tuple(Part(tuple(Point(*spot) for spot in line[::8])) for line in true.outlines))
        card = Square(tuple(Point(*spot) for spot in true.card), true.card_mm)  # type: ignore[arg-type]
        measure = self.clinic.desk.study.head.targets
        assert measure is not None
        row = next(one.row for one in targets_of(self.clinic.desk, self.subject) if one.label == target)
        if visit != BASELINE:
            self.clinic.enter(self.form_at(visit, measure.measure.form), row, LMSTAT="PRESENT")
        self.clinic.send(
            DrawOutline(
                key=self.form_at(visit, measure.measure.form),
                row=row,
                item=measure.measure.outline,
                photograph=photograph,
                drawn=to_text(outline, card),
                reason="traced on the photograph",
            )
        )


def scene(**more: object) -> Scene:
    """A lesion as the clinic's camera takes it on the day of the first visit."""
    plain = {"width": 1800, "height": 1350, "taken": "2025:01:05 09:41:00"}
    return Scene(**{**plain, **more})  # type: ignore[arg-type]  # facts of many kinds


@cache
def picture(grain: int = 1, **more: object) -> bytes:
    """A photograph that nothing has to be said about; another ``grain`` is another photograph."""
    return draw(scene(grain=grain, **more))

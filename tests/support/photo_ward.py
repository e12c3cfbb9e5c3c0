"""The flagship's first visit up to its photographs: three areas registered, nothing photographed yet."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter

from crfapp.base.problems import Code, IntegrityProblem
from crfapp.bootstrap.photo_desk import SHOWN, SitePhotographs
from crfapp.ledger.keys import FormKey, VisitKey
from crfapp.ledger.state import SubjectRow
from crfapp.pictures.copies import copy_for_others
from crfapp.pictures.showing import upright
from crfapp.present.photo_room import PhotoRoom
from tests.support.here_and_now import HereAndNow
from tests.support.playing import FORMS, PlayingClinic, journey_of, shipped_study
from tests.support.site_of import workplace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.journeys.told import Step
    from crfapp.present.workplace import Workplace

PACK = "nct06813027"
BASELINE = "V_SCR"


class KeptInMemory:
    """The site's store of photographs, without a disk."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.shrunk: list[str] = []

    def keep(self, data: bytes) -> str:
        digest = hashlib.sha256(data).hexdigest()
        self.kept[digest] = data
        return digest

    def read(self, photograph: str) -> bytes:
        if photograph not in self.kept:
            raise IntegrityProblem(Code.PHOTO_LOST, photograph=photograph[:16])
        return self.kept[photograph]

    def small(self, photograph: str, side: int) -> bytes:
        self.shrunk.append(photograph)
        return upright(self.read(photograph), side)

    def for_others(self, photograph: str, boxes: object) -> bytes:
        return copy_for_others(self.read(photograph), boxes)  # type: ignore[arg-type]  # boxes as they come


class InMemory:
    """As much of an open site as photographs need."""

    def __init__(self) -> None:
        self.photographs = KeptInMemory()


class PhotoWard:
    """A nurse in front of the form of photographs, and the photographs that were taken."""

    def __init__(self, language: str = "en") -> None:
        self.clinic = PlayingClinic(shipped_study(PACK), "Asia/Amman")
        journey = journey_of(FORMS / PACK / "journeys" / "jo01-003.yaml")
        self.clinic.play(replace(journey, steps=journey.steps[: _until_photographs(journey.steps)]))
        self.clinic.actor = self.clinic.people["rania"]
        self.at: Workplace = workplace(self.clinic, language)
        self.site = InMemory()
        self.desk = SitePhotographs(self.site)  # type: ignore[arg-type]  # only its photographs are asked
        self.room = PhotoRoom(self.desk, HereAndNow(), self.at.texts)
        rows = self.clinic.ledger.tables.find(SubjectRow)
        self.subject = next(row.subject for row in rows if row.number == "JO01-003")

    @property
    def key(self) -> FormKey:
        """The form of photographs at the first visit."""
        return FormKey(*VisitKey(self.subject, BASELINE, 1), "PHOTO", 1)


def _until_photographs(steps: Sequence[Step]) -> int:
    """The steps before the first photograph, with the one that says that photographs are taken."""
    return next(i for i, step in enumerate(steps) if step.says.get("form") == "PHOTO") + 1


@cache
def picture(tone: str = "#c08a70", wide: int = 1800, high: int = 1350, kind: str = "JPG") -> bytes:
    """A photograph of skin with a pale patch, sharp enough to be judged."""
    image = QImage(wide, high, QImage.Format.Format_RGB32)
    image.fill(QColor(tone))
    painter = QPainter(image)
    for x in range(0, wide, 12):
        painter.fillRect(x, 0, 5, high, QColor(tone).darker(125))
    painter.setBrush(QColor("#f4e8e0"))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawEllipse(wide // 3, high // 3, wide // 4, high // 4)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(kind.encode())).write(image)
    return bytes(data.data())


__all__ = ["SHOWN", "InMemory", "KeptInMemory", "PhotoWard", "picture"]

"""A subject with two areas, and photographs of them, taken in as the program takes them in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from crfapp.ledger.events import (
    Box,
    Event,
    FormStarted,
    PhotographMasked,
    PhotographStored,
    RowAdded,
    ValueRecorded,
    VisitStarted,
)
from crfapp.ledger.state import SubjectRow
from crfapp.pictures.drawn import Scene, draw
from crfapp.pictures.reading import look_at
from crfapp.work.subjects import EnrolSubject
from tests.support.camera_files import CANARY
from tests.support.canaries import tell

if TYPE_CHECKING:
    from crfapp.bootstrap.sites import OpenSite

VISIT = "V_BASE"
AREAS = {"r1": "T01", "r2": "C01"}
SCENE = Scene(width=320, height=240, per_mm=2.5, taken="2025:01:05 09:10:00", camera=f"{CANARY} phone")
FILE_NAME = f"IMG_{CANARY} Mrs Haddad.jpg"


def picture(grain: int = 1) -> bytes:
    """A small photograph whose camera says more than may leave."""
    return draw(replace(SCENE, grain=grain))


def enrolled(
    opened: OpenSite, visit: str = VISIT, registry: tuple[str, str, str] = ("PATCH", "PATCHES", "PATCHID")
) -> str:
    """A subject with two areas (``registry``: its form, section and label), photographs begun; their id."""
    known = {row.subject for row in opened.desk.tables.find(SubjectRow)}
    opened.bus.send(EnrolSubject(), opened.actor("rania"))
    [subject] = {row.subject for row in opened.desk.tables.find(SubjectRow)} - known
    form = {"subject": subject, "visit": visit, "visit_n": 1, "form_n": 1}
    areas, section, item = registry
    events: list[Event] = [VisitStarted(subject=subject, visit=visit, visit_n=1, date="2025-01-05")]
    events += [FormStarted(**form, form=name) for name in (areas, "PHOTO")]
    for position, (row, label) in enumerate(AREAS.items(), 1):
        events.append(RowAdded(**form, form=areas, section=section, row=row, position=position))
        events.append(_answer(form | {"form": areas, "row": row}, item, label))
    tell(opened, *events)
    return subject


def photographed(
    opened: OpenSite, subject: str, data: bytes, *, row: str = "p1", target: str = "r1", private: str = "Y"
) -> str:
    """A photograph of an area, kept and on record; its SHA-256."""
    photograph, seen = opened.photographs.keep(data), look_at(data)
    begun = dict(opened_row(subject, row))
    place = {name: begun[name] for name in ("subject", "visit", "visit_n", "form", "form_n", "row")}
    tell(
        opened,
        opened_row(subject, row),
        PhotographStored(
            **place,
            item="PHIMG",
            photograph=photograph,
            size=len(data),
            name=FILE_NAME,
            **seen._asdict(),
        ),
        _answer(place, "PHIMG", photograph, typed=FILE_NAME),
        _answer(place, "PHLES", target),
        _answer(place, "PHLIGHT", "VIS"),
        _answer(place, "PHDTM", "2025-01-05T09:10+03:00[Asia/Amman]"),
        _answer(place, "PHPRIV", private),
    )
    return photograph


def opened_row(subject: str, row: str, visit: str = VISIT) -> RowAdded:
    """A row for a photograph; its number stands behind its first letter."""
    form = {"subject": subject, "visit": visit, "visit_n": 1, "form": "PHOTO", "form_n": 1}
    return RowAdded.model_validate({**form, "section": "ROWS", "row": row, "position": int(row[1:])})


def masked(opened: OpenSite, subject: str, photograph: str, *boxes: Box) -> None:
    """Somebody blacks out parts."""
    tell(opened, PhotographMasked(subject=subject, photograph=photograph, boxes=boxes, reason="the face"))


def _answer(place: dict[str, Any], item: str, value: str, *, typed: str = "") -> Event:
    told = {"value": value, "typed": typed or value, "captured_at": "2025-01-05T06:00:00Z"}
    return ValueRecorded.model_validate(place | {"item": item, **told})

"""Two or four visits of one lesion side by side."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Protocol

from crfapp.base.problems import AppProblem, RefusedError
from crfapp.ledger.events.lesions import Box
from crfapp.ledger.keys import FormKey, ItemKey
from crfapp.ledger.state import MaskRow, OutlineRow, PhotographRow, SubjectRow
from crfapp.planimetry.calibration import Line
from crfapp.planimetry.shapes import Outline, Part, Point
from crfapp.planimetry.written import Drawn, from_text
from crfapp.present.compare_view import ComparedVisit, CompareSheet, CompareView
from crfapp.present.ghost import laid_over
from crfapp.present.photo_words import moment_words
from crfapp.present.problem_texts import problem_text
from crfapp.present.texts import LEFT_TO_RIGHT_ISOLATE, POP_ISOLATE, isolated
from crfapp.present.words import UNIT_SIGNS
from crfapp.work.handing_over import NoteFiles
from crfapp.work.photo_protocol import said
from crfapp.work.roles import Right
from crfapp.work.targets import course_of, targets_of

if TYPE_CHECKING:
    from decimal import Decimal
    from pathlib import Path

    from crfapp.planimetry.calibration import Calibration
    from crfapp.present.address import Address
    from crfapp.present.ghost import Lines
    from crfapp.present.photo_room import PhotoRoom
    from crfapp.present.texts import Texts
    from crfapp.present.workplace import Workplace
    from crfapp.work.ports import Tables
    from crfapp.work.targets import Picture, Seen, Target

FEW, MANY = 2, 4
_GRID_MM, _GRID_HALF = 10, 200
_RULER = Line(Point(0.0, 0.0), Point(100.0, 0.0), 100.0)
"""A picture of which every pixel is a millimetre: what is drawn on it can be laid over any other."""


class SheetFiles(Protocol):
    """Puts a finished sheet where it is wanted; ``bootstrap`` carries it out."""

    def put(self, pdf: bytes, target: Path) -> str:
        """Write it whole or not at all; its SHA-256. EXPORT_EXISTS and the like."""


class ComparePage:
    """The presenter of the Compare page."""

    def __init__(self, workplace: Workplace, room: PhotoRoom, files: SheetFiles) -> None:
        self.room = room
        self._at, self._files = workplace, files
        self._subject = self._target = self._view = ""
        self._chosen: tuple[str, ...] = ()

    # ---- what is looked at

    def open(self, at: Address) -> None:
        """Turn to a subject's lesion, by its row or by the item of one of its photographs."""
        protocol = self._at.study.head.photographs
        self._subject, self._target = at.subject, at.row
        visit = ""
        if protocol is not None and at.form == protocol.form:
            key = FormKey(at.subject, at.visit, at.visit_n, at.form, at.form_n)
            self._target = said(self._at.desk, key, at.row, protocol.target) or ""
            self._view = said(self._at.desk, key, at.row, protocol.view) or self._view
            visit = f"{at.visit}:{at.visit_n}"
        targets = targets_of(self._at.desk, self._subject) if self._subject else ()
        if targets and self._target not in {one.row for one in targets}:
            self._target = targets[0].row
        self._choose_first(visit)

    def turn_to(self, target: str) -> None:
        """Another lesion of the same subject."""
        self._target = target
        self._choose_first("")

    def look_by(self, view: str) -> None:
        """The same visits by another light."""
        self._view = view

    def choose(self, keys: tuple[str, ...]) -> None:
        """These visits, at most four."""
        known = {visit.key for visit in self.view().visits}
        self._chosen = tuple(key for key in keys if key in known)[-MANY:]

    def view(self) -> CompareView:
        """How it stands."""
        say, subject = self._at.texts, self._at.tables.get(SubjectRow, self._subject)
        targets = targets_of(self._at.desk, self._subject) if self._subject else ()
        target = next((one for one in targets if one.row == self._target), None)
        visits = self._visits(target) if target is not None else ()
        base = next((one for one in visits if one.outline), None)
        return CompareView(
            title=say("Compare photographs"),
            where=say.beside(subject.number if subject else "", self._named(target) if target else ""),
            targets=tuple((one.row, self._named(one)) for one in targets),
            target=self._target,
            views=self._views(),
            view=self._in_view(),
            visits=visits,
            chosen=self._chosen,
            ghost_of=base.title if base is not None else "",
            blind=self._blind_words(),
            may_print=self._at.actor.may(Right.EXPORT),
        )

    # ---- on paper

    def sheet(self, view: CompareView, *, ghost: bool) -> CompareSheet:
        """What is written beside the pictures; ``ghost``: the baseline's outline lies over them."""
        say, head = self._at.texts, self._at.study.head
        shown = [visit for visit in view.shown if visit.photograph]
        words = dict(view.views).get(view.view, "")
        return CompareSheet(
            heading=" · ".join(filter(None, (view.where, words))),
            facts=say.beside(self._at.study_texts.short, f"{head.version}", self._at.site.name),
            foot=say(
                "Made {when} by {who}. The pictures are copies; the SHA-256 is that of the original.",
                when=isolated(f"{say.date(self._at.today)} {self._at.now.local:%H:%M}"),
                who=isolated(self._at.actor.name),
            ),
            labels=tuple(
                (
                    visit.caption,
                    " · ".join(filter(None, (visit.taken, self._untrue(visit) if ghost else ""))),
                    say("SHA-256 {hash}", hash=isolated(visit.photograph)),
                )
                for visit in shown
            ),
            right_to_left=say.right_to_left,
        )

    def put(self, pdf: bytes, target: Path, pictures: int) -> tuple[bool, str]:
        """Write a sheet and put it on record; whether it is there, and what is to be said."""
        try:
            digest = self._files.put(pdf, target)
            self._at.send(NoteFiles(what="comparison", file=target.name, sha256=digest, count=pictures))
        except AppProblem as problem:
            return False, " ".join(filter(None, problem_text(problem, self._at.texts)))
        return True, self._at.texts("Made and on record: {file}", file=isolated(target.name))

    # ---- inside

    def _untrue(self, visit: ComparedVisit) -> str:
        untrue = bool(visit.ghost) and not visit.fitted
        return self._at.texts("the baseline outline has no scale here") if untrue else ""

    def _choose_first(self, visit: str) -> None:
        """The baseline with the visit that one comes from, or with the latest."""
        there = [one.key for one in self.view().visits if one.photograph]
        other = visit if visit in there[1:] else next(iter(there[:0:-1]), "")
        self._chosen = tuple(dict.fromkeys(key for key in (*there[:1], other) if key))

    def _views(self) -> tuple[tuple[str, str], ...]:
        protocol = self._at.study.head.photographs
        if protocol is None:
            return ()
        codes = self._at.study.place(protocol.form, protocol.view).item.codes or ""
        return tuple((code, self._at.study_texts.code(codes, code)) for code in protocol.views)

    def _in_view(self) -> str:
        known = [code for code, _words in self._views()]
        return self._view if self._view in known else next(iter(known), "")

    def _named(self, target: Target) -> str:
        registry = self._at.study.head.targets
        if registry is None or target.site is None:
            return target.label
        codes = self._at.study.place(registry.form, registry.site).item.codes or ""
        return f"{isolated(target.label)} {self._at.study_texts.code(codes, target.site)}"

    def _traced_blind(self) -> list[ItemKey]:
        """The areas of this lesion of which this person shall not see the first outline."""
        return [one for one in self.room.blind if (one.subject, one.row) == (self._subject, self._target)]

    def _blind_words(self) -> str:
        visits = [self._at.study_texts.visit(one.visit) for one in self._traced_blind()]
        if not visits:
            return ""
        return self._at.texts(
            "Without the first outline and its area: {visits}. You trace it as the second person.",
            visits=self._at.texts.listed(map(isolated, visits)),
        )

    def _visits(self, target: Target) -> tuple[ComparedVisit, ...]:
        found, base = [], None
        course = course_of(self._at.desk, self._subject, target.row)
        blind = {place.of.at for place in self._traced_blind()}
        measured = [seen for seen in course if seen.area is not None]
        first = measured[0].area if measured and measured[0].visit not in blind else None
        for seen in course:
            picture = next((one for one in seen.photographs[::-1] if one.view == self._in_view()), None)
            if seen.visit in blind:
                found.append(self._visit(seen, picture, None, None, ""))
                continue
            drawn = (
                _drawn(self._at.tables, self._subject, picture.photograph) if picture is not None else None
            )
            found.append(self._visit(seen, picture, drawn, base, _measured(seen, first, self._at.texts)))
            if base is None and drawn is not None and picture is not None:
                base = (drawn, found[-1].size)
        return tuple(found)

    def _visit(
        self,
        seen: Seen,
        picture: Picture | None,
        drawn: Drawn | None,
        base: tuple[Drawn, tuple[int, int]] | None,
        measured: str,
    ) -> ComparedVisit:
        say, key = self._at.texts, f"{seen.visit.visit}:{seen.visit.visit_n}"
        title = self._at.study_texts.visit(seen.visit.visit)
        day = say.date(seen.date) if seen.date is not None else ""
        if picture is None:
            return ComparedVisit(key, title, day, measured=measured)
        row = self._at.tables.get(PhotographRow, self._subject, picture.photograph)
        size = (row.width, row.height) if row is not None else (0, 0)
        ghost, fitted = _ghost(base, drawn.calibration if drawn is not None else None, size)
        return ComparedVisit(
            key=key,
            title=title,
            day=day,
            photograph=picture.photograph,
            measured=measured,
            file=row.name or "" if row is not None else "",
            taken=moment_words(row.taken, self._at.desk.zone, say) if row is not None else "",
            size=size,
            place=picture.place,
            boxes=_boxes(self._at.tables, self._subject, picture.photograph),
            outline=tuple(part.points for part in drawn.outline.parts) if drawn is not None else (),
            ghost=ghost,
            fitted=fitted,
            grid=_grid(drawn.calibration) if drawn is not None else (),
        )


def _measured(seen: Seen, first: Decimal | None, say: Texts) -> str:
    """``84.8 mm², smaller by 12 %``: packs differ in whether a change counts up or down."""
    if seen.area is None:
        return ""
    area = f"{seen.area} {UNIT_SIGNS.get(seen.unit, seen.unit)}"
    area = f"{LEFT_TO_RIGHT_ISOLATE}{area}{POP_ISOLATE}"
    if seen.change is None or first is None or seen.area == first:
        return area
    change = isolated(str(abs(seen.change)))
    if seen.area < first:
        return say("{area}, smaller by {change} %", area=area, change=change)
    return say("{area}, larger by {change} %", area=area, change=change)


def _drawn(tables: Tables, subject: str, photograph: str) -> Drawn | None:
    """The outline that gives the value of a photograph; none while an area is only seen by its tracer."""
    rows = tables.find(OutlineRow, subject=subject, photograph=photograph)
    counting = [row for row in rows if row.drawn and (row.settled or row.purpose == "value")]
    if not counting:
        return None
    newest = max(counting, key=lambda row: (row.settled, row.at))
    return from_text(newest.drawn or "")


def _boxes(tables: Tables, subject: str, photograph: str) -> tuple[Box, ...]:
    row = tables.get(MaskRow, subject, photograph)
    return tuple(Box(*one) for one in json.loads(row.boxes)) if row is not None else ()


def _ghost(
    base: tuple[Drawn, tuple[int, int]] | None, here: Calibration | None, size: tuple[int, int]
) -> tuple[Lines, bool]:
    """The baseline's outline on this photograph, and whether its size and shape are true."""
    if base is None:
        return (), True
    drawn, (wide, high) = base
    if here is not None and (lines := laid_over(drawn, here)):
        return lines, True
    if not (wide and high and size[0]):
        return (), False
    across, down = size[0] / wide, size[1] / high
    return (
        tuple(tuple(Point(p.x * across, p.y * down) for p in part.points) for part in drawn.outline.parts),
        False,
    )


def _grid(here: Calibration) -> Lines:
    """Lines on the skin, 10 mm apart, as the camera saw them; broken off where the plane ends for it."""
    steps, middle = range(-_GRID_HALF, _GRID_HALF + 1, _GRID_MM), _RULER.b.x / 2
    upright = [Part(tuple(Point(middle + x, float(y)) for y in steps)) for x in steps]
    across = [Part(tuple(Point(middle + x, float(y)) for x in steps)) for y in steps]
    frame = here if isinstance(here, Line) else here.plane()
    found = []
    for line in laid_over(Drawn(Outline((*upright, *across)), _RULER), here):
        piece: list[Point] = []
        for point in line:
            try:
                frame.mm(point)
            except RefusedError:
                found.append(tuple(piece))
                piece = []
            else:
                piece.append(point)
        found.append(tuple(piece))
    return tuple(piece for piece in found if len(piece) > 1)

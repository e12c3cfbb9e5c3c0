"""Right subject, right lesion, right side: what stands beside a dose and its time-out, and what a label says.

A label of a lesion (``JO01-003 T01``, printed by this program) is compared with the subject whose form is
open and with the row that somebody is in. A wrong one is refused with what was scanned and what is open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.base.problems import Code
from crfapp.ledger.state import SubjectRow
from crfapp.present.body_map import ROLES, map_view, mark_view, place_words, regions_of
from crfapp.present.dose_words import DoseWords
from crfapp.present.problem_texts import code_text
from crfapp.present.texts import isolated
from crfapp.work.dosing_day import dose_at
from crfapp.work.targets import courses_of, targets_of

if TYPE_CHECKING:
    from crfapp.ledger.keys import FormKey
    from crfapp.present.body_view import MapView
    from crfapp.present.photo_room import PhotoRoom
    from crfapp.present.workplace import Workplace
    from crfapp.study.targets import Dosing, Targets
    from crfapp.work.targets import Target

_LABEL = re.compile(r"(\S+)\s+(\S+)")


@dataclass(frozen=True, slots=True)
class GuardCard:
    """One lesion beside the dose. ``place`` and ``plan`` are words, ``photograph`` the latest, or empty.

    ``treat``: whether the pack lets it be treated at all.
    """

    row: str
    label: str
    role: str
    place: str
    plan: str
    treat: bool
    map: MapView
    photograph: str


@dataclass(frozen=True, slots=True)
class Compared:
    """What became of a scanned label: words, and the row that it names; ``row`` empty where it is refused."""

    words: str
    row: str = ""

    @property
    def is_right(self) -> bool:
        """Whether subject and lesion are those that are open."""
        return bool(self.row)


class TargetGuard:
    """The lesions of the subject whose form is open. ``room`` holds the photographs, where there are any."""

    def __init__(
        self, workplace: Workplace, key: FormKey, binding: Dosing, bound: Targets, room: PhotoRoom | None
    ) -> None:
        self.room = room
        self.is_dose = key.form == binding.form
        self._at, self._key, self._binding, self._bound = workplace, key, binding, bound

    @property
    def subject(self) -> str:
        """The number of the subject."""
        row = self._at.tables.get(SubjectRow, self._key.subject)
        return row.number if row is not None else ""

    def cards(self) -> tuple[GuardCard, ...]:
        """All lesions, those that are treated first."""
        targets = targets_of(self._at.desk, self._key.subject)
        courses = courses_of(self._at.desk, self._key.subject)
        dose = dose_at(self._at.desk, self._key.at, self._binding)
        words = DoseWords(self._at, self._binding.form)
        found = []
        for target in targets:
            taken = [picture for seen in courses.get(target.row, ()) for picture in seen.photographs]
            plan = words.planned(dose.portion(target.row))
            found.append(self._card(target, plan, taken[-1].photograph if taken else ""))
        return tuple(sorted(found, key=lambda card: not card.treat))

    def compare(self, scanned: str, row: str = "") -> Compared:
        """Compare a scanned label with what is open; ``row`` is the lesion that somebody is at."""
        told = _LABEL.fullmatch(scanned.strip())
        if told is None or not self._is_number(told[1]):
            return self._refused(Code.NOT_A_LESION_LABEL, scanned=scanned.strip())
        number, label = told[1], told[2]
        targets = {target.label: target for target in targets_of(self._at.desk, self._key.subject)}
        here = next((target.label for target in targets.values() if target.row == row), "")
        facts = {"scanned": f"{number} {label}", "open": f"{self.subject} {here}".strip()}
        if number != self.subject:
            return self._refused(Code.OTHER_SUBJECT, **facts)
        found = targets.get(label)
        if found is None or (here and found.label != here):
            return self._refused(Code.OTHER_LESION, **facts)
        say, what = self._at.texts, isolated(facts["scanned"])
        if not found.treated:
            return Compared(say("Do not give: {scanned} is not to be treated.", scanned=what))
        place = isolated(self._place(found))
        return Compared(say("{scanned} is right: {place}.", scanned=what, place=place), found.row)

    def _card(self, target: Target, plan: str, photograph: str) -> GuardCard:
        mark = mark_view(self._at, self._bound, target)
        chosen = regions_of(self._bound, target.site, target.side)
        return GuardCard(
            row=target.row,
            label=target.label,
            role=self._at.texts(ROLES[mark.kind]),
            place=self._place(target),
            plan=plan,
            treat=target.treated,
            map=map_view(self._at, self._bound, chosen=chosen, here=mark),
            photograph=photograph,
        )

    def _place(self, target: Target) -> str:
        place = place_words(self._at, self._bound, target.site, target.side)
        return self._at.texts.listed((place, isolated(target.landmark) if target.landmark else ""))

    def _is_number(self, text: str) -> bool:
        """Whether a text is the number of a subject, here or at another site of the study."""
        pattern = re.escape(self._at.study.head.subjects.pattern)
        shape = re.sub(r"\\{site\\}", r"\\w+", pattern)
        shape = re.sub(r"\\{number[^}]*\\}", r"\\d+", shape)
        return re.fullmatch(shape, text) is not None

    def _refused(self, code: Code, **facts: str) -> Compared:
        what, todo = code_text(code, facts, self._at.texts)
        return Compared(f"{what} {todo}")


def guard_of(workplace: Workplace, key: FormKey, room: PhotoRoom | None) -> TargetGuard | None:
    """The guard of a dose or of the check before it; None elsewhere and in a study without lesions."""
    bound = workplace.study.head.targets
    for binding in workplace.study.head.dosing if bound is not None else ():
        if key.form in (binding.form, binding.check) and bound is not None:
            return TargetGuard(workplace, key, binding, bound, room)
    return None

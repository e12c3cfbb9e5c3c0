"""What can be wrong with a study pack: stable codes, where it stands, what it says, what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Severity = Literal["error", "warning"]
Path = tuple[str | int, ...]
"""The way to a value inside a pack: ``("forms", 3, "sections", 0, "items", 5, "when")``."""

Where = Callable[[Path], tuple[str, int]]
"""File and line of a path, or of the nearest thing around it that has a line of its own."""


MOST_FAULTS = 1000
"""More faults than anybody reads at once; the rest is not looked for."""


class PackCode(StrEnum):
    """Stable codes: 00x files, 01x YAML, 02x shape, 03x names, 04x expressions, 05x figures, 09x amended"""

    MISSING_FILE = "PACK-001"
    TOO_LARGE = "PACK-002"
    TOO_MANY = "PACK-003"
    NOT_UTF8 = "PACK-004"
    STRAY_FILE = "PACK-005"
    TAB = "PACK-010"
    NOT_YAML = "PACK-011"
    DUPLICATE_KEY = "PACK-012"
    ANCHOR = "PACK-013"
    TAG = "PACK-014"
    TOO_DEEP = "PACK-015"
    NOT_A_MAPPING = "PACK-016"
    UNKNOWN_KEY = "PACK-020"
    MISSING_KEY = "PACK-021"
    WRONG_VALUE = "PACK-022"
    NOT_ONE_OF = "PACK-023"
    BAD_OID = "PACK-024"
    CONTRADICTION = "PACK-025"
    DUPLICATE_OID = "PACK-030"
    UNKNOWN_CODELIST = "PACK-031"
    UNKNOWN_FORM = "PACK-032"
    UNKNOWN_ITEM = "PACK-033"
    UNKNOWN_SECTION = "PACK-034"
    UNKNOWN_CODE = "PACK-035"
    NO_ROWS = "PACK-036"
    UNKNOWN_VISIT = "PACK-037"
    NOT_CDASH = "PACK-038"
    UNKNOWN_REGION = "PACK-039"
    UNREADABLE_EXPRESSION = "PACK-040"
    WRONG_EXPRESSION = "PACK-041"
    CIRCLE = "PACK-042"
    UNKNOWN_PLACEHOLDER = "PACK-043"
    NEVER_SHOWN = "PACK-044"
    RANGE_WITHOUT_ORDER = "PACK-050"
    RANGE_OFF_TYPE = "PACK-051"
    HARD_INSIDE_SOFT = "PACK-052"
    WINDOWS_OVERLAP = "PACK-060"
    FORM_NOT_USED = "PACK-061"
    CODELIST_NOT_USED = "PACK-062"
    PARAMETER_NOT_USED = "PACK-063"
    NOT_TRANSLATED = "PACK-070"
    TRANSLATES_NOTHING = "PACK-071"
    UNDECLARED_LANGUAGE = "PACK-072"
    NO_VECTORS = "PACK-080"
    OTHERWISE_JUDGED = "PACK-081"
    NOT_READ = "PACK-082"
    WRONG_SITUATION = "PACK-083"
    NO_BOUNDARY = "PACK-084"
    OTHER_STUDY = "PACK-090"
    NOT_NEWER = "PACK-091"
    BINDS_RECORDS = "PACK-092"
    ITEM_REUSED = "PACK-093"
    CODE_REUSED = "PACK-094"


TODO: dict[PackCode, str] = {
    PackCode.MISSING_FILE: "Add the file.",
    PackCode.TOO_LARGE: "Split the file, or take out what does not belong into a pack.",
    PackCode.TOO_MANY: "Take out what does not belong into the pack.",
    PackCode.NOT_UTF8: "Save the file as UTF-8.",
    PackCode.STRAY_FILE: "Rename, move or delete it, so that nothing is left out unnoticed.",
    PackCode.TAB: "Write spaces instead.",
    PackCode.NOT_YAML: "Correct the YAML here or just above.",
    PackCode.DUPLICATE_KEY: "Keep one of the two.",
    PackCode.ANCHOR: "Write the value out where it is needed.",
    PackCode.TAG: "Leave the tag away.",
    PackCode.TOO_DEEP: "Check the indentation and the brackets.",
    PackCode.NOT_A_MAPPING: "Begin the file with keys at the left margin, one document a file.",
    PackCode.UNKNOWN_KEY: "Correct the key or delete it.",
    PackCode.MISSING_KEY: "Add the key.",
    PackCode.WRONG_VALUE: "Correct the value.",
    PackCode.NOT_ONE_OF: "Choose one of the words given.",
    PackCode.BAD_OID: "Use capital letters, digits and underscores, a letter first, at most 32.",
    PackCode.CONTRADICTION: "Change one of them.",
    PackCode.DUPLICATE_OID: "Give one of the two another name.",
    PackCode.UNKNOWN_CODELIST: "Correct the name, or add the list to codelists.yaml.",
    PackCode.UNKNOWN_FORM: "Correct the name, or add the form to forms/.",
    PackCode.UNKNOWN_ITEM: "Correct the name, or add the item.",
    PackCode.UNKNOWN_SECTION: "Name a repeating section of the same form.",
    PackCode.UNKNOWN_CODE: "Correct the code, or add it to the list.",
    PackCode.NO_ROWS: "Name a form that has a section with 'rows: {log: true}'.",
    PackCode.UNKNOWN_VISIT: "Correct the name, or add the visit to study.yaml.",
    PackCode.UNKNOWN_REGION: "Name a region that is drawn on the figure (docs/study-authors.md).",
    PackCode.NOT_CDASH: "Rename it while no answer is recorded, or leave it if something else is meant.",
    PackCode.UNREADABLE_EXPRESSION: "Correct the expression.",
    PackCode.WRONG_EXPRESSION: "Correct the expression.",
    PackCode.CIRCLE: "Break the circle: one of them must not need the others.",
    PackCode.UNKNOWN_PLACEHOLDER: "Name something in the braces that an expression can name there.",
    PackCode.NEVER_SHOWN: "Delete the item, or correct the condition.",
    PackCode.RANGE_WITHOUT_ORDER: "Write the smaller end first.",
    PackCode.RANGE_OFF_TYPE: "Leave the range away, or correct its ends or the type.",
    PackCode.HARD_INSIDE_SOFT: "Make the hard range at least as wide as the soft one.",
    PackCode.WINDOWS_OVERLAP: "Narrow one of the windows.",
    PackCode.FORM_NOT_USED: "Add the form to a visit in study.yaml, or delete it.",
    PackCode.CODELIST_NOT_USED: "Name it in 'codes' of an item, or delete it.",
    PackCode.PARAMETER_NOT_USED: "Name it as P.NAME where it counts, or delete it.",
    PackCode.NOT_TRANSLATED: "Add the translations; until then the pack's own language is shown.",
    PackCode.TRANSLATES_NOTHING: "Correct the name, or delete the line.",
    PackCode.UNDECLARED_LANGUAGE: "Add the language to 'languages' in study.yaml, or delete the file.",
    PackCode.NO_VECTORS: "Add 'vectors' with at least one situation under 'fires' and one under 'passes'.",
    PackCode.OTHERWISE_JUDGED: "Correct the check, or move or correct the situation.",
    PackCode.NOT_READ: "Write the name as the expression does, or take it out.",
    PackCode.WRONG_SITUATION: "Write the answer as the item's type wants it.",
    PackCode.OTHER_STUDY: "Install an amendment of the study that is here.",
    PackCode.NOT_NEWER: "Give the amendment a version that follows every one that was kept here.",
    PackCode.BINDS_RECORDS: "Put it back as it was.",
    PackCode.ITEM_REUSED: "Give the question a new name, and leave the old one away.",
    PackCode.CODE_REUSED: "Give the new meaning a new code, and leave the old one away.",
    PackCode.NO_BOUNDARY: "Add 'boundary' with the last situation that passes and the first that fires.",
}


@dataclass(frozen=True, slots=True)
class PackFault:
    """One thing wrong with a pack. ``line`` counts from 1; 0 where no line can be named."""

    file: str
    line: int
    code: PackCode
    place: str
    text: str
    todo: str
    severity: Severity = "error"

    def __str__(self) -> str:
        head = f"{self.file}:{self.line}: {self.severity} {self.code}"
        return f"{head}: {self.place + ': ' if self.place else ''}{self.text} {self.todo}"


@dataclass(frozen=True, slots=True)
class Untranslated:
    """A text without a translation: its part of a translation file, its name, and where it stands."""

    part: str
    name: str
    file: str
    line: int


def in_order(faults: list[PackFault]) -> tuple[PackFault, ...]:
    """The faults by file and line, each said once."""
    return tuple(sorted(set(faults), key=lambda f: (f.file, f.line, f.code, f.place, f.text)))


_MOST_LIKELY = 300


def likely(wrong: str, known: Iterable[str]) -> tuple[str, ...]:
    """The names worth comparing with a wrong one: all where they are few, else those that begin alike."""
    names = tuple(known)
    if len(names) > _MOST_LIKELY:
        names = tuple(name for name in names if name[:3] == wrong[:3])
    return names[:_MOST_LIKELY]

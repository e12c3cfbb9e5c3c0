"""Where the rules of the lint write down what they find."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crfapp.study.faults import MOST_FAULTS, TODO, PackCode, PackFault, Path, Severity, Untranslated, Where
from crfapp.study.places import place_of

if TYPE_CHECKING:
    from crfapp.study.model import Form, Item, Pack, Section
    from crfapp.study.study import Study

Ignore = Callable[[Path, str], bool]
"""Whether something at a path, said about some words, follows from a fault that is already reported."""


class EnoughError(Exception):
    """The pack has more faults than anybody reads at once."""


@dataclass
class Report:
    """The pack that is looked at, its index, the faults found so far, and what was tried and missed.

    ``untranslated``: by language every text that has no translation, in the order of the pack.
    """

    pack: Pack
    study: Study
    where: Where
    ignore: Ignore
    faults: list[PackFault] = field(default_factory=list)
    checks_tried: int = 0
    situations_tried: int = 0
    untranslated: dict[str, tuple[Untranslated, ...]] = field(default_factory=dict)

    def error(self, code: PackCode, path: Path, text: str, about: str = "") -> None:
        """Something that keeps the pack from being used; ``about`` holds the words it is about."""
        self._add(code, path, text, about, "error")

    def warning(self, code: PackCode, path: Path, text: str, about: str = "") -> None:
        """Something that the pack's author should look at."""
        self._add(code, path, text, about, "warning")

    def _add(self, code: PackCode, path: Path, text: str, about: str, severity: Severity) -> None:
        if not self.ignore(path, about):
            place = place_of(_as_paths_say(self.pack), path)
            self.faults.append(PackFault(*self.where(path), code, place, text, TODO[code], severity))
            if len(self.faults) >= MOST_FAULTS:
                raise EnoughError


def _as_paths_say(pack: Pack) -> dict[str, object]:
    return {name: getattr(pack, name) for name in ("head", "codelists", "forms", "translations")}


@dataclass(frozen=True, slots=True)
class At:
    """A form, one of its sections or items, with its path in the pack."""

    path: Path
    form: Form
    section: Section | None = None
    item: Item | None = None


def forms_of(report: Report) -> Iterator[At]:
    """The forms that count: of two with one OID the first."""
    for number, form in enumerate(report.pack.forms):
        if report.study.forms[form.form] is form:
            yield At(("forms", number), form)


def sections_in(report: Report) -> Iterator[At]:
    """All sections of the forms that count."""
    for at in forms_of(report):
        for number, section in enumerate(at.form.sections):
            yield At((*at.path, "sections", number), at.form, section)


def items_in(report: Report) -> Iterator[tuple[At, Item]]:
    """All items of the forms that count."""
    for at in sections_in(report):
        for number, item in enumerate(at.section.items if at.section else ()):
            yield At((*at.path, "items", number), at.form, at.section, item), item

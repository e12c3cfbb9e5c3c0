"""What never leaves the site: forms and items that the pack marks ``site_only`` (REQ-808)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crfapp.form.plan import refs_of, tree_of
from crfapp.ledger.events import FormSeen, PhotographStored, Signed, ValueRecorded
from crfapp.ledger.keys import Scope
from crfapp.study.types import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crfapp.ledger.events import Event
    from crfapp.study.checks import Check
    from crfapp.study.model import Bound, Item, Rule, Visit
    from crfapp.study.study import Study
    from crfapp.study.texts import Strength

_OWN_MATTERS = ("monitoring", "delegation")
"""What people sign that holds no answers."""
_TYPED, _OF_CAMERA = frozenset({"typed"}), frozenset({"name", "taken", "camera"})
_PLACE = re.compile(r"\{([^{}]+)\}")


class Confidential:
    """Knows which answers stay, and which findings would tell one of them in their words or limit."""

    def __init__(self, study: Study) -> None:
        self._study = study
        self._texts = [study.texts(language) for language in study.head.languages]
        self._items = {(form, item.item) for form, item in _items(study) if item.site_only}
        self._forms = {form.form for form in study.pack.forms if form.site_only}
        self._photographs = {
            (form, item.item)
            for form, item in _items(study)
            if study.field(form, item.item).kind is Kind.PHOTO
        }
        self._own_rows = {(oid, part.section) for oid, form in study.forms.items() for part in form.sections}
        self._add_derived()
        self._covering = self._forms | {form for form, _item in self._items}
        self._telling = {name for form, name, told in self._findings() if self._tells(form, told)}

    def keeps(self, form: str, item: str = "") -> bool:
        """Whether a form, or one item of it, stays at the site."""
        return form in self._forms or (form, item) in self._items

    def keeps_camera(self, form: str, item: str) -> bool:
        """Whether an item leaves without what camera and file said of themselves: that of a photograph."""
        return (form, item) in self._photographs

    def covers(self, scope: Scope) -> bool:
        """Whether something that stays is among the answers of a form, a visit, or a casebook.

        A visit that this version of the study has not may have held anything.
        """
        if scope.form:
            return scope.form in self._covering
        visit = self._study.visits.get(scope.visit)
        return any(form in self._covering for form in _forms_of(visit)) if visit else bool(self._covering)

    def keeps_sentence(self, check: str) -> bool:
        """Whether the words or the limit of a finding tell an answer that stays.

        ``check`` is the check's id, or ``HARD:ITEM`` or ``SOFT:ITEM`` of what an item's own rules say.
        """
        return check in self._telling

    def _add_derived(self) -> None:
        """What is worked out or drafted from an answer that stays, stays too, through every rule between."""
        made = [
            (form, item.item, form, item.is_) for form, item in _items(self._study) if item.is_ is not None
        ]
        for form, check in _checks(self._study):
            if check.draft is not None:
                made += [(check.draft.form, item, form, told) for item, told in check.draft.set.items()]
        grown = True
        while grown:
            told = {(to, item) for to, item, form, rule in made if self._tells(form, (rule,))}
            grown = not told <= self._items
            self._items |= told

    def _tells(self, form: str, expressions: Iterable[str]) -> bool:
        """Whether one of these, standing in a form, reads an answer that stays."""
        for expression in expressions:
            for ref in refs_of(tree_of(expression)):
                source = ref.source.name if ref.source else ref.form or form
                if self.keeps(form if (form, source) in self._own_rows else source, ref.item):
                    return True
        return False

    def _findings(self) -> Iterator[tuple[str, str, list[str]]]:
        """For every finding a pack can give: its form, its name, and the expressions that its words hold."""
        for form, check in _checks(self._study):
            said = [check.say, *(texts.check(check.check) for texts in self._texts)]
            yield form, check.check, [*_places(said), *([check.due] if check.due else [])]
        for form, item in _items(self._study):
            given = item.range
            yield form, f"HARD:{item.item}", self._own(form, item, "must", given.hard if given else None)
            yield form, f"SOFT:{item.item}", self._own(form, item, "should", given.soft if given else None)

    def _own(self, form: str, item: Item, strength: Strength, band: tuple[Bound, Bound] | None) -> list[str]:
        rules: tuple[Rule, ...] = getattr(item, strength)
        said = [rule.say for rule in rules if rule.say]
        for texts in self._texts:
            said += [texts.rule(form, item.item, strength, number) for number in range(1, len(rules) + 1)]
        return [*_places(said), *(end for end in band or () if end is not None)]


def covered(confidential: Confidential, event: Event) -> bool:
    """Whether an event proves something of answers that stay: by the hash of what was seen or signed."""
    match event:
        case FormSeen():
            return confidential.covers(Scope(*event.key))
        case Signed():
            return event.of not in _OWN_MATTERS and confidential.covers(event.scope)
        case _:
            return False


def said_by_camera(confidential: Confidential, event: Event) -> frozenset[str]:
    """Which told texts stay of an event that leaves: the name of a photograph's file, what EXIF says."""
    if not isinstance(event, PhotographStored | ValueRecorded):
        return frozenset()
    if not confidential.keeps_camera(event.form, event.item):
        return frozenset()
    return _TYPED if isinstance(event, ValueRecorded) else _OF_CAMERA


class EverStays(Confidential):
    """For what leaves: whatever any version of the study in which something was recorded keeps, stays."""

    def __init__(self, studies: Iterable[Study]) -> None:
        self._versions = [Confidential(study) for study in studies]

    def keeps(self, form: str, item: str = "") -> bool:
        """Whether one of them keeps it."""
        return any(version.keeps(form, item) for version in self._versions)

    def keeps_camera(self, form: str, item: str) -> bool:
        """Whether it is that of a photograph in one of them."""
        return any(version.keeps_camera(form, item) for version in self._versions)

    def covers(self, scope: Scope) -> bool:
        """Whether one of them has something that stays there."""
        return any(version.covers(scope) for version in self._versions)

    def keeps_sentence(self, check: str) -> bool:
        """Whether it tells something that one of them keeps."""
        return any(version.keeps_sentence(check) for version in self._versions)


class NothingStays(Confidential):
    """For what the site keeps for itself: its own certified copy holds everything (REQ-502)."""

    def keeps(self, form: str, item: str = "") -> bool:  # noqa: ARG002 - the same question
        """No."""
        return False

    def keeps_camera(self, form: str, item: str) -> bool:  # noqa: ARG002 - the same question
        """No."""
        return False

    def covers(self, scope: Scope) -> bool:  # noqa: ARG002 - the same question
        """No."""
        return False

    def keeps_sentence(self, check: str) -> bool:  # noqa: ARG002 - the same question
        """No."""
        return False


def _places(sentences: Iterable[str]) -> Iterator[str]:
    for sentence in sentences:
        yield from _PLACE.findall(sentence)


def _forms_of(visit: Visit) -> Iterator[str]:
    return (planned.form for planned in visit.forms)


def _items(study: Study) -> Iterator[tuple[str, Item]]:
    for form in study.forms:
        for section in study.form(form).sections:
            for item in section.items:
                yield form, item


def _checks(study: Study) -> Iterator[tuple[str, Check]]:
    for check in study.head.checks:
        yield "", check
    for form in study.pack.forms:
        for check in form.checks:
            yield form.form, check

"""The palette: type a few signs and go to a subject, visit, form, item or page, or start something."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from crfapp.ledger.keys import FormKey, VisitKey
from crfapp.ledger.state import SubjectRow
from crfapp.present.address import Address
from crfapp.present.finding import Findable, words_of
from crfapp.present.texts import isolated
from crfapp.study.types import Kind
from crfapp.work.offered import held_at
from crfapp.work.targets import targets_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from crfapp.present.workplace import Workplace

MOST_HITS = 40
MOST_SUBJECTS = 3
"""Of so many subjects are visits and forms looked through when a query names a subject and more."""

CASEBOOK = "casebook"
LESION = "lesion"
_VISIT, _FORM, _ITEM = "calendar", "reports", "rows"


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can be started from anywhere. ``keys`` is the chord that does the same, if any."""

    key: str
    title: str
    run: Callable[[], None]
    detail: str = ""
    keys: str = ""
    icon: str = "chevron-end"


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of the list: going there, or an action where ``address`` is None."""

    title: str
    detail: str = ""
    address: Address | None = None
    action: Action | None = None
    icon: str = "place"
    keys: str = ""


class PlaceSource(Protocol):
    """What there is to go to."""

    def subjects(self) -> Sequence[tuple[str, str]]:
        """Every subject: (id, number)."""

    def places(self, subject: str) -> Iterable[Hit]:
        """The subject's visits, each followed by its forms."""

    def items(self, at: Address) -> Iterable[Hit]:
        """The questions of the form at an address; none where it names no form."""


@dataclass(slots=True)
class Palette:
    """Finds hits for what was typed. ``here`` is where the person is; ``fixed`` are pages and actions."""

    source: PlaceSource
    here: Address
    fixed: Sequence[Hit]
    _subjects: list[tuple[Findable, str, str]] = field(init=False)
    _near: list[tuple[Findable, Hit]] = field(init=False)

    def __post_init__(self) -> None:
        self._subjects = [(Findable.of(number), oid, number) for oid, number in self.source.subjects()]
        nearby = [*self.fixed, *self.source.items(self.here)]
        if self.here.subject:
            nearby += self.source.places(self.here.subject)
        self._near = [(_findable(hit), hit) for hit in nearby]

    def hits(self, typed: str) -> tuple[Hit, ...]:
        """The best hits, best first; with nothing typed the pages and actions."""
        query = words_of(typed)
        if not query:
            return tuple(self.fixed)
        ranked = [*self._subject_hits(query), *self._near_hits(query), *self._further_hits(query)]
        ranked.sort(key=lambda found: found[0])
        once = dict.fromkeys(hit for _, hit in ranked)
        return tuple(once)[:MOST_HITS]

    def _subject_hits(self, query: tuple[str, ...]) -> Iterator[tuple[int, Hit]]:
        for distance, oid, number in self._subjects_like(query):
            yield distance, Hit(isolated(number), "", Address(CASEBOOK, oid), icon="subjects")

    def _subjects_like(self, query: tuple[str, ...]) -> list[tuple[int, str, str]]:
        found: list[tuple[int, str, str]] = []
        for text, oid, number in self._subjects:
            if all(word.lstrip("0") in text.joined for word in query):
                distance = text.distance(query)
                if distance is not None:
                    found.append((distance, oid, number))
        return sorted(found)[:MOST_HITS]

    def _near_hits(self, query: tuple[str, ...]) -> Iterator[tuple[int, Hit]]:
        for text, hit in self._near:
            distance = text.distance(query)
            if distance is not None:
                yield distance, hit

    def _further_hits(self, query: tuple[str, ...]) -> Iterator[tuple[int, Hit]]:
        """``3 week 4``: the first word names a subject, the rest a place in its casebook."""
        if len(query) == 1:
            return
        for near, oid, _ in self._subjects_like(query[:1])[:MOST_SUBJECTS]:
            for hit in self.source.places(oid):
                distance = Findable.of(hit.title).distance(query[1:])
                if distance is not None:
                    yield near + distance, hit


class WorkplacePlaces:
    """Subjects, visits, forms and questions of one workplace."""

    def __init__(self, workplace: Workplace) -> None:
        self._at = workplace

    def subjects(self) -> Sequence[tuple[str, str]]:
        """Every subject: (id, number); none for whoever is kept blind."""
        if self._at.actor.is_kept_blind:
            return []
        return [(row.subject, row.number) for row in self._at.tables.find(SubjectRow)]

    def places(self, subject: str) -> Iterator[Hit]:
        """The subject's visits, each followed by its forms."""
        row = self._at.tables.get(SubjectRow, subject)
        if row is None:
            return
        texts, number = self._at.study_texts, isolated(row.number)
        for slot in self._at.desk.slots(subject):
            visit = texts.visit(slot.visit)
            title = f"{visit} {slot.visit_n}" if slot.visit_n > 1 else visit
            at = Address(CASEBOOK, subject, slot.visit, slot.visit_n)
            yield Hit(title, number, at, icon=_VISIT)
            for held in held_at(self._at.desk, VisitKey(subject, slot.visit, slot.visit_n)):
                place = Address(CASEBOOK, subject, slot.visit, slot.visit_n, held.form)
                yield Hit(texts.form(held.form), f"{number} · {title}", place, icon=_FORM)

        yield from self._lesions(subject, number)

    def items(self, at: Address) -> Iterator[Hit]:
        """The questions of the form at an address."""
        if not at.form:
            return
        key = FormKey(at.subject, at.visit, at.visit_n, at.form, at.form_n)
        texts, study = self._at.texts_at(key), self._at.study_at(key)
        for item in study.items(at.form):
            if study.field(at.form, item).kind is not Kind.NOTE:
                place = Address(at.page, at.subject, at.visit, at.visit_n, at.form, at.form_n, "", item)
                yield Hit(texts.item(at.form, item), texts.form(at.form), place, icon=_ITEM)

    def _lesions(self, subject: str, number: str) -> Iterator[Hit]:
        """All lesions of a subject on the body map, then each by its name."""
        if self._at.study.head.targets is None:
            return
        yield Hit(self._at.texts("Lesions"), number, Address(LESION, subject), icon="place")
        for target in targets_of(self._at.desk, subject):
            yield Hit(isolated(target.label), number, Address(LESION, subject, row=target.row), icon="place")


def _findable(hit: Hit) -> Findable:
    return Findable.of(f"{hit.title} {hit.action.detail}" if hit.action is not None else hit.title)

"""The amendment rehearsed: what putting a version in force changes for each subject. Nothing is written.

The site is read once by the versions in force and once with the new one beside them, as if every subject had
agreed to it. What was begun is compared, too: an amendment that touches it would show here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.ledger.keys import FormKey, Scope, VisitKey
from crfapp.ledger.signing import content_hash
from crfapp.ledger.state import (
    FormRow,
    ItemRow,
    LockRow,
    SignatureRow,
    StudyVersionRow,
    SubjectRow,
    VerifiedRow,
)
from crfapp.study.versions import read_together
from crfapp.work.desk import desk_with
from crfapp.work.offered import forms_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crfapp.study.study import Study
    from crfapp.work.desk import Desk
    from crfapp.work.ports import R, Tables
    from crfapp.work.schedule import Slot


@dataclass(frozen=True, slots=True)
class FormToCome:
    """A form to come, with its questions that come and go; ``new`` or ``dropped`` as a whole."""

    key: FormKey
    added: tuple[str, ...]
    removed: tuple[str, ...]
    new: bool = False
    dropped: bool = False


@dataclass(frozen=True, slots=True)
class VisitMoved:
    """A visit to come whose days change, comes or is not due any more; days are ISO or empty."""

    at: VisitKey
    was: tuple[str, str]
    now: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What happens to one subject. ``version`` is the one followed now, ``stays`` how many forms were begun.

    ``touched`` are begun forms, and marks over them, that would come out otherwise: there must be none.
    """

    subject: str
    number: str
    version: str
    stays: int
    marks: int
    forms: tuple[FormToCome, ...]
    visits: tuple[VisitMoved, ...]
    touched: tuple[str, ...]


def rehearse(desk: Desk, new: Study) -> Iterator[Rehearsed]:
    """Subject by subject, by number, what putting ``new`` in force changes once each has agreed to it."""
    after = _desk_after(desk, new)
    for subject in sorted(desk.tables.find(SubjectRow), key=lambda row: row.number):
        forms = desk.tables.find(FormRow, subject=subject.subject)
        marks = [row for row in desk.tables.find(VerifiedRow, subject=subject.subject) if row.state == "done"]
        yield Rehearsed(
            subject.subject,
            subject.number,
            desk.versions.of_subject(subject.subject).head.version,
            len(forms),
            len(marks) + len(_held(desk, subject.subject)),
            tuple(_forms(desk, after, subject.subject)),
            tuple(_visits(desk, after, subject.subject)),
            tuple(_touched(desk, after, forms)),
        )


class _Agreed:
    """The tables as they are, with a version in force that needs no new consent."""

    def __init__(self, tables: Tables, new: StudyVersionRow) -> None:
        self._tables, self._new = tables, new

    def get(self, table: type[R], *key: str | int) -> R | None:
        """The row with this key; every version is agreed to."""
        if table is StudyVersionRow:
            return self._new._replace(content=str(key[0]))
        return self._tables.get(table, *key)

    def find(self, table: type[R], **equal: str | int | None) -> Sequence[R]:
        """The rows whose columns equal these."""
        return self._tables.find(table, **equal)

    def holding(self, form: str, item: str, value: str) -> Sequence[ItemRow]:
        """Everybody's answers that are this text."""
        return self._tables.holding(form, item, value)


def _desk_after(desk: Desk, new: Study) -> Desk:
    row = StudyVersionRow(new.hash, new.head.version, "active", "", "", place="~")
    study = read_together([*desk.study.versions, new])
    return desk_with(desk, study, _Agreed(desk.tables, row))


def _held(desk: Desk, subject: str) -> list[tuple[str, str]]:
    signed = desk.tables.find(SignatureRow, subject=subject, state="valid")
    held = [row for row in desk.tables.find(LockRow, subject=subject) if row.state != "open"]
    return [("signed", row.signature) for row in signed] + [("held", row.form or row.visit) for row in held]


def _forms(desk: Desk, after: Desk, subject: str) -> Iterator[FormToCome]:
    """The forms of visits to come, compared as they are asked now and then."""
    begun = {row.key for row in desk.tables.find(FormRow, subject=subject)}
    was = {key: None for slot in desk.slots(subject) for key in _asked(desk, subject, slot)}
    now = {key: None for slot in after.slots(subject) for key in _asked(after, subject, slot)}
    for key in dict.fromkeys((*was, *now)):
        if key in begun:
            continue
        old = tuple(desk.versions.at(key).items(key.form)) if key in was else ()
        new = tuple(after.versions.at(key).items(key.form)) if key in now else ()
        added = tuple(item for item in new if item not in old)
        removed = tuple(item for item in old if item not in new)
        if added or removed:
            yield FormToCome(key, added, removed, new=key not in was, dropped=key not in now)


def _asked(desk: Desk, subject: str, slot: Slot) -> list[FormKey]:
    if slot.status in ("missed", "merged", "cancelled", "possible"):
        return []
    return forms_at(desk, VisitKey(subject, slot.visit, slot.visit_n))


def _visits(desk: Desk, after: Desk, subject: str) -> Iterator[VisitMoved]:
    was = {(slot.visit, slot.visit_n): _days(slot) for slot in desk.slots(subject)}
    now = {(slot.visit, slot.visit_n): _days(slot) for slot in after.slots(subject)}
    for visit, n in dict.fromkeys((*was, *now)):
        before, then = was.get((visit, n), ("", "")), now.get((visit, n), ("", ""))
        if before != then or ((visit, n) in was) != ((visit, n) in now):
            yield VisitMoved(VisitKey(subject, visit, n), before, then)


def _days(slot: Slot) -> tuple[str, str]:
    opens, closes = slot.opens or slot.planned, slot.closes or slot.planned
    return (opens.isoformat() if opens else "", closes.isoformat() if closes else "")


def _touched(desk: Desk, after: Desk, forms: Sequence[FormRow]) -> Iterator[str]:
    """Begun forms whose version, content or findings would be other ones."""
    for row in forms:
        scope = Scope(*row.key)
        same = desk.versions.at(row.key).hash == after.versions.at(row.key).hash
        if not same or _content(desk, scope) != _content(after, scope):
            yield f"{row.visit} {row.form}"


def _content(desk: Desk, scope: Scope) -> str:
    return content_hash(desk.tables, desk.study, scope)

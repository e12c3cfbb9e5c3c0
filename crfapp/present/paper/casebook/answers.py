"""The answers of one form: label, answer with its unit, what is known of it; rows as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.exchange.audit_words import REDACTED
from crfapp.exchange.origin_words import origin_words
from crfapp.exchange.row_facts import VOIDED
from crfapp.ledger.keys import FormKey, ItemKey
from crfapp.ledger.state import ItemRow, TrailRow, VerifiedRow
from crfapp.present.paper.blocks import Cell, Run, Table, Words, text
from crfapp.present.paper.casebook.tables import heading, lines, small
from crfapp.present.texts import N_, isolated
from crfapp.study.types import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from crfapp.exchange.row_facts import RowFacts
    from crfapp.present.paper.blocks import Block, Picture
    from crfapp.present.paper.casebook.reading import Reading
    from crfapp.study.model import Item, Section

_WIDTHS = (0.42, 0.3, 0.28)
_ROW_WIDTH = 0.16
_MOST_COLUMNS = 5
"""With more questions, a row of a repeating section gets a table of its own."""
_VERIFIED = {"done": N_("verified against the source"), "changed": N_("changed since it was verified")}


class Answers:
    """The blocks of forms of one subject."""

    def __init__(self, read: Reading) -> None:
        self._read = read
        subject = read.subject.subject
        self._verified = {row.key: row.state for row in read.at.tables.find(VerifiedRow, subject=subject)}

    def of(self, key: FormKey) -> Iterator[Block]:
        """Section by section; what is not asked here, and what stays at the site, is left out."""
        answers: dict[str, dict[str, ItemRow]] = {}
        for row in self._read.at.tables.find(ItemRow, **key._asdict()):
            answers.setdefault(row.row, {})[row.item] = row
        facts, study = self._read.rows.rows(key), self._read.at.study_at(key)
        places = study.items(key.form)
        for section in study.form(key.form).sections:
            items = [item for item in section.items if self._shows(key.form, item)]
            if not items:
                continue
            group = places[items[0].item].group
            blocks = (
                self._grouped(key, section, items, ([f for f in facts if f.group == group], answers))
                if group
                else self._plain(key, "", items, answers.get("", {}))
            )
            found = list(blocks)
            if found:
                yield heading(self._read.at.texts_at(key).section(key.form, section.section))
                yield from found

    def _shows(self, form: str, item: Item) -> bool:
        note = self._read.at.study.field(form, item.item).kind is Kind.NOTE
        return not note and not self._read.keeps(form, item.item)

    def _plain(
        self, key: FormKey, row: str, items: Sequence[Item], answers: Mapping[str, ItemRow]
    ) -> Iterator[Block]:
        say = self._read.say
        asked = [item for item in items if item.item in answers or item.when is None]
        rows = []
        for item in asked:
            stored = answers.get(item.item)
            ask = Words((Run(self._read.question(key, item.item)),))
            oid = Words((Run(item.item, "muted", ltr=True),), "tiny")
            place = ItemKey(*key, row, item.item)
            answer = text(self._answer(place, stored), "strong" if stored is not None else "muted")
            rows.append(
                (
                    Cell((ask, oid)),
                    Cell((answer, *self._pictures(place, stored))),
                    small(*self._remarks(place, stored), tone="muted"),
                )
            )
        if rows:
            yield lines(_WIDTHS, (say("Question"), say("Answer"), say("What is known of it")), rows)

    def _grouped(
        self,
        key: FormKey,
        section: Section,
        items: Sequence[Item],
        held: tuple[Sequence[RowFacts], Mapping[str, Mapping[str, ItemRow]]],
    ) -> Iterator[Block]:
        facts, answers = held
        if not facts:
            yield text(self._read.say("No rows."), "muted")
        elif len(items) <= _MOST_COLUMNS:
            yield self._table(key, items, facts, answers)
        else:
            for fact in facts:
                yield text(self._row_title(key, section, fact), "strong")
                yield from self._plain(key, fact.key, items, answers.get(fact.key, {}))

    def _table(
        self,
        key: FormKey,
        items: Sequence[Item],
        facts: Sequence[RowFacts],
        answers: Mapping[str, Mapping[str, ItemRow]],
    ) -> Table:
        room = (1 - _ROW_WIDTH) / len(items)
        titles = ("", *(self._read.question(key, item.item) for item in items))
        rows = []
        for fact in facts:
            cells = [small(self._row_title(key, None, fact), tone="strong")]
            for item in items:
                stored = answers.get(fact.key, {}).get(item.item)
                place = ItemKey(*key, fact.key, item.item)
                said = self._answer(place, stored) if stored is not None or item.when is None else ""
                remarks = (text(words, "muted", "tiny") for words in self._remarks(place, stored))
                pictures = self._pictures(place, stored)
                cells.append(Cell((text(said, size="small"), *pictures, *remarks) if said else ()))
            rows.append(cells)
        return lines((_ROW_WIDTH, *[room] * len(items)), titles, rows)

    def _row_title(self, key: FormKey, section: Section | None, fact: RowFacts) -> str:
        label = self._read.row(key, fact.key)
        number = "" if label == str(fact.number) else f"{fact.number}. "
        words = f"{number}{isolated(label)}"
        if section is not None:
            words = self._read.say("Row {row}", row=words)
        if fact.voided == VOIDED:
            return self._read.say("{row}, struck out", row=words)
        return self._read.say("{row}, does not apply", row=words) if fact.voided else words

    def _answer(self, place: ItemKey, stored: ItemRow | None) -> str:
        say = self._read.say
        if stored is None or (stored.value is None and stored.missing is None):
            return say("no answer")
        if self._read.is_gone(stored.node, stored.seq, "value"):
            return say(REDACTED)
        return self._read.answer(place, stored.value, stored.missing)

    def _pictures(self, place: ItemKey, stored: ItemRow | None) -> tuple[Picture, ...]:
        if stored is None or self._read.is_gone(stored.node, stored.seq, "value"):
            return ()
        return self._read.picture(place, stored.value)

    def _remarks(self, place: ItemKey, stored: ItemRow | None) -> Iterator[str]:
        """Missing code, unit as typed, skip logic, verification, why it was changed, by whom and when."""
        if stored is None:
            return
        say = self._read.say
        if stored.missing:
            yield say("missing: {code}", code=isolated(stored.missing))
        if stored.entered:
            yield say("typed: {text}", text=isolated(f"{stored.entered} {stored.unit or ''}".strip()))
        if stored.hidden == 1:
            yield say("does not apply any more")
        if whence := origin_words(say, stored.origin):
            yield whence
        if self._verified.get(place) in _VERIFIED:
            yield say(_VERIFIED[self._verified[place]])
        yield from self._whence(stored)

    def _whence(self, stored: ItemRow) -> Iterator[str]:
        """The reason of the last change, and who gave the answer when."""
        read, say = self._read, self._read.say
        if stored.reason:
            gone = read.is_gone(stored.node, stored.seq, "reason")
            yield say("reason: {reason}", reason=say(REDACTED) if gone else isolated(stored.reason))
        told = read.at.tables.get(TrailRow, stored.node, stored.seq)
        if told is not None:
            yield f"{isolated(told.login)} {read.when(told.at)}"

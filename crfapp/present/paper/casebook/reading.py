"""What every page of a casebook is told from: one subject at one instant, and what of it may leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from crfapp.exchange.confidential import NothingStays
from crfapp.exchange.row_facts import RowBook
from crfapp.form.values import shown
from crfapp.ledger.keys import EventId
from crfapp.present.texts import isolated
from crfapp.present.words import ROLES, UNIT_SIGNS
from crfapp.study.types import Kind
from crfapp.work.reading_items import field_of, manner_of
from crfapp.work.redaction import redacted_texts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from crfapp.exchange.site_data import SiteData
    from crfapp.form.plan_parts import PlanItem
    from crfapp.ledger.events import End
    from crfapp.ledger.keys import FormKey, ItemKey, VisitKey
    from crfapp.ledger.state import SubjectRow
    from crfapp.present.paper.blocks import Picture
    from crfapp.present.texts import Texts
    from crfapp.present.workplace import Workplace


@dataclass(frozen=True, slots=True)
class Wish:
    """Which casebook. ``whole``: with what stays at the site. ``ends``: how far each chain has come.

    ``picture`` gives a photograph in small, as it may be shown here, by the hash that is its answer.
    """

    whole: bool = False
    ends: tuple[End, ...] = ()
    picture: Callable[[str], Picture | None] = lambda _photograph: None


class Reading:
    """One subject as the pages tell it; ``at`` and ``data`` read from the same snapshot."""

    def __init__(self, at: Workplace, data: SiteData, subject: SubjectRow, wish: Wish) -> None:
        self.at, self.data, self.subject, self.wish = at, data, subject, wish
        if wish.whole:
            data.confidential = NothingStays(data.study)
        self.say: Texts = at.texts
        self.rows = RowBook(data, subject.subject)
        self.gone = redacted_texts(at.tables)
        self._labels: dict[FormKey, Mapping[str, str]] = {}

    def keeps(self, form: str, item: str = "") -> bool:
        """Whether a form or an item is left out here."""
        return self.data.confidential.keeps(form, item)

    def is_gone(self, node: str, seq: int, name: str) -> bool:
        """Whether a text of an event was made unreadable."""
        return (EventId(node, seq), name) in self.gone

    def answer(self, place: ItemKey, value: str | None, missing: str | None) -> str:
        """An answer with its unit as the form shows it; of an older version of the study as it was."""
        if missing is not None:
            return self.at.texts_at(place.of).code(self.at.study_at(place.of).head.missing, missing)
        planned = self._planned(place)
        if value is None or planned is None or planned.type.kind is Kind.NOTE:
            return value or ""
        if planned.type.kind is Kind.ROWREF:
            return self.rows.label(planned.type.rows_of or "", value)
        try:
            text = shown(value, field_of(self.at.desk, place.of, planned), manner_of(self.at.desk, place.of))
        except (ValueError, ArithmeticError):  # the item was of another type when it was answered
            return value
        sign = UNIT_SIGNS.get(planned.item.unit or "", planned.item.unit or "")
        return isolated(f"{text} {sign}".strip())

    def picture(self, place: ItemKey, value: str | None) -> tuple[Picture, ...]:
        """The photograph that an answer is, in small; nothing for any other answer."""
        planned = self._planned(place)
        if value is None or planned is None or planned.type.kind is not Kind.PHOTO:
            return ()
        found = self.wish.picture(value)
        return () if found is None else (found,)

    def row(self, key: FormKey, row: str) -> str:
        """What people call a row of a form."""
        if not row:
            return ""
        if key not in self._labels:
            known = key.form in self.at.study.forms
            self._labels[key] = {fact.key: fact.label for fact in self.rows.rows(key)} if known else {}
        return self.row_words(key.form, self._labels[key].get(row, row))

    def row_words(self, form: str, label: str) -> str:
        """The label of a row; of one that the study names itself, its words in this language."""
        for section in self.at.study.form(form).sections if form in self.at.study.forms else ():
            if section.rows is not None and label in section.rows.fixed:
                return self.at.study_texts.row(form, section.section, label)
        return label

    def question(self, key: FormKey, item: str) -> str:
        """The words of a question, as the form asked it."""
        return self.at.texts_at(key).item(key.form, item)

    def visit(self, key: VisitKey) -> str:
        """The name of a visit, with its number where it repeats."""
        return self.at.study_texts.visit(key.visit) + (f" {key.visit_n}" if key.visit_n > 1 else "")

    def form(self, key: FormKey) -> str:
        """The name of a form, with its number where it repeats."""
        return self.at.texts_at(key).form(key.form) + (f" {key.form_n}" if key.form_n > 1 else "")

    def when(self, instant: str) -> str:
        """An instant on the clock at the site, with its offset."""
        local = datetime.fromisoformat(instant).astimezone(ZoneInfo(self.at.site.zone))
        return isolated(stamp_of(local))

    def who(self, name: str, role: str) -> str:
        """A person with the role of that time."""
        return self.say("{name}, {role}", name=isolated(name), role=self.say(ROLES.get(role, role)))

    def _planned(self, place: ItemKey) -> PlanItem | None:
        study = self.at.study
        if place.form not in study.forms or place.visit not in study.visits:
            return None
        return self.at.desk.forms.plan(place.of).items.get(place.item)


def stamp_of(local: datetime) -> str:
    """``2025-01-31 09:12:05 +03:00``."""
    text = local.isoformat(sep=" ", timespec="seconds")
    return f"{text[:19]} {text[19:]}"

"""One subject on an injection day: what stands against the dose, the product, the lesions, the forms."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from crfapp.ledger.state import FormRow, SubjectRow
from crfapp.present.address import Address
from crfapp.present.body_map import place_words
from crfapp.present.day_view import Fact, FormButton, LesionLine, Remark, SubjectCard
from crfapp.present.dose_words import DoseWords, left_words
from crfapp.present.finding_words import finding_words
from crfapp.present.palette import CASEBOOK
from crfapp.present.texts import isolated
from crfapp.present.visit_words import due_words, visit_title, window_words
from crfapp.present.words import FORM_ICON, TIMING, status_words
from crfapp.work.doses import doses_of, given_so_far
from crfapp.work.dosing_day import check_before, dose_at, holding
from crfapp.work.offered import forms_at
from crfapp.work.product import limits_of, lot_before, used_before
from crfapp.work.targets import targets_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.ledger.keys import FormKey, VisitKey
    from crfapp.present.workplace import Workplace
    from crfapp.study.targets import Dosing
    from crfapp.work.doses import Dose
    from crfapp.work.dosing_day import Asked, Check
    from crfapp.work.schedule import Slot
    from crfapp.work.targets import Target

LESION = "lesion"
_CLOSE = timedelta(minutes=30)
"""A product that may be used no longer than this is told in the colour of a warning."""


class DayCard:
    """Makes the card of one visit."""

    def __init__(self, at: Workplace, visit: VisitKey, binding: Dosing) -> None:
        self._at, self._visit, self._binding = at, visit, binding
        self._words = DoseWords(at, binding.form)
        self._before = [
            dose for dose in doses_of(at.desk, visit.subject) if dose.key.at != visit and dose.given
        ]

    def view(self, number: str, slot: Slot) -> SubjectCard:
        """The card as of now."""
        desk = self._at.desk
        begun = slot.status == "started"
        dose = dose_at(desk, self._visit, self._binding) if begun else None
        check = check_before(desk, self._visit, self._binding) if begun else None
        remarks = tuple(self._remarks(check))
        pill, tone = self._standing(dose, check, against=any(one.grade == "error" for one in remarks))
        held = self._at.study.visit(slot.visit)
        return SubjectCard(
            subject=isolated(number),
            visit=visit_title(slot, held, self._at.study_texts.visit(slot.visit)),
            when=self._when(slot),
            pill=pill,
            tone=tone,
            remarks=remarks,
            checked=self._checked(check),
            product=tuple(self._product(dose)),
            lesions=tuple(self._lesion(target, dose) for target in targets_of(desk, self._visit.subject)),
            total=self._total(),
            forms=tuple(map(self._form, forms_at(desk, self._visit))) if begun else (),
            address=Address(CASEBOOK, *self._visit),
            begun=begun,
        )

    # ---- how it stands

    def _when(self, slot: Slot) -> str:
        say, held = self._at.texts, self._at.study.visit(slot.visit)
        parts = []
        if slot.status != "started":
            parts.append(due_words(slot, slot.standing(self._at.today), self._at.today, say))
        if slot.offset is not None:
            parts.append(say("day {day}", day=slot.offset))
        if slot.timing is not None:
            parts.append(say(TIMING[slot.timing]))
        window = window_words(slot, held, say)
        if window:
            parts.append(window)
        return " · ".join(parts)

    def _standing(self, dose: Dose | None, check: Check | None, *, against: bool) -> tuple[str, str]:
        say = self._at.texts
        if dose is not None and dose.given is not None:
            if not dose.given:
                return say("not given"), "muted"
            if dose.end is not None:
                return say("given {time}", time=isolated(f"{dose.end.local:%H:%M}")), "ok"
        if against:
            return say("do not give"), "error"
        if check is not None and check.unanswered:
            return say("check before the dose"), "warn"
        return (say("may be given"), "ok") if check is not None else (say("expected"), "primary")

    def _remarks(self, check: Check | None) -> Iterator[Remark]:
        texts = self._at.study_texts
        for row in holding(self._at.desk, self._visit, self._binding):
            where = self._at.texts.listed((texts.form(row.form), texts.visit(row.visit)))
            yield Remark(f"{finding_words(self._at, row)} ({where})", "error", Address(CASEBOOK, *row.key))
        for asked in check.asked if check is not None else ():
            unknown = asked.worked_out and asked.text is None
            if check is not None and (asked.against or unknown):
                to = Address(CASEBOOK, *check.key, "", asked.item)
                yield Remark(self._answered(check.key, asked), "error" if asked.against else "warn", to)

    def _checked(self, check: Check | None) -> str:
        """What the program itself answers of the check, where it stands as it should."""
        if check is None:
            return ""
        known = [one for one in check.asked if one.worked_out and one.text is not None and not one.against]
        return " · ".join(self._answered(check.key, one) for one in known)

    def _answered(self, key: FormKey, asked: Asked) -> str:
        item = self._at.study.place(key.form, asked.item).item
        texts = self._at.study_texts
        answer = texts.code(item.codes, asked.text) if item.codes and asked.text else asked.text
        answer = answer or self._at.texts("not known yet")
        return f"{texts.item(key.form, asked.item)} {isolated(answer)}"

    # ---- the product

    def _product(self, dose: Dose | None) -> Iterator[Fact]:
        """Lot and container, how long it is good, where the container was used before, another lot."""
        say = self._at.texts
        last = self._before[-1] if self._before else None
        if last is not None:
            yield Fact(say("Last time"), self._label(last))
        if dose is None or not (dose.lot or dose.container):
            return
        yield Fact(say("Today"), self._label(dose))
        for limit in limits_of(self._at.desk, dose, self._binding):
            now = dose.start if dose.given and dose.start is not None else self._at.now
            left = limit.left(now)
            tone = "error" if left < timedelta() else "warn" if left < _CLOSE else "text"
            name = say("After thawing") if limit.thawed else say("Expiry")
            until = f"{say.short_date(limit.until.local.date())} {limit.until.local:%H:%M}"
            yield Fact(name, f"{isolated(until)} ({isolated(left_words(self._at, left))})", tone)
        for other in used_before(self._at.desk, dose, self._binding):
            row = self._at.tables.get(SubjectRow, other.key.subject)
            parts = (row.number if row else "", self._at.study_texts.visit(other.visit))
            where = say.listed(isolated(part) for part in parts)
            yield Fact(say("Container used before"), where, "error")
        before = lot_before(self._at.desk, dose)
        if before and before != dose.lot:
            yield Fact(say("Lot"), say("another one than last time"), "warn")

    def _label(self, dose: Dose) -> str:
        say = self._at.texts
        day = say.short_date(dose.start.local.date()) if dose.start is not None else ""
        lot = say("lot {lot}", lot=isolated(dose.lot)) if dose.lot else ""
        box = say("container {container}", container=isolated(dose.container)) if dose.container else ""
        return say.listed(isolated(part) for part in (day, lot, box, self._words.total(dose)) if part)

    def _total(self) -> str:
        """How many doses there were, and how much in all."""
        if not self._before:
            return self._at.texts("no dose so far")
        said = self._at.texts.many("{count} dose so far", "{count} doses so far", len(self._before))
        amounts = [dose.total for dose in self._before if dose.total is not None]
        if not amounts or self._binding.total is None:
            return said
        whole = self._words.amount(sum(amounts[1:], amounts[0]), self._binding.total, self._before[-1].unit)
        return self._at.texts("{doses}, {amount} in all", doses=said, amount=whole)

    # ---- lesions and forms

    def _lesion(self, target: Target, dose: Dose | None) -> LesionLine:
        say = self._at.texts
        sums = given_so_far(self._before).get(target.row, {})
        last = self._before[-1].portion(target.row) if self._before else None
        today = dose.portion(target.row) if dose is not None else None
        role = "" if target.treated else say("control") if target.control else say("not treated")
        return LesionLine(
            label=target.label,
            role=role,
            where=where_words(self._at, target),
            so_far=self._words.so_far(sums),
            last=self._words.given(last),
            planned=self._words.planned(today),
            today=self._words.given(today),
            address=Address(LESION, self._visit.subject, row=target.row),
            treated=target.treated,
        )

    def _form(self, key: FormKey) -> FormButton:
        row = self._at.tables.get(FormRow, *key)
        status = row.status if row is not None else "expected"
        title = self._at.study_texts.form(key.form)
        return FormButton(
            title, FORM_ICON[status], status_words(status, self._at.texts), Address(CASEBOOK, *key)
        )


def where_words(at: Workplace, target: Target) -> str:
    """Where a lesion is: site and side in the study's words, and the landmark."""
    bound = at.study.head.targets
    place = place_words(at, bound, target.site, target.side) if bound is not None else ""
    return at.texts.listed((place, isolated(target.landmark) if target.landmark else ""))

"""One subject's casebook: the visits and forms, where each stands, and how a visit begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.problems import AppProblem
from crfapp.form.dates_typed import read_date
from crfapp.form.values import Field, Manner, Reading
from crfapp.ledger.keys import FormKey, Scope, VisitKey
from crfapp.ledger.state import FormRow, FormRowRow, LockRow, SubjectRow
from crfapp.present.asking import MARKS, Asking
from crfapp.present.casebook_view import FormEntry, VisitEntry
from crfapp.present.form_page import FormPage
from crfapp.present.form_view import Inspection, Patch, Refusal
from crfapp.present.holding import HELD_WORDS
from crfapp.present.problem_texts import problem_text
from crfapp.present.texts import isolated
from crfapp.present.threads import asked_at
from crfapp.present.visit_words import visit_title, window_words
from crfapp.present.words import FORM_ICON, VISIT_ICON
from crfapp.study.study import visits_after
from crfapp.study.types import ItemType, Kind
from crfapp.work.offered import forms_at
from crfapp.work.roles import Right
from crfapp.work.visits import BookVisit, MergeVisit, MissVisit, StartVisit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from crfapp.present.photo_room import PhotoRoom
    from crfapp.present.workplace import Workplace
    from crfapp.work.cases import Command
    from crfapp.work.schedule import Slot


class CasebookPage:
    """The presenter of the casebook."""

    def __init__(self, workplace: Workplace, room: PhotoRoom | None = None) -> None:
        self._at = workplace
        self.room = room
        self.acts = Asking(workplace)
        self.subject = ""
        self._asked: Mapping[FormKey, str] = {}
        self._held: Mapping[Scope, str] = {}

    def open(self, subject: str) -> None:
        """Turn to a subject."""
        self.subject = subject

    def title(self) -> tuple[str, str]:
        """The subject's number; nothing else of a person can be known for every study."""
        row = self._at.tables.get(SubjectRow, self.subject)
        return (row.number if row is not None else "", "")

    def visits(self) -> tuple[VisitEntry, ...]:
        """The schedule in the order of the pack; the running logs stand last."""
        begun = {row.key: row for row in self._at.tables.find(FormRow, subject=self.subject)}
        slots = self._at.desk.slots(self.subject)
        self._asked = self.acts.form_marks(self.subject)
        self._held = self._holds()
        entries = [self._entry(slot, begun) for slot in slots]
        return tuple(sorted(entries, key=lambda entry: entry.standing == "log"))

    def form(self, key: FormKey) -> FormPage:
        """One form of this casebook."""
        return FormPage(self._at, key, self.acts, self.room)

    def inspect_scope(self, scope: Scope) -> Inspection:
        """What is asked about a form, a visit or the casebook as a whole."""
        say, texts = self._at.texts, self._at.study_texts
        title, facts = say("The casebook"), self.title()[0]
        if scope.visit:
            title, facts = texts.visit(scope.visit), say("the visit as a whole")
        if scope.form:
            title, facts = texts.form(scope.form), say("the form as a whole")
        return Inspection(title, isolated(facts), "", asking=asked_at(self._at, scope))

    def next_form(self, key: FormKey, step: int = 1) -> FormKey | None:
        """The form before or after this one, over visit borders."""
        keys = [entry.key for visit in self.visits() for entry in visit.forms]
        place = keys.index(key) + step if key in keys else -1
        return keys[place] if 0 <= place < len(keys) else None

    def start_visit(self, visit: str, n: int, date_text: str) -> Patch:
        """The subject is seen or called on the day that was typed."""
        return self._on_day(date_text, lambda day: StartVisit(key=VisitKey(self.subject, visit, n), date=day))

    def book_visit(self, visit: str, n: int, date_text: str) -> Patch:
        """An appointment was made for the day that was typed."""
        return self._on_day(date_text, lambda day: BookVisit(key=VisitKey(self.subject, visit, n), date=day))

    def _on_day(self, date_text: str, command: Callable[[str], Command]) -> Patch:
        field = Field(ItemType(Kind.DATE))
        reading = read_date(date_text, field, Manner(zone=self._at.desk.zone))
        if not isinstance(reading, Reading):
            say = self._at.texts
            return Patch(
                refusal=Refusal(reading.code.value, say("This is not a date. Write it as 2025-01-31."))
            )
        return self._do(command(reading.text))

    def miss_visit(self, visit: str, n: int, why: str, text: str = "") -> Patch:
        """The visit did not take place."""
        return self._do(MissVisit(key=VisitKey(self.subject, visit, n), why=why, reason=text))

    def merge_visit(self, visit: str, n: int, into: str, why: str) -> Patch:
        """The visit is held together with a later one."""
        return self._do(MergeVisit(key=VisitKey(self.subject, visit, n), into=into, reason=why))

    def missed_reasons(self) -> tuple[tuple[str, str], ...]:
        """Why a visit can have been missed: (code, words)."""
        reasons = self._at.study.head.reasons
        texts = self._at.study_texts
        return tuple((code, texts.code(reasons, code)) for code in self._at.study.codes(reasons))

    def _do(self, command: Command) -> Patch:
        try:
            self._at.send(command)
        except AppProblem as problem:
            what, todo = problem_text(problem, self._at.texts)
            return Patch(refusal=Refusal(problem.code.value, f"{what} {todo}".strip()))
        return Patch(saved=self._at.texts.clock(self._at.now.local), status_changed=True)

    def _entry(self, slot: Slot, begun: Mapping[FormKey, FormRow]) -> VisitEntry:
        visit = self._at.study.visit(slot.visit)
        standing = slot.standing(self._at.today)
        key = VisitKey(self.subject, slot.visit, slot.visit_n)
        keys = forms_at(self._at.desk, key)
        repeated = {k.form for k in keys if k.form_n > 1}
        forms = tuple(self._form(k, begun, k.form in repeated) for k in keys)
        done = standing == "started" and all(form.status == "complete" for form in forms)
        may = self._at.actor.may(Right.SCHEDULE)
        waiting = standing in ("due", "overdue", "later", "possible", "cancelled")
        return VisitEntry(
            visit=slot.visit,
            visit_n=slot.visit_n,
            title=visit_title(slot, visit, self._at.study_texts.visit(visit.visit)),
            date_text=self._day(slot),
            status_icon="complete" if done else VISIT_ICON[standing],
            standing=standing,
            forms=forms,
            can_start=may and waiting,
            can_miss=may and waiting and standing not in ("possible", "cancelled"),
            merges_into=self._later(slot)
            if may and waiting and visit.kind in ("scheduled", "repeating")
            else (),
            overdue=standing == "overdue",
            booked=slot.booked is not None,
            planned=self._planned(slot),
            window=window_words(slot, visit, self._at.texts),
            asked=self._asked_words(self._asked.get(FormKey(*key, "", 0), "")),
            held=self._held_words(Scope(*key)),
        )

    def _later(self, slot: Slot) -> tuple[tuple[str, str], ...]:
        """The visits to come with which one can be held together."""
        items = self._at.study.head.visit_items
        if items.merged is None or items.into is None or slot.status == "cancelled":
            return ()
        after, slots = visits_after(self._at.study, slot.visit), self._at.desk.slots(self.subject)
        later = (s for s in slots if s.visit in after and s.status in ("expected", "booked"))
        return tuple((s.visit, self._at.study_texts.visit(s.visit)) for s in later)

    def _planned(self, slot: Slot) -> str:
        """The planned day in full; that it may still move, and what was agreed instead."""
        say = self._at.texts
        if slot.planned is None:
            return ""
        words = say.long_date(slot.planned)
        if slot.booked is not None and slot.booked != slot.planned:
            return say("{day}, booked for {booked}", day=words, booked=say.long_date(slot.booked))
        if slot.proposed is not None and not slot.provisional:
            return say(
                "{day}, when nobody is seen here; nearest day: {other}",
                day=words,
                other=say.long_date(slot.proposed),
            )
        return say("{day}, not fixed yet", day=words) if slot.provisional else words

    def _day(self, slot: Slot) -> str:
        day = slot.actual or slot.booked or slot.planned
        return self._at.texts.short_date(day) if day is not None else ""

    def _form(self, key: FormKey, begun: Mapping[FormKey, FormRow], several: bool) -> FormEntry:
        row = begun.get(key)
        status = row.status if row is not None else "expected"
        title = self._at.study_texts.form(key.form)
        rows = self._at.tables.find(FormRowRow, **key._asdict(), voided=0) if row is not None else ()
        return FormEntry(
            key=key,
            title=f"{title} {key.form_n}" if several else title,
            status=status,
            icon=FORM_ICON[status],
            count=len(rows),
            asked=self._asked_words(self._asked.get(key, "")),
            held=self._held_words(Scope(*key)),
        )

    def _holds(self) -> dict[Scope, str]:
        """What is frozen or locked in this casebook, itself, and the site, with its state."""
        subjects = dict.fromkeys((self.subject, ""))
        rows = (row for one in subjects for row in self._at.tables.find(LockRow, subject=one))
        return {row.scope: row.state for row in rows if row.state in HELD_WORDS}

    def _held_words(self, scope: Scope) -> str:
        """From a form or visit outwards, the first thing that holds it."""
        around = (scope, Scope(*scope[:3]), Scope(scope.subject), Scope())
        state = next((self._held[one] for one in around if one in self._held), "")
        return self._at.texts(HELD_WORDS[state]) if state else ""

    def _asked_words(self, mark: str) -> str:
        return self._at.texts(MARKS[mark]) if mark else ""

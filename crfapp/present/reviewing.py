"""What a signer goes through before signing: everything the first time, later exactly what changed since."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

from crfapp.form.graph import Cell
from crfapp.ledger.keys import EventId, Scope
from crfapp.ledger.signing import content_hash, is_signed
from crfapp.ledger.state import FormRowRow, ItemRow, SubjectRow
from crfapp.present.address import Address
from crfapp.present.answer_words import answer_words
from crfapp.present.finding_words import finding_words
from crfapp.present.form_fields import FormFields
from crfapp.present.manifestation import manifestation
from crfapp.present.palette import CASEBOOK
from crfapp.present.signing_view import ChangeLine, HindranceLine, Review, ReviewedForm
from crfapp.present.site_present import where_of
from crfapp.present.texts import isolated
from crfapp.present.words import ROLES
from crfapp.work.differences import ANSWER, REOPENED, ROW_ADDED, Told, differences
from crfapp.work.hindrances import (
    CONTRADICTION,
    EMPTY,
    HARD,
    INCOMPLETE,
    PICTURE,
    QUERY,
    begun_forms,
    in_the_way_of_signing,
)
from crfapp.work.lock_conditions import SIGNATURE, UNLOCKED, UNLOCKING, VERIFICATION
from crfapp.work.sign_plan import last_signature
from crfapp.work.signing import is_seen

if TYPE_CHECKING:
    from crfapp.ledger.chain import Envelope
    from crfapp.ledger.keys import FormKey, VisitKey
    from crfapp.present.workplace import Workplace
    from crfapp.work.differences import Difference
    from crfapp.work.hindrances import Hindrance


class Reviewing:
    """Lays out forms for a signer, in the signer's language."""

    def __init__(self, at: Workplace) -> None:
        self._at = at
        self._where: dict[VisitKey, str] = {}

    def review(self, scope: Scope, meaning: str) -> Review:
        """What is about to be signed at one place."""
        self._where.clear()
        with self._at.desk.reading(self._at.tables, self._at.desk.head):  # schedules are worked out once
            return self._laid_out(scope, meaning)

    def _laid_out(self, scope: Scope, meaning: str) -> Review:
        at, say = self._at, self._at.texts
        last = last_signature(at.desk, scope, meaning)
        since = ""
        changed: dict[FormKey, list[Difference]] = {}
        if last is not None:
            since = say(
                "Shown is what changed since: {signature}",
                signature=manifestation(last, at.study_texts, say).sentence,
            )
            records = at.events.records(subject=scope.subject)
            for one in differences(records, at.study, scope, EventId(last.node, last.seq)):
                changed.setdefault(one.key, []).append(one)
        keys = sorted(begun_forms(at.desk, scope), key=self._place)
        forms = (self._form(key, changed.get(key), first=last is None) for key in keys)
        return Review(
            title=self._titled(scope),
            since=since,
            forms=tuple(form for form in forms if form is not None),
            hindrances=tuple(map(self.hindrance, in_the_way_of_signing(at.desk, scope))),
        )

    def name(self, scope: Scope) -> str:
        """What a scope is called: the form's title, the visit's, or the casebook."""
        texts = self._at.study_texts
        if scope.form:
            return texts.form(scope.form)
        return texts.visit(scope.visit) if scope.visit else self._at.texts("Casebook")

    def placed(self, scope: Scope) -> str:
        """What a scope is called where nothing beside it says at which visit: many have the same form."""
        visit = self._at.study_texts.visit(scope.visit) if scope.form and scope.visit else ""
        return " · ".join(part for part in (visit, self.name(scope)) if part)

    def _titled(self, scope: Scope) -> str:
        subject = self._at.tables.get(SubjectRow, scope.subject)
        return f"{isolated(subject.number if subject else '')} · {self.placed(scope)}"

    def _place(self, key: FormKey) -> tuple[int, int, int, int]:
        """In the order of the schedule, and of the forms at a visit."""
        forms = [held.form for held in self._at.study.visit(key.visit).forms]
        place = forms.index(key.form) if key.form in forms else len(forms)
        return self._at.study.visit_order[key.visit], key.visit_n, place, key.form_n

    def _form(self, key: FormKey, changed: list[Difference] | None, *, first: bool) -> ReviewedForm | None:
        """One form; None where nothing changed in it since and it was seen as it is."""
        at, say = self._at, self._at.texts
        seen = is_seen(at.desk, key, at.actor.login)
        if not first and changed is None and seen:
            return None
        whole = first or changed is None
        if key.at not in self._where:
            self._where[key.at] = where_of(at, key)
        return ReviewedForm(
            key=key,
            title=at.texts_at(key).form(key.form),
            where=self._where[key.at],
            note=say("Everything recorded") if whole else say("What changed since"),
            lines=self._everything(key) if whole else tuple(map(self._change, changed or ())),
            content=content_hash(at.tables, at.study, Scope(*key)),
            seen=seen,
            address=Address(CASEBOOK, *key),
        )

    # ---- lines

    def _everything(self, key: FormKey) -> tuple[ChangeLine, ...]:
        """All answers in the order of the form, and the rows that were struck out."""
        at, graph = self._at, self._at.desk.forms.get(key)
        stored = {(row.row, row.item): row for row in at.tables.find(ItemRow, **key._asdict())}
        lines = [
            ChangeLine(self._question(key, cell), "", self._now(key, stored[cell]))
            for cell in graph.cells()
            if tuple(cell) in stored and is_signed(at.study_at(key), key.form, cell.item)
        ]
        voided = at.tables.find(FormRowRow, **key._asdict(), voided=1)
        struck = at.texts("Row struck out")
        return (*lines, *(ChangeLine(struck, "", f"{row.section} {row.position}") for row in voided))

    def _now(self, key: FormKey, row: ItemRow) -> str:
        planned = self._at.desk.forms.get(key).plan.items[row.item]
        told = Told(row.value, row.missing, row.unit, row.hidden == 1)
        return answer_words(self._at, key, planned, told)

    def _question(self, key: FormKey, cell: Cell) -> str:
        return FormFields(self._at, key).cell_label(self._at.desk.forms.get(key), cell)

    def _change(self, one: Difference) -> ChangeLine:
        at, say = self._at, self._at.texts
        who = say("{name}, {role}", name=one.by.name, role=say(ROLES.get(one.by.role, one.by.role)))
        told = {"who": who, "when": self._when(one.by), "why": one.why}
        if one.what != ANSWER:
            what = {
                ROW_ADDED: say("Row added"),
                REOPENED: say("Form taken up again"),
            }.get(one.what, say("Row struck out"))
            return ChangeLine(what, "", "", **told, changed=True)
        planned = at.desk.forms.get(one.key).plan.items.get(one.item)
        if planned is None:  # asked in an older version of the study
            return ChangeLine(one.item, one.then.value or "–", one.now.value or "–", **told, changed=True)
        then, now = (answer_words(at, one.key, planned, told) for told in (one.then, one.now))
        return ChangeLine(self._question(one.key, Cell(one.row, one.item)), then, now, **told, changed=True)

    def _when(self, by: Envelope) -> str:
        local = datetime.fromisoformat(by.at).astimezone(timezone(timedelta(minutes=by.offset)))
        day, time = self._at.texts.short_date(local.date()), self._at.texts.clock(local)
        return isolated(self._at.texts("{day}, {time}", day=day, time=time))

    # ---- what is in the way

    def hindrance(self, one: Hindrance) -> HindranceLine:
        """One thing in the way, in a sentence."""
        say, texts = self._at.texts, self._at.study_texts
        key = one.key
        address = Address(CASEBOOK)
        where = ""
        if key is not None:
            cell = one.cell or Cell("", "")
            address = Address(CASEBOOK, *key, cell.row, cell.item)
            visit = texts.visit(key.visit)
            where = say("{visit}, {form}", visit=visit, form=texts.form(key.form))
            if one.cell is not None:
                where = say("{place}: {item}", place=where, item=self._question(key, one.cell))
        sentences = {
            EMPTY: say("{where}: an answer is missing.", where=where),
            PICTURE: say(
                "{where}: the photograph {which} is missing.", where=where, which=isolated(one.about)
            ),
            HARD: say("{where}: {check} keeps it from being complete.", where=where, check=one.about),
            QUERY: say("{where}: a query is open ({about}).", where=where, about=self._query(one)),
            INCOMPLETE: say("{where} is not complete.", where=where),
            CONTRADICTION: say("{where}: two workstations gave different answers.", where=where),
            SIGNATURE: say("Not signed as it is now: {what}.", what=self._signature(one, where)),
            VERIFICATION: say("{where}: critical answers are not verified as they are now.", where=where),
            UNLOCKING: say("Somebody asks to open something here again."),
            UNLOCKED: say("The casebook of {subject} is not locked.", subject=isolated(one.about)),
        }
        fallback = say("{visit}: nobody has said what became of it.", visit=texts.visit(one.about))
        return HindranceLine(sentences.get(one.what, fallback), address)

    def _signature(self, one: Hindrance, where: str) -> str:
        meaning = self._at.study_texts.meaning(one.about)
        return self._at.texts("{where}: {meaning}", where=where, meaning=meaning) if where else meaning

    def _query(self, one: Hindrance) -> str:
        if one.key is None:
            return one.about
        found = self._at.desk.forms.findings(one.key)
        row = next((r for (_, check), r in found.items() if check == one.about and r.state == "open"), None)
        return finding_words(self._at, row) if row is not None else self._at.texts("asked by a person")

"""A demo's investigator and data manager at work: some of what waits is signed, one casebook is locked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger.keys import Scope
from crfapp.ledger.state import ItemRow, SignatureRow, SubjectRow
from crfapp.study.types import Kind
from crfapp.work.entry import RecordAnswer
from crfapp.work.lock_conditions import in_the_way_of_locking
from crfapp.work.locking import Lock
from crfapp.work.marks import held_by
from crfapp.work.roles import Right
from crfapp.work.sign_plan import CURRENT, UNSIGNED, wanted
from crfapp.work.verification import VerifyItem
from crfapp.work.verification_standing import planned_items

if TYPE_CHECKING:
    from crfapp.journeys.acting import Hands
    from crfapp.work.roles import Actor

_FORMS, _VISITS, _CORRECTED = 8, 6, 3
"""So many forms and so many visits are signed in one sitting; so many of these are corrected later."""


class SigningRound:
    """What is signed and locked in a demo; nothing where nobody among the people may."""

    def __init__(self, hands: Hands) -> None:
        self._hands = hands
        self._desk = hands.ground.desk

    def sign(self) -> None:
        """Sign some of the forms that wait, and some visits: others go on waiting."""
        open_ones = [one for one in wanted(self._desk, offers=True) if one.state == UNSIGNED]
        forms = [one.scope for one in open_ones if one.scope.level == "form"]
        visits = [one.scope for one in open_ones if one.scope.level == "visit"]
        for scopes, most in ((forms[::2], _FORMS), (visits, _VISITS)):
            signed = 0
            for scope in scopes:
                signed += self._hands.sign(scope)
                if signed == most:
                    break

    def correct(self) -> None:
        """The site corrects a number in what was signed: these signatures are outdated from then on."""
        signed = [row for row in self._desk.tables.find(SignatureRow, state="valid") if row.form or row.visit]
        for row in signed[:: max(1, len(signed) // _CORRECTED)][:_CORRECTED]:
            named = {name: part for name, part in row.scope._asdict().items() if part}
            numbers = filter(self._is_number, self._desk.tables.find(ItemRow, **named, hidden=0))
            found = next((one for one in numbers if held_by(self._desk, one.key.of) is None), None)
            if found is not None:
                planned = self._desk.forms.plan(found.key.of).items[found.item]
                place = {"key": found.key.of, "row": found.row, "item": found.item}
                typed = str(int(found.value or 0) + 1)
                command = RecordAnswer(**place, typed=typed, reason="digits misread")  # type: ignore[arg-type]
                self._hands.send(command, self._hands.who(planned))

    def _is_number(self, row: ItemRow) -> bool:
        kind = self._desk.study.field(row.form, row.item).kind
        return row.origin == "person" and row.value is not None and kind is Kind.INTEGER

    def lock(self) -> None:
        """Have the first casebook that was ever signed compared to the end, signed as it is, and locked."""
        actor = self._who(Right.LOCK)
        signed = [row for row in self._desk.tables.find(SignatureRow, of="casebook") if row.subject]
        subject = self._desk.tables.get(SubjectRow, signed[0].subject) if signed else None
        if actor is None or subject is None:
            return
        scope = Scope(subject.subject)
        self._verify(subject)
        for one in list(wanted(self._desk, subject.subject)):
            if one.state != CURRENT and one.plan.required:
                self._hands.sign(one.scope)
        if next(in_the_way_of_locking(self._desk, scope), None) is None:
            self._hands.send(Lock(scope=scope), actor)

    def _verify(self, subject: SubjectRow) -> None:
        monitor = self._who(Right.VERIFY)
        for one in planned_items(self._desk, subject):
            if one.state not in ("done", "queried") and monitor is not None:
                place = {"key": one.key.of, "row": one.key.row, "item": one.key.item}
                self._hands.send(VerifyItem(**place, head=one.stored.head), monitor)  # type: ignore[arg-type]

    def _who(self, right: Right) -> Actor | None:
        return next((one for one in self._hands.ground.people.values() if one.may(right)), None)

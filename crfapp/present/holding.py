"""How a form is held, and what this person may do about it: freeze, lock, ask to open, agree."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from crfapp.base.problems import AppProblem, Code
from crfapp.ledger.keys import Scope
from crfapp.ledger.speaking import CENTRE_NAME
from crfapp.ledger.state import LockAskedRow, LockRow
from crfapp.present.form_view import HoldAct, Patch, Refusal
from crfapp.present.problem_texts import problem_text
from crfapp.present.reviewing import Reviewing
from crfapp.present.taken_words import lock_refusal
from crfapp.present.texts import N_, isolated
from crfapp.study.types import Kind
from crfapp.work.lock_conditions import in_the_way_of_locking
from crfapp.work.lock_requests import AskLock
from crfapp.work.locking import AgreeUnlock, AskUnlock, DeclineUnlock, Freeze, Lock, Unfreeze
from crfapp.work.marks import held_by
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.form.plan_parts import PlanItem
    from crfapp.ledger.keys import FormKey
    from crfapp.present.workplace import Workplace
    from crfapp.work.locking import HoldCommand

_MOST_LISTED = 4
HELD_WORDS = {"frozen": N_("frozen"), "locked": N_("locked")}
"""How it is said that something is held, by the state of its row."""
_COMMANDS: dict[str, type[HoldCommand | AskLock]] = {
    "freeze": Freeze,
    "unfreeze": Unfreeze,
    "lock": Lock,
    "ask": AskUnlock,
    "agree": AgreeUnlock,
    "decline": DeclineUnlock,
    "wish": AskLock,
}
_RIGHTS = {
    "freeze": Right.FREEZE,
    "unfreeze": Right.FREEZE,
    "lock": Right.LOCK,
    "ask": Right.LOCK,
    "agree": Right.OVERSEE,
    "decline": Right.OVERSEE,
    "wish": Right.LOCK,
}
_OPEN, _FROZEN, _LOCKED, _ASKED = ("freeze", "lock"), ("unfreeze", "lock"), ("ask",), ("agree", "decline")
_WISHED = ("wish",)
_ACTS = {
    ("freeze", "form"): N_("Freeze the form…"),
    ("freeze", "visit"): N_("Freeze the visit…"),
    ("freeze", "casebook"): N_("Freeze the casebook…"),
    ("unfreeze", "form"): N_("Let the form go…"),
    ("unfreeze", "visit"): N_("Let the visit go…"),
    ("unfreeze", "casebook"): N_("Let the casebook go…"),
    ("lock", "form"): N_("Lock the form"),
    ("lock", "visit"): N_("Lock the visit"),
    ("lock", "casebook"): N_("Lock the casebook"),
    ("wish", "form"): N_("Ask the site to lock the form"),
    ("wish", "visit"): N_("Ask the site to lock the visit"),
    ("wish", "casebook"): N_("Ask the site to lock the casebook"),
    ("ask", "form"): N_("Ask to open the form…"),
    ("ask", "visit"): N_("Ask to open the visit…"),
    ("ask", "casebook"): N_("Ask to open the casebook…"),
    ("agree", "form"): N_("Agree to open the form"),
    ("agree", "visit"): N_("Agree to open the visit"),
    ("agree", "casebook"): N_("Agree to open the casebook"),
    ("decline", "form"): N_("Leave the form locked…"),
    ("decline", "visit"): N_("Leave the visit locked…"),
    ("decline", "casebook"): N_("Leave the casebook locked…"),
}
_QUESTIONS = {
    "freeze": N_("Why is it frozen?"),
    "unfreeze": N_("Why is it let go?"),
    "ask": N_("What is it opened for?"),
    "decline": N_("Why does it stay locked?"),
}


class Holding:
    """Of one form, and of the visit and casebook around it."""

    def __init__(self, at: Workplace, key: FormKey) -> None:
        self._at = at
        self._key = key

    def word(self) -> str:
        """Frozen, locked, or empty."""
        row = held_by(self._at.desk, self._key)
        return self._at.texts(HELD_WORDS[row.state]) if row is not None else ""

    def sentence(self) -> str:
        """Who holds it since when and why, or what became of a wish to lock it; empty where it is open."""
        row, say = held_by(self._at.desk, self._key), self._at.texts
        if row is None:
            return self._wished()
        facts = {"who": isolated(row.name), "day": self._day(row.at)}
        said = (
            say("Frozen by {who} on {day}; nothing here changes until it is let go.", **facts)
            if row.state == "frozen"
            else say("Locked by {who} on {day}; a correction needs it opened again.", **facts)
        )
        return f"{said} {isolated(row.reason)}" if row.reason else said

    def acts(self) -> tuple[HoldAct, ...]:
        """What this person may do, the form first, then the visit, then the casebook."""
        return tuple(
            HoldAct(
                f"{act}:{scope.level}",
                self._at.texts(_ACTS[act, scope.level]),
                self._at.texts(_QUESTIONS[act]) if act in _QUESTIONS else "",
            )
            for scope in self._scopes()
            for act in self._possible(scope)
            if self._at.actor.may(_RIGHTS[act])
        )

    def do(self, key: str, reason: str) -> Patch:
        """Carry out one of the acts; the refusal lists what stands in the way of locking."""
        act, _, level = key.partition(":")
        scope = next(scope for scope in self._scopes() if scope.level == level)
        try:
            self._at.send(_COMMANDS[act](scope=scope, reason=reason))
        except AppProblem as problem:
            text = " ".join(part for part in problem_text(problem, self._at.texts) if part)
            if problem.code is Code.LOCK_HINDERED:
                text = "\n".join((text, *self._in_the_way(scope)))
            return Patch(refusal=Refusal(problem.code.value, text))
        return Patch(saved=self._at.texts.clock(self._at.now.local), status_changed=True)

    def _scopes(self) -> tuple[Scope, ...]:
        form, visit, casebook, _site = Scope.around(self._key)
        log = self._at.study.visit(self._key.visit).kind == "log"
        return (form, casebook) if log else (form, visit, casebook)

    def _wished(self) -> str:
        """At the centre: that it asked for a lock around this form, or why the site refused the last wish."""
        say, around = self._at.texts, Scope.around(self._key)
        rows = [row for row in self._at.tables.find(LockAskedRow) if row.scope in around]
        last = max(rows, key=lambda row: row.at, default=None)
        if last is None or not self._at_centre():
            return ""
        facts = {"who": isolated(last.name), "day": self._day(last.at)}
        if last.state == "asked":
            return say("{who} asked the site on {day} to lock this.", **facts)
        if last.state != "refused":
            return ""
        asked = say("{who} asked on {day} to lock this; the site refused.", **facts)
        return f"{asked} {lock_refusal(last.code, say)}"

    def _day(self, stamp: str) -> str:
        local = datetime.fromisoformat(stamp).astimezone(UTC).astimezone(ZoneInfo(self._at.site.zone))
        return self._at.texts.date(local)

    def _at_centre(self) -> bool:
        """A centre holds nothing itself: it asks, and the site locks."""
        return self._at.desk.node.startswith(CENTRE_NAME)

    def _possible(self, scope: Scope) -> tuple[str, ...]:
        row = self._at.tables.get(LockRow, *scope)
        if self._at_centre():
            return self._to_wish(scope, row)
        if row is None or row.state == "open":
            return _OPEN
        if row.state == "frozen":
            return _FROZEN
        return _ASKED if row.asked else _LOCKED

    def _to_wish(self, scope: Scope, row: LockRow | None) -> tuple[str, ...]:
        if row is not None and row.state == "locked":
            return () if row.asked else _LOCKED
        waits = any(one.scope == scope for one in self._at.tables.find(LockAskedRow, state="asked"))
        return () if waits else _WISHED

    def _in_the_way(self, scope: Scope) -> Iterator[str]:
        say, reviewing = self._at.texts, Reviewing(self._at)
        found = list(in_the_way_of_locking(self._at.desk, scope))
        yield from (f"• {reviewing.hindrance(one).text}" for one in found[:_MOST_LISTED])
        if len(found) > _MOST_LISTED:
            yield say("and {count} more", count=len(found) - _MOST_LISTED)


def locked_words(at: Workplace, planned: PlanItem) -> str:
    """Why a question cannot be answered by this person; empty where it can."""
    say = at.texts
    if not at.actor.may(Right.RECORD):
        return say("Your role reads here and does not write.")
    if planned.type.kind is Kind.SIGNATURE:
        return say("Signatures are given on the Signing page.")
    if planned.item.by == ("program",):
        return say("The program fills this in when it is signed.")
    if planned.item.by and at.actor.role.value not in planned.item.by:
        return say("Only an investigator answers this.")
    return ""

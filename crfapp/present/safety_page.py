"""The Safety page: reports that are owed, the events of the site, stop rules, and what went out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.present.address import Address
from crfapp.present.finding_words import finding_words
from crfapp.present.notice_acts import NoticeActs
from crfapp.present.notice_facts import NoticeFacts
from crfapp.present.palette import CASEBOOK
from crfapp.present.safety_view import HoldLine, NoticeCard, OwedLine, SafetyView, SentLine
from crfapp.present.safety_watch import SAFETY, address_of, left_words, watch_of
from crfapp.present.sign_matrix import sign_matrix
from crfapp.present.site_events import FILTERS, SiteEvents
from crfapp.present.texts import isolated
from crfapp.work.begun import forms_begun
from crfapp.work.owed_notices import Occasion, notice_called, number_of, occasions
from crfapp.work.stop_rules import stop_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from crfapp.ledger.state import FindingRow
    from crfapp.present.lane import Lane
    from crfapp.present.notice_desk import NoticeDesk
    from crfapp.present.workplace import Workplace
    from crfapp.work.owed_notices import OwedNotice


@dataclass(frozen=True, slots=True)
class SafetyParts:
    """What the page is made of besides the records: long work, the desk for files, where files go.

    Without a ``desk`` no papers are made here.
    """

    lane: Lane
    desk: NoticeDesk | None
    folder: Path


class SafetyPage:
    """The presenter."""

    def __init__(self, workplace: Workplace, parts: SafetyParts) -> None:
        self._at = workplace
        self._watch = watch_of(workplace)
        self._facts = NoticeFacts(workplace)
        self._events = SiteEvents(workplace, self._facts)
        self.acts = NoticeActs(workplace, parts, self._facts)
        self._only = "all"
        self._open: Occasion | None = None
        self._show: Callable[[SafetyView], None] = lambda _: None
        self.acts.watch(self.refresh)

    def watch(self, show: Callable[[SafetyView], None]) -> None:
        """Have the page told of every change."""
        self._show = show

    def heed(self) -> None:
        """Something was recorded of which the page tells."""
        self._events.forget()

    def refresh(self) -> None:
        """Look again, and show it."""
        self._show(self.view())

    def view(self) -> SafetyView:
        """Everything the page shows, as of now."""
        say, contact = self._at.texts, self._at.study.head.safety_desk
        told = (contact.name, contact.phone, contact.fax, contact.email)
        owed = self._watch.owed()
        missing = say("The study names no safety desk of the sponsor; the sponsor fills it in (study.yaml).")
        return SafetyView(
            contact=say.listed(isolated(part) for part in told if part),
            no_contact="" if any(told) or not self._at.study.head.notices else missing,
            owed=tuple(self._owed_line(one) for one in owed),
            events=self._events.lines(self._only),
            filters=tuple((key, say(words)) for key, words in FILTERS.items()),
            at=self._only,
            holds=tuple(self._holds()),
            sent=tuple(self._sent()),
            card=self._card(owed),
            signs=sign_matrix(self._at, self._open.key.subject) if self._open is not None else None,
        )

    def count(self) -> int:
        """How many reports wait: the number on the rail."""
        return len(self._watch.owed())

    def only(self, key: str) -> None:
        """Show only some of the events."""
        self._only = key if key in FILTERS else "all"
        self.refresh()

    def choose(self, occasion: Occasion) -> None:
        """Open an event or form with its reports."""
        if occasion != self._open:
            self._open = occasion
            self.acts.turn(occasion)
        self.refresh()

    def turn(self, to: Address) -> None:
        """Open what an address names; what presses most where it names nothing."""
        found = self._named(to)
        if found is None and self._open is None:
            owed = self._watch.owed()
            found = owed[0].occasion if owed else None
        if found is not None:
            self.choose(found)

    def address(self) -> Address:
        """Where the page is turned to."""
        return address_of(self._open) if self._open is not None else Address(SAFETY)

    def event_address(self) -> Address:
        """The open event in the casebook."""
        if self._open is None:
            return Address(CASEBOOK)
        return Address(CASEBOOK, *self._open.key, row=self._open.row)

    # ---- inside

    def _named(self, to: Address) -> Occasion | None:
        notice = notice_called(self._at.desk, to.item)
        if notice is None or not to.subject:
            return None
        places = occasions(self._at.desk, to.subject, notice)
        return next((one for one in places if (one.key.form, one.row) == (to.form, to.row)), None)

    def _owed_line(self, owed: OwedNotice) -> OwedLine:
        say = self._at.texts
        kind = say("First report") if owed.number == 0 else say("Follow-up {number}", number=owed.number)
        when = self._facts.when(owed.since)
        since = say("aware since {when}", when=when)
        if not owed.aware:
            since = say("recorded {when}; awareness not said yet", when=when)
        tone = "error" if owed.overdue else "warn" if owed.number == 0 else ""
        return OwedLine(
            title=self._facts.title(owed.occasion),
            note=f"{kind} · {since}",
            due=self._facts.when(owed.due),
            left=left_words(owed.left, say),
            tone=tone,
            occasion=owed.occasion,
        )

    def _holds(self) -> Iterator[HoldLine]:
        for state in ("open", "confirmed"):
            for row in sorted(stop_rules(self._at.desk, state=state), key=lambda one: one.seq):
                yield self._hold(row)

    def _hold(self, row: FindingRow) -> HoldLine:
        texts, say = self._at.study_texts, self._at.texts
        number = isolated(number_of(self._at.desk, row.subject))
        decided = (
            say("Decided: {reason}", reason=isolated(row.reason or "")) if row.state == "confirmed" else ""
        )
        return HoldLine(
            title=f"{number} · {texts.form(row.form)}",
            text=finding_words(self._at, row),
            decided=decided,
            address=Address(CASEBOOK, *row.key),
        )

    def _sent(self) -> Iterator[SentLine]:
        desk = self._at.desk
        for notice in self._at.study.head.notices:
            begun = {row.subject for row in forms_begun(desk, form=notice.form)}
            for subject in sorted(begun, key=lambda one: number_of(desk, one)):
                for occasion in occasions(desk, subject, notice):
                    yield from self._facts.sent(occasion)

    def _card(self, owed: tuple[OwedNotice, ...]) -> NoticeCard | None:
        if self._open is None:
            return None
        mine = next((one for one in owed if one.occasion == self._open), None)
        say = self._at.texts
        left = ""
        if mine is not None:
            due = self._facts.when(mine.due)
            left = say("{left}; due {due}", left=left_words(mine.left, say), due=due)
        judged = self._facts.judged(self._open)
        told = {name for name, _ in judged}  # said once, with who judged it
        return NoticeCard(
            title=self._facts.title(self._open),
            left=left,
            tone="error" if mine is not None and mine.overdue else "warn",
            facts=tuple(fact for fact in self._facts.facts(self._open) if fact[0] not in told),
            judged=judged,
            sent=self._facts.sent(self._open),
            may=self.acts.may(mine),
            state=self.acts.state,
        )

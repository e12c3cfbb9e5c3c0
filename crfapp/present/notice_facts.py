"""An event and its reports in words: what the Safety page and the printed report say of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from crfapp.ledger.keys import ItemKey
from crfapp.ledger.state import NodeRow, NoticeRow, ReceiptRow
from crfapp.present.address import Address
from crfapp.present.answer_words import answer_words
from crfapp.present.palette import CASEBOOK
from crfapp.present.safety_view import SentLine
from crfapp.present.safety_watch import notice_title
from crfapp.present.texts import isolated
from crfapp.present.words import ROLES
from crfapp.study.types import Kind
from crfapp.work.differences import Told
from crfapp.work.judgements import criteria_met, judged_items, judgements
from crfapp.work.owed_notices import notice_called, number_of, reports_of

if TYPE_CHECKING:
    from crfapp.ledger.keys import FormKey
    from crfapp.present.workplace import Workplace
    from crfapp.work.judgements import Judgement
    from crfapp.work.owed_notices import Occasion, Report


_DAYS = frozenset({Kind.DATE, Kind.PARTIALDATE})


class NoticeFacts:
    """Says what is known of an occasion, in one person's language."""

    def __init__(self, workplace: Workplace) -> None:
        self._at = workplace

    def title(self, occasion: Occasion) -> str:
        """``Serious adverse event · JO01-003 · AE 2: Urticaria``."""
        parts = [
            notice_title(self._at, occasion.notice),
            isolated(number_of(self._at.desk, occasion.key.subject)),
        ]
        parts.append(self.event(occasion))
        return " · ".join(part for part in parts if part)

    def event(self, occasion: Occasion) -> str:
        """What the event is called; empty for a form that stands for itself."""
        log = self._at.study.head.events
        if not occasion.row or log is None:
            return ""
        term = self.answer(occasion.key, occasion.row, log.term)
        number = isolated(f"{occasion.key.form} {occasion.number}")
        return f"{number}: {term}" if term != "–" else number

    def answer(self, key: FormKey, row: str, item: str) -> str:
        """A recorded answer in words; a dash for none."""
        return self._words(key, row, item, self._at.desk.stored(ItemKey(*key, row, item)))

    def facts(self, occasion: Occasion) -> tuple[tuple[str, str], ...]:
        """Start, end, grade, outcome, and why the event is serious."""
        log, key, row = self._at.study.head.events, occasion.key, occasion.row
        texts, say = self._at.study_texts, self._at.texts
        if not row or log is None or log.form != key.form:
            return ()
        items = (log.start, log.ongoing, log.end, log.grade, log.outcome)
        found = [(texts.item(key.form, item), self.answer(key, row, item)) for item in items
                 if item in self._at.study.items(key.form)]  # fmt: skip
        met = criteria_met(self._at.desk, key, row)
        said = say.listed(texts.item(key.form, item) for item in met) if met else say("not said yet")
        return (*[(name, words) for name, words in found if words != "–"], (say("Serious because"), said))

    def judged(self, occasion: Occasion) -> tuple[tuple[str, str], ...]:
        """What only the investigator judges: the first judgement, and each later one with its reason."""
        key, row, texts = occasion.key, occasion.row, self._at.study_texts
        lines = []
        for item in judged_items(self._at.desk, key.form):
            told = judgements(self._at.events, ItemKey(*key, row, item))
            if told:
                words = [self._judged(key, one, number) for number, one in enumerate(told)]
                lines.append((texts.item(key.form, item), "\n".join(words)))
        return tuple(lines)

    def sent(self, occasion: Occasion) -> tuple[SentLine, ...]:
        """The reports of an occasion that went out, the newest first."""
        notice = notice_called(self._at.desk, occasion.notice)
        if notice is None:
            return ()
        reports = reports_of(self._at.desk, notice, occasion)
        return tuple(self._sent(occasion, one) for one in reversed(reports) if one.sent is not None)

    def when(self, instant: datetime) -> str:
        """An instant on the clock of the site."""
        local = instant.astimezone(ZoneInfo(self._at.site.zone))
        return self._at.texts(
            "{day}, {time}", day=self._at.texts.date(local.date()), time=isolated(f"{local:%H:%M}")
        )

    def _words(self, key: FormKey, row: str, item: str, stored: object) -> str:
        planned = self._at.desk.forms.plan(key).items.get(item)
        if planned is None or stored is None:
            return "–"
        told = self._at.desk.stored(ItemKey(*key, row, item))
        if told is None:
            return "–"
        if planned.type.kind in _DAYS and told.value is not None and told.hidden != 1:
            return self._day(told.value)
        return answer_words(self._at, key, planned, Told(told.value, told.missing, hidden=told.hidden == 1))

    def _day(self, recorded: str) -> str:
        """A day with its month named; one of which only the month or year is known as it was recorded."""
        try:
            return self._at.texts.date(date.fromisoformat(recorded))
        except ValueError:
            return isolated(recorded)

    def _judged(self, key: FormKey, one: Judgement, number: int) -> str:
        say = self._at.texts
        planned = self._at.desk.forms.plan(key).items[one.item]
        answer = answer_words(self._at, key, planned, Told(one.value, one.missing, hidden=False))
        who = say("{name}, {role}", name=isolated(one.name), role=say(ROLES.get(one.role, one.role)))
        facts = {"answer": answer, "who": who, "when": self.when(_instant(one.at))}
        if number == 0:
            return say("First: {answer} ({who}, {when})", **facts)
        reason = isolated(one.reason or "")
        return say("Later: {answer} ({who}, {when}); reason: {reason}", **facts, reason=reason)

    def _sent(self, occasion: Occasion, report: Report) -> SentLine:
        say = self._at.texts
        noted = report.noted
        title = say("First report") if report.number == 0 else say("Follow-up {number}", number=report.number)
        late = noted is not None and noted.due and noted.sent_at > noted.due
        how = isolated(self._how(occasion, noted)) if noted is not None else say("noted in the form alone")
        whom = say("to {whom}", whom=isolated(noted.told_to)) if noted is not None and noted.told_to else ""
        return SentLine(
            title=title,
            note=self.title(occasion),
            sent=self.when(report.sent) if report.sent is not None else "",
            how=" ".join(part for part in (how, whom) if part),
            tone="error" if late else "ok",
            taken=self._taken(noted),
            address=Address(CASEBOOK, *report.key, row=report.row),
        )

    def _how(self, occasion: Occasion, noted: NoticeRow) -> str:
        return dict(how_choices(self._at, occasion.notice)).get(noted.how, noted.how)

    def _taken(self, noted: NoticeRow | None) -> str:
        """When the centre took the package in: from then the sponsor knows, and its own clock runs."""
        if noted is None or not noted.package:
            return ""
        say, tables = self._at.texts, self._at.tables
        for receipt in tables.find(ReceiptRow, package=noted.package):
            node = tables.get(NodeRow, receipt.node)
            if node is None or node.sort != "site":
                return say(
                    "Taken in by the sponsor on {when}: the sponsor's day 0.",
                    when=self.when(_instant(receipt.at)),
                )
        return say("Its package is not confirmed yet.")


def how_choices(at: Workplace, kind: str) -> tuple[tuple[str, str], ...]:
    """The ways in which a report can go out, by code and words; another notice's where its form has none."""
    notices = sorted(at.study.head.notices, key=lambda one: one.notice != kind)
    for notice in notices:
        if notice.how is not None:
            codelist = at.study.place(notice.form, notice.how).item.codes or ""
            texts = at.study_texts
            return tuple((code, texts.code(codelist, code)) for code in at.study.codes(codelist))
    return ()


def _instant(at: str) -> datetime:
    return datetime.fromisoformat(at.removesuffix("Z")).replace(tzinfo=UTC)

"""Monitoring visits: the one that runs, all that there were, and the record of one."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from crfapp.base.problems import AppProblem
from crfapp.form.graph import Cell
from crfapp.ledger.events import (
    Event,
    ItemEvent,
    ItemVerified,
    MonitoringBegan,
    MonitoringEnded,
    QueryClosed,
    QueryRaised,
    VerificationTaken,
)
from crfapp.ledger.keys import ItemKey
from crfapp.ledger.state import MonitoringRow, QueryRow, SubjectRow
from crfapp.present.asking_signature import ask_for_monitoring
from crfapp.present.form_fields import FormFields
from crfapp.present.monitoring_view import RecordLine, RunningVisit, VisitLine, VisitRecord
from crfapp.present.problem_texts import problem_text
from crfapp.present.receipts import SHORT, confirmed_sentences
from crfapp.present.source_form import local_of, when_of
from crfapp.present.texts import N_, isolated
from crfapp.present.visit_signatures import signature_sentences, wants_signing
from crfapp.work.monitoring import (
    BeginMonitoring,
    Done,
    EndMonitoring,
    NoteMonitoringPaper,
    done_since,
    running_visit,
)
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from crfapp.ledger.chain import Record
    from crfapp.ledger.keys import FormKey
    from crfapp.present.asking_signature import SignatureRequest
    from crfapp.present.paper.blocks import Booklet
    from crfapp.present.workplace import Workplace
    from crfapp.work.cases import Command

    Print = Callable[[Booklet, Path], str]
    """Puts a booklet down as a PDF and gives the SHA-256 of the file."""

_WHAT = {
    ItemVerified.kind: N_("verified"),
    VerificationTaken.kind: N_("verification taken back"),
    QueryRaised.kind: N_("query raised"),
    QueryClosed.kind: N_("query closed"),
}


class MonitoringVisits:
    """The presenter of the visits. ``chain_head`` gives the hash of the chain's last event."""

    def __init__(self, workplace: Workplace, chain_head: Callable[[], str], to_paper: Print) -> None:
        self._at, self._chain_head, self._print = workplace, chain_head, to_paper
        self.may_visit = workplace.actor.may(Right.VERIFY)

    def running(self) -> RunningVisit | None:
        """The person's own visit while it lasts."""
        row = running_visit(self._at.tables, self._at.actor.login)
        if row is None:
            return None
        say = self._at.texts
        text = say("Began {when}.", when=self._when(row.began))
        return RunningVisit(
            say("Monitoring visit {number}", number=self._numbers()[row.monitoring]),
            f"{text} {self._counts(done_since(self._at.tables, row))}.",
        )

    def begin(self, purpose: str) -> str:
        """A visit begins; why not, or empty."""
        return self._do(BeginMonitoring(purpose=purpose))

    def end(self, points: str) -> str:
        """The visit ends with what stays open in her words; why not, or empty."""
        return self._do(EndMonitoring(points=points))

    def visits(self) -> tuple[VisitLine, ...]:
        """All visits, the last one first."""
        say, numbers = self._at.texts, self._numbers()
        rows = sorted(self._rows(), key=lambda row: -numbers[row.monitoring])
        return tuple(
            VisitLine(
                monitoring=row.monitoring,
                number=str(numbers[row.monitoring]),
                who=self._at.texts.listed((isolated(row.name), isolated(row.organisation))),
                when=self._when(row.began),
                until=say("to {end}", end=self._when(row.ended)) if row.ended else "",
                counts=self._counts(self._done(row)),
                signed=self._signed(row),
                running=not row.ended,
                is_signed=bool(signature_sentences(self._at, row)),
                to_sign=wants_signing(self._at, row),
            )
            for row in rows
        )

    def record(self, monitoring: str) -> VisitRecord:
        """Everything that was done in one visit; KeyError where there is no such one."""
        row = {row.monitoring: row for row in self._rows()}[monitoring]
        say = self._at.texts
        facts = (
            (say("Monitor"), say.listed((isolated(row.name), isolated(row.organisation)))),
            (say("Site"), say.listed((isolated(self._at.site.code), self._at.site.name))),
            (say("When"), self._span(row)),
            (say("Purpose"), row.purpose or say("not told")),
            (say("Done"), self._counts(self._done(row))),
        )
        return VisitRecord(
            monitoring=monitoring,
            title=say("Monitoring visit {number}", number=self._numbers()[monitoring]),
            facts=facts,
            points_title=say("Open points"),
            points=row.points or say("No open points were noted."),
            lines=tuple(self._lines(row)),
            head=self._chain_head()[:SHORT],
            signatures=signature_sentences(self._at, row),
            to_sign=wants_signing(self._at, row),
            confirmed=confirmed_sentences(self._at),
        )

    def request(self, monitoring: str) -> SignatureRequest:
        """Ask for the signature under a record; KeyError where there is no such visit."""
        row = {row.monitoring: row for row in self._rows()}[monitoring]
        title = self._at.texts("Monitoring visit {number}", number=self._numbers()[monitoring])
        return ask_for_monitoring(self._at, monitoring, f"{title} · {self._span(row)}")

    def file_name(self, monitoring: str) -> str:
        """A name for the file of a record: study, site, number and the day on which it began."""
        row = {row.monitoring: row for row in self._rows()}[monitoring]
        number, day = self._numbers()[monitoring], row.began[:10].replace("-", "")
        return f"{self._at.study.head.study}_{self._at.site.code}_monitoring-{number}_{day}.pdf"

    def to_paper(self, monitoring: str, target: Path) -> str:
        """Put the record down as a PDF and note it; why not, or empty."""
        from crfapp.present.paper.monitoring_record import record_booklet  # for whoever prints

        try:
            sha256 = self._print(record_booklet(self._at, self.record(monitoring)), target)
        except AppProblem as problem:
            return " ".join(problem_text(problem, self._at.texts)).strip()
        return self._do(NoteMonitoringPaper(file=target.name, sha256=sha256))

    # ---- inside

    def _do(self, command: Command) -> str:
        try:
            self._at.send(command)
        except AppProblem as problem:
            return " ".join(problem_text(problem, self._at.texts)).strip()
        return ""

    def _rows(self) -> list[MonitoringRow]:
        return list(self._at.tables.find(MonitoringRow))

    def _numbers(self) -> dict[str, int]:
        """What people call visits: by the order in which they began."""
        rows = sorted(self._rows(), key=lambda row: (row.began, row.monitoring))
        return {row.monitoring: number for number, row in enumerate(rows, 1)}

    def _done(self, row: MonitoringRow) -> Done:
        if not row.ended:
            return done_since(self._at.tables, row)
        return Done(row.verified, row.taken, row.raised, row.closed)

    def _counts(self, done: Done) -> str:
        say = self._at.texts
        parts = [say.many("{count} item verified", "{count} items verified", done.verified)]
        if done.taken:
            parts.append(say.many("{count} taken back", "{count} taken back", done.taken))
        parts.append(say.many("{count} query raised", "{count} queries raised", done.raised))
        if done.closed:
            parts.append(say.many("{count} closed", "{count} closed", done.closed))
        return say.listed(parts)

    def _signed(self, row: MonitoringRow) -> str:
        if not row.ended:
            return ""
        say = self._at.texts
        return say("signed") if signature_sentences(self._at, row) else say("not signed yet")

    def _when(self, at: str) -> str:
        return when_local(self._at, at)

    def _span(self, row: MonitoringRow) -> str:
        say = self._at.texts
        if not row.ended:
            return say("since {when}", when=self._when(row.began))
        return say("{begin} to {end}", begin=self._when(row.began), end=self._when(row.ended))

    def _lines(self, row: MonitoringRow) -> Iterator[RecordLine]:
        """The acts; what was verified of one form in one go is one line that names all of it."""
        for (kind, form, _act), acts in groupby(_acts(self._at, row), key=_together):
            records = list(acts)
            if form is None:
                yield from (self._line(record) for record in records)
                continue
            items = [
                self._item(record.event.place) for record in records if isinstance(record.event, ItemEvent)
            ]
            place = ItemKey(*form, "", "")
            yield RecordLine(
                when_of(self._at, records[0].envelope),
                kind,
                f"{self._at.texts(_WHAT[kind])}: {len(items)}",
                self._where(place),
                "; ".join(items),
            )

    def _line(self, record: Record) -> RecordLine:
        event, say = record.event, self._at.texts
        where, words = self._place(event)
        when = when_of(self._at, record.envelope)
        return RecordLine(when, event.kind, say(_WHAT[event.kind]), where, words)

    def _place(self, event: Event) -> tuple[str, str]:
        """Where something was done, and the words that go with it."""
        if isinstance(event, ItemEvent):
            return self._where(event.place), event.reason or ""
        row = self._at.tables.get(QueryRow, str(getattr(event, "query", "")))
        words = str(getattr(event, "text", None) or "")
        if row is None:
            return "", words
        return self._where(ItemKey(*row[1:8])), words

    def _where(self, place: ItemKey) -> str:
        texts = self._at.study_texts
        subject = self._at.tables.get(SubjectRow, place.subject)
        parts = [isolated(subject.number if subject is not None else "")]
        if place.visit:
            parts.append(texts.visit(place.visit))
        if place.form:
            parts.append(texts.form(place.form))
        if place.item:
            parts.append(self._item(place))
        return " · ".join(parts)

    def _item(self, place: ItemKey) -> str:
        """What an answer is called, with its row."""
        graph = self._at.desk.forms.get(place.of)
        return FormFields(self._at, place.of).cell_label(graph, Cell(place.row, place.item))


def _acts(at: Workplace, row: MonitoringRow) -> Iterator[Record]:
    """What the person did between begin and end, in the order of the chain."""
    within = False
    kinds = {*_WHAT, MonitoringBegan.kind, MonitoringEnded.kind}
    mine = [r for r in at.events.records(kinds=kinds) if r.envelope.login == row.login]
    for record in sorted(mine, key=lambda r: (r.envelope.hybrid, r.envelope.seq)):
        event = record.event
        if isinstance(event, MonitoringBegan | MonitoringEnded):
            within = isinstance(event, MonitoringBegan) and event.monitoring == row.monitoring
        elif within:
            yield record


def _together(record: Record) -> tuple[str, FormKey | None, str]:
    """What stands in one line of a record: verifications of one form; anything else stands alone."""
    event = record.event
    if isinstance(event, ItemVerified):
        return event.kind, event.key, ""
    return event.kind, None, record.envelope.act


def when_local(at: Workplace, instant: str) -> str:
    """An instant as the site's clock shows it now."""
    offset = at.now.local.utcoffset()
    local = local_of(instant, int(offset.total_seconds() // 60) if offset else 0)
    return at.texts("{day}, {time}", day=at.texts.date(local.date()), time=isolated(f"{local:%H:%M}"))

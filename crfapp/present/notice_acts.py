"""What is done about a report: begin it, make its papers and package, record that it was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.problems import AppProblem, Code
from crfapp.ledger.state import RecipientRow
from crfapp.present.acts import Act, ActState, AskedField, act_sentence, place_of
from crfapp.present.notice_desk import NoticeWish
from crfapp.present.notice_facts import how_choices
from crfapp.present.texts import isolated
from crfapp.work.owed_notices import notice_called, number_of, reports_of
from crfapp.work.roles import Right
from crfapp.work.sending_notices import BeginReport, SendNotice

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from crfapp.present.notice_desk import MadeNotice
    from crfapp.present.notice_facts import NoticeFacts
    from crfapp.present.safety_page import SafetyParts
    from crfapp.present.workplace import Workplace
    from crfapp.work.cases import Command
    from crfapp.work.owed_notices import Occasion, OwedNotice, Report

BEGIN, MAKE, SEND = "begin", "make", "send"
_SPONSOR = "sponsor"
_PLACES: Mapping[Code, str] = {
    Code.AWARE_FIRST: "aware",
    Code.SENT_TOO_EARLY: "sent",
    Code.SENT_AHEAD: "sent",
    Code.NOTICE_UNSAID: "told_to",
    Code.NOT_A_TIME: "sent",
    Code.NOT_A_DATE: "sent",
    Code.EXPORT_EXISTS: "target",
    Code.FOLDER_REFUSED: "target",
}


class NoticeActs:
    """The acts on the event that is open. ``state`` is the form that asks, or how the last act went."""

    def __init__(self, workplace: Workplace, parts: SafetyParts, facts: NoticeFacts) -> None:
        self._at, self._parts, self._facts = workplace, parts, facts
        self._occasion: Occasion | None = None
        self._changed: Callable[[], None] = lambda: None
        self._package = ""
        self.state = ActState()

    def watch(self, changed: Callable[[], None]) -> None:
        """Be told when something is to be shown anew."""
        self._changed = changed

    def turn(self, occasion: Occasion) -> None:
        """Another event was opened."""
        self._occasion, self.state, self._package = occasion, ActState(), ""

    def may(self, owed: OwedNotice | None) -> tuple[str, ...]:
        """Which acts can be begun now, by this person."""
        if self._occasion is None or not self._at.actor.may(Right.RECORD):
            return ()
        found = [MAKE] if self._parts.desk is not None and (self._reports() or owed is not None) else []
        if owed is not None or self._waiting() is not None:
            found.append(SEND if self._waiting() is not None else BEGIN)
        elif self._reports():
            found.append(BEGIN)
        return tuple(found)

    def begin_report(self) -> None:
        """Begin the first report, or a follow-up."""
        if self._occasion is not None and self._occasion.row:
            one = self._occasion
            self._do(
                BeginReport(notice=one.notice, key=one.key, row=one.row),
                self._at.texts("The report was begun."),
            )

    def ask_sent(self) -> None:
        """Ask how, when and to whom the report went out."""
        report, say = self._waiting(), self._at.texts
        if report is None or self._occasion is None or self.state.busy:
            return  # what comes of the papers would take the place of what is being typed
        now = f"{self._at.now.local:%Y-%m-%d %H:%M}"
        remark = say("Date and time; it is {now} now. A time alone is of today.", now=isolated(now))
        fields = [AskedField("sent", say("When was it sent?"), "code", remark=remark)]
        notice = notice_called(self._at.desk, self._occasion.notice)
        if report.aware is None and notice is not None and notice.aware is not None:
            aware = say("When did anybody of the team learn of it?")
            fields.insert(0, AskedField("aware", aware, "code", remark=say("The hours count from then.")))
        contact = self._at.study.head.safety_desk
        remark = say.listed(isolated(part) for part in (contact.name, contact.phone, contact.email) if part)
        fields.append(AskedField("told_to", say("To whom?"), remark=remark))
        fields.append(
            AskedField(
                "how", say("How?"), "choice", choices=how_choices(self._at, notice.notice if notice else "")
            )
        )
        title = say("Record that the report was sent")
        self._become(ActState(act=Act(SEND, title, say("Record it"), tuple(fields))))

    def ask_paper(self) -> None:
        """F9: make the PDF and the package, at once where there is one recipient; else ask for whom."""
        if self._parts.desk is None or self._occasion is None or self.state.busy:
            return
        if not self._reports():
            self.begin_report()
        if not self._reports():
            return
        recipients = self._recipients()
        chosen = recipients[0][0] if len(recipients) == 1 else ""
        if len(recipients) <= 1:
            self._make(self._target(), chosen)
            return
        say = self._at.texts
        fields = (
            AskedField("recipient", say("For whom is the package?"), "choice", choices=recipients),
            AskedField("target", say("Where the PDF goes"), "code", str(self._target())),
        )
        self._become(ActState(act=Act(MAKE, say("Make the report"), say("Make PDF and package"), fields)))

    def carry_out(self, told: Mapping[str, str]) -> None:
        """Do what the open act says with these answers."""
        act = self.state.act
        if act is None:
            return
        if act.key == MAKE:
            from pathlib import Path  # a path that a person typed

            self._make(Path(told.get("target", "")), told.get("recipient", ""))
            return
        report = self._waiting()
        if report is None or self._occasion is None:
            return
        said = {name: told.get(name, "") for name in ("aware", "sent", "how", "told_to")}
        notice, key, row = self._occasion.notice, report.key, report.row
        self._do(
            SendNotice(notice=notice, key=key, row=row, **said, package=self._package),
            self._at.texts("Recorded: the report was sent."),
        )

    def put_away(self) -> None:
        """Close the open act."""
        self._become(ActState())

    # ---- inside

    def _make(self, target: Path, recipient: str) -> None:
        desk, report, occasion = self._parts.desk, self._latest(), self._occasion
        if desk is None or report is None or occasion is None:
            return
        languages = tuple(dict.fromkeys(("en", self._at.texts.language)))
        wish = NoticeWish(occasion, report.row, report.number, target, recipient, languages)
        self._become(
            ActState(act=self.state.act, busy=True, done=self._at.texts("The report is being made."))
        )
        title = self._at.texts("Report to the sponsor")
        self._parts.lane.start(
            lambda steps: desk.make(wish, steps), done=self._made, failed=self._failed, title=title
        )

    def _made(self, made: MadeNotice) -> None:
        say = self._at.texts
        self._package = made.package
        done = say("PDF: {file}, {pages} pages.", file=isolated(str(made.pdf)), pages=made.pages)
        if made.package:
            done += " " + say("Encrypted package in the outbox: {file}.", file=isolated(made.file))
        else:
            done += " " + say("No recipient is agreed upon, so no package was made.")
        self._become(ActState(done=done + " " + say("Send it, then record how, when and to whom.")))

    def _failed(self, problem: AppProblem) -> None:
        place = place_of(problem.code, self.state.act, _PLACES)
        self._become(ActState(act=self.state.act, problems=((place, act_sentence(problem, self._at.texts)),)))

    def _do(self, command: Command, done: str) -> None:
        try:
            self._at.send(command)
        except AppProblem as problem:
            self._failed(problem)
            return
        self._become(ActState(done=done))

    def _become(self, state: ActState) -> None:
        self.state = state
        self._changed()

    def _reports(self) -> tuple[Report, ...]:
        one = self._occasion
        notice = notice_called(self._at.desk, one.notice) if one is not None else None
        return reports_of(self._at.desk, notice, one) if notice is not None and one is not None else ()

    def _waiting(self) -> Report | None:
        return next((report for report in self._reports() if report.sent is None), None)

    def _latest(self) -> Report | None:
        return self._waiting() or next(reversed(self._reports()), None)

    def _recipients(self) -> tuple[tuple[str, str], ...]:
        """Those of the sponsor; everybody agreed upon where the sponsor is not among them."""
        rows = [row for row in self._at.tables.find(RecipientRow) if not row.ended]
        sponsor = [row for row in rows if row.profile == _SPONSOR]
        return tuple((row.recipient, isolated(row.name)) for row in sponsor or rows)

    def _target(self) -> Path:
        """A name for the PDF that is not taken yet: study, subject, which report, when."""
        report, one = self._latest(), self._occasion
        number = number_of(self._at.desk, one.key.subject) if one is not None else ""
        kind = one.notice if one is not None else ""
        version = report.number if report is not None else 0
        stamp = f"{self._at.now.local:%Y%m%d-%H%M%S}"
        name = (
            f"{self._at.study.head.study}_{number}_{kind}-{one.number if one else ''}-{version}_{stamp}.pdf"
        )
        return self._parts.folder / name

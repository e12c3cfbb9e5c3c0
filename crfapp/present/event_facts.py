"""What an event says beyond its place and its answer, in words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from crfapp.base.problems import Code, RefusedError
from crfapp.exchange.audit_words import REDACTED
from crfapp.ledger import events as ev
from crfapp.ledger.state import PersonRow
from crfapp.planimetry.written import read_figures
from crfapp.present.problem_texts import code_text
from crfapp.present.texts import N_, isolated
from crfapp.present.words import ROLES
from crfapp.work.cases import USE_CASES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from crfapp.ledger.chain import Record
    from crfapp.present.workplace import Workplace

    Say = Callable[[Any, Workplace, Mapping[str, str]], str]

_RIGHTS = {
    "get in and out": N_("get in and out"),
    "found a site": N_("found a site"),
    "administer the site": N_("administer the site"),
    "enrol subjects": N_("enrol subjects"),
    "conduct visits": N_("conduct visits"),
    "record answers": N_("record answers"),
    "export workbooks": N_("export workbooks"),
    "answer queries": N_("answer queries"),
    "raise and close queries": N_("raise and close queries"),
    "verify against the source": N_("verify against the source"),
    "freeze": N_("freeze"),
    "lock": N_("lock"),
    "sign for the data": N_("sign for the data"),
    "delegate duties and agree to what others ask": N_("delegate duties and agree to what others ask"),
    "look through the audit trail": N_("look through the audit trail"),
    "agree that a form is moved": N_("agree that a form is moved"),
    "check who somebody is": N_("check who somebody is"),
    "be let in by the recovery sheet": N_("be let in by the recovery sheet"),
    "judge photographs without knowing whose": N_("judge photographs without knowing whose"),
}
_SESSION = {
    "login": N_("with the password"),
    "unlock": N_("unlocked"),
    "recovery": N_("with the recovery sheet"),
    "logout": N_("logged out"),
    "lock": N_("locked"),
    "idle": N_("locked after idling"),
    "quit": N_("closed the program"),
}
_PASSWORDS = {"first": N_("the first one"), "own": N_("their own choice"), "reset": N_("to be used once")}
_QUOTED = frozenset({"text", "finding", "purpose", "points", "how", "against"})


def fact_words(record: Record, kinds: Mapping[str, str], at: Workplace) -> str:
    """The further facts of an event in one line; empty where its kind says it all."""
    if record.redacted & _QUOTED:
        return at.texts(REDACTED)
    say = _FACTS.get(type(record.event))
    return say(record.event, at, kinds) if say is not None else ""


def _day(text: str, at: Workplace) -> str:
    try:
        return at.texts.date(date.fromisoformat(text))
    except ValueError:
        return text


def _person(event: Any, at: Workplace, _kinds: Mapping[str, str]) -> str:
    role = at.texts(ROLES.get(event.role, event.role))
    return at.texts("{name}, {role} ({login})", name=event.name, role=role, login=isolated(event.login))


def _refused(event: ev.ActRefused, at: Workplace, _kinds: Mapping[str, str]) -> str:
    case = next((case for kind, case in USE_CASES.items() if kind.__name__ == event.command), None)
    right = case.needs.value if case is not None else ""
    return at.texts("wanted to {act}", act=at.texts(_RIGHTS.get(right, right))) if right else ""


def _clock(event: ev.ClockNoticed, at: Workplace, _kinds: Mapping[str, str]) -> str:
    parts = []
    if event.behind_seconds:
        parts.append(at.texts("{minutes} minutes behind", minutes=round(event.behind_seconds / 60)))
    if event.jumped_seconds:
        parts.append(at.texts("jumped by {minutes} minutes", minutes=round(event.jumped_seconds / 60)))
    return at.texts.listed(parts)


def _proved(event: ev.ClockProved, at: Workplace, _kinds: Mapping[str, str]) -> str:
    facts = {"seconds": event.off_seconds, "against": event.against or ""}
    return at.texts("{seconds} seconds off, against: {against}", **facts)


def _exported(event: Any, at: Workplace, _kinds: Mapping[str, str]) -> str:
    rows = at.texts.many("{count} row", "{count} rows", event.rows)
    told = [isolated(event.file), rows, getattr(event, "filter", "")]
    return at.texts.listed(told)


def _reviewed(event: ev.TrailReviewed, _at: Workplace, _kinds: Mapping[str, str]) -> str:
    return f"{event.scope}: {event.finding or ''}"


def _ended(event: ev.MonitoringEnded, at: Workplace, _kinds: Mapping[str, str]) -> str:
    counts = event.model_dump(include={"verified", "taken", "raised", "closed"})
    words = at.texts(
        "{verified} verified, {taken} taken back, {raised} queries raised, {closed} closed", **counts
    )
    return f"{words}. {event.points}" if event.points else words


def _because(event: Any, _at: Workplace, kinds: Mapping[str, str]) -> str:
    return kinds.get(event.because, event.because)


def _text_of(name: str) -> Say:
    return lambda event, _at, _kinds: str(getattr(event, name) or "")


def _day_of(name: str) -> Say:
    return lambda event, at, _kinds: _day(str(getattr(event, name) or ""), at)


def _word_of(name: str, words: Mapping[str, str]) -> Say:
    return lambda event, at, _kinds: at.texts(words.get(getattr(event, name), getattr(event, name)))


def _login(event: Any, at: Workplace, _kinds: Mapping[str, str]) -> str:
    person = at.tables.get(PersonRow, event.login)
    return person.name if person is not None else isolated(event.login)


def _missed(event: ev.VisitMissed, at: Workplace, _kinds: Mapping[str, str]) -> str:
    return at.study_texts.code(at.study.head.reasons, event.why)


def _merged(event: ev.VisitMerged, at: Workplace, _kinds: Mapping[str, str]) -> str:
    return at.study_texts.visit(event.into)


def _outline(event: ev.OutlineDrawn, at: Workplace, _kinds: Mapping[str, str]) -> str:
    """The area as it was worked out, in mm², and whether it is a second person's."""
    told = []
    try:
        found = read_figures(event.figures or "")
        told.append(
            at.texts("{area} mm², ± {off} mm²", area=f"{found.area:.1f}", off=f"{found.uncertainty:.1f}")
        )
    except RefusedError:
        pass  # made unreadable, or of another program
    if event.purpose == "second":
        told.append(at.texts("second person, blind") if event.blind else at.texts("second person"))
    return at.texts.listed(told)


def _kept(event: Any, at: Workplace, _kinds: Mapping[str, str]) -> str:
    return at.texts.many(
        "{count} event, {file}", "{count} events, {file}", event.events, file=isolated(event.file)
    )


def _tried(event: ev.RestoreTried, at: Workplace, kinds: Mapping[str, str]) -> str:
    if event.passed:
        return _kept(event, at, kinds)
    return code_text(Code(event.code), {}, at.texts)[0] if event.code in set(Code) else event.code


def _failed(event: ev.ExportFailed, at: Workplace, _kinds: Mapping[str, str]) -> str:
    return code_text(Code(event.code), {}, at.texts)[0] if event.code in set(Code) else event.code


_FACTS: dict[type[ev.Event], Say] = {
    ev.SubjectEnrolled: lambda event, _at, _kinds: isolated(event.number),
    ev.VisitStarted: _day_of("date"),
    ev.VisitRedated: _day_of("date"),
    ev.VisitBooked: _day_of("date"),
    ev.VisitMissed: _missed,
    ev.VisitMerged: _merged,
    ev.FindingRaised: _text_of("text"),
    ev.PersonAdded: _person,
    ev.PersonChanged: _person,
    ev.ActRefused: _refused,
    ev.ClockNoticed: _clock,
    ev.ClockProved: _proved,
    ev.WorkbookExported: _exported,
    ev.TrailExported: _exported,
    ev.ExportFailed: _failed,
    ev.PaperMade: lambda event, _at, _kinds: isolated(event.file),
    ev.TrailReviewed: _reviewed,
    ev.MonitoringBegan: _text_of("purpose"),
    ev.MonitoringEnded: _ended,
    ev.VerificationDropped: _because,
    ev.SignatureOutdated: _because,
    ev.Signed: _text_of("meaning"),
    ev.SessionOpened: _word_of("how", _SESSION),
    ev.SessionClosed: _word_of("how", _SESSION),
    ev.LetterFiled: _day_of("date"),
    ev.AccessReviewed: _text_of("finding"),
    ev.PackInstalled: _text_of("pack_version"),
    ev.StudyVersionInstalled: _text_of("pack_version"),
    ev.StudyVersionActivated: _text_of("pack_version"),
    ev.SubjectReconsented: _text_of("pack_version"),
    ev.OutlineDrawn: _outline,
    ev.ReadingOpened: _text_of("title"),
    ev.BackupKept: _kept,
    ev.RestoreTried: _tried,
    ev.SiteRestored: _kept,
    ev.KeySharesMade: lambda event, _at, _kinds: isolated(event.label),
    **dict.fromkeys((ev.QueryRaised, ev.QueryAnswered, ev.QueryClosed, ev.QueryReopened), _text_of("text")),
    **dict.fromkeys(
        (
            ev.PersonEnded,
            ev.IdentityChecked,
            ev.KeyRegistered,
            ev.StatementAccepted,
            ev.TrainingNoted,
            ev.DutiesDelegated,
            ev.AccountUnlocked,
        ),
        _login,
    ),
    ev.PasswordSet: lambda event, at, kinds: at.texts.listed(
        (_login(event, at, kinds), _word_of("how", _PASSWORDS)(event, at, kinds))
    ),
}

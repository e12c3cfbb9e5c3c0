"""Kinds of events in groups that people look for, and the questions that a review of the trail asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from crfapp.ledger import events as ev
from crfapp.ledger.trail import CLEARED, NIGHT, TrailFilter
from crfapp.present.texts import N_

if TYPE_CHECKING:
    from collections.abc import Callable


class KindGroup(NamedTuple):
    """Kinds that belong together, and what people call them."""

    key: str
    title: str
    kinds: tuple[str, ...]


_GROUPS = (
    (
        "answers",
        N_("Answers and rows"),
        (ev.ValueRecorded, ev.ItemHidden, ev.ItemShownAgain, ev.RowAdded, ev.RowVoided),
    ),
    ("forms", N_("Forms"), (ev.FormStarted, ev.FormCompleted, ev.FormReopened)),
    (
        "visits",
        N_("Subjects and visits"),
        (
            ev.SubjectEnrolled,
            ev.VisitStarted,
            ev.VisitRedated,
            ev.VisitBooked,
            ev.VisitMissed,
            ev.VisitMerged,
            ev.VisitCancelled,
        ),
    ),
    ("checks", N_("Checks of the program"), (ev.FindingRaised, ev.FindingSettled, ev.FindingConfirmed)),
    ("queries", N_("Queries"), (ev.QueryRaised, ev.QueryAnswered, ev.QueryClosed, ev.QueryReopened)),
    (
        "verification",
        N_("Verification and monitoring"),
        (
            ev.ItemVerified,
            ev.VerificationDropped,
            ev.VerificationTaken,
            ev.MonitoringBegan,
            ev.MonitoringEnded,
        ),
    ),
    ("signatures", N_("Signatures"), (ev.FormSeen, ev.Signed, ev.SignatureOutdated)),
    (
        "locks",
        N_("Freezing and locking"),
        (ev.Frozen, ev.Unfrozen, ev.Locked, ev.UnlockAsked, ev.UnlockDeclined, ev.Unlocked),
    ),
    (
        "sessions",
        N_("Coming and going"),
        (ev.SessionOpened, ev.SessionRefused, ev.SessionClosed, ev.AccountUnlocked, ev.ActRefused),
    ),
    ("clock", N_("The clock"), (ev.ClockNoticed, ev.ClockProved)),
    (
        "backups",
        N_("Backups and restores"),
        (
            ev.BackupKept,
            ev.BackupPlaceSet,
            ev.BackupRulesSet,
            ev.RestoreTried,
            ev.SiteRestored,
            ev.OlderCopyTaken,
            ev.KeySharesMade,
            ev.RecoverySheetMade,
        ),
    ),
    (
        "leaving",
        N_("What left the site"),
        (ev.WorkbookExported, ev.TrailExported, ev.ExportFailed, ev.PaperMade),
    ),
    (
        "trail",
        N_("The trail itself"),
        (ev.TrailReviewed, ev.RedactionAsked, ev.RedactionDeclined, ev.Redacted),
    ),
)


def kind_groups() -> tuple[KindGroup, ...]:
    """Every kind stands in one group; those that nothing else claims are about people and the site."""
    named = [KindGroup(key, title, tuple(one.kind for one in kinds)) for key, title, kinds in _GROUPS]
    claimed = {kind for group in named for kind in group.kinds}
    rest = tuple(kind for kind in ev.KINDS if kind not in claimed)
    return (*named, KindGroup("site", N_("People and the site"), rest))


class Question(NamedTuple):
    """A question with its filter; ``walks`` names one that the whole trail is walked for."""

    key: str
    title: str
    wish: TrailFilter = TrailFilter()
    walks: str = ""


def _kinds(*events: type[ev.Event]) -> TrailFilter:
    return TrailFilter(kinds=tuple(event.kind for event in events))


QUESTIONS = (
    Question("night", N_("Entered at odd hours (21 to 6)"), TrailFilter(mark=NIGHT)),
    Question("late", N_("Entered more than 3 days after the visit"), walks="late"),
    Question("runs", N_("10 answers by one person within 5 seconds"), walks="runs"),
    Question("after-query", N_("Changed twice or more after a query"), walks="after-query"),
    Question("after-signature", N_("Changes after a signature"), _kinds(ev.SignatureOutdated)),
    Question("after-verification", N_("Changes after verification"), _kinds(ev.VerificationDropped)),
    Question("cleared", N_("Answers taken away, rows voided"), TrailFilter(mark=CLEARED)),
    Question("clock", N_("Clock warnings"), _kinds(ev.ClockNoticed, ev.ClockProved)),
    Question("refused", N_("Failed logins and refused acts"), _kinds(ev.SessionRefused, ev.ActRefused)),
)
"""What a reviewer asks first (REQ-113)."""

GUIDE = (
    N_("Every line is one event: when, who in which role, where, what it was before and after, and why."),
    N_("Times are those of the site's clock on the wall at that moment, with its zone."),
    N_("Nothing is ever taken out of the trail. A correction is a new line; the line before it stays."),
    N_("What was made unreadable says “redacted”; who asked and who agreed stands beside it."),
    N_("Choose a line to read it in full, to go there, or to see the form as it was at that moment."),
    N_("Begin with the ready questions, read what they list, then record your review and what you found."),
)
"""How to read the trail, sentence by sentence (REQ-507)."""


def questions(walk: Callable[[str], TrailFilter | None]) -> dict[str, TrailFilter | None]:
    """The filter of every question; None while the trail is still walked for it."""
    return {one.key: walk(one.walks) if one.walks else one.wish for one in QUESTIONS}

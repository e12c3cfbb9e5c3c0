"""The kinds of events in words, and what an event says beyond its place and its value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger import events as ev

if TYPE_CHECKING:
    from crfapp.work.sentences import Say


def kind_words(say: Say) -> dict[str, str]:
    """Kind of event -> what happened, in the past tense; every kind has its words."""
    return _site_words(say) | _visit_words(say) | _answer_words(say) | _query_words(say) | _source_words(say)


def _site_words(say: Say) -> dict[str, str]:
    return {
        ev.SiteFounded.kind: say("Site founded"),
        ev.PackInstalled.kind: say("Study version put in force"),
        ev.SiteDaysSet.kind: say("Clinic days set"),
        ev.PersonAdded.kind: say("Account given"),
        ev.PasswordSet.kind: say("Password set"),
        ev.RecoverySheetMade.kind: say("Recovery sheet made"),
        ev.SessionOpened.kind: say("Logged in"),
        ev.SessionRefused.kind: say("Login refused"),
        ev.SessionClosed.kind: say("Left or locked"),
        ev.ClockNoticed.kind: say("Clock found to be behind"),
        ev.WorkbookExported.kind: say("Workbook handed over"),
        ev.ExportFailed.kind: say("Workbook not handed over"),
    }


def _visit_words(say: Say) -> dict[str, str]:
    return {
        ev.SubjectEnrolled.kind: say("Subject enrolled"),
        ev.VisitStarted.kind: say("Visit started"),
        ev.VisitRedated.kind: say("Visit date corrected"),
        ev.VisitBooked.kind: say("Visit booked"),
        ev.VisitMissed.kind: say("Visit missed"),
        ev.VisitMerged.kind: say("Visit merged"),
        ev.VisitCancelled.kind: say("Visit cancelled"),
        ev.FormStarted.kind: say("Form begun"),
        ev.FormCompleted.kind: say("Form completed"),
        ev.FormReopened.kind: say("Form open again"),
        ev.RowAdded.kind: say("Row added"),
        ev.RowVoided.kind: say("Row voided"),
    }


def _answer_words(say: Say) -> dict[str, str]:
    return {
        ev.ValueRecorded.kind: say("Answer recorded"),
        ev.ItemHidden.kind: say("Answer does not apply any more"),
        ev.ItemShownAgain.kind: say("Answer applies again"),
        ev.FindingRaised.kind: say("Check fired"),
        ev.FindingSettled.kind: say("Finding settled"),
        ev.FindingConfirmed.kind: say("Answer confirmed as right"),
    }


def _query_words(say: Say) -> dict[str, str]:
    return {
        ev.QueryRaised.kind: say("Query raised"),
        ev.QueryAnswered.kind: say("Query answered"),
        ev.QueryClosed.kind: say("Query closed"),
        ev.QueryReopened.kind: say("Query asked again"),
    }


def _source_words(say: Say) -> dict[str, str]:
    return {
        ev.ItemVerified.kind: say("Verified against the source"),
        ev.VerificationDropped.kind: say("Verification void: the answer changed"),
        ev.VerificationTaken.kind: say("Verification taken back"),
        ev.MonitoringBegan.kind: say("Monitoring visit begun"),
        ev.MonitoringEnded.kind: say("Monitoring visit ended"),
        ev.PaperMade.kind: say("Paper made"),
    }


_TOLD_APART = frozenset(
    {*ev.ItemEvent.model_fields, "check", "value", "typed", "missing", "supersedes", "tried"}
)
"""What stands in columns of its own; and what was tried at a login, which may be a mistyped password."""


def detail_of(event: ev.Event) -> str:
    """The event's further facts as ``name: value``, by the names of the ledger."""
    facts = event.model_dump(mode="json", exclude_none=True, exclude=set(_TOLD_APART))
    return "; ".join(f"{name}: {fact}" for name, fact in facts.items())

"""The kinds of events in words, and what an event says beyond its place and its value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger import events as ev

if TYPE_CHECKING:
    from crfapp.work.sentences import Say


def kind_words(say: Say) -> dict[str, str]:
    """Kind of event -> what happened, in the past tense; every kind has its words."""
    return _site_words(say) | _visit_words(say) | _form_words(say) | _answer_words(say)


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
        ev.ClockNoticed.kind: say("Clock found to be wrong"),
        ev.ClockProved.kind: say("Clock compared"),
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


def _form_words(say: Say) -> dict[str, str]:
    return {
        ev.FormMoveAsked.kind: say("Asked to move the form"),
        ev.FormMoveAgreed.kind: say("Agreed that the form is moved"),
        ev.FormMoveDeclined.kind: say("Did not agree that the form is moved"),
        ev.FormMoved.kind: say("Form moved to where it belongs"),
        ev.FormTakenOver.kind: say("Form taken over from where it was entered"),
        ev.FormTranscribed.kind: say("Transcribed from paper"),
    }


def _answer_words(say: Say) -> dict[str, str]:
    return {
        ev.ValueRecorded.kind: say("Answer recorded"),
        ev.ItemHidden.kind: say("Answer does not apply any more"),
        ev.ItemShownAgain.kind: say("Answer applies again"),
        ev.FindingRaised.kind: say("Check fired"),
        ev.FindingSettled.kind: say("Finding settled"),
        ev.FindingConfirmed.kind: say("Answer confirmed as right"),
        ev.SecondEntry.kind: say("Checked by a second person"),
    }


_TOLD_APART = frozenset(
    {*ev.ItemEvent.model_fields, "check", "value", "typed", "missing", "supersedes", "tried"}
)
"""What stands in columns of its own; and what was tried at a login, which may be a mistyped password."""


def detail_of(event: ev.Event) -> str:
    """The event's further facts as ``name: value``, by the names of the ledger."""
    facts = event.model_dump(mode="json", exclude_none=True, exclude=set(_TOLD_APART))
    return "; ".join(f"{name}: {fact}" for name, fact in facts.items())

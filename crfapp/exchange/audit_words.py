"""The kinds of events in words, and what an event says beyond its place and its value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.marking import N_
from crfapp.ledger import events as ev

if TYPE_CHECKING:
    from crfapp.ledger.chain import Record
    from crfapp.work.sentences import Say


REDACTED = N_("redacted")
"""What stands where something was made unreadable (REQ-108)."""


def kind_words(say: Say) -> dict[str, str]:
    """Kind of event -> what happened, in the past tense; every kind has its words."""
    answers = _visit_words(say) | _form_words(say) | _answer_words(say)
    said = _review_words(say) | _mark_words(say) | _exchange_words(say) | _lesion_words(say)
    return _site_words(say) | _people_words(say) | _keeping_words(say) | answers | said


def _site_words(say: Say) -> dict[str, str]:
    return {
        ev.SiteFounded.kind: say("Site founded"),
        ev.PackInstalled.kind: say("Study version put in force"),
        ev.StudyVersionInstalled.kind: say("Study version installed"),
        ev.StudyVersionActivated.kind: say("Amendment of the study put in force"),
        ev.SubjectReconsented.kind: say("Subject agreed to a study version"),
        ev.SiteDaysSet.kind: say("Clinic days set"),
        ev.PersonAdded.kind: say("Account given"),
        ev.PasswordSet.kind: say("Password set"),
        ev.RecoverySheetMade.kind: say("Recovery sheet made"),
        ev.OlderCopyTaken.kind: say("Gone on from an older copy"),
        ev.SessionOpened.kind: say("Logged in"),
        ev.SessionRefused.kind: say("Login refused"),
        ev.SessionClosed.kind: say("Left or locked"),
        ev.ClockNoticed.kind: say("Clock found to be wrong"),
        ev.ClockProved.kind: say("Clock compared with the time outside"),
        ev.WorkbookExported.kind: say("Workbook handed over"),
        ev.TrailExported.kind: say("Audit trail taken out as a file"),
        ev.ExportFailed.kind: say("Export failed"),
        ev.PaperMade.kind: say("Paper made"),
    }


def _keeping_words(say: Say) -> dict[str, str]:
    return {
        ev.BackupKept.kind: say("Backup made and verified"),
        ev.BackupPlaceSet.kind: say("Second place for backups set"),
        ev.BackupRulesSet.kind: say("Rules for backups set"),
        ev.RestoreTried.kind: say("Restore tried out"),
        ev.SiteRestored.kind: say("Site restored from a backup"),
        ev.KeySharesMade.kind: say("Key shares made"),
    }


def _people_words(say: Say) -> dict[str, str]:
    return {
        ev.PersonChanged.kind: say("Account changed"),
        ev.PersonEnded.kind: say("Account closed"),
        ev.IdentityChecked.kind: say("Identity checked"),
        ev.KeyRegistered.kind: say("Signing key registered"),
        ev.StatementAccepted.kind: say("Electronic signature accepted as binding"),
        ev.TrainingNoted.kind: say("Training noted"),
        ev.DutiesDelegated.kind: say("Duties delegated"),
        ev.DelegationEnded.kind: say("Delegation ended"),
        ev.AccountUnlocked.kind: say("Account let in again"),
        ev.PolicySet.kind: say("Rules for passwords and sessions set"),
        ev.LetterFiled.kind: say("Letter about signatures filed"),
        ev.AccessReviewed.kind: say("Access reviewed"),
        ev.ActRefused.kind: say("Refused: not entitled"),
    }


def _review_words(say: Say) -> dict[str, str]:
    return {
        ev.QueryRaised.kind: say("Query raised"),
        ev.QueryAnswered.kind: say("Query answered"),
        ev.QueryClosed.kind: say("Query closed"),
        ev.QueryReopened.kind: say("Query opened again"),
        ev.ItemVerified.kind: say("Verified against the source"),
        ev.VerificationDropped.kind: say("Changed since it was verified"),
        ev.VerificationTaken.kind: say("Verification taken back"),
        ev.MonitoringBegan.kind: say("Monitoring visit begun"),
        ev.MonitoringEnded.kind: say("Monitoring visit ended"),
        ev.TrailReviewed.kind: say("Audit trail reviewed"),
        ev.RedactionAsked.kind: say("Redaction asked for"),
        ev.RedactionDeclined.kind: say("Redaction declined"),
        ev.Redacted.kind: say("Made unreadable"),
    }


def _mark_words(say: Say) -> dict[str, str]:
    return {
        ev.FormSeen.kind: say("Form seen before signing"),
        ev.Signed.kind: say("Signed"),
        ev.SignatureOutdated.kind: say("Signature outdated by a change"),
        ev.Frozen.kind: say("Frozen"),
        ev.Unfrozen.kind: say("No longer frozen"),
        ev.Locked.kind: say("Locked"),
        ev.UnlockAsked.kind: say("Unlocking asked for"),
        ev.UnlockDeclined.kind: say("Unlocking declined"),
        ev.Unlocked.kind: say("Unlocked"),
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


def _exchange_words(say: Say) -> dict[str, str]:
    return {
        ev.NodeRegistered.kind: say("Workstation registered"),
        ev.NodeRevoked.kind: say("Workstation revoked"),
        ev.RecipientProposed.kind: say("Recipient proposed"),
        ev.RecipientAgreed.kind: say("Recipient agreed to by a second person"),
        ev.RecipientDeclined.kind: say("Recipient declined"),
        ev.RecipientEnded.kind: say("Recipient ended"),
        ev.RouteSet.kind: say("Route for packages set"),
        ev.PackageMade.kind: say("Package made"),
        ev.PackageSent.kind: say("Package sent"),
        ev.PackageTakenIn.kind: say("Package taken in"),
        ev.PackageRefused.kind: say("File set aside"),
        ev.CopyMade.kind: say("Certified copy made"),
        ev.CopyReviewed.kind: say("Certified copy looked through"),
        ev.LockAsked.kind: say("Locking asked for"),
        ev.LockRefused.kind: say("Locking refused"),
        ev.LateDecided.kind: say("Late change decided"),
        ev.SubjectRenumbered.kind: say("Subject given another number"),
        ev.SiteRegistered.kind: say("Site registered at the centre"),
    }


def _lesion_words(say: Say) -> dict[str, str]:
    return {
        ev.PhotographStored.kind: say("Photograph taken in"),
        ev.PhotographMasked.kind: say("Parts of a photograph blacked out"),
        ev.OutlineDrawn.kind: say("Outline drawn"),
        ev.OutlineSettled.kind: say("Outline chosen"),
        ev.SignLinked.kind: say("Sign and adverse event linked"),
        ev.NoticeSent.kind: say("Report to the sponsor sent"),
        ev.ReadingOpened.kind: say("Blind reading opened"),
        ev.CaseRead.kind: say("Photographs judged"),
        ev.CaseSettled.kind: say("Judgements settled"),
        ev.ReadingClosed.kind: say("Blind reading closed"),
    }


_TOLD_APART = frozenset(
    {*ev.ItemEvent.model_fields, "check", "value", "typed", "missing", "supersedes", "tried"}
)
"""What stands in columns of its own; and what was tried at a login, which may be a mistyped password."""

_COMPARED = frozenset({"value", "missing"})
"""Of a verification no answer is recorded: what was compared is one of its further facts."""


STAYS = "site only"
"""Stands in a cell instead of what stays at the site; the same word in every language."""


def detail_of(record: Record, say: Say, *, stays: frozenset[str] = frozenset()) -> str:
    """The event's further facts as ``name: value``, by the names of the ledger; what was redacted says so.

    ``stays`` names those that stay at the site.
    """
    event, apart = record.event, set(_TOLD_APART)
    if isinstance(event, ev.ItemVerified):
        apart -= _COMPARED
    facts = event.model_dump(mode="json", exclude_none=True, exclude=apart)
    facts = {name: _flat(fact) for name, fact in facts.items() if fact not in ("", [])}
    facts |= dict.fromkeys(sorted(record.redacted - apart - event.proof_fields), say(REDACTED))
    hidden = (stays - apart) | (event.proof_fields & record.redacted)
    facts |= dict.fromkeys(sorted(hidden), STAYS)
    return "; ".join(f"{name}: {fact}" for name, fact in facts.items())


def _flat(fact: object) -> object:
    """A list in one line; what belongs together within it is held together by colons."""
    if not isinstance(fact, list):
        return fact
    return " ".join(":".join(map(str, one)) if isinstance(one, list) else str(one) for one in fact)

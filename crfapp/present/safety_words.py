"""What is refused about reports to the sponsor and signs of a checklist, in words."""

from __future__ import annotations

from crfapp.base.problems import Code
from crfapp.present.texts import N_

SAFETY_WORDS: dict[Code, tuple[str, ...]] = {
    Code.NOTICE_UNKNOWN: (
        N_("There is nothing to report to the sponsor here."),
        N_("Open the event on the Safety page and begin its report there."),
    ),
    Code.AWARE_FIRST: (
        N_("It is not recorded when the site became aware."),
        N_("Say first when anybody of the team learned of it: the hours count from then."),
    ),
    Code.SENT_TOO_EARLY: (
        N_("The report cannot have gone out before the site was aware."),
        N_("Correct when it was sent, or when the site became aware."),
    ),
    Code.SENT_AHEAD: (
        N_("The report cannot have gone out in the future."),
        N_("Note it when it has been sent; compare the clock of this computer where it is right."),
    ),
    Code.NOTICE_UNSAID: (
        N_("It is not said how the report went out, or to whom."),
        N_("Say how (telephone, e-mail, fax, safety system), and name the person or desk that took it."),
    ),
    Code.STOP_RULE_OPEN: (
        N_("A stop rule was open when this was given, and nobody has decided about it."),
        N_("The investigator documents the decision on the Safety page; then the form can be completed."),
        N_("The stop rule {check} was open when this was given, and nobody has decided about it."),
    ),
    Code.CONSENT_WITHDRAWN: (
        N_("Consent was withdrawn before this visit; nothing more is recorded at it."),
        N_("Say in the visit's own form that it did not take place. What was recorded before stays."),
        N_("Consent was withdrawn on {day}, before this visit; nothing more is recorded at it."),
    ),
    Code.NOTICE_SENT_ALREADY: (
        N_("It is recorded already that this report was sent."),
        N_("Begin a follow-up report; what went out stays as it is."),
    ),
    Code.REPORT_OPEN: (
        N_("A report about this was begun and has not been sent."),
        N_("Go on with that report, and note when it was sent."),
    ),
    Code.SIGN_UNKNOWN: (
        N_("This is no sign of the checklist, or it was not answered."),
        N_("Answer the sign first."),
    ),
    Code.EVENT_UNKNOWN: (
        N_("There is no such adverse event in the log."),
        N_("Choose an event that is in the log, or begin a new one."),
    ),
}

"""What refusals to sign, freeze, lock and open again say, and what to do (see ``problem_words``)."""

from __future__ import annotations

from crfapp.base.marking import N_
from crfapp.base.problems import Code

SIGNING_WORDS: dict[Code, tuple[str, ...]] = {
    Code.NOT_IN_PLAN: (
        N_("This is not signed in this study."),
        N_("What is signed stands on the Signing page."),
    ),
    Code.SIGN_HINDERED: (
        N_("This cannot be signed yet."),
        N_("Settle what is listed, then sign."),
        N_("This cannot be signed yet; still open: {count}."),
    ),
    Code.SIGN_UNSEEN: (
        N_("There are forms here that you have not looked at as they are now."),
        N_("Go through each of them to its end, then sign."),
        N_("Forms that you have not looked at as they are now: {count}."),
    ),
    Code.SIGN_STALE: (
        N_("Something changed since this was shown to you; nothing was signed."),
        N_("Look at what changed, then sign."),
    ),
    Code.SIGN_NOT_READY: (
        N_("You cannot sign yet."),
        N_(
            "Your identity must be checked, the statement on electronic signatures accepted, and a password "
            "of your own set. The administrator helps."
        ),
    ),
    Code.SIGN_LOGIN: (
        N_("This is not your login; nothing was signed."),
        N_("Type the login with which you came in, and your password."),
    ),
    Code.SIGNED_ALREADY: (
        N_("You have signed this, and nothing has changed since."),
        N_("Nothing is left to do here."),
    ),
    Code.NOTHING_TO_SIGN: (
        N_("There is nothing here to sign yet."),
        N_("Sign once something is recorded here, or once the visit has ended."),
    ),
    Code.SIGN_ONLY: (
        N_("A signature is not typed into a form."),
        N_("Sign the form; then who signed stands here."),
    ),
    Code.FORM_HELD: (
        N_("This form is frozen or locked; nothing in it changes."),
        N_("Ask the data manager to open it again; the investigator agrees to that."),
        N_("The form {form} of {visit} is frozen or locked; this would change it."),
    ),
    Code.SITE_HELD: (
        N_("This is frozen or locked; no visit and no subject is added or changed."),
        N_("Ask the data manager to open it again; the investigator agrees to that."),
    ),
    Code.LOCK_HINDERED: (
        N_("This cannot be locked yet."),
        N_("Settle what is listed, then lock."),
        N_("This cannot be locked yet; still open: {count}."),
    ),
    Code.HELD_ALREADY: (
        N_("This is frozen or locked already, or its opening is asked for."),
        N_("Nothing is left to do here."),
    ),
    Code.NOT_HELD: (
        N_("This is not frozen or locked itself."),
        N_("Open what holds it: the visit, the casebook or the site."),
    ),
    Code.UNLOCK_NOT_ASKED: (
        N_("Nobody has asked to open this."),
        N_("The data manager asks; then the investigator agrees or declines."),
    ),
}

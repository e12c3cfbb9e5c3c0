"""The English words of every code: what is wrong, what to do.

A third text says the first with its facts. They stand apart from :mod:`crfapp.present.problem_texts`, so
that whoever mends a sentence reads only sentences.
"""

from __future__ import annotations

from crfapp.base.problems import Code
from crfapp.present.texts import N_

READING_WORDS: dict[Code, tuple[str, ...]] = {
    Code.NOT_A_NUMBER: (
        N_("This cannot be read as a number."),
        N_("Type digits, for example 36.6."),
    ),
    Code.NOT_WHOLE: (
        N_("Only a whole number can be recorded here."),
        N_("Type it without decimals."),
    ),
    Code.TOO_PRECISE: (
        N_("This number has more decimals than can be recorded here."),
        N_("Round it as the protocol says and type it again."),
        N_("This number has more decimals than the {digits} that can be recorded here."),
    ),
    Code.AMBIGUOUS_NUMBER: (
        N_("This number can be read in two ways."),
        N_("Choose what is meant."),
    ),
    Code.UNKNOWN_UNIT: (
        N_("This unit is not known here."),
        N_("Type the value in the unit that stands beside the field."),
        N_("This unit is not known here; {unit} is recorded."),
    ),
    Code.OTHER_UNIT: (
        N_("This is another unit than the one recorded here."),
        N_("Choose the converted value, or type it in the unit beside the field."),
        N_("This is another unit; {unit} is recorded here."),
    ),
    Code.NOT_A_DATE: (
        N_("This cannot be read as a date."),
        N_("Type it as 12 Jan 2025 or 2025-01-12."),
        N_("This cannot be read as a date between {first} and {last}."),
    ),
    Code.AMBIGUOUS_DATE: (
        N_("This date can be read in more than one way."),
        N_("Choose what is meant, or type the month as a word."),
    ),
    Code.HIJRI_YEAR: (
        N_("This looks like a date of the Hijri calendar; dates are recorded in the Gregorian one."),
        N_("Choose the date that is meant; compare it with the document."),
    ),
    Code.DATE_INCOMPLETE: (
        N_("A part of the date is missing."),
        N_("Type day, month and year. If a part is not known, press F6 and say why."),
    ),
    Code.NOT_A_TIME: (
        N_("This cannot be read as a time of day."),
        N_("Type it as 14:05."),
    ),
    Code.TIME_SKIPPED: (
        N_("This hour did not exist on that day: the clocks went forward."),
        N_("Choose what is meant, or look at the source document and type it again."),
        N_("There was no such time on that day: at {showed} the clock was put forward to {set}."),
    ),
    Code.TIME_TWICE: (
        N_("This hour happened twice on that day: the clocks went back."),
        N_("Choose the first or the second."),
        N_("The clock showed this time twice: at {showed} it was put back to {set}."),
    ),
    Code.NOT_A_CODE: (
        N_("This is not one of the answers."),
        N_("Choose an answer from the list."),
    ),
    Code.TOO_LONG: (
        N_("This is longer than can be recorded here."),
        N_("Shorten it."),
        N_("This is longer than the {most} characters that can be recorded here."),
    ),
    Code.OFF_SCALE: (
        N_("This number is not on the scale."),
        N_("Choose a number of the scale."),
        N_("The scale goes from {low} to {high}; this number is not on it."),
    ),
    Code.UNKNOWN_ROW: (
        N_("There is no such row."),
        N_("Choose one from the list, or add the row on its own form first."),
    ),
    Code.UNPRINTABLE: (
        N_("The text holds signs that cannot be printed."),
        N_("Choose the cleaned text, or type it again."),
    ),
    Code.MISSING_NOT_ALLOWED: (
        N_("This reason for a missing answer is not provided for here."),
        N_("Choose another reason, or give the answer."),
    ),
}

DOING_WORDS: dict[Code, tuple[str, ...]] = {
    Code.NOT_ALLOWED: (
        N_("Your role does not include this."),
        N_("Ask a colleague whose role does, or the site administrator."),
    ),
    Code.REASON_NEEDED: (
        N_("A saved answer would change, and the trial needs to know why."),
        N_("Give the reason."),
    ),
    Code.REASON_TOO_SHORT: (
        N_("This reason is too short to say anything."),
        N_("Say in a few words why."),
        N_("A reason has at least {least} characters."),
    ),
    Code.UNKNOWN_SUBJECT: (
        N_("This subject is not known at this site."),
        N_("Look for the subject on the page Subjects."),
    ),
    Code.UNKNOWN_FORM: (
        N_("This visit does not hold that form."),
        N_("Open the form from the list of the visit."),
    ),
    Code.UNKNOWN_ITEM: (
        N_("This question does not stand on the form."),
        N_("Open the form again; the study may have changed."),
    ),
    Code.ITEM_COMPUTED: (
        N_("This value is calculated from other answers and cannot be typed."),
        N_("Correct the answers that it comes from."),
    ),
    Code.ITEM_HIDDEN: (
        N_("This question is not asked, because of another answer."),
        N_("Correct that answer first, if the question should be asked."),
    ),
    Code.FORM_INCOMPLETE: (
        N_("The form is not complete yet."),
        N_("Go through the list and answer or explain each one."),
        N_("The form is not complete yet; still open: {count}."),
    ),
    Code.VISIT_NOT_STARTED: (
        N_("This visit has not begun."),
        N_("Start the visit with the day on which the patient came."),
    ),
    Code.MERGE_REFUSED: (
        N_("This visit cannot be merged into that one."),
        N_("Choose a later visit that is not cancelled."),
    ),
    Code.UNKNOWN_QUERY: (
        N_("There is no such query here."),
        N_("Look for it on the page Queries."),
    ),
    Code.QUERY_SAYS_NOTHING: (
        N_("This is too short to say anything."),
        N_("Say in a few words what is meant."),
        N_("This is too short; it takes at least {least} characters, and words or numbers among them."),
    ),
    Code.QUERY_OPEN: (
        N_("This query is open already."),
        N_("It waits for the site's answer."),
    ),
    Code.QUERY_ANSWERED: (
        N_("This query was answered already."),
        N_("Whoever asked it looks at the answer next."),
    ),
    Code.QUERY_CLOSED: (
        N_("This query is closed."),
        N_("Whoever asked it can ask again."),
    ),
    Code.QUERY_UNANSWERED: (
        N_("Nobody has answered this query."),
        N_("Wait for the answer, or say why it is closed without one."),
    ),
    Code.FORM_HELD: (
        N_("This form is frozen or locked; nothing in it changes."),
        N_("Ask the data manager to open it again; the investigator agrees to that."),
    ),
    Code.MOVE_NOT_THIS: (
        N_("This form is not moved as a whole."),
        N_("In a log, void the row and enter it where it belongs. A visit's own form is corrected here."),
    ),
    Code.MOVE_TARGET: (
        N_("There are answers in this form of that visit already."),
        N_("Choose another visit, or move what stands there first."),
    ),
    Code.MOVE_WAITING: (
        N_("Somebody has asked already to move this form."),
        N_("What is asked stands on Today until it is decided and done."),
    ),
    Code.MOVE_UNKNOWN: (
        N_("Nothing waits there any more: it was decided or done meanwhile."),
        N_("Open the form to see how it stands."),
    ),
    Code.OBSERVER_NEEDED: (
        N_("It is not said who observed what stands on the paper."),
        N_("Write the name that stands on the paper form."),
    ),
    Code.OBSERVED_AHEAD: (
        N_("The time of observation lies ahead."),
        N_("Write the day and the time that stand on the paper form."),
    ),
    Code.NOTHING_TO_CHECK: (
        N_("No answer waits here for a second person."),
        N_("Open the form to see how it stands."),
    ),
    Code.SAME_PERSON: (
        N_("Whoever gave the answer cannot be the second person."),
        N_("Ask a colleague to check it with the source."),
    ),
    Code.CLOCK_UNNAMED: (
        N_("It is not said which clock this one was compared with."),
        N_("Write what you looked at, such as a telephone or a radio clock."),
    ),
    Code.VISIT_STARTED_ALREADY: (
        N_("This visit has already begun, or it was recorded as missed."),
        N_("Open it from the list of visits."),
    ),
    Code.FORM_COMPLETE: (
        N_("This form is complete."),
        N_("To change it, correct an answer and give the reason."),
    ),
    Code.ROW_VOIDED: (
        N_("This row was struck out."),
        N_("Add a new row if the entry is needed after all."),
    ),
    Code.UNKNOWN_FINDING: (
        N_("This finding is no longer there; the answer has changed."),
        N_("Nothing needs to be done."),
    ),
    Code.UNKNOWN_VISIT: (
        N_("The study has no such visit."),
        N_("Open the visit from the subject's casebook."),
    ),
    Code.LOGIN_TAKEN: (
        N_("This user name has been given before, and is never given twice."),
        N_("Choose another user name."),
    ),
    Code.WRONG_LOGIN: (
        N_("User name and password do not belong together."),
        N_("Type the password again. If it is lost, the site administrator can help."),
    ),
    Code.WRONG_RECOVERY: (
        N_("This is not the text of the recovery sheet."),
        N_("Compare every sign with the sheet; each line has four groups of four."),
        N_("Line {line} differs from the recovery sheet."),
    ),
    Code.PASSWORD_TOO_SHORT: (
        N_("The password is too short."),
        N_("Take a longer one; several words are easy to remember."),
        N_("The password is too short: it needs at least {least} characters."),
    ),
    Code.PASSWORD_TOO_COMMON: (
        N_("Somebody who guesses would try this password early."),
        N_("Take words that do not belong together, and no rows of keys or digits."),
    ),
    Code.LOCKED_OUT: (
        N_("Too many wrong passwords were typed."),
        N_("Ask the site administrator to unlock the account, or an investigator if you are that."),
    ),
    Code.PASSWORD_FROM_NAMES: (
        N_("The password holds the name of the study, the site or the person."),
        N_("Take words that do not stand on the wall."),
    ),
    Code.ACCOUNT_ENDED: (
        N_("This account is not valid today."),
        N_("The site administrator can say why, and until when it was."),
    ),
    Code.NOT_TRAINED: (
        N_("Before working here, training and the statement about signatures are to be confirmed."),
        N_("Log out and in again: the program asks for it."),
    ),
    Code.OWN_PASSWORD_NEEDED: (
        N_("The password that was used is for one login only."),
        N_("Log out and in again, and choose a password of your own when the program asks for it."),
    ),
    Code.NOT_DELEGATED: (
        N_("The delegation log does not give you this duty today."),
        N_("Ask the investigator; the delegation log says from when to when a duty was given."),
    ),
    Code.DAYS_CROSSED: (
        N_("These days do not follow each other."),
        N_("The last day must not lie before the first, and not before yesterday."),
    ),
    Code.LAST_ADMINISTRATOR: (
        N_("A day would come on which nobody looks after the site."),
        N_("Take the last day from another administrator's account first, or add one without a last day."),
    ),
    Code.SOMEBODY_ELSE: (
        N_("Somebody else has to do this."),
        N_("Ask a colleague whose own identity was checked, and who gave this person no password."),
    ),
    Code.ROLES_CONFLICT: (
        N_("This person already has a role that does not go together with this one."),
        N_("Whoever administers, monitors or audits has no part in the conduct at the site."),
    ),
    Code.SESSION_OVER: (
        N_("This session has lasted as long as the rules of the site allow."),
        N_("Log in again; what you typed last stays in the field."),
    ),
    Code.UNKNOWN_PERSON: (
        N_("There is no such account, or it was closed."),
        N_("Choose a person from the list."),
    ),
    Code.UNKNOWN_DELEGATION: (
        N_("There is no such line in the delegation log."),
        N_("Choose a line of the delegation log."),
    ),
    Code.DUTY_OUTSIDE_ROLE: (
        N_("This duty cannot be given to this person."),
        N_("Choose duties that belong to the person's role; nobody delegates to themselves."),
    ),
    Code.PACK_WRONG: (
        N_("The study pack has errors and cannot be used."),
        N_("Send it back to whoever wrote it; crfapp study check names each error."),
    ),
    Code.PACK_NOT_FOUND: (
        N_("There is no study pack at this place."),
        N_("Choose the folder that holds the file study.yaml."),
    ),
    Code.JOURNEY_WRONG: (
        N_("The journey cannot be played as it is written."),
        N_("Correct the step that is named."),
        N_("Step {step} of the journey cannot be played as it is written."),
    ),
    Code.EXPORT_EXISTS: (
        N_("There is already a file of this name, and it is not overwritten."),
        N_("Choose another name."),
    ),
    Code.WORKBOOK_DIFFERS: (
        N_("The workbook that was written differs from the records, so it was thrown away."),
        N_("Export again. If it happens again, stop exporting and call the data team."),
    ),
    Code.WORKBOOK_PASSWORD: (
        N_("This password cannot protect a workbook."),
        N_("Take a longer one, without signs that cannot be typed."),
        N_("The password of a workbook has between {shortest} and {longest} characters."),
    ),
    Code.CANCELLED: (
        N_("It was stopped before it was done; nothing half done remains."),
        N_("Start it again when you want."),
    ),
    Code.WORKBOOK_KEY: (
        N_("The workbook does not open with this password."),
        N_("Type the password that was given when it was exported."),
    ),
    Code.WORKBOOK_DAMAGED: (
        N_("The workbook was changed or damaged after it was written."),
        N_("Do not use it. Export it again."),
    ),
    Code.NOTHING_THERE: (
        N_("This text does not stand there, or it was taken away already."),
        N_("Choose the entry that holds it, and only words that stand in it."),
    ),
    Code.REPEATS_TEXT: (
        N_("The reason repeats the very text that is to be taken away."),
        N_("Say what kind of text it is, such as a name, without the text itself."),
    ),
    Code.NOT_WAITING: (
        N_("Nobody waits for an answer to this any more."),
        N_("Look at the list again."),
    ),
    Code.SECOND_PERSON: (
        N_("You asked for this yourself, and a second person has to agree."),
        N_("Ask another investigator."),
    ),
    Code.FINDING_NEEDED: (
        N_("A review of the trail needs what was found."),
        N_("Say it in a few words, also that nothing was found."),
    ),
    Code.TRAIL_DIFFERS: (
        N_("The file that was written differs from the trail, so it was thrown away."),
        N_("Export again. If it happens again, stop exporting and call the data team."),
    ),
}

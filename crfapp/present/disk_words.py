"""What a failing disk leaves known and unknown, and what fails beside it, in words."""

from __future__ import annotations

from crfapp.base.problems import Code
from crfapp.present.texts import N_

DISK_WORDS: dict[Code, tuple[str, ...]] = {
    Code.SAVED_UNKNOWN: (
        N_("The disk failed while this was saved. Nobody can say yet whether it is saved."),
        N_(
            "Leave it in its field and write it on paper too. Try again: what is on the disk is looked at"
            " first, and nothing is recorded twice."
        ),
    ),
    Code.SAVED_ALL_THE_SAME: (
        N_("The disk reported an error, but what was being saved is there: it is saved."),
        N_("Call whoever looks after the computer before you type much more; the disk may be failing."),
    ),
    Code.NOT_SAVED_EARLIER: (
        N_("Of one answer it was not known whether it is saved: it was not."),
        N_("If it stands neither in its field nor in the form, type it again."),
    ),
    Code.RESERVE_IN_USE: (
        N_("The disk is full; what is saved now goes into the room that was kept back for this."),
        N_("Finish what you are at and make room on the disk; soon nothing can be saved any more."),
    ),
    Code.RECORDS_GONE: (
        N_("The folder of the records is not where it was; what you did last is not saved."),
        N_(
            "Leave what you typed in its field. Plug the disk in again or put the folder back, then try"
            " again; if that does not help, write it on paper and call whoever looks after the computer."
        ),
    ),
    Code.NO_ROOM_TO_RAISE: (
        N_(
            "This version of crfapp has to bring the records to a new form. The disk has no room for that, or"
            " for the copy that is kept of the old form. Nothing was touched."
        ),
        N_("Make room on the disk, then log in again. Until then the former version opens the records."),
    ),
    Code.LAST_UNSURE: (
        N_("The program ended last time while something was being saved; it may not be there."),
        N_("Look at what was entered last before you go on."),
    ),
    Code.MEMORY_FULL: (
        N_("The computer has no memory left for this. What was saved before is saved."),
        N_("Close other programs, then try again."),
    ),
    Code.PROGRAM_FAILS: (
        N_("Something in the program went wrong. What was saved before is saved."),
        N_(
            "Look whether what you did last is there. If this happens again, tell the data team what you did."
        ),
    ),
}

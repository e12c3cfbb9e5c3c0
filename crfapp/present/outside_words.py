"""What the disk, the folder or the records themselves refuse, in words."""

from __future__ import annotations

from crfapp.base.problems import Code
from crfapp.present.texts import N_

OUTSIDE_WORDS: dict[Code, tuple[str, ...]] = {
    Code.DISK_FULL: (
        N_("The disk is full; what you did last is not saved."),
        N_("Leave what you typed in its field, make room on the disk, then try again."),
    ),
    Code.DISK_FAILS: (
        N_("The disk does not take what is written to it; what you did last is not saved."),
        N_("Write it on paper too, check the disk and its cable, and call whoever looks after the computer."),
    ),
    Code.BUSY: (
        N_("Another program holds the records just now; what you did last is not saved."),
        N_("Leave what you typed in its field and try again in a moment."),
    ),
    Code.NOT_A_SITE: (
        N_("This folder does not hold the records of a site."),
        N_("Choose the folder of the site."),
        N_("The folder {folder} does not hold the records of a site."),
    ),
    Code.SITE_EXISTS: (
        N_("There are already records of a site at this place."),
        N_("Choose an empty folder, or log in to the site that is there."),
    ),
    Code.TOO_NEW: (
        N_("These records were written by a newer version of crfapp."),
        N_("Install the newer version; this one does not touch them."),
    ),
    Code.NOT_ENCRYPTED: (
        N_("The records are not encrypted, so they are not opened."),
        N_("Keep the computer as it is and call the data team."),
    ),
    Code.NOT_DURABLE: (
        N_("The records cannot be kept safe against a power cut at this place."),
        N_("Put the site's folder on a disk of this computer, not on a network drive."),
    ),
    Code.WRONG_KEY: (
        N_("The records do not open with the key that belongs to them."),
        N_("Keep the site's folder as it is and call the data team; a backup may be needed."),
        N_(
            "The records do not open with the key that belongs to them. The newest backup that opens and is"
            " whole is {backup}."
        ),
    ),
    Code.FOLDER_REFUSED: (
        N_("This folder cannot be used."),
        N_("Choose an empty folder in which you may write."),
        N_("The folder {folder} cannot be used."),
    ),
    Code.SITE_OPEN: (
        N_("The records of this site are already open in another window."),
        N_("Use that window, or close it first."),
    ),
    Code.CHAIN_BROKEN: (
        N_("The records were changed by something other than crfapp."),
        N_("Stop entering, copy nothing back, and call the data team."),
        N_("The records were changed by something other than crfapp: workstation {node}, entry {seq}."),
    ),
    Code.OLDER_COPY: (
        N_("These records are an older copy: entries that were made later are missing."),
        N_("Put the newer records back, or have the site administrator go on from this copy."),
        N_("These records are an older copy: entries {first} to {last} of workstation {node} are missing."),
    ),
    Code.TABLES_DIFFER: (
        N_("What is shown differs from what was recorded."),
        N_("Stop entering and call the data team; the records themselves can be read again."),
    ),
    Code.LOG_MISSING: (
        N_("A part of the records is missing."),
        N_("Stop entering, keep the site's folder as it is, and call the data team."),
        N_("A part of the records is missing. The newest backup that opens and is whole is {backup}."),
    ),
    Code.VAULT_DAMAGED: (
        N_("The file that holds the keys is damaged or missing."),
        N_("Delete nothing. Call the data team; the copy beside it or the recovery sheet can help."),
    ),
    Code.KEY_DIFFERS: (
        N_("The password of this account was set by something other than crfapp."),
        N_("Keep the site's folder as it is and call the data team; nobody is let in with that password."),
    ),
    Code.DATABASE_DAMAGED: (
        N_("A part of the records cannot be read from the disk."),
        N_("Stop entering, keep the computer as it is, and call the data team; a backup may be needed."),
        N_(
            "A part of the records cannot be read from the disk; it is kept as it is. The newest backup that"
            " opens and is whole is {backup}."
        ),
    ),
}
